"""Excel tables and charts of a package: names, columns and heads that agree, axes that cross, cells that are there."""

import re
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from exchange.workbooks.soundness.formulas import Known, formula_faults
from exchange.workbooks.soundness.package import MAIN, decoded
from exchange.workbooks.soundness.sheets import Box, box_of, meets

_NAME = re.compile(r"[A-Za-z_\\][A-Za-z0-9_.\\]{0,254}")
_CELL_LIKE = re.compile(r"\$?[A-Za-z]{1,3}\$?[0-9]+|[Rr][0-9]*[Cc][0-9]*|[RrCc]")
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


def is_name(name: str) -> bool:
    """Whether Excel takes a name: it is none of a cell."""
    return _NAME.fullmatch(name) is not None and _CELL_LIKE.fullmatch(name) is None


def table_faults(table: ET.Element, sheet: ET.Element, others: list[Box]) -> Iterator[str]:
    """Say what is wrong with a table on its sheet."""
    ref = table.get("ref", "")
    box = box_of(ref)
    columns = [one.get("name", "") for one in table.iter(f"{MAIN}tableColumn")]
    if box is None or box[3] <= box[1]:
        yield f"it is at {ref}, which leaves no row below its head"
        return
    if not is_name(table.get("displayName", "")) or table.get("displayName") != table.get("name"):
        yield f"it is called {table.get('displayName')!r}"
    if len({decoded(name).casefold() for name in columns}) < len(columns) or "" in columns:
        yield "two of its columns have one name, or one has none"
    if len(columns) != box[2] - box[0] + 1 or any(len(decoded(name)) > 255 for name in columns):
        yield f"it has {len(columns)} columns at {ref}"
    numbers = [one.get("id", "") for one in table.iter(f"{MAIN}tableColumn")]
    counted = table.find(f"{MAIN}tableColumns")
    if len(set(numbers)) < len(numbers) or (counted is not None and int(counted.get("count", "0")) != len(columns)):
        yield "its columns are miscounted"
    if _heads(sheet, box) != [decoded(name) for name in columns]:
        yield f"its head says {_heads(sheet, box)} and its columns {columns}"
    filters = [one.get("ref") for one in table.findall(f"{MAIN}autoFilter")]
    if filters not in ([], [ref]) or sheet.find(f"{MAIN}autoFilter") is not None:
        yield "its filter is not its own, or the sheet has one too"
    if table.get("totalsRowCount", "0") != "0" or table.get("headerRowCount", "1") != "1":
        yield "it has rows of totals, which ours have not"
    merged = [box_of(one.get("ref", "")) for one in sheet.iter(f"{MAIN}mergeCell")]
    if any(meets(box, one) for one in (*others, *filter(None, merged))):
        yield "it overlaps another table or merged cells"


def _heads(sheet: ET.Element, box: Box) -> list[str | None]:
    """What the cells of a table's head say; None for what is no text."""
    for row in sheet.iter(f"{MAIN}row"):
        if row.get("r") == str(box[1]):
            cells = {box_of(cell.get("r", "")): cell for cell in row}
            heads = [cells.get((place, box[1], place, box[1])) for place in range(box[0], box[2] + 1)]
            return [
                decoded("".join(one.text or "" for one in head.iter(f"{MAIN}t")))
                if head is not None and head.get("t") == "inlineStr"
                else None
                for head in heads
            ]
    return []


def chart_faults(chart: ET.Element, known: Known) -> Iterator[str]:
    """Say what is wrong with a chart: axes that are not there, cells that are not."""
    axes = [one for kind in ("catAx", "valAx", "dateAx") for one in chart.iter(f"{_CHART}{kind}")]
    numbers = {one.find(f"{_CHART}axId").get("val") for one in axes}  # type: ignore[union-attr]
    if len(numbers) < len(axes):
        yield "two axes have one number"
    for crossed in chart.iter(f"{_CHART}crossAx"):
        if crossed.get("val") not in numbers:
            yield "an axis crosses one that is not there"
    plot = chart.find(f"{_CHART}chart/{_CHART}plotArea")
    drawn = [one for one in plot if one.tag in {f"{_CHART}barChart", f"{_CHART}lineChart"}] if plot is not None else []
    if not drawn:
        yield "nothing is drawn"
    for one in drawn:
        used = [axis.get("val") for axis in one.findall(f"{_CHART}axId")]
        if len(used) != 2 or not set(used) <= numbers:
            yield "it is drawn on axes that are not there"
    for name in ("idx", "order"):
        places = [one.get("val") for series in chart.iter(f"{_CHART}ser") for one in series.findall(f"{_CHART}{name}")]
        if len(set(places)) < len(places):
            yield f"two rows have one {name}"
    for formula in chart.iter(f"{_CHART}f"):
        for fault in formula_faults(formula.text or "", known):
            yield f"{formula.text}: {fault}"
