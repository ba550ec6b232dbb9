"""The saved views below a button: read behind the window when they are asked for, each leads to its result."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QPoint, Qt
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
            action.triggered.connect(partial(self._show, view))
        if not views:
            menu.addAction("No view is saved yet").setEnabled(False)
        menu.addSeparator()
        for words, run in self._more():
            menu.addAction(words).triggered.connect(lambda *_, run=run: run())
        return menu

    def _popup(self, below: QWidget, views: tuple[SavedView, ...]) -> None:
        self.menu(below, views).popup(below.mapToGlobal(QPoint(0, below.height() + 2)))

    def _show(self, view: SavedView, *_: object) -> None:
        self._page.go(ShowQuery(view.query, view.name, view.key))


def in_words(view: SavedView) -> str:
    """Name a view, and whose it is where it is another's."""
    return view.name if view.is_own else f"{view.name}  ·  {view.by}"
