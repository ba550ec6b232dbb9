"""What `duedesk cancel-letter` would do, as lines and JSON; nothing is done."""

import argparse
from collections.abc import Iterator

from duedesk.cli.json_text import Json, write_json
from duedesk.cli.terminal import DONE, Terminal
from duedesk.domain.money import grouped, plain
from duedesk.store.queries.letters.cancelling import CancelOutlook


def say_outlook(options: argparse.Namespace, terminal: Terminal, outlook: CancelOutlook) -> int:
    """Say what cancelling letters would do."""
    if options.json:
        write_json(terminal, _json(outlook))
        return DONE
    for line in _lines(outlook):
        terminal.say(line)
    return DONE


def _json(outlook: CancelOutlook) -> Json:
    return {
        "letters": [one.number for one in outlook.letters],
        "levels": [{"invoice": one.number, "now": one.now, "after": one.after} for one in outlook.levels],
        "voided": [
            {
                "invoice": one.number,
                "what": one.what,
                "amount": plain(one.amount, one.currency),
                "paid": plain(one.paid, one.currency),
                "currency": one.currency,
            }
            for one in outlook.charges
        ],
        "mailed": [{"letter": number, "address": address or None} for number, address in outlook.mailed],
        "withdrawn": outlook.waits,
    }


def _lines(outlook: CancelOutlook) -> Iterator[str]:
    yield f"Would cancel {', '.join(one.number for one in outlook.letters)}; nothing is done."
    for level in outlook.levels:
        yield f"{level.number}: level {level.now} to {level.after}"
    for charge in outlook.charges:
        paid = f"; {grouped(charge.paid, charge.currency)} paid on it becomes free" if charge.paid else ""
        amount = f"{grouped(charge.amount, charge.currency)} {charge.currency}"
        yield f"{charge.what} {charge.number} is voided: {amount}{paid}"
    if outlook.waits:
        waits = "delivery that waits does" if outlook.waits == 1 else "deliveries that wait do"
        yield f"{outlook.waits:,} {waits} not leave any more."
    for number, address in outlook.mailed:
        yield f"{number} has left by mail{f' to {address}' if address else ''}: tell the customer."
