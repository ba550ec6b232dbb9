"""Ctrl+Z of the business: what it would do is read behind the window, said, asked, and then done by the action.

Fields of text keep Ctrl+Z for what is typed in them: they take the key before it becomes a command.
"""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from duedesk.actions.undo import UndoPlan, redo_plan, undo, undo_plan
from duedesk.desk.menus import REDO, UNDO, Menus
from duedesk.desk.page import Desk, Said
from duedesk.desk.widgets.question import ask
from duedesk.domain.changes import Changes
from duedesk.domain.errors import Cancelled, DuedeskError

_LONGEST = 60
"""Letters of what a menu says of an action."""


class Undoing(QObject):
    """Undo and redo over one book."""

    said = Signal(object)
    """What was undone, or why it cannot be: a Said."""

    def __init__(self, desk: Desk, window: QWidget, menus: Menus) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window
        self._menus = menus

    def ask(self, *, again: bool = False) -> None:
        """Say what undoing (or doing again) will do, and do it where the reader wants it."""
        workspace = self._desk.workspace
        plan = redo_plan if again else undo_plan
        self._desk.tasks.read(
            self,
            lambda: plan(workspace),
            lambda found: self._ask(found, again=again),
            failed=self._fail,
            slot="plan",
        )

    def tell_menu(self) -> None:
        """Name in the menu what would be undone and done again."""
        self._name(None, None)
        workspace = self._desk.workspace
        self._desk.tasks.read(
            self,
            lambda: (undo_plan(workspace), redo_plan(workspace)),
            lambda plans: self._name(*plans),
            failed=self._fail,
            slot="menu",
        )

    def _ask(self, plan: UndoPlan | None, *, again: bool) -> None:
        if plan is None:
            self.said.emit(
                Said("Nothing was undone last." if again else "There is nothing of yours to undo.", done=True)
            )
            return
        if not plan.is_possible:
            self.said.emit(Said(plan.sentence))
            return
        do = "Redo" if again else "Undo"
        ask(
            self._window,
            f"{do}: {plan.done}",
            plan.sentence,
            do=do,
            leave="Leave it",
            then=lambda: self._do(plan),
        )

    def _do(self, plan: UndoPlan) -> None:
        workspace = self._desk.workspace
        self._desk.tasks.write(
            self,
            lambda _: undo(workspace, plan),
            lambda changes: self._tell(plan, changes),
            title=f"Undoing: {plan.done}",
            failed=self._fail,
        )

    def _tell(self, plan: UndoPlan, changes: Changes) -> None:
        undone = "Done again" if plan.is_redo else "Undone"
        hint = "" if plan.is_redo else "Ctrl+Shift+Z does it again."
        self.said.emit(Said(f"{undone}: {plan.done}. {changes.summary}.".replace("..", "."), hint, done=True))

    def _fail(self, error: DuedeskError) -> None:
        if not isinstance(error, Cancelled):
            self.said.emit(Said(error.message, error.hint))

    def _name(self, undone: UndoPlan | None, redone: UndoPlan | None) -> None:
        for text, plan in ((UNDO, undone), (REDO, redone)):
            word = text.rstrip("…")
            self._menus.rename(text, text if plan is None else f"{word}: {_short(plan.done)}")


def _short(text: str) -> str:
    shown = text if len(text) <= _LONGEST else f"{text[:_LONGEST].rstrip()}…"
    return shown.replace("&", "&&")
