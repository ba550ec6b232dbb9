"""Giving a credit memo for an invoice: how much, of which tax, why, and whether it is posted at once; no rule of it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from PySide6.QtWidgets import QLineEdit, QWidget

from duedesk.desk.verbs.panel import VerbPanel
from duedesk.desk.widgets.amount_field import AmountField
from duedesk.desk.widgets.date_field import DateField
from duedesk.desk.widgets.tick import Tick
from duedesk.domain.credit_share import tax_within
from duedesk.domain.errors import RequestError
from duedesk.domain.money import ZERO


@dataclass(frozen=True, slots=True)
class Creditable:
    """The invoice a credit is given for: what it billed, and what of it is open."""

    named: str
    currency: str
    total: Decimal
    tax: Decimal
    open: Decimal


@dataclass(frozen=True, slots=True)
class CreditAsked:
    """A credit of an amount, of which tax, on a day; posted and applied at once, or a draft."""

    amount: Decimal
    tax: Decimal
    reason: str
    description: str
    on: date
    posts: bool


class CreditPanel(VerbPanel):
    """The tax follows the amount until it is typed."""

    def __init__(self, credited: Creditable, on: date, today: Callable[[], date], *, may_post: bool) -> None:
        super().__init__("Credit memo", "Credit", f"For {credited.named}.")
        self._credited = credited
        self.amount = AmountField(credited.currency, credited.open or credited.total)
        self.tax = AmountField(credited.currency)
        self.reason = QLineEdit()
        self.description = QLineEdit()
        self.day = DateField(on, today)
        self.posts = Tick("Post it and put it on the invoice")
        self.posts.setChecked(may_post and bool(credited.open))
        self.posts.setEnabled(may_post and bool(credited.open))
        for line in (self.reason, self.description):
            line.setMaxLength(255)
        self.add_field(f"Credit with tax, {credited.currency}", self.amount)
        self.add_field(f"Of which tax, {credited.currency}", self.tax, "In proportion to the invoice unless you say.")
        self.add_field("Reason", self.reason)
        self.add_field("Description", self.description)
        self.add_field("Effective on", self.day)
        self.fields.addWidget(self.posts)
        if not may_post:
            self.posts.setText("Posted by Finance: it stays a draft")
        elif not credited.open:
            self.posts.setText("Nothing is open: it stays a draft")
        self._is_tax_typed = False
        self.amount.amount_changed.connect(self._let_tax_follow)
        self.tax.amount_changed.connect(self._keep_tax)
        self._let_tax_follow()
        self._begun = self._typed()

    def first_field(self) -> QWidget | None:
        """Begin with how much."""
        return self.amount

    def gather(self) -> CreditAsked:
        """Give the credit; RequestError where an amount is none."""
        amount, tax = self.amount.amount, self.tax.amount or ZERO
        if amount is None or self.tax.is_wrong:
            raise RequestError("That is no amount.", "Write it as 1,234.50.")
        return CreditAsked(
            amount,
            tax,
            self.reason.text().strip(),
            self.description.text().strip(),
            self.day.day,
            posts=self.posts.isEnabled() and self.posts.isChecked(),
        )

    def has_input(self) -> bool:
        """Tell whether something was typed."""
        return self._typed() != self._begun

    def _typed(self) -> tuple[str, ...]:
        return self.amount.text(), self.tax.text(), self.reason.text(), self.description.text()

    def _let_tax_follow(self) -> None:
        one, amount = self._credited, self.amount.amount
        if not self._is_tax_typed:
            tax = None if amount is None else tax_within(amount, total=one.total, tax=one.tax, currency=one.currency)
            self.tax.set_amount(tax)

    def _keep_tax(self) -> None:
        self._is_tax_typed = True
