"""What the page of the forecast says and lists, as values; it asks nothing and draws nothing."""

from collections.abc import Iterator, Sequence

from duedesk.charts.picture import ChartColumn
from duedesk.desk import format as written
from duedesk.desk.navigation import Destination, ShowInvoices, Stand
from duedesk.desk.page import FootLine
from duedesk.desk.records.sheet import Sheet, column
from duedesk.desk.tables.columns import Column, Shown
from duedesk.desk.tables.rows import ShownRow
from duedesk.domain.catalog import Kind
from duedesk.domain.filters import Compare, Filter, Operator, Value
from duedesk.domain.forecast.error import ForecastError
from duedesk.domain.forecast.weeks import Forecast, ForecastWeek
from duedesk.domain.forecast.words import error_in_short

MOST_LISTED = 1_000
"""Invoices that are listed behind a figure, the largest first."""

LATER, NEVER, DISPUTED = "Later", "Not expected", "Disputed"

_COLUMNS = (
    column("number", "Week", Kind.STRING, 150, stretches=True),
    column("low", "P10", Kind.CURRENCY, 84, Shown.FIGURE),
    column("middle", "P50", Kind.CURRENCY, 84, Shown.FIGURE),
    column("high", "P90", Kind.CURRENCY, 84, Shown.FIGURE),
    column("promised", "Promised", Kind.CURRENCY, 84, Shown.FIGURE),
    column("expected", "Expected", Kind.CURRENCY, 92, Shown.BALANCE),
)
_PATHS = tuple(one.path for one in _COLUMNS)
_NARROW = (
    column("number", "Week", Kind.STRING, 110, stretches=True),
    *_COLUMNS[1:4],
    column("expected", "Expected", Kind.CURRENCY, 92, Shown.FIGURE),
)
"""Columns where there is little room: the currency stands above them, what is promised in the chart."""

_NARROWEST = (*_NARROW[:2], *_NARROW[3:])
"""Columns where something stands beside the page as well."""

WIDE, NARROW = 1060, 800
"""Pixels of the page from which on there is room for all columns, and for those of a narrow window."""


def week_in_words(week: ForecastWeek, *, wide: bool = True) -> str:
    """Say which days a week has: `27 Nov – 03 Dec 2026`; without the year where there is little room."""
    first, last = written.day(week.first), written.day(week.last)
    if not wide:
        return f"{first[:-5]} – {last[:-5]}"
    return f"{first[:-5] if first[-4:] == last[-4:] else first} – {last}"


def columns_of(forecast: Forecast) -> tuple[ChartColumn, ...]:
    """Give the bars of the weeks: what is promised, and what habits bring beside."""
    made = []
    for week in forecast.weeks:
        label = written.day(week.first)[:-5]
        promised = min(week.kept, week.expected)
        made.append(ChartColumn(label, week.first, (promised, week.expected - promised)))
    return tuple(made)


def title_of(forecast: Forecast) -> str:
    """Say what the chart shows, and what it comes to."""
    whole, code = forecast.total, forecast.currency
    low, high = written.amount(whole.low, code), written.money(whole.high, code)
    return (
        f"Expected by week of what is open · {written.money(whole.expected, code)} in {len(forecast.weeks)} weeks, "
        f"{low} to {high} in 8 of 10 cases (P10 to P90)"
    )


def told(week: ForecastWeek, code: str) -> str:
    """Say what is expected in a week, and how sure that is."""
    promised = ""
    if week.promised:
        promised = f", {written.amount(week.kept, code)} of it from {written.amount(week.promised, code)} promised"
    low, middle, high = (written.amount(figure, code) for figure in (week.low, week.middle, week.high))
    expected = written.money(week.expected, code)
    return f"{week_in_words(week)}: {expected}{promised} · P10 {low} · P50 {middle} · P90 {high}"


def described(forecast: Forecast) -> str:
    """Say in words what the chart shows, for those who do not see it."""
    return " ".join(f"{told(week, forecast.currency)}." for week in forecast.weeks)


def columns_in(room: int) -> tuple[Column, ...]:
    """Give the columns for a page that is so wide."""
    return _COLUMNS if room >= WIDE else _NARROW if room >= NARROW else _NARROWEST


def sheet_of(forecast: Forecast, stand: Stand, room: int = WIDE) -> Sheet:
    """Give the weeks as rows, then what they come to and what is left of what is open."""
    columns, wide = columns_in(room), room >= WIDE
    rows: list[ShownRow] = []
    leads_to: list[Destination | None] = []
    for name, values, place in _rows(forecast, wide=wide):
        by_path = dict(zip(_PATHS, (name, *values), strict=True))
        whole, code = tuple(by_path[one.path] for one in columns), forecast.currency
        texts = tuple(written.value(value, one.kind, code) for one, value in zip(columns, whole, strict=True))
        rows.append(ShownRow(len(rows), texts, whole, forecast.currency, bucket=0))
        leads_to.append(None if place is None else behind(forecast, place, stand))
    return Sheet(columns, tuple(rows), "Nothing is open.", tuple(leads_to))


def behind(forecast: Forecast, place: int, stand: Stand) -> ShowInvoices | None:
    """Give the invoices that stand behind a week, or behind what is later, not expected or disputed."""
    keys = forecast.behind[place]
    if not keys:
        return None
    weeks = forecast.weeks
    names = (*(f"usually paid by then: {week_in_words(week)}" for week in weeks), LATER, NEVER, DISPUTED)
    more = f" · the largest {written.count(MOST_LISTED)}" if len(keys) > MOST_LISTED else ""
    among = Compare("RecordKey", Operator.IN, keys[:MOST_LISTED])
    asked = Filter(stand.as_of, known_on=stand.known_on).narrowed(among)
    return ShowInvoices(asked, f"Forecast {forecast.currency}, {names[place]}{more}")


def tested(error: ForecastError) -> str:
    """Say below the chart how far off past forecasts were."""
    said = error_in_short(error)
    return f"{said[0].upper()}{said[1:]} (80 % is meant)"


def foot_of(forecast: Forecast) -> FootLine:
    """Say how much is open, and that the parts come to it."""
    holds = forecast.difference == 0
    proof = "weeks + later + not expected + disputed = open" + (" ✓" if holds else " does not hold")
    totals = (written.money(forecast.open, forecast.currency),)
    return FootLine(written.plural(forecast.invoices, "open invoice"), totals, proof, holds=holds, proved=holds)


def _rows(forecast: Forecast, *, wide: bool) -> Iterator[tuple[str, Sequence[Value], int | None]]:
    for at, week in enumerate(forecast.weeks):
        yield week_in_words(week, wide=wide), _figures(week), at
    count = len(forecast.weeks)
    yield f"In {written.plural(count, 'week')}", _figures(forecast.total), None
    for at, (name, amount) in enumerate(
        ((LATER, forecast.later), (NEVER, forecast.never), (DISPUTED, forecast.disputed)), count
    ):
        yield name, (None, None, None, None, amount), at
    yield "Open", (None, None, None, None, forecast.open), None


def _figures(week: ForecastWeek) -> Sequence[Value]:
    return (week.low, week.middle, week.high, week.promised or None, week.expected)
