"""What is done with a payment, asked for and carried out: processed, given back, canceled; a refund is taken back."""

from functools import partial

from duedesk.actions.cash.receiving import cancel_payment, process_payment
from duedesk.actions.cash.refunding import cancel_refund, refund
from duedesk.actions.workspace import Workspace
from duedesk.desk import format as written
from duedesk.desk.pages.source.content import comes_off
from duedesk.desk.records.asking import ask, say_done
from duedesk.desk.records.page import OneRecordPage
from duedesk.desk.verbs.ask import AmountAsked, Answers, Asks, WordsAsked
from duedesk.domain.changes import Changes, Made
from duedesk.store.queries.records.payment import PaymentRecord, Refund
from duedesk.store.queries.records.whole_source import WholeSource

Page = OneRecordPage[WholeSource[PaymentRecord]]


def process_it(page: Page) -> None:
    """Turn the draft that is shown into money received."""
    if page.record is not None:
        page.carry_out(partial(_process, page.record.source.key), title="Processing", then=partial(say_done, page))


def ask_refund(page: Page) -> None:
    """Give unapplied money back."""
    if page.record is None:
        return
    one = page.record.source
    asks = Asks(
        f"Refund of {one.number}".strip(),
        "Refund",
        f"{written.money(one.balance, one.currency)} of it is not applied and can be given back.",
        amount=AmountAsked("Give back", one.currency, one.balance),
        reason=WordsAsked("Reference"),
        words=WordsAsked("Comments", lines=3),
        on=page.as_of,
        on_label="Given back on",
    )
    ask(page, asks, partial(_refund, one.key))


def ask_cancel_payment(page: Page) -> None:
    """Cancel the payment, as a bounced cheque."""
    if page.record is None:
        return
    one = page.record.source
    asks = Asks(
        f"Cancel {one.number}".strip(),
        "Cancel it",
        "As when a cheque bounced: it counts until that day, and is taken off what it was put on.",
        facts=(comes_off(one),),
        on=page.as_of,
        on_label="Canceled on",
    )
    ask(page, asks, partial(_cancel, one.key))


def ask_cancel_refund(page: Page, given: Refund) -> None:
    """Take a refund back."""
    if page.record is None:
        return
    asks = Asks(
        f"Cancel refund {given.number}".strip(),
        "Cancel it",
        f"{written.money(given.amount, page.record.source.currency)} is unapplied money again from that day.",
        on=page.as_of,
        on_label="Canceled on",
    )
    ask(page, asks, partial(_cancel_refund, given.key))


def _process(key: int, workspace: Workspace) -> Changes:
    return process_payment(workspace, key)


def _refund(key: int, said: Answers, workspace: Workspace) -> Made:
    return refund(workspace, key, amount=said.amount, on=said.on, reference=said.reason, comments=said.words)


def _cancel(key: int, said: Answers, workspace: Workspace) -> Changes:
    return cancel_payment(workspace, key, on=said.on)


def _cancel_refund(key: int, said: Answers, workspace: Workspace) -> Changes:
    return cancel_refund(workspace, key, on=said.on)
