"""What an import did, or would do, and what is in its way; it is told, and decides nothing."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from pathlib import Path

from duedesk.domain.changes import Changes
from duedesk.domain.errors import Problem, Severity
from duedesk.domain.money import ZERO
from duedesk.domain.objects import CATALOG

MOST_ERRORS = 1_000
MOST_WARNINGS = 200
MOST_QUESTIONS = 20
MOST_SPELLINGS = 20
"""More is counted, and not listed: a file of a million bad rows must not fill the memory with sentences."""


class RowFault(Exception):  # noqa: N818 - it never leaves the import: a Problem is made of it
    """Why a row that could be read cannot be taken."""

    def __init__(self, text: str, remedy: str = "", *, column: str = "", severity: Severity = Severity.ERROR) -> None:
        super().__init__(text)
        self.text, self.remedy, self.column, self.severity = text, remedy, column, severity


class ImportOutcome(StrEnum):
    """How an import ended; with the last three nothing was changed."""

    IMPORTED = "imported"
    DRY_RUN = "dry run"
    NOTHING_NEW = "nothing new"
    REFUSED = "refused"
    QUESTION = "question"


@dataclass(frozen=True, slots=True)
class FileReport:
    """What became of the rows of one file, and what its columns were taken for."""

    name: str
    row_count: int = 0
    good: int = 0
    bad: int = 0
    read_as: tuple[str, ...] = ()
    not_taken: tuple[str, ...] = ()
    rejected_to: Path | None = None
    is_known: bool = False
    """It came in before, and was not read again."""
    has_api_names: bool = False


@dataclass(frozen=True, slots=True)
class ObjectCount:
    """How many records of an object were made, and how many of the file stood in the book already."""

    object: str
    made: int
    unchanged: int


@dataclass(frozen=True, slots=True)
class CurrencyTotal:
    """Invoices made in a currency, and their sum with tax."""

    currency: str
    count: int
    total: Decimal


@dataclass(frozen=True, slots=True)
class Spellings:
    """The names under which one account stands in the files."""

    account_number: str
    name: str
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A figure that a file gives of a record, and what the book makes of its applications and lines."""

    file: str
    row: int
    object: str
    record: str
    field: str
    theirs: str
    ours: str

    @property
    def problem(self) -> Problem:
        """Say it in a sentence."""
        what = "its lines make" if self.field.startswith("Total") else "its applications make"
        kept = "both are kept" if self.object == "Invoice" and "Total" not in self.field else "the book counts its own"
        label = CATALOG.object(self.object).label
        text = f"{label} {self.record}: the file says {self.field} is {self.theirs}, {what} it {self.ours}; {kept}."
        if self.object == "Invoice" and self.field == "Balance":
            text = f"Invoice {self.record}: the file says {self.theirs} is open, here it is {self.ours}; both are kept."
        return Problem(self.file, text, row=self.row, column=self.field, severity=Severity.WARNING)


@dataclass(frozen=True, slots=True)
class ImportReport:
    """The whole account of an import."""

    outcome: ImportOutcome
    files: tuple[FileReport, ...] = ()
    counts: tuple[ObjectCount, ...] = ()
    totals: tuple[CurrencyTotal, ...] = ()
    problems: tuple[Problem, ...] = ()
    error_count: int = 0
    question_count: int = 0
    warning_count: int = 0
    notes: tuple[str, ...] = ()
    spellings: tuple[Spellings, ...] = ()
    mismatches: tuple[Mismatch, ...] = ()
    """Every one of them is among the problems too."""
    changes: Changes = Changes()  # noqa: RUF009 - it is frozen

    @property
    def journal_id(self) -> int | None:
        """Give the import's place in the journal."""
        return self.changes.journal_id

    @property
    def is_done(self) -> bool:
        """Tell whether nothing stood in the way."""
        return self.outcome not in {ImportOutcome.REFUSED, ImportOutcome.QUESTION}

    def with_changes(
        self, spellings: tuple[Spellings, ...], objects: Iterable[str], journal_id: int | None, summary: str
    ) -> "ImportReport":
        """Give the report with what the import changed, or would change."""
        return replace(self, spellings=spellings, changes=Changes(frozenset(objects), journal_id, summary))


@dataclass(slots=True)
class Tally:
    """Counts while the rows go by."""

    made: dict[str, int] = field(default_factory=dict)
    unchanged: dict[str, int] = field(default_factory=dict)
    sums: dict[str, tuple[int, Decimal]] = field(default_factory=dict)
    notes: dict[str, None] = field(default_factory=dict)
    errors: int = 0
    questions: int = 0
    warnings: int = 0
    mismatches: list[Mismatch] = field(default_factory=list)
    _problems: dict[Severity, dict[object, Problem]] = field(default_factory=dict)

    def make(self, object_name: str, count: int = 1) -> None:
        """Count records that are made."""
        self.made[object_name] = self.made.get(object_name, 0) + count

    def leave(self, object_name: str, count: int = 1) -> None:
        """Count records that are in the book already."""
        self.unchanged[object_name] = self.unchanged.get(object_name, 0) + count

    def add_total(self, currency: str, total: Decimal, count: int = 1) -> None:
        """Add invoices that are made."""
        before, sum_before = self.sums.get(currency, (0, ZERO))
        self.sums[currency] = (before + count, sum_before + total)

    def report(self, problem: Problem) -> None:
        """Take a problem down; a question is asked once a column, however many rows raise it."""
        kept = self._problems.setdefault(problem.severity, {})
        if problem.severity is Severity.ERROR:
            self.errors += 1
            key: object = self.errors
            most = MOST_ERRORS
        elif problem.severity is Severity.QUESTION:
            key = (problem.file, problem.column, problem.remedy)
            self.questions += key not in kept
            most = MOST_QUESTIONS
        else:
            self.warnings += 1
            key = self.warnings
            most = MOST_WARNINGS
        if len(kept) < most:
            kept.setdefault(key, problem)

    def differ(self, mismatch: Mismatch) -> None:
        """Take a figure down that differs; each is listed, however many there are."""
        self.warnings += 1
        self.mismatches.append(mismatch)

    def note(self, sentence: str) -> None:
        """Take a note down once."""
        self.notes[sentence] = None

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Give what was listed: questions, errors, warnings."""
        listed = (
            problem
            for severity in (Severity.QUESTION, Severity.ERROR, Severity.WARNING)
            for problem in self._problems.get(severity, {}).values()
        )
        return (*listed, *(one.problem for one in self.mismatches))

    def counts(self) -> tuple[ObjectCount, ...]:
        """Give the counts by object."""
        names = dict.fromkeys([*self.made, *self.unchanged])
        return tuple(ObjectCount(name, self.made.get(name, 0), self.unchanged.get(name, 0)) for name in names)

    def totals(self) -> tuple[CurrencyTotal, ...]:
        """Give the sums of the invoices made."""
        return tuple(CurrencyTotal(code, count, total) for code, (count, total) in sorted(self.sums.items()))
