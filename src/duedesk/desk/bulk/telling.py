"""Has a bulk verb done behind the window and tells what came of it: above the page, or one by one beside the list."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from duedesk.desk.background import Progress
from duedesk.desk.bulk.doing import Outcome
from duedesk.desk.bulk.outcome_panel import OutcomePanel
from duedesk.desk.bulk.sentences import done_words
from duedesk.desk.bulk.verbs import BulkVerb
from duedesk.desk.navigation import ShowInvoices
from duedesk.desk.page import Page
from duedesk.desk.verbs.panel import VerbPanel
from duedesk.desk.verbs.side_place import SidePlace
from duedesk.domain.errors import DuedeskError
from duedesk.domain.filters import Compare, Filter, Operator


class Telling(QObject):
    """Shows the panels of one page."""

    opened = Signal(object)
    """An invoice is to be opened: its key."""

    def __init__(self, page: Page, side: SidePlace) -> None:
        super().__init__(page)
        self._page = page
        self._side = side

    def show(self, panel: VerbPanel | OutcomePanel) -> None:
        """Put a panel beside the list."""
        panel.left.connect(self._side.close_panel)
        self._side.open_panel(panel)
        panel.begin()

    def write(self, title: str, action: Callable[[Progress], Outcome]) -> None:
        """Have it done, and tell what came of it."""
        panel = self._side.panel
        self._page.desk.tasks.write(
            self,
            action,
            lambda outcome: self._tell(panel, outcome),
            title=title,
            failed=lambda error: self._fail(panel, error),
        )

    def _tell(self, panel: QWidget | None, outcome: Outcome) -> None:
        """Tell it in the panel's place; where all went well and nothing has to be read, above the page."""
        sentence = f"{done_words(outcome.verb, outcome.done, outcome.refused, outcome.left)}."
        if outcome.refused == 0 or panel is None or panel is not self._side.panel:
            if panel is self._side.panel:
                self._side.close_panel()
            self._page.say_done(sentence, _hint(outcome))
            return
        shown = OutcomePanel(self._page.desk.look, self._page.desk.tasks, outcome)
        shown.opened.connect(self.opened)
        shown.listed.connect(self._list)
        self.show(shown)

    def _list(self, keys: tuple[int, ...]) -> None:
        """List what was refused."""
        self._side.close_panel()
        where = Compare("RecordKey", Operator.IN, keys)
        self._page.go(ShowInvoices(Filter(self._page.as_of, where=where), f"{len(keys):,} refused"))

    def _fail(self, panel: QWidget | None, error: DuedeskError) -> None:
        if isinstance(panel, VerbPanel) and panel is self._side.panel:
            panel.show_fault(error)
        else:
            self._page.say_failed(error)


def _hint(outcome: Outcome) -> str:
    if outcome.left:
        return "“Go on with what was stopped” does the rest."
    if not outcome.done:
        return ""
    if outcome.verb is BulkVerb.WRITE_OFF and outcome.done > 1:
        return "Each has a credit memo of its own: Ctrl+Z takes the last one back, and again the one before it."
    return "Ctrl+Z undoes it." if outcome.all_done is None else "Ctrl+Z undoes it, part by part."
