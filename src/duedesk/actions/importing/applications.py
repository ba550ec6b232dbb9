"""Which payment or credit memo is on which invoice: files of applications, and the one that a row makes by itself.

An application takes effect neither before its invoice nor before its source; what is taken off refers to what was
put on. Nothing is applied above what an invoice or its source holds.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select

from duedesk.actions.importing.links import Warn
from duedesk.actions.importing.report import RowFault
from duedesk.actions.importing.rows import FileRows, Shared, check_decimals, money
from duedesk.actions.importing.stage import stored, units
from duedesk.domain.errors import Problem
from duedesk.domain.money import ZERO
from duedesk.exchange.cells import quoted
from duedesk.exchange.reading import ReadRow, Record
from duedesk.store import known
from duedesk.store.known import KnownApplication, KnownInvoice, KnownSource
from duedesk.store.settlement import NOTHING
from duedesk.store.tables import ledger

_COLUMNS = (
    "id",
    "external_id",
    "application_number",
    "kind",
    "type",
    "invoice_id",
    "payment_id",
    "credit_memo_id",
    "account_id",
    "currency_iso_code",
    "amount",
    "impact_amount",
    "effective_date",
    "recorded_at",
    "reverses_id",
    "comments",
    "journal_id",
)


@dataclass(frozen=True, slots=True)
class ApplicationDraft:
    """An application that can be taken."""

    object: str
    invoice_key: int
    source_key: int
    account_key: int
    currency: str
    type: str
    amount: Decimal
    effective_date: date
    recorded_at: datetime
    external_id: str | None = None
    number: str | None = None
    comments: str | None = None
    reverses_key: int | None = None


def stage_application(shared: Shared, draft: ApplicationDraft) -> int:
    """Put an application on its way and give its key."""
    key = shared.stage.key(ledger.application)
    is_payment = draft.object == "PaymentLineInvoice"
    amount = units(draft.amount)
    shared.touched.invoices.add(draft.invoice_key)
    (shared.touched.payments if is_payment else shared.touched.credit_memos).add(draft.source_key)
    shared.stage.rows(ledger.application, _COLUMNS).append(
        (
            key,
            draft.external_id,
            draft.number,
            "payment" if is_payment else "credit",
            draft.type,
            draft.invoice_key,
            draft.source_key if is_payment else None,
            None if is_payment else draft.source_key,
            draft.account_key,
            draft.currency,
            amount,
            -amount if draft.type == "Applied" else amount,
            draft.effective_date.isoformat(),
            stored(draft.recorded_at),
            draft.reverses_key,
            draft.comments,
            shared.journal_id,
        )
    )
    shared.tally.make(draft.object)
    return key


@dataclass(slots=True)
class _Around:
    """What the book knows around the rows at hand."""

    invoices: dict[str, KnownInvoice]
    sources: dict[str, KnownSource]
    applications: dict[str, KnownApplication]
    on: dict[tuple[int, int], list[KnownApplication]]
    taken: dict[int, Decimal]


class ApplicationRows:
    """The rows of a file of applications: first those that put something on, then those that take it off."""

    def __init__(self, shared: Shared, file: FileRows, object_name: str) -> None:
        self._shared, self._file, self._object = shared, file, object_name
        self._is_payment = object_name == "PaymentLineInvoice"
        self._source_field = "PaymentId" if self._is_payment else "CreditMemoId"
        self._reverses_field = "AssociatedPaymentLineId" if self._is_payment else "AssociatedLineId"
        self._comments_field = "Comments" if self._is_payment else "Description"
        self._seen: Counter[tuple[int, int, str, Decimal, date]] = Counter()
        self._here: dict[str, int] = {}

    def take(self, rows: Sequence[ReadRow], *, wanted: str) -> None:
        """Take the rows that are `Applied` or `Unapplied`, as wanted."""
        chosen = [read for read in rows if self._type(read) == wanted]
        records = [
            (read, record) for read in self._file.readable(chosen) if (record := self._file.record(read, self._object))
        ]
        around = self._look_up([record for _, record in records])
        for read, record in records:
            warnings: list[Problem] = []
            try:
                is_new = self._take(read, record, around, self._file.warner(read, warnings))
            except RowFault as fault:
                self._file.reject(read, [self._file.fault(read, fault)])
                continue
            if not is_new:
                self._shared.tally.leave(self._object)
            self._file.accept(warnings)
        self._shared.stage.write()

    def end(self) -> list[Problem]:
        """Give what is applied above what an invoice or its source holds; nothing of the import may then stand."""
        self._shared.stage.write()
        return [*self._above_invoices(), *self._above_sources()]

    def _type(self, read: ReadRow) -> str:
        record = self._file.record(read, self._object) if read.records else None
        return (record.text("Type") if record is not None else None) or "Applied"

    def _look_up(self, records: Iterable[Record]) -> _Around:
        every = list(records)
        connection = self._shared.connection
        invoice_names = _texts(every, "InvoiceId")
        source_names = _texts(every, self._source_field)
        find_sources = known.payments if self._is_payment else known.credit_memos
        around = _Around({}, {}, {}, defaultdict(list), defaultdict(Decimal))
        for invoice in known.invoices(connection, invoice_names, invoice_names):
            around.invoices.update({name: invoice for name in (invoice.number, invoice.external_id) if name})
        for source in find_sources(connection, source_names, source_names):
            around.sources.update({name: source for name in (source.number, source.external_id) if name})
        ids = _texts(every, "Id") | _texts(every, self._reverses_field)
        keys = {one.id for one in around.invoices.values()}
        kind = "payment" if self._is_payment else "credit"
        for application in known.applications(connection, keys, ids, kind):
            if application.external_id is not None:
                around.applications[application.external_id] = application
            around.on[application.invoice_id, application.source_id].append(application)
        return around

    def _take(self, read: ReadRow, record: Record, around: _Around, warn: Warn) -> bool:
        external_id = record.text("Id")
        if external_id is not None:
            first = self._here.setdefault(external_id, read.row.number)
            if first != read.row.number:
                raise RowFault(f"{quoted(external_id)} stands in row {first} already.", "Leave one of them out.")
            if external_id in around.applications:
                return False
        invoice = self._found(around.invoices, record, "InvoiceId", "invoice")
        what = "payment" if self._is_payment else "credit memo"
        source = self._found(around.sources, record, self._source_field, what)
        draft = self._draft(record, invoice, source, around, warn)
        if external_id is None and self._stands(draft, around):
            return False
        stage_application(self._shared, draft)
        return True

    def _found(self, there: dict[str, Any], record: Record, field: str, what: str) -> Any:
        name = record.text(field)
        found = there.get(name) if name is not None else None
        if found is None:
            raise RowFault(
                f"there is no {what} {quoted(name or '')}.",
                f"Import the {what}s in the same go: name their file beside this one.",
                column=self._file.column(self._object, field),
            )
        return found

    def _draft(
        self, record: Record, invoice: KnownInvoice, source: KnownSource, around: _Around, warn: Warn
    ) -> ApplicationDraft:
        column = self._file.column(self._object, "Amount")
        amount = record.amount("Amount")
        if amount is None or amount <= ZERO:
            raise RowFault("the amount is missing, or not more than nothing.", "Give it.", column=column)
        check_decimals(amount, invoice.currency, column)
        _check_together(invoice, source)
        kind = record.text("Type") or "Applied"
        reverses = None
        if kind == "Unapplied":
            reverses = self._reversed(record, invoice, source, amount, around)
        effective = self._effective(record, kind)
        earliest = max(
            day
            for day in (invoice.invoice_date, source.effective_date, reverses.effective_date if reverses else None)
            if day is not None
        )
        if effective < earliest:
            warn(f"it took effect on {effective}, before what it is applied to; {earliest} is taken.", column)
            effective = earliest
        known_from = max(moment for moment in (invoice.posted_at, source.recorded_at) if moment is not None)
        recorded = max(record.moment("CreatedDate") or self._shared.moment, known_from)
        return ApplicationDraft(
            self._object,
            invoice.id,
            source.id,
            invoice.account_id,
            invoice.currency,
            kind,
            amount,
            effective,
            min(recorded, self._shared.moment),
            record.text("Id"),
            record.text("PaymentLineInvoiceNumber" if self._is_payment else "CreditMemoInvoiceNumber"),
            record.text(self._comments_field),
            reverses.id if reverses else None,
        )

    def _effective(self, record: Record, kind: str) -> date:
        """Give the accounting day; an Unapplied row repeats the AppliedDate of what it takes off."""
        order = ("UnappliedDate", "EffectiveDate") if kind == "Unapplied" else ("EffectiveDate", "AppliedDate")
        day = record.day(order[0]) or record.day(order[1])
        created = record.moment("CreatedDate")
        if day is None and created is not None:
            day = created.date()
        if day is None:
            raise RowFault("the row has no date.", "Give it.", column=self._file.column(self._object, order[0]))
        return day

    def _reversed(
        self, record: Record, invoice: KnownInvoice, source: KnownSource, amount: Decimal, around: _Around
    ) -> KnownApplication:
        """Find what a row takes off: the application it names, else the last that holds so much."""
        name = record.text(self._reverses_field)
        on = around.on.get((invoice.id, source.id), [])
        if name is not None:
            named = around.applications.get(name)
            on = [named] if named is not None and named in on else []
        for one in reversed(on):
            if one.type == "Applied" and one.amount - one.taken_back - around.taken[one.id] >= amount:
                around.taken[one.id] += amount
                return one
        raise RowFault(
            f"there is nothing of {money(amount, invoice.currency)} on the invoice that could be taken off.",
            "Import what was applied in the same go.",
            column=self._file.column(self._object, self._reverses_field),
        )

    def _stands(self, draft: ApplicationDraft, around: _Around) -> bool:
        """Tell whether an application without an Id is in the book: as often as it came in this file."""
        key = (draft.invoice_key, draft.source_key, draft.type, draft.amount, draft.effective_date)
        self._seen[key] += 1
        there = [
            one
            for one in around.on.get(key[:2], [])
            if (one.type, one.amount, one.effective_date) == key[2:] and one.journal_id != self._shared.journal_id
        ]
        return len(there) >= self._seen[key]

    def _above_invoices(self) -> list[Problem]:
        application, invoice = ledger.application, ledger.invoice
        applied = func.sum(application.c.impact_amount)
        query = (
            select(invoice.c.document_number, invoice.c.currency_iso_code, invoice.c.total_amount_with_tax, applied)
            .join(application, application.c.invoice_id == invoice.c.id)
            .where(invoice.c.id.in_(_touched(self._shared, application.c.invoice_id)))
            .group_by(invoice.c.id)
            .having(or_(invoice.c.total_amount_with_tax + applied < NOTHING, applied > NOTHING))
            .limit(100)
        )
        return [self._above("the invoice", row) for row in _answers(self._shared, query)]

    def _above_sources(self) -> list[Problem]:
        application = ledger.application
        source = ledger.payment if self._is_payment else ledger.credit_memo
        reference = application.c.payment_id if self._is_payment else application.c.credit_memo_id
        number = source.c.payment_number if self._is_payment else source.c.document_number
        total = source.c.amount if self._is_payment else source.c.total_amount_with_tax
        applied = func.sum(application.c.impact_amount)
        query = (
            select(func.coalesce(number, source.c.external_id), source.c.currency_iso_code, total, applied)
            .join(application, reference == source.c.id)
            .where(source.c.id.in_(_touched(self._shared, reference)))
            .group_by(source.c.id)
            .having(or_(total + applied < NOTHING, applied > NOTHING))
            .limit(100)
        )
        what = "the payment" if self._is_payment else "the credit memo"
        return [self._above(what, row) for row in _answers(self._shared, query)]

    def _above(self, what: str, row: Sequence[Any]) -> Problem:
        number, currency, total, impact = tuple(row)
        name = f"{what} {number}" if number else what
        return Problem(
            self._file.source.name,
            f"In all {money(-impact, currency)} of {name} is applied; it is of {money(total, currency)}.",
            "Give all rows of it, those that were unapplied too.",
        )


def _answers(shared: Shared, query: Select[Any]) -> list[Sequence[Any]]:
    return [tuple(row) for row in shared.connection.execute(query)]


def _texts(records: Iterable[Record], field: str) -> set[str]:
    return {text for record in records if (text := record.text(field)) is not None}


def _touched(shared: Shared, reference: ColumnElement[Any]) -> Select[Any]:
    return select(reference).where(ledger.application.c.journal_id == shared.journal_id, reference.is_not(None))


def _check_together(invoice: KnownInvoice, source: KnownSource) -> None:
    """Refuse to apply across currencies or accounts, or to what is not posted."""
    if invoice.posted_at is None:
        raise RowFault(f"the invoice {quoted(invoice.number or '')} is not posted.", "Nothing can be applied to it.")
    if invoice.currency != source.currency:
        raise RowFault(
            f"{source.currency} is applied to an invoice in {invoice.currency}.", "Currencies are never mixed."
        )
    if invoice.account_id != source.account_id:
        raise RowFault(
            "the invoice and what is applied to it belong to two accounts.", "Apply what the account itself paid."
        )
