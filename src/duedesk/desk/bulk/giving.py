"""Gives the bulk verbs of a list: reads what they fit, shows the panel, has them done and shows what came of it."""

from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from duedesk.desk.bulk.acting import DEEDS, REASONS, deed_of
from duedesk.desk.bulk.doing import Asked, Outcome, do
from duedesk.desk.bulk.outcome_panel import OutcomePanel
from duedesk.desk.bulk.outlook import Outlook, look_at
from duedesk.desk.bulk.owners import Owners, owners_of
from duedesk.desk.bulk.panel import BulkPanel
from duedesk.desk.bulk.sentences import done_words, title
from duedesk.desk.bulk.verbs import MANNERS, BulkVerb, barred
from duedesk.desk.page import Page, PageCommand
from duedesk.desk.tables.view import RecordTable
from duedesk.desk.verbs.side_place import SidePlace
from duedesk.domain.errors import DuedeskError, RequestError

MOST = 2_000
"""Invoices a verb is said to at a time; posting more is a batch run's matter."""

_LOOKED_AT = 500
"""Selected rows that are looked at to tell whether a verb can be said to any."""


class Bulk(QObject):
    """The verbs of one page over one table of invoices."""

    opened = Signal(object)
    """An invoice is to be opened: its key."""

    def __init__(self, page: Page, table: RecordTable, side: SidePlace) -> None:
        super().__init__(page)
        self._page = page
        self._table = table
        self._side = side

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
        try:
            keys = self._table.selected_keys(MOST)
        except RequestError as refused:
            hint = "“Post all that match” takes any number." if verb is BulkVerb.POST else refused.hint
            self._page.say_failed(RequestError(refused.message, hint))
            return
        workspace = self._page.desk.workspace

        def read() -> tuple[Outlook, Owners]:
            owners = owners_of(workspace) if verb is BulkVerb.ASSIGN else ()
            return look_at(workspace, verb, keys), owners

        self._page.desk.tasks.read(self, read, self._ask, failed=self._page.say_failed, slot="outlook")

    def _barred(self, verb: BulkVerb) -> str:
        if self._page.barred():
            return self._page.barred()
        rows = self._table.selected_rows(_LOOKED_AT)
        if not rows:
            return "nothing is selected"
        if None in rows:
            return ""  # what has not been read may allow it
        return barred(verb, [(row.status, row.bucket is not None) for row in rows if row is not None])

    def _ask(self, read: tuple[Outlook, Owners]) -> None:
        outlook, owners = read
        panel = BulkPanel(outlook, self._page.desk.workspace.world.today, owners=owners, reasons=REASONS)
        panel.asked.connect(self._do)
        self._show(panel)

    def _do(self, asked: Asked) -> None:
        workspace = self._page.desk.workspace
        panel = self._side.panel
        self._page.desk.tasks.write(
            self,
            lambda progress: do(workspace, asked, deed_of(workspace, asked), progress),
            lambda outcome: self._tell(panel, outcome),
            title=title(asked.outlook),
            failed=lambda error: self._fail(panel, error),
        )

    def _tell(self, panel: QWidget | None, outcome: Outcome) -> None:
        """Show what came of it in the panel's place; where all went well and nothing has to be read, above the page."""
        refused = len(outcome.told) - outcome.done
        sentence = f"{done_words(outcome.verb, outcome.done, refused)}."
        if refused == 0 or panel is None or panel is not self._side.panel:
            if panel is self._side.panel:
                self._side.close_panel()
            self._page.say_done(sentence, "Ctrl+Z undoes it." if outcome.done else "")
            return
        shown = OutcomePanel(self._page.desk.look, self._page.desk.tasks, outcome)
        shown.opened.connect(self.opened)
        self._show(shown)

    def _fail(self, panel: QWidget | None, error: DuedeskError) -> None:
        if isinstance(panel, BulkPanel) and panel is self._side.panel:
            panel.show_fault(error)
        else:
            self._page.say_failed(error)

    def _show(self, panel: BulkPanel | OutcomePanel) -> None:
        panel.left.connect(self._side.close_panel)
        self._side.open_panel(panel)
        panel.begin()
