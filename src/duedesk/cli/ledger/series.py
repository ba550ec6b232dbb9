"""`duedesk series`: lists number series, makes one, changes one that has given no number, makes one the default."""

import argparse
from dataclasses import replace

from duedesk.actions.invoices.series import save_series
from duedesk.actions.workspace import Workspace
from duedesk.cli.book_option import add_book, opened_book
from duedesk.cli.json_text import Json, write_json
from duedesk.cli.layout import Column, table
from duedesk.cli.options import add_json, words
from duedesk.cli.terminal import DONE, Terminal, Verbs
from duedesk.domain.changes import Changes
from duedesk.domain.numbering import DEFAULTS, Series, SeriesKind
from duedesk.store.queries.terms import NamedSeries, number_series_list


def add_parser(verbs: Verbs) -> None:
    """Add `series`."""
    parser = verbs.add_parser(
        "series",
        description="List the number series; with a name and options, make one or change it. What has given numbers "
        "keeps its prefix, digits and kind.",
    )
    add_book(parser)
    parser.add_argument("name", metavar="NAME", nargs="?", type=words, help="the series")
    parser.add_argument("--object", choices=tuple(DEFAULTS), help="what it numbers (Invoice)")
    parser.add_argument("--prefix", metavar="P", type=words, help="what stands before; {year} is the document's")
    parser.add_argument("--digits", metavar="N", type=int, help="how many digits at least (5)")
    parser.add_argument("--kind", choices=tuple(SeriesKind), type=SeriesKind, help="how the next is found (Sequential)")
    parser.add_argument("--default", action="store_true", help="number with it where nothing else is said")
    add_json(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace, terminal: Terminal) -> int:
    with opened_book(options, terminal) as workspace:
        done = _save(options, workspace) if options.name is not None else None
        found = workspace.ask(number_series_list)
    shown = [one for one in found if options.name is None or one.name.casefold() == options.name.casefold()]
    if options.json:
        write_json(terminal, {"done": done.summary if done else None, "series": [_json(one) for one in shown]})
        return DONE
    if done is not None and done.summary:
        terminal.say(f"{done.summary}.")
    columns = (Column("Series"), Column("Numbers"), Column("Kind"), Column("Next"), Column(""))
    rows = ((one.name, one.object, one.series.kind, _next(one), "default" if one.is_default else "") for one in shown)
    for line in table(columns, rows):
        terminal.say(line)
    return DONE


def _save(options: argparse.Namespace, workspace: Workspace) -> Changes | None:
    given = (options.object, options.prefix, options.digits, options.kind, options.default or None)
    there = next(
        (one for one in workspace.ask(number_series_list) if one.name.casefold() == options.name.casefold()), None
    )
    if there is not None and all(value is None for value in given):
        return None
    series = there.series if there is not None else Series(options.prefix or "")
    if options.prefix is not None:
        series = replace(series, prefix=options.prefix)
    if options.digits is not None:
        series = replace(series, digits=options.digits)
    if options.kind is not None:
        series = replace(series, kind=options.kind)
    is_said = any(value is not None for value in (options.prefix, options.digits, options.kind))
    return save_series(
        workspace,
        options.name if there is None else there.name,
        object_name=options.object or (there.object if there is not None else "Invoice"),
        series=series if is_said else None,
        is_default=options.default or None,
    )


def _next(one: NamedSeries) -> str:
    """Give the next number, as far as it is known: of the newest year, or any of a random series."""
    prefix = one.series.prefix.replace("{year}", one.period or "{year}")
    if one.series.kind is SeriesKind.RANDOM:
        return prefix + "?" * one.series.digits
    return f"{prefix}{max(one.next_number, 1):0{one.series.digits}d}"


def _json(one: NamedSeries) -> Json:
    return {
        "name": one.name,
        "object": one.object,
        "kind": one.series.kind,
        "prefix": one.series.prefix,
        "digits": one.series.digits,
        "default": one.is_default,
        "period": one.period or None,
        "next": one.next_number or None,
    }
