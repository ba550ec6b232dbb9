"""A table in which some columns are typed in, drawn as fields; Tab goes on, Enter goes down, Delete empties a cell."""

from collections.abc import Sequence
from typing import cast

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QComboBox,
    QLineEdit,
    QStyle,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)
from shiboken6 import isValid

from duedesk.desk.background import Tasks
from duedesk.desk.tables.columns import Column
from duedesk.desk.tables.delegate import RecordDelegate
from duedesk.desk.widgets.edit_model import EditModel, Typed
from duedesk.desk.widgets.row_table import RowTable
from duedesk.domain.filters import Value
from duedesk.resources import Look

Index = QModelIndex | QPersistentModelIndex
Hint = QAbstractItemDelegate.EndEditHint


class EditDelegate(RecordDelegate):
    """Draws a frame around the cells that are typed in, and makes their editors; `editor` is the one made last."""

    editor: QWidget | None = None

    def set_look(self, look: Look) -> None:
        """Draw in another look."""
        super().set_look(look)
        self._line = QColor(look.line)
        self._accent = QColor(look.accent)
        self._panel = QColor(look.panel)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a cell."""
        model = cast("EditModel", index.model())
        if model.is_typed(index):
            is_current = bool(option.state & QStyle.StateFlag.State_Selected)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self._accent if is_current else self._line, 1))
            painter.setBrush(self._panel)
            painter.drawRoundedRect(QRectF(option.rect).adjusted(2.5, 2.5, -2.5, -2.5), 5, 5)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
            option.state &= ~QStyle.StateFlag.State_Selected
        super().paint(painter, option, index)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:  # noqa: ARG002
        """Make the editor of a cell: a list where there are choices, else a line."""
        model = cast("EditModel", index.model())
        choices = model.choices(index.column())
        if choices:
            box = QComboBox(parent)
            box.addItems(list(choices))
            box.setAccessibleName(model.columns[index.column()].label)
            box.activated.connect(lambda _: self._finish(box))
            self.editor = box
            return box
        line = QLineEdit(parent)
        line.setAccessibleName(model.columns[index.column()].label)
        line.setFont(self._font)
        if model.columns[index.column()].is_right:
            line.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.editor = line
        return line

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Show what the cell holds."""
        text = cast("EditModel", index.model()).text_to_edit(index)
        if isinstance(editor, QComboBox):
            editor.setCurrentText(text)
            editor.showPopup()
        elif isinstance(editor, QLineEdit):
            editor.setText(text)
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Take what was typed."""
        text = editor.currentText() if isinstance(editor, QComboBox) else cast("QLineEdit", editor).text()
        model.setData(index, text)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:  # noqa: ARG002
        """Put the editor over its cell."""
        editor.setGeometry(option.rect.adjusted(2, 0, -2, 0))

    def _finish(self, box: QComboBox) -> None:
        self.commitData.emit(box)
        self.closeEditor.emit(box, Hint.NoHint)


class EditTable(RowTable):
    """Shows an EditModel."""

    cuts_words = True

    def __init__(self, look: Look, tasks: Tasks, name: str) -> None:
        self.cells = EditModel()
        super().__init__(look, tasks, self.cells)
        self._editing = EditDelegate(look, self)
        self.delegate = self._editing
        self.setItemDelegate(self._editing)
        self.setAccessibleName(name)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(
            triggers.AnyKeyPressed | triggers.EditKeyPressed | triggers.SelectedClicked | triggers.DoubleClicked
        )

    def show_cells(
        self, columns: Sequence[Column], cells: Sequence[Sequence[Value]], typed: Typed, currency: str
    ) -> None:
        """Show other rows."""
        self.head.set_columns(tuple(columns))
        self.cells.show_cells(columns, cells, typed, currency)
        self.widen([self.width_of(section) for section in range(len(columns))])

    def begin(self, place: int = 0) -> None:
        """Put the cursor into the first cell of a row that is typed in."""
        found = self._typed_after(self.cells.index(place, 0), 1, itself=True)
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        if found is not None:
            self.setCurrentIndex(found)

    def enter(self, index: QModelIndex) -> None:
        """Type in the cell on which Enter was pressed; the Enter that ends typing comes by here too."""
        if self.cells.is_typed(index) and self.state() is not QAbstractItemView.State.EditingState:
            self.edit(index)

    @property
    def editor(self) -> QWidget | None:
        """Give the editor that is open."""
        made = self._editing.editor
        is_open = self.state() is QAbstractItemView.State.EditingState and made is not None and isValid(made)
        return made if is_open else None

    def finish(self) -> None:
        """Take what is being typed."""
        editor = self.editor
        if editor is not None:
            self.commitData(editor)
            self.closeEditor(editor, Hint.NoHint)

    def event(self, event: QEvent) -> bool:
        """Keep letters from becoming commands while the cursor is in a cell that is typed in."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            is_plain = bool(event.text()) and event.text().isprintable()
            if is_plain and not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier:
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Begin to type, empty a cell, or go on as in any table."""
        here = self.currentIndex()
        is_with_control = bool(
            event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        )
        if self.cells.is_typed(here) and event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self.cells.setData(here, "")
        elif self.cells.is_typed(here) and event.text().isprintable() and event.text() and not is_with_control:
            QTableView.keyPressEvent(self, event)
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and is_with_control:
            self.finish()
            event.ignore()  # it is the panel's
        else:
            super().keyPressEvent(event)

    def closeEditor(self, editor: QWidget, hint: Hint) -> None:
        """Go on to the next cell that is typed in after Tab, down after Enter."""
        here = self.currentIndex()
        super().closeEditor(editor, Hint.NoHint)
        match hint:
            case Hint.EditNextItem | Hint.EditPreviousItem:
                found = self._typed_after(here, 1 if hint is Hint.EditNextItem else -1)
                if found is not None:
                    self.setCurrentIndex(found)
                    self.edit(found)
            case Hint.SubmitModelCache:
                below = self.cells.index(here.row() + 1, here.column())
                if below.isValid():
                    self.setCurrentIndex(below)

    def _typed_after(self, here: QModelIndex, step: int, *, itself: bool = False) -> QModelIndex | None:
        wide = len(self.cells.columns)
        at = here.row() * wide + here.column() + (0 if itself else step)
        while 0 <= at < self.cells.rowCount() * wide:
            index = self.cells.index(at // wide, at % wide)
            if self.cells.is_typed(index):
                return index
            at += step
        return None
