"""The sheets of a package: rows, cells, columns, rules, print; what Excel would repair in them."""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from openpyxl.utils import column_index_from_string

from exchange.workbooks.soundness.formulas import Known, formula_faults
from exchange.workbooks.soundness.package import MAIN, decoded, units

MOST_ROWS, MOST_COLUMNS, LONGEST_TEXT, WIDEST = 1_048_576, 16_384, 32_767, 255
_CELL = re.compile(r"([A-Z]{1,3})([1-9][0-9]*)")
_RANGE = re.compile(r"([A-Z]{1,3})([1-9][0-9]*)(?::([A-Z]{1,3})([1-9][0-9]*))?")
_BEYOND_TIME = 2_958_466
"""The day after 31 December 9999."""
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_CODE = re.compile(r'&(?:[LCRPNDTAFZGBIUESXY&]|K[0-9A-Fa-f]{6}|[0-9]{1,3}|"[^"]+")')
_ERRORS = {"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"}

Box = tuple[int, int, int, int]
"""First column and row, last column and row."""


@dataclass(frozen=True)
class Styles:
    """What of the styles a sheet's cells are looked at by."""

    cells: int
    dresses: int
    """How many dresses conditional formats may put on."""
    dates: frozenset[int]
    """The styles that show a day."""


def box_of(ref: str) -> Box | None:
    """The cells of a range; None where it is none."""
    found = _RANGE.fullmatch(ref)
    if found is None:
        return None
    first = (column_index_from_string(found[1]), int(found[2]))
    last = (column_index_from_string(found[3]), int(found[4])) if found[3] else first
    if last < first or last[1] < first[1] or last[0] > MOST_COLUMNS or last[1] > MOST_ROWS:
        return None
    return (*first, *last)


def meets(one: Box, other: Box) -> bool:
    """Whether two ranges have a cell in common."""
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]


def sheet_faults(tree: ET.Element, styles: Styles, strings: int, known: Known) -> Iterator[str]:
    """Say what is wrong with a sheet."""
    yield from _columns(tree)
    yield from _rows(tree, styles, strings, known)
    yield from _rules(tree, styles, known)
    yield from _entries(tree, known)
    yield from _print(tree)
    yield from _views(tree)
    for ref in (one.get("ref", "") for one in tree.iter(f"{MAIN}dimension")):
        if box_of(ref) is None:
            yield f"its extent is {ref}"
    merged = [box_of(one.get("ref", "")) for one in tree.iter(f"{MAIN}mergeCell")]
    if None in merged or any(a and b and meets(a, b) for n, a in enumerate(merged) for b in merged[:n]):
        yield "merged cells overlap"


def _columns(tree: ET.Element) -> Iterator[str]:
    before = 0
    for column in tree.iter(f"{MAIN}col"):
        first, last = int(column.get("min", "0")), int(column.get("max", "0"))
        if not before < first <= last <= MOST_COLUMNS:
            yield f"columns {first} to {last} stand behind {before}"
        if not 0 <= float(column.get("width", "0")) <= WIDEST:
            yield f"column {first} is {column.get('width')} wide"
        before = last


def _rows(tree: ET.Element, styles: Styles, strings: int, known: Known) -> Iterator[str]:
    before = 0
    formulas: dict[str, list[str]] = {}
    for row in tree.iter(f"{MAIN}row"):
        number = int(row.get("r", "0"))
        if not before < number <= MOST_ROWS:
            yield f"row {number} stands behind {before}"
        if not 0 <= float(row.get("ht", "0")) <= 409:
            yield f"row {number} is {row.get('ht')} high"
        before, column_before = number, 0
        for cell in row:
            found = _CELL.fullmatch(cell.get("r", ""))
            column = column_index_from_string(found[1]) if found else 0
            if not found or int(found[2]) != number or not column_before < column <= MOST_COLUMNS:
                yield f"{cell.get('r')} stands in row {number} behind column {column_before}"
            column_before = column
            if not 0 <= int(cell.get("s", "0")) < styles.cells:
                yield f"{cell.get('r')} wears {cell.get('s')}, which is no style"
            for fault in (*_value(cell, styles, strings), *_formula(cell, known, formulas)):
                yield f"{cell.get('r')}: {fault}"


def _formula(cell: ET.Element, known: Known, seen: dict[str, list[str]]) -> list[str]:
    formula = cell.find(f"{MAIN}f")
    if formula is None:
        return []
    plain = re.sub(r"\d+", "0", formula.text or "")  # rows are alike but for their number
    if plain not in seen:
        seen[plain] = list(formula_faults(formula.text or "", known))
    return seen[plain]


def _value(cell: ET.Element, styles: Styles, strings: int) -> Iterator[str]:
    kind, value, formula = cell.get("t", "n"), cell.find(f"{MAIN}v"), cell.find(f"{MAIN}f")
    text = None if value is None else value.text or ""
    if kind == "inlineStr":
        if cell.find(f"{MAIN}is") is None or value is not None or formula is not None:
            yield "a text of its own has a value beside it, or none"
        yield from _own_text(cell)
    elif kind == "str":
        if formula is None:
            yield "a formula's text has no formula"
        yield from _said(text or "")
    elif kind == "s":
        if not (text or "").isdigit() or int(text or "0") >= strings:
            yield f"there is no shared text {text}"
    elif kind == "b":
        if text not in {"0", "1"}:
            yield f"{text} is neither true nor false"
    elif kind == "n":
        if text is not None:
            yield from _number(text, is_date=int(cell.get("s", "0")) in styles.dates)
        elif formula is not None:
            yield "a formula has no value"
    else:
        yield f"it is of kind {kind}" + (f", {text}" if text in _ERRORS else "")


