"""The panel of Ctrl+K over the window: one field, and below it what it found; it does nothing of what it offers.

What is known without the book (pages and commands) is offered while one types; records come as the book answers, below
it, so that nothing moves under the hand. An answer to what is no longer typed is dropped.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QEvent, QModelIndex, QObject, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListView, QVBoxLayout, QWidget

from duedesk.desk.finding.asking import offers_for
from duedesk.desk.finding.field import FindField
from duedesk.desk.finding.lines import LineDelegate, Lines
from duedesk.desk.finding.offers import Offer, is_query, matching
from duedesk.desk.navigation import Stand
from duedesk.desk.page import Desk
from duedesk.desk.widgets.frames import card, rule
from duedesk.desk.widgets.labels import Role, plain_label
from duedesk.resources import Look

PAUSE_MS = 90
"""Typing is taken as finished after this long: one question, not one a key."""

_WIDTH, _HEIGHT, _TOP, _LEAST_MARGIN = 680, 560, 64, 24
_VEIL = 178
"""How much of what is covered is veiled, of 255."""

_HINT = "Number, name, reference, command, or SELECT …"
_NOTHING = "Nothing is called that."


@dataclass(frozen=True, slots=True)
class Known:
    """What can be offered without asking the book, and where in time the reader stands."""

    offers: tuple[Offer, ...]
    stand: Stand


class FindPanel(QWidget):
    """Covers its parent while it is open."""

    chosen = Signal(object)
    """An Offer was chosen; the panel is closed by then."""

    def __init__(self, desk: Desk, known: Callable[[], Known], parent: QWidget) -> None:
        super().__init__(parent)
        self._over = parent
        self._desk = desk
        self._known = known
        self._now = Known((), Stand(date.min))
        self._before: QWidget | None = None
        self._has_walked = False
        self.lines = Lines(self)
        self.field = FindField()
        self.field.setPlaceholderText(_HINT)
        self.field.setAccessibleName("Find anything")
        self.field.setFrame(False)
        self.list = QListView()
        self._delegate = LineDelegate(desk.look, self.list)
        self._told = plain_label("", Role.QUIET)
        self._told.setContentsMargins(16, 8, 16, 10)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._ask)
        self._card = self._lay_out()
        self._settle_list()
        self.field.textEdited.connect(self._on_typed)
        self.field.stepped.connect(self._step)
        self.field.taken.connect(self._take)
        self.field.left.connect(self.close_panel)
        self.hide()
        parent.installEventFilter(self)

    @property
    def current(self) -> Offer | None:
        """Give the offer that Enter would take."""
        return self.lines.offer(self.list.currentIndex().row())

    def open_panel(self, text: str = "") -> None:
        """Open, and begin anew."""
        if self.isHidden():
            self._before = self.window().focusWidget()
        self._now = self._known()
        self.setGeometry(self._over.rect())
        self.show()
        self.raise_()
        self.field.setText(text)
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.end(False)  # noqa: FBT003 - Qt's own signature
        self._on_typed()
        self._ask()

    def close_panel(self) -> None:
        """Close, and go back to where the reader was."""
        if self.isHidden():
            return
        self._pause.stop()
        self.hide()
        if self._before is not None and self._before.isVisible():
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)
        self._before = None

    def set_look(self, look: Look) -> None:
        """Draw in another look."""
        self._delegate.set_look(look)
        self.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay as large as what is covered."""
        if event.type() is QEvent.Type.Resize and not self.isHidden():
            self.setGeometry(self._over.rect())
            self._fit()
        return super().eventFilter(watched, event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Close on a click beside the card."""
        if not self._card.geometry().contains(event.position().toPoint()):
            self.close_panel()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Veil what is covered."""
        veil = QColor(self.palette().window().color())
        veil.setAlpha(_VEIL)
        QPainter(self).fillRect(self.rect(), veil)

    def _lay_out(self) -> QFrame:
        made = card()
        made.setParent(self)
        line = QHBoxLayout()
        line.setContentsMargins(8, 8, 8, 8)
        line.addWidget(self.field)
        column = QVBoxLayout(made)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addLayout(line)
        column.addWidget(rule())
        column.addWidget(self.list, 1)
        column.addWidget(self._told)
        self.field.setObjectName("find")
        return made

    def _settle_list(self) -> None:
        self.list.setModel(self.lines)
        self.list.setItemDelegate(self._delegate)
        self.list.setProperty("found", True)  # noqa: FBT003 - Qt's own signature
        self.list.setAccessibleName("Found")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setMouseTracking(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.clicked.connect(self._take_at)

    def _on_typed(self, *_: object) -> None:
        """Offer at once what is known, and ask the book when the typing pauses."""
        text = self.field.text().strip()
        self._has_walked = False
        # While nothing is typed the records of late stand first: nothing is shown before they have come.
        self._show(matching(self._now.offers, text) if text and not is_query(text) else ())
        self._pause.start()

    def _ask(self) -> None:
        self._pause.stop()
        text, stand = self.field.text().strip(), self._now.stand
        workspace, reachable = self._desk.workspace, self._desk.reachable
        self._desk.tasks.read(
            self,
            lambda: offers_for(workspace, text, stand, reachable),
            lambda found: self._take_found(text, found),
            failed=lambda _: self._take_found(text, ()),
            slot="found",
        )

    def _take_found(self, text: str, found: tuple[Offer, ...]) -> None:
        if text == self.field.text().strip() and not self.isHidden():
            known = () if is_query(text) else matching(self._now.offers, text)
            self._show((*known, *found) if text else (*found, *known))
            if not self.lines.rowCount():
                self._tell(_NOTHING)

    def _show(self, offers: tuple[Offer, ...]) -> None:
        kept = self.current if self._has_walked else None
        self.lines.show_offers(offers)
        self._stand_at(self.lines.place_of(kept))
        self._tell("")
        self._fit()

    def _tell(self, text: str) -> None:
        self._told.setText(text)
        self._told.setVisible(bool(text))
        self._fit()

    def _step(self, by: int) -> None:
        self._has_walked = True
        self._stand_at(self.lines.step(self.list.currentIndex().row(), by))

    def _stand_at(self, place: int) -> None:
        there = self.lines.index(place, 0) if place >= 0 else QModelIndex()
        self.list.setCurrentIndex(there)
        first = self.lines.step(-1, 1)
        self.list.scrollToTop() if place == first else self.list.scrollTo(there)
        offer = self.current
        self.field.setAccessibleDescription("" if offer is None else offer.spoken)

    def _take_at(self, index: QModelIndex) -> None:
        self.list.setCurrentIndex(index)
        self._take()

    def _take(self) -> None:
        offer = self.current
        if offer is not None and offer.opens is not None:
            self.close_panel()
            self.chosen.emit(offer)

    def _fit(self) -> None:
        """Give the card the width there is and the height it needs."""
        width = min(_WIDTH, self.width() - 2 * _LEAST_MARGIN)
        told = self._told.sizeHint().height() if not self._told.isHidden() else 0
        lines = self.lines.height() + (12 if self.lines.rowCount() else 0)
        self.list.setVisible(bool(self.lines.rowCount()))
        height = min(50 + lines + told, _HEIGHT, self.height() - _TOP - _LEAST_MARGIN)
        self._card.setGeometry(QRect((self.width() - width) // 2, _TOP, width, height))
        layout = self._card.layout()
        if layout is not None:
            layout.activate()
        if self.list.currentIndex().row() == self.lines.step(-1, 1):
            self.list.scrollToTop()  # the heading above the first is seen too
