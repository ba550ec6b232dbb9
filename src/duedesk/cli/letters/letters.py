"""`duedesk letters` and `send-guard`: letters that were issued, and what stops a run; it cancels none."""

import argparse

from duedesk.actions.dunning.guarding import send_guard, set_send_guard
from duedesk.actions.workspace import Workspace
from duedesk.cli.book_option import add_book, opened_book
from duedesk.cli.json_text import Json, write_json
from duedesk.cli.letters.letters_text import letter_json, letter_rows
from duedesk.cli.options import add_json, limit, words
from duedesk.cli.terminal import DONE, Terminal, Verbs
from duedesk.store.queries.accounts import find_account
from duedesk.store.queries.dunning.policies import policies, policy_called
from duedesk.store.queries.dunning.runs import run_called
from duedesk.store.queries.letters.issued import freshness, issued_letters
from duedesk.store.queries.records.invoice import invoice_key

_MOST_LISTED = 50


def add_parser(verbs: Verbs) -> None:
    """Add `letters` and `send-guard`; the one that is asked for is run."""
    parser = verbs.add_parser("letters", description="Dunning letters that were issued, the newest first.")
    add_book(parser)
    whose = parser.add_mutually_exclusive_group()
    whose.add_argument("--account", metavar="A", type=words, help="only those to this account")
    whose.add_argument("--run", metavar="R", dest="dunning_run", type=words, help="only those of a run: DR-2026-00001")
    whose.add_argument("--invoice", metavar="I", type=words, help="only those that ask for this invoice")
    parser.add_argument("--status", choices=("Issued", "Cancelled"), help="only those")
    parser.add_argument(
        "--limit", metavar="N", type=limit, default=_MOST_LISTED, help=f"at most so many ({_MOST_LISTED})"
    )
    add_json(parser)
    parser.set_defaults(run=_list)
    guard = verbs.add_parser(
        "send-guard", description="How old the newest payment may be when letters go out, and which policies go alone."
    )
    add_book(guard)
    days = guard.add_mutually_exclusive_group()
    days.add_argument("--days", metavar="N", type=_days, help="stop where the newest payment is older than that")
    days.add_argument("--no-limit", action="store_true", help="never stop for it")
    guard.add_argument("--alone", metavar="P", nargs="*", type=words, help="the policies that `dun --due` may issue")
    add_json(guard)
    guard.set_defaults(run=_guard)


def _days(text: str) -> int:
    return limit(text, 0)


def _list(options: argparse.Namespace, terminal: Terminal) -> int:
    with opened_book(options, terminal) as workspace:
        account = None if options.account is None else workspace.ask(find_account, options.account).key
        invoice = None if options.invoice is None else workspace.ask(invoice_key, options.invoice)
        run = None if options.dunning_run is None else workspace.ask(run_called, options.dunning_run).key
        found = workspace.ask(
            issued_letters,
            account_key=account,
            invoice_key=invoice,
            run_key=run,
            status=options.status,
            limit=options.limit,
        )
    if options.json:
        write_json(terminal, {"letters": [letter_json(one) for one in found]})
        return DONE
    for line in letter_rows(found) if found else ("No letter was issued.",):
        terminal.say(line)
    return DONE


def _guard(options: argparse.Namespace, terminal: Terminal) -> int:
    with opened_book(options, terminal) as workspace:
        alone = None if options.alone is None else [workspace.ask(policy_called, one).key for one in options.alone]
        if options.days is not None or options.no_limit or alone is not None:
            set_send_guard(
                workspace, limit_days=options.days, has_limit=False if options.no_limit else None, by_itself=alone
            )
        return _say_guard(options, terminal, workspace)


def _say_guard(options: argparse.Namespace, terminal: Terminal, workspace: Workspace) -> int:
    today = terminal.world.today()
    guard, fresh = workspace.ask(send_guard), workspace.ask(freshness, today)
    names = {one.key: one.name for one in workspace.ask(policies)}
    alone = [names[key] for key in guard.by_itself if key in names]
    if options.json:
        newest = (fresh.newest_payment, fresh.newest_import)
        paid, imported = (None if day is None else day.isoformat() for day in newest)
        said: dict[str, Json] = {"limit_days": guard.limit_days, "by_itself": list(alone)}
        write_json(terminal, {**said, "newest_payment": paid, "newest_import": imported})
        return DONE
    terminal.say(fresh.said(today))
    limit_ = (
        f"is older than {guard.limit_days} day{'s'[: guard.limit_days != 1]}" if guard.limit_days is not None else ""
    )
    terminal.say(f"Letters stop where the newest payment {limit_}." if limit_ else "Letters do not stop for that.")
    said_ = f"{', '.join(alone)} may be issued by `duedesk dun --due` with nobody looking."
    terminal.say(said_ if alone else "No policy is issued with nobody looking: `duedesk dun --due` only proposes.")
    return DONE
