"""A chart on paper: copied as a picture, saved as PDF or PNG, printed; drawn in light colours under its title."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QGuiApplication, QImage, QPageLayout, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QFileDialog, QMenu, QWidget

from duedesk.actions.letters import save_pdf
from duedesk.charts.picture import ChartPicture
from duedesk.desk.background import Tasks
from duedesk.domain.errors import DuedeskError, RequestError
from duedesk.resources import Look, LookName, look

if TYPE_CHECKING:
    from duedesk.charts.chart import Chart

_KINDS = "PDF (*.pdf);;Picture (*.png)"
_PNG = ".png"
_PAPER, _COPY_RATIO, _EDGE = (900, 520), 2.0, 24
"""Pixels of a chart on paper, their ratio to those of a picture, and the bare page around it."""
COPY_KEY, SAVE_KEY, PRINT_KEY, EXPLAIN_KEY = "Ctrl+Shift+C", "Ctrl+S", "Ctrl+P", "Ctrl+I"


@dataclass(frozen=True, slots=True)
class Page:
    """What a chart is drawn on: pixels, its ratio to those of the device, its look, and the bare page around it."""

    width: int
    height: int
    pixel_ratio: float
    look: Look
    edge: int


@dataclass(frozen=True, slots=True)
class Printed:
    """A chart as it stands on paper: what draws it on a page, its title, what is told below it, a name for its file."""

    draw: Callable[[Page], "Chart"]
    title: str
    told: str
    name: str


class ChartPaper(QObject):
    """Copies, saves and prints the chart of a view, and offers that in its context menu."""

    said = Signal(str)
    """What became of it, in words."""
    explanation_asked = Signal(object)
    """The piece under the mouse is to be told: its figure."""

    def __init__(
        self,
        view: QWidget,
        tasks: Tasks,
        give: Callable[[], Printed | None],
        piece: Callable[[], object],
    ) -> None:
        super().__init__(view)
        self._view = view
        self._tasks = tasks
        self._give = give
        self._piece = piece
        view.customContextMenuRequested.connect(lambda at: self.menu().popup(view.mapToGlobal(at)))

    def menu(self) -> QMenu:
        """Give the menu of what can be done with the chart."""
        menu = QMenu(self._view)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        figure = self._piece()
        explain = menu.addAction("Explain this number")
        explain.setShortcut(EXPLAIN_KEY)
        explain.setEnabled(figure is not None)
        explain.triggered.connect(lambda *_: self.explanation_asked.emit(figure))
        menu.addSeparator()
        for text, run, key in (
            ("Copy as picture", self.copy, COPY_KEY),
            ("Save as PDF or PNG…", self.ask_and_save, SAVE_KEY),
            ("Print…", self.ask_and_print, PRINT_KEY),
        ):
            action = menu.addAction(text)
            action.setShortcut(key)
            action.setEnabled(self._give() is not None)
            action.triggered.connect(lambda *_, run=run: run())
        return menu

    def copy(self) -> None:
        """Put a picture of it on the clipboard."""
        printed = self._give()
        if printed is not None:
            self._tasks.read(self, lambda: _pages(printed)[1], self._to_clipboard, slot="copy")

    def ask_and_save(self) -> None:
        """Ask where it shall be kept, and save it there."""
        printed = self._give()
        if printed is None:
            return
        chosen, kind = QFileDialog.getSaveFileName(self._view, "Save the chart", f"{printed.name}.pdf", _KINDS)
        if chosen:
            path = Path(chosen)
            self.save(printed, path if path.suffix else path.with_suffix(_PNG if _PNG in kind else ".pdf"))

    def save(self, printed: Printed, path: Path) -> None:
        """Save it: as a picture where the file is called so, else as PDF."""

        def write() -> None:
            pdf, picture = _pages(printed)
            save_pdf(_png(picture) if path.suffix.casefold() == _PNG else pdf, path)

        self._tasks.write(
            self,
            lambda progress: write(),  # noqa: ARG005 - too short to report on
            lambda _: self.said.emit(f"Saved as {path.name}."),
            title="Saving the chart",
            failed=self._fail,
        )

    def ask_and_print(self) -> None:
        """Open the system's print dialog and print what it accepts."""
        printed = self._give()
        if printed is None:
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setPageOrientation(QPageLayout.Orientation.Landscape)
        printer.setDocName(printed.title)
        dialog = QPrintDialog(printer, self._view)
        dialog.accepted.connect(lambda: self.print(printed, printer))
        dialog.finished.connect(dialog.deleteLater)
        QDialog.open(dialog)  # its own `open` wants an object to connect to

    def print(self, printed: Printed, printer: QPrinter) -> None:
        """Print it on a printer that is set up."""
        self._tasks.write(
            self,
            lambda progress: _paint(printer, _pages(printed)[1]),  # noqa: ARG005 - one page
            lambda _: self.said.emit("Printed."),
            title="Printing",
            failed=self._fail,
        )

    def _to_clipboard(self, picture: ChartPicture) -> None:
        QGuiApplication.clipboard().setImage(_image(picture))
        self.said.emit("Copied as a picture.")

    def _fail(self, error: DuedeskError) -> None:
        self.said.emit(error.message)


def _pages(printed: Printed) -> tuple[bytes, ChartPicture]:
    """Draw for paper, as a PDF and as a picture: in light colours."""
    light = look(LookName.LIGHT)
    page, copy = (Page(*_PAPER, ratio, light, _EDGE) for ratio in (1.0, _COPY_RATIO))
    return printed.draw(page).pdf(), printed.draw(copy).picture()


def _image(picture: ChartPicture) -> QImage:
    kind = QImage.Format.Format_RGBA8888
    image = QImage(picture.rgba, picture.width, picture.height, 4 * picture.width, kind).copy()
    image.setDevicePixelRatio(picture.pixel_ratio)
    return image


def _png(picture: ChartPicture) -> bytes:
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    _image(picture).save(buffer, "PNG")  # type: ignore[call-overload] # it takes a device
    return bytes(held.data())


def _paint(printer: QPrinter, picture: ChartPicture) -> None:
    painter = QPainter()
    if not painter.begin(printer):
        raise RequestError("The printer does not take the chart.", "Choose another printer, or save it as PDF.")
    try:
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        page = QRectF(printer.pageLayout().paintRectPixels(printer.resolution()))
        image = _image(picture)
        size = QSizeF(image.size()).scaled(page.size(), Qt.AspectRatioMode.KeepAspectRatio)
        painter.drawImage(QRectF(0, 0, size.width(), size.height()), image)
    finally:
        painter.end()
