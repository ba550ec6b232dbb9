"""A draft edited in place: its fields in head and details, its lines in their tab; saved with Ctrl+S, left with Esc."""

from collections.abc import Callable, Sequence

from duedesk.desk import format as written
from duedesk.desk.forms.draft_form import CURRENCY, DraftForm
from duedesk.desk.forms.lines_table import LinesTable, is_gross
from duedesk.desk.page import Desk, PageCommand
from duedesk.desk.widgets.account_search import AccountPicker
from duedesk.desk.widgets.edit_table import EditTable
from duedesk.domain.errors import DuedeskError
from duedesk.domain.filters import Value
from duedesk.domain.line_pricing import LineDraft, PricedLine, price
from duedesk.domain.line_totals import total
from duedesk.store.queries.accounts import suggest_accounts
from duedesk.store.queries.records.draft_editing import EditableDraft

LOCALE = "TaxLocaleType"

UNSAVED = "What you changed is not saved. Ctrl+S saves it; Esc again drops it."
READ_AGAIN = "F5 reads the draft again and keeps what you typed."


class Editing:
    """One draft in hand. It tells what it comes to; the page shows it and carries out what is saved."""

    def __init__(self, draft: EditableDraft, form: DraftForm, lines: LinesTable, told: Callable[[str], None]) -> None:
        self.draft = draft
        self.form = form
        self.lines = lines
        self._told = told
        self.was_warned = False
        lines.show_lines(draft.lines, self._currency, is_gross=self._is_gross)
        self._weigh()
        form.changed.connect(self._on_changed)
        lines.changed.connect(self._on_changed)

    @property
    def values(self) -> dict[str, Value]:
        """Give the fields that were changed."""
        return self.form.values

    @property
    def changed_lines(self) -> tuple[LineDraft, ...] | None:
        """Give the lines where they were changed."""
        return None if self.lines.lines == self.draft.lines else self.lines.lines

    @property
    def is_changed(self) -> bool:
        """Tell whether anything was typed that is not saved."""
        return bool(self.values) or self.changed_lines is not None

    def commands(self, save: Callable[[], None], leave: Callable[[], None]) -> tuple[PageCommand, ...]:
        """Give what can be done while a draft is edited."""
        return (
            PageCommand("&Save", save, ("Ctrl+S",)),
            PageCommand("Add a &charge", self.lines.add_charge, ("Ctrl+N",)),
            PageCommand("Add an &adjustment", self.lines.add_adjustment, ("Ctrl+Shift+N",)),
            PageCommand("&Remove the line", self.lines.remove, ("Ctrl+Del",)),
            PageCommand("&Leave", leave, heard="Esc"),
        )

    def take(self, values: dict[str, Value], lines: tuple[LineDraft, ...] | None) -> None:
        """Put on top of the draft what was typed before."""
        for name, value in values.items():
            self.form.editors[name].put(value)
        if lines is not None:
            self.lines.show_lines(lines, self._currency, is_gross=self._is_gross)
        self._weigh()

    def weigh(self) -> None:
        """Say again what the lines come to."""
        self._weigh()

    @property
    def _currency(self) -> str:
        return str(self.form.value(CURRENCY) or "")

    @property
    def _is_gross(self) -> bool:
        return is_gross(self.form.value(LOCALE))

    def _on_changed(self) -> None:
        self.was_warned = False
        self.lines.set_terms(self._currency, is_gross=self._is_gross)
        self._weigh()

    def _weigh(self) -> None:
        priced: Sequence[PricedLine] = ()
        says = ""
        try:
            priced = price(self.lines.lines, currency=self._currency, locale=str(self.form.value(LOCALE) or "") or None)
            totals = total(line.figures for line in priced)
            figure = written.money(totals.with_tax, self._currency)
            net, tax = (written.amount(one, self._currency) for one in (totals.amount, totals.with_tax - totals.amount))
            says = f"{net} and {tax} tax make {figure}"
            self._told(figure)
        except DuedeskError as error:
            says = str(error)
        self.lines.show_prices(priced, says, is_fault=not priced and bool(self.lines.lines))


def begin_editing(desk: Desk, draft: EditableDraft, told: Callable[[str], None]) -> Editing:
    """Make the editors of a draft; `told` hears what it comes to."""
    workspace = desk.workspace
    account = AccountPicker(desk.tasks, lambda text: workspace.ask(suggest_accounts, text))
    form = DraftForm(draft, account, workspace.world.today)
    return Editing(draft, form, LinesTable(EditTable(desk.look, desk.tasks, "Lines of the draft")), told)
