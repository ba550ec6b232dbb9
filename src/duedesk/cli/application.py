"""The terminal from arguments to exit code: finds the verb, runs it, says in words what went wrong; no verb is here.

A verb's file is loaded when the verb is called, so that `duedesk --help` and `duedesk aging` start at once.
"""

import argparse
import os
import traceback
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout, suppress
from difflib import get_close_matches
from importlib import import_module
from typing import Any, TextIO

from duedesk import __version__
from duedesk.cli.logged import logged
from duedesk.cli.terminal import AT_FAULT, DONE, USAGE, MakeTour, Terminal, Verbs, cannot_write
from duedesk.domain.errors import Cancelled, DuedeskError
from duedesk.domain.world import World

VERBS = {
    "demo": ("duedesk.cli.book.demo", "make a realistic sample book"),
    "import": ("duedesk.cli.book.importing", "take invoices and payments in from CSV and XLSX files"),
    "aging": ("duedesk.cli.figures.aging", "who owes what, and how late it is"),
    "changes": ("duedesk.cli.figures.changes", "what moved the figures since, by whom, and what was dated back"),
    "roll-forward": ("duedesk.cli.figures.roll_forward", "how the balance of one day became that of another"),
    "metrics": ("duedesk.cli.figures.metrics", "DSO, CEI and the like at the ends of months"),
    "habits": ("duedesk.cli.figures.metrics", "days to pay of each account against its terms"),
    "forecast": ("duedesk.cli.figures.forecast", "the cash that open invoices bring in by week"),
    "explain": ("duedesk.cli.figures.explain", "how a figure is made up: the events, with a sum that ends in it"),
    "invoices": ("duedesk.cli.lists.invoices", "list invoices"),
    "show": ("duedesk.cli.lists.show", "one invoice, payment or credit memo, whole"),
    "draft": ("duedesk.cli.ledger.drafting", "make, edit, submit and delete draft invoices"),
    "post": ("duedesk.cli.ledger.posting", "post drafts: number, dates, due date"),
    "void": ("duedesk.cli.ledger.voiding", "void posted invoices with a reason"),
    "cancel": ("duedesk.cli.ledger.cancelling", "give up invoices that are not posted"),
    "reopen": ("duedesk.cli.ledger.cancelling", "make drafts of what was canceled or met an error"),
    "batch-run": ("duedesk.cli.ledger.batch_runs", "post every draft a condition finds, each by itself"),
    "bulk": ("duedesk.cli.ledger.bulk", "void, cancel, write off, assign ... all that a condition finds"),
    "series": ("duedesk.cli.ledger.series", "how documents are numbered"),
    "term": ("duedesk.cli.ledger.terms", "payment terms: when invoices are due"),
    "history": ("duedesk.cli.lists.history", "what happened to a record, by whom, and what it changed"),
    "note": ("duedesk.cli.ledger.note", "write a note on an invoice"),
    "attach": ("duedesk.cli.ledger.attach", "keep a file with an invoice"),
    "files": ("duedesk.cli.ledger.files", "the files kept with an invoice"),
    "recent": ("duedesk.cli.lists.recent", "the records you looked at last"),
    "undo": ("duedesk.cli.ledger.undo", "undo the last thing you did, by its opposite"),
    "pay": ("duedesk.cli.cash.pay", "record money received, and put it on invoices"),
    "apply": ("duedesk.cli.cash.apply", "put a payment or a credit memo on invoices"),
    "unapply": ("duedesk.cli.cash.unapply", "take a payment or a credit memo off invoices again"),
    "refund": ("duedesk.cli.cash.refund", "give unapplied money back"),
    "credit": ("duedesk.cli.cash.credit", "make a credit memo, post it, put it on invoices, void it"),
    "discount": ("duedesk.cli.cash.discount", "grant the discount for paying early"),
    "write-off": ("duedesk.cli.cash.write_off", "give up what is open of an invoice"),
    "approve": ("duedesk.cli.cash.approve", "approve write-offs that somebody else asked for"),
    "reject": ("duedesk.cli.cash.approve", "turn down write-offs that wait for approval"),
    "dispute": ("duedesk.cli.cash.disputes", "say what a customer contests; list what is contested"),
    "resolve": ("duedesk.cli.cash.disputes", "end a dispute"),
    "interest": ("duedesk.cli.figures.interest", "late interest of invoices up to a day, period by period"),
    "late-interest": ("duedesk.cli.dunning.late_interest", "which rule of late interest applies to which country"),
    "reference-rates": ("duedesk.cli.dunning.reference_rates", "rates late interest stands on: list them, import them"),
    "dun": ("duedesk.cli.dunning.dun", "what a dunning run would do, and why an invoice is not dunned"),
    "policy": ("duedesk.cli.dunning.policy", "dunning policies: levels, fees, who has which"),
    "level": ("duedesk.cli.dunning.level", "set the dunning level of invoices by hand"),
    "hold": ("duedesk.cli.dunning.hold", "keep letters back until a day; list what is on hold"),
    "release": ("duedesk.cli.dunning.hold", "end a hold before its last day"),
    "promise": ("duedesk.cli.dunning.promise", "what a customer promises to pay, and by when"),
    "withdraw": ("duedesk.cli.dunning.promise", "say that a promise holds no more"),
    "letters": ("duedesk.cli.letters.letters", "dunning letters that were issued"),
    "cancel-letter": ("duedesk.cli.letters.cancel_letter", "take issued letters back, with their fees and levels"),
    "send-guard": ("duedesk.cli.letters.letters", "how old the book may be when letters go out"),
    "letter": ("duedesk.cli.letters.letter", "write a payment reminder to an account as PDF"),
    "dunning-runs": ("duedesk.cli.dunning.dunning_runs", "the runs that issued letters, and what dropped out of each"),
    "letter-print": (
        "duedesk.cli.letters.letter_print",
        "issued letters as PDF: one to the byte, or many for the printer",
    ),
    "letter-style": ("duedesk.cli.letters.letter_style", "how letters look, and where they ask to be paid"),
    "letter-text": ("duedesk.cli.letters.letter_text", "what dunning letters say: list, show, save a version"),
    "deliver": ("duedesk.cli.letters.deliver", "mail the letters that wait, each once, or write drafts"),
    "deliveries": ("duedesk.cli.letters.deliveries", "how letters left; say of those in doubt what became of them"),
    "bounces": ("duedesk.cli.letters.bounces", "read what came back, and mark the addresses"),
    "mail-settings": ("duedesk.cli.letters.mail_settings", "the mail server that letters leave by"),
    "rates": ("duedesk.cli.cash.rates", "rates of exchange by day: list them, import them from CSV"),
    "report": ("duedesk.cli.reports.report", "write a workbook that calculates"),
    "statement": ("duedesk.cli.reports.statement", "what an account owes, or what moved its balance; for the customer"),
    "timer": ("duedesk.cli.reports.timer", "what runs letters and reports every day: shown, never installed"),
    "take-back": ("duedesk.cli.reports.take_back", "take over what was typed into a workbook"),
    "tour": ("duedesk.cli.reports.tour", "a picture of every page, every report, a letter of each level; no screen"),
    "check": ("duedesk.cli.book.check", "prove the book: every stored figure from its events"),
    "backup": ("duedesk.cli.book.backup", "copy the book, proved readable"),
    "settings": ("duedesk.cli.book.settings", "what letters say of the sender"),
    "user": ("duedesk.cli.people.user", "who is in the book, and what they are there for"),
    "group": ("duedesk.cli.people.group", "groups of users: queues, where they own invoices"),
    "assign": ("duedesk.cli.ledger.assign", "give invoices to a user or a group"),
    "share": ("duedesk.cli.people.share", "who has access to an invoice; share it"),
    "unshare": ("duedesk.cli.people.share", "take back what was shared by hand"),
    "sharing": ("duedesk.cli.people.sharing", "what clerks may do with what others own, and sharing rules"),
    "whoami": ("duedesk.cli.people.whoami", "who the book takes you for, and what you may do"),
    "describe": ("duedesk.cli.lists.describe", "the objects, and the fields of each"),
    "query": ("duedesk.cli.lists.query", "ask anything: SELECT ... FROM ... WHERE ..."),
    "search": ("duedesk.cli.lists.searching", "records by a part of their number, name or reference"),
    "get": ("duedesk.cli.lists.getting", "one record of any object, by Id, number or name"),
    "update": ("duedesk.cli.lists.updating", "set fields of a draft, an account, a contact or a payment term"),
    "updated": ("duedesk.cli.lists.changed", "which records were made or changed since"),
    "deleted": ("duedesk.cli.lists.changed", "which records were deleted since"),
    "view": ("duedesk.cli.lists.views", "queries and lists kept under a name: save, list, run, share, delete"),
}
"""Every verb: its file, and what it is for in a line."""

