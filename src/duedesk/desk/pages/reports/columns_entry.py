"""The columns of a list, said by their headings and chosen in a panel: ticked, and moved up and down; it lists none."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from duedesk.desk.pages.reports.choosing import Choosing, SaidEntry
from duedesk.desk.tables.columns import Column, columns_for, columns_of
from duedesk.desk.verbs.panel import VerbPanel
from duedesk.desk.widgets.buttons import button
from duedesk.desk.widgets.labels import elided_label
from duedesk.desk.widgets.tick_list import TickList
from duedesk.domain import listed
from duedesk.domain.errors import RequestError
from duedesk.domain.objects import CATALOG
from duedesk.domain.reports.offered import Parameter

_LEAST, _AROUND = 160, 216
"""Pixels of the list at least, and of what stands above and below it."""


class ColumnsEntry(SaidEntry):
    """What is shown from left to right, and the way to choose other columns."""

    chooser_asked = Signal()

    def __init__(self, parameter: Parameter, choosing: Choosing) -> None:
        super().__init__(parameter, choosing)
        self._paths: tuple[str, ...] = ()
        self.words = elided_label()
        self.choose = button("Columns…", self.chooser_asked.emit)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(self.words, 1)
        line.addWidget(self.choose)
        self.setFocusProxy(self.choose)
        self.set_text("")

    @property
    def text(self) -> str:
        """Give the columns as the terminal takes them; nothing where they are those shown unasked."""
        return ",".join(self._paths)

    @property
    def paths(self) -> tuple[str, ...]:
        """Give the columns that are shown."""
        return self._paths or listed.columns_of(self.choosing.object_name)

    def set_text(self, text: str) -> None:
        """Show columns; what leads nowhere is as if it had not been said."""
        self._paths = _that_lead(self.choosing.object_name, [one.strip() for one in text.split(",") if one.strip()])
        names = ", ".join(one.label for one in columns_for(self.choosing.object_name, self.paths))
        self.words.setText(names)

    def take(self, paths: Sequence[str]) -> None:
        """Take columns that were chosen."""
        unasked = listed.columns_of(self.choosing.object_name)
        self.set_text("" if tuple(paths) == unasked else ",".join(paths))
        self.changed.emit()

    def parts(self) -> tuple[QPushButton, ...]:
        """Give the button."""
        return (self.choose,)

    def setAccessibleName(self, name: str) -> None:
        """Name the button."""
        QWidget.setAccessibleName(self, name)
        self.choose.setAccessibleName(f"{name}: choose")


class ColumnsPanel(VerbPanel):
    """The columns that an object can have: those shown are ticked and stand first, in their order."""

    def __init__(self, object_name: str, paths: Sequence[str]) -> None:
        super().__init__("Columns", "Take", "Ticked columns are shown, in this order.")
        shown = columns_for(object_name, paths)
        others = [one for one in columns_of(object_name) if one.path not in paths]
        self._columns: tuple[Column, ...] = (*shown, *others)
        self._unasked = listed.columns_of(object_name)
        offered = [(one.label, place) for place, one in enumerate(self._columns)]
        self.list = TickList(offered, range(len(shown)), moves=True)
        self.up = button("Up", lambda: self.list.move_name(-1))
        self.down = button("Down", lambda: self.list.move_name(1))
        self.unasked = button("As they come", self._tick_unasked, link=True)
        line = QHBoxLayout()
        line.setSpacing(8)
        for one in (self.up, self.down):
            line.addWidget(one)
        line.addStretch(1)
        line.addWidget(self.unasked)
        self.fields.addLayout(line)
        self.add_field("Shown", self.list, "Space ticks; Ctrl+↑ and Ctrl+↓ move.")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the list the room that what stands around it leaves."""
        super().resizeEvent(event)
        self.list.setFixedHeight(max(_LEAST, event.size().height() - _AROUND))

    def first_field(self) -> QWidget:
        """Begin in the list."""
        return self.list

    def gather(self) -> tuple[str, ...]:
        """Give the columns that are ticked; RequestError where none is."""
        ticked = tuple(self._columns[place].path for place in self.list.ticked())
        if not ticked:
            raise RequestError("A list has at least one column.", "Tick one.")
        return ticked

    def _tick_unasked(self) -> None:
        places = [place for path in self._unasked for place, one in enumerate(self._columns) if one.path == path]
        self.list.tick_first(places)


def _that_lead(object_name: str, paths: Sequence[str]) -> tuple[str, ...]:
    found = []
    for path in paths:
        try:
            CATALOG.follow(object_name, path)
        except RequestError:
            continue
        found.append(path)
    return tuple(dict.fromkeys(found))
