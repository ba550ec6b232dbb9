"""`duedesk pay`: records money received, as a draft or at once, and puts it on invoices; or cancels a payment."""

import argparse
from dataclasses import dataclass

from duedesk.actions.cash.receiving import PaymentDraft, cancel_payment, process_payment, receive_payment
from duedesk.actions.workspace import Workspace
from duedesk.cli.book_option import add_book, opened_book
from duedesk.cli.cash.cash_json import payment_json
from duedesk.cli.cash.cash_options import (
    add_comments,
    add_on,
    amount,
    currency,
    for_invoices,
    named_amount,
    standing_day,
    tell,
)
from duedesk.cli.options import add_json, words
from duedesk.cli.terminal import Terminal, Verbs
from duedesk.domain.changes import Changes
from duedesk.domain.errors import Question, RequestError
from duedesk.store.queries.accounts import find_account
from duedesk.store.queries.records.payment import currencies_of, payment_key, payment_record


def add_parser(verbs: Verbs) -> None:
    """Add `pay`."""
    parser = verbs.add_parser(
        "pay",
        description="Record money that came in, and put it on invoices: what is for none stays unapplied. "
        "With --process or --cancel, what becomes of a payment that is there already.",
    )
    add_book(parser)
    parser.add_argument("account", metavar="ACCOUNT", type=words, nargs="?", help="who paid: a number or a name")
    parser.add_argument("amount", metavar="AMOUNT", type=amount, nargs="?", help="how much: 1234.50")
    parser.add_argument("--currency", metavar="C", type=currency, help="its currency (that of the invoices)")
    add_on(parser, "the day it came in")
    parser.add_argument("--reference", metavar="R", type=words, default="", help="what the bank calls it")
    add_comments(parser)
    parser.add_argument(
        "--apply",
        metavar="INVOICE[=AMOUNT]",
        type=named_amount,
        nargs="+",
        action="extend",
        default=[],
        help="put it on invoices, in this order; as much as fits unless an amount is given",
    )
    parser.add_argument("--discount", action="store_true", help="grant the discount for paying early where earned")
    parser.add_argument("--draft", action="store_true", help="only note it; it does not count until it is processed")
    there = parser.add_mutually_exclusive_group()
    there.add_argument("--process", metavar="PAYMENT", type=words, help="make a draft count")
    there.add_argument("--cancel", metavar="PAYMENT", type=words, help="cancel a payment: a cheque that bounced")
    add_json(parser)
    parser.set_defaults(run=_run)


@dataclass(frozen=True, slots=True)
class _Done:
    key: int
    changes: Changes


def _run(options: argparse.Namespace, terminal: Terminal) -> int:
    with opened_book(options, terminal) as workspace:
        done = _change(options, workspace) if options.process or options.cancel else _receive(options, workspace)
        record = workspace.ask(payment_record, done.key, as_of=standing_day(options, terminal))
        return tell(options, terminal, done.changes, payment=payment_json(record))


def _change(options: argparse.Namespace, workspace: Workspace) -> _Done:
    if options.account is not None or options.apply:
        raise RequestError("A payment that is there already is named by --process or --cancel alone.")
    key = workspace.ask(payment_key, options.process or options.cancel)
    if options.process:
        return _Done(key, process_payment(workspace, key))
    return _Done(key, cancel_payment(workspace, key, on=options.on))


def _receive(options: argparse.Namespace, workspace: Workspace) -> _Done:
    if options.account is None or options.amount is None:
        raise RequestError("Say who paid and how much.", "`duedesk pay ACCOUNT AMOUNT`.")
    account = workspace.ask(find_account, options.account)
    draft = PaymentDraft(
        account_key=account.key,
        amount=options.amount,
        currency=options.currency or _only_currency(workspace, account.key, account.name),
        effective_date=options.on,
        status="Draft" if options.draft else "Processed",
        reference=options.reference,
        comments=options.comments,
        invoices=for_invoices(workspace, options.apply),
        take_discount=options.discount,
    )
    made = receive_payment(workspace, draft)
    return _Done(made.key, made.changes)


def _only_currency(workspace: Workspace, account_key: int, name: str) -> str:
    found = workspace.ask(currencies_of, account_key)
    if len(found) == 1:
        return found[0]
    reason = f"is billed in {' and '.join(found)}" if found else "has no invoice yet"
    raise Question(f"{name} {reason}: in which currency is the payment?", "Name it by --currency.")
