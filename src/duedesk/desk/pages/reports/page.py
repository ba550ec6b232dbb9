"""Reports: one is chosen, asked for by its form and written behind; below are the files it became, and those kept."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from duedesk.desk import format as written
from duedesk.desk.page import Desk, FootLine, Page, PageCommand, Said
from duedesk.desk.pages.reports import work
from duedesk.desk.pages.reports.below import Below
from duedesk.desk.pages.reports.form import ReportForm
from duedesk.desk.pages.reports.kept import Kept
from duedesk.desk.pages.reports.list_asking import ListAsking
from duedesk.desk.pages.reports.writing import Wanted, Writing
from duedesk.desk.theme import GAP, PAGE_MARGIN
from duedesk.desk.widgets.frames import card
from duedesk.domain.changes import Changes
from duedesk.domain.reports.offered import Report, ReportName

_LIST_WIDTH, _NARROW_LIST_WIDTH, _NARROW, _ROW_HEIGHT = 224, 216, 1100, 30
"""Pixels of the list, in a wide page and in one that is narrower than the third."""

_BY_VIEWS = {"object", "where", "search", "columns", "order-by"}
"""What a saved view says of a list."""

_CONCERNS = ("SavedReport", "Invoice")


class ReportsPage(Page):
    """The reports at the left, the form of the one in hand, and the lists below it."""

    title = "Reports"

    def __init__(self, desk: Desk, as_of: date) -> None:
        super().__init__(desk, as_of)
        self.kept = Kept(desk.settings)
        self._reports = work.reports()
        self._shelf = work.Shelf((), ())
        self.list = QListWidget()
        self.form = ReportForm()
        self.writing = Writing(self, self.kept)
        self.running = self.writing.running
        self.below = Below(self, self.kept, self.writing)
        self._middle = QVBoxLayout()
        self._lay_out()
        self.listing = ListAsking(self, self.form, self._middle, self.below.side)
        self.listing.said.connect(self._say_list)
        self.form.after = self.below.in_order()
        self.list.currentRowChanged.connect(lambda _: self._show_report())
        self.list.itemActivated.connect(lambda _: self.form.begin())
        self.form.write_asked.connect(self.write)
        self.form.save_asked.connect(self.save)
        self.writing.busy_changed.connect(self.commands_changed)
        self.below.said_again.connect(self._say_again)
        self.below.side.changed.connect(self._fit)
        self.below.side.changed.connect(self._return)
        self.list.setCurrentRow(0)

    @property
    def report(self) -> Report:
        """Give the report in hand."""
        return self._reports[max(self.list.currentRow(), 0)]

    def show_report(self, name: str, said: Mapping[str, str]) -> None:
        """Bring a report to the front; what is said takes the place of what was said of it last."""
        place = next((at for at, one in enumerate(self._reports) if one.name == name), None)
        if place is None and name:
            self.said.emit(Said(f"There is no report “{name}”.", "Choose one of the list."))
        elif place is not None:
            if said:
                self.kept.keep_said(self._reports[place].name, said)
            self.list.setCurrentRow(place)
            self._show_report()
        self.refresh()

    def refresh(self, changes: Changes | None = None) -> None:
        """Read what is kept again."""
        if changes is None:
            self.below.show_files()
        if changes is None or changes.concern(*_CONCERNS):
            workspace = self.desk.workspace
            self.desk.tasks.read(
                self, lambda: work.read_shelf(workspace), self._take_shelf, failed=self.say_failed, slot="shelf"
            )

    def stand_on(self, as_of: date, known_on: datetime | None) -> None:
        """Stand on another day: a report that says none is as of that."""
        self._keep_said()
        super().stand_on(as_of, known_on)
        self._show_report()

    def begin(self) -> None:
        """Begin at the reports."""
        self.list.setFocus()

    def focus_filter(self) -> None:
        """Begin in the form."""
        self.form.begin()

    def take_look(self) -> None:
        """Draw in the look of the desk."""
        self.below.lists.set_look(self.desk)
        self.listing.set_look(self.desk.look)

    def can_leave(self) -> bool:
        """Tell whether nothing would be lost."""
        self._keep_said()
        return self.below.side.can_leave()

    def commands(self) -> tuple[PageCommand, ...]:
        """Give what can be done with the report and the line in hand, or in the form that is open."""
        return self._in_hand() or (
            PageCommand("&Write the workbook…", partial(self.write, "xlsx"), ("Ctrl+Return",)),
            PageCommand("Write as &CSV…", partial(self.write, "csv"), ("Ctrl+Shift+Return",)),
            PageCommand("S&top writing", self.writing.stop, ("Ctrl+.",), barred=self._none_runs),
            PageCommand("&Save the report…", self.save, ("Ctrl+S",)),
            *self.below.commands(),
        )

    def _in_hand(self) -> tuple[PageCommand, ...]:
        return self.below.panel_commands() or self.listing.commands()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the form the room it needs."""
        super().resizeEvent(event)
        self._side.setFixedWidth(_NARROW_LIST_WIDTH if event.size().width() < _NARROW else _LIST_WIDTH)
        self._fit()

    def write(self, ending: object) -> None:
        """Ask where the report shall stand and write it."""
        self._keep_said()
        self.writing.ask_and_write(Wanted(self.report, self._asked(), self._day(), str(ending)))

    def save(self) -> None:
        """Open the form that keeps the report under a name."""
        self._keep_said()
        said = self.form.said
        takes_day = self.report.parameter("as-of") is not None
        if takes_day and "as-of" not in said and self.as_of != self.desk.workspace.world.today():
            said["as-of"] = self.as_of.isoformat()
        self.below.open_form(self.report, said)

    def _asked(self) -> dict[str, str]:
        """Give what is said, with where the desk stands in time where nothing else is said."""
        said = self.form.said
        if self.report.parameter("as-of") is not None:
            said.setdefault("as-of", self.as_of.isoformat())
        if self.known_on is not None and self.report.parameter("known-on") is not None:
            said.setdefault("known-on", self.known_on.isoformat())
        return said

    def _day(self) -> str:
        """Give the day the report stands on, `LAST_MONTH` as its end; of what is no day the desk's own."""
        return (self.form.as_of or self.as_of).isoformat()

    def _keep_said(self) -> None:
        if self.form.report is not None:
            self.kept.keep_said(self.form.report.name, self.form.said)

    def _show_report(self) -> None:
        if self.form.report is not None and self.form.report is not self.report:
            self._keep_said()
        report = self.report
        self.listing.show_report(report, self.kept.said(report.name), self._shelf.currencies)

    def _say_again(self, name: ReportName, said: Mapping[str, str]) -> None:
        self.form.report = None
        self.kept.keep_said(name, said)
        self.list.setCurrentRow(next((at for at, one in enumerate(self._reports) if one.name == name), 0))
        self._show_report()

    def _say_list(self, said: Mapping[str, str]) -> None:
        """Ask for the list as a saved view has it; what a view does not say stays as it was said."""
        others = {name: text for name, text in self.form.said.items() if name not in _BY_VIEWS}
        self._say_again(self.report.name, {**others, **said})

    def _take_shelf(self, shelf: work.Shelf) -> None:
        is_other = shelf.currencies != self._shelf.currencies
        self._shelf = shelf
        self.below.show_saved(shelf.saved)
        if is_other:
            self._keep_said()
            self._show_report()
        kept = f" · {written.count(len(shelf.saved))} kept" if shelf.saved else ""
        self.footed.emit(FootLine(f"{written.plural(len(self._reports), 'report')}{kept}"))

    def _fit(self) -> None:
        """Leave the form of the report its room where another form stands beside it."""
        self._side.setVisible(self.width() >= _NARROW or self.below.side.panel is None)

    def _return(self) -> None:
        """Put the cursor where it came from as the form that keeps a report is left."""
        if self.below.side.panel is None:
            self.form.save_button.setFocus()

    def _none_runs(self) -> str:
        return "" if self.writing.is_busy else "no report is being written"

    def _lay_out(self) -> None:
        for report in self._reports:
            item = QListWidgetItem(report.title)
            item.setSizeHint(QSize(0, _ROW_HEIGHT))
            self.list.addItem(item)
        self.list.setAccessibleName("Reports")
        self.list.setProperty("sections", True)  # noqa: FBT003 - Qt's own signature
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        across = QHBoxLayout(self)
        across.setContentsMargins(PAGE_MARGIN, 0, PAGE_MARGIN, GAP)
        across.setSpacing(GAP)
        self._side = _framed(self.list, 6)
        across.addWidget(self._side)
        self._middle.setSpacing(GAP)
        self._middle.addWidget(_framed(self.form, 0), 3)
        self._middle.addWidget(self.running)
        self._middle.addWidget(self.below, 4)
        across.addLayout(self._middle, 1)
        across.addWidget(self.below.side)


def _framed(widget: QWidget, margin: int) -> QWidget:
    frame = card()
    inside = QVBoxLayout(frame)
    inside.setContentsMargins(margin, margin + 2 if margin else 0, margin, margin + 2 if margin else 0)
    inside.addWidget(widget)
    return frame
