"""The life of an invoice, asked for and carried out: posted, canceled, reopened, deleted; a posted one is voided."""

from functools import partial

from duedesk.actions.invoices.cancelling import cancel, reopen
from duedesk.actions.invoices.deleting import delete_drafts
from duedesk.actions.invoices.posting import post
from duedesk.actions.workspace import Workspace
from duedesk.desk import format as written
from duedesk.desk.navigation import GoBack
from duedesk.desk.pages.record.shown import InvoicePage
from duedesk.desk.records.asking import ask, say_done
from duedesk.desk.verbs.ask import Answers, Asks, WordsAsked
from duedesk.desk.verbs.post import PostAsked, PostPanel
from duedesk.domain.changes import Changes
from duedesk.store.queries.records.posting_outlook import posting_outlook


def ask_post(page: InvoicePage) -> None:
    """Show what posting would set, and post."""
    if page.record is None:
        return
    key, workspace = page.record.invoice.key, page.desk.workspace
    panel = PostPanel(page.as_of, workspace.world.today)

    def look(*_: object) -> None:
        day = panel.day.day
        page.desk.tasks.read(
            panel, lambda: workspace.ask(posting_outlook, key, day), panel.show_outlook, failed=page.refuse, slot="post"
        )

    panel.day_changed.connect(look)
    panel.asked.connect(
        lambda asked: page.carry_out(partial(_post, key, asked), title="Posting", then=partial(say_done, page))
    )
    page.open_panel(panel)
    look()


def ask_cancel(page: InvoicePage) -> None:
    """Cancel what is not posted."""
    if page.record is not None:
        reason = WordsAsked("Reason, if there is one", lines=2)
        asks = Asks("Cancel this invoice", "Cancel it", "It is kept, and can be reopened as a draft.", words=reason)
        ask(page, asks, partial(_cancel, page.record.invoice.key))


def ask_delete(page: InvoicePage) -> None:
    """Delete a draft and go back to where the reader came from."""
    if page.record is None:
        return
    one = page.record.invoice
    asks = Asks(
        "Delete this draft",
        "Delete",
        f"{written.money(one.total, one.currency)} for {one.account}, with its lines, notes and files. "
        "The journal keeps it, so that it can be undone.",
    )

    def then(done: Changes) -> None:
        page.go(GoBack())
        say_done(page, done)

    ask(page, asks, partial(_delete, one.key), then=then)


def reopen_it(page: InvoicePage) -> None:
    """Make a draft of it again."""
    if page.record is not None:
        page.carry_out(partial(_reopen, page.record.invoice.key), title="Reopening", then=partial(say_done, page))


def _post(key: int, asked: PostAsked, workspace: Workspace) -> Changes:
    return post(workspace, [key], on=asked.on, convert_negative_lines=asked.converts)


def _cancel(key: int, said: Answers, workspace: Workspace) -> Changes:
    return cancel(workspace, [key], reason=said.words)


def _delete(key: int, _: Answers, workspace: Workspace) -> Changes:
    return delete_drafts(workspace, [key])


def _reopen(key: int, workspace: Workspace) -> Changes:
    return reopen(workspace, [key])
