"""The workbook of a list: its records in its columns and order, and what they add up to; it asks the book nothing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from duedesk.domain.catalog import Kind as FieldKind
from duedesk.domain.filters import Value
from duedesk.domain.listed import CURRENCY, ListColumn
from duedesk.exchange.workbooks.facts import Making, WorkbookFacts
from duedesk.exchange.workbooks.report_book import ReportBook
from duedesk.exchange.workbooks.specs import Column, Controls, Figure, Heading, Kind, Summary, TableSheet

_KINDS = {
    FieldKind.ID: Kind.ID,
    FieldKind.REFERENCE: Kind.ID,
    FieldKind.PHONE: Kind.ID,
    FieldKind.CURRENCY: Kind.MONEY,
    FieldKind.DOUBLE: Kind.DECIMAL,
    FieldKind.PERCENT: Kind.DECIMAL,
    FieldKind.INT: Kind.COUNT,
    FieldKind.DATE: Kind.DAY,
    FieldKind.DATETIME: Kind.MOMENT,
}
_TRUTH = {True: "Yes", False: "No"}


def write_list(
    path: Path,
    title: str,
    listed: Sequence[ListColumn],
    rows: Iterable[Sequence[Value]],
    *,
    totals: Mapping[tuple[str, str], Decimal] | None = None,
    heading: Heading,
    making: Making,
    one_sheet_per: str = "",
    count: int = 0,
) -> WorkbookFacts:
    """Write the rows as they come; `totals` are what the book itself says, by currency and heading.

    `count` is how many rows there will be, where that is known.
    """
    currency = next((one.heading for one in listed if one.path == CURRENCY), "")
    columns = tuple(_column(one, has_currency=bool(currency)) for one in listed)
    added_up = [column.heading for column in columns if column.total]
    with ReportBook(path, heading, making) as book:
        spec = TableSheet(
            title,
            "Records",
            columns,
            currency=currency,
            one_sheet_per=one_sheet_per,
            explanation="One row a record, in the order of the list.",
        )
        table = book.table(spec, (tuple(map(_cell, row)) for row in rows), total=count)
        if currency:
            figures = (Figure("Records", kind=Kind.COUNT), *(Figure(name, of=name) for name in added_up))
            by_currency = Summary("Totals", figures, (currency,), explanation="What the list adds up to, by currency.")
            book.summary(by_currency, table, Controls(totals or {}))
    return book.facts


def _column(one: ListColumn, *, has_currency: bool) -> Column:
    kind = _KINDS.get(one.field.kind, Kind.TEXT)
    if kind is Kind.MONEY and not has_currency:
        kind = Kind.DECIMAL
    if "Number" in one.field.name and kind is Kind.TEXT:
        kind = Kind.ID
    column = Column(one.heading, kind, one.field.help)
    return replace(column, total=True) if kind is Kind.MONEY else column


def _cell(value: Value) -> Value:
    return _TRUTH[value] if isinstance(value, bool) else value
