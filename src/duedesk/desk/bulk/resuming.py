"""Goes on with a verb that was said to all that matched and was stopped, once that is confirmed."""

from PySide6.QtCore import QObject

from duedesk.desk.bulk.matching import Left, go_on, left_over
from duedesk.desk.bulk.telling import Telling
from duedesk.desk.bulk.verbs import MANNERS
from duedesk.desk.page import Page, PageCommand
from duedesk.desk.verbs.panel import VerbPanel
from duedesk.desk.verbs.side_place import SidePlace
from duedesk.domain.errors import RequestError


class Resuming(QObject):
    """The command of one page."""

    def __init__(self, page: Page, side: SidePlace) -> None:
        super().__init__(page)
        self._page = page
        self._telling = Telling(page, side)

    def command(self) -> PageCommand:
        """Give the command."""
        return PageCommand("Go on with what was stopped…", self.begin, ("Ctrl+Shift+G",), barred=self._page.barred)

    def begin(self) -> None:
        """Read what was stopped last, and ask."""
        workspace = self._page.desk.workspace
        self._page.desk.tasks.read(
            self, lambda: left_over(workspace), self._ask, failed=self._page.say_failed, slot="left"
        )

    def _ask(self, left: Left | None) -> None:
        if left is None:
            self._page.say_failed(RequestError("Nothing was stopped that could be gone on with."))
            return
        workspace, run = self._page.desk.workspace, left.run
        does = MANNERS[left.verb].do.lower()
        condition = f" {run.criteria}" if run.criteria else ""
        says = f"{run.pending:,} of {run.total:,} invoices are left.{condition}"
        panel = VerbPanel(f"Go on: {does}", "Go on", says)
        panel.asked.connect(
            lambda _: self._telling.write(panel.title.text(), lambda progress: go_on(workspace, left, progress))
        )
        self._telling.show(panel)
