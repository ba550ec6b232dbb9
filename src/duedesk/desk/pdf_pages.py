"""A PDF as pictures, one a page, for the screen and the printer; made behind the window, shown elsewhere."""

from pathlib import Path
from threading import Lock
from typing import Any

from PySide6.QtGui import QImage

from duedesk.desk.widgets.sheet_view import Sheet, SheetsWanted

_ONE_AT_A_TIME = Lock()
"""PDFium keeps state of the whole process: two threads in it at once end the program."""


Pdf = bytes | Path
"""What it is made of, or the file it is in: a large one is not read whole."""


def page_sizes(pdf: Pdf) -> tuple[tuple[float, float], ...]:
    """Give width and height of each page in points."""
    with _ONE_AT_A_TIME:
        document = _open(pdf)
        try:
            return tuple(document.get_page_size(place) for place in range(len(document)))
        finally:
            document.close()


def rendered(pdf: Pdf, wanted: SheetsWanted) -> tuple[Sheet, ...]:
    """Give the wanted pages."""
    return tuple(Sheet(place, wanted.scale, page_image(pdf, place, wanted.scale)) for place in wanted.places)


def page_image(pdf: Pdf, place: int, scale: float) -> QImage:
    """Give a page at so many pixels a point, on white."""
    with _ONE_AT_A_TIME:
        document = _open(pdf)
        try:
            page = document[place]
            bitmap = page.render(scale=scale, rev_byteorder=False, prefer_bgrx=True)
            image = QImage(
                bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGB32
            ).copy()  # Qt does not keep the bytes it was given
            bitmap.close()
            page.close()
            return image
        finally:
            document.close()


def _open(pdf: Pdf) -> Any:
    import pypdfium2  # noqa: PLC0415 - loaded behind the window, by the first letter

    return pypdfium2.PdfDocument(pdf)
