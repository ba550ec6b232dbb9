"""One file of an import from its first row to its last: which rules its rows meet, in blocks that can be stopped."""

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from functools import partial
from itertools import islice
from typing import Protocol

from sqlalchemy import Table

from duedesk.actions.importing_applications import ApplicationRows
from duedesk.actions.importing_cash_rows import CashRows
from duedesk.actions.importing_control import ControlSums
from duedesk.actions.importing_invoices import InvoiceRows
from duedesk.actions.importing_lines import LineRows
from duedesk.actions.importing_links import Warn
from duedesk.actions.importing_report import RowFault
from duedesk.actions.importing_rows import FileRows, Shared
from duedesk.domain.errors import Problem
from duedesk.exchange.reading import ReadRow, Record
from duedesk.exchange.table import Control
from duedesk.store.first_load import build_indexes, put_indexes_aside
from duedesk.store.known import is_empty
from duedesk.store.tables import ledger, party

BLOCK = 1_000
"""Rows taken together: what the book knows is asked once for them."""

LARGE = 20_000
"""Rows from which an empty book gets its indexes after them."""

_FILLED: tuple[Table, ...] = (
    party.account,
    party.contact,
    ledger.invoice,
    ledger.invoice_line,
    ledger.payment,
    ledger.credit_memo,
    ledger.application,
)

Heard = Callable[[int], None]
"""Told how many rows of the file are done; it raises to stop the work."""


class Taker(Protocol):
    """What knows the rules of a file's rows."""

    def take(self, rows: Sequence[ReadRow]) -> None:
        """Take a block of rows."""

    def end(self) -> list[Problem]:
        """Give what stands in the way once all rows have gone by."""


def take_file(shared: Shared, file: FileRows, latest: date, heard: Heard) -> list[Problem]:
    """Take a file's rows and give what stands in the way of all of them; dates after `latest` are refused."""
    tables = _tables_to_fill(shared, file)
    put_indexes_aside(shared.connection, tables)
    sums = ControlSums(file)
    problems: list[Problem] = []
    with _few_collections():
        for place, taker in enumerate(_takers(shared, file)):
            for rows in _blocks(file, latest, sums if place == 0 else None, heard):
                taker.take(rows)
                shared.stage.write()
                if shared.tally.questions:
                    break
            problems += taker.end()
        shared.stage.write()
    build_indexes(shared.connection, tables)
    file.source.file.check_unchanged()
    return [*problems, *sums.problems()]


def _tables_to_fill(shared: Shared, file: FileRows) -> tuple[Table, ...]:
    """Give the tables whose indexes are built after: they are empty, the file is long, no row looks for another."""
    if not file.has("Invoice") or file.source.row_count < LARGE:
        return ()
    return tuple(table for table in _FILLED if is_empty(shared.connection, table))


def _takers(shared: Shared, file: FileRows) -> list[Taker]:
    """Choose the rules by what the file speaks of; applications are gone through twice."""
    for name in ("PaymentLineInvoice", "CreditMemoInvApplication"):
        if file.has(name):
            rows = ApplicationRows(shared, file, name)
            return [_Only(rows, "Applied"), _Only(rows, "Unapplied")]
    if file.has("Invoice"):
        return [InvoiceRows(shared, file, was_empty=is_empty(shared.connection, ledger.invoice))]
    if file.has("InvoiceLine"):
        return [LineRows(shared, file)]
    for name in ("Payment", "CreditMemo"):
        if file.has(name):
            return [CashRows(shared, file, name)]
    return [_Parties(shared, file)]


def _blocks(file: FileRows, latest: date, sums: ControlSums | None, heard: Heard) -> Iterator[list[ReadRow]]:
    reader = file.source.reader(latest=latest, notes=file.notes)

    def read() -> Iterator[ReadRow]:
        for row in file.source.rows():
            if isinstance(row, Control):
                if sums is not None:
                    sums.see(row)
                continue
            done = reader.read(row)
            if sums is not None:
                sums.add(done)
            yield done

    rows, count = read(), 0
    while block := list(islice(rows, BLOCK)):
        yield block
        count += len(block)
        heard(count)


@contextmanager
def _few_collections() -> Iterator[None]:
    """Look for cycles of objects seldom: rows make none, and looking takes a quarter of the time."""
    before = gc.get_threshold()
    gc.set_threshold(max(before[0], 100_000), *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


class _Only:
    """One of the two passes over a file of applications."""

    def __init__(self, rows: ApplicationRows, wanted: str) -> None:
        self._rows, self._wanted = rows, wanted

    def take(self, rows: Sequence[ReadRow]) -> None:
        self._rows.take(rows, wanted=self._wanted)

    def end(self) -> list[Problem]:
        return self._rows.end() if self._wanted == "Unapplied" else []


class _Parties:
    """Rows that are accounts, contacts, owners or terms; an account may bring a contact along."""

    def __init__(self, shared: Shared, file: FileRows) -> None:
        self._shared, self._file = shared, file
        self._parents: dict[str, str] = {}
        names = ("PaymentTerm", "User", "Account", "Contact")
        self._object = next(name for name in names if file.has(name))

    def take(self, rows: Sequence[ReadRow]) -> None:
        take = {
            "PaymentTerm": lambda record, _: self._shared.links.take_term(record),
            "User": lambda record, _: self._shared.links.take_owner(record),
            "Contact": lambda record, _: self._shared.contacts.take(record, self._shared.accounts),
        }
        if self._object in take:
            self._file.take_each(rows, self._object, take[self._object])
            return
        for read in rows:
            self._file.take_each([read], "Account", partial(self._account, read))

    def end(self) -> list[Problem]:
        self._shared.stage.write()
        self._shared.accounts.set_parents(self._parents, lambda text, _: self._shared.tally.note(text))
        return []

    def _account(self, read: ReadRow, record: Record, warn: Warn) -> bool:
        parent, external_id = record.text("ParentId"), record.text("Id")
        if record.text("Name") is None and record.text("AccountNumber") is None:
            raise RowFault("the account has neither a name nor a number.", "Give it one.")
        is_new = self._shared.accounts.find(record, None) is None
        account = self._shared.accounts.find_or_make(record, None, self._shared.links, warn)
        if is_new and parent is not None and external_id is not None:
            self._parents[external_id] = parent
        contact = self._file.record(read, "Contact")
        if contact is not None:
            self._shared.contacts.find_or_make(contact, account)
        return is_new
