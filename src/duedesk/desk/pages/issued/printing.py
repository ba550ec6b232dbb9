"""Issued letters onto paper: what it will be is said, one file is made of them, the system asks which printer.

They are in the order of the folding machine; printed on both sides each begins on a front page.
"""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QObject
from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QFileDialog

from duedesk.desk import format as written
from duedesk.desk.page import Page
from duedesk.desk.pages.issued.print_job import merged, printed, printer_of, stacks
from duedesk.desk.pages.issued.print_panel import PrintAsked, PrintPanel
from duedesk.desk.verbs.panel import VerbPanel
from duedesk.documents.merging import Merged
from duedesk.domain.changes import Changes
from duedesk.store.queries.letters.deliveries import by_mail
from duedesk.store.queries.letters.documents import Stack

_PDF = "PDF (*.pdf)"


class Printing(QObject):
    """From the letters that are chosen to paper, and to the note that they were printed."""

    def __init__(self, page: Page, open_panel: Callable[[VerbPanel], None], close_panel: Callable[[], None]) -> None:
        super().__init__(page)
        self._page = page
        self._open_panel = open_panel
        self._close_panel = close_panel
        self._folder: TemporaryDirectory[str] | None = None
        self.dialog: QPrintDialog | None = None

    def begin(self, keys: Sequence[int]) -> None:
        """Say what printing letters comes to, and ask how."""

        def show(found: tuple[tuple[Stack, Stack], int]) -> None:
            (one_sided, both_sides), mailed = found
            panel = PrintPanel(one_sided, both_sides, len(keys) - both_sides.letters, mailed)
            panel.asked.connect(lambda asked: self._merge(panel, keys, asked))
            panel.saving.connect(lambda asked: self._ask_and_save(panel, keys, asked))
            self._open_panel(panel)

        workspace = self._page.desk.workspace
        self._page.desk.tasks.read(
            self,
            lambda: (stacks(workspace, keys), workspace.ask(by_mail, keys)),
            show,
            failed=self._page.say_failed,
            slot="stack",
        )

    def _merge(self, panel: PrintPanel, keys: Sequence[int], asked: PrintAsked) -> None:
        """Put the letters into a file of their own, then ask which printer takes it."""
        folder = TemporaryDirectory(prefix="duedesk-print-")
        path = Path(folder.name) / "letters.pdf"

        def done(_: Merged) -> None:
            self._folder = folder  # it is gone with the next one, or with the page
            self._close_panel()
            self._ask_printer(path, keys, asked)

        self._write_file(panel, partial(merged, self._page.desk.workspace, keys, asked, path), done)

    def _ask_printer(self, path: Path, keys: Sequence[int], asked: PrintAsked) -> None:
        """Open the system's print dialog."""
        printer, pages = printer_of(path, is_duplex=asked.is_duplex)
        dialog = self.dialog = QPrintDialog(printer, self._page)
        dialog.setOption(QAbstractPrintDialog.PrintDialogOption.PrintPageRange)
        dialog.setMinMax(1, pages)
        dialog.setFromTo(1, pages)
        dialog.accepted.connect(lambda: self.print(printer, path, keys, asked))
        dialog.finished.connect(dialog.deleteLater)
        QDialog.open(dialog)  # its own `open` wants an object to connect to

    def print(self, printer: QPrinter, path: Path, keys: Sequence[int], asked: PrintAsked) -> None:
        """Paint the file on a printer that is set up, and note that the letters were printed."""
        tasks, workspace = self._page.desk.tasks, self._page.desk.workspace

        def done(answer: tuple[int, Changes]) -> None:
            pages, changes = answer
            if changes.objects:
                tasks.changed.emit(changes)
            said = f" {changes.summary}." if changes.summary else ""
            self._page.say_done(f"Printed, {written.plural(pages, 'page')}.{said}")

        tasks.write(
            self,
            lambda progress: printed(workspace, printer, path, keys, asked, progress),
            done,
            title="Printing letters",
            failed=self._page.say_failed,
        )

    def _ask_and_save(self, panel: PrintPanel, keys: Sequence[int], asked: PrintAsked) -> None:
        chosen, _ = QFileDialog.getSaveFileName(panel, "Save letters", "letters.pdf", _PDF)
        if chosen:
            self.save(panel, keys, asked, Path(chosen))

    def save(self, panel: PrintPanel, keys: Sequence[int], asked: PrintAsked, path: Path) -> None:
        """Save the letters as one file."""
        path = path if path.suffix else path.with_suffix(".pdf")

        def done(made: Merged) -> None:
            self._close_panel()
            count = f"{made.letters:,} letter{'s'[: made.letters != 1]}"
            self._page.say_done(f"{count} on {written.plural(made.pages, 'page')}, saved as {path.name}.")

        self._write_file(panel, partial(merged, self._page.desk.workspace, keys, asked, path), done)

    def _write_file(self, panel: PrintPanel, action: Callable[..., Merged], done: Callable[[Merged], None]) -> None:
        panel.set_busy(busy=True)
        self._page.desk.tasks.write(
            panel, action, done, title="Putting the letters into one file", failed=panel.show_fault
        )
