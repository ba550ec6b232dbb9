"""`duedesk batch-run`: posts every draft a condition finds, each by itself; resumes, stops, lists and shows runs."""

import argparse

from duedesk.actions.invoices.batch_runs import resume_batch_run, start_batch_run, stop_batch_run
from duedesk.actions.workspace import Workspace
from duedesk.cli.book_option import add_book, opened_book
from duedesk.cli.ledger.batch_run_text import say_run, say_runs
from duedesk.cli.options import add_json, words
from duedesk.cli.terminal import AT_FAULT, DONE, Terminal, Verbs
from duedesk.domain.days import parse_day
from duedesk.domain.errors import RequestError
from duedesk.domain.filters import Filter
from duedesk.domain.objects import CATALOG
from duedesk.language.conditions import parse_condition, parse_order
from duedesk.store.queries.batch_runs import BatchRun, batch_items, batch_run, batch_runs, find_batch_run

_ACTIONS = ("start", "resume", "stop", "list", "show")


def add_parser(verbs: Verbs) -> None:
    """Add `batch-run`."""
    parser = verbs.add_parser(
        "batch-run",
        description="Post every draft that a condition finds, each with its own outcome: one that fails goes to Error "
        "and the rest go on. A run that was killed is resumed and posts nothing twice.",
    )
    add_book(parser)
    parser.add_argument("action", choices=_ACTIONS, nargs="?", default="list", help="what to do (list)")
    parser.add_argument("number", metavar="RUN", nargs="?", type=words, help="the run: BR-00001")
    parser.add_argument("--where", metavar="C", help="which drafts: \"BillingAccount.Name = 'Acme Ltd'\" (all)")
    parser.add_argument("--order-by", metavar="F", help='the order they are numbered in: "InvoiceDate"')
    parser.add_argument("--on", metavar="D", type=parse_day, help="the day of posting: 2026-11-23 (today)")
    parser.add_argument("--comments", metavar="T", type=words, default="", help="what the run is for")
    parser.add_argument(
        "--convert-negative-lines", action="store_true", help="turn negative lines into posted credit memos"
    )
    add_json(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace, terminal: Terminal) -> int:
    with opened_book(options, terminal) as workspace:
        if options.action == "list":
            say_runs(terminal, workspace.ask(batch_runs), as_json=options.json)
            return DONE
        run = _do(options, terminal, workspace)
        items = workspace.ask(batch_items, run.key)
    say_run(terminal, run, items, as_json=options.json, every=options.action == "show")
    return AT_FAULT if run.failed and options.action in {"start", "resume"} else DONE


def _do(options: argparse.Namespace, terminal: Terminal, workspace: Workspace) -> BatchRun:
    def progress(done: int, total: int) -> None:
        terminal.progress(f"{done:,} of {total:,} invoices")

    if options.action == "start":
        if options.number is not None:
            raise RequestError("A new run has no number yet.", "Say which drafts with --where.")
        asked = Filter(
            terminal.world.today(),
            where=parse_condition(options.where, CATALOG, "Invoice") if options.where else None,
            order_by=parse_order(options.order_by, CATALOG, "Invoice") if options.order_by else (),
        )
        outcome = start_batch_run(
            workspace,
            asked,
            on=options.on,
            comments=options.comments,
            convert_negative_lines=options.convert_negative_lines,
            progress=progress,
        )
        terminal.clear_progress()
        return outcome.run
    if options.number is None:
        raise RequestError("Say which run.", "`duedesk batch-run list` shows them.")
    key = workspace.ask(find_batch_run, options.number)
    if options.action == "resume":
        resumed = resume_batch_run(workspace, key, progress=progress)
        terminal.clear_progress()
        return resumed.run
    if options.action == "stop":
        stop_batch_run(workspace, key)
    return workspace.ask(batch_run, key)
