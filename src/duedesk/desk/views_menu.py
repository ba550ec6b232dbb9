"""The saved views below a button, read behind the window when they are asked for, each with how many records it finds.

The menu is there at once; the counts follow one by one, and none is asked for once it is closed.
"""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from duedesk.desk.navigation import ShowQuery
from duedesk.desk.page import Page
from duedesk.store.queries.views import SavedView, saved_views

More = tuple[str, Callable[[], None]]
"""What the menu offers below the views: its words, and what it does."""


class ViewsMenu(QObject):
    """Offers the views of a book on one page."""

    def __init__(self, page: Page, more: Callable[[], tuple[More, ...]]) -> None:
        super().__init__(page)
        self._page = page
        self._more = more
        self.shown: int | None = None
        """The key of the view that is shown."""

    def open(self, below: QWidget) -> None:
        """Open the menu below a button."""
        workspace = self._page.desk.workspace
        self._page.desk.tasks.read(
            self,
            lambda: workspace.ask(saved_views, workspace.world.user),
            lambda views: self._popup(below, views),
            failed=self._page.say_failed,
            slot="views",
        )

    def menu(self, parent: QWidget, views: tuple[SavedView, ...]) -> QMenu:
        """Make the menu."""
        menu = QMenu(parent)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for view in views:
            action = menu.addAction(in_words(view).replace("&", "&&"))
            if view.key == self.shown:
                action.setCheckable(True)
                action.setChecked(True)
            action.triggered.connect(partial(self._show, view))
        if not views:
            menu.addAction("No view is saved yet").setEnabled(False)
        menu.addSeparator()
        for words, run in self._more():
            menu.addAction(words.replace("&", "&&")).triggered.connect(lambda *_, run=run: run())
        return menu

    def show(self, view: SavedView) -> None:
        """Show a view: a list as the list of invoices, a query as its result."""
        if not view.is_list:
            self._page.go(ShowQuery(view.query, view.name, view.key))
            return
        as_of = self._page.as_of
        self._page.desk.tasks.read(
            self, lambda: _deeds().destination(view, as_of), self._page.go, failed=self._page.say_failed, slot="view"
        )

    def _popup(self, below: QWidget, views: tuple[SavedView, ...]) -> None:
        menu = self.menu(below, views)
        menu.popup(below.mapToGlobal(QPoint(0, below.height() + 2)))
        self._count(menu, iter(list(zip(views, menu.actions(), strict=False))))

    def _count(self, menu: QMenu, left: Iterator[tuple[SavedView, QAction]]) -> None:
        """Count what the next view finds, and after that the next: the list itself waits for none of it."""
        view, action = next(left, (None, None))
        if view is None or action is None:
            return
        workspace, stand = self._page.desk.workspace, self._page.stand

        def take(found: int | None) -> None:
            if found is not None:
                action.setText(f"{action.text()}\t{found:,}")  # behind the tab it stands flush right
            self._count(menu, left)

        self._page.desk.tasks.read(menu, lambda: _deeds().count(workspace, view, stand), take)

    def _show(self, view: SavedView, *_: object) -> None:
        self.show(view)


def in_words(view: SavedView) -> str:
    """Name a view, whose it is where it is another's, and whether one begins with it."""
    named = view.name if view.is_own else f"{view.name}  ·  {view.by}"
    return f"{named}  ·  first" if view.is_default else named


def _deeds() -> Any:
    from duedesk.desk import view_deeds  # noqa: PLC0415 - it loads what reads queries, behind the window

    return view_deeds
