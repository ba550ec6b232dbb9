"""A tab of a record as values: columns and rows, every value written once, and where a row leads; it draws nothing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from duedesk.desk import format as written
from duedesk.desk.navigation import Destination
from duedesk.desk.tables.columns import Column, Shown
from duedesk.desk.tables.rows import ShownRow
from duedesk.domain.catalog import Kind
from duedesk.domain.filters import Value
from duedesk.store.queries.records.histories import FieldChange, Happening
from duedesk.store.queries.records.invoice import FieldValue

MARK = "mark"
"""The column of the line of time, which shows no text."""

CONTINUES = "│"
"""What stands in that column of a row that belongs to the happening above it."""

QUIET = frozenset({"api_name", "comments", "recorded", "who", "label", "old"})
"""Columns that step back behind the others."""

LINKS = frozenset({"number", "document"})
"""Columns that are drawn as a link where their row leads somewhere."""

DATE_WIDTH, MOMENT_WIDTH = 112, 148


@dataclass(frozen=True, slots=True)
class Sheet:
    """The columns and rows of one tab, and what to say where there is no row.

    `leads_to` says for each row where it leads; empty where none leads anywhere.
    """

    columns: tuple[Column, ...]
    rows: tuple[ShownRow, ...]
    nothing: str = ""
    leads_to: tuple[Destination | None, ...] = ()

    def destination(self, place: int) -> Destination | None:
        """Give where the row at a place leads."""
        return self.leads_to[place] if place < len(self.leads_to) else None


def column(
    path: str, label: str, kind: Kind, width: int, shown: Shown = Shown.TEXT, *, stretches: bool = False
) -> Column:
    """Give a column of a sheet, which is not sorted by."""
    return Column(path, label, kind, shown, width, sorts=False, stretches=stretches)


def rows_of(columns: Sequence[Column], values: Iterable[tuple[Value, ...]], currency: str) -> tuple[ShownRow, ...]:
    """Write rows by the kinds of their columns."""
    return tuple(
        ShownRow(place, _texts(columns, row, currency), row, currency, bucket=0) for place, row in enumerate(values)
    )


def _texts(columns: Sequence[Column], row: tuple[Value, ...], currency: str) -> tuple[str, ...]:
    return tuple(written.value(value, one.kind, currency) for one, value in zip(columns, row, strict=True))


_HISTORY = (
    column(MARK, "", Kind.STRING, 36),
    column("at", "Recorded, UTC", Kind.DATETIME, MOMENT_WIDTH),
    column("what", "What happened", Kind.STRING, 200, stretches=True),
    column("on", "Effective", Kind.DATE, DATE_WIDTH),
    column("who", "By", Kind.STRING, 140),
)

_DETAILS = (
    column("label", "Field", Kind.STRING, 200),
    column("value", "Value", Kind.STRING, 200, stretches=True),
    column("api_name", "API name", Kind.STRING, 240),
)


def history_sheet(history: Sequence[Happening], currency: str) -> Sheet:
    """Give what happened, the newest first, and below each what it changed."""
    rows: list[tuple[Value, ...]] = []
    for one in reversed(history):
        rows.append(("", one.at, one.what, one.on, one.who))
        rows += [(CONTINUES, None, _in_words(change), None, "") for change in _worth_telling(one)]
    return Sheet(_HISTORY, rows_of(_HISTORY, rows, currency), "Nothing has happened yet.")


def _worth_telling(one: Happening) -> tuple[FieldChange, ...]:
    """Give what a happening changed; of one that made the record, nothing: all it holds stands in the details."""
    return one.changes if any(change.old for change in one.changes) else ()


def _in_words(change: FieldChange) -> str:
    return (
        f"{change.label}: {change.old} → {change.new or 'nothing'}" if change.old else f"{change.label}: {change.new}"
    )


def details_sheet(fields: Sequence[FieldValue], currency: str, remarks: Mapping[str, str] | None = None) -> Sheet:
    """Give every field of the catalogue with its value and its API name; `remarks` stand behind a field's value."""
    said = remarks or {}
    rows = (_detail(place, one, currency, said.get(one.field.name, "")) for place, one in enumerate(fields))
    return Sheet(_DETAILS, tuple(rows))


def _detail(place: int, one: FieldValue, currency: str, remark: str) -> ShownRow:
    field = one.field
    said = written.value(one.value, field.kind, currency)
    if said and field.kind is Kind.CURRENCY:
        said = f"{said} {currency}"
    plain = written.raw(one.value, field.kind, currency)
    texts = (field.label, (f"{said}, {remark}" if remark else said) or written.NOTHING, field.name)
    return ShownRow(place, texts, (field.label, plain, field.name), currency)
