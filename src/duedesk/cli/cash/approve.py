"""`duedesk approve` and `duedesk reject`: decide on write-offs that wait for another person; they list them too."""

import argparse
from functools import partial

from duedesk.actions.cash.writing_off import approve, reject
from duedesk.cli.book_option import add_book, opened_book
from duedesk.cli.cash.cash_json import approval_json
from duedesk.cli.cash.cash_options import add_comments, add_on, tell
from duedesk.cli.json_text import write_json
from duedesk.cli.layout import Column, table
from duedesk.cli.options import add_json
from duedesk.cli.terminal import DONE, Terminal, Verbs
from duedesk.domain.money import grouped
from duedesk.store.queries.records.credit_memo import Approval, approval, approvals


def add_parser(verbs: Verbs) -> None:
    """Add `approve` and `reject`."""
    said = {
        "approve": "Approve a write-off that somebody else asked for: it is posted. Without a number, list what waits.",
        "reject": "Turn down a write-off that waits: the invoice stays as it is. Without a number, list what waits.",
    }
    for name, description in said.items():
        parser = verbs.add_parser(name, description=description)
        add_book(parser)
        parser.add_argument("request", metavar="REQUEST", type=int, nargs="?", help="the number of the request")
        (add_on if name == "approve" else add_comments)(parser)
        add_json(parser)
        parser.set_defaults(run=partial(_run, name=name))


def _run(options: argparse.Namespace, terminal: Terminal, *, name: str) -> int:
    with opened_book(options, terminal) as workspace:
        if options.request is None:
            return _list(options, terminal, workspace.ask(approvals))
        if name == "approve":
            changes = approve(workspace, options.request, on=options.on)
        else:
            changes = reject(workspace, options.request, comments=options.comments)
        decided = workspace.ask(approval, options.request)
    return tell(options, terminal, changes, request=approval_json(decided))


def _list(options: argparse.Namespace, terminal: Terminal, waiting: tuple[Approval, ...]) -> int:
    if options.json:
        write_json(terminal, {"requests": [approval_json(one) for one in waiting]})
        return DONE
    if not waiting:
        terminal.say("Nothing waits for approval.")
        return DONE
    columns = (
        Column("Request", is_figure=True),
        Column("Invoice"),
        Column("Account"),
        Column("Amount", is_figure=True),
        Column("Currency"),
        Column("Reason"),
        Column("Asked by"),
    )
    rows = (
        (
            str(one.key),
            one.invoice,
            one.account,
            grouped(one.amount, one.currency),
            one.currency,
            one.reason,
            one.requested_by,
        )
        for one in waiting
    )
    for line in table(columns, rows):
        terminal.say(line)
    return DONE
