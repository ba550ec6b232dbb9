"""What stands below the form: recent files and kept reports, and what can be done with the one in hand."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from duedesk.desk.page import Page, PageCommand, Said
from duedesk.desk.pages.reports import work
from duedesk.desk.pages.reports.kept import Kept
from duedesk.desk.pages.reports.lists import FILES, SAVED, ReportLists
from duedesk.desk.pages.reports.save_form import SaveForm
from duedesk.desk.pages.reports.writing import Wanted, Writing
from duedesk.desk.verbs.keys import panel_commands
from duedesk.desk.verbs.side_place import SidePlace
from duedesk.desk.widgets.buttons import button, chip
from duedesk.desk.widgets.labels import set_tooltip
from duedesk.domain.reports.offered import REPORTS, Report
from duedesk.domain.reports.saved import SavedReport, ToSave


class Below(QWidget):
    """One list in front at a time, its commands above it; `side` holds the form that keeps a report."""

    said_again = Signal(object, object)
    """A report is to be asked for again as it was: its name, and what was said."""

    def __init__(self, page: Page, kept: Kept, writing: Writing) -> None:
        super().__init__()
        self._page, self._kept, self._writing = page, kept, writing
        self.lists = ReportLists(page.desk)
        self.side = SidePlace()
        self.side.changed.connect(page.commands_changed)
        self.chips = {name: chip(name) for name in (FILES, SAVED)}
        group = QButtonGroup(self)
        for name, one in self.chips.items():
            group.addButton(one)
            one.clicked.connect(partial(self.show_list, name))
        self.buttons = {
            FILES: (
                button("Open", self.open),
                button("Show in folder", self.show_folder),
                button("Again", self.again),
            ),
            SAVED: (
                button("Write now", self.write_now),
                button("Open the last", self.open_last),
                button("Change", self.change),
                button("Forget", self.forget),
            ),
        }
        self.lists.opened.connect(lambda _: self.open() if self.lists.name == FILES else self.change())
        for table in self.lists.tables.values():
            table.selectionModel().currentRowChanged.connect(lambda *_: self._show_buttons())
        writing.done.connect(self.show_files)
        writing.running.open_asked.connect(self._open_there)
        self._lay_out()
        self.show_files()
        self.show_list(FILES)

    def in_order(self) -> tuple[QWidget, ...]:
        """Give what takes the cursor here, in the order of the eye."""
        buttons = (one for shown in self.buttons.values() for one in shown)
        return (*self.chips.values(), *buttons, *self.lists.tables.values())

    def show_list(self, name: str, *_: object) -> None:
        """Bring a list to the front."""
        self.lists.show_list(name)
        self.chips[name].setChecked(True)
        self._show_buttons()
        self._page.commands_changed.emit()

    def show_files(self) -> None:
        """Show the files that were written last."""
        files = self._kept.files()
        known = self.lists.gone.intersection(one.path for one in files)
        self.lists.show_files(files, known)
        self._show_buttons()
        asked = partial(work.gone, [one.path for one in files])
        self._page.desk.tasks.read(self, asked, self._take_gone, slot="gone")

    def show_saved(self, saved: tuple[SavedReport, ...]) -> None:
        """Show the reports that are kept."""
        self.lists.show_saved(saved, self._page.desk.workspace.world.today())
        self.chips[SAVED].setText(f"{SAVED} {len(saved)}" if saved else SAVED)
        self._show_buttons()

    def commands(self) -> tuple[PageCommand, ...]:
        """Give what can be done with the line in hand."""
        recent, kept = partial(self.show_list, FILES), partial(self.show_list, SAVED)
        return (
            PageCommand("&Recent files", recent, ("Alt+1",), follows_rule=True),
            PageCommand("Saved re&ports", kept, ("Alt+2",)),
            PageCommand("&Open the file", self.open, ("Ctrl+Shift+O",), barred=self._no_file, follows_rule=True),
            PageCommand("Show in &folder", self.show_folder, ("Ctrl+Shift+F",), barred=self._no_file),
            PageCommand("Write it a&gain", self.again, ("Ctrl+R",), barred=self._no_file),
            PageCommand(
                "Write the saved report &now",
                self.write_now,
                ("Ctrl+Shift+R",),
                barred=self._no_report,
                follows_rule=True,
            ),
            PageCommand("Open the &last of the saved report", self.open_last, ("Ctrl+Alt+O",), barred=self._no_last),
            PageCommand("C&hange the saved report…", self.change, ("F2",), barred=self._no_report),
            PageCommand("Forge&t the saved report", self.forget, ("Ctrl+Del",), barred=self._no_report),
        )

    def panel_commands(self) -> tuple[PageCommand, ...]:
        """Give what can be done in the form that is open."""
        return panel_commands(self.side.panel)

    def open(self) -> None:
        """Open the file in hand; where it is gone, say so."""
        file = self.lists.file
        if file is not None:
            self._open_there(Path(file.path))

    def show_folder(self) -> None:
        """Open the folder of the file in hand; where that is gone, say so."""
        file = self.lists.file
        if file is not None:
            self._open_there(Path(file.path).parent)

    def again(self) -> None:
        """Ask for the report of the file in hand as it was asked for, and write it."""
        file = self.lists.file
        if file is not None:
            self.said_again.emit(file.name, file.said)
            ending = Path(file.path).suffix.lstrip(".") or "xlsx"
            self._writing.ask_and_write(Wanted(REPORTS[file.name], file.said, file.day, ending))

    def write_now(self) -> None:
        """Write the kept report in hand as of today, into its folder."""
        saved, workspace = self.lists.report, self._page.desk.workspace
        if saved is not None:
            today = workspace.world.today()
            day = work.as_of(saved, today).isoformat()
            wanted = Wanted(REPORTS[saved.report], saved.said, day, saved.ending)
            folder = None if saved.folder else Path(self._kept.folder or Path.home())
            self._writing.run(wanted, saved.name, lambda how: work.write_saved(workspace, saved, folder, how))

    def open_last(self) -> None:
        """Open the file that the kept report in hand became when it was last produced by itself."""
        saved = self.lists.report
        if saved is not None and saved.last is not None and saved.last.file:
            self._open_there(Path(saved.last.file))

    def change(self) -> None:
        """Show the kept report in hand in the form, and open the form that keeps it."""
        saved = self.lists.report
        if saved is not None:
            self.said_again.emit(saved.report, saved.said)
            self.open_form(REPORTS[saved.report], saved.said, saved)

    def forget(self) -> None:
        """Keep the report in hand no longer; Ctrl+Z takes that back."""
        saved, workspace = self.lists.report, self._page.desk.workspace
        if saved is not None:
            self._page.desk.tasks.write(
                self,
                lambda _: work.forget(workspace, saved),
                lambda done: self._told(done.summary),
                title=f"Forgetting {saved.name}",
                failed=self._page.say_failed,
            )

    def open_form(self, report: Report, said: Mapping[str, str], was: SavedReport | None = None) -> None:
        """Open the form that keeps a report under a name."""
        form = SaveForm(report, said, self._kept.folder or str(Path.home()), was)
        form.asked.connect(lambda wanted: self._save(form, wanted))
        form.left.connect(self.side.close_panel)
        self.side.open_panel(form)
        form.begin()

    def _save(self, form: SaveForm, wanted: ToSave) -> None:
        workspace = self._page.desk.workspace
        self._page.desk.tasks.write(
            self,
            lambda _: work.keep_report(workspace, wanted),
            lambda done: self._saved(done.summary),
            title=f"Saving {wanted.name}",
            failed=form.show_fault,
        )

    def _saved(self, done: str) -> None:
        self.side.close_panel()
        self.show_list(SAVED)
        self.lists.table.setFocus()
        self._told(done)

    def _open_there(self, path: Path) -> None:
        """Open a file or a folder; whether it is there is looked for behind: it may be on a drive that is away."""

        def take(gone: frozenset[str]) -> None:
            if gone:
                hint = "“Again” writes the report anew." if self.lists.name == FILES else ""
                self._page.said.emit(Said(f"{path.name} is no longer in {path.parent}.", hint))
                self.show_files()
            else:
                QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

        self._page.desk.tasks.read(self, partial(work.gone, [str(path)]), take, slot="open")

    def _take_gone(self, gone: frozenset[str]) -> None:
        if gone != self.lists.gone:
            self.lists.show_files(self.lists.files, gone)

    def _told(self, done: str) -> None:
        self._page.say_done(f"{done}.")

    def _show_buttons(self) -> None:
        held = {FILES: self.lists.file, SAVED: self.lists.report}
        for name, buttons in self.buttons.items():
            for one in buttons:
                one.setVisible(name == self.lists.name and held[name] is not None)
        last, barred = self.buttons[SAVED][1], self._no_last()
        last.setEnabled(not barred)
        set_tooltip(last, f"{barred[:1].upper()}{barred[1:]}")

    def _no_file(self) -> str:
        return "" if self.lists.file is not None else "no file is selected"

    def _no_report(self) -> str:
        return "" if self.lists.report is not None else "no saved report is selected"

    def _no_last(self) -> str:
        last = None if self.lists.report is None else self.lists.report.last
        if last is None:
            return self._no_report() or "it has not been written by itself yet"
        return "" if last.file else last.remark or "it is being written"

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        for one in self.chips.values():
            head.addWidget(one)
        head.addStretch(1)
        for buttons in self.buttons.values():
            for one in buttons:
                head.addWidget(one)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.lists, 1)
