"""Saved views from the page of results: offered, kept, renamed and deleted, each by its action; it runs no query."""

from PySide6.QtCore import QObject

from duedesk.actions.calls.views import delete_view, save_view
from duedesk.actions.workspace import Workspace
from duedesk.desk.navigation import ShowQuery
from duedesk.desk.page import Page, PageCommand
from duedesk.desk.pages.results.query_bar import QueryBar
from duedesk.desk.verbs.side_place import SidePlace
from duedesk.desk.view_form import ViewForm, ViewWanted
from duedesk.desk.views_menu import More, ViewsMenu
from duedesk.domain.changes import Changes
from duedesk.domain.errors import DuedeskError


class Viewing(QObject):
    """What is done with views; `name` is that of the view whose result is shown, empty where it is none."""

    def __init__(self, page: Page, bar: QueryBar, side: SidePlace) -> None:
        super().__init__(page)
        self._page = page
        self._bar = bar
        self._side = side
        self.name = ""
        self._menu = ViewsMenu(page, self._more)
        bar.views_asked.connect(self._menu.open)
        bar.save_asked.connect(self.begin)

    def commands(self) -> tuple[PageCommand, ...]:
        """Give what can be done with views."""
        return (
            PageCommand("&Save as view…", self.begin, ("Ctrl+S",), barred=self._no_query, follows_rule=True),
            PageCommand("&Views", self.offer, ("Ctrl+Shift+V",)),
            PageCommand("Rena&me the view…", self.begin_renaming, ("F2",), barred=self._no_view),
            PageCommand("De&lete the view", self.delete, ("Ctrl+Del",), barred=self._no_view),
        )

    def offer(self) -> None:
        """Offer the saved views."""
        self._menu.open(self._bar.views_button)

    def begin(self) -> None:
        """Open the form that keeps the query."""
        if not self._no_query():
            self._open(ViewForm(self._bar.field.text, self.name))

    def begin_renaming(self) -> None:
        """Open the form that gives the view another name."""
        if self.name:
            self._open(ViewForm(self._bar.field.text, self.name, renames=True))

    def delete(self) -> None:
        """Delete the view whose result is shown; the result stays."""
        workspace, name = self._page.desk.workspace, self.name
        if name:
            self._page.desk.tasks.write(
                self,
                lambda _: delete_view(workspace, name),
                lambda changes: self._tell(None, "", changes),
                title=f"Deleting the view {name}",
                failed=self._page.say_failed,
            )

    def _open(self, form: ViewForm) -> None:
        form.asked.connect(lambda wanted: self._save(form, wanted))
        form.left.connect(self._side.close_panel)
        self._side.open_panel(form)
        form.begin()

    def _save(self, form: ViewForm, wanted: ViewWanted) -> None:
        workspace = self._page.desk.workspace
        self._page.desk.tasks.write(
            self,
            lambda _: _kept(workspace, wanted),
            lambda changes: self._tell(form, wanted.name, changes),
            title=f"Saving the view {wanted.name}",
            failed=lambda error: self._fail(form, error),
        )

    def _tell(self, form: ViewForm | None, name: str, changes: Changes) -> None:
        if form is not None and self._side.panel is form:
            self._side.close_panel()
        self._page.go(ShowQuery(self._bar.field.text, name))
        self._page.say_done(f"{changes.summary}.", "Ctrl+Z undoes it.")

    def _fail(self, form: ViewForm, error: DuedeskError) -> None:
        if self._side.panel is form:
            form.show_fault(error)
        else:
            self._page.say_failed(error)

    def _more(self) -> tuple[More, ...]:
        return (("Save as view…", self.begin), ("New query", lambda: self._page.go(ShowQuery(NEW))))

    def _no_query(self) -> str:
        return "" if self._bar.field.text else "there is no query"

    def _no_view(self) -> str:
        return "" if self.name else "no view is shown"


NEW = "SELECT DocumentNumber, BillingAccount.Name, DueDate, Balance\nFROM Invoice\nWHERE Balance > 0\nORDER BY DueDate"
"""What stands there when a query is asked for and none was given: one that answers something, to be changed."""


def _kept(workspace: Workspace, wanted: ViewWanted) -> Changes:
    """Keep a view; where it had another name, that one goes."""
    changes = save_view(workspace, wanted.name, wanted.query, shared=wanted.is_shared)
    if wanted.was and wanted.was != wanted.name:
        delete_view(workspace, wanted.was)
    return changes
