"""The tabs of a record as sheets: columns and rows, every value written once; it asks nothing and draws nothing."""

from dataclasses import dataclass
from decimal import Decimal

from duedesk.desk import format as written
from duedesk.desk.tables.columns import Column, Shown
from duedesk.desk.tables.rows import ShownRow
from duedesk.domain.catalog import Kind
from duedesk.domain.filters import Value
from duedesk.store.queries.records import FieldValue, Happening, InvoiceRecord, Line, Movement

MARK = "mark"
"""The column of the line of time, which shows no text."""

QUIET = frozenset({"api_name", "comments", "recorded", "who", "label"})
"""Columns that step back behind the others."""

_DATE, _MOMENT = 112, 148


@dataclass(frozen=True, slots=True)
class Sheet:
    """The columns and rows of one tab, and what to say where there is no row."""

    columns: tuple[Column, ...]
    rows: tuple[ShownRow, ...]
    nothing: str


def _column(
    path: str, label: str, kind: Kind, width: int, shown: Shown = Shown.TEXT, *, stretches: bool = False
) -> Column:
    return Column(path, label, kind, shown, width, sorts=False, stretches=stretches)


_LINES = (
    _column("name", "Line", Kind.STRING, 140, stretches=True),
    _column("type", "Type", Kind.STRING, 92),
    _column("description", "Description", Kind.STRING, 180),
    _column("service_from", "From", Kind.DATE, 104),
    _column("service_to", "To", Kind.DATE, 104),
    _column("quantity", "Quantity", Kind.DOUBLE, 76, Shown.FIGURE),
    _column("unit_price", "Unit price", Kind.CURRENCY, 92, Shown.FIGURE),
    _column("tax_rate", "Tax %", Kind.PERCENT, 62, Shown.FIGURE),
    _column("tax", "Tax", Kind.CURRENCY, 80, Shown.FIGURE),
    _column("amount", "Amount", Kind.CURRENCY, 94, Shown.FIGURE),
)
_SHOWN_WHERE_HELD = {"description", "service_from", "service_to", "tax_rate"}
"""Columns of lines that many books leave empty."""

_MOVEMENTS = (
    _column("on", "Date", Kind.DATE, _DATE),
    _column("what", "What", Kind.STRING, 168),
    _column("number", "Number", Kind.STRING, 148),
    _column("comments", "Comments", Kind.STRING, 80, stretches=True),
    _column("recorded", "Recorded, UTC", Kind.DATETIME, _MOMENT),
    _column("amount", "Amount", Kind.CURRENCY, 120, Shown.FIGURE),
    _column("balance", "Balance", Kind.CURRENCY, 144, Shown.BALANCE),
)

_HISTORY = (
    _column(MARK, "", Kind.STRING, 36),
    _column("at", "Recorded, UTC", Kind.DATETIME, _MOMENT),
    _column("what", "What happened", Kind.STRING, 200, stretches=True),
    _column("on", "Effective", Kind.DATE, _DATE),
    _column("who", "By", Kind.STRING, 140),
)

_DETAILS = (
    _column("label", "Field", Kind.STRING, 200),
    _column("value", "Value", Kind.STRING, 200, stretches=True),
    _column("api_name", "API name", Kind.STRING, 240),
)


def lines_sheet(record: InvoiceRecord) -> Sheet:
    """Give the lines; a column that is often empty only where a line fills it."""
    held = [_line_values(line) for line in record.lines]
    kept = [
        at
        for at, column in enumerate(_LINES)
        if column.path not in _SHOWN_WHERE_HELD or any(values[at] not in {None, ""} for values in held)
    ]
    columns = tuple(_LINES[at] for at in kept)
    rows = (
        _written(columns, place, tuple(values[at] for at in kept), record.currency) for place, values in enumerate(held)
    )
    return Sheet(columns, tuple(rows), "This invoice came without lines.")


def movements_sheet(record: InvoiceRecord) -> Sheet:
    """Give what moved the balance, and the balance it left."""
    rows = (
        _written(_MOVEMENTS, place, _movement_values(one), record.currency)
        for place, one in enumerate(record.movements)
    )
    return Sheet(_MOVEMENTS, tuple(rows), "Nothing has been posted or applied by this day.")


def history_sheet(record: InvoiceRecord) -> Sheet:
    """Give what happened, the newest first."""
    rows = (
        _written(_HISTORY, place, _happening_values(one), record.currency)
        for place, one in enumerate(reversed(record.history))
    )
    return Sheet(_HISTORY, tuple(rows), "Nothing has happened to this invoice yet.")


def details_sheet(record: InvoiceRecord) -> Sheet:
    """Give every field of the catalogue with its value and its API name."""
    rows = (_detail(place, one, record) for place, one in enumerate(record.fields))
    return Sheet(_DETAILS, tuple(rows), "")


def imported_balance(record: InvoiceRecord) -> Decimal | None:
    """Give the balance that the source stated where it differs from ours; None where it does not."""
    return next((one.value for one in record.fields if one.field.name == "ImportedBalance"), None)  # type: ignore[return-value] # a currency field


def _line_values(line: Line) -> tuple[Value, ...]:
    words = (line.name, line.type, line.description, line.service_from, line.service_to)
    return (*words, line.quantity, line.unit_price, line.tax_rate, line.tax, line.amount)


def _movement_values(one: Movement) -> tuple[Value, ...]:
    return (one.on, one.what, one.number, one.comments, one.recorded_at, one.amount, one.balance)


def _happening_values(one: Happening) -> tuple[Value, ...]:
    return ("", one.at, one.what, one.on, one.who)


def _written(columns: tuple[Column, ...], place: int, values: tuple[Value, ...], currency: str) -> ShownRow:
    texts = (written.value(value, column.kind, currency) for value, column in zip(values, columns, strict=True))
    return ShownRow(place, tuple(texts), values, currency, bucket=0)


def _detail(place: int, one: FieldValue, record: InvoiceRecord) -> ShownRow:
    field, currency = one.field, record.currency
    said = written.value(one.value, field.kind, currency)
    if said and field.kind is Kind.CURRENCY:
        said = f"{said} {currency}"
    if field.name == "ImportedBalance" and one.value is not None:
        said = f"{said}, not {written.money(record.balance, currency)}"
    plain = written.raw(one.value, field.kind, currency)
    texts = (field.label, said or written.NOTHING, field.name)
    return ShownRow(place, texts, (field.label, plain, field.name), currency)
