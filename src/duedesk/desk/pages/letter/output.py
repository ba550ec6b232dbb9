"""A prepared letter onto paper or into a file: it asks where to, works behind the window and says what became of it."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from duedesk.actions.letters import save_pdf
from duedesk.desk import format as written
from duedesk.desk.background import Tasks
from duedesk.desk.pages.letter.preparing import Prepared
from duedesk.desk.printing import print_letter, printer_for
from duedesk.domain.errors import DuedeskError

_PDF = "PDF (*.pdf)"


class LetterOutput(QObject):
    """Prints and saves."""

    said = Signal(object)
    """What became of it, in words."""
    failed = Signal(object)
    """It could not be done: the DuedeskError."""

    def __init__(self, page: QWidget, tasks: Tasks) -> None:
        super().__init__(page)
        self._page = page
        self._tasks = tasks

    def ask_and_print(self, prepared: Prepared) -> QPrintDialog:
        """Open the system's print dialog and print what it accepts."""
        printer = printer_for(prepared.paper, Path(prepared.letter.file_name).stem)
        dialog = QPrintDialog(printer, self._page)
        dialog.setOption(QAbstractPrintDialog.PrintDialogOption.PrintPageRange)
        dialog.setMinMax(1, len(prepared.sizes))
        dialog.setFromTo(1, len(prepared.sizes))
        dialog.accepted.connect(lambda: self.print(prepared, printer))
        dialog.finished.connect(dialog.deleteLater)
        QDialog.open(dialog)  # its own `open` wants an object to connect to
        return dialog

    def print(self, prepared: Prepared, printer: QPrinter) -> None:
        """Print a letter on a printer that is set up."""
        pdf = prepared.letter.pdf
        self._tasks.write(
            self,
            lambda progress: print_letter(printer, pdf, progress),
            lambda pages: self.said.emit(f"Printed, {written.plural(pages, 'page')}."),
            title="Printing",
            failed=self._fail,
        )

    def ask_and_save(self, prepared: Prepared) -> None:
        """Ask where the letter shall be kept, and save it there."""
        chosen, _ = QFileDialog.getSaveFileName(self._page, "Save PDF", prepared.letter.file_name, _PDF)
        if chosen:
            self.save(prepared, Path(chosen))

    def save(self, prepared: Prepared, path: Path) -> None:
        """Save a letter."""
        path = path if path.suffix else path.with_suffix(".pdf")
        pdf = prepared.letter.pdf
        self._tasks.write(
            self,
            lambda progress: save_pdf(pdf, path),  # noqa: ARG005 - too short to report on
            lambda _: self.said.emit(f"Saved as {path.name}."),
            title="Saving the letter",
            failed=self._fail,
        )

    def _fail(self, error: DuedeskError) -> None:
        self.failed.emit(error)
