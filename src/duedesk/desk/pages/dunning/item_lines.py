"""The invoices of a letter one below the other, each with its level, its age and why it is in it; it reads nothing."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from duedesk.desk import format as written
from duedesk.desk.pages.dunning.reading import LetterLine
from duedesk.desk.pages.dunning.words import level_of_item
from duedesk.desk.widgets.buttons import button
from duedesk.desk.widgets.labels import Role, elided_label, plain_label
from duedesk.desk.widgets.pill import Pill
from duedesk.domain.aging import DEFAULT_BUCKETS
from duedesk.domain.dunning.proposal import ProposedItem, ProposedLetter
from duedesk.domain.dunning.reasons import sentence
from duedesk.domain.money import ZERO
from duedesk.resources import Look

_MOST = 60
"""Invoices told one by one: the sheets show all."""

_MARGIN, _INSIDE = 6, 10
OUT = "Taken out"


class ItemLine(QWidget):
    """One invoice; the cursor comes to it by Tab, and goes up and down from there. Space takes it out, or puts back."""

    entered = Signal(object)
    """The cursor came here: the key of the invoice."""
    turned = Signal(object)
    """It is to be taken out, or put back: the key of the invoice."""

    def __init__(self, look: Look, item: ProposedItem, line: LetterLine) -> None:
        super().__init__()
        self.key, self._number = item.invoice_key, item.number
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        one, out = line.proposed, line.out.get(item.invoice_key)
        column = QVBoxLayout(self)
        column.setContentsMargins(_INSIDE, 6, _INSIDE, 6)
        column.setSpacing(2)
        head = QHBoxLayout()
        column.addLayout(head)  # first: a pill that is shown before it stands here would be a window of its own
        head.setSpacing(8)
        self.pill = Pill(look)
        head.addWidget(plain_label(item.number or "No number", selectable=True))
        head.addWidget(self.pill)
        self.pill.set_text(OUT if out is not None else level_of_item(item, is_courtesy=one.is_courtesy))
        head.addStretch(1)
        head.addWidget(plain_label(written.amount(item.asked, one.currency)))
        bucket = DEFAULT_BUCKETS.labels[DEFAULT_BUCKETS.index(item.days_overdue)]
        foot = QHBoxLayout()
        foot.addWidget(elided_label(f"{written.due(item.days_overdue, item.due_date)} · {bucket}", Role.SMALL), 1)
        why = _why(item, one.currency) if out is None else sentence(out.reason, one.currency)
        turn = button("Put back" if out is not None else "Take out", self._turn, link=True)
        turn.setAccessibleName(f"{turn.text()} {item.number}")
        foot.addWidget(turn)
        turn.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Space does it where the cursor is
        column.addLayout(foot)
        column.addWidget(plain_label(why, Role.QUIET, wraps=True))
        self.setAccessibleName(f"Invoice {item.number}")

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell that the cursor came here."""
        super().focusInEvent(event)
        self.entered.emit(self.key)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Draw without the line."""
        super().focusOutEvent(event)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go up and down, take out and put back."""
        match event.key():
            case Qt.Key.Key_Down:
                self.focusNextChild()
            case Qt.Key.Key_Up:
                self.focusPreviousChild()
            case Qt.Key.Key_Space:
                self._turn()
            case _:
                super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw a line around the invoice in hand."""
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Accent), 1))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)

    def _turn(self) -> None:
        self.turned.emit(self.key)


class ItemLines(QWidget):
    """Made anew for each letter; `in_hand` is the invoice to which the cursor came last, the first one before that."""

    turned = Signal(object)
    """An invoice is to be taken out, or put back: its key."""

    def __init__(self, look: Look, line: LetterLine, in_hand: int | None = None) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN, 6, _MARGIN, 6)
        column.setSpacing(2)
        one = line.letter
        changed = {item.invoice_key: item for item in one.items}
        every = line.proposed.items
        self.lines = [ItemLine(look, changed.get(item.invoice_key, item), line) for item in every[:_MOST]]
        keys = [item.key for item in self.lines]
        self.in_hand = in_hand if in_hand in keys else keys[0] if keys else None
        for widget in self.lines:
            widget.entered.connect(self._keep)
            widget.turned.connect(self.turned)
            column.addWidget(widget)
        rest = len(every) - _MOST
        if rest > 0:
            column.addWidget(plain_label(f"And {rest:,} more, which the letter lists.", Role.QUIET))
        for words in _beside(one):
            label = plain_label(words, Role.QUIET, wraps=True)
            label.setContentsMargins(_INSIDE, 0, _INSIDE, 0)
            column.addWidget(label)
        column.addStretch(1)

    @property
    def has_cursor(self) -> bool:
        """Tell whether the cursor is on one of the invoices."""
        return any(one.hasFocus() for one in self.lines)

    def begin(self) -> None:
        """Put the cursor on the invoice in hand."""
        for one in self.lines:
            if one.key == self.in_hand:
                one.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_look(self, look: Look) -> None:
        """Draw in another look."""
        for pill in self.findChildren(Pill):
            pill.set_look(look)

    def _keep(self, key: int) -> None:
        self.in_hand = key


def _why(item: ProposedItem, currency: str) -> str:
    said = [sentence(item.reason, currency)]
    kept = item.balance - item.asked
    if kept > ZERO:
        said.append(
            f"{written.money(kept, currency)} of {written.money(item.balance, currency)} is disputed or promised."
        )
    return " ".join(said)


def _beside(one: ProposedLetter) -> list[str]:
    """Say what else makes the sum, in lines; nothing where the invoices are all."""
    amounts = (("Not applied yet, taken off", one.unapplied), ("Fee", one.fee), ("Interest", one.interest))
    lines = [f"{name}: {written.money(amount, one.currency)}" for name, amount in amounts if amount != ZERO]
    if one.not_due_items:
        lines.append(f"{written.plural(len(one.not_due_items), 'invoice')} not due yet are listed beside.")
    return lines
