"""The parts of an Excel workbook beside its rows: sheets, number formats, shared texts; values are read elsewhere."""

import posixpath
import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from openpyxl.styles.numbers import is_date_format

from duedesk.exchange.faults import FileRefused
from duedesk.exchange.xml_parts import Handlers, Package

LONGEST_CELL = 32_767
"""Characters a cell of a spreadsheet holds."""

MOST_SHARED_TEXTS = 2_000_000
MOST_SHEETS = 100
MOST_FORMATS = 100_000
_DATE_FORMATS = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
_ZEROS = re.compile(r"(0{1,30})(?:;.*)?\Z", re.DOTALL)
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


@dataclass(frozen=True, slots=True)
class SheetInfo:
    """A sheet of a workbook: its name, the part its rows stand in, and whether it is hidden."""

    name: str
    part: str
    is_hidden: bool


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """What a number format says of the value: a date, or a number padded with zeros to so many digits."""

    is_date: bool = False
    digits: int = 0


@dataclass(frozen=True, slots=True)
class WorkbookParts:
    """What the rows of every sheet need to be read."""

    package: Package
    sheets: tuple[SheetInfo, ...]
    formats: tuple[NumberFormat, ...]
    texts: tuple[str, ...]
    counts_from_1904: bool
    has_macros: bool
    texts_part: str = ""
    """The part the shared texts stand in, where there is one."""


def read_parts(package: Package, *, with_texts: bool = True) -> WorkbookParts:
    """Read a workbook's directory of sheets, its formats and shared texts; FileRefused where they do not fit.

    Where there may be more texts than memory should hold, they stay where they are: `chosen_texts` picks some.
    """
    parts = package.parts()
    names = {part.casefold().lstrip("/"): part for part in parts}
    workbook = _workbook_part(package, names)
    targets = _relations(package, names, workbook)
    sheets = _Sheets(package, targets)
    package.parse_whole(names[workbook], Handlers(sheets.start, _nothing, _nothing))
    styles = next((part for kind, part in targets.values() if kind == "styles"), "")
    texts = next((part for kind, part in targets.values() if kind == "sharedStrings"), "")
    return WorkbookParts(
        package,
        tuple(SheetInfo(one.name, names[one.part], one.is_hidden) for one in sheets.found if one.part in names),
        _formats(package, names[styles]) if styles in names else (),
        _all_texts(package, names[texts]) if with_texts and texts in names else (),
        sheets.counts_from_1904,
        has_macros=any(name.endswith("vbaproject.bin") for name in names),
        texts_part=names.get(texts, ""),
    )


def unescaped(text: str) -> str:
    """Undo Excel's way of writing characters that XML cannot hold: `_x000D_`."""
    return _ESCAPED.sub(_character, text) if "_x" in text else text


def _character(match: re.Match[str]) -> str:
    code = int(match[1], 16)
    return match[0] if 0xD800 <= code <= 0xDFFF else chr(code)


def _nothing(*_: object) -> None:
    """Take no notice."""


def _workbook_part(package: Package, names: dict[str, str]) -> str:
    found = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship" and attributes.get("Type", "").endswith("/officeDocument"):
            found.append(attributes.get("Target", "").lstrip("/").casefold())

    if "_rels/.rels" in names:
        package.parse_whole(names["_rels/.rels"], Handlers(start, _nothing, _nothing))
    for part in (*found, "xl/workbook.xml"):
        if part in names:
            return part
    raise package.damaged()


def _relations(package: Package, names: dict[str, str], workbook: str) -> dict[str, tuple[str, str]]:
    """Give what the workbook refers to: relation id to its kind and part; links to other files are left out."""
    folder, name = posixpath.split(workbook)
    targets: dict[str, tuple[str, str]] = {}

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag != "Relationship" or attributes.get("TargetMode") == "External":
            return
        target = attributes.get("Target", "")
        part = target[1:] if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
        kind = attributes.get("Type", "").rpartition("/")[2]
        targets[attributes.get("Id", "")] = (kind, part.casefold())

    relations = f"{folder}/_rels/{name}.rels".lstrip("/")
    if relations in names:
        package.parse_whole(names[relations], Handlers(start, _nothing, _nothing))
    return targets


