"""The filter builder: rows at the left, the same as text at the right, and how many records that finds.

Typing the text changes the rows, and the other way round. The count is asked behind the window; a late one is dropped.
"""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from duedesk.desk.filtering.asking import Choices, Offered, count, offered, suggested
from duedesk.desk.filtering.group_edit import GroupEdit
from duedesk.desk.filtering.text_side import PAUSE_MS, TextSide
from duedesk.desk.page import Desk
from duedesk.desk.widgets.beginning import begin_in
from duedesk.desk.widgets.frames import scrolled
from duedesk.desk.widgets.leavable import LeavableCard
from duedesk.domain.building import as_condition, as_group
from duedesk.domain.filters import Condition, Filter
from duedesk.resources import Look

_TEXT_WIDTH, _BESIDE = 340, 1000
"""Pixels of the text, and of the builder from which on it stands beside the rows and not below them."""

_LOWEST, _HIGHEST, _HIGHEST_BELOW = 132, 264, 166


class FilterBuilder(LeavableCard):
    """`asked` says that the list is to be narrowed to the condition, `left` that it stays as it is."""

    asked = Signal(object)
    """A Condition, or None for everything."""

    def __init__(
        self,
        desk: Desk,
        asked_with: Callable[[Condition | None], Filter],
        object_name: str = "Invoice",
        does: str = "Show",
    ) -> None:
        """Make an empty builder; `asked_with` gives the whole question with another condition.

        `does` is what its button says it does with the condition.
        """
        super().__init__()
        self._object = object_name
        self.setAccessibleName("Filter")
        self._desk, self._asked_with = desk, asked_with
        self._condition: Condition | None = None
        self._offered = Offered()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._count)
        self.side = TextSide(desk.look, object_name, does)
        self.side.typed.connect(self._take_typed)
        self.side.do_asked.connect(self.do)
        self.side.left.connect(self.left)
        self.side.cleared.connect(self._clear)
        self.rows = self._new_rows()
        self._area = scrolled(QWidget())
        self._across = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._across.setContentsMargins(1, 12, 12, 12)
        self._across.setSpacing(12)
        self._across.addWidget(self._area, 1, Qt.AlignmentFlag.AlignTop)
        self._across.addWidget(self.side)
        self._put_rows()

    @property
    def condition(self) -> Condition | None:
        """Give the condition as it is built."""
        return self._condition

    @property
    def names(self) -> dict[tuple[str, int], str]:
        """Give what records are called that conditions name by their keys."""
        return self._offered.names

    def open(self, condition: Condition | None) -> None:
        """Open a condition; what its records are called is read first."""

        def begin() -> None:
            self.set_condition(condition)
            if condition is None:
                self.rows.begin_row()
            else:
                self.begin()

        self._name(condition, begin)

    def begin(self) -> None:
        """Put the cursor into the first row."""
        begin_in(self.rows.rows[0].field if self.rows.rows else self.rows.add_row)

    def set_condition(self, condition: Condition | None) -> None:
        """Show another condition as rows and as text."""
        self._condition = condition
        self._put_rows()
        self.side.show_condition(condition)
        self._count()

    def do(self) -> None:
        """Narrow the list to what is built."""
        if self.side.read():
            self.asked.emit(self._condition)

    def set_look(self, look: Look) -> None:
        """Draw in another look."""
        self.side.text.set_look(look)

    def do_by_key(self) -> bool:
        """Do it with Enter."""
        self.do()
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the text below the rows in a narrow window."""
        super().resizeEvent(event)
        is_beside = self.width() >= _BESIDE
        self._across.setDirection(QBoxLayout.Direction.LeftToRight if is_beside else QBoxLayout.Direction.TopToBottom)
        self.side.setMinimumWidth(_TEXT_WIDTH if is_beside else 0)
        self.side.setMaximumWidth(_TEXT_WIDTH if is_beside else self.maximumWidth())
        self.side.setContentsMargins(0 if is_beside else 12, 0, 0, 0)
        self.side.text.stand(*((6, 9) if is_beside else (2, 2)))
        self._fit()

    def _new_rows(self) -> GroupEdit:
        workspace = self._desk.workspace
        choices = Choices(
            self._desk.tasks,
            lambda text: suggested(workspace, text),
            workspace.world.today,
            self._offered,
            self._object,
        )
        made = GroupEdit(as_group(self._condition), choices)
        made.changed.connect(self._take_rows)
        return made

    def _put_rows(self) -> None:
        self.rows = self._new_rows()
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(12, 0, 8, 0)
        column.addWidget(self.rows)
        column.addStretch(1)
        self._area.setWidget(inside)
        inside.setAutoFillBackground(False)
        self._fit()

    def _take_rows(self) -> None:
        self._condition = as_condition(self.rows.group)
        self.side.show_condition(self._condition)
        unfilled = next((row.unfilled for row in self.rows.rows if row.unfilled), "")
        self.side.show_unfilled(unfilled)
        if unfilled:
            self._pause.stop()
        else:
            self._pause.start()
        QTimer.singleShot(0, self, self._fit)

    def _take_typed(self, condition: Condition | None) -> None:
        self._condition = condition
        self._name(condition, self._put_rows)
        self._count()

    def _clear(self) -> None:
        self.set_condition(None)
        self.begin()

    def _name(self, condition: Condition | None, then: Callable[[], None]) -> None:
        """Read what the records in a condition are called, and what else there is to pick from."""
        workspace = self._desk.workspace

        def take(read: Offered) -> None:
            self._offered = read
            then()

        self._desk.tasks.read(
            self,
            lambda: offered(workspace, [condition], self._object),
            take,
            failed=self.side.show_fault,
            slot="offered",
        )

    def _count(self) -> None:
        self._pause.stop()
        workspace, asked = self._desk.workspace, self._asked_with(self._condition)
        self.side.show_count(None)
        self._desk.tasks.read(
            self, lambda: count(workspace, asked), self.side.show_count, failed=self.side.show_fault, slot="count"
        )

    def _fit(self) -> None:
        is_beside = self.width() >= _BESIDE
        least, most = (_LOWEST, _HIGHEST) if is_beside else (0, _HIGHEST_BELOW)
        self._area.setFixedHeight(min(max(self.rows.sizeHint().height() + 4, least), most))
