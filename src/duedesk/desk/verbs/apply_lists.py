"""Two lists with an amount in each row: what is used of payments and credits, what goes on invoices."""

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from duedesk.desk import format as written
from duedesk.desk.background import Tasks
from duedesk.desk.records.sheet import column
from duedesk.desk.tables.columns import Shown
from duedesk.desk.verbs.applying import ApplyOffer
from duedesk.desk.widgets.edit_model import Typed
from duedesk.desk.widgets.edit_table import EditTable
from duedesk.desk.widgets.labels import Role, plain_label
from duedesk.domain.catalog import Kind
from duedesk.domain.filters import Value
from duedesk.domain.money import ZERO
from duedesk.resources import Look

AMOUNT = "amount"
"""The column that is typed in."""

_SOURCES = (
    column("number", "Number", Kind.STRING, 100, Shown.NUMBER, stretches=True),
    column("on", "Date", Kind.DATE, 96),
    column("rest", "Left", Kind.CURRENCY, 78, Shown.FIGURE),
    column(AMOUNT, "Use", Kind.CURRENCY, 86, Shown.FIGURE),
)
_INVOICES = (
    column("number", "Invoice", Kind.STRING, 100, Shown.NUMBER, stretches=True),
    column("due", "Due", Kind.DATE, 96),
    column("balance", "Open", Kind.CURRENCY, 84, Shown.FIGURE),
    column(AMOUNT, "Pay", Kind.CURRENCY, 96, Shown.FIGURE),
)
_TYPED = Typed(frozenset({AMOUNT}), {})


class ApplyLists(QWidget):
    """What an account has left at the left, what it owes at the right."""

    changed = Signal()
    """An amount was typed."""

    def __init__(self, look: Look, tasks: Tasks, offer: ApplyOffer) -> None:
        super().__init__()
        self._currency = offer.currency
        self.sources = EditTable(look, tasks, "Payments and credits that are not applied")
        self.invoices = EditTable(look, tasks, "Open invoices")
        self._used = plain_label("", Role.QUIET)
        self._paid = plain_label("", Role.QUIET)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(16)
        line.addLayout(_headed("Payments and credits", self._used, self.sources), 9)
        line.addLayout(_headed("Open invoices", self._paid, self.invoices), 10)
        sources = [(one.number or one.reference or one.kind, one.on, one.rest, None) for one in offer.sources]
        invoices = [(one.number, one.due_date, one.balance, None) for one in offer.invoices]
        self.sources.show_cells(_SOURCES, sources, _TYPED, offer.currency)
        self.invoices.show_cells(_INVOICES, invoices, _TYPED, offer.currency)
        for table in (self.sources, self.invoices):
            table.cells.edited.connect(lambda *_: self._on_edited())
        self._say_sums()

    @property
    def used(self) -> tuple[Decimal, ...]:
        """Give what is used of each payment and credit."""
        return _amounts(self.sources)

    @property
    def paid(self) -> tuple[Decimal, ...]:
        """Give what goes on each invoice."""
        return _amounts(self.invoices)

    def finish(self) -> None:
        """Take what is being typed."""
        for table in (self.sources, self.invoices):
            table.finish()

    def set_used(self, amounts: Sequence[Decimal]) -> None:
        """Use other amounts, without telling anyone."""
        _set(self.sources, amounts)
        self._say_sums()

    def set_paid(self, amounts: Sequence[Decimal]) -> None:
        """Put other amounts on the invoices, without telling anyone."""
        _set(self.invoices, amounts)
        self._say_sums()

    def _on_edited(self) -> None:
        self._say_sums()
        self.changed.emit()

    def _say_sums(self) -> None:
        self._used.setText(written.money(sum(self.used, ZERO), self._currency))
        self._paid.setText(written.money(sum(self.paid, ZERO), self._currency))


def _headed(name: str, total: QLabel, table: EditTable) -> QVBoxLayout:
    above = QHBoxLayout()
    above.setContentsMargins(0, 0, 10, 0)  # the sum ends where the amounts below it end
    above.addWidget(plain_label(name, Role.STRONG))
    above.addStretch(1)
    above.addWidget(total)
    stacked = QVBoxLayout()
    stacked.setSpacing(0)
    stacked.addLayout(above)
    stacked.addWidget(table, 1)
    return stacked


def _amounts(table: EditTable) -> tuple[Decimal, ...]:
    held: list[Value] = [table.cells.cell(place, AMOUNT) for place in range(table.cells.rowCount())]
    return tuple(amount if isinstance(amount, Decimal) else ZERO for amount in held)


def _set(table: EditTable, amounts: Sequence[Decimal]) -> None:
    for place, amount in enumerate(amounts):
        table.cells.set_cell(place, AMOUNT, amount or None)
