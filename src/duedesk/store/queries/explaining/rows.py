"""Which row of an aging a figure stands in, what it is there, and the invoices behind it; it tells of nothing."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from duedesk.domain.aging import Aging, AgingRow, added_up
from duedesk.domain.explaining.figures import AgingFigure
from duedesk.domain.filters import Compare, Filter, Operator, Order, in_bucket, in_group
from duedesk.domain.money import ZERO

_OLDEST_FIRST = (Order("DueDate"), Order("DocumentNumber"))


def rows_of(found: Aging, figure: AgingFigure) -> Sequence[AgingRow]:
    """Give the rows that make a figure, one a currency; none where it is nothing."""
    if figure.without:
        others: dict[str, list[AgingRow]] = {}
        for row in found.rows:
            if row.key not in figure.without:
                others.setdefault(row.currency, []).append(row)
        return [added_up(some, None, f"all others ({len(some):,})") for some in others.values()]
    if not figure.keys:
        return found.totals
    rows = [row for row in found.rows if row.key == figure.keys[0]]
    if len(figure.keys) == 1:
        return rows
    return [part for row in rows for part in row.parts if part.key == figure.keys[1]]


def amount_of(row: AgingRow, figure: AgingFigure) -> Decimal:
    """Give what a figure is in its row."""
    if figure.bucket is not None:
        return row.buckets[figure.bucket]
    if figure.is_unapplied:
        return row.unapplied
    if figure.is_disputed:
        return row.disputed
    return row.open if figure.is_open else row.balance


def title_of(figure: AgingFigure, row: AgingRow | None) -> str:
    """Name a figure: `31–60 of Acme Ltd`."""
    if figure.bucket is not None:
        which = figure.request.labels[figure.bucket]
    elif figure.is_disputed or figure.is_unapplied:
        which = "Disputed" if figure.is_disputed else "Unapplied"
    else:
        which = "Open" if figure.is_open else "Balance"
    whose = "all" if row is None or not (figure.keys or figure.without) else row.name
    return f"{which} of {whose}"


def invoices_of(figure: AgingFigure) -> Filter:
    """Give what finds the invoices behind a figure."""
    request = figure.request
    groups = [in_group(path, key) for path, key in zip(request.by, figure.keys, strict=False)]
    groups += [replace(in_group(request.by[0], key), operator=Operator.NE) for key in figure.without]
    conditions = in_bucket(request.buckets, figure.bucket, request.basis)
    currency = request.currency if figure.is_converted else figure.currency
    in_currency = () if currency is None else (Compare("CurrencyIsoCode", Operator.EQ, currency),)
    asked = Filter(request.as_of, known_on=request.known_on, order_by=_OLDEST_FIRST)
    return asked.narrowed(*conditions, *groups, *in_currency)


def sum_of(rows: Sequence[AgingRow], figure: AgingFigure) -> Decimal:
    """Add up what a figure is in rows of one currency."""
    return sum((amount_of(row, figure) for row in rows), ZERO)
