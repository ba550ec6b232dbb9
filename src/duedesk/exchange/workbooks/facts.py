"""What a written workbook is, told to who asked for it; it opens none."""

from dataclasses import dataclass
from pathlib import Path


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
