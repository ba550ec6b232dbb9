"""The workbook of the forecast: weeks by account over the open items, bands by week, and the back-test, all checked."""

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import chain
from pathlib import Path

from duedesk.domain.days import in_words
from duedesk.domain.forecast.error import FORMULAS, ForecastError
from duedesk.domain.forecast.report import ForecastItem, ForecastReport
from duedesk.domain.forecast.words import error_in_short, error_in_words
from duedesk.exchange.workbooks.facts import Making, WorkbookFacts
from duedesk.exchange.workbooks.report_book import ReportBook
from duedesk.exchange.workbooks.specs import (
    ChartSpec,
    Column,
    Controls,
    Figure,
    Heading,
    Input,
    Kind,
    Row,
    Series,
    Summary,
    TableSheet,
)
from duedesk.exchange.workbooks.summary_plan import WrittenSummary

LATER, NEVER, DISPUTED, OPEN = "Later", "Not expected", "Disputed", "Open"
_ALL_WEEKS = "All weeks"

_BANDS = (
    Column("Week", Kind.TEXT, "Which week it is, or all of them; then what is left.", width=11),
    Column("From", Kind.DAY, "Its first day."),
    Column("To", Kind.DAY, "Its last day."),
    Column("Currency", Kind.TEXT, "The currency of the amounts of this row.", width=12),
    Column("P10", Kind.MONEY, "What comes in one of ten cases at most.", total=True),
    Column("P50", Kind.MONEY, "What comes in five of ten cases at most.", total=True),
    Column(
        "P90",
        Kind.MONEY,
        "What comes in nine of ten cases at most. Bands do not add up: all weeks have their own.",
        total=True,
    ),
    Column(
        "Promised",
        Kind.MONEY,
        "What customers promised for these days; Expected holds it as far as it is believed.",
        total=True,
    ),
    Column("Expected", Kind.MONEY, "The mean of what comes, rounded; it adds up.", total=True),
)

_TESTS = (
    Column("Past day", Kind.DAY, "The day that was stood on, with what was known that day."),
    Column("Week", Kind.COUNT, "The number of the week after it.", width=9),
    Column("From", Kind.DAY, "Its first day."),
    Column("Currency", Kind.TEXT, "The currency of the amounts of this row.", width=12),
    Column("P10", Kind.MONEY, "The lower end of what was expected then.", total=True),
    Column("P50", Kind.MONEY, "The middle of it.", total=True),
    Column("P90", Kind.MONEY, "The upper end of it.", total=True),
    Column("Expected", Kind.MONEY, "What was expected then.", total=True),
    Column("By due dates", Kind.MONEY, "What due dates alone would have said.", total=True),
    Column("Came in", Kind.MONEY, "What payments brought in of what was open then.", total=True),
    Column("Off by", Kind.MONEY, "How far the forecast was off.", "ABS([@Came in]-[@Expected])", total=True),
    Column(
        "Due dates off by",
        Kind.MONEY,
        "How far due dates were off.",
        "ABS([@Came in]-[@By due dates])",
        total=True,
    ),
    Column(
        "Within",
        Kind.COUNT,
        "1 where what came in lies from P10 to P90.",
        "IF(AND([@P10]<=[@Came in],[@Came in]<=[@P90]),1,0)",
        total=True,
    ),
)


