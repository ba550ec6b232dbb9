"""The chips above the list of invoices: how far paid, where in its life, which buckets; folded where room is short."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QPoint, QPointF, QRectF, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QIntValidator, QPainter, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QSizePolicy, QWidget

from duedesk.desk.pages.invoices.narrowing import SETTLEMENTS, STATUSES, Narrowing, State
from duedesk.desk.widgets.buttons import chip
from duedesk.desk.widgets.labels import set_tooltip
from duedesk.desk.widgets.staying_menu import StayingMenu
from duedesk.domain.aging import DEFAULT_BUCKETS, LAST_EDGE
from duedesk.resources import Look

_GAP = 6
_SQUARE = 9
"""Pixels of a bucket's square."""


@dataclass(frozen=True, slots=True)
class Fold:
    """One way to stand: what has chips of its own, and what is found in a menu."""

    settlements: int
    """How many of the settlements, the first ones."""
    buckets: bool
    label: bool
    """The days beside the chips have a label."""


FOLDS = (
    Fold(settlements=5, buckets=True, label=True),
    Fold(settlements=5, buckets=True, label=False),
    Fold(settlements=3, buckets=True, label=True),
    Fold(settlements=3, buckets=True, label=False),
    Fold(settlements=2, buckets=True, label=False),
    Fold(settlements=5, buckets=False, label=True),
    Fold(settlements=5, buckets=False, label=False),
    Fold(settlements=3, buckets=False, label=False),
    Fold(settlements=2, buckets=False, label=False),
)
"""Ways to stand, from the widest to the narrowest."""


