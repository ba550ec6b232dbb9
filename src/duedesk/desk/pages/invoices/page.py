"""The list of invoices: what it is narrowed to, its totals and a preview of the one in hand; it makes no letters."""

from datetime import date

from duedesk.desk.page import Desk, FootLine, Page
from duedesk.domain.filters import Filter


class InvoicesPage(Page):
    """The list of invoices."""

    title = "Invoices"

    def __init__(self, desk: Desk, as_of: date) -> None:
        super().__init__(desk, as_of)
        self._asked: Filter | None = None

    def show_invoices(self, asked: Filter | None, title: str) -> None:
        """Narrow the list."""
        self._asked = asked
        self.footed.emit(FootLine(title))
