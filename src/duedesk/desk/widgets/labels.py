"""Text on the screen: the only place where a label or a tooltip is made, so that data is never taken for markup."""

from enum import StrEnum
from html import escape

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from duedesk.desk import fonts


class Role(StrEnum):
    """What a text is for; the look gives it size and colour."""

    TEXT = "text"
    QUIET = "quiet"
    SMALL = "small"
    STRONG = "strong"
    TITLE = "title"
    FIGURE = "figure"
    OVERDUE = "overdue"
    GOOD = "good"


_SIZES = {Role.SMALL: fonts.SMALL, Role.TITLE: fonts.TITLE, Role.FIGURE: fonts.FIGURE}


class ElidedLabel(QLabel):
    """A line that ends in an ellipsis where it does not fit, and then tells the whole in its tooltip."""

    def __init__(self, text: str = "") -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        """Allow any width."""
        return QSize(self.fontMetrics().averageCharWidth() * 4, super().minimumSizeHint().height())

    def setText(self, text: str) -> None:
        """Show another text."""
        super().setText(text)
        self._tell_whole()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell the whole text where it is cut now."""
        super().resizeEvent(event)
        self._tell_whole()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Draw the text, cut with an ellipsis."""
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.contentsRect(), self.alignment(), self._shown())

    def _shown(self) -> str:
        return self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.contentsRect().width())

    def _tell_whole(self) -> None:
        set_tooltip(self, self.text() if self._shown() != self.text() else "")


def plain_label(text: str = "", role: Role = Role.TEXT, *, wraps: bool = False, selectable: bool = False) -> QLabel:
    """Make a label that shows its text as it is."""
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(wraps)
    if selectable:
        label.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        label.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
    _dress(label, role)
    return label


def elided_label(text: str = "", role: Role = Role.TEXT) -> ElidedLabel:
    """Make a label of one line that may be cut."""
    label = ElidedLabel(text)
    _dress(label, role)
    return label


def set_role(label: QLabel, role: Role) -> None:
    """Give a label another role."""
    if label.property("role") != role.value:
        _dress(label, role)
        label.style().unpolish(label)
        label.style().polish(label)


def set_tooltip(widget: QWidget, text: str) -> None:
    """Give a widget a tooltip that shows its text as it is, and is read out as it is."""
    widget.setToolTip(tooltip(text))
    widget.setAccessibleDescription(text)  # which would else be the tooltip, its markup read out


def tooltip(text: str) -> str:
    """Give the text of a tooltip in the form in which Qt takes nothing in it for markup."""
    return f'<span style="white-space: pre-wrap">{escape(text)}</span>' if text else ""


def _dress(label: QLabel, role: Role) -> None:
    label.setProperty("role", role.value)
    label.setFont(fonts.font(_SIZES.get(role, fonts.TEXT), strong=role is Role.STRONG))
