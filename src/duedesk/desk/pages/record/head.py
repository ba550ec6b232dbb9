"""The head of a record: the figures that matter, large and few; it reads nothing and goes nowhere itself."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from duedesk.desk import format as written
from duedesk.desk.pages.record.sheets import imported_balance
from duedesk.desk.records.facts import fact
from duedesk.desk.widgets.buttons import button
from duedesk.desk.widgets.labels import Role, elided_label, plain_label, set_role, set_tooltip
from duedesk.desk.widgets.link import Link
from duedesk.desk.widgets.pill import Pill
from duedesk.domain.invoice import SettlementStatus
from duedesk.resources import Look
from duedesk.store.queries.records import InvoiceRecord

_DERIVED = "The source gave no due date: it is the invoice date plus the terms, else the invoice date itself."


class Head(QFrame):
    """A card; empty until a record is shown."""

    account_asked = Signal()
    letter_asked = Signal()
    back_asked = Signal()

    def __init__(self, look: Look, *, can_write: bool) -> None:
        super().__init__()
        self.setProperty("card", True)  # noqa: FBT003 - Qt's own signature
        self.number = plain_label("", Role.QUIET, selectable=True)
        self.pill = Pill(look)
        self.account = Link()
        self.account.clicked.connect(lambda *_: self.account_asked.emit())
        self.balance = plain_label("", Role.FIGURE, selectable=True)
        self.due = plain_label()
        self.source = elided_label("", Role.OVERDUE)
        self.total = plain_label("", selectable=True)
        self.invoice_date = plain_label("", selectable=True)
        self.due_date = plain_label("", selectable=True)
        self.derived = plain_label("derived", Role.SMALL)
        set_tooltip(self.derived, _DERIVED)
        self.letter = button("Letter  L", self.letter_asked.emit)
        self.back = button("Back  Esc", self.back_asked.emit)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(20, 14, 16, 14)
        outer.setSpacing(2)
        outer.addLayout(self._first_line())
        account = QHBoxLayout()
        account.addWidget(self.account)
        account.addStretch(1)
        outer.addLayout(account)
        outer.addSpacing(4)
        outer.addLayout(self._figures())
        outer.addWidget(self.due)
        outer.addWidget(self.source)
        self.letter.setVisible(can_write)  # not before it stands here: it would be a window of its own for a moment

    def set_look(self, look: Look) -> None:
        """Draw in another look."""
        self.pill.set_look(look)

    def show_record(self, record: InvoiceRecord) -> None:
        """Show a record."""
        self.number.setText(record.number or "No number yet")
        self.pill.set_text(_status(record))
        number = "" if record.account_number == record.account else record.account_number
        self.account.set_words(f"{record.account}  {number}".strip())
        set_tooltip(self.account, "The account's open invoices")
        is_open = record.days_overdue is not None
        self.balance.setText(written.money(record.balance if is_open else record.total, record.currency))
        self.balance.setAccessibleName(f"{'Balance' if is_open else 'Total'} {self.balance.text()}")
        self.due.setText(in_a_line(record))
        set_role(self.due, Role.OVERDUE if (record.days_overdue or 0) > 0 else Role.QUIET)
        self.total.setText(written.money(record.total, record.currency))
        self.invoice_date.setText(written.day(record.invoice_date) or written.NOTHING)
        self.due_date.setText(written.day(record.due_date) or written.NOTHING)
        self.derived.setVisible(record.is_due_date_derived)
        stated = imported_balance(record)
        self.source.setVisible(stated is not None)
        if stated is not None:
            said, ours = (written.money(amount, record.currency) for amount in (stated, record.balance))
            self.source.setText(f"The source states a balance of {said}; payments and credits leave {ours}.")

    def _first_line(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.number)
        line.addWidget(self.pill)
        line.addStretch(1)
        line.addWidget(self.letter)
        line.addWidget(self.back)
        return line

    def _figures(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(40)
        line.addWidget(self.balance, 0, Qt.AlignmentFlag.AlignBottom)
        line.addSpacing(8)
        line.addLayout(fact("Total", self.total))
        line.addLayout(fact("Invoice date", self.invoice_date))
        line.addLayout(fact("Due date", self.due_date, self.derived))
        line.addStretch(1)
        return line


def in_a_line(record: InvoiceRecord) -> str:
    """Say how late a record is; where nothing is owed, what became of it."""
    if record.days_overdue is not None:
        return written.due(record.days_overdue, record.due_date).partition(" · ")[0]
    if record.settlement_status == SettlementStatus.SETTLED:
        on = next((one.value for one in record.fields if one.field.name == "FullSettlementDate"), None)
        return f"Settled on {written.day(on)}" if isinstance(on, date) else "Settled"
    return record.status


def _status(record: InvoiceRecord) -> str:
    """Give the settlement of a debt, and the status of what is none: a draft, a voided invoice."""
    is_debt = record.settlement_status and record.settlement_status != SettlementStatus.NOT_APPLICABLE
    return (record.settlement_status if is_debt else record.status).capitalize()
