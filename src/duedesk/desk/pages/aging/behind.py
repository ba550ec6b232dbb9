"""What stands behind a figure of an aging, as the Filter that finds it and as words; it asks nothing."""

from collections.abc import Sequence
from dataclasses import replace

from duedesk.charts.picture import ChartColumn, ChartRegion
from duedesk.desk.navigation import ShowInvoices
from duedesk.desk.pages.aging.kinds import ChartKind
from duedesk.desk.pages.aging.questions import Asked
from duedesk.domain.aging import AgingRequest, AgingRow, Basis, RowKey
from duedesk.domain.days import in_words
from duedesk.domain.explaining.figures import AgingFigure, HabitFigure, KeyFigure, Unexplained
from duedesk.domain.filters import Compare, Condition, Filter, Operator, in_bucket, in_group
from duedesk.domain.grouping import ACCOUNT, CURRENCY

PieceFigure = AgingFigure | KeyFigure | HabitFigure | Unexplained
"""What a piece of a chart is, for its explanation, or why it has none."""

_LINES = ("dso", "best_possible_dso", "cei")
"""What the lines of the chart of months show."""

_CONTESTED = "contested parts counted in their balances"
_UNAPPLIED = "what is unapplied is not among them"


def behind_row(asked: Asked, row: AgingRow, bucket: int | None, within: AgingRow | None = None) -> ShowInvoices:
    """Give the open invoices of a row, of one bucket or of all where it is None; `within` is the row it is part of.

    Behind what was converted stand the invoices of every currency.
    """
    request = asked.request
    rows = (row,) if within is None else (within, row)
    currency = row.currency if asked.currency is None else None
    told = [(path, one) for path, one in zip(request.by, rows, strict=False) if path != CURRENCY or currency is None]
    whose = tuple(in_group(path, one.key) for path, one in told)
    found = _found(request, currency, bucket, whose, " · ".join(one.name for _, one in told))
    return _beside(found, row) if bucket is None else found


def _beside(found: ShowInvoices, row: AgingRow) -> ShowInvoices:
    """Say that what is not applied is no part of the list, where a row has any."""
    return replace(found, title=f"{found.title} · {_UNAPPLIED}") if row.unapplied else found


def behind_total(
    request: AgingRequest, currency: str | None, bucket: int | None, row: AgingRow | None = None
) -> ShowInvoices:
    """Give the open invoices of a currency, of one bucket or of all where it is None; `row` is the total, if one is."""
    found = _found(request, currency, bucket, (), "")
    return found if row is None or bucket is not None else _beside(found, row)


def behind_piece(
    request: AgingRequest, kind: ChartKind, columns: Sequence[ChartColumn], region: ChartRegion, currency: str | None
) -> ShowInvoices:
    """Give the invoices behind a piece of a chart: on the day of its bar, or of the account of its bar."""
    column = columns[region.column_index]
    bucket = region.bucket_index if kind in {ChartKind.TREND, ChartKind.ACCOUNTS} else None
    if not isinstance(column.key, int | str | None):
        return behind_total(replace(request, as_of=column.key), currency, bucket)
    path = ACCOUNT if kind is ChartKind.HABITS else request.by[0]
    if not column.is_rest:
        return _found(request, currency, bucket, (in_group(path, column.key),), column.label)
    others = tuple(
        _not_in(path, one.key) for one in columns if not one.is_rest and isinstance(one.key, int | str | None)
    )
    return _found(request, currency, bucket, others, column.label)


def piece_figure(
    request: AgingRequest,
    kind: ChartKind,
    columns: Sequence[ChartColumn],
    region: ChartRegion | None,
    currency: str,
    *,
    is_converted: bool,
) -> PieceFigure:
    """Give the figure that a piece of a chart is; where none is marked, that.

    `is_converted` says that figures of several currencies stand in one.
    """
    if region is None:
        return Unexplained("Explain this number: no piece of the chart is marked.", "Mark one with the arrow keys.")
    column = columns[region.column_index]
    key = column.key
    if not isinstance(key, int | str | None):
        if kind is ChartKind.MONTHS:
            return KeyFigure(_LINES[region.bucket_index], key, currency, request.known_on)
        of_day = replace(request, as_of=key)
        return AgingFigure(of_day, (), currency, region.bucket_index, is_converted=is_converted)
    if kind is ChartKind.HABITS and isinstance(key, int):
        return HabitFigure(key, request.as_of, currency, request.known_on)
    whole = AgingFigure(request, () if column.is_rest else (key,), currency, is_converted=is_converted)
    if column.is_rest:
        shown = (one.key for one in columns if not one.is_rest)
        whole = replace(whole, without=tuple(one for one in shown if isinstance(one, int | str | None)))
    if kind is ChartKind.CONCENTRATION:
        return replace(whole, is_open=True)
    return replace(whole, bucket=region.bucket_index)


def _not_in(path: str, key: RowKey) -> Compare:
    return replace(in_group(path, key), operator=Operator.NE)


def _found(
    request: AgingRequest, currency: str | None, bucket: int | None, whose: Sequence[Condition], name: str
) -> ShowInvoices:
    in_currency = () if currency is None else (Compare("CurrencyIsoCode", Operator.EQ, currency),)
    asked = Filter(request.as_of, known_on=request.known_on).narrowed(
        *in_bucket(request.buckets, bucket, request.basis), *whose, *in_currency
    )
    contested = _CONTESTED if request.apart_disputed and bucket is not None else ""
    parts = (name, bucket_in_words(request, bucket), currency or "", _known(request), contested)
    return ShowInvoices(asked, " · ".join(part for part in parts if part))


def bucket_in_words(request: AgingRequest, bucket: int | None) -> str:
    """Say which invoices a bucket holds: `not due`, `31–60 days overdue`, `over 90 days old`."""
    if bucket is None:
        return "all open"
    label = request.labels[bucket]
    if bucket == 0:
        return "not due" if request.basis is Basis.DUE else "dated that day"
    days = f"{label[0].lower()}{label[1:]} days"
    return f"{days} overdue" if request.basis is Basis.DUE else f"{days} old"


def _known(request: AgingRequest) -> str:
    return "" if request.known_on is None else f"known on {in_words(request.known_on.date())}"
