"""The bar above the forecast: which currency, over how many weeks; it asks nothing of the book."""

from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QMenu, QWidget

from duedesk.desk.widgets.buttons import button, chip
from duedesk.domain.forecast.weeks import WEEKS

OFFERED_WEEKS = (6, WEEKS, 26)


class ForecastBar(QWidget):
    """Tells when something else is asked."""

    currency_chosen = Signal(object)
    weeks_chosen = Signal()
    excel_asked = Signal()
    """The forecast is to be written as a workbook."""

    def __init__(self) -> None:
        super().__init__()
        self._currencies: tuple[str, ...] = ()
        self._currency = ""
        self.currencies = button("", self._offer)
        self.excel = button("Excel", self.excel_asked.emit)
        self.chips = {weeks: chip(f"{weeks} weeks") for weeks in OFFERED_WEEKS}
        self.line = QHBoxLayout(self)
        self.line.setContentsMargins(0, 0, 0, 0)
        self.line.setSpacing(6)
        group = QButtonGroup(self)
        for weeks, pressed in self.chips.items():
            group.addButton(pressed)
            self.line.addWidget(pressed)
            pressed.setChecked(weeks == WEEKS)
            pressed.clicked.connect(lambda *_: self.weeks_chosen.emit())
        self.line.addStretch(1)
        self.line.addWidget(self.currencies)
        self.line.addWidget(self.excel)

    @property
    def weeks(self) -> int:
        """Give over how many weeks is asked."""
        return next(weeks for weeks, pressed in self.chips.items() if pressed.isChecked())

    def set_weeks(self, weeks: int) -> None:
        """Ask over so many weeks."""
        self.chips[weeks].setChecked(True)

    def show_currencies(self, currencies: tuple[str, ...], chosen: str) -> None:
        """Offer these currencies, one of them chosen."""
        self._currencies, self._currency = currencies, chosen
        self.currencies.setText(f"{chosen}  ▾")
        self.currencies.setAccessibleName(f"Currency of the forecast: {chosen}")
        self.currencies.setVisible(len(currencies) > 1)

    def currency_menu(self) -> QMenu:
        """Give the menu of currencies."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for currency in self._currencies:
            action = menu.addAction(currency)
            action.setCheckable(True)
            action.setChecked(currency == self._currency)
            action.triggered.connect(partial(self._choose, currency))
        return menu

    def _choose(self, currency: str, *_: object) -> None:
        self.currency_chosen.emit(currency)

    def _offer(self) -> None:
        self.currency_menu().popup(self.currencies.mapToGlobal(QPoint(0, self.currencies.height() + 2)))
