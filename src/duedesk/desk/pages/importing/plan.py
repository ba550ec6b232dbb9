"""What the page of imports asks for and what comes back, as values; nothing is read or shown here."""

from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path

from duedesk.domain.changes import Changes
from duedesk.domain.errors import Problem, Severity

Answer = tuple[str, str]
"""What was said of how the files are written: the name of an option and its value."""


@dataclass(frozen=True, slots=True)
class Request:
    """Files to take in; `skips_bad` leaves rows at fault out, into a file beside theirs."""

    files: tuple[str, ...] = ()
    mapping: str | None = None
    answers: tuple[Answer, ...] = ()
    skips_bad: bool = False

    def with_files(self, files: tuple[str, ...]) -> "Request":
        """Give the request with more files, none of them twice."""
        return replace(self, files=tuple(dict.fromkeys((*self.files, *files))))

    def without_file(self, file: str) -> "Request":
        """Give the request without a file; with the last file go mapping and answers."""
        left = tuple(one for one in self.files if one != file)
        return replace(self, files=left) if left else Request()

    def answered(self, option: str, value: str) -> "Request":
        """Give the request with an answer in place of any before; an empty value takes it back."""
        others = tuple(one for one in self.answers if one[0] != option)
        return replace(self, answers=(*others, (option, value)) if value else others)

    @property
    def names(self) -> tuple[str, ...]:
        """Give the names of the files without their folders."""
        return tuple(Path(file).name for file in self.files)


@dataclass(frozen=True, slots=True)
class Counted:
    """How many records of one object the files hold: new ones, and ones the book has already."""

    what: str
    new: int
    known: int = 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came in, or would: `is_written` tells which. `bad_rows` is the number of rows that are left out.

    `problem_counts` counts all problems, of which `problems` lists the first; `read_as` says what the columns are.
    `can_import` tells that nothing stands in the way; `can_skip`, that the good rows may go in without the bad ones.
    """

    counts: tuple[Counted, ...] = ()
    sums: tuple[tuple[str, Decimal], ...] = ()
    notes: tuple[str, ...] = ()
    read_as: tuple[str, ...] = ()
    not_taken: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    problem_counts: tuple[tuple[Severity, int], ...] = ()
    row_count: int = 0
    bad_rows: int = 0
    can_import: bool = False
    can_skip: bool = False
    is_known_already: bool = False
    is_written: bool = False
    rejected: str = ""
    changes: Changes = field(default_factory=Changes)

    def of(self, severity: Severity) -> tuple[Problem, ...]:
        """Give the problems of one weight."""
        return tuple(problem for problem in self.problems if problem.severity is severity)
