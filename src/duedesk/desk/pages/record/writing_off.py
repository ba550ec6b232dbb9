"""What is open is written off; what waits for approval is approved or rejected by another person than asked."""

from functools import partial

from duedesk.actions.cash.writing_off import WriteOff, approve, reject, write_off
from duedesk.actions.workspace import Workspace
from duedesk.desk import format as written
from duedesk.desk.pages.record.shown import InvoicePage
from duedesk.desk.records.asking import ask
from duedesk.desk.verbs.ask import AmountAsked, Answers, Asks, WordsAsked
from duedesk.domain.changes import Changes
from duedesk.domain.write_off import REASONS
from duedesk.store.queries.records.credit_memo import Approval


def ask_write_off(page: InvoicePage) -> None:
    """Give up what is open on the invoice that is shown, or a part of it."""
    if page.record is None:
        return
    one = page.record.invoice
    reason = WordsAsked(
        "Reason",
        required=True,
        choices=REASONS,
        missing="A write-off needs a reason.",
        hint="Choose one, or write it.",
    )
    asks = Asks(
        f"Write off {one.number}",
        "Write off",
        "A credit memo takes the amount off. Above the limit of the book somebody else approves it first.",
        amount=AmountAsked("Write off", one.currency, one.balance),
        reason=reason,
        words=WordsAsked("Comments", lines=3),
        on=page.as_of,
        on_label="Written off on",
    )

    def then(done: WriteOff) -> None:
        amount = written.money(done.amount, one.currency)
        if done.request_key is None:
            page.say_done(f"{amount} of {one.number} written off.")
        else:
            page.say_done(f"{amount} waits for approval.", "Somebody else has to agree to a write-off so large.")

    ask(page, asks, partial(_write_off, one.key), then=then)


def ask_approve(page: InvoicePage) -> None:
    """Approve the write-off that waits."""
    if page.record is None or page.record.waiting is None:
        return
    waiting = page.record.waiting
    asks = Asks(
        "Approve the write-off",
        "Approve",
        _asked_for(waiting),
        facts=tuple(
            (name, text) for name, text in (("Reason", waiting.reason), ("Comments", waiting.comments)) if text
        ),
        on=page.as_of,
        on_label="Written off on",
    )
    ask(page, asks, partial(_approve, waiting.key))


def ask_reject(page: InvoicePage) -> None:
    """Turn the write-off down that waits."""
    if page.record is None or page.record.waiting is None:
        return
    waiting = page.record.waiting
    asks = Asks("Reject the write-off", "Reject", _asked_for(waiting), words=WordsAsked("Why", lines=3))
    ask(page, asks, partial(_reject, waiting.key))


def _asked_for(waiting: Approval) -> str:
    return f"{waiting.requested_by} asks to write off {written.money(waiting.amount, waiting.currency)}."


def _approve(key: int, said: Answers, workspace: Workspace) -> Changes:
    return approve(workspace, key, on=said.on)


def _reject(key: int, said: Answers, workspace: Workspace) -> Changes:
    return reject(workspace, key, comments=said.words)


def _write_off(key: int, said: Answers, workspace: Workspace) -> WriteOff:
    return write_off(workspace, key, amount=said.amount, reason_code=said.reason, comments=said.words, on=said.on)
