"""The section of write-off limits: up to which amount, by currency, a write-off needs nobody else's approval."""

from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from PySide6.QtWidgets import QWidget

from duedesk.actions.cash.write_off_limits import set_write_off_limit, write_off_limits
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
    limit: Decimal


@dataclass(frozen=True, slots=True)
class _Beside:
    currencies: tuple[str, ...]


class LimitsSection(Section):
    """Limits by currency."""

    name = "Write-off limits"
    nouns = ("limit", "limits")
    new = "New limit…"
    remark = (
        "A write-off above the limit of its currency waits until another person approves it; with 0 every one waits."
    )
    nothing = "Without a limit nobody has to approve a write-off."
    concerns = ("Setting",)
    columns = (
        text_column("Currency", "Currency", 140),
        figure_column("Limit", "Without approval up to", 200),
        text_column("", "", 80, stretches=True),
    )

    def read(self, workspace: Workspace) -> Content:
        """Read the limits by currency."""
        limits = write_off_limits(workspace.book)
        currencies = workspace.ask(overview).currencies
        entries = tuple(
            Entry((code, written.amount(limit, code), ""), _Held(code, limit)) for code, limit in sorted(limits.items())
        )
        return Content(entries, _Beside(currencies))

    def form(self, entry: Entry | None, content: Content) -> VerbPanel:
        """Make the form of a limit."""
        held = None if entry is None else entry.held
        currencies = content.beside.currencies if isinstance(content.beside, _Beside) else ()
        return LimitForm(held if isinstance(held, _Held) else None, currencies)

    def removing(self, entry: Entry) -> tuple[str, Store] | None:
        """Take a limit away."""
        held = entry.held
        if not isinstance(held, _Held):
            return None
        return "Remove limit", partial(set_write_off_limit, currency=held.currency, limit=None)


class LimitForm(VerbPanel):
    """A currency and its limit."""

    def __init__(self, held: _Held | None, currencies: tuple[str, ...]) -> None:
        super().__init__("New limit" if held is None else f"Limit in {held.currency}", "Save")
        self._held = held
        known = (held.currency,) if held is not None else currencies
        self.currency = Choice([(code, code) for code in known])
        self.currency.setEditable(held is None)
        self.currency.setEnabled(held is None)
        self.limit = AmountField("EUR" if held is None else held.currency, None if held is None else held.limit)
        self.add_field("Currency", self.currency)
        self.add_field("Without approval up to", self.limit)

    def first_field(self) -> QWidget:
        """Begin at what is not known yet."""
        return self.currency if self._held is None else self.limit

    def gather(self) -> Store:
        """Give what stores the limit; RequestError where it is no amount."""
        if self.limit.amount is None:
            raise RequestError("A limit is an amount.", "Write 0 where every write-off needs approval.")
        code = self.currency.currentText().strip().upper()
        return partial(set_write_off_limit, currency=code, limit=self.limit.amount)
