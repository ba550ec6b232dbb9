"""`duedesk interest`: the late interest of invoices up to a day, period by period, as a letter's appendix shows it."""

import argparse

from duedesk.actions.interest.rules import late_rules
from duedesk.actions.interest.stating import InvoiceInterest, interest_of
from duedesk.cli.book_option import add_book, opened_book
from duedesk.cli.figures.interest_text import as_json, lines_of
from duedesk.cli.json_text import Json, write_json
from duedesk.cli.ledger.invoice_names import add_invoices, invoice_keys
from duedesk.cli.options import add_json
from duedesk.cli.terminal import DONE, Terminal, Verbs
from duedesk.domain.days import in_words, parse_day


def add_parser(verbs: Verbs) -> None:
    """Add `interest`."""
    parser = verbs.add_parser(
        "interest",
        description="The late interest that has run on invoices after what was charged, by the profile of the "
        "customer's country: period, days, balance, rate, amount. Nothing is charged by asking.",
    )
    add_book(parser)
    add_invoices(parser, where=True)
    parser.add_argument("--until", metavar="D", type=parse_day, help="up to and including this day (today)")
    parser.add_argument("--whole", action="store_true", help="from the due date on, also what was charged already")
    add_json(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace, terminal: Terminal) -> int:
    until = options.until or terminal.world.today()
    with opened_book(options, terminal) as workspace:
        keys = invoice_keys(options, terminal, workspace)
        with workspace.book.reading() as connection:
            rules = late_rules(connection)
            found = {one.invoice.key: one for one in interest_of(connection, keys, until, rules, whole=options.whole)}
    told = [found[key] for key in keys if key in found]
    if options.json:
        shown: list[Json] = [as_json(one, rules) for one in told]
        write_json(terminal, {"until": until.isoformat(), "not_late": len(keys) - len(told), "invoices": shown})
        return DONE
    for place, one in enumerate(told):
        if place:
            terminal.say("")
        for line in lines_of(one):
            terminal.say(line)
    if len(told) < len(keys):
        terminal.say(f"Nothing of {_others(len(keys) - len(told), told)} was due before {in_words(until)}.")
    return DONE


def _others(count: int, told: list[InvoiceInterest]) -> str:
    if count == 1:
        return "the other invoice" if told else "the invoice"
    return f"{count:,} {'other ' if told else ''}invoices"
