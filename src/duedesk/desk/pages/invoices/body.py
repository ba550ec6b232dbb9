"""The list of invoices, and beside it the preview of the one in hand or a panel in its stead; it reads nothing."""

from collections.abc import Callable, Iterable

from PySide6.QtWidgets import QHBoxLayout, QWidget

from duedesk.desk.bulk.batch import BatchPosting
from duedesk.desk.bulk.giving import Bulk
from duedesk.desk.bulk.resuming import Resuming
from duedesk.desk.navigation import ShowInvoice, ShowLetter
from duedesk.desk.page import Page, PageCommand
from duedesk.desk.pages.invoices.drafting import Drafting
from duedesk.desk.pages.invoices.list_card import ListCard
from duedesk.desk.pages.invoices.preview import Preview
from duedesk.desk.theme import GAP
from duedesk.desk.verbs.keys import panel_commands
from duedesk.desk.verbs.side_place import SidePlace
from duedesk.resources import Look


class Body(QWidget):
    """The list takes what the side leaves."""

    def __init__(self, page: Page, offered: Callable[[], Iterable[PageCommand]]) -> None:
        super().__init__()
        self._page = page
        self.card = ListCard(page.desk, offered)
        self.table = self.card.table
        self.preview = Preview(page.desk.look, can_open=page.can_go(ShowInvoice), can_write=page.can_go(ShowLetter))
        self.side = SidePlace(self.preview)
        self.bulk = Bulk(page, self.table, self.side)
        self.batch = BatchPosting(page, self.side, lambda: self.table.records.asked)
        self.bulk.post_many_asked.connect(self.batch.begin)
        self.resuming = Resuming(page, self.side)
        self.drafting = Drafting(page, self.side)
        self.side.changed.connect(page.commands_changed)
        self.side.changed.connect(self._go_back_to_list)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(GAP)
        across.addWidget(self.card, 1)
        across.addWidget(self.side)

    def commands(self) -> tuple[PageCommand, ...]:
        """Give what can be done to the selected invoices, and what makes another."""
        return (*self.bulk.commands(), self.batch.command(), self.resuming.command(), self.drafting.command())

    def panel_commands(self) -> tuple[PageCommand, ...]:
        """Give what can be done in the panel that is open; nothing where there is none."""
        return panel_commands(self.side.panel)

    def can_leave(self) -> bool:
        """Tell whether the panel holds nothing that would have to be typed again; it says so itself."""
        return self.side.can_leave()

    def set_look(self, look: Look) -> None:
        """Draw in another look."""
        self.table.set_look(look)
        self.preview.set_look(look)

    def _go_back_to_list(self) -> None:
        if self.side.panel is None:
            self.table.setFocus()
