"""Which records, and which columns of them, a report lists: built, taken from a saved view, chosen in a panel."""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from duedesk.desk.filtering.builder import FilterBuilder
from duedesk.desk.page import Page, PageCommand
from duedesk.desk.pages.reports import asking
from duedesk.desk.pages.reports.choosing import Choosing
from duedesk.desk.pages.reports.columns_entry import ColumnsEntry, ColumnsPanel
from duedesk.desk.pages.reports.condition_entry import ConditionEntry
from duedesk.desk.pages.reports.form import ReportForm
from duedesk.desk.verbs.side_place import SidePlace
from duedesk.domain.filters import Condition, Filter
from duedesk.domain.reports.offered import Report
from duedesk.resources import Look


class ListAsking(QObject):
    """Opens the filter builder in the place of the form, the saved views below their button, columns at the side."""

    said = Signal(object)
    """The list is to be asked for as a saved view has it: what is said."""

    def __init__(self, page: Page, form: ReportForm, place: QVBoxLayout, side: SidePlace) -> None:
        """Take charge of a form; `place` is where the form stands, in a frame of its own."""
        super().__init__(page)
        self._page, self._form, self._place, self._side = page, form, place, side
        self.builder: FilterBuilder | None = None
        form.builder_asked.connect(self.build)
        form.views_asked.connect(self.offer_views)
        form.chooser_asked.connect(self.choose_columns)

    def show_report(self, report: Report, said: Mapping[str, str], currencies: tuple[str, ...]) -> None:
        """Show a report in the form, where the page stands in time."""
        self.close_builder()
        desk = self._page.desk
        self._form.show_report(report, said, Choosing(desk, self._page.as_of, self._page.known_on, currencies))

    def build(self, entry: ConditionEntry) -> None:
        """Open the builder with the condition that is said."""
        self.close_builder()
        asked_with = self._asked_with(self._form.object_name)
        builder = FilterBuilder(self._page.desk, asked_with, self._form.object_name, "Take")
        builder.asked.connect(partial(self._take, entry))
        builder.left.connect(self._leave)
        self.builder = builder
        self._place.insertWidget(0, builder)
        self._frame().hide()
        builder.open(entry.condition)
        self._page.commands_changed.emit()

    def commands(self) -> tuple[PageCommand, ...]:
        """Give what can be done in the builder while it is open."""
        if self.builder is None:
            return ()
        return (
            PageCommand("&Take the filter", self.builder.do, ("Ctrl+Return",)),
            PageCommand("&Leave it as it was", self._leave, heard="Esc"),
        )

    def set_look(self, look: Look) -> None:
        """Draw in another look."""
        if self.builder is not None:
            self.builder.set_look(look)

    def close_builder(self) -> None:
        """Bring the form back."""
        if self.builder is not None:
            self.builder.hide()
            self.builder.deleteLater()
            self.builder = None
            self._frame().show()
            self._page.commands_changed.emit()

    def offer_views(self, below: QWidget) -> None:
        """Offer the saved views below a button."""
        workspace = self._page.desk.workspace
        self._page.desk.tasks.read(
            self,
            partial(asking.offered_views, workspace),
            partial(self._popup, below),
            failed=self._page.say_failed,
            slot="views",
        )

    def menu(self, parent: QWidget, views: tuple[asking.OfferedView, ...]) -> QMenu:
        """Make the menu of views."""
        menu = QMenu(parent)
        for view in views:
            action = menu.addAction(view.words.replace("&", "&&"))
            action.triggered.connect(lambda *_, said=view.said: self.said.emit(said))
        if not views:
            menu.addAction("No view is saved yet").setEnabled(False)
        return menu

    def choose_columns(self, entry: ColumnsEntry) -> None:
        """Open the panel in which columns are chosen."""
        panel = ColumnsPanel(self._form.object_name, entry.paths)

        def leave() -> None:
            self._side.close_panel()
            entry.choose.setFocus()

        def take(paths: tuple[str, ...]) -> None:
            entry.take(paths)
            leave()

        panel.asked.connect(take)
        panel.left.connect(leave)
        self._side.open_panel(panel)
        panel.begin()

    def _asked_with(self, object_name: str) -> Callable[[Condition | None], Filter]:
        field = self._form.fields.get("search")
        search = "" if field is None else field.text
        as_of, known_on = self._page.as_of, self._page.known_on
        return lambda condition: Filter(as_of, object_name, condition, search=search, known_on=known_on)

    def _take(self, entry: ConditionEntry, condition: Condition | None) -> None:
        entry.take(condition)
        self._leave()

    def _leave(self) -> None:
        self.close_builder()
        entry = self._form.entry(ConditionEntry)
        if entry is not None:
            entry.build.setFocus()

    def _popup(self, below: QWidget, views: tuple[asking.OfferedView, ...]) -> None:
        menu = self.menu(below, views)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(below.mapToGlobal(QPoint(0, below.height() + 2)))

    def _frame(self) -> QWidget:
        return self._form.parentWidget() or self._form
