"""A posted invoice is voided: the reader says why and since when, and sees first what comes off it."""

from functools import partial

from duedesk.actions.invoices.releasing import credits_of
from duedesk.actions.invoices.voiding import void
from duedesk.actions.workspace import Workspace
from duedesk.desk import format as written
from duedesk.desk.pages.record.shown import InvoicePage
from duedesk.desk.records.asking import ask
from duedesk.desk.verbs.ask import Answers, Asks, WordsAsked
from duedesk.domain.changes import Changes
from duedesk.domain.voiding import Credit
from duedesk.store.queries.records.invoice import InvoiceRecord

_MOST = 8
"""Payments and credits that are named one by one."""


def ask_void(page: InvoicePage) -> None:
    """Look what came from the invoice that is shown, and ask."""
    if page.record is None:
        return
    one, workspace = page.record.invoice, page.desk.workspace
    page.desk.tasks.read(
        page,
        lambda: workspace.ask(credits_of, [one.key]).get(one.key, []),
        lambda credits_: _ask(page, one, credits_),
        failed=page.refuse,
        slot="panel",
    )


def _ask(page: InvoicePage, one: InvoiceRecord, credits_: list[Credit]) -> None:
    theirs = [credit for credit in credits_ if not credit.only_closed_it]
    asks = Asks(
        f"Void {one.number}",
        "Void",
        "It counts until the day it is voided, and keeps its number. What lies on it is free again from then on.",
        facts=(("Will be unapplied", _comes_off(one)),),
        reason=WordsAsked(
            "Reason",
            required=True,
            missing="Voiding needs a reason.",
            hint="Say why: it stands on the invoice and in its history.",
        ),
        on=page.as_of,
        on_label="Voided on",
        check=f"Void {' and '.join(_short(credit) for credit in theirs)} too" if theirs else "",
    )
    ask(page, asks, partial(_void, one.key, bool(theirs)))


def _comes_off(one: InvoiceRecord) -> str:
    parts = [
        f"{movement.what} {movement.number}".strip() + f": {written.money(movement.rest, one.currency)}"
        for movement in one.movements
        if movement.rest
    ]
    more = [f"and {len(parts) - _MOST} more"] if len(parts) > _MOST else []
    return "\n".join([*parts[:_MOST], *more]) or "Nothing: no payment and no credit lies on it."


def _short(credit: Credit) -> str:
    return credit.named.removeprefix("Credit memo ").partition(" of ")[0]


def _void(key: int, asks_about_memos: bool, said: Answers, workspace: Workspace) -> Changes:  # noqa: FBT001 - bound at once
    return void(
        workspace,
        [key],
        reason=said.reason,
        on=said.on,
        with_credit_memos=said.is_checked if asks_about_memos else None,
    )
