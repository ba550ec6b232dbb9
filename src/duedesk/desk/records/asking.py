"""Opens the panel of a verb over the page of a record, and says above the page what was done."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from duedesk.desk.records.page import OneRecordPage
from duedesk.desk.verbs.ask import Answers, AskPanel, Asks

if TYPE_CHECKING:
    from duedesk.actions.workspace import Workspace


def ask(
    page: OneRecordPage[Any],
    asks: Asks,
    action: "Callable[[Answers, Workspace], Any]",
    *,
    then: Callable[[Any], None] | None = None,
) -> None:
    """Ask, and do the action with what was answered; `then` is told its answer in place of saying what was done."""
    panel = AskPanel(asks, page.desk.workspace.world.today)
    panel.asked.connect(
        lambda answers: page.carry_out(partial(action, answers), title=asks.title, then=then or partial(say_done, page))
    )
    page.open_panel(panel)


def say_done(page: OneRecordPage[Any], answer: Any) -> None:
    """Say what an action did, in the words of its entry in the journal."""
    summary = str(getattr(getattr(answer, "changes", answer), "summary", ""))
    if summary:
        page.say_done(f"{summary.rstrip('.')}.")
