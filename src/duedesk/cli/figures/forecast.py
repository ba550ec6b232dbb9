"""`duedesk forecast`: the cash that open invoices bring in by week, and how far off past forecasts were."""

import argparse
from collections.abc import Iterator, Sequence
from decimal import Decimal

from duedesk.cli.book_option import add_book, opened_book
from duedesk.cli.cash.cash_options import currency
from duedesk.cli.json_text import Json, write_json
from duedesk.cli.layout import Column, aligned, table
from duedesk.cli.options import add_as_of, add_json, add_known_on
from duedesk.cli.terminal import DONE, Terminal, Verbs
from duedesk.domain.days import in_words
from duedesk.domain.forecast.error import FORMULAS, ForecastError
from duedesk.domain.forecast.weeks import SEED, WEEKS, Forecast, ForecastWeek
from duedesk.domain.forecast.words import error_in_words, whole_percent
from duedesk.domain.money import grouped, plain
from duedesk.store.queries.forecast.cash import backtest, forecast

RULE = "weeks + later + not expected + disputed = open"


def add_parser(verbs: Verbs) -> None:
    """Add `forecast`."""
    parser = verbs.add_parser(
        "forecast",
        description="The cash that open invoices bring in by week, from due dates, promises and how each account pays: "
        "what is expected, and what comes in one, five and nine of ten cases at most (P10, P50, P90). Invoices still "
        "to come are not in it.",
    )
    add_book(parser)
    add_as_of(parser)
    add_known_on(parser)
    parser.add_argument("--weeks", metavar="N", type=int, default=WEEKS, help=f"how many weeks ({WEEKS})")
    parser.add_argument("--currency", metavar="C", type=currency, help="only this currency")
    parser.add_argument("--seed", metavar="S", type=int, default=SEED, help=f"what the bands are drawn by ({SEED})")
    parser.add_argument(
        "--backtest", action="store_true", help="forecast past days as well, and compare with what came in since"
    )
    add_json(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace, terminal: Terminal) -> int:
    as_of = options.as_of or terminal.world.today()
    asked = (as_of, options.known_on, options.currency, options.weeks)
    with opened_book(options, terminal) as workspace:
        found = workspace.ask(forecast, *asked, seed=options.seed)
        errors = workspace.ask(backtest, *asked, seed=options.seed) if options.backtest else ()
        name = workspace.book.name
    if options.json:
        document: dict[str, Json] = {
            "as_of": as_of.isoformat(),
            "weeks": options.weeks,
            "currencies": [_json(one) for one in found],
        }
        if options.backtest:
            formulas: dict[str, Json] = dict(FORMULAS)
            document |= {"formulas": formulas, "backtest": [_error_json(one) for one in errors]}
        write_json(terminal, document)
        return DONE
    terminal.say(f"{name} as of {in_words(as_of)}")
    if not found:
        terminal.say("Nothing is open.")
    for one in found:
        for line in _lines(one):
            terminal.say(line)
    for error in errors:
        terminal.say("")
        terminal.say(f"Back-test {error.currency}: {error_in_words(error)}")
        for line in aligned(_error_lines(error)):
            terminal.say(f"  {line}")
    if options.backtest and not errors:
        terminal.say("No past day of this book can be tested.")
    return DONE


def _lines(one: Forecast) -> Iterator[str]:
    yield ""
    yield f"{one.currency}, {one.invoices:,} open invoice{'' if one.invoices == 1 else 's'}"
    headings = ("P10", "P50", "P90", "Expected", "Promised")
    columns = (Column("From"), Column("To"), *(Column(heading, is_figure=True) for heading in headings))
    yield from table(columns, [_cells(week, one.currency) for week in (*one.weeks, one.total)])
    yield ""
    parts = (one.total.expected, one.later, one.never, one.disputed, one.open)
    names = (f"Expected in {len(one.weeks)} weeks", "Later", "Not expected", "Disputed", "Open")
    yield from aligned([(name, grouped(part, one.currency)) for name, part in zip(names, parts, strict=True)])
    yield f"{RULE}: {'holds' if one.difference == 0 else 'does not hold'}"


def _cells(week: ForecastWeek, code: str) -> Sequence[str]:
    figures = (week.low, week.middle, week.high, week.expected, week.promised)
    return (week.first.isoformat(), week.last.isoformat(), *(grouped(figure, code) for figure in figures))


def _error_lines(error: ForecastError) -> Iterator[tuple[str, str]]:
    names = {
        "error": "Weeks off by",
        "bias": "Bias, too much expected",
        "error_of_total": "All weeks off by",
        "by_due_dates": "By due dates alone",
        "covered": "Within P10 to P90",
    }
    for name, said in names.items():
        share: Decimal | None = getattr(error, name)
        yield said, f"{'–' if share is None else f'{whole_percent(share)} %'}  = {FORMULAS[name]}"


def _json(one: Forecast) -> Json:
    parts = ("open", "later", "never", "disputed")
    return {
        "currency": one.currency,
        "invoices": one.invoices,
        "weeks": [_week_json(week, one.currency) for week in one.weeks],
        "total": _week_json(one.total, one.currency),
        **{name: plain(getattr(one, name), one.currency) for name in parts},
    }


def _week_json(week: ForecastWeek, code: str) -> Json:
    figures = {"p10": week.low, "p50": week.middle, "p90": week.high}
    figures |= {"expected": week.expected, "promised": week.promised, "expected_of_promised": week.kept}
    days: dict[str, Json] = {"from": week.first.isoformat(), "to": week.last.isoformat()}
    return days | {name: plain(figure, code) for name, figure in figures.items()}


def _error_json(error: ForecastError) -> Json:
    shares: dict[str, Json] = {
        name: None if (share := getattr(error, name)) is None else str(share.quantize(Decimal("0.0001")))
        for name in FORMULAS
    }
    weeks: list[Json] = [
        {
            "past_day": one.origin.isoformat(),
            "from": one.first.isoformat(),
            "p10": plain(one.low, one.currency),
            "p50": plain(one.middle, one.currency),
            "p90": plain(one.high, one.currency),
            "expected": plain(one.expected, one.currency),
            "came": plain(one.came, one.currency),
        }
        for one in error.weeks
    ]
    return {
        "currency": error.currency,
        "past_days": [day.isoformat() for day in error.origins],
        "weeks_within": error.covered_weeks,
        "weeks_tested": len(error.weeks),
        **shares,
        "weeks": weeks,
    }
