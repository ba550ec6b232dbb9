"""An issued letter into a file, to the byte as it is kept: asked where to, and saved behind the window."""

from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from duedesk.actions.letter_printing import save_as_issued
from duedesk.desk.page import Page
from duedesk.store.queries.letters.lists import LetterRow

_PDF = "PDF (*.pdf)"


class Saving(QObject):
    """One letter at a time."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._page = page

    def ask(self, line: LetterRow) -> None:
        """Ask where a letter shall be kept, and save it there."""
        chosen, _ = QFileDialog.getSaveFileName(self._page, "Save PDF", f"{line.number}.pdf", _PDF)
        if chosen:
            self.save(line, Path(chosen))

    def save(self, line: LetterRow, path: Path) -> None:
        """Save a letter to a file."""
        path = path if path.suffix else path.with_suffix(".pdf")
        workspace = self._page.desk.workspace
        self._page.desk.tasks.write(
            self,
            lambda _: save_as_issued(workspace, line.key, path),
            lambda _: self._page.say_done(f"{line.number} is saved as {path.name}."),
            title="Saving the letter",
            failed=self._page.say_failed,
        )
