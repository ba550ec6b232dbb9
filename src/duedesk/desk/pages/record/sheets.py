"""The tabs of an invoice as sheets: its lines, what moved its balance, the rest; it asks nothing and draws nothing."""

from datetime import date
from decimal import Decimal

from duedesk.desk import format as written
from duedesk.desk.navigation import Destination, ShowCreditMemo, ShowPayment
from duedesk.desk.records.letters_sheet import LETTERS, letters_sheet
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
from duedesk.domain.life_cycle import Verb, allows
from duedesk.store.queries.records.invoice import InvoiceRecord, Line
from duedesk.store.queries.records.movements import Movement
from duedesk.store.queries.records.whole_invoice import WholeInvoice

LINES, MOVEMENTS, INSTALMENTS, POSTS, HISTORY, DETAILS = (
    "Lines",
    "Payments and credits",
    "Instalments",
    "Notes and files",
    "History",
    "Details",
)
TABS = (LINES, MOVEMENTS, INSTALMENTS, LETTERS, POSTS, HISTORY, DETAILS)

_LINES = (
    column("name", "Line", Kind.STRING, 140, stretches=True),
    column("type", "Type", Kind.STRING, 84, Shown.NUMBER),
    column("description", "Description", Kind.STRING, 180),
    column("service_from", "From", Kind.DATE, 98),
    column("service_to", "To", Kind.DATE, 98),
    column("quantity", "Quantity", Kind.DOUBLE, 64, Shown.FIGURE),
    column("unit_price", "Unit price", Kind.CURRENCY, 84, Shown.FIGURE),
    column("tax_rate", "Tax %", Kind.PERCENT, 56, Shown.FIGURE),
    column("tax", "Tax", Kind.CURRENCY, 72, Shown.FIGURE),
    column("amount", "Amount", Kind.CURRENCY, 88, Shown.FIGURE),
)
_SHOWN_WHERE_HELD = {"description", "service_from", "service_to", "tax_rate"}
"""Columns of lines that many books leave empty."""

_MOVEMENTS = (
    column("on", "Date", Kind.DATE, DATE_WIDTH),
    column("document", "What", Kind.STRING, 168),
    column("number", "Number", Kind.STRING, 148),
    column("comments", "Comments", Kind.STRING, 80, stretches=True),
    column("recorded", "Recorded, UTC", Kind.DATETIME, MOMENT_WIDTH),
    column("amount", "Amount", Kind.CURRENCY, 120, Shown.FIGURE),
    column("balance", "Balance", Kind.CURRENCY, 144, Shown.BALANCE),
)


_INSTALMENTS = (
    column("due", "Due", Kind.DATE, DATE_WIDTH),
    column("name", "Instalment", Kind.STRING, 180),
    column("comments", "Comments", Kind.STRING, 80, stretches=True),
    column("amount", "Amount", Kind.CURRENCY, 120, Shown.FIGURE),
    column("open", "Open", Kind.CURRENCY, 144, Shown.BALANCE),
)


def sheets_of(whole: WholeInvoice, as_of: date) -> dict[str, Sheet | None]:
    """Give the tabs by name; None where a record has nothing of the kind. Notes and files are shown by themselves."""
    record = whole.invoice
    return {
        LINES: lines_sheet(record),
        MOVEMENTS: movements_sheet(record, as_of),
        INSTALMENTS: instalments_sheet(whole) if whole.instalments else None,
        LETTERS: letters_sheet(whole.letters),
        POSTS: Sheet((), ()),
        HISTORY: history_sheet(record.history, record.currency),
        DETAILS: details_sheet(record.fields, record.currency, remarks_of(record)),
    }


def counted(whole: WholeInvoice) -> str:
    """Say how much there is of a record."""
    record = whole.invoice
    lines = written.plural(len(record.lines), "line")
    if not record.movements:
        return lines
    return f"{lines}, {written.plural(len(record.movements) - 1, 'movement')} since posting"


def lines_sheet(record: InvoiceRecord) -> Sheet:
    """Give the lines; a column that is often empty only where a line fills it."""
    held = [_line_values(line) for line in record.lines]
    kept = [
        at
        for at, one in enumerate(_LINES)
        if one.path not in _SHOWN_WHERE_HELD or any(values[at] not in {None, ""} for values in held)
    ]
    columns = tuple(_LINES[at] for at in kept)
    rows = rows_of(columns, (tuple(values[at] for at in kept) for values in held), record.currency)
    is_edited = allows(Verb.EDIT, record.status)
    return Sheet(columns, rows, "No lines yet: Edit, or E, writes them." if is_edited else "It came without lines.")


def movements_sheet(record: InvoiceRecord, as_of: date) -> Sheet:
    """Give what moved the balance, and the balance it left; what a payment or credit memo did leads to it."""
    rows = rows_of(_MOVEMENTS, map(_movement_values, record.movements), record.currency)
    leads_to = tuple(_source(one, as_of) for one in record.movements)
    return Sheet(_MOVEMENTS, rows, "Nothing has been posted or applied by this day.", leads_to)


def instalments_sheet(whole: WholeInvoice) -> Sheet:
    """Give the instalments, and what is open of each."""
    values = ((one.due, one.number, one.comments, one.amount, one.open) for one in whole.instalments)
    return Sheet(_INSTALMENTS, rows_of(_INSTALMENTS, values, whole.invoice.currency))


def imported_balance(record: InvoiceRecord) -> Decimal | None:
    """Give the balance that the source stated where it differs from ours; None where it does not."""
    return next((one.value for one in record.fields if one.field.name == "ImportedBalance"), None)  # type: ignore[return-value] # a currency field


def remarks_of(record: InvoiceRecord) -> dict[str, str]:
    """Give what is said behind the value of a field, by its name."""
    if imported_balance(record) is None:
        return {}
    return {"ImportedBalance": f"not {written.money(record.balance, record.currency)}"}


def _line_values(line: Line) -> tuple[Value, ...]:
    words = (line.name, line.type, line.description, line.service_from, line.service_to)
    return (*words, line.quantity, line.unit_price, line.tax_rate, line.tax, line.amount)


def _movement_values(one: Movement) -> tuple[Value, ...]:
    return (one.on, one.what, one.number, one.comments, one.recorded_at, one.amount, one.balance)


def _source(one: Movement, as_of: date) -> Destination | None:
    match one.source, one.source_key:
        case "Payment", int(key):
            return ShowPayment(key, as_of)
        case "CreditMemo", int(key):
            return ShowCreditMemo(key, as_of)
        case _:
            return None
