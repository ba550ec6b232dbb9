"""The parts of the page of policies and where they stand; it reads nothing and decides nothing."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from duedesk.desk.page import Desk
from duedesk.desk.pages.policies.edit_card import EditCard
from duedesk.desk.pages.policies.tables import LevelList, PolicyList
from duedesk.desk.pages.policies.trial_card import TrialCard
from duedesk.desk.theme import GAP
from duedesk.desk.verbs.side_place import NARROW, NARROW_WIDTH, WIDTH, SidePlace
from duedesk.desk.widgets.buttons import button
from duedesk.desk.widgets.frames import card
from duedesk.desk.widgets.labels import Role, plain_label
from duedesk.resources import Look

_MARGIN = 16
_ORDER = "An invoice has the first of these: its own policy, its account's, that of its account's type, the default."


class Body(QWidget):
    """Two lists and a run one below the other, the form beside them."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.policies = PolicyList(desk.look, desk.tasks)
        self.levels = LevelList(desk.look, desk.tasks)
        self.trial = TrialCard(desk.look, desk.tasks)
        self.form = EditCard()
        self.side = SidePlace(self.form)
        self._head = QHBoxLayout()
        self._head.setSpacing(8)
        self._head.addWidget(plain_label(_ORDER, Role.QUIET, wraps=True), 1)
        self._of_levels = QHBoxLayout()
        self._of_levels.setContentsMargins(_MARGIN, 6, _MARGIN, 2)
        self._of_levels.setSpacing(8)
        self.levels_title = plain_label("", Role.STRONG)
        self._of_levels.addWidget(self.levels_title, 1)
        self._lay_out()

    def add_command(self, text: str, run: Callable[[], None], *, of_levels: bool) -> None:
        """Put a button above the policies, or above the levels."""
        line = self._of_levels if of_levels else self._head
        line.addWidget(button(text, run), 0, Qt.AlignmentFlag.AlignTop)

    def set_look(self, look: Look) -> None:
        """Draw in another look."""
        for part in (self.policies, self.levels, self.trial):
            part.set_look(look)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the lists the room they need."""
        super().resizeEvent(event)
        self.form.setFixedWidth(NARROW_WIDTH if self.window().width() < NARROW else WIDTH)

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(GAP)
        above = card()
        inside = QVBoxLayout(above)
        inside.setContentsMargins(1, 5, 1, 5)  # clear of the line and its round corners
        inside.addWidget(self.policies)
        left.addWidget(above)
        below = card()
        inside = QVBoxLayout(below)
        inside.setContentsMargins(1, 5, 1, 5)
        inside.setSpacing(0)
        inside.addLayout(self._of_levels)
        inside.addWidget(self.levels)
        left.addWidget(below)
        left.addWidget(self.trial, 1)
        across = QHBoxLayout()
        across.setSpacing(GAP)
        across.addLayout(left, 1)
        across.addWidget(self.side)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addLayout(self._head)
        column.addLayout(across, 1)