class _Sheets:
    """Collects the sheets that hold cells; chart sheets and macro sheets do not."""

    def __init__(self, package: Package, targets: dict[str, tuple[str, str]]) -> None:
        self._package = package
        self._targets = targets
        self.found: list[SheetInfo] = []
        self.counts_from_1904 = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "workbookPr":
            self.counts_from_1904 = attributes.get("date1904") in {"1", "true", "on"}
        if tag != "sheet":
            return
        relation = next((value for name, value in attributes.items() if name.rpartition(":")[2] == "id"), "")
        kind, part = self._targets.get(relation, ("", ""))
        if kind == "worksheet":
            is_hidden = attributes.get("state", "visible") != "visible"
            self.found.append(SheetInfo(attributes.get("name", ""), part, is_hidden))
        if len(self.found) > MOST_SHEETS:
            raise FileRefused(self._package.name, f"{self._package.name} has more than {MOST_SHEETS} sheets.")


def _formats(package: Package, part: str) -> tuple[NumberFormat, ...]:
    codes: dict[str, str] = {}
    formats: list[NumberFormat] = []
    inside: list[str] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag == "cellXfs":
            inside.append(tag)
        elif tag == "numFmt":
            codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif tag == "xf" and inside:
            key = attributes.get("numFmtId", "0")
            formats.append(_format(key, codes.get(key)))
        if len(formats) + len(codes) > MOST_FORMATS:
            raise package.damaged()

    def end(tag: str) -> None:
        if tag == "cellXfs":
            inside.clear()

    package.parse_whole(part, Handlers(start, end, _nothing))
    return tuple(formats)


def _format(key: str, code: str | None) -> NumberFormat:
    if code is None:
        return NumberFormat(is_date=key.isascii() and key.isdigit() and int(key[:9]) in _DATE_FORMATS)
    zeros = _ZEROS.match(code)
    return NumberFormat(is_date=len(code) <= 255 and is_date_format(code), digits=len(zeros[1]) if zeros else 0)


def _all_texts(package: Package, part: str) -> tuple[str, ...]:
    texts: list[str] = []
    for text in _texts(package, part):
        texts.append(text)
        if len(texts) > MOST_SHARED_TEXTS:
            raise FileRefused(package.name, f"{package.name} holds more than {MOST_SHARED_TEXTS:,} texts.", "Split it.")
    return tuple(texts)


def chosen_texts(parts: WorkbookParts, places: Collection[int], heard: Callable[[], None]) -> dict[int, str]:
    """Give the shared texts that stand at these places."""
    if not places or not parts.texts_part:
        return {}
    wanted, last = frozenset(places), max(places)
    found: dict[int, str] = {}
    for place, text in enumerate(_texts(parts.package, parts.texts_part, heard)):
        if place in wanted:
            found[place] = text
        if place == last:
            break
    return found


def _texts(package: Package, part: str, heard: Callable[[], None] = lambda: None) -> Iterator[str]:
    texts: list[str] = []
    pieces: list[str] = []
    inside = {"t": 0, "rPh": 0}

    def start(tag: str, _: dict[str, str]) -> None:
        if tag in inside:
            inside[tag] += 1

    def end(tag: str) -> None:
        if tag in inside:
            inside[tag] -= 1
        elif tag == "si":
            texts.append(unescaped("".join(pieces)))
            pieces.clear()

    def text(piece: str) -> None:
        if inside["t"] and not inside["rPh"]:
            pieces.append(piece)

    for _ in package.parse(part, Handlers(start, end, text)):
        heard()
        yield from texts
        texts.clear()
