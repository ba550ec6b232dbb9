"""Draws the rows of proposed letters: a level as a pill as warm as it is high, what is taken out struck through."""

from typing import cast

from PySide6.QtCore import QModelIndex, QPersistentModelIndex
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from duedesk.desk.colours import level_colours
from duedesk.desk.tables.columns import Shown
from duedesk.desk.tables.delegate import RecordDelegate
from duedesk.desk.widgets.row_table import RowModel
from duedesk.resources import Look

OUT = "out"
"""The status of a row that is taken out."""

DECIDED = "decided"
"""The path of the column that says so: it is not struck through."""


class LevelDelegate(RecordDelegate):
    """Knows no policy: the last figure of a pill is the level."""

    def set_look(self, look: Look) -> None:
        """Draw in another look."""
        super().set_look(look)
        self._ink = self._text

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw a cell."""
        model = cast("RowModel", index.model())
        row = model.row(index.row())
        column = model.columns[index.column()]
        is_struck = row is not None and row.status == OUT and column.path != DECIDED
        plain = self._font, self._strong
        if is_struck:
            self._text, self._font, self._strong = self._quiet, _struck(self._font), _struck(self._font)
        super().paint(painter, option, index)
        self._text, (self._font, self._strong) = self._ink, plain
        if is_struck and column.shown is Shown.STATUS:
            return

    def _pill(self, text: str) -> tuple[QColor, QColor]:
        """Give the ground and ink of a level."""
        figure = text.rpartition(" ")[2]
        if not figure.isdecimal():
            return super()._pill(text)
        if text not in self._pills:
            ground, ink = level_colours(self._look, int(figure))
            self._pills[text] = QColor(ground), QColor(ink)
        return self._pills[text]


def _struck(plain: QFont) -> QFont:
    made = QFont(plain)
    made.setStrikeOut(True)
    return made
