"""The parts of the window around a page: rail, top line, notice, page and foot; it arranges them and no more."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from duedesk.desk.background import Tasks
from duedesk.desk.theme import GAP, PAGE_MARGIN
from duedesk.desk.welcome import WelcomePage
from duedesk.desk.widgets.foot import Foot
from duedesk.desk.widgets.notice import Notice
from duedesk.desk.widgets.rail import NARROW_WIDTH, WIDTH, Rail
from duedesk.desk.widgets.top_line import TopLine

NARROW = 1200
"""Below this width the rail gives way to the page."""

_PANEL_WIDTH, _ANY_WIDTH = 480, 16_777_215
"""Pixels of the panel beside a page, and what Qt takes for no limit."""


class Frame(QWidget):
    """What stands around every page."""

    def __init__(self, tasks: Tasks, as_of: date, today: Callable[[], date], *, can_import: bool) -> None:
        super().__init__()
        self.rail = Rail()
        self.top = TopLine(as_of, today)
        self.notice = Notice()
        self.stack = QStackedWidget()
        self.welcome = WelcomePage(can_import=can_import)
        self.stack.addWidget(self.welcome)
        self.foot = Foot(tasks)
        self._panel: QWidget | None = None
        self.beside = QHBoxLayout()
        self.beside.setContentsMargins(0, 0, 0, 0)
        self.beside.setSpacing(0)
        self.beside.addWidget(self.stack, 1)
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.notice)
        column.addWidget(self.top)
        column.addLayout(self.beside, 1)
        column.addWidget(self.foot)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(self.rail)
        across.addLayout(column, 1)

    def put_beside(self, panel: QWidget) -> None:
        """Put a panel at the right of the page, as high as the page; a narrow window shows one of the two."""
        self._panel = panel
        self.beside.addWidget(panel)
        panel.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Share the room anew where the panel comes or goes."""
        if watched is self._panel and event.type() in {QEvent.Type.ShowToParent, QEvent.Type.HideToParent}:
            self._share_room()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the rail the room there is."""
        super().resizeEvent(event)
        self.rail.setFixedWidth(NARROW_WIDTH if event.size().width() < NARROW else WIDTH)
        self._share_room()

    def _share_room(self) -> None:
        if self._panel is None:
            return
        is_narrow = self.width() < NARROW
        self._panel.setMinimumWidth(0 if is_narrow else _PANEL_WIDTH)
        self._panel.setMaximumWidth(_ANY_WIDTH if is_narrow else _PANEL_WIDTH)
        left = PAGE_MARGIN if is_narrow else 0
        self._panel.setContentsMargins(left, 0, PAGE_MARGIN, GAP)
        self.stack.setVisible(not is_narrow or self._panel.isHidden())
