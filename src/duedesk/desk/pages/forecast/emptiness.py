"""What stands in the place of a forecast where nothing is open: why, and the ways on; it forecasts nothing."""

from datetime import date

from PySide6.QtCore import Signal

from duedesk.desk import format as written
from duedesk.desk.page import Desk
from duedesk.desk.widgets.empty_list import NO_INVOICES, EmptyList, Way, last_dated, stand_on
from duedesk.store.queries.overview import Overview, overview


class NothingOpen(EmptyList):
    """Says so at once; the ways on are there as soon as it is known what the book holds."""

    day_asked = Signal(object)
    """To stand on another day: a date."""
    import_asked = Signal()
    """Files are to be taken in."""

    def say_nothing(self, desk: Desk, day: date, *, can_import: bool) -> None:
        """Say that nothing is open on a day."""
        self._say(day, "A forecast is made of open invoices.", ())
        workspace = desk.workspace

        def take(book: Overview) -> None:
            self._offer(book, day, can_import=can_import)

        desk.tasks.read(self, lambda: workspace.ask(overview), take, slot="overview")

    def _offer(self, book: Overview, day: date, *, can_import: bool) -> None:
        ways: tuple[Way, ...] = (("Import a file", self.import_asked.emit),) if can_import else ()
        last = book.last_day
        if last is None or not book.invoices:
            self.say(*NO_INVOICES, ways)
            return
        if last != day:
            ways = ((stand_on(last), lambda: self.day_asked.emit(last)), *ways)
        self._say(day, last_dated(last), ways)

    def _say(self, day: date, hint: str, ways: tuple[Way, ...]) -> None:
        self.say(f"Nothing is open on {written.day(day)}", hint, ways)
