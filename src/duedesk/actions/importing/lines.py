"""Lines of invoices in a file: a row may give one beside its invoice, or be one of a file of lines.

Charges and adjustments must add up to the invoice's total before tax, and their tax to its tax.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import func, or_, select

from duedesk.actions.importing.report import RowFault
from duedesk.actions.importing.rows import FileRows, Shared, check_decimals, money
from duedesk.actions.importing.stage import direct_values, stored, units
from duedesk.domain.errors import Problem
from duedesk.domain.money import ZERO, round_amount
from duedesk.domain.objects import CATALOG
from duedesk.exchange.cells import quoted
from duedesk.exchange.reading import ReadRow, Record
from duedesk.store import known
from duedesk.store.known import KnownInvoice
from duedesk.store.settlement import NOTHING
from duedesk.store.tables import ledger

_COLUMNS = ("id", "external_id", "invoice_id", "name", "type", "line_amount", "created_date", "journal_id")
_OWN = tuple(f"{kind}{part}" for kind in ("Charge", "Adjustment") for part in ("Amount", "TaxAmount", "AmountWithTax"))
_OWN_COLUMNS = tuple(CATALOG.object("InvoiceLine").field(name).column for name in _OWN)
_NOT_DIRECT = {"Id", "InvoiceId", "Name", "Type", "LineAmount", "RelatedLineId", "CreatedDate", "TaxAmount", *_OWN}


@dataclass(frozen=True, slots=True)
class LineDraft:
    """A line that can be taken."""

    record: Record
    type: str
    amount: Decimal
    tax: Decimal


def draft_line(record: Record, currency: str, file: FileRows) -> LineDraft:
    """Work out a line's amount and its tax; RowFault where it has none, or too many decimals."""
    kind = record.text("Type") or "Charge"
    tax = record.amount("TaxAmount")
    amount = record.amount("LineAmount")
    if amount is None:
        amount = tax if kind == "Tax" else record.amount(f"{kind}Amount")
    if amount is None:
        quantity, price = record.amount("Quantity"), record.amount("UnitPrice")
        if quantity is None or price is None:
            column = file.column("InvoiceLine", "LineAmount")
            raise RowFault("the line has no amount.", "Give it, or its quantity and price.", column=column)
        amount = round_amount(quantity * price, currency)
    check_decimals(amount, currency, file.column("InvoiceLine", "LineAmount"))
    if tax is not None:
        check_decimals(tax, currency, file.column("InvoiceLine", "TaxAmount"))
    if kind == "Tax" and tax is None:
        tax = amount
    return LineDraft(record, kind, amount, tax or ZERO)


def sums(lines: Sequence[LineDraft]) -> tuple[Decimal, Decimal]:
    """Give what lines add up to: before tax, and the tax."""
    net = sum((line.amount for line in lines if line.type != "Tax"), ZERO)
    return net, sum((line.tax for line in lines), ZERO)


def stage_line(shared: Shared, line: LineDraft, invoice_key: int, place: int, *, related_key: int | None = None) -> int:
    """Put a line on its way and give its key; `place` is its number within the invoice."""
    record = line.record
    name = record.text("Name") or (record.text("Description") or f"Line {place}").partition("\n")[0][:255]
    columns, values = direct_values("InvoiceLine", record, _NOT_DIRECT)
    if not set(_OWN).isdisjoint(record.fields()):
        columns, values = (*columns, *_OWN_COLUMNS), (*values, *_own_amounts(line))
    created = stored(record.moment("CreatedDate")) or shared.now
    key = shared.stage.key(ledger.invoice_line)
    head = (key, record.text("Id"), invoice_key, name, line.type)
    shared.stage.rows(ledger.invoice_line, (*_COLUMNS, "tax_amount", "related_line_id", *columns)).append(
        (*head, units(line.amount), created, shared.journal_id, units(line.tax), related_key, *values)
    )
    shared.tally.make("InvoiceLine")
    return key


