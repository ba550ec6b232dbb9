"""The sheets of a workbook under way, in their order: openpyxl's layout beside the streamed rows; it writes no cell."""

import re
from collections.abc import Sequence
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path

from openpyxl import Workbook
from openpyxl.workbook.defined_name import DefinedName

from duedesk.exchange.sheet_stream import SheetRows, cell_text, write_package
from duedesk.exchange.workbooks.styles import Styles
from duedesk.resources import LookName, look

CHECKS = "Checks"
SUMMARIES, CHARTS, TABLES, PROOF, ABOUT = range(5)
"""The order of sheets by what they are."""

_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
_LONGEST_TITLE = 31
"""UTF-16 units, as Excel counts."""
_ESCAPE_LIKE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


class SheetSet:
    """Makes sheets, keeps their rows while the stack is open, and puts all of it into one file."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self.workbook = Workbook()
        self.workbook.worksheets[0].title = CHECKS  # styles are made on a sheet that is there
        self.styles = Styles(self.workbook, look(LookName.LIGHT))
        self.text_columns: dict[str, str] = {}
        """By sheet the range in which digits are meant as text."""
        self._folder = folder
        self._stack = stack
        self._ranks = [PROOF]
        self._rows: dict[str, SheetRows] = {}

    def open(self, about: str, rank: int) -> tuple[str, SheetRows]:
        """Make a sheet behind those of its rank and before those of the next; give the title it got, and its rows."""
        title = _free_title(about, self.workbook.sheetnames)
        place = sum(one <= rank for one in self._ranks)
        self._ranks.insert(place, rank)
        self.workbook.create_sheet(title, place)
        return title, self.rows_of(title)

    def arrange(self, titles: Sequence[str]) -> None:
        """Put sheets that stand together into an order."""
        first = min(self.workbook.sheetnames.index(title) for title in titles)
        for place, title in enumerate(titles, first):
            self.workbook.move_sheet(title, place - self.workbook.sheetnames.index(title))

    def rows_of(self, title: str) -> SheetRows:
        """Begin the rows of a sheet that is there."""
        rows = self._rows[title] = self._stack.enter_context(SheetRows(self._folder, self.styles.quoted))
        return rows

    def name(self, name: str, cells: str) -> None:
        """Give cells a name that formulas use."""
        self.workbook.defined_names[name] = DefinedName(name, attr_text=cells)

    def write(self, target: Path, made_at: datetime) -> None:
        """Write the workbook."""
        write_package(self.workbook, self._rows, target, made_at=made_at, text_columns=self.text_columns)


def _free_title(about: str, taken: list[str]) -> str:
    """Make a title of a text: nothing in it that Excel forbids, not too long, and borne by no other sheet.

    What looks like an escape goes too: names of sheets are read with escapes, formulas that call them by it are not.
    """
    plain = _ESCAPE_LIKE.sub(" ", " ".join(cell_text(about).translate(_FORBIDDEN).split()))
    plain = " ".join(plain.split()).strip("' ") or "Sheet"
    used = {title.casefold() for title in taken} | {"history"}  # which Excel keeps for itself
    for number in range(1, len(taken) + 3):
        end = "" if number == 1 else f" {number}"
        title = _cut(plain, _LONGEST_TITLE - len(end)).rstrip("' ") + end
        if title.casefold() not in used:
            return title
    raise AssertionError


def _cut(text: str, units: int) -> str:
    """Give the beginning of a text that has no more than so many UTF-16 units, and no half letter."""
    return text.encode("utf-16-le")[: units * 2].decode("utf-16-le", "ignore")
