"""`duedesk dun`: what a dunning run of a day would do, and why an invoice is not; issued by `dun_issue`."""

import argparse
from datetime import date

from duedesk.actions.dunning.proposing import proposal, why
from duedesk.cli.book_option import add_book, opened_book
from duedesk.cli.dunning.dun_compare import add_compare, say_comparison
from duedesk.cli.dunning.dun_due import issue_due
from duedesk.cli.dunning.dun_issue import add_issuing, issue_it, issuing_said
from duedesk.cli.dunning.dun_text import proposal_json, proposal_lines
from duedesk.cli.json_text import Json, write_json
from duedesk.cli.options import add_as_of, add_json, add_log, words
from duedesk.cli.terminal import DONE, USAGE, Terminal, Verbs
from duedesk.domain.days import in_words
from duedesk.store.queries.dunning.policies import policy_called
from duedesk.store.queries.records.invoice import invoice_key


def add_parser(verbs: Verbs) -> None:
    """Add `dun`."""
    parser = verbs.add_parser(
        "dun",
        description="Propose a dunning run: the letters with their items, and every overdue invoice that is left out "
        "with why. Nothing is written unless --commit or --due says so.",
    )
    add_book(parser)
    add_as_of(parser)
    parser.add_argument("--policy", metavar="P", type=words, nargs="+", help="only what these policies dun (all)")
    parser.add_argument("--left-out", action="store_true", help="list what is left out, each with its reason")
    parser.add_argument("--why", metavar="INVOICE", type=words, help="why this invoice is dunned, or is not")
    add_compare(parser)
    add_issuing(parser)
    add_log(parser)
    add_json(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace, terminal: Terminal) -> int:
    as_of = options.as_of or terminal.world.today()
    if not (options.commit or options.due) and (said := issuing_said(options)):
        terminal.complain(f"{said} is for letters that are issued: say --commit as well.")
        return USAGE
    if options.why is not None:
        return _why(options, terminal, as_of)
    with opened_book(options, terminal) as workspace:
        keys = None if options.policy is None else [workspace.ask(policy_called, one).key for one in options.policy]
        if options.due:
            return issue_due(options, terminal, workspace, keys)
        if options.compare is not None:
            return say_comparison(options, terminal, workspace, as_of)
        found = proposal(workspace, as_of, keys)
        if options.commit:
            return issue_it(options, terminal, workspace, found)
        name = workspace.book.name
    if options.json:
        write_json(terminal, proposal_json(found))
        return DONE
    terminal.say(f"{name}: dunning of {in_words(as_of)}, proposed; nothing is written")
    for line in proposal_lines(found, left_out=options.left_out):
        terminal.say(line)
    return DONE


def _why(options: argparse.Namespace, terminal: Terminal, as_of: date) -> int:
    with opened_book(options, terminal) as workspace:
        answer = why(workspace, workspace.ask(invoice_key, options.why), as_of)
    if options.json:
        said: dict[str, Json] = {"invoice": answer.number, "dunned": answer.is_dunned, "reason": answer.sentence}
        write_json(terminal, {**said, "letter": answer.letter or None})
    else:
        terminal.say(f"{answer.number} is {'' if answer.is_dunned else 'not '}dunned. {answer.sentence}")
    return DONE
