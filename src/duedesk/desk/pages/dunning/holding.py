"""The holds that stand, as the page of dunning lists and releases them; each is made on the page of its record."""

from PySide6.QtCore import QObject, Signal

from duedesk.actions.dunning.holds import release_holds
from duedesk.desk import format as written
from duedesk.desk.page import FootLine, Page, PageCommand
from duedesk.desk.pages.dunning.hold_list import HoldList
from duedesk.domain.changes import Changes
from duedesk.store.queries.dunning.holds import HoldRow, standing_holds


class Holding(QObject):
    """Reads behind the window; releasing is one action for all that are selected, and Ctrl+Z takes it back."""

    found = Signal()
    """The holds were read, or others are wanted of them."""

    def __init__(self, page: Page, table: HoldList) -> None:
        super().__init__(page)
        self._page = page
        self._table = table
        self.holds: tuple[HoldRow, ...] = ()

    def ask(self) -> None:
        """Read the holds that stand on the day of the page."""
        workspace, as_of = self._page.desk.workspace, self._page.as_of

        def take(holds: tuple[HoldRow, ...]) -> None:
            self.holds = holds
            self.found.emit()

        self._page.desk.tasks.read(
            self, lambda: workspace.ask(standing_holds, as_of), take, failed=self._page.say_failed, slot="holds"
        )

    def show(self, text: str) -> FootLine:
        """Show those that fit a text; gives what the foot says."""
        self._table.show_holds(self.holds, text)
        shown, every = len(self._table.holds), len(self.holds)
        among = f"{shown:,} of " if shown != every else ""
        return FootLine(f"{among}{written.plural(every, 'hold')}")

    def command(self) -> PageCommand:
        """Give the command that releases."""
        return PageCommand("&Release", self.release, ("Del",), barred=self._barred)

    def release(self) -> None:
        """End the selected holds from today on."""
        workspace, keys = self._page.desk.workspace, [one.key for one in self._table.selected()]

        def done(changes: Changes) -> None:
            self._page.say_done(f"{changes.summary}.", "Ctrl+Z undoes it.")

        self._page.desk.tasks.write(
            self,
            lambda _: release_holds(workspace, keys),
            done,
            title="Releasing holds",
            failed=self._page.say_failed,
        )

    def _barred(self) -> str:
        return self._page.barred() or ("" if self._table.selected() else "no hold is selected")
