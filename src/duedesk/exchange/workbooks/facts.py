"""How a workbook is made and what it is, told to its writer and to who asked for it; it opens none."""

from collections.abc import Iterable, Iterator, Sized
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from duedesk.domain.errors import Cancelled
from duedesk.domain.reports.offered import Progress, Stop, unheard, unstopped, watched

_Row = TypeVar("_Row")


@dataclass(frozen=True, slots=True)
class Making:
    """In what book and when a workbook is made, who hears how far it is and who may stop it."""

    book_name: str
    made_at: datetime
    progress: Progress = unheard
    stop: Stop = unstopped

    def watched(self, rows: Iterable[_Row], total: int = 0) -> Iterator[_Row]:
        """Give rows as they are taken, of `total` where that is known; Cancelled where the work is to stop."""
        return watched(rows, self.progress, self.stop, len(rows) if isinstance(rows, Sized) else total)

    def go_on(self, rows: int) -> None:
        """Tell that all rows stand and only the rest is to be done; Cancelled where the work is to stop."""
        if self.stop():
            raise Cancelled("Stopped; nothing was written.")
        self.progress(rows, rows)


@dataclass(frozen=True, slots=True)
class WorkbookFacts:
    """Where a workbook was written and what it holds.

    `holds` says whether every check on its sheet Checks came out; `remarks` are sentences for the person who asked.
    """

    path: Path
    lines: int
    items: int
    holds: bool
    remarks: tuple[str, ...] = ()
    also: tuple[Path, ...] = ()
    """The other files, where a report is more than one."""

    @property
    def paths(self) -> tuple[Path, ...]:
        """Give every file that was written."""
        return (self.path, *self.also)
