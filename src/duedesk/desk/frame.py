"""The parts of the window around a page: rail, top line, notice, page and foot; it arranges them and no more."""

from collections.abc import Callable
from datetime import date

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from duedesk.desk.background import Tasks
from duedesk.desk.welcome import WelcomePage
from duedesk.desk.widgets.foot import Foot
from duedesk.desk.widgets.notice import Notice
from duedesk.desk.widgets.rail import NARROW_WIDTH, WIDTH, Rail
from duedesk.desk.widgets.top_line import TopLine

NARROW = 1200
"""Below this width the rail gives way to the page."""


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
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget, stretch in ((self.notice, 0), (self.top, 0), (self.stack, 1), (self.foot, 0)):
            column.addWidget(widget, stretch)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(self.rail)
        across.addLayout(column, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the rail the room there is."""
        super().resizeEvent(event)
        self.rail.setFixedWidth(NARROW_WIDTH if event.size().width() < NARROW else WIDTH)
