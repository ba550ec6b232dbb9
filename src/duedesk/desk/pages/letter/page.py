"""A reminder to one account, as it will be on paper: previewed, printed and saved; nothing is sent or recorded."""

from datetime import date

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout

from duedesk.desk.forms.letterhead_form import LetterheadForm
from duedesk.desk.navigation import GoBack, ShowAccount
from duedesk.desk.page import Desk, FootLine, Page, PageCommand
from duedesk.desk.pages.letter.bar import LetterBar
from duedesk.desk.pages.letter.facts import LetterFacts, foot_line
from duedesk.desk.pages.letter.output import LetterOutput
from duedesk.desk.pages.letter.preparing import Prepared, keep_letterhead, prepared, stored_letterhead
from duedesk.desk.theme import GAP, PAGE_MARGIN
from duedesk.desk.widgets.pdf_view import PdfView
from duedesk.documents.letter import Letterhead
from duedesk.domain.changes import Changes
from duedesk.domain.errors import DuedeskError, RequestError

_BACK_HINT = "“Back to today” (Ctrl+Shift+T) leads there."
_SIDE_WIDTH, _NARROW_SIDE_WIDTH, _NARROW = 320, 264, 960


class LetterPage(Page):
    """The sheets, and beside them what the letter is about or the letterhead in hand."""

    title = "Payment reminder"

    def __init__(self, desk: Desk, as_of: date) -> None:
        super().__init__(desk, as_of)
        self._account_key: int | None = None
        self._prepared: Prepared | None = None
        self.bar = LetterBar(desk.settings)
        self.preview = PdfView(desk.tasks, desk.look)
        self.facts = LetterFacts()
        self.form = LetterheadForm()
        self.output = LetterOutput(self, desk.tasks)
        self.side = QStackedWidget()
        self.side.addWidget(self.facts)
        self.side.addWidget(self.form)
        across = QHBoxLayout()
        across.setSpacing(GAP)
        across.addWidget(self.preview, 1)
        across.addWidget(self.side)
        column = QVBoxLayout(self)
        column.setContentsMargins(PAGE_MARGIN, 0, PAGE_MARGIN, GAP)
        column.setSpacing(GAP)
        column.addWidget(self.bar)
        column.addLayout(across, 1)
        self.bar.paper_chosen.connect(self._prepare)
        self.bar.print_asked.connect(self.print_letter)
        self.bar.save_asked.connect(self.save_letter)
        self.bar.letterhead_asked.connect(self.edit_letterhead)
        self.facts.letterhead_asked.connect(self.edit_letterhead)
        self.form.saved.connect(self._keep_letterhead)
        self.form.left.connect(self._leave_letterhead)
        self.output.said.connect(self.facts.say)
        self.output.failed.connect(lambda error: self.facts.say(str(error), is_fault=True))

    @property
    def prepared(self) -> Prepared | None:
        """Give the letter that is shown; None while there is none."""
        return self._prepared

    def show_account(self, account_key: int) -> None:
        """Show the reminder to an account as of the day the reader stands on."""
        if account_key != self._account_key:
            self._forget()
        self._account_key = account_key
        self.side.setCurrentWidget(self.facts)
        self._prepare()

    def begin(self) -> None:
        """Begin in the letter."""
        self.preview.setFocus()

    def commands(self) -> tuple[PageCommand, ...]:
        """Give what can be done with a letter."""
        return (
            PageCommand("&Print…", self.print_letter, ("Ctrl+P",)),
            PageCommand("&Save PDF…", self.save_letter, ("Ctrl+S",)),
            PageCommand("&Letterhead…", self.edit_letterhead, ("Ctrl+H",)),
            *((PageCommand("&Open the account", self.show_owing, ("O",)),) if self.can_go(ShowAccount) else ()),
        )

    def refresh(self, changes: Changes | None = None) -> None:
        """Prepare the letter again."""
        if changes is None or changes.concern("Invoice", "Account", "Contact", "Payment", "CreditMemo", "Setting"):
            self._prepare()

    def take_look(self) -> None:
        """Draw in the look of the desk."""
        self.preview.set_look(self.desk.look)

    def show_owing(self) -> None:
        """Go to the account the letter is to."""
        if self._account_key is not None:
            self.go(ShowAccount(self._account_key, self.as_of))

    def print_letter(self) -> None:
        """Print what is shown."""
        if self._prepared is not None:
            self.output.ask_and_print(self._prepared)

    def save_letter(self) -> None:
        """Save what is shown."""
        if self._prepared is not None:
            self.output.ask_and_save(self._prepared)

    def edit_letterhead(self) -> None:
        """Open the form for the sender of all letters."""
        workspace = self.desk.workspace

        def show(held: Letterhead) -> None:
            self._show_side(form=True)
            self.form.show_letterhead(held)

        self.desk.tasks.read(self, lambda: stored_letterhead(workspace), show, failed=self._fail, slot="letterhead")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the sheets the room they need."""
        super().resizeEvent(event)
        self.side.setFixedWidth(_NARROW_SIDE_WIDTH if event.size().width() < _NARROW else _SIDE_WIDTH)

    def _prepare(self) -> None:
        if self._account_key is None:
            return
        if self.barred():
            self._fail(RequestError("A reminder asks for what is known to be owed now.", _BACK_HINT))
            return
        workspace, key, as_of, paper = self.desk.workspace, self._account_key, self.as_of, self.bar.paper
        self.bar.set_has_letter(has_letter=False)  # until the one that was asked for is here
        self._prepared = None
        self.desk.tasks.read(
            self,
            lambda: prepared(workspace, key, as_of, paper),
            self._show,
            failed=self._fail,
            slot="letter",
        )

    def _show(self, shown: Prepared) -> None:
        self._prepared = shown
        self.facts.show_letter(shown)
        self.facts.say("")
        self._show_side(form=self.side.currentWidget() is self.form)
        self.preview.show_pdf(shown.letter.pdf, shown.sizes)
        self.bar.set_has_letter(has_letter=True)
        self.footed.emit(foot_line(shown))

    def _fail(self, error: DuedeskError) -> None:
        self._forget()
        self.preview.show_reason(error.message, error.hint, (("Back", lambda: self.go(GoBack())),))
        self._show_side(form=self.side.currentWidget() is self.form)

    def _forget(self) -> None:
        self._prepared = None
        self.bar.set_has_letter(has_letter=False)
        self.facts.clear()
        self.preview.clear()
        self.footed.emit(FootLine())

    def _show_side(self, *, form: bool) -> None:
        """Show the form or the facts; without a letter there are none to show."""
        self.side.setCurrentWidget(self.form if form else self.facts)
        self.side.setVisible(form or not self.preview.is_reason)

    def _keep_letterhead(self, given: Letterhead) -> None:
        workspace = self.desk.workspace
        self.desk.tasks.write(
            self,
            lambda progress: keep_letterhead(workspace, given),  # noqa: ARG005 - too short to report on
            lambda _: self._leave_letterhead(),  # the change itself is told to every page, this one too
            title="Saving the letterhead",
            failed=lambda error: self.form.show_fault(str(error)),
        )

    def _leave_letterhead(self) -> None:
        self._show_side(form=False)
        self.preview.setFocus()
