"""`duedesk bulk`: says a verb to every invoice that a condition finds, each with its own outcome; goes on with it."""

import argparse

from duedesk.actions.invoices.bulk_runs import BulkOutcome, resume_bulk_run, start_bulk_run, stop_bulk_run
from duedesk.actions.invoices.bulk_verbs import BULK_VERBS, Said, bulk_verb, check_said
from duedesk.actions.workspace import Workspace
from duedesk.cli.book_option import add_book, opened_book
from duedesk.cli.ledger.bulk_text import ask_leave, say_outcome, say_runs
from duedesk.cli.lists.list_asked import list_asked
from duedesk.cli.options import add_as_of, add_json, words
from duedesk.cli.terminal import AT_FAULT, DONE, Terminal, Verbs
from duedesk.domain.days import parse_day
from duedesk.domain.errors import RequestError
from duedesk.store.queries.access import owner_key
from duedesk.store.queries.bulk_runs import bulk_run_of, bulk_runs

_USAGE = """\
duedesk bulk VERB (--where C | --view NAME | --all) [--reason R] [--on D] [--comments T] [--to WHO] [--yes]
       duedesk bulk list | show N | resume N | stop N"""


def add_parser(verbs: Verbs) -> None:
    """Add `bulk`."""
    parser = verbs.add_parser(
        "bulk",
        description="Say a verb to every invoice that a condition finds and it fits: one that is refused keeps none "
        "of the others back. What was stopped or killed is resumed. `duedesk batch-run` posts.",
        usage=_USAGE,
    )
    add_book(parser)
    names = [name.replace(" ", "-") for name in BULK_VERBS]
    parser.add_argument("what", metavar="VERB", choices=(*names, *_RUNS), help=", ".join((*names, *_RUNS)))
    parser.add_argument("number", metavar="N", nargs="?", type=int, help="a run, by its number")
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--where", metavar="C", help="all that a condition finds: \"Owner.Name = 'Bo'\"")
    which.add_argument("--view", metavar="NAME", type=words, help="all that a saved list finds")
    which.add_argument("--all", action="store_true", help="every invoice there is")
    parser.add_argument("--reason", metavar="R", type=words, default="", help="why; void and write-off need it")
    parser.add_argument("--on", metavar="D", type=parse_day, help="from which day: 2026-11-23 (today)")
    parser.add_argument("--comments", metavar="T", type=words, default="", help="what a note or a write-off says")
    receiver = parser.add_mutually_exclusive_group()
    receiver.add_argument("--to", metavar="WHO", type=words, help="the user or group they are given to")
    receiver.add_argument("--to-nobody", action="store_true", help="take the owner away")
    parser.add_argument("--with-credit-memos", action="store_true", help="void the credit memos that came from them")
    parser.add_argument("--keep-credit-memos", action="store_true", help="keep those memos as the customer's credit")
    parser.add_argument("--yes", action="store_true", help="do it; without it you are asked before")
    add_as_of(parser)
    add_json(parser)
    parser.set_defaults(run=_run, search="", order_by=None, known_on=None, dunnable=None)


def _run(options: argparse.Namespace, terminal: Terminal) -> int:
    with opened_book(options, terminal) as workspace:
        if options.what == "list":
            say_runs(terminal, workspace.ask(bulk_runs, workspace.world.user), as_json=options.json)
            return DONE
        if options.what not in _RUNS:
            outcome = _start(options, terminal, workspace)
        elif options.number is None:
            raise RequestError("Say which run.", "`duedesk bulk list` shows them.")
        else:
            outcome = _go_on(options, terminal, workspace)
        terminal.clear_progress()
        say_outcome(terminal, workspace, outcome, as_json=options.json)
    return AT_FAULT if outcome.run.refused and options.what not in {"show", "stop"} else DONE


def _start(options: argparse.Namespace, terminal: Terminal, workspace: Workspace) -> BulkOutcome:
    verb = options.what.replace("-", " ")
    if not (options.where or options.view or options.all):
        raise RequestError("Say which invoices.", "Give a condition with --where, a --view, or --all.")
    if verb == "assign" and not (options.to or options.to_nobody):
        raise RequestError("Say to whom.", "--to WHO, or --to-nobody.")
    asked, _ = list_asked(options, options.as_of or terminal.world.today(), workspace)
    memos = True if options.with_credit_memos else False if options.keep_credit_memos else None
    owner = workspace.ask(owner_key, options.to) if options.to else None
    said = Said(options.on, options.reason, options.comments, owner, memos)
    check_said(terminal.world, bulk_verb(verb), said)
    if not options.yes:
        ask_leave(terminal, workspace, verb, asked, said, as_json=options.json)
    return start_bulk_run(workspace, verb, asked, said, progress=lambda *how: _tell(terminal, *how))


def _go_on(options: argparse.Namespace, terminal: Terminal, workspace: Workspace) -> BulkOutcome:
    if options.what == "resume":
        return resume_bulk_run(workspace, options.number, progress=lambda *how: _tell(terminal, *how))
    if options.what == "stop":
        stop_bulk_run(workspace, options.number)
    return BulkOutcome(workspace.ask(bulk_run_of, options.number, workspace.world.user))


def _tell(terminal: Terminal, done: int, total: int) -> None:
    terminal.progress(f"{done:,} of {total:,} invoices")


_RUNS = ("list", "show", "resume", "stop")
