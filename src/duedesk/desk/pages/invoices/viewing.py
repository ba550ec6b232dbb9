"""Saved views of the list of invoices: shown, kept, updated, shared, begun with, deleted; each by its action.

A view holds what the list is narrowed to, its columns, its order and its groups. Days named from where the reader
stands stay so.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from duedesk.desk.navigation import ShowInvoices, ShowQuery, ShowReports, ViewOfList
from duedesk.desk.page import Page, PageCommand
from duedesk.desk.pages.invoices.narrowing import without_search
from duedesk.desk.verbs.side_place import SidePlace
from duedesk.desk.view_form import ViewForm, ViewWanted
from duedesk.desk.views_menu import More, ViewsMenu
from duedesk.domain.errors import DuedeskError
from duedesk.domain.filters import Filter
from duedesk.domain.query_text import write_condition, write_list, write_order
from duedesk.store.queries.views import default_view

if TYPE_CHECKING:
    from duedesk.desk.view_deeds import Done


class ListViewing(QObject):
    """What is done with views of the list; `view` is the one that is shown."""

    named = Signal(object)
    """Another view is shown: its name, empty where it is none."""

    def __init__(
        self, page: Page, side: SidePlace, button: QWidget, listed: Callable[[], tuple[Filter, tuple[str, ...], str]]
    ) -> None:
        """Take charge of a page; `listed` gives what its list shows: the question, its columns, its groups."""
        super().__init__(page)
        self._page, self._side, self._button, self._listed = page, side, button, listed
        self._menu = ViewsMenu(page, self._more)
        self.view: ViewOfList | None = None

    def commands(self) -> tuple[PageCommand, ...]:
        """Give what can be done with views."""
        return (
            PageCommand("&Save as view…", self.begin, ("Ctrl+S",), follows_rule=True),
            PageCommand("&Views", self.offer, ("Ctrl+Shift+V",)),
            PageCommand("&Update the view", self.update, ("Ctrl+Shift+U",), barred=self._not_own),
            PageCommand("Rena&me the view…", self.begin_renaming, ("F2",), barred=self._not_own),
            PageCommand("De&lete the view", self.delete, ("Ctrl+Del",), barred=self._not_own),
            PageCommand("Show as &query", self.show_as_query, ("Ctrl+Shift+S",)),
            *(
                (PageCommand("&Report of this list…", self.report, ("Ctrl+Shift+E",)),)
                if self._page.can_go(ShowReports)
                else ()
            ),
        )

    def offer(self) -> None:
        """Offer the saved views."""
        self._menu.open(self._button)

    def show(self, view: ViewOfList | None) -> None:
        """Say which view is shown."""
        self.view = view
        self._menu.shown = None if view is None else view.key
        self.named.emit("" if view is None else view.name)
        self._page.commands_changed.emit()

    def begin_with_first(self, show: Callable[[ShowInvoices], None]) -> None:
        """Show the view that the person begins with, where there is one."""
        workspace, as_of = self._page.desk.workspace, self._page.as_of

        def read() -> ShowInvoices | None:
            there = workspace.ask(default_view, workspace.world.user)
            return None if there is None else _deeds().first(workspace, as_of)

        def take(found: ShowInvoices | None) -> None:
            if found is not None:
                show(found)

        self._page.desk.tasks.read(self, read, take, slot="first")

    def begin(self) -> None:
        """Open the form that keeps the list under a name."""
        self._open(ViewForm(self._query(), self.view.name if self.view is not None else "", is_list=True))

    def begin_renaming(self) -> None:
        """Open the form that gives the view another name."""
        if self.view is not None:
            self._open(ViewForm("", self.view.name, renames=True, is_list=True))

    def update(self) -> None:
        """Keep the list as it stands now in the view that is shown."""
        view, workspace, query, kept = self.view, self._page.desk.workspace, self._query(), self._beside()
        if view is not None:
            self._write("Saving the view", lambda: _deeds().update(workspace, view, query, *kept))

    def delete(self) -> None:
        """Delete the view that is shown; the list stays as it is."""
        view, workspace = self.view, self._page.desk.workspace
        if view is not None:
            self._write("Deleting the view", lambda: _deeds().delete(workspace, view))

    def show_as_query(self) -> None:
        """Show the list as the query it is."""
        asked, columns, _ = self._listed()
        self._page.go(ShowQuery(_in_lines(write_list(without_search(asked), columns))))

    def report(self) -> None:
        """Go to the report of the list, with its filter, columns and order."""
        asked, columns, _ = self._listed()
        said = {
            "where": "" if asked.where is None else write_condition(asked.where),
            "search": asked.search,
            "columns": ",".join(columns),
            "order-by": write_order(asked.order_by),
        }
        self._page.go(ShowReports("list", tuple((name, text) for name, text in said.items() if text)))

    def _query(self) -> str:
        asked, columns, _ = self._listed()
        return write_list(asked, columns)

    def _beside(self) -> tuple[str, str]:
        asked, _, group_by = self._listed()
        return asked.search, group_by

    def _share(self) -> None:
        view, workspace = self.view, self._page.desk.workspace
        if view is not None:
            self._write("Sharing the view", lambda: _deeds().share(workspace, view))

    def _begin_with(self, view: ViewOfList | None) -> None:
        shown, workspace = self.view, self._page.desk.workspace
        self._write("Choosing the first view", lambda: _deeds().begin_with(workspace, view, shown))

    def _open(self, form: ViewForm) -> None:
        kept = self._beside()
        form.asked.connect(lambda wanted: self._save(form, wanted, kept))
        form.left.connect(self._side.close_panel)
        self._side.open_panel(form)
        form.begin()

    def _save(self, form: ViewForm, wanted: ViewWanted, kept: tuple[str, str]) -> None:
        workspace = self._page.desk.workspace
        self._write(f"Saving the view {wanted.name}", lambda: _deeds().save(workspace, wanted, *kept), form)

    def _write(self, title: str, action: Callable[[], "Done"], form: ViewForm | None = None) -> None:
        self._page.desk.tasks.write(
            self,
            lambda _: action(),
            lambda done: self._tell(form, done),
            title=title,
            failed=lambda error: self._fail(form, error),
        )

    def _tell(self, form: ViewForm | None, done: "Done") -> None:
        if form is not None and self._side.panel is form:
            self._side.close_panel()
        self.show(done.view)
        if done.changes.summary:
            self._page.say_done(f"{done.changes.summary}.", "Ctrl+Z undoes it.")

    def _fail(self, form: ViewForm | None, error: DuedeskError) -> None:
        if form is not None and self._side.panel is form:
            form.show_fault(error)
        else:
            self._page.say_failed(error)

    def _more(self) -> tuple[More, ...]:
        more: list[More] = [("Save as view…", self.begin)]
        view = self.view
        if view is not None and view.is_own:
            more.append((f"Update “{view.name}”", self.update))
            more.append(("Rename…", self.begin_renaming))
            more.append(("Share it no longer" if view.is_shared else "Share with everybody", self._share))
            more.append((f"Delete “{view.name}”", self.delete))
        if view is not None:
            more.append((f"Begin with “{view.name}”", lambda: self._begin_with(view)))
        more.append(("Begin as it comes", lambda: self._begin_with(None)))
        return (*more, ("Show this list as a query", self.show_as_query))

    def _not_own(self) -> str:
        if self.view is None:
            return "no view is shown"
        return "" if self.view.is_own else "another person saved it"


def _deeds() -> Any:
    from duedesk.desk import view_deeds  # noqa: PLC0415 - it loads what reads queries, behind the window

    return view_deeds


def _in_lines(text: str) -> str:
    """Write a query a clause a line; a text in quotes comes after WHERE alone."""
    selected, _, rest = text.partition(" FROM ")
    rest, _, order = rest.rpartition(" ORDER BY ")
    return f"{selected}\nFROM {rest.replace(' WHERE ', chr(10) + 'WHERE ', 1)}\nORDER BY {order}"
