"""What is done with a credit memo, asked for and carried out: posted, voided, canceled."""

from functools import partial

from duedesk.actions.cash.crediting import cancel_memo, post_memo, void_memo
from duedesk.actions.workspace import Workspace
from duedesk.desk import format as written
from duedesk.desk.pages.source.content import comes_off
from duedesk.desk.records.asking import ask
from duedesk.desk.records.page import OneRecordPage
from duedesk.desk.verbs.ask import Answers, Asks, WordsAsked
from duedesk.domain.changes import Changes
from duedesk.store.queries.records.credit_memo import MemoRecord
from duedesk.store.queries.records.whole_source import WholeSource

Page = OneRecordPage[WholeSource[MemoRecord]]


def ask_post_memo(page: Page) -> None:
    """Post the draft that is shown, and put it on the invoice it came from."""
    if page.record is None:
        return
    one = page.record.source
    asks = Asks(
        "Post the credit memo",
        "Post",
        f"{written.money(one.total, one.currency)} for {one.account}. Once posted it is neither edited nor deleted.",
        on=page.as_of,
        on_label="Posted on",
        check=f"Put it on {one.source_invoice}" if one.source_invoice else "",
        is_checked=True,
    )
    ask(page, asks, partial(_post, one.key))


def ask_void_memo(page: Page) -> None:
    """Void the posted memo that is shown."""
    if page.record is None:
        return
    one = page.record.source
    asks = Asks(
        f"Void {one.number}",
        "Void",
        "It counts until that day, and is taken off what it was put on.",
        facts=(comes_off(one),),
        reason=WordsAsked("Reason", required=True, missing="Voiding needs a reason.", hint="Say why."),
        on=page.as_of,
        on_label="Voided on",
    )
    ask(page, asks, partial(_void, one.key))


def ask_cancel_memo(page: Page) -> None:
    """Cancel the draft that is shown."""
    if page.record is not None:
        asks = Asks("Cancel the credit memo", "Cancel it", "It was never posted, and never will be.")
        ask(page, asks, partial(_cancel, page.record.source.key))


def _post(key: int, said: Answers, workspace: Workspace) -> Changes:
    return post_memo(workspace, key, on=said.on, apply_to_source=said.is_checked)


def _void(key: int, said: Answers, workspace: Workspace) -> Changes:
    return void_memo(workspace, key, reason=said.reason, on=said.on)


def _cancel(key: int, _: Answers, workspace: Workspace) -> Changes:
    return cancel_memo(workspace, key)
