"""The section of the least interest: below which amount, by currency, a letter charges none."""

from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from PySide6.QtWidgets import QWidget

from duedesk.actions.interest.choosing import set_least_interest
from duedesk.actions.interest.rules import late_rules
from duedesk.actions.workspace import Workspace
from duedesk.desk import format as written
from duedesk.desk.pages.settings.section import Content, Entry, Section, Store, figure_column, text_column
from duedesk.desk.verbs.panel import VerbPanel
from duedesk.desk.widgets.amount_field import AmountField
from duedesk.desk.widgets.choice import Choice
from duedesk.domain.errors import RequestError
from duedesk.store.queries.overview import overview


@dataclass(frozen=True, slots=True)
class _Held:
    currency: str
    least: Decimal


@dataclass(frozen=True, slots=True)
class _Beside:
    currencies: tuple[str, ...]


class LeastInterestSection(Section):
    """Least amounts by currency."""

    name = "Least interest"
    nouns = ("amount", "amounts")
    new = "New amount…"
    remark = "Interest of a letter below it is not charged; it waits until it comes to more."
    nothing = "Without one a letter charges any interest that has run, be it one cent."
    concerns = ("Setting",)
    columns = (
        text_column("Currency", "Currency", 140),
        figure_column("Least", "No interest below", 200),
        text_column("", "", 80, stretches=True),
    )

    def read(self, workspace: Workspace) -> Content:
        """Read the amounts by currency."""
        minimums, currencies = workspace.ask(late_rules).minimums, workspace.ask(overview).currencies
        entries = tuple(
            Entry((code, written.amount(least, code), ""), _Held(code, least))
            for code, least in sorted(minimums.items())
        )
        return Content(entries, _Beside(currencies))

    def form(self, entry: Entry | None, content: Content) -> VerbPanel:
        """Make the form of an amount."""
        held = None if entry is None else entry.held
        currencies = content.beside.currencies if isinstance(content.beside, _Beside) else ()
        return LeastForm(held if isinstance(held, _Held) else None, currencies)

    def removing(self, entry: Entry) -> tuple[str, Store] | None:
        """Take an amount away."""
        held = entry.held
        if not isinstance(held, _Held):
            return None
        return "Remove amount", partial(set_least_interest, currency=held.currency, least=None)


class LeastForm(VerbPanel):
    """A currency and its least amount."""

    def __init__(self, held: _Held | None, currencies: tuple[str, ...]) -> None:
        super().__init__("New amount" if held is None else f"Least interest in {held.currency}", "Save")
        self._held = held
        known = (held.currency,) if held is not None else currencies
        self.currency = Choice([(code, code) for code in known])
        self.currency.setEditable(held is None)
        self.currency.setEnabled(held is None)
        self.least = AmountField("EUR" if held is None else held.currency, None if held is None else held.least)
        self.add_field("Currency", self.currency)
        self.add_field("No interest below", self.least)

    def first_field(self) -> QWidget:
        """Begin at what is not known yet."""
        return self.currency if self._held is None else self.least

    def gather(self) -> Store:
        """Give what stores the amount; RequestError where it is none."""
        if self.least.amount is None:
            raise RequestError("The least interest is an amount.", "Write 5.00.")
        return partial(
            set_least_interest, currency=self.currency.currentText().strip().upper(), least=self.least.amount
        )
