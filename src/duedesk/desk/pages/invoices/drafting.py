"""Makes a draft from the list: opens the form, has the draft made, and says which it is; the form knows its fields."""

from PySide6.QtCore import QObject, Signal

from duedesk.actions.invoices.drafting import InvoiceDraft, Made, create_draft
from duedesk.desk.page import Page, PageCommand
from duedesk.desk.pages.invoices.new_draft import NewDraft
from duedesk.desk.pages.invoices.questions import draft_facts, suggested
from duedesk.desk.verbs.side_place import SidePlace
from duedesk.domain.errors import DuedeskError
from duedesk.store.queries.accounts import AccountRow


class Drafting(QObject):
    """The command that makes a draft."""

    made = Signal(object)
    """A draft was made: its key."""

    def __init__(self, page: Page, side: SidePlace) -> None:
        super().__init__(page)
        self._page = page
        self._side = side
        self.account: AccountRow | None = None
        """Whose draft is proposed."""

    def command(self) -> PageCommand:
        """Give the command."""
        return PageCommand("&New draft…", self.begin, ("Ctrl+N",), barred=self._page.barred)

    def begin(self) -> None:
        """Open the form."""
        workspace = self._page.desk.workspace
        self._page.desk.tasks.read(
            self, lambda: draft_facts(workspace), self._ask, failed=self._page.say_failed, slot="facts"
        )

    def _ask(self, currencies: tuple[str, ...]) -> None:
        workspace = self._page.desk.workspace
        form = NewDraft(self._page.desk.tasks, lambda text: suggested(workspace, text), currencies, self.account)
        form.asked.connect(lambda draft: self._make(form, draft))
        form.left.connect(self._side.close_panel)
        self._side.open_panel(form)
        form.begin()

    def _make(self, form: NewDraft, draft: InvoiceDraft) -> None:
        workspace = self._page.desk.workspace
        self._page.desk.tasks.write(
            self,
            lambda _: create_draft(workspace, draft),
            lambda made: self._tell(form, made),
            title="Making a draft",
            failed=lambda error: self._fail(form, error),
        )

    def _tell(self, form: NewDraft, made: Made) -> None:
        if self._side.panel is form:
            self._side.close_panel()
        self.made.emit(made.key)

    def _fail(self, form: NewDraft, error: DuedeskError) -> None:
        if self._side.panel is form:
            form.show_fault(error)
        else:
            self._page.say_failed(error)
