"""What all rows of an import share: the book's connection, the counts, what is known; and one file's rows on their way.

A row is taken whole or not at all: its warnings are told only when it is taken, its faults put it aside.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from operator import itemgetter
from pathlib import Path

from sqlalchemy import Connection

from duedesk.actions.importing.contacts import Contacts
from duedesk.actions.importing.links import Links, Warn
from duedesk.actions.importing.parties import Accounts
from duedesk.actions.importing.report import FileReport, RowFault, Tally
from duedesk.actions.importing.stage import Stage
from duedesk.domain.errors import Problem, Severity
from duedesk.domain.money import minor_digits, plain
from duedesk.exchange.reading import Notes, ReadRow, Record
from duedesk.exchange.rejected import RejectedRows, free_name
from duedesk.exchange.source import Source
from duedesk.store.known import is_empty
from duedesk.store.tables import ledger


@dataclass(slots=True)
class Touched:
    """Keys of what the import wrote or applied, whose figures are to be stated again."""

    invoices: set[int] = field(default_factory=set)
    payments: set[int] = field(default_factory=set)
    credit_memos: set[int] = field(default_factory=set)
    has_others: bool = False
    """More came in than these, with its figures stated."""


@dataclass(frozen=True, slots=True)
class Shared:
    """What every file of one import works with; all of it belongs to one transaction."""

    connection: Connection
    stage: Stage
    tally: Tally
    accounts: Accounts
    contacts: Contacts
    links: Links
    user: str
    journal_id: int
    moment: datetime
    now: str
    today: date
    touched: Touched
    has_applications: bool
    """Files of applications are among those imported: what an invoice has open is not known before them."""
    compares: bool
    """A file of invoices gives figures that are compared when all of them are known."""

    def has_invoices(self) -> bool:
        """Tell whether the book holds an invoice yet."""
        return not is_empty(self.connection, ledger.invoice)


class FileRows:
    """The rows of one file: counted, told of, and put aside where they are at fault."""

    def __init__(self, source: Source, tally: Tally) -> None:
        self.source = source
        self.notes = Notes()
        self.good = 0
        self.bad = 0
        self.rejected = RejectedRows(
            [source.table.header.name(at) for at in range(len(source.table.header.names))], source.delimiter
        )
        self._tally = tally
        self._held: list[tuple[int, tuple[Problem, ...], ReadRow | None]] = []
        self._index = {section.name: at for at, section in enumerate(source.sections)}

    def record(self, read: ReadRow, object_name: str) -> Record | None:
        """Give what a row says of an object, None where it says nothing."""
        at = self._index.get(object_name)
        return None if at is None else read.records[at]

    def has(self, object_name: str) -> bool:
        """Tell whether the file speaks of an object."""
        return object_name in self._index

    def column(self, object_name: str, field_name: str) -> str:
        """Give the header of the column a field comes from, empty where there is none."""
        at = self._index.get(object_name)
        entries = () if at is None else self.source.sections[at].entries
        return next((one.column for one in entries if one.field.name == field_name), "")

    def readable(self, rows: Iterable[ReadRow]) -> list[ReadRow]:
        """Give the rows whose cells could all be read; the others are put aside."""
        kept = []
        for read in rows:
            if read.problems:
                self.reject(read, read.problems)
            else:
                kept.append(read)
        return kept

    def accept(self, warnings: Iterable[Problem] = (), count: int = 1) -> None:
        """Count rows as taken, and tell what a person should know of them."""
        self.good += count
        self._held += ((warning.row or 0, (warning,), None) for warning in warnings)

    def reject(self, read: ReadRow, problems: Iterable[Problem]) -> None:
        """Put a row aside."""
        told = tuple(problems)
        is_bad = any(problem.severity is Severity.ERROR for problem in told)
        self.bad += is_bad
        self._held.append((read.row.number, told, read if is_bad else None))

    def tell(self) -> None:
        """Tell what is to be said of the rows taken and put aside since this was last done, in their order."""
        for row, told, rejected in sorted(self._held, key=itemgetter(0)):
            for problem in told:
                self._tally.report(problem)
            if rejected is not None:
                reason = " ".join(f"{problem.column}: {problem.text}".removeprefix(": ") for problem in told)
                self.rejected.add(row, reason, rejected.row.cells)
        self._held.clear()

    def fault(self, read: ReadRow, fault: RowFault) -> Problem:
        """Make a problem of a fault that was found in a row."""
        return Problem(
            self.source.name, _sentence(fault.text), fault.remedy, read.row.number, fault.column, fault.severity
        )

    def warner(self, read: ReadRow, warnings: list[Problem]) -> Warn:
        """Give what collects the warnings of a row."""

        def warn(text: str, column: str) -> None:
            said = _sentence(text)
            warnings.append(
                Problem(self.source.name, said, row=read.row.number, column=column, severity=Severity.WARNING)
            )

        return warn

    def take_each(self, rows: Iterable[ReadRow], object_name: str, take: Callable[[Record, Warn], bool]) -> None:
        """Take rows that each are one record; `take` tells whether it is a new one, and raises RowFault."""
        for read in self.readable(rows):
            record = self.record(read, object_name)
            warnings: list[Problem] = []
            try:
                is_new = record is not None and take(record, self.warner(read, warnings))
            except RowFault as fault:
                self.reject(read, [self.fault(read, fault)])
                continue
            if not is_new:
                self._tally.leave(object_name)
            self.accept(warnings)

    def save_rejected(self, wanted: Path | None, *, is_one_of_several: bool) -> Path | None:
        """Write the rows put aside, beside their file where no other is wanted, and give where they are."""
        if not self.rejected.count:
            return None
        source = self.source.file.path
        path = wanted or free_name(source)
        if wanted is not None and is_one_of_several:
            path = path.with_name(f"{path.stem}-{source.stem}{path.suffix}")
        self.rejected.save(path)
        return path

    def report(self, rejected_to: Path | None) -> FileReport:
        """Give the account of the file."""
        source = self.source
        return FileReport(
            source.name,
            self.good + self.bad,
            self.good,
            self.bad,
            source.read_as,
            source.not_taken,
            rejected_to,
            has_api_names=source.is_api,
        )


def money(amount: Decimal, currency: str) -> str:
    """Write an amount for a sentence."""
    return f"{plain(amount, currency)} {currency}".rstrip()


def check_decimals(amount: Decimal, currency: str, column: str) -> None:
    """Refuse an amount with more decimals than its currency has, where the file did not say the currency."""
    digits = minor_digits(currency)
    if amount != round(amount, digits):
        raise RowFault(f"{amount} has more decimals than {currency}, which has {digits or 'none'}.", column=column)


def _sentence(text: str) -> str:
    return text[0].upper() + text[1:] if text else text
