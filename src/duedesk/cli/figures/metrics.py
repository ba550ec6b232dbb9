"""`duedesk metrics` and `duedesk habits`: how collecting goes by month, how accounts pay, and the formulas of both."""

import argparse
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from duedesk.cli.book_option import add_book, opened_book
from duedesk.cli.cash.cash_options import currency
from duedesk.cli.json_text import Json, write_json
from duedesk.cli.layout import Column, aligned, table
from duedesk.cli.options import add_as_of, add_json, add_known_on, limit
from duedesk.cli.terminal import DONE, Terminal, Verbs
from duedesk.domain.errors import RequestError
from duedesk.domain.metrics import FORMULAS, MONTHS, AccountHabit, MonthFigures
from duedesk.domain.money import grouped, plain
from duedesk.store.queries.habits import days_to_pay
from duedesk.store.queries.metrics import metrics

_TENTH = Decimal("0.1")
_MOST_MONTHS = 120
_BASES = ("closing", "sales")


def add_parser(verbs: Verbs) -> None:
    """Add `metrics` and `habits`; the one that is asked for is run."""
    parser = verbs.add_parser(
        "metrics",
        description="DSO, best possible DSO, average days delinquent, CEI and countback DSO at the ends of months, the "
        "as-of day last; each with its formula.",
    )
    _add_common(parser)
    parser.add_argument("--months", metavar="N", type=int, default=12, help="how many ends of months (12)")
    parser.add_argument(
        "--over", metavar="N", type=int, default=MONTHS, help=f"months whose invoices count for each ({MONTHS})"
    )
    parser.set_defaults(run=_metrics)
    habits = verbs.add_parser(
        "habits", description="Days to pay of each account against its terms, weighted, over what payments settled."
    )
    _add_common(habits)
    habits.add_argument("--months", metavar="N", type=int, default=12, help="how many months back (12)")
    habits.add_argument("--limit", metavar="N", type=limit, help="how many accounts (all)")
    habits.set_defaults(run=_habits)


def _add_common(parser: argparse.ArgumentParser) -> None:
    add_book(parser)
    add_as_of(parser)
    add_known_on(parser)
    parser.add_argument("--currency", metavar="C", type=currency, help="only this currency")
    add_json(parser)


def _metrics(options: argparse.Namespace, terminal: Terminal) -> int:
    as_of = options.as_of or terminal.world.today()
    months, over = _count(options.months, "--months"), _count(options.over, "--over")
    with opened_book(options, terminal) as workspace:
        found = workspace.ask(metrics, as_of, options.known_on, options.currency, months, over=over)
    names = ("dso", "best_possible_dso", "add", "cei", "countback", "percent_current")
    if options.json:
        formulas: dict[str, Json] = {name: FORMULAS[name] for name in (*_BASES, *names)}
        months_json: list[Json] = [_month_json(one) for one in found]
        write_json(terminal, {"as_of": as_of.isoformat(), "over": over, "formulas": formulas, "months": months_json})
        return DONE
    if not found:
        terminal.say("Nothing was invoiced.")
        return DONE
    headings = ("DSO", "Best possible", "Delinquent", "CEI %", "Countback", "Current %")
    columns = (
        Column("Currency"),
        Column("End"),
        Column("Receivables", is_figure=True),
        Column("Invoiced", is_figure=True),
        *(Column(heading, is_figure=True) for heading in headings),
    )
    for line in table(columns, ((*_head(one), *map(_tenth, _figures(one))) for one in found)):
        terminal.say(line)
    terminal.say("")
    for line in aligned(
        zip(("Receivables", "Invoiced", *headings), (FORMULAS[name] for name in (*_BASES, *names)), strict=True)
    ):
        terminal.say(line)
    return DONE


def _head(one: MonthFigures) -> tuple[str, str, str, str]:
    amounts = (grouped(one.closing, one.currency), grouped(one.sales, one.currency))
    return (one.currency, one.end.isoformat(), *amounts)


def _figures(one: MonthFigures) -> tuple[Decimal | None, ...]:
    return (
        one.dso,
        one.best_possible_dso,
        one.average_days_delinquent,
        one.cei,
        one.countback_dso,
        one.percent_current,
    )


def _month_json(one: MonthFigures) -> Json:
    names = ("dso", "best_possible_dso", "add", "cei", "countback", "percent_current")
    figures = {name: _said(figure) for name, figure in zip(names, _figures(one), strict=True)}
    amounts = ("opening", "sales", "closing", "current")
    return {
        "currency": one.currency,
        "from": one.first_day.isoformat(),
        "end": one.end.isoformat(),
        "months": one.months,
        "days": one.days,
        **{name: plain(getattr(one, name), one.currency) for name in amounts},
        **figures,
    }


def _habits(options: argparse.Namespace, terminal: Terminal) -> int:
    as_of = options.as_of or terminal.world.today()
    months = _count(options.months, "--months")
    with opened_book(options, terminal) as workspace:
        found = workspace.ask(days_to_pay, as_of, options.known_on, options.currency, months=months)
    shown = found if options.limit is None else found[: options.limit]
    names = ("days_to_pay", "terms", "days_late")
    if options.json:
        formulas: dict[str, Json] = {name: FORMULAS[name] for name in names}
        write_json(
            terminal,
            {
                "as_of": as_of.isoformat(),
                "months": months,
                "formulas": formulas,
                "accounts": [_json(one) for one in shown],
            },
        )
        return DONE
    for line in _habit_lines(shown) if shown else ("No payment settled anything in that time.",):
        terminal.say(line)
    return DONE


def _json(one: AccountHabit) -> Json:
    return {
        "key": one.key,
        "name": one.name,
        "number": one.number or None,
        "currency": one.currency,
        "invoices": one.invoices,
        "settled": plain(one.settled, one.currency),
        "days_to_pay": _said(one.days_to_pay),
        "terms": _said(one.terms),
        "days_late": _said(one.days_late),
    }


def _habit_lines(shown: tuple[AccountHabit, ...]) -> Iterator[str]:
    headings = ("Invoices", "Settled", "Days to pay", "Terms", "Days late")
    columns = (
        Column("Account"),
        Column("Number"),
        Column("Currency"),
        *(Column(heading, is_figure=True) for heading in headings),
    )
    yield from table(
        columns,
        (
            (
                one.name,
                one.number,
                one.currency,
                f"{one.invoices:,}",
                grouped(one.settled, one.currency),
                *map(_tenth, (one.days_to_pay, one.terms, one.days_late)),
            )
            for one in shown
        ),
    )
    yield ""
    yield from aligned(
        zip(headings[2:], (FORMULAS[name] for name in ("days_to_pay", "terms", "days_late")), strict=True)
    )


def _count(said: int, option: str) -> int:
    if not 1 <= said <= _MOST_MONTHS:
        raise RequestError(f"{option} {said} is no number of months.", f"Give one from 1 to {_MOST_MONTHS}.")
    return said


def _tenth(figure: Decimal | None) -> str:
    return "–" if figure is None else f"{figure.quantize(_TENTH, ROUND_HALF_UP) + 0:,}".replace("-", "−")


def _said(figure: Decimal | None) -> str | None:
    return None if figure is None else str(figure.quantize(Decimal("0.0001"), ROUND_HALF_UP) + 0)