def write_forecast(path: Path, report: ForecastReport, *, heading: Heading, making: Making) -> WorkbookFacts:
    """Write the forecast; Checks proves that its parts come to what the aging has open."""
    weeks = tuple(in_words(first) for first, _ in report.weeks)
    with ReportBook(path, heading, making) as book:
        items = TableSheet(
            "Items",
            "Items",
            _columns(weeks),
            lines_by=("Account number", "Account"),
            is_keyed=True,
            explanation="One row an open invoice or instalment; its shares of the weeks come to what is open of it.",
        )
        summary = book.summary(
            _summary(report.as_of, weeks), book.table(items, map(_row, report.items)), _controls(report)
        )
        explanation = "One row a week and currency, then what is left of what is open."
        bands = book.table(
            TableSheet("Weeks", "Weeks", _BANDS, lines_by=("Week",), explanation=explanation), _band_rows(report)
        )
        errors = {one.currency: f": {error_in_short(one)}" for one in report.errors}
        for at, one in enumerate(report.forecasts):
            name = f"{len(weeks)} weeks + later + not expected + disputed = open"
            book.check(name, report.open_in(one.currency), bands.total("Expected", one.currency), currency=one.currency)
            book.chart(_expected_chart(summary, weeks, one.currency))
            book.chart(_band_chart(at, len(weeks), one.currency, errors.get(one.currency, "")))
        if report.errors:
            explanation = "One row a week of a forecast that was made again for a past day."
            tests = TableSheet("Back-test", "BackTest", _TESTS, lines_by=("Past day",), explanation=explanation)
            book.summary(_ERROR, book.table(tests, chain.from_iterable(map(_test_rows, report.errors))))
        for tested in report.errors:
            book.note(f"Back-test, {tested.currency}. {error_in_words(tested)}")
        book.note("Only what is open is forecast, no invoice still to come; what is not applied yet is not taken off.")
        book.note("Bands are drawn from the chances of all items; they stay as written when items are changed.")
    return book.facts


def _columns(weeks: Sequence[str]) -> tuple[Column, ...]:
    return (
        Column("Account number", Kind.ID, "The customer's number."),
        Column("Account", Kind.TEXT, "The customer who owes it."),
        Column("Number", Kind.ID, "The number of the invoice."),
        Column("Due date", Kind.DAY, "When it is to be paid."),
        Column("Days overdue", Kind.COUNT, "Days from the due date to the as-of date.", "AsOf-[@Due date]"),
        Column("Currency", Kind.TEXT, "The currency of the amounts of this row.", width=12),
        Column("Days late", Kind.COUNT, "How late the account pays about: half of its invoices are paid by then."),
        Column("Times", Kind.TEXT, "How often within 7 days of that, of how many paid invoices.", width=14),
        Column("Known from", Kind.TEXT, "Whose paid invoices tell that."),
        Column("Expected by", Kind.DAY, "The day by which half of what is as late is paid."),
        Column(
            "Promised",
            Kind.MONEY,
            "What of it is promised; the week of its day holds it as often as the account keeps its promises.",
            total=True,
        ),
        Column(OPEN, Kind.MONEY, "What is open.", total=True),
        *(Column(week, Kind.MONEY, f"What is expected in the seven days from {week}.", total=True) for week in weeks),
        Column(LATER, Kind.MONEY, "What is expected after the weeks.", total=True),
        Column(NEVER, Kind.MONEY, "The share of such invoices that nobody was seen to pay.", total=True),
        Column(DISPUTED, Kind.MONEY, "What is contested, held apart.", total=True),
    )


def _row(item: ForecastItem) -> Row:
    return (
        item.account_number,
        item.account,
        item.number,
        item.due,
        item.days_overdue,
        item.currency,
        item.usual,
        f"{item.near:,} of {item.times:,}" if item.times else None,
        item.known_from if item.times else None,
        item.expected_on,
        item.promised or None,
        item.open,
        *item.shares,
        item.account_key,
    )


def _summary(as_of: date, weeks: Sequence[str]) -> Summary:
    apart = (Figure(name, of=name) for name in (LATER, NEVER, DISPUTED))
    return Summary(
        "Summary",
        (
            *(Figure(week, of=week, explanation=f"Expected in the seven days from {week}.") for week in weeks),
            *apart,
            Figure(OPEN, of=OPEN, bold=True),
        ),
        inputs=(Input("AsOf", "As of", as_of, Kind.DAY, "Days overdue follow; what is expected stays."),),
        parts=(*weeks, LATER, NEVER, DISPUTED),
        whole=OPEN,
        explanation="One line an account and currency: what is expected of it by week, a sum over Items.",
    )


def _controls(report: ForecastReport) -> Controls:
    by_account: dict[tuple[Hashable, str], Decimal] = dict(report.open_by_account.items())
    return Controls({(code, OPEN): amount for code, amount in report.open.items()}, by_account)


