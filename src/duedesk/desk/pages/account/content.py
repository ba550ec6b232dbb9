"""What the page of an account shows, as values: its head and its tabs; it asks nothing and draws nothing."""

from collections.abc import Iterable
from datetime import date

from duedesk.desk import format as written
from duedesk.desk.navigation import Destination, ShowCreditMemo, ShowInvoice, ShowPayment
from duedesk.desk.records.head import Fact, HeadFacts
from duedesk.desk.records.letters_sheet import LETTERS, letters_sheet
from duedesk.desk.records.sheet import DATE_WIDTH, Sheet, column, details_sheet
from duedesk.desk.tables.columns import Column, Shown
from duedesk.desk.tables.rows import ShownRow
from duedesk.domain.aging import DEFAULT_BUCKETS
from duedesk.domain.catalog import Kind
from duedesk.domain.filters import Value
from duedesk.store.queries.records.account import AccountRecord
from duedesk.store.queries.records.account_items import OpenInvoice, SourceItem

OPEN, UNAPPLIED, RECEIVED, DETAILS = ("Open invoices", "Not applied", "Payments and credits", "Details")
TABS = (OPEN, UNAPPLIED, RECEIVED, LETTERS, DETAILS)

_OPEN = (
    column("number", "Invoice", Kind.STRING, 170, Shown.NUMBER, stretches=True),
    column("invoice_date", "Invoice date", Kind.DATE, DATE_WIDTH),
    column("due_date", "Due", Kind.DATE, DATE_WIDTH),
    column("overdue", "Overdue", Kind.INT, 100, Shown.DAYS),
    column("total", "Total", Kind.CURRENCY, 120, Shown.FIGURE),
    column("balance", "Balance", Kind.CURRENCY, 150, Shown.BALANCE),
)
_SOURCES = (
    column("on", "Date", Kind.DATE, DATE_WIDTH),
    column("document", "What", Kind.STRING, 120),
    column("number", "Number", Kind.STRING, 150, stretches=True),
    column("reference", "Reference", Kind.STRING, 150),
    column("amount", "Amount", Kind.CURRENCY, 120, Shown.FIGURE),
    column("rest", "Not applied", Kind.CURRENCY, 150, Shown.BALANCE),
)


def sheets_of(record: AccountRecord, as_of: date) -> dict[str, Sheet | None]:
    """Give the tabs by name; one that would be empty is left out, but for the open invoices."""
    return {
        OPEN: _open_sheet(record.invoices, as_of),
        UNAPPLIED: _sources_sheet(record.unapplied, as_of) if record.unapplied else None,
        RECEIVED: _sources_sheet(record.received, as_of),
        LETTERS: letters_sheet(record.letters),
        DETAILS: details_sheet(record.fields, ""),
    }


def head_of(record: AccountRecord) -> HeadFacts:
    """Give what the head says: the largest debt as the one figure, debts in other currencies beside it."""
    first = record.debts[0] if record.debts else None
    facts: list[Fact] = []
    if first is not None:
        labels = zip(DEFAULT_BUCKETS.labels, first.buckets, strict=True)
        facts += [Fact(label, written.amount(amount, first.currency)) for label, amount in labels if amount]
        if first.unapplied:
            facts.append(Fact("Not applied", written.amount(first.unapplied, first.currency)))
    facts += [Fact("And", written.money(debt.balance, debt.currency)) for debt in record.debts[1:]]
    overdue = "" if first is None or not first.overdue else f"{written.money(first.overdue, first.currency)} overdue"
    return HeadFacts(
        number=" · ".join(part for part in (record.number, record.country) if part) or "No number",
        status="",
        title=record.name,
        title_help="Show its open invoices in the list",
        figure=written.money(first.balance, first.currency) if first is not None else "Nothing open",
        figure_name="Balance",
        state=overdue or ("nothing overdue" if first is not None else ""),
        is_late=bool(overdue),
        facts=tuple(facts),
    )


def counted(record: AccountRecord) -> str:
    """Say how much there is of an account."""
    open_ = written.plural(len(record.invoices), "open invoice")
    return f"{open_}, {len(record.unapplied)} not applied"


def _open_sheet(invoices: Iterable[OpenInvoice], as_of: date) -> Sheet:
    rows: list[ShownRow] = []
    leads_to: list[Destination | None] = []
    for place, one in enumerate(invoices):
        values: tuple[Value, ...] = (
            one.number,
            one.invoice_date,
            one.due_date,
            one.days_overdue,
            one.total,
            one.balance,
        )
        bucket = DEFAULT_BUCKETS.index(one.days_overdue)
        rows.append(ShownRow(place, _texts(_OPEN, values, one.currency), values, one.currency, bucket))
        leads_to.append(ShowInvoice(one.key, as_of))
    return Sheet(_OPEN, tuple(rows), "Nothing is open.", tuple(leads_to))


def _sources_sheet(items: Iterable[SourceItem], as_of: date) -> Sheet:
    rows: list[ShownRow] = []
    leads_to: list[Destination | None] = []
    for place, one in enumerate(items):
        values: tuple[Value, ...] = (one.on, one.kind, one.number, one.reference, one.amount, one.rest)
        rows.append(
            ShownRow(place, _texts(_SOURCES, values, one.currency), values, one.currency, 0 if one.rest else None)
        )
        leads_to.append(ShowPayment(one.key, as_of) if one.object == "Payment" else ShowCreditMemo(one.key, as_of))
    return Sheet(_SOURCES, tuple(rows), "Nothing has come in by this day.", tuple(leads_to))


def _texts(columns: tuple[Column, ...], values: tuple[Value, ...], currency: str) -> tuple[str, ...]:
    return tuple(
        written.days(value)
        if one.shown is Shown.DAYS and isinstance(value, int)
        else written.value(value, one.kind, currency)
        for one, value in zip(columns, values, strict=True)
    )
