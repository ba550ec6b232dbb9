"""A workbook as the package it is: parts, their types, their relations, their XML; it knows nothing of sheets.

It is read with zipfile and a plain XML parser, so that no library forgives what Excel would not.
"""

import posixpath
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_PACKAGE = "{http://schemas.openxmlformats.org/package/2006/"
_TYPES = _PACKAGE + "content-types}"
_RELATIONS = _PACKAGE + "relationships}"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_OPEN = "application/vnd.openxmlformats-officedocument."
_TYPE_OF = {
    "worksheet": f"{_OPEN}spreadsheetml.worksheet+xml",
    "styles": f"{_OPEN}spreadsheetml.styles+xml",
    "sharedStrings": f"{_OPEN}spreadsheetml.sharedStrings+xml",
    "theme": f"{_OPEN}theme+xml",
    "table": f"{_OPEN}spreadsheetml.table+xml",
    "drawing": f"{_OPEN}drawing+xml",
    "chart": f"{_OPEN}drawingml.chart+xml",
    "officeDocument": f"{_OPEN}spreadsheetml.sheet.main+xml",
    "extended-properties": f"{_OPEN}extended-properties+xml",
    "core-properties": "application/vnd.openxmlformats-package.core-properties+xml",
}
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


class Package:
    """The parts of a workbook by name, and where the relations of each lead to."""

    def __init__(self, path: Path) -> None:
        with zipfile.ZipFile(path) as file:
            self.names = file.namelist()
            self._content = {name: file.read(name) for name in self.names}
        self._trees: dict[str, ET.Element] = {}

    def text(self, part: str) -> bytes:
        """The part as it stands in the file."""
        return self._content[part]

    def tree(self, part: str) -> ET.Element:
        """The part's XML."""
        if part not in self._trees:
            self._trees[part] = ET.fromstring(self._content[part])  # noqa: S314 - our own file
        return self._trees[part]

    def has(self, part: str) -> bool:
        """Whether there is such a part."""
        return part in self._content

    def related(self, part: str) -> dict[str, tuple[str, str]]:
        """By the id of a relation what kind it is and the part it leads to."""
        folder, name = posixpath.split(part)
        at = posixpath.join(folder, "_rels", f"{name}.rels")
        if at not in self._content:
            return {}
        found = {}
        for one in self.tree(at):
            target = one.get("Target", "")
            place = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
            found[one.get("Id", "")] = (one.get("Type", "").rpartition("/")[2], posixpath.normpath(place))
        return found


def parts_in_order(package: Package) -> Iterator[str]:
    """Say what is wrong with parts, types and relations."""
    if len(set(map(str.casefold, package.names))) < len(package.names):
        yield "two parts have one name"
    if package.names[0] != "[Content_Types].xml" and "[Content_Types].xml" not in package.names:
        yield "there is no [Content_Types].xml"
    for name in package.names:
        if b"<!DOCTYPE" in package.text(name)[:200]:
            yield f"{name} declares a document type"
        try:
            package.tree(name)
        except ET.ParseError as error:
            yield f"{name} is no XML: {error}"
            return
    yield from _types(package)
    yield from _reached(package)


def _types(package: Package) -> Iterator[str]:
    types = package.tree("[Content_Types].xml")
    endings = {one.get("Extension", "").casefold() for one in types.iter(f"{_TYPES}Default")}
    named = [one.get("PartName", "") for one in types.iter(f"{_TYPES}Override")]
    if len(set(named)) < len(named):
        yield "a part has two types"
    for name in named:
        if not package.has(name.lstrip("/")):
            yield f"the type of {name} is said, which is not there"
    for name in package.names:
        if f"/{name}" not in named and name.rpartition(".")[2].casefold() not in endings:
            yield f"{name} has no type"


def _reached(package: Package) -> Iterator[str]:
    types = {
        one.get("PartName", ""): one.get("ContentType", "")
        for one in package.tree("[Content_Types].xml").iter(f"{_TYPES}Override")
    }
    waiting, reached = [""], {""}
    while waiting:
        part = waiting.pop()
        related = package.related(part)
        for number, (kind, target) in related.items():
            if not package.has(target):
                yield f"{part or 'the package'} leads to {target}, which is not there"
                continue
            if types.get(f"/{target}") != _TYPE_OF.get(kind):
                yield f"{target} is a {kind} by its relation {number} and not by its type"
            if target not in reached:
                reached.add(target)
                waiting.append(target)
        if part:
            yield from _ids_used(package, part, set(related))
    for name in package.names:
        if name not in reached and not name.endswith(".rels") and name != "[Content_Types].xml":
            yield f"nothing leads to {name}"


def _ids_used(package: Package, part: str, known: set[str]) -> Iterator[str]:
    used = {
        value for one in package.tree(part).iter() for name, value in one.attrib.items() if name.startswith(RELATION)
    }
    for number in used - known:
        yield f"{part} names the relation {number}, which it has not"
    for number in known - used:
        # What belongs to the whole workbook is found by its kind.
        if package.related(part)[number][0] not in {"styles", "theme", "sharedStrings"}:
            yield f"{part} never names its relation {number}"


def decoded(text: str) -> str:
    """A text as Excel reads it: `_x0041_` is an A."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


def units(text: str) -> int:
    """How long Excel takes a text to be."""
    return len(text.encode("utf-16-le")) // 2