def _own_text(cell: ET.Element) -> Iterator[str]:
    texts = list(cell.iter(f"{MAIN}t"))
    for one in texts:
        if (one.text or "") != (one.text or "").strip() and "space" not in "".join(one.attrib):
            yield "its text would lose blanks"
    yield from _said("".join(one.text or "" for one in texts))


def _said(text: str) -> Iterator[str]:
    if units(decoded(text)) > LONGEST_TEXT:
        yield f"its text has {units(decoded(text))} characters"
    if _CONTROL.search(decoded(text)):
        yield "its text has control characters"


def _number(text: str, *, is_date: bool) -> Iterator[str]:
    try:
        number = float(text)
    except ValueError:
        yield f"{text!r} is no number"
        return
    if not math.isfinite(number) or text != text.strip() or text.lower() in {"nan", "inf"}:
        yield f"{text!r} is no number of Excel"
    if is_date and not 0 <= number < _BEYOND_TIME:
        yield f"{text} is no day of Excel"


def _rules(tree: ET.Element, styles: Styles, known: Known) -> Iterator[str]:
    priorities: list[int] = []
    for block in tree.iter(f"{MAIN}conditionalFormatting"):
        yield from _places(block.get("sqref", ""), "a conditional format")
        for rule in block.iter(f"{MAIN}cfRule"):
            priorities.append(int(rule.get("priority", "0")))
            if "dxfId" in rule.attrib and not 0 <= int(rule.get("dxfId", "")) < styles.dresses:
                yield f"a conditional format puts on {rule.get('dxfId')}, which is no dress"
            if rule.get("type") == "expression" and "dxfId" not in rule.attrib:
                yield "a conditional format puts on nothing"
            scale = rule.find(f"{MAIN}colorScale")
            if scale is not None and len(scale.findall(f"{MAIN}cfvo")) != len(scale.findall(f"{MAIN}color")):
                yield "a scale of colours has more colours than places"
            formulas = [one.text or "" for one in rule.findall(f"{MAIN}formula")]
            formulas += [one.get("val", "") for one in rule.iter(f"{MAIN}cfvo") if one.get("type") == "formula"]
            for formula in formulas:
                for fault in formula_faults(formula, known, has_tables=False):
                    yield f"a conditional format: {fault}"
    if len(set(priorities)) < len(priorities) or min(priorities, default=1) < 1:
        yield "conditional formats have one rank"


def _entries(tree: ET.Element, known: Known) -> Iterator[str]:
    for block in tree.iter(f"{MAIN}dataValidations"):
        if int(block.get("count", "0")) != len(block):
            yield "rules of entries are miscounted"
    taken: list[Box] = []
    for rule in tree.iter(f"{MAIN}dataValidation"):
        yield from _places(rule.get("sqref", ""), "a rule of entries")
        boxes = [box for box in map(box_of, rule.get("sqref", "").split()) if box is not None]
        if any(meets(box, other) for box in boxes for other in taken):
            yield "two rules of entries are for one cell"
        taken += boxes
        for name, most in (("promptTitle", 32), ("errorTitle", 32), ("prompt", 255), ("error", 255)):
            if units(rule.get(name, "")) > most:
                yield f"{name} of a rule of entries is too long"
        for one in rule:
            if units(one.text or "") > LONGEST_TEXT // 128:
                yield f"what may be entered has {units(one.text or '')} characters"
            for fault in formula_faults(one.text or "", known, has_tables=False):
                yield f"a rule of entries: {fault}"


def _places(sqref: str, what: str) -> Iterator[str]:
    if not sqref or any(box_of(ref) is None for ref in sqref.split()):
        yield f"{what} is for {sqref!r}"


def _print(tree: ET.Element) -> Iterator[str]:
    for block in tree.iter(f"{MAIN}headerFooter"):
        for one in block:
            said = one.text or ""
            if units(said) > WIDEST:
                yield f"{one.tag.rpartition('}')[2]} has {units(said)} characters"
            if "&" in _CODE.sub("", said):
                yield f"a footer has a sign that is no code: {said}"
    for setup in tree.iter(f"{MAIN}pageSetup"):
        if not 10 <= int(setup.get("scale", "100")) <= 400:
            yield f"it prints at {setup.get('scale')} per cent"
    for breaks in (*tree.iter(f"{MAIN}rowBreaks"), *tree.iter(f"{MAIN}colBreaks")):
        if int(breaks.get("count", "0")) != len(breaks) or len(breaks) > 1_026:
            yield "page breaks are miscounted"
    for ref in (one.get("sqref", "") for one in tree.iter(f"{MAIN}ignoredError")):
        yield from _places(ref, "what Excel is not to mark")


def _views(tree: ET.Element) -> Iterator[str]:
    for view in tree.iter(f"{MAIN}sheetView"):
        pane = view.find(f"{MAIN}pane")
        held = set() if pane is None else _panes(pane)
        if pane is not None and (pane.get("activePane") not in held or box_of(pane.get("topLeftCell", "")) is None):
            yield f"the panes are {pane.attrib}"
        if {one.get("pane", "topLeft") for one in view.iter(f"{MAIN}selection")} - held - {"topLeft"}:
            yield "a selection is in a pane that is not there"


def _panes(pane: ET.Element) -> set[str]:
    across, down = pane.get("xSplit", "0") != "0", pane.get("ySplit", "0") != "0"
    return (
        {"topLeft"}
        | ({"topRight"} if across else set())
        | ({"bottomLeft"} if down else set())
        | ({"bottomRight"} if across and down else set())
    )
