"""`duedesk reference-rates`: lists the rates that late interest stands on, and takes more in from a CSV file."""

import argparse
from pathlib import Path

from duedesk.actions.interest.rules import late_rules
from duedesk.cli.book_option import add_book, opened_book
from duedesk.cli.dunning.reference_rate_import import add_import, take_in
from duedesk.cli.json_text import Json, plain_number, write_json
from duedesk.cli.layout import Column, table
from duedesk.cli.options import add_json, words
from duedesk.cli.terminal import DONE, Terminal, Verbs
from duedesk.domain.errors import RequestError
from duedesk.domain.interest.reference_rates import RateTable, percent_in_words


def add_parser(verbs: Verbs) -> None:
    """Add `reference-rates`."""
    parser = verbs.add_parser(
        "reference-rates",
        description="The reference rates of central banks by half-year, as they came with the program or were taken "
        "in, and which are missing. `reference-rates import FILE` takes a CSV file in, with Series, StartDate, Percent "
        "and Source; the same file twice changes nothing.",
    )
    parser.add_argument("what", choices=("import",), nargs="?", help="take a file in")
    parser.add_argument("file", metavar="FILE", nargs="?", type=Path, help="a CSV file")
    add_book(parser)
    parser.add_argument(
        "--series", metavar="S", type=words, help="only this series; of an import, whose rates they are"
    )
    add_import(parser)
    add_json(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace, terminal: Terminal) -> int:
    if options.what is None:
        return _list(options, terminal)
    if options.file is None:
        raise RequestError("Say which file.", "`duedesk reference-rates import FILE`.")
    return take_in(options, terminal)


def _list(options: argparse.Namespace, terminal: Terminal) -> int:
    with opened_book(options, terminal) as workspace:
        rates = workspace.ask(late_rules).rates
    wanted = None if options.series is None else options.series.strip().upper()
    if wanted is not None and wanted not in rates.series:
        raise RequestError(f"There is no series “{options.series}”.", f"There are {', '.join(rates.series)}.")
    codes = [code for code in rates.series if wanted in {None, code}]
    warnings = rates.warnings(terminal.world.today(), wanted)
    if options.json:
        write_json(terminal, {"series": [_series_json(rates, code) for code in codes], "warnings": list(warnings)})
        return DONE
    rows = [
        (one.start.isoformat(), code, percent_in_words(one.percent), one.source)
        for code in codes
        for one in reversed(rates.of(code))
    ]
    columns = (Column("From"), Column("Series"), Column("Percent", is_figure=True), Column("Source"))
    for line in table(columns, rows) if rows else ("There are no rates of it yet.",):
        terminal.say(line)
    for warning in warnings:
        terminal.say(f"{warning} `duedesk reference-rates import FILE` takes it in.")
    return DONE


def _series_json(rates: RateTable, code: str) -> Json:
    series = rates.series[code]
    found: list[Json] = [
        {
            "StartDate": one.start.isoformat(),
            "Percent": plain_number(one.percent),
            "Source": one.source,
            "is_own": one.is_own,
        }
        for one in rates.of(code)
    ]
    return {"code": code, "name": series.name, "by_half_year": series.by_half_year, "url": series.url, "rates": found}
