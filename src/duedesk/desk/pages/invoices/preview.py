"""The invoice in hand beside the list: figures, what else its account owes, last movements; it edits nothing."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from duedesk.desk import format as written
from duedesk.desk.pages.invoices.questions import Debt, Previewed
from duedesk.desk.tables.rows import GroupHead
from duedesk.desk.widgets.bucket_strip import BucketLine, BucketStrip
from duedesk.desk.widgets.buttons import button
from duedesk.desk.widgets.labels import Role, elided_label, plain_label, set_role
from duedesk.domain.aging import DEFAULT_BUCKETS
from duedesk.domain.money import ZERO
from duedesk.resources import Look
from duedesk.store.queries.records.invoice import InvoiceRecord
from duedesk.store.queries.records.movements import Movement

WIDTH = 320
_MOVEMENTS = 5
"""Movements shown: the last ones; the record shows all."""


class Preview(QFrame):
    """A card of a fixed width; empty until an invoice is shown."""

    open_asked = Signal()
    letter_asked = Signal()
    bucket_asked = Signal(object)
    """The account's invoices of a bucket are asked for: its place."""

    def __init__(self, look: Look, *, can_open: bool, can_write: bool) -> None:
        super().__init__()
        self.setProperty("card", True)  # noqa: FBT003 - Qt's own signature
        self.setFixedWidth(WIDTH)
        self._number = plain_label("", Role.QUIET, selectable=True)
        self._account = elided_label()
        self._balance = plain_label("", Role.FIGURE, selectable=True)
        self._due = plain_label()
        self._debt = plain_label("", Role.QUIET)
        self._others = plain_label("", Role.QUIET, wraps=True)
        self._strip = BucketStrip(look, DEFAULT_BUCKETS)
        self._strip.chosen.connect(self.bucket_asked)
        self._lines = [BucketLine(look, place, DEFAULT_BUCKETS) for place in range(len(DEFAULT_BUCKETS))]
        for place, line in enumerate(self._lines):
            line.clicked.connect(partial(self._ask_bucket, place))
        self._debts = self._debt_section()
        self._movements = QGridLayout()
        self._movements.setHorizontalSpacing(12)
        self._movements.setVerticalSpacing(6)
        self._movements.setColumnStretch(1, 1)
        self._whole = QWidget()
        column = QVBoxLayout(self._whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for widget in (self._number, self._account, self._balance, self._due):
            column.addWidget(widget)
        column.addSpacing(12)
        column.addWidget(self._debts)
        column.addSpacing(12)
        column.addLayout(self._movements)
        column.addStretch(1)
        self._buttons = self._commands(can_open=can_open, can_write=can_write)
        column.addWidget(self._buttons)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(16, 14, 16, 14)
        outer.addWidget(self._whole)
        self.clear()

    def set_look(self, look: Look) -> None:
        """Draw in another look."""
        self._strip.set_look(look)
        for line in self._lines:
            line.set_look(look)

    def clear(self) -> None:
        """Show nothing."""
        self._whole.setVisible(False)

    def show_group(self, head: GroupHead) -> None:
        """Show the group whose head is in hand: what it is, how many, and what they add up to."""
        of = "open" if head.are_open else "billed"
        first, *others = (*(f"{amount} {currency}" for amount, currency in head.sums), "")
        self._number.setText("Group of 1 invoice" if head.count == "1" else f"Group of {head.count} invoices")
        self._account.setText(head.label)
        self._balance.setText(first)
        self._due.setText("\n".join((*(f"and {one}" for one in others if one), of) if first else ()))
        set_role(self._due, Role.QUIET)
        self._debts.setVisible(False)
        self._clear_movements()
        self._buttons.setVisible(False)
        self._whole.setVisible(True)

    def show_invoice(self, shown: Previewed) -> None:
        """Show an invoice."""
        record = shown.record
        is_open = record.days_overdue is not None
        self._number.setText(record.number or "No number yet")
        self._account.setText(record.account)
        self._balance.setText(written.money(record.balance if is_open else record.total, record.currency))
        self._due.setText(_state(record))
        set_role(self._due, Role.OVERDUE if (record.days_overdue or 0) > 0 else Role.QUIET)
        self._show_debts(shown.debts)
        self._show_movements(record)
        self._buttons.setVisible(True)
        self._whole.setVisible(True)

    def _debt_section(self) -> QWidget:
        section = QWidget()
        column = QVBoxLayout(section)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(plain_label("Account, all open", Role.QUIET))
        column.addSpacing(6)
        column.addWidget(self._strip)
        column.addSpacing(6)
        for line in self._lines:
            column.addWidget(line)
        column.addSpacing(4)
        column.addWidget(self._debt)
        column.addWidget(self._others)
        return section

    def _commands(self, *, can_open: bool, can_write: bool) -> QWidget:
        held = QWidget()
        line = QHBoxLayout(held)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        if can_open:
            line.addWidget(button("Open  ↵", self.open_asked.emit), 1)
        if can_write:
            line.addWidget(button("Letter  L", self.letter_asked.emit), 1)
        return held

    def _show_debts(self, debts: tuple[Debt, ...]) -> None:
        self._debts.setVisible(bool(debts))
        if not debts:
            return
        first, *others = debts
        self._strip.set_amounts(first.buckets)
        for line, amount in zip(self._lines, first.buckets, strict=True):
            line.set_amount(written.amount(amount, first.currency))
            line.setVisible(amount != ZERO)
        counted = written.plural(first.invoices, "invoice")
        self._debt.setText(f"{written.money(first.total, first.currency)} in {counted}")
        self._others.setText("\n".join(f"and {written.money(debt.total, debt.currency)}" for debt in others))
        self._others.setVisible(bool(others))

    def _clear_movements(self) -> None:
        while (item := self._movements.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()

    def _show_movements(self, record: InvoiceRecord) -> None:
        self._clear_movements()
        for row, movement in enumerate(record.movements[-_MOVEMENTS:]):
            for column, label in enumerate(_movement_labels(movement, record.currency)):
                self._movements.addWidget(label, row, column)

    def _ask_bucket(self, place: int, *_: object) -> None:
        self.bucket_asked.emit(place)


def _state(record: InvoiceRecord) -> str:
    """Say how late an invoice is; where nothing is owed, what became of it."""
    if record.days_overdue is not None:
        return written.due(record.days_overdue, record.due_date)
    if record.status == "Posted":
        last = record.movements[-1].on if record.movements else None
        return f"Settled · last payment {written.day(last)}" if last is not None else "Settled"
    return record.status


def _movement_labels(movement: Movement, currency: str) -> tuple[QLabel, QLabel, QLabel]:
    on = plain_label(written.day(movement.on), Role.QUIET)
    what = elided_label(movement.what if movement.what == "Posted" else f"{movement.what} {movement.number}".strip())
    amount = plain_label(written.amount(movement.amount, currency))
    amount.setAlignment(Qt.AlignmentFlag.AlignRight)
    return on, what, amount
