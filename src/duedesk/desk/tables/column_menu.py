"""Which columns a table shows, in which order and how wide: chosen by menu, moved by hand, remembered; no rows here."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu, QWidget

from duedesk.desk.settings import Settings
from duedesk.desk.tables.columns import CURRENCY, Column
from duedesk.desk.tables.header import RecordHeader
from duedesk.domain.catalog import Kind

_LEAST_STRETCHED = 132
"""Pixels that a column of names keeps in a narrow window; what does not fit then is scrolled to."""


class ColumnMenu(QObject):
    """The columns of one table. The head holds widths and places; this makes them up and keeps them."""

    changed = Signal(object)
    """Other columns are to be shown: a tuple of Column."""
    sort_asked = Signal(object, object)
    """Another order: the section and the Qt.SortOrder."""

    def __init__(
        self,
        parent: QWidget,
        offered: Sequence[Column],
        begins_with: Sequence[str],
        settings: Settings | None,
        name: str,
    ) -> None:
        super().__init__(parent)
        self._menu_parent = parent
        self._offered = {column.path: column for column in offered}
        self._begins_with = tuple(begins_with)
        self._settings = settings
        self._name = name
        self._widths: dict[str, int] = {}
        self._by_hand: set[str] = set()
        self._room = 0
        self._is_fitting = False
        self.chosen = self._remembered()

    def attach(self, head: RecordHeader) -> None:
        """Take charge of a head."""
        self._head = head
        head.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        head.customContextMenuRequested.connect(self.open)
        head.sectionResized.connect(self._on_resized)
        head.sectionMoved.connect(lambda *_: self._keep())
        self._apply_widths()

    def in_sight(self) -> tuple[Column, ...]:
        """Give the columns as they stand from left to right."""
        return tuple(self.chosen[self._head.logicalIndex(place)] for place in range(len(self.chosen)))

    def to_copy(self) -> tuple[Column, ...]:
        """Give the columns to copy: those in sight, and the currency where amounts would stand without it."""
        shown = self.in_sight()
        currency = self._offered.get(CURRENCY)
        has_amounts = any(column.kind is Kind.CURRENCY for column in shown)
        return (*shown, currency) if has_amounts and currency is not None and currency not in shown else shown

    def fit(self, room: int) -> None:
        """Give the column that stretches what the others leave of `room` pixels."""
        self._room = room
        stretching = [at for at, column in enumerate(self.chosen) if column.stretches]
        if not stretching or self.chosen[stretching[0]].path in self._by_hand or room <= 0:
            return
        others = sum(self._head.sectionSize(at) for at in range(len(self.chosen)) if at != stretching[0])
        self._resize(stretching[0], max(_LEAST_STRETCHED, room - others))

    def at_least(self, section: int, width: int) -> None:
        """Widen a column where it is narrower than its figures."""
        if self._head.sectionSize(section) < width:
            self._resize(section, width)

    def open(self, at: QPoint) -> None:
        """Open the menu at a place of the head."""
        self.menu(self._head.logicalIndexAt(at)).popup(self._head.mapToGlobal(at))

    def menu(self, section: int) -> QMenu:
        """Make the menu of a column."""
        menu = QMenu(self._menu_parent)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if 0 <= section < len(self.chosen):
            column = self.chosen[section]
            if column.sorts:
                for text, order in (("up", Qt.SortOrder.AscendingOrder), ("down", Qt.SortOrder.DescendingOrder)):
                    action = menu.addAction(f"Sort {text} by {column.label}")
                    action.triggered.connect(partial(self._ask_sort, section, order))
            if len(self.chosen) > 1:
                menu.addAction(f"Hide {column.label}").triggered.connect(partial(self._toggle, column.path))
            menu.addSeparator()
        more = menu.addMenu("Columns")
        for column in self._offered.values():
            action = more.addAction(column.label)
            action.setCheckable(True)
            action.setChecked(column in self.chosen)
            action.triggered.connect(partial(self._toggle, column.path))
        menu.addAction("Columns as they were").triggered.connect(lambda *_: self._show(self._begins_with, reset=True))
        return menu

    def _ask_sort(self, section: int, order: Qt.SortOrder, *_: object) -> None:
        self.sort_asked.emit(section, order)

    def _toggle(self, path: str, *_: object) -> None:
        paths = [column.path for column in self.in_sight()]
        if path in paths:
            if len(paths) > 1:
                self._show([one for one in paths if one != path])
        else:
            self._show([*paths, path])

    def _show(self, paths: Sequence[str], *, reset: bool = False) -> None:
        if reset:
            self._widths.clear()
            self._by_hand.clear()
        self.chosen = tuple(self._offered[path] for path in paths)
        self._is_fitting = True
        self.changed.emit(self.chosen)
        for at in range(len(self.chosen)):
            self._head.moveSection(self._head.visualIndex(at), at)
        self._is_fitting = False
        self._apply_widths()
        self.fit(self._room)
        self._keep()

    def _apply_widths(self) -> None:
        for at, column in enumerate(self.chosen):
            self._resize(at, self._widths.get(column.path, column.width))

    def _resize(self, section: int, width: int) -> None:
        self._is_fitting = True
        self._head.resizeSection(section, width)
        self._is_fitting = False

    def _on_resized(self, section: int, before: int, width: int) -> None:  # noqa: ARG002 - Qt's signature
        if self._is_fitting or section >= len(self.chosen):
            return
        column = self.chosen[section]
        self._widths[column.path] = width
        if column.stretches:
            self._by_hand.add(column.path)
        self.fit(self._room)
        self._keep()

    def _remembered(self) -> tuple[Column, ...]:
        kept = self._settings.words(self._name) if self._settings is not None else ()
        paths = []
        for word in kept:
            path, _, width = word.partition("=")
            if path in self._offered and path not in paths:
                paths.append(path)
                if width.isdecimal() and 0 < int(width) < 4000:
                    self._widths[path] = int(width)
        return tuple(self._offered[path] for path in paths or self._begins_with)

    def _keep(self) -> None:
        if self._settings is None or self._is_fitting:
            return
        words = []
        for column in self.in_sight():
            width = self._widths.get(column.path)
            words.append(f"{column.path}={width}" if width else column.path)
        self._settings.keep_words(self._name, tuple(words))
