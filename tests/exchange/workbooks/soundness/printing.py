"""At what share of its size each sheet of a package is printed, by the widths of its columns; it prints nothing."""

import re
from pathlib import Path
from xml.etree import ElementTree as ET

from openpyxl.utils import column_index_from_string

from exchange.workbooks.soundness.package import MAIN, RELATION, Package

_BOOK = "xl/workbook.xml"
_POINTS = 5.25
"""What a width of one takes across: seven pixels, of which 96 are an inch."""
_PAPER = {("9", "landscape"): 841.9, ("9", "portrait"): 595.3}
_DEFAULT_WIDTH = 9.0
SMALLEST = 60
"""Per cent: letters of ten points are six points high then, which is as small as a meeting reads."""


def small_prints(path: Path) -> list[str]:
    """Name the sheets that are printed too small to be read, or by what they do not say whose row it is."""
    package = Package(path)
    book, found = package.tree(_BOOK), []
    for place, one in enumerate(book.iter(f"{MAIN}sheet")):
        tree = package.tree(package.related(_BOOK)[one.get(f"{RELATION}id", "")][1])
        names = {
            (name.get("localSheetId"), name.get("name")): name.text or "" for name in book.iter(f"{MAIN}definedName")
        }
        repeated = re.search(r"!\$A:\$([A-Z]+)", names.get((str(place), "_xlnm.Print_Titles"), ""))
        area = re.search(r"!\$A\$1:\$([A-Z]+)", names.get((str(place), "_xlnm.Print_Area"), ""))
        columns = column_index_from_string(area[1]) if area else None
        pages, share = printed(tree, column_index_from_string(repeated[1]) if repeated else 0, columns)
        if share < SMALLEST:
            found.append(f"{one.get('name')} is printed at {share} per cent")
        if pages > 1 and not repeated:
            found.append(f"{one.get('name')} takes {pages} pages across and repeats no column")
    return found


def printed(tree: ET.Element, repeated: int, columns: int | None) -> tuple[int, int]:
    """How many pages a sheet may take across, and the largest whole per cent at which its columns fit on them."""
    (setup,), fits = tree.iter(f"{MAIN}pageSetup"), [one.get("fitToPage") for one in tree.iter(f"{MAIN}pageSetUpPr")]
    margins = next(tree.iter(f"{MAIN}pageMargins"))
    page = _PAPER[setup.get("paperSize", ""), setup.get("orientation", "")]
    page -= 72 * (float(margins.get("left", "0")) + float(margins.get("right", "0")))
    pages = int(setup.get("fitToWidth", "1"))
    if fits != ["1"]:
        return 1, int(setup.get("scale", "100"))
    widths = _widths(tree)[:columns]
    for share in range(100, 0, -1):
        if _takes(widths, repeated, page / share * 100) <= pages:
            return pages, share
    return pages, 0


def _takes(widths: list[float], repeated: int, room: float) -> int:
    """How many pages columns take that are filled one after the other."""
    pages, left = 1, room
    for place, width in enumerate(widths):
        if width > left:
            pages, left = pages + 1, room - (sum(widths[:repeated]) if place >= repeated else 0)
        if width > left:
            return 1_000
        left -= width
    return pages


def _widths(tree: ET.Element) -> list[float]:
    extent = next(tree.iter(f"{MAIN}dimension")).get("ref", "A1")
    last = column_index_from_string(re.sub("[0-9]", "", extent.rpartition(":")[2]))
    widths = dict.fromkeys(range(1, last + 1), _DEFAULT_WIDTH)
    for one in tree.iter(f"{MAIN}col"):
        for column in range(int(one.get("min", "0")), int(one.get("max", "0")) + 1):
            if column <= last:
                widths[column] = float(one.get("width", "0"))
    return [width * _POINTS for width in widths.values()]