class QuickChips(QWidget):
    """Tells which chip was pressed; a Narrowing says which ones are on."""

    state_pressed = Signal(object)
    """A State."""
    bucket_pressed = Signal(object)
    """A bucket's place."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._shown = Narrowing()
        self._fold = FOLDS[0]
        self.states = {state: _pressed(state.value, partial(self._tell_state, state)) for state in SETTLEMENTS}
        dunnable = self.states[State.DUNNABLE]
        dunnable.setText("Dunnable")
        dunnable.setAccessibleName(State.DUNNABLE.value)
        set_tooltip(dunnable, "What a dunning run of the day after puts into a letter")
        labels = DEFAULT_BUCKETS.labels
        self.buckets = [_pressed(label, partial(self._tell_bucket, place)) for place, label in enumerate(labels)]
        for label, one in zip(labels, self.buckets, strict=True):
            one.setAccessibleName(f"Bucket: {label}")
        self.status_menu = _menu_chip("Status", self._open_statuses)
        self.bucket_menu = _menu_chip("Bucket", self._open_buckets)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(_GAP)
        for widget in (*self.states.values(), self.status_menu, *self.buckets, self.bucket_menu):
            line.addWidget(widget)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_look(look)
        self.fold(FOLDS[0])

    def show_narrowing(self, shown: Narrowing) -> None:
        """Show which chips are on."""
        self._shown = shown
        for state, one in self.states.items():
            _set_on(one, is_on=state in shown.states)
        for place, one in enumerate(self.buckets):
            _set_on(one, is_on=place in shown.buckets)
        self._say_statuses(self._fold)
        _say(self.bucket_menu, "Bucket", [DEFAULT_BUCKETS.labels[place] for place in sorted(shown.buckets)])

    def fold(self, fold: Fold) -> None:
        """Stand in another way."""
        self._fold = fold
        for place, one in enumerate(self.states.values()):
            one.setVisible(place < fold.settlements)
        for one in self.buckets:
            one.setVisible(fold.buckets)
        self.bucket_menu.setVisible(not fold.buckets)
        self.show_narrowing(self._shown)
        self.updateGeometry()

    def needed(self, fold: Fold) -> int:
        """Give the pixels that it needs when it stands in a way."""
        self._say_statuses(fold)
        states = list(self.states.values())[: fold.settlements]
        shown = [*states, self.status_menu, *(self.buckets if fold.buckets else (self.bucket_menu,))]
        width: int = sum(one.sizeHint().width() for one in shown) + _GAP * (len(shown) - 1)
        self._say_statuses(self._fold)
        return width

    def set_look(self, look: Look) -> None:
        """Draw in another look."""
        self._squares = [_square(look.bucket(place, len(DEFAULT_BUCKETS))) for place in range(len(DEFAULT_BUCKETS))]
        for square, one in zip(self._squares, self.buckets, strict=True):
            one.setIcon(square)

    def status_actions(self) -> StayingMenu:
        """Make the menu of what is in no chip of its own."""
        return self._menu(
            [
                (state.value, state in self._shown.states, partial(self._tell_state, state))
                for state in _in_menu(self._fold)
            ]
        )

    def bucket_actions(self) -> StayingMenu:
        """Make the menu of the buckets."""
        labels = enumerate(DEFAULT_BUCKETS.labels)
        offered = [(label, place in self._shown.buckets, partial(self._tell_bucket, place)) for place, label in labels]
        menu = self._menu(offered)
        for square, action in zip(self._squares, menu.actions(), strict=True):
            action.setIcon(square)
            action.setIconVisibleInMenu(True)
        return menu

    def _menu(self, offered: Sequence[tuple[str, bool, Callable[[], None]]]) -> StayingMenu:
        menu = StayingMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for text, is_on, press in offered:
            action = menu.addAction(text)
            action.setCheckable(True)
            action.setChecked(is_on)
            action.triggered.connect(lambda *_, press=press: press())
        return menu

    def _say_statuses(self, fold: Fold) -> None:
        hidden = [state for state in _in_menu(fold) if state in self._shown.states]
        _say(self.status_menu, "Status", [state.value for state in hidden])

    def _open_statuses(self) -> None:
        self.status_actions().popup(self.status_menu.mapToGlobal(QPoint(0, self.status_menu.height() + 2)))
        self.show_narrowing(self._shown)

    def _open_buckets(self) -> None:
        self.bucket_actions().popup(self.bucket_menu.mapToGlobal(QPoint(0, self.bucket_menu.height() + 2)))
        self.show_narrowing(self._shown)

    def _tell_state(self, state: State, *_: object) -> None:
        self.state_pressed.emit(state)

    def _tell_bucket(self, place: int, *_: object) -> None:
        self.bucket_pressed.emit(place)


def _in_menu(fold: Fold) -> tuple[State, ...]:
    return (*SETTLEMENTS[fold.settlements :], *STATUSES)


def _pressed(text: str, press: Callable[..., None]) -> QPushButton:
    made = chip(text)
    made.clicked.connect(press)
    return made


def _menu_chip(text: str, opens: Callable[[], None]) -> QPushButton:
    made = chip(f"{text} ▾")
    made.clicked.connect(lambda *_: opens())
    return made


def _say(menu_chip: QPushButton, name: str, chosen: list[str]) -> None:
    said = chosen[0] if len(chosen) == 1 else f"{name} ({len(chosen)})" if chosen else name
    menu_chip.setText(f"{said} ▾")
    menu_chip.setAccessibleName(f"{name}: {', '.join(chosen)}" if chosen else name)
    _set_on(menu_chip, is_on=bool(chosen))


def _set_on(one: QPushButton, *, is_on: bool) -> None:
    with QSignalBlocker(one):
        one.setChecked(is_on)


def _square(colour: str) -> QIcon:
    picture = QPixmap(32, 32)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    side = 32 * _SQUARE / 16
    at = (32 - side) / 2
    painter.drawRoundedRect(QRectF(QPointF(at, at), QPointF(at + side, at + side)), 4, 4)
    painter.end()
    return QIcon(picture)


def day_field(placeholder: str, name: str) -> QLineEdit:
    """Make a field for a number of days."""
    field = QLineEdit()
    field.setPlaceholderText(placeholder)
    field.setAccessibleName(name)
    field.setFixedWidth(52)
    field.setMaxLength(6)
    field.setValidator(QIntValidator(-LAST_EDGE, LAST_EDGE, field))
    return field


def days_in(field: QLineEdit) -> int | None:
    """Give the days that stand in a field; None where there are none."""
    try:
        return int(field.text())
    except ValueError:
        return None
