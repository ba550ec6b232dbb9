"""What the page of a payment or credit memo shows, as values: its head and its tabs; it asks nothing, draws nothing."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from duedesk.desk import format as written
from duedesk.desk.navigation import Destination, ShowInvoice
from duedesk.desk.records.head import Fact, HeadFacts
from duedesk.desk.records.sheet import (
    DATE_WIDTH,
    MOMENT_WIDTH,
    Sheet,
    column,
    details_sheet,
    history_sheet,
    rows_of,
)
from duedesk.desk.tables.columns import Shown
from duedesk.domain.catalog import Kind
from duedesk.domain.filters import Value
from duedesk.domain.money import ZERO
from duedesk.store.queries.records.applications import AppliedPart
from duedesk.store.queries.records.credit_memo import MemoRecord
from duedesk.store.queries.records.payment import PaymentRecord, Refund
from duedesk.store.queries.records.whole_source import Source, WholeSource

SourceRecord = PaymentRecord | MemoRecord

TABS = APPLIED, LINES, REFUNDS, HISTORY, DETAILS = ("Applied to", "Lines", "Refunds", "History", "Details")

SOURCE_INVOICE = "Came from"
"""The fact that leads to the invoice a memo credits."""

_APPLIED = (
    column("on", "Date", Kind.DATE, DATE_WIDTH),
    column("what", "What", Kind.STRING, 110),
    column("document", "Invoice", Kind.STRING, 160),
    column("comments", "Comments", Kind.STRING, 80, stretches=True),
    column("recorded", "Recorded, UTC", Kind.DATETIME, MOMENT_WIDTH),
    column("amount", "Amount", Kind.CURRENCY, 120, Shown.FIGURE),
    column("left", "Unapplied after", Kind.CURRENCY, 144, Shown.BALANCE),
)
_REFUNDS = (
    column("on", "Date", Kind.DATE, DATE_WIDTH),
    column("number_", "Refund", Kind.STRING, 130),
    column("status", "Status", Kind.STRING, 100),
    column("reference", "Reference", Kind.STRING, 130),
    column("comments", "Comments", Kind.STRING, 80, stretches=True),
    column("canceled", "Canceled on", Kind.DATE, DATE_WIDTH),
    column("amount", "Amount", Kind.CURRENCY, 120, Shown.FIGURE),
)
_LINES = (
    column("name", "Line", Kind.STRING, 200, stretches=True),
    column("type", "Type", Kind.STRING, 100),
    column("description", "Description", Kind.STRING, 220),
    column("tax_rate", "Tax %", Kind.PERCENT, 70, Shown.FIGURE),
    column("tax", "Tax", Kind.CURRENCY, 90, Shown.FIGURE),
    column("amount", "Amount", Kind.CURRENCY, 110, Shown.FIGURE),
)


def sheets_of(whole: WholeSource[Source], as_of: date) -> dict[str, Sheet | None]:
    """Give the tabs by name; None where a record has nothing of the kind."""
    record: SourceRecord = whole.source
    total = record.amount if isinstance(record, PaymentRecord) else record.total
    refunds = record.refunds if isinstance(record, PaymentRecord) else ()
    return {
        APPLIED: _applied(record.applications, total, record.currency, as_of),
        LINES: _lines(record) if isinstance(record, MemoRecord) else None,
        REFUNDS: _refunds(refunds, record.currency) if refunds else None,
        HISTORY: history_sheet(record.history, record.currency),
        DETAILS: details_sheet(record.fields, record.currency),
    }


def head_of(whole: WholeSource[Source]) -> HeadFacts:
    """Give what the head says."""
    record: SourceRecord = whole.source
    number = "" if record.account_number == record.account else record.account_number
    return HeadFacts(
        number=record.number or "No number yet",
        status=record.status.capitalize(),
        title=f"{record.account}  {number}".strip(),
        title_help="Open the account",
        figure=written.money(record.balance, record.currency),
        figure_name="Unapplied",
        state=_state(record),
        remark=_remark(record),
        facts=_payment_facts(record) if isinstance(record, PaymentRecord) else _memo_facts(record),
    )


def counted(whole: WholeSource[Source]) -> str:
    """Say how much there is of a record."""
    record: SourceRecord = whole.source
    said = written.plural(len(record.applications), "application")
    if isinstance(record, PaymentRecord):
        return f"{said}, {written.plural(len(record.refunds), 'refund')}"
    return f"{written.plural(len(record.lines), 'line')}, {said}" if record.lines else said


def comes_off(record: SourceRecord) -> tuple[str, str]:
    """Say in a panel what will be unapplied when the payment is canceled or the memo voided."""
    lies = [part for part in record.applications if part.left]
    parts = "\n".join(f"{part.invoice}: {written.money(part.left, record.currency)}" for part in lies)
    return "Will be unapplied", parts or "Nothing: it lies on no invoice."


def _remark(record: SourceRecord) -> str:
    """Say what waits for somebody."""
    waiting = record.approval if isinstance(record, MemoRecord) else None
    if waiting is None or waiting.status != "Pending":
        return ""
    return f"{waiting.requested_by} asks for this write-off: it is approved on invoice {waiting.invoice}."


def _state(record: SourceRecord) -> str:
    match record.status:
        case "Canceled" if isinstance(record, PaymentRecord) and record.canceled_on is not None:
            return f"Canceled on {written.day(record.canceled_on)}"
        case "Voided" if isinstance(record, MemoRecord) and record.voided_on is not None:
            said = f"Voided on {written.day(record.voided_on)}"
            return f"{said}: {record.void_reason}" if record.void_reason else said
        case "Processed" | "Posted":
            return "left to be applied" if record.balance else "wholly applied"
        case _:
            return record.status


def _payment_facts(record: PaymentRecord) -> tuple[Fact, ...]:
    facts = [
        Fact("Amount", written.money(record.amount, record.currency)),
        Fact("Applied", written.money(record.applied, record.currency)),
    ]
    if record.refunded:
        facts.append(Fact("Refunded", written.money(record.refunded, record.currency)))
    facts.append(Fact("Received", written.day(record.effective_date)))
    if record.reference:
        facts.append(Fact("Reference", record.reference))
    return tuple(facts)


def _memo_facts(record: MemoRecord) -> tuple[Fact, ...]:
    facts = [
        Fact("Total", written.money(record.total, record.currency)),
        Fact("Applied", written.money(record.applied, record.currency)),
        Fact("Effective", written.day(record.effective_date)),
        Fact("Kind", _CATEGORIES.get(record.category, record.category) or written.NOTHING),
    ]
    if record.reason:
        facts.append(Fact("Reason", record.reason))
    if record.source_invoice_key is not None:
        facts.append(Fact(SOURCE_INVOICE, record.source_invoice or "an invoice", leads=True))
    return tuple(facts)


_CATEGORIES = {"InvoiceWriteOff": "Write-off", "Standalone": "Stand-alone"}


def _applied(parts: tuple[AppliedPart, ...], total: Decimal, currency: str, as_of: date) -> Sheet:
    """Give what was put where and taken off again, and what was left of the whole after each."""
    values: list[tuple[Value, ...]] = []
    leads_to: list[Destination | None] = []
    put = ZERO
    for part in parts:
        put -= part.impact
        values.append((part.on, part.type, part.invoice, part.comments, part.recorded_at, -part.impact, total - put))
        leads_to.append(ShowInvoice(part.invoice_key, as_of))
    rows = rows_of(_APPLIED, values, currency)
    return Sheet(_APPLIED, rows, "Nothing of it has been applied by this day.", tuple(leads_to))


def _refunds(refunds: Iterable[Refund], currency: str) -> Sheet:
    values = (
        (one.on, one.number, one.status, one.reference, one.comments, one.canceled_on, one.amount) for one in refunds
    )
    return Sheet(_REFUNDS, rows_of(_REFUNDS, values, currency))


def _lines(record: MemoRecord) -> Sheet:
    values = ((one.name, one.type, one.description, one.tax_rate, one.tax, one.amount) for one in record.lines)
    return Sheet(_LINES, rows_of(_LINES, values, record.currency), "This credit memo came without lines.")