_COLUMN = " " * (max(map(len, VERBS)) + 2)
"""So wide that each verb stands on one line with what it is for."""

_ABOUT_DUEDESK = ("-h", "--help", "--version")

_EPILOG = """\
Without a verb the desk opens. Options stand after the verb; --book defaults to the book last opened.
Exit codes: 0 done, 1 the data or the request is at fault, 2 usage."""


class Parser(argparse.ArgumentParser):
    """A parser that takes no shortened options: a script must not change its meaning when an option is added."""

    def __init__(self, **said: Any) -> None:
        super().__init__(**{"allow_abbrev": False, **said})


def run(arguments: Sequence[str], world: World, out: TextIO, err: TextIO, *, make_tour: MakeTour | None = None) -> int:
    """Do what the arguments ask and give the exit code: 0 done, 1 data or request at fault, 2 usage."""
    terminal = Terminal(world, out, err, make_tour)
    try:
        code = _answer(arguments, terminal)
        _flush(out)
    except BrokenPipeError:  # whoever read the answer has seen enough
        _silence(out)
        return DONE
    except KeyboardInterrupt:
        return _fail(terminal, str(Cancelled()))
    except DuedeskError as error:
        return _fail(terminal, str(error))
    except Exception as error:
        if os.environ.get("DUEDESK_DEBUG"):
            raise
        return _fail(terminal, report_fault(error, world, arguments))
    return code


