"""A PDF as it will be on paper, or the sentence why there is none; the pages are rendered behind the window."""

from collections.abc import Callable

from PySide6.QtWidgets import QStackedWidget

from duedesk.desk.background import Tasks
from duedesk.desk.pdf_pages import rendered
from duedesk.desk.widgets.empty_list import EmptyList
from duedesk.desk.widgets.sheet_view import SheetsWanted, SheetView
from duedesk.resources import Look


class PdfView(QStackedWidget):
    """The sheets of one PDF."""

    def __init__(self, tasks: Tasks, look: Look) -> None:
        super().__init__()
        self._tasks = tasks
        self._pdf = b""
        self.sheets = SheetView(look)
        self.reason = EmptyList()
        self.sheets.wanted.connect(self._render)
        self.addWidget(self.sheets)
        self.addWidget(self.reason)
        self.setFocusProxy(self.sheets)

    @property
    def is_reason(self) -> bool:
        """Tell whether a sentence stands in the place of the sheets."""
        return self.currentWidget() is self.reason

    def clear(self) -> None:
        """Show nothing."""
        self._pdf = b""
        self.sheets.show_sheets(())
        self.setCurrentWidget(self.sheets)

    def show_pdf(self, pdf: bytes, sizes: tuple[tuple[float, float], ...]) -> None:
        """Show a PDF whose pages have these sizes in points."""
        self._pdf = pdf
        self.setCurrentWidget(self.sheets)
        self.sheets.show_sheets(sizes)

    def show_reason(self, sentence: str, hint: str, ways: tuple[tuple[str, Callable[[], None]], ...]) -> None:
        """Say why there is no letter, and the ways on."""
        self.clear()
        self.reason.say(sentence, hint, ways)
        self.setCurrentWidget(self.reason)

    def set_look(self, look: Look) -> None:
        """Draw in another look."""
        self.sheets.set_look(look)

    def _render(self, wanted: SheetsWanted) -> None:
        pdf = self._pdf
        self._tasks.read(self, lambda: rendered(pdf, wanted), self.sheets.take, slot="sheets")
