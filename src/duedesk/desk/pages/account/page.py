"""One account: what it owes by age, its open invoices, its money that is not applied, and the ways on from there."""

from datetime import date
from functools import partial

from duedesk.desk.navigation import ShowInvoices, ShowLetter, ShowReports
from duedesk.desk.page import Desk, PageCommand
from duedesk.desk.pages.account.content import TABS, counted, head_of, sheets_of
from duedesk.desk.pages.account.holding import give_policy, hold_it, release_it
from duedesk.desk.records.apply_verb import open_apply
from duedesk.desk.records.page import OneRecordPage
from duedesk.desk.records.receive_verb import Payer, ask_receive
from duedesk.desk.records.shape import Shape
from duedesk.desk.records.viewing import keep_view
from duedesk.domain.filters import OPEN, Compare, Filter, Operator
from duedesk.store.queries.forecast.outlook import account_outlook
from duedesk.store.queries.records.account import AccountRecord, account_record

SHAPE = Shape(
    concerns=("Account", "Contact", "Invoice", "Payment", "CreditMemo", "Refund", "DunningLetter", "LetterDelivery"),
    tabs=TABS,
    read=account_record,
    head=head_of,
    sheets=sheets_of,
    counted=counted,
    outlook=account_outlook,
)


class AccountPage(OneRecordPage[AccountRecord]):
    """One account."""

    title = "Account"
    object_name = "Account"

    def __init__(self, desk: Desk, as_of: date) -> None:
        super().__init__(desk, as_of, SHAPE)
        self.head.title_pressed.connect(self.show_list)

    def offered(self) -> tuple[PageCommand, ...]:
        """Give what can be done with the account."""
        writing = PageCommand("&Letter", self.write_letter, ("L",))
        listing = PageCommand("&In the list", self.show_list, ("I",))
        return (
            *(self._applying(currency) for currency in self._currencies()),
            PageCommand("Pay&ment…", self.receive, ("M",), barred=self.barred),
            PageCommand("&Hold…", partial(hold_it, self), ("H",), barred=self.barred),
            PageCommand("Release hol&d…", partial(release_it, self), ("Shift+H",), barred=self.barred),
            PageCommand("Dunnin&g policy…", partial(give_policy, self), ("G",), barred=self.barred),
            *((writing,) if self.can_go(ShowLetter) else ()),
            *((listing,) if self.can_go(ShowInvoices) else ()),
            *((PageCommand("&Statement…", self.state, ("S",)),) if self.can_go(ShowReports) else ()),
        )

    def _currencies(self) -> tuple[str, ...]:
        """Give the currencies in which something can be applied: there is something left, and something open."""
        if self.record is None:
            return ()
        left, owed = ({one.currency for one in items} for items in (self.record.unapplied, self.record.invoices))
        return tuple(sorted(left & owed))

    def _applying(self, currency: str) -> PageCommand:
        is_only = len(self._currencies()) == 1
        text = "&Apply…" if is_only else f"Apply {currency}…"
        return PageCommand(text, partial(self.apply, currency), ("A",) if is_only else (), barred=self.barred)

    def apply(self, currency: str) -> None:
        """Put what the account has left in a currency on its invoices."""
        if self.record is not None:
            open_apply(self, (self.record.key, self.record.name), currency)

    def receive(self) -> None:
        """Record money that came in, in the currency in which most is owed."""
        if self.record is not None:
            own = next((one.value for one in self.record.fields if one.field.name == "CurrencyIsoCode"), None)
            currency = self.record.debts[0].currency if self.record.debts else str(own or "USD")
            ask_receive(self, Payer(self.record.key, self.record.name, currency))

    def begin_record(self, key: int) -> None:
        """Keep that the account was looked at."""
        keep_view(self, "Account", key)

    def show_list(self) -> None:
        """Go to the list of its open invoices, where they are selected, sorted and copied."""
        if self.record is not None and self.can_go(ShowInvoices):
            of_account = Compare("BillingAccount.RecordKey", Operator.EQ, self.record.key)
            asked = Filter(self.as_of, where=OPEN, known_on=self.known_on).narrowed(of_account)
            self.go(ShowInvoices(asked, f"{self.record.name} · open"))

    def account_in_hand(self) -> tuple[int, str] | None:
        """Give the account."""
        return None if self.record is None else (self.record.key, self.record.name)

    def state(self) -> None:
        """Go to the statement of the account."""
        if self.record is not None:
            self.go(ShowReports("statement", (("account", self.record.number or self.record.name),)))

    def write_letter(self) -> None:
        """Go to the letter to the account."""
        if self.record is not None and self.can_go(ShowLetter):
            self.go(ShowLetter(self.record.key, self.as_of))