def report_fault(error: Exception, world: World, arguments: Sequence[str]) -> str:
    """Keep the report of a fault of the program where the user can find it, and give the sentence that says so."""
    from duedesk.actions.fault_report import save_fault_report  # noqa: PLC0415 - seldom needed

    where = save_fault_report(error, world, arguments)
    kept = f"the report is in {where}" if where else "its report could not be saved"
    said = traceback.format_exception_only(error)[-1].strip().splitlines()[0]
    return f"Duedesk met a fault of its own and stopped; {kept}. ({said})"


def _answer(arguments: Sequence[str], terminal: Terminal) -> int:
    wanted = next(iter(arguments), "")
    if wanted not in VERBS and wanted not in _ABOUT_DUEDESK:
        terminal.complain(f"{_what_is_no_verb(arguments)} `duedesk --help` lists the verbs.")
        return USAGE
    try:
        with redirect_stdout(terminal.out), redirect_stderr(terminal.err):
            if wanted in VERBS:
                options = _verb_parser(wanted).parse_intermixed_args(list(arguments[1:]))
            else:
                options = _overview_parser().parse_args(arguments)
    except SystemExit as end:  # argparse has said what is to say
        return end.code if isinstance(end.code, int) else DONE
    if getattr(options, "log", None) is None:
        code: int = options.run(options, terminal)
        return code
    with logged(terminal, options.log, arguments) as heard:
        return heard.ended(options.run(options, heard.terminal))


def _what_is_no_verb(arguments: Sequence[str]) -> str:
    wanted = next(iter(arguments), "")
    if not wanted.startswith("-"):
        near = " or ".join(get_close_matches(wanted, VERBS, 2))
        return f"There is no verb “{wanted}”." + (f" Did you mean {near}?" if near else "")
    verb = next((one for one in arguments if one in VERBS), "")
    return f"Options stand after the verb: `duedesk {verb} {wanted} ...`." if verb else f"“{wanted}” needs a verb."


def _overview_parser() -> argparse.ArgumentParser:
    """Make the parser that knows which verbs there are, and nothing of any."""
    parser, verbs = _parser()
    for name, (_, summary) in VERBS.items():
        verbs.add_parser(name, help=summary)
    return parser


def _verb_parser(name: str) -> argparse.ArgumentParser:
    """Make the parser of a verb; its file is loaded now."""
    _, verbs = _parser()
    import_module(VERBS[name][0]).add_parser(verbs)
    return verbs.choices[name]


def _parser() -> tuple[argparse.ArgumentParser, Verbs]:
    parser: argparse.ArgumentParser = Parser(
        prog="duedesk",
        usage="duedesk [VERB] [OPTION ...]",
        description="The desktop workstation of a collections clerk.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"duedesk {__version__}")
    return parser, parser.add_subparsers(prog="duedesk", metavar=_COLUMN, title="verbs", required=True)


def _fail(terminal: Terminal, sentence: str) -> int:
    try:
        _flush(terminal.out)  # what was said before stands before
    except (OSError, DuedeskError):
        _silence(terminal.out)
    with suppress(OSError):
        terminal.complain(sentence)
        terminal.err.flush()
    return AT_FAULT


def _flush(out: TextIO) -> None:
    try:
        out.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise cannot_write(error) from error


def _silence(out: TextIO) -> None:
    """Lead a stream that takes no more to nowhere, or Python complains of it once more at the end."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, out.fileno())
        os.close(nowhere)
