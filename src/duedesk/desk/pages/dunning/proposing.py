"""The proposal of the day as the page holds it: read behind the window, decided on, drawn; it shows nothing itself."""

from PySide6.QtCore import QObject, Signal

from duedesk.desk.page import Page, Said
from duedesk.desk.pages.dunning.papers import Paper, draw
from duedesk.desk.pages.dunning.reading import (
    LeftOutLine,
    LetterLine,
    Read,
    Sifted,
    left_out_lines,
    read_proposal,
    sifted,
)
from duedesk.desk.pages.dunning.sifting import Sifting
from duedesk.desk.widgets.felt_wait import felt_wait
from duedesk.domain.dunning.proposal import Proposal
from duedesk.domain.errors import DuedeskError, RequestError

_BACK_HINT = "“Back to today” (Ctrl+Shift+T) leads there."


class Proposing(QObject):
    """Decisions stay when it is read again; one that cannot be is said and taken back."""

    found = Signal()
    """There is another proposal, or it was decided on."""
    failed = Signal(object)
    """There is none: a Said tells why."""
    waits = Signal()
    """It takes long enough to be felt."""
    drawn = Signal(object)
    """The letter that was asked for is on its sheets: a Paper, or the DuedeskError why not."""
    left_out = Signal(object)
    """What is left out and fits the text that was asked for: its LeftOutLines."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._page = page
        self._asked = 0
        self._waiting = felt_wait(self, self.waits.emit)
        self.read: Read | None = None
        self.sifted: Sifted | None = None
        self.sifting = Sifting(page.desk.workspace.world.user)

    def held(self) -> tuple[Proposal, Sifted] | None:
        """Give the proposal as it was read, and as it was decided on."""
        return None if self.read is None or self.sifted is None else (self.read.proposal, self.sifted)

    def ask(self) -> None:
        """Read the proposal of the day of the page."""
        if self._page.barred():
            self._fail(RequestError("A run duns what is known to be owed now.", _BACK_HINT))
            return
        workspace, as_of = self._page.desk.workspace, self._page.as_of
        self._asked += 1
        asked = self._asked
        self._waiting.start()

        def take(found: Read) -> None:
            if asked == self._asked:
                self._waiting.stop()
                self.read = found
                self.sifting.drop_unknown(found.proposal)
                self.sift()

        self._page.desk.tasks.read(
            self, lambda: read_proposal(workspace, as_of), take, failed=self._fail, slot="proposal"
        )

    def stop(self) -> None:
        """Wait no longer: an answer that still comes is dropped."""
        self._asked += 1
        self._waiting.stop()

    def sift(self) -> None:
        """Apply the decisions."""
        if self.read is None:
            return
        proposal, triage = self.read.proposal, self.sifting.now

        def failed(error: DuedeskError) -> None:
            self._page.say_failed(error)
            self.sifting.take_back()
            self.sift()

        self._page.desk.tasks.read(self, lambda: sifted(proposal, triage), self._take, failed=failed, slot="sifted")

    def search_left_out(self, text: str) -> None:
        """Find what is left out and fits a text."""
        if self.read is not None and self.sifted is not None:
            left, names = self.sifted.proposal.left_out, self.read.names

            def then(lines: tuple[LeftOutLine, ...]) -> None:
                self.left_out.emit(lines)

            self._page.desk.tasks.read(self, lambda: left_out_lines(left, names, text), then, slot="left out")

    def draw(self, line: LetterLine) -> None:
        """Draw a letter on its sheets."""
        if self.sifted is None:
            return
        workspace, proposal = self._page.desk.workspace, self.sifted.proposal

        def then(paper: Paper) -> None:
            self.drawn.emit(paper)

        self._page.desk.tasks.read(
            self, lambda: draw(workspace, proposal, line), then, failed=self.drawn.emit, slot="paper"
        )

    def _take(self, found: Sifted) -> None:
        self.sifted = found
        self.found.emit()

    def _fail(self, error: DuedeskError) -> None:
        self._waiting.stop()
        self.read = self.sifted = None
        self.failed.emit(Said(error.message, error.hint))
