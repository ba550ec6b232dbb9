"""Taking files in: what they would bring is shown, what is in doubt is asked, and only then are they written."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

from PySide6.QtCore import QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout

from duedesk.desk.background import Progress, Ticket
from duedesk.desk.navigation import ShowInvoices
from duedesk.desk.page import Desk, Page, PageCommand
from duedesk.desk.pages.importing import sentences
from duedesk.desk.pages.importing.asking import looked_into, taken_in
from duedesk.desk.pages.importing.bar import ImportBar
from duedesk.desk.pages.importing.findings import Findings
from duedesk.desk.pages.importing.outlook import Outlook
from duedesk.desk.pages.importing.plan import Outcome, Request
from duedesk.desk.theme import GAP, PAGE_MARGIN
from duedesk.domain.changes import Changes
from duedesk.domain.errors import Cancelled, DuedeskError

FILES = "Tables (*.csv *.tsv *.txt *.xlsx);;All files (*)"
MAPPINGS = "Mappings (*.toml);;All files (*)"
_SIDE_WIDTH, _NARROW_SIDE_WIDTH, _NARROW = 320, 264, 960

_FELT_MS = 200
"""Work that takes longer than this is shown."""


class ImportPage(Page):
    """The line of commands, what was found, and beside it what would come in."""

    title = "Import"

    def __init__(self, desk: Desk, as_of: date) -> None:
        super().__init__(desk, as_of)
        self._request = Request()
        self._outcome: Outcome | None = None
        self._ticket: Ticket | None = None
        self._turn = 0
        self.bar = ImportBar()
        self.findings = Findings(desk.look, desk.tasks)
        self.outlook = Outlook()
        self._felt = QTimer(self)
        self._felt.setSingleShot(True)
        self._felt.setInterval(_FELT_MS)
        self._felt.timeout.connect(self.findings.show_working)
        across = QHBoxLayout()
        across.setSpacing(GAP)
        across.addWidget(self.findings, 1)
        across.addWidget(self.outlook)
        column = QVBoxLayout(self)
        column.setContentsMargins(PAGE_MARGIN, 0, PAGE_MARGIN, GAP)
        column.setSpacing(GAP)
        column.addWidget(self.bar)
        column.addLayout(across, 1)
        self.setAcceptDrops(True)
        self._connect()
        self._show()

    def _connect(self) -> None:
        self.bar.files_asked.connect(self.choose_files)
        self.bar.mapping_asked.connect(self.choose_mapping)
        self.bar.mapping_removed.connect(lambda: self.set_mapping(None))
        self.bar.answer_removed.connect(lambda option: self.answer(option, ""))
        self.bar.import_asked.connect(self.import_all)
        self.bar.skip_asked.connect(lambda: self.import_all(skips_bad=True))
        self.findings.answered.connect(lambda pair: self.answer(*pair))
        self.findings.mapping_asked.connect(self.choose_mapping)
        self.findings.stop_asked.connect(self.stop)
        self.outlook.file_removed.connect(lambda file: self._look_into(self._request.without_file(file)))
        self.desk.tasks.progressed.connect(self._on_progressed)

    @property
    def request(self) -> Request:
        """Give what is to be taken in, and how."""
        return self._request

    @property
    def outcome(self) -> Outcome | None:
        """Give what would come in or came in; None while that is not known."""
        return self._outcome

    def take(self, files: tuple[str, ...]) -> None:
        """Begin with these files; without any, show the import as it was left."""
        if files:
            self._look_into(Request().with_files(files))
        elif self._outcome is not None and self._outcome.is_written:
            self._look_into(Request())

    def commands(self) -> tuple[PageCommand, ...]:
        """Give what can be done with an import."""
        return (
            PageCommand("&Mapping…", self._mapping_if_files, ("Ctrl+M",)),
            PageCommand("&Import what is shown", self._import_if_ready, ("Ctrl+Return",)),
        )

    def refresh(self, changes: Changes | None = None) -> None:
        """Look again, where the book may hold other records now; what was written stays said."""
        concerns = changes is None or changes.concern("Account", "Invoice", "Payment", "CreditMemo")
        if concerns and self._outcome is not None and not self._outcome.is_written and self._ticket is None:
            self._look_into(self._request)

    def stand_on(self, as_of: date, known_on: datetime | None) -> None:
        """Stand on another day; what files hold does not depend on it."""
        self.as_of, self.known_on = as_of, known_on

    def take_look(self) -> None:
        """Draw in the look of the desk."""
        self.findings.set_look(self.desk.look)

    def choose_files(self) -> None:
        """Ask for files."""
        files, _ = QFileDialog.getOpenFileNames(self, "Import", "", FILES)
        if files:
            self.add_files(tuple(files))

    def add_files(self, files: tuple[str, ...]) -> None:
        """Take files in beside those that are here, or in place of those that are in the book already."""
        is_done = self._outcome is not None and self._outcome.is_written
        self._look_into((Request() if is_done else self._request).with_files(files))

    def choose_mapping(self) -> None:
        """Ask for a mapping."""
        file, _ = QFileDialog.getOpenFileName(self, "Mapping", "", MAPPINGS)
        if file:
            self.set_mapping(file)

    def set_mapping(self, file: str | None) -> None:
        """Read the files by a mapping, or without one."""
        self._look_into(replace(self._request, mapping=file))

    def answer(self, option: str, value: str) -> None:
        """Read the files as an answer says; an empty value takes the answer back."""
        self._look_into(self._request.answered(option, value))

    def import_all(self, *, skips_bad: bool = False) -> None:
        """Write what was shown; with `skips_bad` without the rows at fault, which are kept in a file of their own."""
        asked = replace(self._request, skips_bad=skips_bad)
        workspace = self.desk.workspace
        self.bar.setEnabled(False)
        self.outlook.setEnabled(False)
        self.setAcceptDrops(False)
        self._work("Importing", lambda progress: taken_in(workspace, asked, progress))

    def stop(self) -> None:
        """Stop reading or writing; the book stays as it was."""
        if self._ticket is not None:
            self._ticket.cancel()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Welcome files."""
        if _dropped(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take dropped files."""
        files = _dropped(event)
        if files:
            event.acceptProposedAction()
            self.add_files(files)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the problems the room they need."""
        super().resizeEvent(event)
        self.outlook.setFixedWidth(_NARROW_SIDE_WIDTH if event.size().width() < _NARROW else _SIDE_WIDTH)

    def _look_into(self, request: Request) -> None:
        self.stop()
        self._request = request
        self._outcome = None
        self._ticket = None
        self._turn += 1
        if not request.files:
            self._show()
            return
        workspace = self.desk.workspace
        self.outlook.show_request(request)
        self.outlook.setVisible(True)
        self._work("Reading", lambda progress: looked_into(workspace, request, progress))

    def _work(self, title: str, action: Callable[[Progress], Outcome]) -> None:
        self._turn += 1
        turn = self._turn

        def take(outcome: Outcome) -> None:
            if turn == self._turn:  # else it answers an older question
                self._take(outcome)

        def fail(error: DuedeskError) -> None:
            if turn == self._turn:
                self._fail(error)

        self.bar.show_request(self._request, None)
        self.findings.working.begin(title)
        self._felt.start()
        self.footed.emit(sentences.foot(self._request, None))
        self._ticket = self.desk.tasks.write(self, action, take, title=title, failed=fail)

    def _take(self, outcome: Outcome) -> None:
        self._ticket = None
        self._outcome = outcome
        self._show()

    def _fail(self, error: DuedeskError) -> None:
        self._ticket = None
        self._outcome = None
        self._show()
        again = ("Read again", lambda: self._look_into(self._request))
        ways = (again,) if isinstance(error, Cancelled) else (("Choose other files…", self._choose_others), again)
        self.findings.say(error.message, error.hint, *ways)

    def _mapping_if_files(self) -> None:
        if self._request.files and self._ticket is None:
            self.choose_mapping()

    def _import_if_ready(self) -> None:
        if self.bar.import_button.isVisible() and self.bar.import_button.isEnabled():
            self.import_all()

    def _choose_others(self) -> None:
        files, _ = QFileDialog.getOpenFileNames(self, "Import", "", FILES)
        if files:
            self.take(tuple(files))

    def _show(self) -> None:
        self._felt.stop()
        for widget in (self.bar, self.outlook):
            widget.setEnabled(True)
        self.setAcceptDrops(True)
        request, outcome = self._request, self._outcome
        self.bar.show_request(request, outcome)
        self.outlook.setVisible(bool(request.files))
        self.footed.emit(sentences.foot(request, outcome))
        if outcome is None:
            self.outlook.show_request(request)
            if not request.files:
                self.findings.say(*sentences.NOTHING_YET, ("Choose files…", self.choose_files))
            return
        self.outlook.show_outcome(request, outcome)
        show_invoices = ("Show the invoices", lambda: self.go(ShowInvoices()))
        if outcome.is_written:
            self.findings.say(*sentences.done(outcome), show_invoices, ("Import more…", self.choose_files))
        elif outcome.problems:
            self.findings.show_problems(outcome)
        elif outcome.is_known_already:
            self.findings.say(*sentences.ready(outcome), show_invoices)
        else:
            self.findings.say(*sentences.ready(outcome))
            self.bar.import_button.setFocus()

    def _on_progressed(self, ticket: Ticket, done: int, total: int) -> None:
        if ticket is self._ticket:
            self.findings.working.show_progress(done, total)


def _dropped(event: QDropEvent) -> tuple[str, ...]:
    """Give the files on this machine that are held over the page."""
    return tuple(url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile())
