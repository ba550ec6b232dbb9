"""The lines of a draft in hand as a table that is typed in; what they come to is worked out in the domain."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from duedesk.desk.records.sheet import column
from duedesk.desk.tables.columns import Column, Shown
from duedesk.desk.widgets.buttons import button
from duedesk.desk.widgets.edit_model import Typed
from duedesk.desk.widgets.edit_table import EditTable
from duedesk.desk.widgets.labels import Role, plain_label, set_role
from duedesk.domain.catalog import Kind
from duedesk.domain.filters import Value
from duedesk.domain.line_pricing import GROSS, LineDraft, PricedLine
from duedesk.domain.line_totals import LineType

_PRICE_LABELS = {False: "Unit price", True: "Price with tax"}
_TYPED = Typed(
    frozenset(
        {"name", "type", "on", "description", "service_from", "service_to", "quantity", "price", "rate", "amount"}
    ),
    {"type": tuple(LineType)},
)


def _columns(*, is_gross: bool) -> tuple[Column, ...]:
    return (
        column("place", "", Kind.STRING, 24, Shown.NUMBER),
        column("name", "Line", Kind.STRING, 130, stretches=True),
        column("type", "Type", Kind.STRING, 96, Shown.NUMBER),
        column("on", "On", Kind.STRING, 36, Shown.NUMBER),
        column("description", "Description", Kind.STRING, 120),
        column("service_from", "From", Kind.DATE, 94),
        column("service_to", "To", Kind.DATE, 94),
        column("quantity", "Quantity", Kind.DOUBLE, 64, Shown.FIGURE),
        column("price", _PRICE_LABELS[is_gross], Kind.CURRENCY, 84, Shown.FIGURE),
        column("rate", "Tax %", Kind.PERCENT, 56, Shown.FIGURE),
        column("amount", "Amount", Kind.CURRENCY, 88, Shown.FIGURE),
    )


class LinesTable(QWidget):
    """The table and what adds and removes its rows."""

    changed = Signal()
    """A line is another, or there are more or fewer."""

    def __init__(self, table: EditTable) -> None:
        super().__init__()
        self.table = table
        self._lines: list[LineDraft] = []
        self._currency, self._is_gross = "", False
        self.says = plain_label("", Role.QUIET, wraps=True)
        self.says.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        below = QHBoxLayout()
        below.setContentsMargins(19, 6, 19, 6)
        below.setSpacing(8)
        below.addWidget(button("Add a charge  Ctrl+N", self.add_charge))
        below.addWidget(button("Add an adjustment", self.add_adjustment))
        below.addWidget(button("Remove  Ctrl+Del", self.remove))
        below.addWidget(self.says, 1)
        stacked = QVBoxLayout(self)
        stacked.setContentsMargins(0, 0, 0, 0)
        stacked.setSpacing(0)
        stacked.addWidget(table, 1)
        stacked.addLayout(below)
        self.setFocusProxy(table)
        table.cells.edited.connect(self._on_edited)

    @property
    def lines(self) -> tuple[LineDraft, ...]:
        """Give the lines as they are written."""
        return tuple(self._lines)

    def show_lines(self, lines: Sequence[LineDraft], currency: str, *, is_gross: bool) -> None:
        """Show other lines, without amounts until they are worked out."""
        self._lines, self._currency, self._is_gross = list(lines), currency, is_gross
        cells = [_cells(place, line) for place, line in enumerate(lines)]
        self.table.show_cells(_columns(is_gross=is_gross), cells, _TYPED, currency)

    def show_prices(self, priced: Sequence[PricedLine], says: str, *, is_fault: bool) -> None:
        """Show what each line comes to, and say what all do, or why they cannot be worked out."""
        self.says.setText(says)
        set_role(self.says, Role.OVERDUE if is_fault else Role.QUIET)
        for place, one in enumerate(priced):
            self.table.cells.set_cell(place, "amount", one.figures.line_amount)

    def set_terms(self, currency: str, *, is_gross: bool) -> None:
        """Write the lines in another currency, or with prices that hold tax; amounts stay what they are."""
        if (currency, is_gross) != (self._currency, self._is_gross):
            turned = [_turned(line, is_gross=is_gross) for line in self._lines]
            self.show_lines(turned, currency, is_gross=is_gross)

    def add_charge(self) -> None:
        """Add a charge below the others and begin to write it."""
        self._add(LineDraft("", quantity=Decimal(1)))

    def add_adjustment(self) -> None:
        """Add an adjustment of the charge in hand, else of the last one."""
        charges = [at for at, line in enumerate(self._lines) if line.type == LineType.CHARGE]
        if charges:
            here = self.table.currentIndex().row()
            self._add(LineDraft("", LineType.ADJUSTMENT, related=here if here in charges else charges[-1]))

    def remove(self) -> None:
        """Take the line in hand away, and what is about it."""
        here = self.table.currentIndex().row()
        if not 0 <= here < len(self._lines):
            return
        gone = {here, *(at for at, line in enumerate(self._lines) if line.related == here)}
        kept = [at for at in range(len(self._lines)) if at not in gone]
        places = {old: new for new, old in enumerate(kept)}
        moved = [
            replace(
                self._lines[at],
                related=places.get(related) if (related := self._lines[at].related) is not None else None,
            )
            for at in kept
        ]
        self.show_lines(moved, self._currency, is_gross=self._is_gross)
        self.table.begin(min(here, len(moved) - 1))
        self.changed.emit()

    def _add(self, line: LineDraft) -> None:
        self.show_lines([*self._lines, line], self._currency, is_gross=self._is_gross)
        self.table.begin(len(self._lines) - 1)
        self.changed.emit()

    def _on_edited(self, place: int, path: str) -> None:
        value = self.table.cells.cell(place, path)
        self._lines[place] = _with(self._lines[place], path, value, is_gross=self._is_gross)
        if path in {"type", "on"}:
            for section, held in zip(("type", "on"), _cells(place, self._lines[place])[2:4], strict=True):
                self.table.cells.set_cell(place, section, held)
        self.changed.emit()


def _cells(place: int, line: LineDraft) -> tuple[Value, ...]:
    on = "" if line.related is None else str(line.related + 1)
    price = line.gross_unit_price if line.gross_unit_price is not None else line.unit_price
    words = (str(place + 1), line.name, str(line.type), on, line.description, line.service_from, line.service_to)
    return (*words, line.quantity, price, line.tax_rate, line.amount)


def _with(line: LineDraft, path: str, value: Value, *, is_gross: bool) -> LineDraft:
    """Give a line with another value; a price takes the place of an amount, and an amount that of a price."""
    changed: dict[str, Any]
    match path:
        case "price":
            changed = {"unit_price": None, "gross_unit_price": None, "amount": None}
            changed["gross_unit_price" if is_gross else "unit_price"] = value
        case "amount":
            changed = {"amount": value, "unit_price": None, "gross_unit_price": None}
            if line.type == LineType.TAX:
                changed = {"tax_amount": value, "amount": None, "tax_rate": None}
        case "rate":
            changed = {"tax_rate": value, "tax_amount": None}
        case "on":
            number = str(value).strip()
            changed = {"related": int(number) - 1 if number.isdigit() else None}
        case "type":
            changed = {"type": str(value), "related": None if value == LineType.CHARGE else line.related or 0}
            if value == LineType.TAX:
                changed |= {"quantity": None, "unit_price": None, "gross_unit_price": None}
        case "service_from" | "service_to":
            changed = {path: value if isinstance(value, date) else None}
        case "quantity":
            changed = {"quantity": value, "amount": line.amount if line.unit_price is None else None}
        case _:
            changed = {path: str(value or "")}
    return replace(line, **changed)


def _turned(line: LineDraft, *, is_gross: bool) -> LineDraft:
    price = line.gross_unit_price if line.gross_unit_price is not None else line.unit_price
    if price is None:
        return line
    prices = (price, None) if is_gross else (None, price)
    return replace(line, gross_unit_price=prices[0], unit_price=prices[1], amount=None)


def is_gross(locale: Value) -> bool:
    """Tell whether prices hold tax."""
    return locale == GROSS
