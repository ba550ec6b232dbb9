"""A group of rows and groups in the filter builder: of which all hold, or any, or not; walked and made by keys."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from duedesk.desk.filtering.asking import Choices
from duedesk.desk.filtering.row_edit import RowEdit
from duedesk.desk.widgets.beginning import begin_in
from duedesk.desk.widgets.buttons import button
from duedesk.desk.widgets.choice import Choice
from duedesk.desk.widgets.frames import rule
from duedesk.domain.building import Group, Part, Row
from duedesk.domain.filter_fields import filter_fields

_WAYS = (
    ("All of these", (False, False)),
    ("Any of these", (True, False)),
    ("Not all of these", (False, True)),
    ("None of these", (True, True)),
)
BEGINS_WITH = "DueDate"
"""The field of a new row, where the object has it."""

DEEPEST = 5
"""Groups within groups that can be made; a typed condition may go deeper."""


class GroupEdit(QWidget):
    """Its head says how the parts hold together; `removed` is said by a group within another."""

    changed = Signal()
    removed = Signal()

    def __init__(self, group: Group, choices: Choices, depth: int = 0) -> None:
        super().__init__()
        self._choices, self._depth = choices, depth
        self._object = choices.object_name
        self._is_bare = group.is_bare
        self.parts: list[RowEdit | GroupEdit] = []
        self.way = Choice(_WAYS, (group.is_any, group.negated))
        self.way.setAccessibleName("How the conditions hold together")
        self.way.setFixedWidth(132)
        self.way.currentIndexChanged.connect(lambda *_: self.changed.emit())
        self.add_row = button("+ Condition", self.begin_row, link=True)
        self.add_group = button("+ Group", self.begin_group, link=True)
        self._column = QVBoxLayout()
        self._column.setSpacing(6)
        self._lay_out()
        self.add_group.setVisible(depth < DEEPEST)
        for part in group.parts:
            self._put(self._made(part))

    @property
    def group(self) -> Group:
        """Give the group as it stands; what is not filled in is left out."""
        is_any, negated = self.way.currentData()
        held: list[Part] = []
        for part in self.parts:
            if isinstance(part, GroupEdit):
                held.append(part.group)
            elif part.row is not None:
                held.append(part.row)
        return Group(tuple(held), is_any=is_any, negated=negated, is_bare=self._is_bare)

    @property
    def rows(self) -> tuple[RowEdit, ...]:
        """Give all rows, those of groups within too."""
        found: list[RowEdit] = []
        for part in self.parts:
            found += part.rows if isinstance(part, GroupEdit) else [part]
        return tuple(found)

    @property
    def _first(self) -> str:
        """Give the field that the first row begins with."""
        offered = [one.path for one in filter_fields(self._object)]
        return BEGINS_WITH if BEGINS_WITH in offered else offered[0]

    def begin_row(self) -> None:
        """Add a row and put the cursor into it."""
        path = self.rows[-1].offer.path if self.parts and isinstance(self.parts[-1], RowEdit) else self._first
        made = RowEdit(None, path, self._choices, self._object)
        self._put(made)
        begin_in(made.field)
        self.changed.emit()

    def begin_group(self) -> None:
        """Add a group of which any holds: that all do needs none."""
        made = GroupEdit(Group(is_any=not self.way.currentData()[0]), self._choices, self._depth + 1)
        self._put(made)
        made.begin_row()

    def _made(self, part: Part) -> "RowEdit | GroupEdit":
        if isinstance(part, Row):
            return RowEdit(part, part.compare.path, self._choices, self._object)
        return GroupEdit(part, self._choices, self._depth + 1)

    def _put(self, part: "RowEdit | GroupEdit") -> None:
        self.parts.append(part)
        self._column.addWidget(part)
        if self.isVisible():
            part.show()  # the cursor goes only to what is shown
        part.changed.connect(self.changed)
        part.removed.connect(self._remover(part))

    def _remover(self, part: "RowEdit | GroupEdit") -> Callable[[], None]:
        def remove() -> None:
            place = self.parts.index(part)
            self.parts.remove(part)
            self._column.removeWidget(part)
            part.hide()
            part.deleteLater()
            near = self.parts[min(place, len(self.parts) - 1)] if self.parts else self.add_row
            near.setFocus(Qt.FocusReason.OtherFocusReason)
            self.changed.emit()

        return remove

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(4)
        head.addWidget(self.way)
        head.addStretch(1)
        for adding in (self.add_row, self.add_group):
            head.addWidget(adding)
        if self._depth:
            remove = button("×", self.removed.emit, link=True)
            remove.setFixedWidth(28)
            remove.setAccessibleName("Remove the group")
            head.addWidget(remove)
        body = QHBoxLayout()
        body.setSpacing(10)
        if self._depth:
            body.addSpacing(4)
            body.addWidget(rule(Qt.Orientation.Vertical))
        body.addLayout(self._column, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(6)
        whole.addLayout(head)
        whole.addLayout(body)
        self.setFocusProxy(self.way)
