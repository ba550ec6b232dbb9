"""Which figure `duedesk explain` is asked for where it is of no record: a row of an aging, or one by its name."""

import argparse
from dataclasses import replace
from datetime import date, timedelta

from duedesk.actions.workspace import Workspace
from duedesk.cli.options import words
from duedesk.domain.aging import AgingRequest
from duedesk.domain.days import on_calendar, parse_day
from duedesk.domain.errors import RequestError
from duedesk.domain.explaining.figures import (
    AgingFigure,
    Figure,
    ForecastFigure,
    HabitFigure,
    KeyFigure,
    MovementFigure,
    PayingFigure,
)
from duedesk.domain.forecast.weeks import WEEKS, check_weeks
from duedesk.domain.metrics import KEY_FIGURES, MONTHS
from duedesk.domain.roll_forward import MOVEMENTS
from duedesk.store.queries.explaining.called import account_figure as account_figure_of
from duedesk.store.queries.explaining.called import bucket_called, only_currency, row_figure

_HABIT, _LATE, _EXPECTED = "days_to_pay", "days_late", "expected"
_OTHERWISE = {"bpdso": "best_possible_dso", "average_days_delinquent": "add", "countback_dso": "countback"}
_MONTH = 7
"""Letters of `2026-10`."""


def add_figures(parser: argparse.ArgumentParser) -> None:
    """Add what names a figure that is of no record."""
    parser.add_argument("--account", metavar="A", type=words, help="what an account owes: its Id, number or name")
    parser.add_argument(
        "--key",
        metavar="K",
        type=words,
        action="append",
        help="the row of --by that is meant, by its name",
    )
    parser.add_argument(
        "--bucket", metavar="31-60", type=words, help="a bucket: not_due, 31-60, unapplied, disputed, open (all of it)"
    )
    parser.add_argument(
        "--figure",
        metavar="dso",
        type=words,
        help=f"{', '.join(KEY_FIGURES)}; {_HABIT}, {_LATE} (with --account); {', '.join(dict(MOVEMENTS))} (with "
        f"--from); {_EXPECTED}: what the forecast expects (with --week)",
    )
    parser.add_argument("--month", metavar="2026-10", type=_month_end, help="the end of a month, in place of --as-of")
    parser.add_argument(
        "--from", dest="first_day", metavar="D", type=parse_day, help="the first day of a movement's period, within it"
    )
    parser.add_argument("--week", metavar="N", type=int, help=f"which week of the forecast; without it all {WEEKS}")
    parser.add_argument(
        "--over", metavar="N", type=int, default=MONTHS, help=f"months that DSO and CEI are of ({MONTHS})"
    )


def figure_asked(options: argparse.Namespace, request: AgingRequest, workspace: Workspace) -> Figure:
    """Give the figure; RequestError in a sentence where none is named, or there is none of that name."""
    if options.figure is not None:
        return _by_name(options, request, workspace)
    if options.account is not None and options.key:
        raise RequestError("An account is a row of its own.", "Give --account A, or --by F --key K.")
    part = bucket_called(options.bucket, request)
    if part.is_disputed:
        request = replace(request, apart_disputed=True)
    if options.account is not None:
        of_account = replace(request, currency=request.currency or options.to)
        figure = workspace.ask(account_figure_of, options.account, of_account, part)
    elif options.key:
        figure = workspace.ask(row_figure, tuple(options.key), request, part, options.to)
    elif options.to is None and request.currency is None:
        raise RequestError(
            "What is to be explained?", "Give the number of a record, --account A, --by F --key K or --currency C."
        )
    else:
        figure = part.of(AgingFigure(request, (), options.to or request.currency or ""))
    if options.to is None:
        return figure
    asked = replace(request, by=figure.request.by)
    return part.of(AgingFigure(asked, figure.keys, options.to, is_converted=True))


def _by_name(options: argparse.Namespace, request: AgingRequest, workspace: Workspace) -> Figure:
    name = options.figure.strip().casefold().replace("-", "_").replace(" ", "_")
    name = _OTHERWISE.get(name, name)
    _refuse_what_says_nothing(options)
    day = options.month or request.as_of
    if name in KEY_FIGURES:
        if options.account is not None:
            raise RequestError(f"{options.figure} is of a whole currency.", "Leave --account away.")
        if not 1 <= options.over <= 120:
            raise RequestError(f"--over {options.over} is no number of months.", "Give one from 1 to 120.")
        currency = request.currency or workspace.ask(only_currency)
        return KeyFigure(name, day, currency, request.known_on, options.over)
    if name == _EXPECTED:
        return _expected(options, request, workspace)
    account = None
    if options.account is not None:
        account = workspace.ask(account_figure_of, options.account, request, bucket_called(None, request))
    if name in {_LATE, _HABIT}:
        if account is None or not isinstance(account.keys[0], int):
            raise RequestError(f"Whose {name.replace('_', ' ')}?", "Name the account: --account A.")
        if name == _LATE:
            return PayingFigure(account.keys[0], day, request.known_on)
        return HabitFigure(account.keys[0], day, account.currency, request.known_on)
    if name not in dict(MOVEMENTS):
        known = ", ".join([*KEY_FIGURES, _HABIT, _LATE, _EXPECTED, *dict(MOVEMENTS)])
        raise RequestError(f"There is no figure “{options.figure}”.", f"There are {known}.")
    if options.first_day is None:
        raise RequestError("From which day on?", "Give the first day of the period: --from 2026-10-01.")
    if account is None:
        currency = request.currency or workspace.ask(only_currency)
        return MovementFigure(name, options.first_day, day, currency, request.known_on)
    key = account.keys[0] if isinstance(account.keys[0], int) else None
    return MovementFigure(name, options.first_day, day, account.currency, request.known_on, key)


def _expected(options: argparse.Namespace, request: AgingRequest, workspace: Workspace) -> ForecastFigure:
    if options.account is not None:
        raise RequestError("What is expected is of a whole currency.", "Leave --account away; days_late is of one.")
    weeks = WEEKS if options.week is None else max(WEEKS, check_weeks(options.week))
    place = None if options.week is None else options.week - 1
    currency = request.currency or workspace.ask(only_currency)
    return ForecastFigure(place, options.month or request.as_of, currency, weeks, request.known_on)


def _refuse_what_says_nothing(options: argparse.Namespace) -> None:
    """RequestError where something is given that a figure by its name has no use for."""
    if options.month is not None and options.as_of is not None:
        raise RequestError("--month and --as-of are two days.", "Give one of them.")
    if options.to is not None:
        raise RequestError("A figure by its name is told in its own currency.", "Leave --in away, or give --currency.")
    if options.key or options.bucket is not None:
        raise RequestError("A figure by its name has no rows and no buckets.", "Leave --key and --bucket away.")


def _month_end(text: str) -> date:
    """Read `2026-10` as its last day."""
    if len(text.strip()) != _MONTH:
        raise RequestError(f"“{text}” is no month.", "Write it as 2026-10.")
    first = on_calendar(parse_day(f"{text.strip()}-01"))
    return (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
