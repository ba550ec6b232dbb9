"""Taking a workbook back: what was typed is shown against the book, parts are left out, the rest is taken over."""

from datetime import date
from pathlib import Path

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QVBoxLayout

from duedesk.actions.taking_back import TakenBack, take_back
from duedesk.actions.workbook_compared import Compared, compare_workbook
from duedesk.desk.background import Ticket
from duedesk.desk.navigation import ShowReports
from duedesk.desk.page import Desk, FootLine, Page, PageCommand
from duedesk.desk.pages.take_back import sentences
from duedesk.desk.pages.take_back.bar import TakeBackBar
from duedesk.desk.pages.take_back.body import Body
from duedesk.desk.theme import GAP, PAGE_MARGIN
from duedesk.domain.changes import Changes
from duedesk.domain.errors import Cancelled, DuedeskError, RequestError
from duedesk.domain.reports.taking_back import Difference, Fate, counts, in_short

_CONCERNS = ("Invoice", "InvoiceFeed", "PaymentPromise", "Dispute")
_ENDINGS = (".xlsx", ".ods", ".csv")
_WORKBOOKS = f"Workbooks (*{' *'.join(_ENDINGS)})"


class TakeBackPage(Page):
    """The line of commands, and the differences."""

    title = "Take back a workbook"

    def __init__(self, desk: Desk, as_of: date) -> None:
        super().__init__(desk, as_of)
        self._file = ""
        self._compared: Compared | None = None
        self._left_out: set[sentences.Place] = set()
        self._is_done = self._is_taking = False
        self._ticket: Ticket | None = None
        self.bar = TakeBackBar()
        self.body = Body(desk)
        column = QVBoxLayout(self)
        column.setContentsMargins(PAGE_MARGIN, 0, PAGE_MARGIN, GAP)
        column.setSpacing(GAP)
        column.addWidget(self.bar)
        column.addWidget(self.body, 1)
        self.setAcceptDrops(True)
        self.bar.file_asked.connect(self.choose)
        self.bar.taking_asked.connect(self.take_over)
        self.bar.meanwhile_changed.connect(self._show)
        self.body.table.toggled.connect(self.toggle)
        self._show()

    def take(self, file: str) -> None:
        """Read a workbook; an empty name shows the page as it was left."""
        if file:
            self._file, self._is_done, self._compared = file, False, None
            self._left_out.clear()
            self._read()

    def choose(self) -> None:
        """Ask for a workbook."""
        file, _ = QFileDialog.getOpenFileName(self, "Take back a workbook", "", _WORKBOOKS)
        self.take(file)

    def write_one(self) -> None:
        """Go to the report whose workbook comes back."""
        self.go(ShowReports("open-items"))

    def refresh(self, changes: Changes | None = None) -> None:
        """Compare the workbook with the book as it is now."""
        if self._compared is None or self._is_taking or self._ticket is not None:
            return
        if changes is None or changes.concern(*_CONCERNS):
            self._is_done = False
            self._read()

    def begin(self) -> None:
        """Begin in the list, or at what chooses a workbook."""
        (self.body.table if self._compared is not None else self.bar.file_button).setFocus()

    def take_look(self) -> None:
        """Draw in the look of the desk."""
        self.body.table.set_look(self.desk.look)

    def commands(self) -> tuple[PageCommand, ...]:
        """Give what can be done with the workbook and the rows in hand."""
        return (
            PageCommand("&Choose a workbook…", self.choose, ("Ctrl+Shift+O",)),
            PageCommand("&Take over", self.take_over, ("Ctrl+Return",), barred=self._nothing_now),
            PageCommand("&Leave out, or take in again", self.toggle, heard="Space", barred=self._not_now),
            PageCommand("Cop&y", self.body.table.copy, heard="Ctrl+C"),
        )

    def toggle(self) -> None:
        """Leave the rows in hand out, or take them in again."""
        if self._not_now():
            return
        held = {line.difference.place for line in self.body.in_hand() if line.difference is not None}
        if not held:
            self.say_failed(RequestError("Nothing of that can be taken over.", "Choose a row that reads “Take over”."))
            return
        self._left_out = self._left_out - held if held <= self._left_out else self._left_out | held
        self._show()

    def take_over(self) -> None:
        """Take over what is shown as to be taken over."""
        if self._compared is None or self._nothing_now():
            return
        workspace, typed = self.desk.workspace, self._compared.typed
        wanted = {one.place for one in self._chosen()}
        self._is_taking = True
        self.bar.take_button.setEnabled(False)
        self.desk.tasks.write(
            self,
            lambda _: take_back(workspace, typed, wanted=lambda one: one.place in wanted),
            self._taken,
            title=f"Taking over {typed.file}",
            failed=self._fail,
        )

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Welcome a workbook."""
        if _dropped(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take a dropped workbook."""
        if file := _dropped(event):
            event.acceptProposedAction()
            self.take(file)

    def _read(self) -> None:
        workspace, path, ticket = self.desk.workspace, Path(self._file), Ticket()
        stop = ticket.stop.is_set
        self._ticket = ticket
        if self._compared is None:
            self.body.say(f"Reading {path.name}…", "", ("Stop", ticket.cancel))
        self.desk.tasks.read(
            self,
            lambda: compare_workbook(workspace, path, cancelled=stop),
            self._take,
            failed=self._fail,
            slot="workbook",
        )

    def _take(self, compared: Compared) -> None:
        self._ticket, self._compared = None, compared
        self._show()
        self.body.table.setFocus()

    def _taken(self, done: TakenBack) -> None:
        self._is_done, self._is_taking = True, False
        if self._compared is not None:
            self._compared = Compared(self._compared.typed, (*done.taken, *done.left))
            self._left_out = {one.place for one in done.left if one.fate is Fate.TAKE}
        self._show()
        self.say_done(f"{done.changes.summary}.", "Ctrl+Z takes it back, all of it.")

    def _fail(self, error: DuedeskError) -> None:
        self._ticket, self._is_taking = None, False
        if self._compared is not None and not isinstance(error, Cancelled):
            self._show()
            self.say_failed(error)
            return
        self._compared = None
        self._show()
        again = ("Read it again", self._read)
        self.body.say(error.message, error.hint, ("Choose a workbook…", self.choose), again)

    def _chosen(self) -> list[Difference]:
        found = self._compared
        meanwhile = self.bar.meanwhile.isChecked()
        return [] if found is None else list(sentences.chosen(found, self._left_out, meanwhile=meanwhile))

    def _show(self) -> None:
        compared = self._compared
        if compared is None:
            self.bar.show_choice("", "", 0)
            self.body.say(*sentences.NOTHING_YET, ("Choose a workbook…", self.choose), ("Write one", self.write_one))
            self.footed.emit(FootLine())
            return
        meanwhile = counts(compared.found)[Fate.MEANWHILE]
        chosen = () if self._is_done else self._chosen()
        self.bar.show_choice(sentences.head_of(compared), in_short(chosen) if chosen else "", meanwhile)
        if nothing := sentences.why_nothing(compared):
            self.body.say(*nothing, ("Choose another…", self.choose))
        else:
            ticked = self.bar.meanwhile.isChecked()
            lines = sentences.lines_of(compared, self._left_out, meanwhile=ticked, is_done=self._is_done)
            self.body.show_lines(lines)
        self.footed.emit(FootLine(sentences.foot_of(compared, is_done=self._is_done)))
        self.commands_changed.emit()

    def _not_now(self) -> str:
        if self._compared is None:
            return "there is no workbook"
        return self.barred() or ("it was taken over" if self._is_done else "")

    def _nothing_now(self) -> str:
        return self._not_now() or ("" if self._chosen() else "nothing of it is to be taken over")


def _dropped(event: QDropEvent) -> str:
    """Give the workbook on this machine that is held over the page."""
    files = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
    return next((file for file in files if file.lower().endswith(_ENDINGS)), "")
