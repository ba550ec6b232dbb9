"""Blocks of rows of a ledger taken a column at a time; a block of which one row is not plain is left to `invoices`.

Either road takes a block as the other would: they share the numbers seen, the accounts and what is on its way.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from itertools import compress

from duedesk.actions.importing.by_columns.cash import PaymentColumns, draft_payments, rows_of
from duedesk.actions.importing.by_columns.drafting import InvoiceColumns, added, check_balances, draft_invoices
from duedesk.actions.importing.by_columns.parties import Parties
from duedesk.actions.importing.by_columns.same import Same
from duedesk.actions.importing.by_columns.there import There
from duedesk.actions.importing.by_columns.writing import write_invoices
from duedesk.actions.importing.cash import CashBook
from duedesk.actions.importing.drafts import InvoiceDrafts
from duedesk.actions.importing.parties import Account
from duedesk.actions.importing.rows import FileRows, Shared
from duedesk.exchange.cells import Run
from duedesk.exchange.columns import ColumnReader, NotPlain

_OBJECTS = {"Invoice", "Account", "Contact", "Payment"}
_ROW_BY_ROW = {
    "Invoice": {
        "Id",
        "BillToContactId",
        "OwnerId",
        "PaymentTermId",
        "DunningPolicyId",
        "InvoiceBatchRunId",
        "PostedDate",
        "PostedAt",
        "VoidedDate",
        "VoidedAt",
        "CreatedDate",
    },
    "Payment": {
        "Id",
        "AccountId",
        "Status",
        "Type",
        "ProcessingMode",
        "CreatedDate",
        "CancellationEffectiveDate",
        "CancellationDate",
    },
}
"""Fields with rules that are held row by row."""


def has_columns(file: FileRows) -> bool:
    """Tell whether a file says nothing but what can be taken a column at a time."""
    sections = file.source.sections
    if not file.source.table.is_csv or not {section.name for section in sections} <= _OBJECTS:
        return False
    return not any(
        entry.field.name in _ROW_BY_ROW.get(section.name, ())
        or (section.name in _ROW_BY_ROW and not entry.field.is_stored)
        for section in sections
        for entry in section.entries
    )


class ColumnLane:
    """The plain blocks of one file of invoices."""

    def __init__(
        self, shared: Shared, file: FileRows, drafts: InvoiceDrafts, book: CashBook, latest: date, *, was_empty: bool
    ) -> None:
        self._shared, self._file, self._drafts, self._book = shared, file, drafts, book
        self._today = shared.today.isoformat()
        self._reader = ColumnReader(file.source, latest=latest, told=file.notes)
        self._parties = Parties(shared, file, self._reader)
        self._there = There(book, was_empty=was_empty, says_status=bool(file.column("Invoice", "Status")))
        self._same = Same(shared, file, drafts, self._reader, self._there)

    def take(self, run: Run) -> dict[str, Decimal] | None:
        """Take rows and give what they come to by currency; None, and nothing is taken, where one is not plain."""
        come_to = self._same.take(run)
        if come_to is not None:
            return come_to
        try:
            said = self._reader.read("Invoice", run.columns, None)
            drafts = draft_invoices(said, self._drafts)
            if max(drafts.invoice_dates) > self._today:
                raise NotPlain
            payments = None
            if self._file.has("Payment"):
                payments = draft_payments(
                    self._reader.read("Payment", run.columns, said.currencies), drafts, self._book
                )
            held = self._there.invoices(drafts)
            is_new = [True] * len(run) if held is None else [not is_old for is_old in held.is_old]
            if not self._shared.has_applications:
                check_balances(drafts, is_new, payments.on_rows() if payments is not None else None)
            if payments is not None:
                self._there.check_payments(payments, drafts, is_new)
            named = self._parties.named(run)
            accounts = self._parties.accounts(run, named, is_new)
            if held is not None:
                self._there.check_same(held, drafts, accounts)
        except NotPlain:
            return None
        self._keep(run, drafts, payments)
        contacts = self._parties.contacts(run, named, accounts, is_new)
        if all(is_new):
            write_invoices(self._shared, drafts, accounts, contacts, payments)
        else:
            self._write_new(is_new, drafts, accounts, contacts, payments)
        self._file.accept((), len(run))
        return _sums(drafts)

    def _keep(self, run: Run, drafts: InvoiceColumns, payments: PaymentColumns | None) -> None:
        """Remember the numbers that came by, each of which may come once."""
        self._drafts.keep(drafts.numbers, run.number)
        if payments is not None and payments.numbers is not None:
            self._book.keep("Payment", payments.numbers, rows_of(payments, run.number, len(run)))

    def _write_new(
        self,
        is_new: Sequence[bool],
        drafts: InvoiceColumns,
        accounts: Sequence[Account],
        contacts: Sequence[int | None] | None,
        payments: PaymentColumns | None,
    ) -> None:
        """Write what is new among the rows, and count what the book has."""
        self._shared.tally.leave("Invoice", len(is_new) - sum(is_new))
        fresh = None
        if payments is not None:
            fresh = payments.only(is_new)
            self._shared.tally.leave("Payment", len(payments.amounts) - (len(fresh.amounts) if fresh else 0))
        if any(is_new):
            of_new = list(compress(accounts, is_new))
            with_new = list(compress(contacts, is_new)) if contacts is not None else None
            write_invoices(self._shared, drafts.only(is_new), of_new, with_new, fresh)


def _sums(drafts: InvoiceColumns) -> dict[str, Decimal]:
    """Add up what the rows say first of their invoices: the total with tax, else the one before it."""
    return added(drafts.totals if drafts.says_total else drafts.nets, drafts.currencies)
