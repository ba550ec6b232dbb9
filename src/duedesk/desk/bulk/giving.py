"""Gives the bulk verbs of a list: reads what they fit, shows the panel and has them done; it tells no outcome."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from duedesk.desk.bulk.counting import look_at_all
from duedesk.desk.bulk.matching import DEEDS, REASONS, Asked, said_to
from duedesk.desk.bulk.outlook import AllOutlook, Outlook, look_at, nothing_selected
from duedesk.desk.bulk.owners import Owners, owners_of
from duedesk.desk.bulk.panel import BulkPanel
from duedesk.desk.bulk.sentences import title
from duedesk.desk.bulk.telling import Telling
from duedesk.desk.bulk.verbs import MANNERS, BulkVerb, barred
from duedesk.desk.page import Page, PageCommand, Said
from duedesk.desk.tables.reading import ALL
from duedesk.desk.tables.view import RecordTable
from duedesk.desk.verbs.side_place import SidePlace

MOST = 2_000
"""Invoices that are told of one by one; to more a verb is said in parts, by their keys or, if they are all, without."""

_LOOKED_AT = 500
"""Selected rows that are looked at to tell whether a verb can be said to any."""


class Bulk(QObject):
    """The verbs of one page over one table of invoices."""

    opened = Signal(object)
    """An invoice is to be opened: its key."""
    post_many_asked = Signal(object)
    """All drafts that the list finds are to be posted, or those of these keys."""

    def __init__(self, page: Page, table: RecordTable, side: SidePlace) -> None:
        super().__init__(page)
        self._page = page
        self._table = table
        self._side = side
        self._telling = Telling(page, side)
        self._telling.opened.connect(self.opened)

    def commands(self) -> tuple[PageCommand, ...]:
        """Give the verbs, each with what bars it now."""
        return tuple(
            PageCommand(
                manner.menu,
                partial(self.begin, verb),
                manner.keys,
                barred=partial(self._barred, verb),
                follows_rule=manner.follows_rule,
            )
            for verb, manner in MANNERS.items()
            if verb in DEEDS
        )

    def begin(self, verb: BulkVerb) -> None:
        """Read what a verb would do to the selected invoices, and show it."""
        selected, records, workspace = self._selected(), self._table.records, self._page.desk.workspace
        asked = records.asked
        if not selected:
            self._page.say_failed(nothing_selected())
            return
        if selected <= MOST or asked is None:
            keys = self._table.selected_keys().tolist()
            self._look(verb, lambda: look_at(workspace, verb, keys))
            return
        is_all = selected == len(records.keys) and records.part == ALL
        among = None if is_all else self._table.selected_keys()
        if verb is BulkVerb.POST:
            self.post_many_asked.emit(among)
        else:
            self._look(verb, lambda: look_at_all(workspace, verb, asked, among))

    def leave_with_day(self) -> None:
        """Leave a verb that was about to be said to another day's list; where something was typed, say so."""
        panel = self._side.panel
        if isinstance(panel, BulkPanel):
            name, had_input = panel.title.text(), panel.has_input()
            self._side.close_panel()
            if had_input:
                self._page.said.emit(Said(f"“{name}” was left.", "The list stands on another day now."))

    def _look(self, verb: BulkVerb, look: Callable[[], Outlook | AllOutlook]) -> None:
        workspace = self._page.desk.workspace

        def read() -> tuple[Outlook | AllOutlook, Owners]:
            return look(), owners_of(workspace) if verb is BulkVerb.ASSIGN else ()

        group = self._table.selected_group()
        self._page.desk.tasks.read(
            self, read, lambda found: self._ask(*found, group), failed=self._page.say_failed, slot="outlook"
        )

    def _selected(self) -> int:
        return sum(last - first + 1 for first, last in self._table.selected_places())

    def _barred(self, verb: BulkVerb) -> str:
        if self._page.barred():
            return self._page.barred()
        rows = self._table.selected_rows(_LOOKED_AT)
        if not rows:
            return "nothing is selected"
        if None in rows or self._selected() > len(rows):
            return ""  # what has not been read may allow it
        return barred(verb, [(row.status, row.bucket is not None) for row in rows if row is not None])

    def _ask(self, outlook: Outlook | AllOutlook, owners: Owners, group: str) -> None:
        today = self._page.desk.workspace.world.today
        panel = BulkPanel(outlook, today, owners=owners, reasons=REASONS, group=group)
        panel.asked.connect(self._do)
        self._telling.show(panel)

    def _do(self, asked: Asked) -> None:
        workspace = self._page.desk.workspace
        self._telling.write(title(asked.outlook), lambda progress: said_to(workspace, asked, progress))
