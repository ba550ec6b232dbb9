"""`duedesk dun --compare`: the proposal of a day held against the last run, as tables and JSON; nothing is written."""

import argparse
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from duedesk.actions.dunning.comparing import compare
from duedesk.actions.workspace import Workspace
from duedesk.cli.json_text import Json, write_json
from duedesk.cli.layout import Column, table
from duedesk.cli.options import words
from duedesk.cli.terminal import DONE, Terminal
from duedesk.domain.days import in_words
from duedesk.domain.dunning.run_comparing import Change, ComparedItem, Comparison
from duedesk.domain.money import grouped, plain

_HEADS = {
    Change.NEW: "New: in no letter of the run",
    Change.RAISED: "Raised in level",
    Change.AGAIN: "Asked again at the level of the run",
    Change.GONE: "Gone: in the run, and in no letter now",
}


def add_compare(parser: argparse.ArgumentParser) -> None:
    """Add `--compare`."""
    parser.add_argument(
        "--compare",
        metavar="RUN",
        nargs="?",
        const="",
        type=words,
        help="what is new, raised and gone since this run (the last one)",
    )


def say_comparison(options: argparse.Namespace, terminal: Terminal, workspace: Workspace, as_of: date) -> int:
    """Hold the proposal against a run, and tell it."""
    found = compare(workspace, as_of, options.compare)
    if options.json:
        write_json(terminal, comparison_json(found))
        return DONE
    for line in _lines(found):
        terminal.say(line)
    return DONE


def comparison_json(found: Comparison) -> Json:
    """Give a comparison as a document: every invoice stands in it once."""
    return {
        "as_of": found.as_of.isoformat(),
        "run": found.run or None,
        "run_date": None if found.run_date is None else found.run_date.isoformat(),
        **{change.value: [_item_json(one) for one in found.of(change)] for change in Change},
    }


def _item_json(one: ComparedItem) -> Json:
    def amount(held: Decimal | None) -> str | None:
        return None if held is None else plain(held, one.currency)

    return {
        "invoice": one.number,
        "account": one.account,
        "currency": one.currency,
        "asked_then": amount(one.then),
        "asked_now": amount(one.now),
        "level_then": one.level_then,
        "level_now": one.level_now,
        "letter": one.letter or None,
        "reason": one.why,
    }


def _lines(found: Comparison) -> Iterator[str]:
    if found.run_date is None:
        yield f"No run was issued by {in_words(found.as_of)}: everything is new."
    else:
        yield f"{in_words(found.as_of)} against run {found.run} of {in_words(found.run_date)}; nothing is written"
    columns = (
        *map(Column, ("Invoice", "Account", "Currency")),
        *(Column(name, is_figure=True) for name in ("Asked then", "Now", "Level")),
        Column("Why"),
    )
    for change in Change:
        items = found.of(change)
        if items:
            yield ""
            yield f"{_HEADS[change]} ({len(items):,})"
            yield from table(columns, map(_row, items))
    if not found.items:
        yield "Nothing was in the run, and nothing would be in a letter."


def _row(one: ComparedItem) -> tuple[str, ...]:
    amounts = ("" if held is None else grouped(held, one.currency) for held in (one.then, one.now))
    levels = "→".join("–" if level is None else str(level) for level in (one.level_then, one.level_now))
    return (one.number, one.account, one.currency, *amounts, levels, one.why)
