"""Holds as people read them in a terminal, and as JSON."""

import argparse

from duedesk.cli.book_option import opened_book
from duedesk.cli.json_text import Json, write_json
from duedesk.cli.layout import Column, table
from duedesk.cli.terminal import DONE, Terminal
from duedesk.store.queries.dunning.holds import HoldRow, standing_holds


def list_holds(options: argparse.Namespace, terminal: Terminal) -> int:
    """List the holds that stand."""
    day = options.as_of or terminal.world.today()
    with opened_book(options, terminal) as workspace:
        found = workspace.ask(standing_holds, day)
    if options.json:
        write_json(terminal, {"as_of": day.isoformat(), "holds": [hold_json(one) for one in found]})
        return DONE
    columns = map(Column, ("Hold", "Account", "Invoice", "From", "Until", "Reason", "By", "In words"))
    rows = (
        (
            one.name,
            one.account,
            one.invoice or "all",
            str(one.start),
            str(one.end),
            one.reason,
            one.recorded_by,
            one.words,
        )
        for one in found
    )
    for line in table(tuple(columns), rows) if found else ("Nothing is on hold.",):
        terminal.say(line)
    return DONE


def hold_json(one: HoldRow) -> Json:
    """Give a hold with all that is known of it."""
    return {
        "hold": one.name,
        "account": one.account,
        "invoice": one.invoice or None,
        "reason": one.reason,
        "words": one.words or None,
        "from": one.start.isoformat(),
        "until": one.end.isoformat(),
        "recorded_by": one.recorded_by,
        "released_on": None if one.released_on is None else one.released_on.isoformat(),
    }
