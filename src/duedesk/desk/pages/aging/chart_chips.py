"""Which chart is shown, chosen by chips; those without room stand in a menu at their end. It draws no chart."""

from functools import partial

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLayout, QMenu, QSizePolicy, QWidget

from duedesk.desk.pages.aging.kinds import ChartKind
from duedesk.desk.widgets.buttons import button, chip

_SPACING = 3
_MORE = "More  ▾"


class ChartChips(QWidget):
    """A chip a chart, as many as there is room for; the menu has the others and says which of them is on."""

    chosen = Signal(object)
    """Another chart: its ChartKind."""

    def __init__(self) -> None:
        super().__init__()
        self._group = "account"
        self._on = ChartKind.TREND
        self.chips = {kind: chip(kind.chip(self._group)) for kind in ChartKind}
        self.more = button(_MORE, self._open)
        self.more.setVisible(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        together = QButtonGroup(self)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(_SPACING)
        line.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        for kind, pressed in self.chips.items():
            together.addButton(pressed)
            line.addWidget(pressed)
            pressed.clicked.connect(partial(self._choose, kind))
        line.addWidget(self.more)
        line.addStretch(1)
        self.show_kind(self._on)

    def show_kind(self, kind: ChartKind) -> None:
        """Show which chart is on."""
        self._on = kind
        self.chips[kind].setChecked(True)
        self._fit()

    def show_group(self, group: str) -> None:
        """Name the chart of groups by what a row of the aging stands for."""
        self._group = group
        self.chips[ChartKind.ACCOUNTS].setText(ChartKind.ACCOUNTS.chip(group))
        self._fit()

    def menu(self) -> QMenu:
        """Give the menu of charts whose chips have no room."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for kind, pressed in self.chips.items():
            if pressed.isHidden():
                action = menu.addAction(pressed.text())
                action.setCheckable(True)
                action.setChecked(kind is self._on)
                action.triggered.connect(partial(self._choose, kind))
        return menu

    def minimumSizeHint(self) -> QSize:
        """Allow any width that has room for the menu."""
        return QSize(self.more.sizeHint().width(), self.more.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the chips that there is room for."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        widths = [pressed.sizeHint().width() + _SPACING for pressed in self.chips.values()]
        fit = len(widths)
        if sum(widths) > self.width():
            self.more.setText(_MORE)
            widest = max(widths) + self.fontMetrics().horizontalAdvance("  ▾")  # it may be called as any of them
            fit = next((at for at in range(fit, 0, -1) if sum(widths[:at]) + widest <= self.width()), 0)
        for at, pressed in enumerate(self.chips.values()):
            pressed.setVisible(at < fit)
        self.more.setVisible(fit < len(widths))
        self.more.setText(f"{self.chips[self._on].text()}  ▾" if self.chips[self._on].isHidden() else _MORE)

    def _open(self) -> None:
        self.menu().popup(self.more.mapToGlobal(QPoint(0, self.more.height() + 2)))

    def _choose(self, kind: ChartKind, *_: object) -> None:
        self.show_kind(kind)
        self.chosen.emit(kind)
