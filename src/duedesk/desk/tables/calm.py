"""What every table of the desk shares: how it looks and how its rows reach the clipboard; it knows no model."""

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractItemView, QTableView

from duedesk.desk.tables.copying import Copied
from duedesk.desk.theme import ROW_HEIGHT


def settle_looks(table: QTableView) -> None:
    """Make a table calm: rows of one height, no grid, nothing edited in place, scrolled by the pixel."""
    rows = table.verticalHeader()
    rows.setVisible(False)
    rows.setSectionResizeMode(rows.ResizeMode.Fixed)
    rows.setMinimumSectionSize(ROW_HEIGHT)
    rows.setDefaultSectionSize(ROW_HEIGHT)
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.setCornerButtonEnabled(False)
    table.setTabKeyNavigation(False)
    table.setMouseTracking(True)
    table.setFrameShape(table.Shape.NoFrame)
    table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)


def to_clipboard(rows: Copied) -> None:
    """Put rows on the clipboard as text, and as a table and as CSV where they are one."""
    data = QMimeData()
    data.setText(rows.text)
    if rows.html:
        data.setHtml(rows.html)
    if rows.csv:
        data.setData("text/csv", rows.csv.encode())
    QGuiApplication.clipboard().setMimeData(data)