def _band_rows(report: ForecastReport) -> Iterator[Row]:
    for one in report.forecasts:
        for number, week in enumerate(one.weeks, 1):
            bands = (week.low, week.middle, week.high, week.promised, week.expected)
            yield (f"Week {number}", week.first, week.last, one.currency, *bands)
        whole = one.total
        yield (_ALL_WEEKS, whole.first, whole.last, one.currency, whole.low, whole.middle, whole.high, None, None)
        for name, amount in ((LATER, one.later), (NEVER, one.never), (DISPUTED, one.disputed)):
            yield (name, None, None, one.currency, None, None, None, None, amount)


def _expected_chart(summary: WrittenSummary, weeks: Sequence[str], currency: str) -> ChartSpec:
    block = next(block for block in summary.blocks if block.currency == currency)
    expected = Series("Expected", summary.across(weeks[0], weeks[-1], block.figures_row))
    names = summary.across(weeks[0], weeks[-1], summary.head_row)
    return ChartSpec(f"Expected by week, {currency}", names, (expected,))


def _band_chart(place: int, weeks: int, currency: str, error: str) -> ChartSpec:
    """Give the lines of the bands; of each currency the weeks and four rows more stand in the sheet Weeks."""
    first = 2 + place * (weeks + len((_ALL_WEEKS, LATER, NEVER, DISPUTED)))
    last = first + weeks - 1

    def cells(letter: str) -> str:
        return f"Weeks!${letter}${first}:${letter}${last}"

    lines = tuple(Series(name, cells(letter)) for name, letter in (("P10", "E"), ("P50", "F"), ("P90", "G")))
    return ChartSpec(f"P10, P50 and P90 by week, {currency}{error}", cells("A"), lines, form="lines")


def _test_rows(error: ForecastError) -> Iterator[Row]:
    for one in error.weeks:
        expected = (one.low, one.middle, one.high, one.expected, one.by_due_dates, one.came)
        off, off_by_due = abs(one.came - one.expected), abs(one.came - one.by_due_dates)
        yield (one.origin, one.number, one.first, one.currency, *expected, off, off_by_due, int(one.is_covered))


def _share(part: str, whole: str) -> Callable[[Mapping[str, Decimal]], Decimal | None]:
    return lambda values: values[part] / values[whole] if values[whole] else None


def _too_much(values: Mapping[str, Decimal]) -> Decimal | None:
    came = values["Came in"]
    return (values["Expected"] - came) / came if came else None


def _divided(part: str, whole: str) -> str:
    return f'IF([@{whole}]=0,"",{part}/[@{whole}])'


_ERROR = Summary(
    "Error",
    (
        Figure("Weeks", kind=Kind.COUNT),
        Figure("Expected", of="Expected"),
        Figure("Came in", of="Came in"),
        Figure("Off by", of="Off by"),
        Figure("Due dates off by", of="Due dates off by"),
        Figure("Within", of="Within", kind=Kind.COUNT),
        Figure(
            "Error",
            kind=Kind.PERCENT,
            formula=_divided("[@Off by]", "Came in"),
            gives=_share("Off by", "Came in"),
            explanation=f"{FORMULAS['error']}.",
            bold=True,
        ),
        Figure(
            "Error of due dates",
            kind=Kind.PERCENT,
            formula=_divided("[@Due dates off by]", "Came in"),
            gives=_share("Due dates off by", "Came in"),
            explanation=f"{FORMULAS['by_due_dates']}.",
        ),
        Figure(
            "Too much expected",
            kind=Kind.PERCENT,
            formula=_divided("([@Expected]-[@Came in])", "Came in"),
            gives=_too_much,
            explanation=f"{FORMULAS['bias']}.",
        ),
        Figure(
            "Within P10 to P90",
            kind=Kind.PERCENT,
            formula=_divided("[@Within]", "Weeks"),
            gives=_share("Within", "Weeks"),
            explanation=f"{FORMULAS['covered']}.",
        ),
    ),
    explanation="How far the forecasts of past days were off, by past day and in all.",
)
