"""What the rows of an aging stand for, chosen by chips; “More” has every field that groups, “then” a second level."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QWidget

from duedesk.desk.widgets.buttons import button, chip
from duedesk.desk.widgets.labels import set_tooltip
from duedesk.domain.grouping import (
    ACCOUNT,
    COUNTRY,
    CURRENCY,
    OWNER,
    PARENT,
    TERM,
    Groups,
    groupable,
    in_parts,
    label_of,
    lowered,
)

_SHORT = {PARENT: "Parent", COUNTRY: "Country", TERM: "Term"}
"""Words for a chip where the catalogue's are long."""
CHIPS = (ACCOUNT, PARENT, OWNER, COUNTRY, TERM, CURRENCY)


class GroupChips(QWidget):
    """One chip is on: that of the first level, or “More” with its name."""

    chosen = Signal(object)
    """Another grouping: one path or two."""

    def __init__(self) -> None:
        super().__init__()
        self._by: tuple[str, ...] = (ACCOUNT,)
        self.chips = {path: chip(_SHORT.get(path) or label_of(path)) for path in CHIPS}
        self.more = chip("More…")
        self.then = button("", self._offer_second)
        set_tooltip(self.then, "A second level, which opens under each row (Right and Left)")
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        for path, pressed in self.chips.items():
            line.addWidget(pressed)
            pressed.clicked.connect(partial(self._choose_first, path))
        line.addWidget(self.more)
        line.addWidget(self.then)
        self.more.clicked.connect(lambda *_: self._offer_first())
        self.show_grouping(self._by)

    def show_grouping(self, by: tuple[str, ...]) -> None:
        """Show a grouping without telling anyone."""
        self._by = by
        for path, pressed in self.chips.items():
            pressed.setChecked(path == by[0])
        is_other = by[0] not in self.chips
        self.more.setChecked(is_other)
        self.more.setText(label_of(by[0]) if is_other else "More…")
        self.then.setText(f"then {_named(by[1])}  ▾" if len(by) > 1 else "then by  ▾")
        self.then.setAccessibleName(f"Second level: {_named(by[1]) if len(by) > 1 else 'none'}")

    def first_menu(self) -> QMenu:
        """Give the menu of every field that groups."""
        menu = self._menu()
        second = self._by[1:]
        self._offer_parts(
            menu,
            groupable(),
            lambda path: ((path, *(one for one in second if one != path)), path == self._by[0]),
        )
        return menu

    def second_menu(self) -> QMenu:
        """Give the menu of second levels: those of the chips first, then every other."""
        menu = self._menu()
        first, second = self._by[0], self._by[1] if len(self._by) > 1 else None
        self._offer(menu, "No second level", (first,), second is None)
        menu.addSeparator()
        for path in CHIPS:
            if path != first:
                self._offer(menu, self.chips[path].text(), (first, path), path == second)
        rest = tuple(one for one in groupable() if one[0] not in {first, *CHIPS})
        self._offer_parts(menu.addMenu("More…"), rest, lambda path: ((first, path), path == second))
        return menu

    def _offer_parts(self, menu: QMenu, groups: Groups, of: Callable[[str], tuple[tuple[str, ...], bool]]) -> None:
        """Offer what is common, and the others in a menu for each parent."""
        common, others = in_parts(groups)
        for path, label in common:
            self._offer(menu, label, *of(path))
        for parent, some in others:
            held = menu.addMenu(parent)
            for path, label in some:
                self._offer(held, label, *of(path))

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setStyleSheet("QMenu { menu-scrollable: 1; }")
        return menu

    def _offer(self, menu: QMenu, label: str, by: tuple[str, ...], is_chosen: bool) -> None:  # noqa: FBT001 - private
        action = menu.addAction(label.replace("&", "&&"))
        action.setCheckable(True)
        action.setChecked(is_chosen)
        action.triggered.connect(partial(self._choose, by))

    def _offer_first(self) -> None:
        self.show_grouping(self._by)  # a chip that was pressed is on: what is chosen says which
        self._open(self.first_menu(), self.more)

    def _offer_second(self) -> None:
        self._open(self.second_menu(), self.then)

    def _open(self, menu: QMenu, below: QPushButton) -> None:
        menu.popup(below.mapToGlobal(QPoint(0, below.height() + 2)))

    def _choose_first(self, path: str, *_: object) -> None:
        self._choose((path, *(one for one in self._by[1:] if one != path)))

    def _choose(self, by: tuple[str, ...], *_: object) -> None:
        self.show_grouping(by)
        self.chosen.emit(by)


def _named(path: str) -> str:
    return lowered(_SHORT.get(path) or label_of(path))
