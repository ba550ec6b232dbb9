"""Which columns a table shows, in which order and how wide: chosen by menu, moved by hand, remembered; no rows here."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu

from duedesk.desk.settings import Settings
from duedesk.desk.tables.columns import CURRENCY, Column
from duedesk.desk.tables.header import RecordHeader
from duedesk.domain.catalog import Kind
from duedesk.domain.grouping import Groups, in_parts, lowered

_LEAST_STRETCHED = 100
"""Pixels that a column of names keeps in a narrow window; what does not fit then is scrolled to."""


_FROZEN = "+frozen"
"""What the number of frozen columns is remembered by; no path begins so."""


class ColumnMenu(QObject):
    """The columns of one table. The head holds widths and places; this makes them up and keeps them."""

    changed = Signal(object)
    """Other columns are to be shown: a tuple of Column."""
    sort_asked = Signal(object, object, object)
    """Another order: the section, whether it runs down, and whether it is a further one behind those there are."""
    group_asked = Signal(str)
    """Other groups: the path that they share; empty for none."""
    fold_asked = Signal(object)
    """All groups are to be unfolded (True) or folded (False)."""
    fit_asked = Signal(object)
    """Columns are to be as wide as what they hold: their sections."""

    def __init__(
        self,
        offered: Sequence[Column],
        begins_with: Sequence[str],
        settings: Settings | None,
        name: str,
    ) -> None:
        super().__init__()
        self._offered = {column.path: column for column in offered}
        self.groups: tuple[tuple[str, str], ...] = ()
        """What the list can be grouped by, as path and label."""
        self.group_by = ""
        self.frozen = 0
        self._begins_with = tuple(begins_with)
        self._settings = settings
        self._name = name
        self._widths: dict[str, int] = {}
        self._by_hand: set[str] = set()
        self._room = 0
        self._is_fitting = False
        self.chosen = self._remembered()

    @property
    def offered(self) -> tuple[Column, ...]:
        """Give every column that can be chosen."""
        return tuple(self._offered.values())

    def attach(self, head: RecordHeader) -> None:
        """Take charge of a head."""
        self._head = head
        head.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        head.customContextMenuRequested.connect(self.open)
        head.sectionResized.connect(self._on_resized)
        head.sectionMoved.connect(lambda *_: self._keep())
        head.sectionHandleDoubleClicked.connect(lambda section: self.fit_asked.emit((section,)))
        head.freeze(self.frozen)
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

    def set_width(self, section: int, width: int) -> None:
        """Make a column as wide as is asked, and remember it."""
        self._head.resizeSection(section, width)

    def at_least(self, section: int, width: int) -> None:
        """Widen a column where it is narrower than its figures."""
        if self._head.sectionSize(section) < width:
            self._resize(section, width)

    def open(self, at: QPoint) -> None:
        """Open the menu at a place of the head."""
        self.menu(self._head.section_at(at.x())).popup(self._head.mapToGlobal(at))

    def open_groups(self, at: QPoint) -> None:
        """Open the menu of what the list can be grouped by."""
        menu = QMenu(self._head)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._offer_groups(menu)
        menu.popup(self._head.mapToGlobal(at))

    def show_columns(self, paths: Sequence[str]) -> None:
        """Show these columns, as far as there are such."""
        known = [path for path in dict.fromkeys(paths) if path in self._offered]
        if known:
            self._show(known)

    def menu(self, section: int) -> QMenu:
        """Make the menu of a column."""
        menu = QMenu(self._head)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if 0 <= section < len(self.chosen):
            self._offer_for(menu, section)
        if self.groups:
            self._offer_groups(menu.addMenu("Group"))
        more = menu.addMenu("Columns")
        for column in self._offered.values():
            action = more.addAction(column.label)
            action.setCheckable(True)
            action.setChecked(column in self.chosen)
            action.triggered.connect(partial(self._toggle, column.path))
        every = tuple(range(len(self.chosen)))
        menu.addAction("All columns as wide as they need").triggered.connect(lambda *_: self.fit_asked.emit(every))
        menu.addAction("Columns as they were").triggered.connect(lambda *_: self._show(self._begins_with, reset=True))
        return menu

    def _offer_for(self, menu: QMenu, section: int) -> None:
        column = self.chosen[section]
        if column.sorts:
            for then in (False, True):
                for text, down in (("up", False), ("down", True)):
                    action = menu.addAction(f"{'Then' if then else 'Sort'} {text} by {column.label}")
                    action.triggered.connect(partial(self._ask_sort, section, down, then))
        menu.addSeparator()
        if len(self.chosen) > 1:
            menu.addAction(f"Hide {column.label}").triggered.connect(partial(self._toggle, column.path))
        wide = menu.addAction(f"{column.label} as wide as it needs")
        wide.triggered.connect(lambda *_: self.fit_asked.emit((section,)))
        place = self._head.visualIndex(section) + 1
        if place < len(self.chosen):
            menu.addAction(f"Freeze up to {column.label}").triggered.connect(lambda *_: self.freeze(place))
        if self.frozen:
            menu.addAction("Freeze nothing").triggered.connect(lambda *_: self.freeze(0))
        menu.addSeparator()

    def _offer_groups(self, menu: QMenu) -> None:
        if self.group_by:
            menu.addAction("Without groups").triggered.connect(lambda *_: self.group_asked.emit(""))
            menu.addAction("Fold all").triggered.connect(lambda *_: self.fold_asked.emit(False))  # noqa: FBT003
            menu.addAction("Unfold all").triggered.connect(lambda *_: self.fold_asked.emit(True))  # noqa: FBT003
            menu.addSeparator()
        common, others = in_parts(self.groups)
        self._offer_some(menu, common)
        for heading, some in others:
            self._offer_some(menu.addMenu(heading.replace("&", "&&")), some)

    def _offer_some(self, menu: QMenu, groups: Groups) -> None:
        for path, label in groups:
            action = menu.addAction(f"By {lowered(label)}".replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(path == self.group_by)
            action.triggered.connect(partial(self._ask_group, path))

    def _ask_group(self, path: str, *_: object) -> None:
        self.group_asked.emit(path)

    def freeze(self, count: int) -> None:
        """Let the first columns stand still while the others are scrolled."""
        self.frozen = count
        self._head.freeze(count)
        self._keep()

    def _ask_sort(self, section: int, down: bool, then: bool, *_: object) -> None:  # noqa: FBT001 - a menu's call
        self.sort_asked.emit(section, down, then)

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
            self.freeze(0)
        if self.frozen >= len(paths):
            self.freeze(max(len(paths) - 1, 0))
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
            if path == _FROZEN and width.isdecimal():
                self.frozen = int(width)
            if path in self._offered and path not in paths:
                paths.append(path)
                if width.isdecimal() and 0 < int(width) < 4000:
                    self._widths[path] = int(width)
        self.frozen = min(self.frozen, max(len(paths or self._begins_with) - 1, 0))
        return tuple(self._offered[path] for path in paths or self._begins_with)

    def _keep(self) -> None:
        if self._settings is None or self._is_fitting:
            return
        words = []
        for column in self.in_sight():
            width = self._widths.get(column.path)
            words.append(f"{column.path}={width}" if width else column.path)
        if self.frozen:
            words.append(f"{_FROZEN}={self.frozen}")
        self._settings.keep_words(self._name, tuple(words))
