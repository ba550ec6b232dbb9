"""A row dragged out of a list as a PDF: made behind the window once the drag begins, thrown away with the list.

What is made of a record the page says. The drag goes on as soon as the file is there, if the button is still held.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QMimeData, QObject, Qt, QUrl
from PySide6.QtGui import QDrag, QMouseEvent
from PySide6.QtWidgets import QApplication

from duedesk.actions.letters import save_pdf
from duedesk.desk.page import Desk
from duedesk.desk.tables.row_view import RowView
from duedesk.domain.errors import DuedeskError

Paper = tuple[str, bytes]
"""A PDF under the name that its file is to have."""


class RowDrag(QObject):
    """The drags of one table; `paper_of` makes a PDF of the record with a key, on any thread."""

    def __init__(self, table: RowView, desk: Desk, paper_of: Callable[[int], Paper]) -> None:
        super().__init__(table)
        self._table = table
        self._desk = desk
        self._paper_of = paper_of
        self._pressed: tuple[int, int, int] | None = None
        self._made: list[TemporaryDirectory[str]] = []
        table.destroyed.connect(partial(_throw_away, self._made))

    def press(self, event: QMouseEvent) -> None:
        """Take note of a press on a selected record, by which it may be dragged; any other selects as ever."""
        at = event.position().toPoint()
        row = self._table.rowAt(at.y())
        key = self._table.records.key(row)
        is_plain = event.button() is Qt.MouseButton.LeftButton and not event.modifiers()
        is_held = any(first <= row <= last for first, last in self._table.selected_rows_as_spans())
        self._pressed = (at.x(), at.y(), key) if is_plain and is_held and key is not None else None

    def moves(self, event: QMouseEvent) -> bool:
        """Tell whether a record is being dragged; far enough from where it was pressed, its PDF is made."""
        if self._pressed is None or not event.buttons() & Qt.MouseButton.LeftButton:
            return False
        left, top, key = self._pressed
        at = event.position()
        if abs(at.x() - left) + abs(at.y() - top) >= QApplication.startDragDistance():
            self._pressed = None
            self.begin(key)
        return True

    def begin(self, key: int) -> None:
        """Make the PDF of a record, and go on with the drag when it is there."""
        _throw_away(self._made)
        self._made.append(TemporaryDirectory(prefix="duedesk-"))
        folder, paper_of = Path(self._made[0].name), self._paper_of

        def made() -> Path:
            name, pdf = paper_of(key)
            save_pdf(pdf, folder / name)
            return folder / name

        self._desk.tasks.read(self, made, self._go_on, failed=self._fail, slot="drag")

    def mime(self, file: Path) -> QMimeData:
        """Give what is dragged: the address of the file."""
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(file))])
        return data

    def _go_on(self, file: Path) -> None:
        if QApplication.mouseButtons() & Qt.MouseButton.LeftButton:
            drag = QDrag(self._table)
            drag.setMimeData(self.mime(file))
            drag.exec(Qt.DropAction.CopyAction)

    def _fail(self, error: DuedeskError) -> None:
        self._desk.tasks.broke.emit(error)


def _throw_away(made: list[TemporaryDirectory[str]], *_: object) -> None:
    """Remove what was made for a drag: the next one begins, or the list is gone."""
    while made:
        made.pop().cleanup()
