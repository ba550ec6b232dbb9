"""Rows that were not taken, written to a CSV with the reason, so that they can be mended and imported again.

Cells are given as they were, except that none of them can be a formula for the program that opens the file.
"""

import csv
import re
from collections.abc import Sequence
from itertools import count
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from duedesk.domain.errors import RequestError
from duedesk.exchange.cells import Cell, shown
from duedesk.exchange.files import write_safely

_FORMULA = re.compile(r"[\s\x00]*[=+\-@\t\r＝＋－＠]")
_NUMBER = re.compile(r"[-+]?[0-9][0-9.,' ]*-?\Z", re.ASCII)


class RejectedRows:
    """Collects rejected rows of one file on disk until it is known that they are to be kept."""

    def __init__(self, header: Sequence[str], delimiter: str) -> None:
        self._header = header
        self._delimiter = delimiter
        self._spool: IO[str] | None = None
        self.count = 0

    def add(self, row: int, reason: str, cells: Sequence[Cell]) -> None:
        """Keep a row."""
        if self._spool is None:
            self._spool = TemporaryFile("w+", encoding="utf-8", errors="backslashreplace", newline="")  # noqa: SIM115
            writer = csv.writer(self._spool, delimiter=self._delimiter)
            writer.writerow(["Row", "Reason", *(safe_cell(name) for name in self._header)])
        writer = csv.writer(self._spool, delimiter=self._delimiter)
        writer.writerow([row, safe_cell(reason), *(safe_cell(shown(cell)) for cell in cells)])
        self.count += 1

    def save(self, path: Path) -> None:
        """Write the rows to a file that does not exist yet; RequestError where it does or cannot be written."""
        if path.exists() or path.is_symlink():
            raise RequestError(f"{path} exists already.", "Name another file with --rejected; nothing is written over.")
        if self._spool is None:
            return
        self._spool.seek(0)
        with write_safely(path) as draft, draft.open("w", encoding="utf-8-sig", newline="") as file:
            while block := self._spool.read(1 << 20):
                file.write(block)

    def close(self) -> None:
        """Let go of what was collected."""
        if self._spool is not None:
            self._spool.close()
            self._spool = None


def free_name(source: Path) -> Path:
    """Give a name beside a source under which nothing stands yet: `ledger-rejected.csv`, `ledger-rejected-2.csv`."""
    for attempt in count(1):
        number = f"-{attempt}" if attempt > 1 else ""
        path = source.with_name(f"{source.stem}-rejected{number}.csv")
        if not path.exists() and not path.is_symlink():
            return path
    raise AssertionError


def safe_cell(text: str) -> str:
    """Write a text so that no spreadsheet program takes it for a formula; plain numbers stay numbers."""
    if _FORMULA.match(text) and not _NUMBER.match(text):
        return f"'{text}"
    return text.replace("\0", "")
