"""The form of a new draft: whose it is, its currency and its first line; everything else is edited on its record."""

from collections.abc import Callable, Sequence
from decimal import Decimal

from PySide6.QtWidgets import QLineEdit, QWidget

from duedesk.actions.invoices.drafting import InvoiceDraft, LineDraft
from duedesk.desk.amount_entry import read_figure
from duedesk.desk.background import Tasks
from duedesk.desk.verbs.panel import VerbPanel
from duedesk.desk.widgets.account_search import AccountSearch
from duedesk.desk.widgets.amount_field import AmountField
from duedesk.desk.widgets.choice import Choice
from duedesk.domain.errors import RequestError
from duedesk.store.queries.accounts import AccountRow

_EXAMPLE = "Write a figure, such as 19 or 2.5."


class NewDraft(VerbPanel):
    """Gathers an InvoiceDraft."""

    def __init__(
        self,
        tasks: Tasks,
        suggest: Callable[[str], Sequence[AccountRow]],
        currencies: Sequence[str],
        account: AccountRow | None = None,
    ) -> None:
        super().__init__("New draft invoice", "Create draft")
        self._account = account
        self.name = QLineEdit()
        self.account = AccountSearch(tasks, suggest)
        self.account.setPlaceholderText("Name or number")
        self.account.account_chosen.connect(self.take_account)
        self.account.searched.connect(self._forget_account)
        self.account.left.connect(self.name.setFocus)
        own: tuple[tuple[str, object], ...] = (("As the account has it", None),)
        self.currency = Choice([*own, *((code, code) for code in currencies)])
        self.quantity = QLineEdit("1")
        self.price = AmountField("EUR")
        self.tax = QLineEdit()
        self.tax.setPlaceholderText("none")
        self.add_field("Account", self.account)
        self.add_field("Currency", self.currency)
        self.add_field("First line", self.name, "Further lines, dates and terms are entered on the draft itself.")
        self.add_field("Quantity", self.quantity)
        self.add_field("Unit price", self.price)
        self.add_field("Tax in percent", self.tax)
        if account is not None:
            self.take_account(account)

    def take_account(self, account: AccountRow) -> None:
        """Take an account."""
        self._account = account
        self.account.set_search(account.name)
        self.name.setFocus()

    def first_field(self) -> QWidget:
        """Begin at what is not known yet."""
        return self.account if self._account is None else self.name

    def has_input(self) -> bool:
        """Tell whether something was typed."""
        return bool(self.name.text().strip() or self.price.text().strip())

    def gather(self) -> InvoiceDraft:
        """Give the draft; RequestError where the account is none, or a figure cannot be read."""
        if self._account is None:
            raise RequestError("Choose an account.", "Type a part of its name or number and take one that is offered.")
        currency = self.currency.currentData()
        return InvoiceDraft(self._account.key, self._lines(), currency=None if currency is None else str(currency))

    def _lines(self) -> tuple[LineDraft, ...]:
        name = self.name.text().strip()
        if not name and not self.price.text().strip():
            return ()
        if self.price.amount is None:
            raise RequestError("The line needs a unit price.", "Write a figure, such as 1,250.00.")
        quantity = read_figure(self.quantity.text(), "quantity", _EXAMPLE) or Decimal(1)
        return (
            LineDraft(
                name,
                quantity=quantity,
                unit_price=self.price.amount,
                tax_rate=read_figure(self.tax.text(), "tax", _EXAMPLE),
            ),
        )

    def _forget_account(self, text: str) -> None:
        if self._account is not None and text != self._account.name:
            self._account = None
