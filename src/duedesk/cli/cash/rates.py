"""`duedesk rates`: lists the rates of exchange, or those that hold on a day, and takes more in from a CSV file."""

import argparse
from itertools import islice
from pathlib import Path

from duedesk.cli.book_option import add_book, opened_book
from duedesk.cli.cash.cash_options import currency
from duedesk.cli.cash.rate_import import add_import, take_in
from duedesk.cli.json_text import Json, write_json
from duedesk.cli.layout import Column, table
from duedesk.cli.options import add_json, limit
from duedesk.cli.terminal import DONE, Terminal, Verbs
from duedesk.domain.days import in_words, parse_day
from duedesk.domain.errors import RequestError
from duedesk.domain.rates import Listed, rate_between
from duedesk.store.queries.rates import base_currency, listed_rates, newest_rates, rates_on


def add_parser(verbs: Verbs) -> None:
    """Add `rates`."""
    parser = verbs.add_parser(
        "rates",
        description="Rates of exchange by day: all of them, or with --on those that hold on a day. `rates import FILE` "
        "takes a CSV file in, with IsoCode, StartDate and ConversionRate, or a date and one column for each currency; "
        "the same file twice changes nothing.",
    )
    parser.add_argument("what", choices=("import",), nargs="?", help="take a file in")
    parser.add_argument("file", metavar="FILE", nargs="?", type=Path, help="a CSV file")
    add_book(parser)
    parser.add_argument("--on", metavar="D", type=parse_day, help="the rates that hold on a day: 2026-11-23")
    parser.add_argument("--in", dest="to", metavar="C", type=currency, help="with --on, what each is worth in this one")
    parser.add_argument("--currency", metavar="C", type=currency, help="only this currency")
    parser.add_argument("--limit", metavar="N", type=limit, default=200, help="how many of all are listed (200)")
    add_import(parser)
    add_json(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace, terminal: Terminal) -> int:
    if options.what is None:
        return _list(options, terminal)
    if options.file is None:
        raise RequestError("Say which file.", "`duedesk rates import FILE`.")
    return take_in(options, terminal)


def _list(options: argparse.Namespace, terminal: Terminal) -> int:
    if options.to is not None:
        return _list_in(options, terminal)
    with opened_book(options, terminal) as workspace:
        base = workspace.ask(base_currency)
        if options.on is not None:
            found = [one for one in workspace.ask(newest_rates, options.on) if options.currency in {None, one.currency}]
        else:
            with workspace.book.reading() as connection:
                found = list(islice(listed_rates(connection, options.currency), options.limit))
    if options.json:
        on = None if options.on is None else options.on.isoformat()
        write_json(terminal, {"base": base, "on": on, "rates": [_json(one) for one in found]})
        return DONE
    if base is None:
        terminal.say("There are no rates of exchange. `duedesk rates import FILE` takes them in.")
        return DONE
    if not found:
        of = "" if options.currency is None else f" of {options.currency}"
        by = "" if options.on is None else f" on or before {in_words(options.on)}"
        base_too = f"; the rates stand over {base}" if options.currency == base else ""
        terminal.say(f"There is no rate{of}{by}{base_too}.")
        return DONE
    terminal.say(f"1 {base} buys{'' if options.on is None else f', on {in_words(options.on)}'}")
    columns = (Column("Currency"), Column("Rate", is_figure=True), Column("From"))
    for line in table(columns, ((one.currency, f"{one.rate:f}", one.on.isoformat()) for one in found)):
        terminal.say(line)
    return DONE


def _json(one: Listed) -> Json:
    return {"IsoCode": one.currency, "StartDate": one.on.isoformat(), "ConversionRate": f"{one.rate:f}"}


def _list_in(options: argparse.Namespace, terminal: Terminal) -> int:
    day = options.on or terminal.world.today()
    with opened_book(options, terminal) as workspace:
        found = workspace.ask(rates_on, day, options.to)
    if options.currency is not None or not any(one.from_currency != options.to for one in found):
        found = (rate_between(found, options.currency or "any currency", options.to, day),)
    if options.json:
        shown: list[Json] = [
            {"from": one.from_currency, "to": one.to_currency, "rate": f"{one.rate:f}", "on": one.on.isoformat()}
            for one in found
        ]
        write_json(terminal, {"on": day.isoformat(), "in": options.to, "rates": shown})
        return DONE
    for one in found:
        if one.from_currency != one.to_currency:
            terminal.say(one.words)
    for sentence in filter(None, (one.staleness(day) for one in found)):
        terminal.say(sentence)
    return DONE
