"""A list of names of which some are ticked; walked by arrows, ticked by the space bar or a click."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPalette
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from duedesk.desk.tables.paint import draw
from duedesk.desk.widgets.tick import BOX, draw_tick

_ROW, _MARGIN, _GAP = 28, 8, 8


class TickList(QListWidget):
    """Each name holds a value; those ticked are given back."""

    def __init__(self, offered: Iterable[tuple[str, int]], ticked: Iterable[int] = (), *, moves: bool = False) -> None:
        """Make it; `moves` says that the names can be put in another order."""
        super().__init__()
        self.moves = moves
        self.setProperty("ticks", True)  # noqa: FBT003 - Qt's own signature
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(_TickDelegate(self))
        chosen = set(ticked)
        for name, value in offered:
            item = QListWidgetItem(name)
            item.setData(Qt.ItemDataRole.UserRole, value)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
            item.setCheckState(Qt.CheckState.Checked if value in chosen else Qt.CheckState.Unchecked)
            self.addItem(item)
        if self.count():
            self.setCurrentRow(0)

    def ticked(self) -> tuple[int, ...]:
        """Give the values of the names that are ticked."""
        items = [self.item(place) for place in range(self.count())]
        chosen = [item for item in items if item.checkState() is Qt.CheckState.Checked]
        return tuple(int(item.data(Qt.ItemDataRole.UserRole)) for item in chosen)

    def toggle(self, place: int) -> None:
        """Tick a name, or take its tick away."""
        if 0 <= place < self.count():
            item = self.item(place)
            is_ticked = item.checkState() is Qt.CheckState.Checked
            item.setCheckState(Qt.CheckState.Unchecked if is_ticked else Qt.CheckState.Checked)

    def move_name(self, by: int) -> None:
        """Move the name in hand up or down."""
        place = self.currentRow()
        to = place + by
        if self.moves and 0 <= place < self.count() and 0 <= to < self.count():
            self.insertItem(to, self.takeItem(place))
            self.setCurrentRow(to)

    def tick_first(self, values: Sequence[int]) -> None:
        """Tick the names that hold these values, no others, and put them in front in this order."""
        items = {int(self.item(place).data(Qt.ItemDataRole.UserRole)): place for place in range(self.count())}
        held = [self.takeItem(0) for _ in range(self.count())]
        order = [*values, *(value for value in items if value not in set(values))]
        for value in order:
            item = held[items[value]]
            item.setCheckState(Qt.CheckState.Checked if value in set(values) else Qt.CheckState.Unchecked)
            self.addItem(item)
        self.setCurrentRow(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tick with the space bar; move with Ctrl and the arrows where names can be moved."""
        way = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if event.key() == Qt.Key.Key_Space:
            self.toggle(self.currentRow())
        elif self.moves and way is not None and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.move_name(way)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tick with a click."""
        super().mouseReleaseEvent(event)
        clicked = self.indexAt(event.position().toPoint())
        if event.button() is Qt.MouseButton.LeftButton and clicked.isValid():
            self.toggle(clicked.row())


class _TickDelegate(QStyledItemDelegate):
    """Draws a box and its name."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: ARG002
        """Give the height of a row."""
        return QSize(option.rect.width(), _ROW)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw a name."""
        colours, row = option.palette, option.rect
        is_current = bool(option.state & QStyle.StateFlag.State_Selected)
        if is_current:
            painter.fillRect(row, colours.color(QPalette.ColorRole.AlternateBase))
        ticked = index.data(Qt.ItemDataRole.CheckStateRole) in {Qt.CheckState.Checked, Qt.CheckState.Checked.value}
        top = row.top() + (row.height() - BOX) / 2
        draw_tick(painter, QPointF(row.left() + _MARGIN, top), colours, ticked=ticked, marked=is_current)
        painter.setFont(option.font)
        painter.setPen(colours.color(QPalette.ColorRole.Text))
        draw(painter, row.adjusted(_MARGIN + BOX + _GAP, 0, 0, 0), str(index.data()))
