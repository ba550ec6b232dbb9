"""`duedesk credit`: makes, posts, voids or cancels a credit memo, and puts it on invoices."""

import argparse
from decimal import Decimal

from duedesk.actions.cash.crediting import MemoDraft, cancel_memo, create_memo, post_memo, void_memo
from duedesk.actions.workspace import Workspace
from duedesk.cli.book_option import add_book, opened_book
from duedesk.cli.cash.cash_options import add_on, currency, for_invoices, named_amount, tell
from duedesk.cli.cash.source_option import Source, source_json
from duedesk.cli.options import add_json, words
from duedesk.cli.terminal import Terminal, Verbs
from duedesk.domain.changes import Made
from duedesk.domain.credit_memo import MemoLine
from duedesk.domain.errors import RequestError
from duedesk.store.queries.accounts import find_account
from duedesk.store.queries.records.credit_memo import memo_key


def add_parser(verbs: Verbs) -> None:
    """Add `credit`."""
    parser = verbs.add_parser(
        "credit",
        description="Credit an account, with or without an invoice that it refers to; it is posted unless it stays a "
        "draft. With --post, --void or --cancel, what becomes of a credit memo that is there already.",
    )
    add_book(parser)
    parser.add_argument("--invoice", metavar="INVOICE", type=words, help="the invoice that is credited")
    parser.add_argument("--account", metavar="ACCOUNT", type=words, help="whom it is for, where it stands alone")
    parser.add_argument("--currency", metavar="C", type=currency, help="its currency, if it stands alone")
    for option, what in (
        ("--line", "what is credited"),
        ("--adjustment", "what is adjusted of the first line"),
        ("--tax", "the tax on the first line"),
    ):
        parser.add_argument(
            option,
            metavar="NAME=AMOUNT",
            type=named_amount,
            action="append",
            default=[],
            help=f"{what}; may be repeated",
        )
    parser.add_argument("--reason", metavar="R", type=words, default="", help="why")
    parser.add_argument("--description", metavar="T", type=words, default="", help="more about it")
    add_on(parser)
    parser.add_argument("--draft", action="store_true", help="leave it a draft")
    parser.add_argument(
        "--apply",
        metavar="INVOICE[=AMOUNT]",
        type=named_amount,
        nargs="*",
        action="extend",
        help="put it on invoices; on the one it refers to where none is named",
    )
    there = parser.add_mutually_exclusive_group()
    there.add_argument("--post", metavar="MEMO", type=words, help="post a draft, called by #KEY")
    there.add_argument("--void", metavar="MEMO", type=words, help="void what is posted; it needs a --reason")
    there.add_argument("--cancel", metavar="MEMO", type=words, help="cancel a draft")
    add_json(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace, terminal: Terminal) -> int:
    with opened_book(options, terminal) as workspace:
        called = options.post or options.void or options.cancel
        done = _create(options, workspace) if called is None else _change(options, workspace, called)
        return tell(
            options, terminal, done.changes, **source_json(workspace, Source("CreditMemo", done.key), options.on)
        )


def _change(options: argparse.Namespace, workspace: Workspace, called: str) -> Made:
    key = workspace.ask(memo_key, called)
    if options.post:
        return Made(key, post_memo(workspace, key, on=options.on, apply_to_source=options.apply is not None))
    if options.void:
        return Made(key, void_memo(workspace, key, reason=options.reason, on=options.on))
    return Made(key, cancel_memo(workspace, key))


def _create(options: argparse.Namespace, workspace: Workspace) -> Made:
    if options.invoice is None and options.account is None:
        raise RequestError("Say whom to credit.", "Name the invoice by --invoice, or the account by --account.")
    named = [] if options.invoice is None else [(options.invoice, None)]
    source = next((one.invoice_key for one in for_invoices(workspace, named)), None)
    put_on = [] if options.apply is None else options.apply or named
    if options.apply is not None and not put_on:
        raise RequestError("The credit memo refers to no invoice.", "Name the invoices behind --apply.")
    account = None if options.account is None else workspace.ask(find_account, options.account).key
    draft = MemoDraft(
        lines=_lines(options),
        account_key=account,
        currency=options.currency or "",
        source_invoice_key=source,
        effective_date=options.on,
        reason=options.reason,
        description=options.description,
        post=not options.draft,
        invoices=for_invoices(workspace, put_on),
    )
    return create_memo(workspace, draft)


def _lines(options: argparse.Namespace) -> tuple[MemoLine, ...]:
    kinds = (("Charge", options.line), ("Adjustment", options.adjustment), ("Tax", options.tax))
    return tuple(_line(kind, name, figure) for kind, named in kinds for name, figure in named)


def _line(kind: str, name: str, figure: Decimal | None) -> MemoLine:
    if figure is None:
        raise RequestError(f"“{name}” has no amount.", "Write a line as NAME=AMOUNT: --line 'Returned goods=20.00'.")
    return MemoLine(figure, name=name, type=kind)
