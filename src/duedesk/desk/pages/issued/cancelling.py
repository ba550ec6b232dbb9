"""Taking issued letters back: what would happen is read and said, a reason asked for, then it is done as one action."""

from collections.abc import Callable, Sequence
from functools import partial

from duedesk.actions.dunning.cancelling import CancelledLetters, cancel_letters
from duedesk.desk import format as written
from duedesk.desk.page import Page
from duedesk.desk.verbs.ask import Answers, AskPanel, Asks, WordsAsked
from duedesk.desk.verbs.panel import VerbPanel
from duedesk.store.queries.letters.cancelling import CancelOutlook, cancel_outlook

_MOST_NAMED = 12
"""Invoices or letters named one by one."""


def ask_cancel(
    page: Page, keys: Sequence[int], open_panel: Callable[[VerbPanel], None], done: Callable[[], None]
) -> None:
    """Say what cancelling would do, ask why, and do it; `done` is called when it stands."""
    workspace = page.desk.workspace

    def show(outlook: CancelOutlook) -> None:
        panel = AskPanel(_asks(outlook), workspace.world.today)
        panel.leave_button.setText("Leave it  Esc" if len(outlook.letters) == 1 else "Leave  Esc")
        standing = [one.key for one in outlook.letters]
        panel.asked.connect(lambda answers: do(panel, standing, answers))
        open_panel(panel)

    def do(panel: AskPanel, standing: Sequence[int], answers: Answers) -> None:
        page.desk.tasks.write(
            panel,
            lambda _: cancel_letters(workspace, standing, answers.words),
            tell,
            title="Cancelling letters",
            failed=panel.show_fault,
        )

    def tell(cancelled: CancelledLetters) -> None:
        done()
        more = f"Voided with it: {', '.join(cancelled.voided)}." if cancelled.voided else ""
        page.say_done(f"{cancelled.changes.summary}.", more)

    page.desk.tasks.read(
        page, partial(workspace.ask, cancel_outlook, keys), show, failed=page.say_failed, slot="cancel outlook"
    )


def _asks(outlook: CancelOutlook) -> Asks:
    count = len(outlook.letters)
    named = f"letter {outlook.letters[0].number}" if count == 1 else f"{count:,} letters"
    return Asks(
        f"Cancel {named}",
        "Cancel it" if count == 1 else "Cancel them",
        "What is cancelled stays cancelled; the next run proposes its invoices again.",
        facts=tuple(_facts(outlook)),
        words=WordsAsked("Why", required=True, lines=2, missing="A reason is needed.", hint="It is kept for good."),
    )


def _facts(outlook: CancelOutlook) -> list[tuple[str, str]]:
    levels = [f"{one.number}: {one.now} → {one.after}" for one in outlook.levels]
    found = [("Levels", _few(levels) if levels else "No invoice's level changes.")]
    charges = [f"{one.what} {one.number}, {written.money(one.amount, one.currency)}" for one in outlook.charges]
    if charges:
        found.append(("Voided", _few(charges)))
    paid = [f"{written.money(one.paid, one.currency)} on {one.number}" for one in outlook.charges if one.paid]
    if paid:
        found.append(("Becomes free on the account", _few(paid)))
    if outlook.waits:
        waits = "1 delivery that waits" if outlook.waits == 1 else f"{outlook.waits:,} deliveries that wait"
        found.append(("Does not leave any more", waits))
    mailed = [f"{number}{f' to {address}' if address else ''}" for number, address in outlook.mailed]
    if mailed:
        found.append(("Has left by mail: tell the customer", _few(mailed)))
    return found


def _few(lines: Sequence[str]) -> str:
    rest = len(lines) - _MOST_NAMED
    return "\n".join([*lines[:_MOST_NAMED], *([f"and {rest:,} more"] if rest > 0 else [])])
