"""`duedesk deliveries`: how letters left, and what a person says of those in doubt; it sends nothing."""

import argparse

from duedesk.actions.delivering.claiming import note_lost
from duedesk.actions.delivering.deciding import send_again, was_sent
from duedesk.actions.delivering.queueing import withdraw
from duedesk.cli.book_option import add_book, opened_book
from duedesk.cli.cash.cash_options import tell
from duedesk.cli.json_text import write_json
from duedesk.cli.letters.delivery_text import delivery_json, delivery_lines, summary
from duedesk.cli.options import add_json, words
from duedesk.cli.terminal import DONE, Terminal, Verbs
from duedesk.domain.errors import RequestError
from duedesk.domain.objects.delivering import STATUSES
from duedesk.store.queries.letters.deliveries import deliveries, deliveries_called


def add_parser(verbs: Verbs) -> None:
    """Add `deliveries`."""
    parser = verbs.add_parser(
        "deliveries",
        description="How letters left: sent, waiting, refused, or unknown, where only a person can tell. With letters "
        "named and one of the options, say it of them.",
    )
    parser.add_argument("letters", metavar="LETTER", nargs="*", type=words, help="letters by number (all)")
    add_book(parser)
    parser.add_argument("--status", choices=STATUSES.split(" | "), action="append", default=[], help="only these")
    said = parser.add_mutually_exclusive_group()
    said.add_argument("--was-sent", action="store_true", help="it was sent, or printed and posted")
    said.add_argument("--send-again", action="store_true", help="let it wait to be mailed once more")
    said.add_argument("--withdraw", metavar="WHY", type=words, help="it shall not leave")
    parser.add_argument("--to", metavar="A", type=words, help="with --send-again: another address")
    add_json(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace, terminal: Terminal) -> int:
    decides = options.was_sent or options.send_again or options.withdraw is not None
    with opened_book(options, terminal) as workspace:
        if not decides:
            rows = workspace.ask(deliveries_called, options.letters) if options.letters else workspace.ask(deliveries)
        else:
            if not options.letters:
                raise RequestError("Of which letters?", "Name them: `duedesk deliveries DL-2026-00001 --was-sent`.")
            note_lost(workspace)
            keys = [row.key for row in workspace.ask(deliveries_called, options.letters)]
            if options.was_sent:
                changes = was_sent(workspace, keys)
            elif options.send_again:
                changes = send_again(workspace, keys, options.to)
            else:
                changes = withdraw(workspace, keys, options.withdraw)
            found = workspace.ask(deliveries, keys=keys)
            shown = [delivery_json(row, terminal.world.now()) for row in found]
            return tell(options, terminal, changes, deliveries=shown)
    now = terminal.world.now()
    wanted = [row for row in rows if not options.status or summary(row, now) in options.status]
    if options.json:
        write_json(terminal, {"count": len(wanted), "deliveries": [delivery_json(row, now) for row in wanted]})
        return DONE
    if rows and not wanted:
        terminal.say(f"None is {' or '.join(options.status)}; {len(rows):,} are of another status.")
        return DONE
    for line in delivery_lines(wanted, now):
        terminal.say(line)
    return DONE
