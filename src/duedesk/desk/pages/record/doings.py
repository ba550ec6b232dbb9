"""Which way of doing belongs to which verb of the record page; what each asks for stands in its own file."""

from collections.abc import Callable
from functools import partial

from duedesk.desk.pages.record.crediting import ask_credit
from duedesk.desk.pages.record.disputing import ask_dispute, ask_resolve
from duedesk.desk.pages.record.holding import ask_hold, ask_own_policy, ask_promise, ask_release, tell_why
from duedesk.desk.pages.record.posting import ask_cancel, ask_delete, ask_post, reopen_it
from duedesk.desk.pages.record.shown import InvoicePage
from duedesk.desk.pages.record.verbs import Doing
from duedesk.desk.pages.record.voiding import ask_void
from duedesk.desk.pages.record.writing_off import ask_approve, ask_reject, ask_write_off
from duedesk.desk.records.apply_verb import open_apply
from duedesk.desk.records.receive_verb import Payer, ask_receive
from duedesk.desk.records.unapply_verb import Applied, ask_unapply
from duedesk.store.queries.records.movements import Movement

Run = Callable[[], None]


def doings_of(page: InvoicePage, in_hand: Callable[[], Movement | None]) -> dict[Doing, Run]:
    """Give what is done on the page of an invoice; `in_hand` is the payment or credit whose row is chosen."""

    def unapply() -> None:
        held, one = in_hand(), page.record
        if held is not None and held.key is not None and one is not None:
            named = f"{held.what.lower()} {held.number}".strip()
            ask_unapply(page, Applied(held.key, named, held.rest, one.invoice.currency, held.on))

    return {
        Doing.POST: partial(ask_post, page),
        Doing.REOPEN: partial(reopen_it, page),
        Doing.VOID: partial(ask_void, page),
        Doing.CANCEL: partial(ask_cancel, page),
        Doing.DELETE: partial(ask_delete, page),
        Doing.APPLY: partial(_apply, page),
        Doing.PAY: partial(_receive, page),
        Doing.UNAPPLY: unapply,
        Doing.CREDIT: partial(ask_credit, page),
        Doing.WRITE_OFF: partial(ask_write_off, page),
        Doing.DISPUTE: partial(ask_dispute, page),
        Doing.RESOLVE: partial(ask_resolve, page),
        Doing.HOLD: partial(ask_hold, page),
        Doing.RELEASE: partial(ask_release, page),
        Doing.POLICY: partial(ask_own_policy, page),
        Doing.PROMISE: partial(ask_promise, page),
        Doing.WHY: partial(tell_why, page),
        Doing.APPROVE: partial(ask_approve, page),
        Doing.REJECT: partial(ask_reject, page),
    }


def _apply(page: InvoicePage) -> None:
    if page.record is not None:
        one = page.record.invoice
        open_apply(page, (one.account_key, one.account), one.currency, invoice=one.key)


def _receive(page: InvoicePage) -> None:
    if page.record is not None:
        one = page.record.invoice
        payer = Payer(one.account_key, one.account, one.currency, one.key, one.number, one.balance or None)
        ask_receive(page, payer)
