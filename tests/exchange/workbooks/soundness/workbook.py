"""Whether Excel takes a workbook as it is: what it is known to repair or refuse, looked for in the package itself.

Excel cannot be had where tests run. What is looked for is the standard's (ECMA-376) and what makers of other libraries
have found out; a workbook of ours is also clean for the validator of the Open XML SDK, which tests have not.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

from exchange.workbooks.soundness.formulas import Known, formula_faults
from exchange.workbooks.soundness.order import elements_in_order
from exchange.workbooks.soundness.package import MAIN, RELATION, Package, decoded, parts_in_order, units
from exchange.workbooks.soundness.sheets import Box, Styles, box_of, sheet_faults
from exchange.workbooks.soundness.tables import chart_faults, is_name, table_faults

_BOOK = "xl/workbook.xml"
_LONGEST_TITLE = 31
_OWN_DATES = {*range(14, 23), *range(45, 48)}
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


def faults(path: Path) -> list[str]:
    """Everything that is wrong with a workbook; nothing where Excel takes it as it is."""
    package = Package(path)
    found = list(parts_in_order(package))
    return found or list(_faults(package))


def _faults(package: Package) -> Iterator[str]:
    book = package.tree(_BOOK)
    related = package.related(_BOOK)
    sheets = {one.get("name", ""): related[one.get(f"{RELATION}id", "")][1] for one in book.iter(f"{MAIN}sheet")}
    tables = {part: list(_tables(package, part)) for part in sheets.values()}
    known = _known(book, sheets, [one for among in tables.values() for one in among])
    for part in package.names:
        if part.startswith("xl/") and not part.endswith(".rels"):
            yield from elements_in_order(part, package.tree(part))
    yield from _titles(book)
    yield from _names(book, known, len(sheets))
    yield from _table_names(known, [one for among in tables.values() for one in among])
    yield from _style_faults(package.tree("xl/styles.xml"))
    yield from _properties(package)
    styles, strings = _styles(package.tree("xl/styles.xml")), _strings(package)
    selected = []
    for title, part in sheets.items():
        tree, others = package.tree(part), list[Box]()
        for fault in sheet_faults(tree, styles, strings, known):
            yield f"{title}: {fault}"
        for table in tables[part]:
            for fault in table_faults(table, tree, others):
                yield f"{title}, table {table.get('name')}: {fault}"
            others.append(box_of(table.get("ref", "")) or (0, 0, 0, 0))
        selected += [title for view in tree.iter(f"{MAIN}sheetView") if view.get("tabSelected") == "1"]
    if len(selected) > 1:
        yield f"{len(selected)} sheets are selected at once"
    for part in package.names:
        if part.startswith("xl/charts/chart"):
            for fault in chart_faults(package.tree(part), known):
                yield f"{part}: {fault}"


def _tables(package: Package, sheet: str) -> Iterator[ET.Element]:
    parts = [part for kind, part in package.related(sheet).values() if kind == "table"]
    for said in package.tree(sheet).iter(f"{MAIN}tableParts"):
        assert int(said.get("count", "0")) == len(parts), "the tables of a sheet are miscounted"
    yield from map(package.tree, parts)


def _known(book: ET.Element, sheets: dict[str, str], tables: list[ET.Element]) -> Known:
    columns = {
        table.get("displayName", ""): {decoded(one.get("name", "")) for one in table.iter(f"{MAIN}tableColumn")}
        for table in tables
    }
    names = {one.get("name", "") for one in book.iter(f"{MAIN}definedName")}
    return Known(set(sheets), names, columns)


def _titles(book: ET.Element) -> Iterator[str]:
    titles = [one.get("name", "") for one in book.iter(f"{MAIN}sheet")]
    if len({title.casefold() for title in titles}) < len(titles):
        yield "two sheets have one name"
    for title in titles:
        if not 0 < units(title) <= _LONGEST_TITLE or set(title) & set("[]:*?/\\") or title != title.strip("'"):
            yield f"no sheet may be called {title}"
        if title != decoded(title) or title.casefold() == "history" or re.search("[\x00-\x1f]", title):
            yield f"Excel reads the name {title} as another"
    for name in ("sheetId", f"{RELATION}id"):
        numbers = [one.get(name) for one in book.iter(f"{MAIN}sheet")]
        if len(set(numbers)) < len(numbers):
            yield f"two sheets have one {name}"
    active = [int(view.get("activeTab", "0")) for view in book.iter(f"{MAIN}workbookView")]
    if not all(0 <= one < len(titles) for one in active):
        yield f"sheet {active} is in front"


def _names(book: ET.Element, known: Known, sheets: int) -> Iterator[str]:
    seen = set()
    for one in book.iter(f"{MAIN}definedName"):
        name, scope, said = one.get("name", ""), one.get("localSheetId"), one.text or ""
        key = (name.casefold(), scope)
        if key in seen or (scope is not None and int(scope) >= sheets):
            yield f"the name {name} is given twice, or for a sheet that is not there"
        seen.add(key)
        if not is_name(name):
            yield f"{name} is no name"
        if re.search(r"\$[0-9]+,.+\$[A-Z]+:\$[A-Z]+$", said):
            yield f"{name} names rows before columns"
        if "#REF!" in said:
            yield f"{name} stands for {said}"
        whole = r"\$[A-Z]{1,3}:\$[A-Z]{1,3}|\$[0-9]+:\$[0-9]+"  # rows and columns that are repeated in print
        for fault in formula_faults(re.sub(whole, "$A$1", said), known):
            yield f"the name {name}: {fault}"


def _table_names(known: Known, tables: list[ET.Element]) -> Iterator[str]:
    names = [table.get("displayName", "").casefold() for table in tables]
    if len(set(names)) < len(names) or set(names) & {name.casefold() for name in known.names}:
        yield "a table has the name of another, or of cells"
    numbers = [table.get("id") for table in tables]
    if len(set(numbers)) < len(numbers) or "0" in numbers:
        yield "two tables have one number"


def _styles(tree: ET.Element) -> Styles:
    formats = {int(one.get("numFmtId", "")): one.get("formatCode", "") for one in tree.iter(f"{MAIN}numFmt")}
    days = {number for number, code in formats.items() if re.search("[dy]", re.sub(r'"[^"]*"|\[[^\]]*\]', "", code))}
    worn = [int(one.get("numFmtId", "0")) for one in tree.findall(f"{MAIN}cellXfs/{MAIN}xf")]
    dates = frozenset(place for place, number in enumerate(worn) if number in days | _OWN_DATES)
    return Styles(len(worn), len(tree.findall(f"{MAIN}dxfs/{MAIN}dxf")), dates)


def _style_faults(tree: ET.Element) -> Iterator[str]:
    counts = {}
    for kind in ("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs"):
        block = tree.find(f"{MAIN}{kind}")
        counts[kind] = 0 if block is None else len(block)
        if block is not None and int(block.get("count", len(block))) != len(block):
            yield f"{kind} are miscounted"
    if counts["fills"] < 2 or not counts["fonts"] or not counts["borders"] or not 0 < counts["cellXfs"] <= 64_000:
        yield f"there are {counts}"
    numbers = {int(one.get("numFmtId", "")) for one in tree.iter(f"{MAIN}numFmt")}
    if len(numbers) < counts["numFmts"] or min(numbers, default=164) < 164:
        yield "two formats have one number, or Excel's own"
    for code in (one.get("formatCode", "") for one in tree.iter(f"{MAIN}numFmt")):
        if not 0 < units(code) <= 255 or code.count('"') % 2 or len(re.sub('"[^"]*"', "", code).split(";")) > 4:
            yield f"{code} is no format"
    yield from _styles_faults(tree, counts, numbers)


def _styles_faults(tree: ET.Element, counts: dict[str, int], numbers: set[int]) -> Iterator[str]:
    for kind in ("cellStyleXfs", "cellXfs"):
        for one in tree.findall(f"{MAIN}{kind}/{MAIN}xf"):
            for name, among in (("fontId", "fonts"), ("fillId", "fills"), ("borderId", "borders")):
                if not 0 <= int(one.get(name, "0")) < counts[among]:
                    yield f"a style has the {name} {one.get(name)}"
            if kind == "cellXfs" and not 0 <= int(one.get("xfId", "0")) < counts["cellStyleXfs"]:
                yield f"a style is of {one.get('xfId')}"
            if int(one.get("numFmtId", "0")) not in numbers | set(range(50)):
                yield f"a style has the format {one.get('numFmtId')}"


def _strings(package: Package) -> int:
    return len(package.tree("xl/sharedStrings.xml")) if package.has("xl/sharedStrings.xml") else 0


def _properties(package: Package) -> Iterator[str]:
    tree = package.tree("docProps/core.xml")
    names = [one.tag for one in tree]
    if len(set(names)) < len(names):
        yield "a property of the document is said twice"
    for one in tree:
        if one.tag.endswith(("}created", "}modified")) and not _MOMENT.fullmatch(one.text or ""):
            yield f"the document is of {one.text}"
    for part in package.names:
        if "comment" in part.casefold() or part.endswith(".vml"):
            yield f"{part} is a comment, which ours have not"