def _own_amounts(line: LineDraft) -> list[int]:
    """Give amount, tax and amount with tax as a charge and as an adjustment; what is left out follows from the rest.

    All are nothing where the tax does not follow: it may lie on tax lines, and is stated when all of them are there.
    """
    said = {name: line.record.amount(name) for name in _OWN}
    amount, tax, whole = (said.get(f"{line.type}{part}") for part in ("Amount", "TaxAmount", "AmountWithTax"))
    if amount is None:
        amount = line.amount
    if tax is None and whole is not None:
        tax = whole - amount
    if tax is None and amount == line.amount:
        made = dict.fromkeys(said, ZERO)
    else:
        tax = line.tax if tax is None else tax
        own = {"Amount": amount, "TaxAmount": tax, "AmountWithTax": amount + tax if whole is None else whole}
        made = {name: value or ZERO for name, value in said.items()}
        made |= {name: value for part, value in own.items() if (name := f"{line.type}{part}") in said}
    return [units(made[name]) for name in _OWN]


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A line that names another, which has not come by yet."""

    line: LineDraft
    invoice_key: int
    place: int
    related: str


class _Sums(NamedTuple):
    """What an invoice says, and what its lines add up to."""

    number: str | None
    currency: str
    net: Decimal
    tax: Decimal
    net_of_lines: Decimal
    tax_of_lines: Decimal


class LineRows:
    """The rows of a file of lines."""

    def __init__(self, shared: Shared, file: FileRows) -> None:
        self._shared, self._file = shared, file
        self._counts: dict[int, int] = {}
        self._relates = bool(file.column("InvoiceLine", "RelatedLineId"))
        self._keys: dict[str, int] = {}
        self._waiting: list[_Waiting] = []

    def take(self, rows: Sequence[ReadRow]) -> None:
        """Take rows; each names its invoice by Id or number."""
        readable = self._file.readable(rows)
        records = [(read, record) for read in readable if (record := self._file.record(read, "InvoiceLine"))]
        named = {name for _, record in records if (name := record.text("InvoiceId")) is not None}
        ids = {name for _, record in records if (name := record.text("Id")) is not None}
        found: dict[str, KnownInvoice] = {}
        for one in known.invoices(self._shared.connection, named, named):
            found.update({name: one for name in (one.number, one.external_id) if name is not None})
        there = known.lines(self._shared.connection, ids)
        if self._relates:
            self._keys.update(there)
        unseen = {one.id for one in found.values()} - self._counts.keys()
        counts = known.line_counts(self._shared.connection, unseen)
        self._counts.update({key: counts.get(key, 0) for key in unseen})
        for read, record in records:
            try:
                is_new = self._take(record, found, there)
            except RowFault as fault:
                self._file.reject(read, [self._file.fault(read, fault)])
                continue
            if not is_new:
                self._shared.tally.leave("InvoiceLine")
            self._file.accept()

    def end(self) -> list[Problem]:
        """Give what does not add up once all lines are written; nothing of the import may then stand."""
        self._stage_waiting()
        self._shared.stage.write()
        return [self._difference(row) for row in _differences(self._shared)]

    def _take(self, record: Record, found: dict[str, KnownInvoice], there: dict[str, int]) -> bool:
        external_id, name = record.text("Id"), record.text("InvoiceId")
        if external_id is not None and external_id in there:
            return False
        invoice = found.get(name) if name is not None else None
        if invoice is None:
            raise RowFault(
                f"there is no invoice {quoted(name or '')}.",
                "Import the invoices in the same go: name their file beside this one.",
                column=self._file.column("InvoiceLine", "InvoiceId"),
            )
        if invoice.posted_at is not None and invoice.journal_id != self._shared.journal_id:
            raise RowFault(
                f"the invoice {quoted(invoice.number or '')} is posted, and takes no further lines.",
                "Import invoices and their lines in one go.",
            )
        line = draft_line(record, invoice.currency, self._file)
        if external_id is not None:
            there[external_id] = 0
        self._counts[invoice.id] = self._counts.get(invoice.id, 0) + 1
        related = record.text("RelatedLineId")
        if related is not None and related not in self._keys:
            self._waiting.append(_Waiting(line, invoice.id, self._counts[invoice.id], related))
            return True
        self._stage(line, invoice.id, self._counts[invoice.id], related)
        return True

    def _stage(self, line: LineDraft, invoice_key: int, place: int, related: str | None) -> None:
        related_key = self._keys[related] if related is not None else None
        key = stage_line(self._shared, line, invoice_key, place, related_key=related_key)
        external_id = line.record.text("Id")
        if self._relates and external_id is not None:
            self._keys[external_id] = key

    def _stage_waiting(self) -> None:
        """Take the lines that waited for the one they name; what none of the files holds is left empty."""
        while ready := [one for one in self._waiting if one.related in self._keys]:
            self._waiting = [one for one in self._waiting if one.related not in self._keys]
            for one in ready:
                self._stage(one.line, one.invoice_key, one.place, one.related)
        if self._waiting:
            self._shared.tally.note("Some lines name a line that is not in the files; that is left empty.")
        for one in self._waiting:
            self._stage(one.line, one.invoice_key, one.place, None)
        self._waiting = []

    def _difference(self, found: _Sums) -> Problem:
        what, lines, said = "Its lines add", found.net_of_lines, found.net
        if lines == said:
            what, lines, said = "The tax on its lines adds", found.tax_of_lines, found.tax
        return Problem(
            self._file.source.name,
            f"Invoice {found.number}: {what[0].lower()}{what[1:]} up to {money(lines, found.currency)}; "
            f"it says {money(said, found.currency)}.",
            "Give all lines, or leave those of this invoice out.",
        )


def _differences(shared: Shared) -> list[_Sums]:
    """Give the invoices of this import whose lines do not add up, with both sums."""
    line, invoice = ledger.invoice_line, ledger.invoice
    added = (
        select(
            line.c.invoice_id,
            func.coalesce(func.sum(line.c.line_amount).filter(line.c.type != "Tax"), NOTHING).label("net"),
            func.sum(line.c.tax_amount).label("tax"),
        )
        .where(line.c.journal_id == shared.journal_id, line.c.converted_neg_amount == NOTHING)
        .group_by(line.c.invoice_id)
        .subquery()
    )
    own = (invoice.c.document_number, invoice.c.currency_iso_code, invoice.c.total_amount, invoice.c.total_tax_amount)
    query = (
        select(*own, added.c.net, added.c.tax)
        .join(added, added.c.invoice_id == invoice.c.id)
        .where(
            invoice.c.posted_at.is_not(None),
            or_(added.c.net != invoice.c.total_amount, added.c.tax != invoice.c.total_tax_amount),
        )
        .limit(100)
    )
    return [_Sums(*row) for row in shared.connection.execute(query)]
