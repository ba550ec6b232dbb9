"""Letters onto paper: sets a printer up for their sheet and paints the pages; which printer is asked elsewhere."""

from PySide6.QtCore import QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter

from duedesk.desk.background import Progress
from duedesk.desk.pdf_pages import Pdf, page_image, page_sizes
from duedesk.documents.letter import Paper
from duedesk.domain.errors import Cancelled, RequestError

DOTS_PER_INCH = 300
"""Pages are rendered this fine: more is not seen on paper and takes four times the memory."""

_POINTS_PER_INCH = 72
_SHEETS = {Paper.A4: QPageSize.PageSizeId.A4, Paper.US_LETTER: QPageSize.PageSizeId.Letter}


def printer_for(paper: Paper, title: str) -> QPrinter:
    """Make a printer that takes the letter's sheet to its very edges: the address has to meet its window."""
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setResolution(DOTS_PER_INCH)
    printer.setPageSize(QPageSize(_SHEETS[paper]))
    printer.setFullPage(True)
    printer.setPageMargins(QMarginsF(0, 0, 0, 0))
    printer.setDocName(title)
    return printer


def print_letter(printer: QPrinter, pdf: Pdf, progress: Progress) -> int:
    """Paint the pages that the printer was told to take and give their number; it may run behind the window.

    RequestError where the printer refuses, Cancelled where it was asked to stop.
    """
    places = _places(printer, len(page_sizes(pdf)))
    painter = QPainter()
    if not painter.begin(printer):
        raise RequestError("The printer does not take the letter.", "Choose another printer, or save the PDF.")
    try:
        painter.setRenderHint(QPainter.RenderHint.LosslessImageRendering)
        for done, place in enumerate(places):
            if progress.is_cancelled():
                printer.abort()
                raise Cancelled("Printing was stopped.")
            if done:
                printer.newPage()
            image = page_image(pdf, place, DOTS_PER_INCH / _POINTS_PER_INCH)
            painter.drawImage(_fitted(QSizeF(image.size()), printer.paperRect(QPrinter.Unit.DevicePixel)), image)
            progress.report(done + 1, len(places))
    finally:
        painter.end()
    return len(places)


def _places(printer: QPrinter, count: int) -> list[int]:
    """Give the pages in the order they are painted; what the printer cannot repeat by itself is painted again."""
    first, last = printer.fromPage() or 1, min(printer.toPage() or count, count)
    places = list(range(first - 1, last))
    return places if printer.supportsMultipleCopies() else places * max(printer.copyCount(), 1)


def _fitted(size: QSizeF, sheet: QRectF) -> QRectF:
    """Give the place of a page on the sheet: as it is where both are the same, else as large as fits, in the middle."""
    scale = min(sheet.width() / size.width(), sheet.height() / size.height())
    width, height = size.width() * scale, size.height() * scale
    return QRectF((sheet.width() - width) / 2, (sheet.height() - height) / 2, width, height)
