"""A field for an amount: typed as people write it, shown as the desk writes it; it decides nothing about it."""

from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from duedesk.desk import format as written
from duedesk.desk.amount_entry import LONGEST, read


class AmountField(QLineEdit):
    """Shows an amount of a currency; None while it is empty."""

    amount_changed = Signal()
    """Another amount, or none that can be read."""

    def __init__(self, currency: str, amount: Decimal | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._currency = currency
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setMaxLength(LONGEST)
        self.set_amount(amount)
        self.textEdited.connect(self._on_edited)

    @property
    def amount(self) -> Decimal | None:
        """Give the amount; None where there is none, or none that can be read."""
        return read(self.text())

    @property
    def is_wrong(self) -> bool:
        """Tell whether something stands there that is no amount."""
        return bool(self.text().strip()) and self.amount is None

    def set_amount(self, amount: Decimal | None) -> None:
        """Show another amount without telling anyone."""
        self.setText(written.amount(amount, self._currency))
        self._mark()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Select the whole amount, so that typing replaces it."""
        super().focusInEvent(event)
        self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Write what was typed as the desk writes it."""
        super().focusOutEvent(event)
        if self.amount is not None:
            self.set_amount(self.amount)

    def _on_edited(self) -> None:
        self._mark()
        self.amount_changed.emit()

    def _mark(self) -> None:
        if bool(self.property("wrong")) != self.is_wrong:
            self.setProperty("wrong", self.is_wrong)
            self.style().unpolish(self)
            self.style().polish(self)
