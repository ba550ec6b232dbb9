"""Applying by hand: what an account has left at the left, what it owes at the right, and a sum that must reach zero."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from PySide6.QtWidgets import QHBoxLayout

from duedesk.desk import format as written
from duedesk.desk.page import PageCommand
from duedesk.desk.verbs.apply_lists import ApplyLists
from duedesk.desk.verbs.applying import ApplyAsked, ApplyOffer
from duedesk.desk.verbs.panel import VerbPanel
from duedesk.desk.widgets.buttons import button
from duedesk.desk.widgets.date_field import DateField
from duedesk.desk.widgets.labels import Role, plain_label, set_role
from duedesk.domain.errors import RequestError
from duedesk.domain.money import ZERO
from duedesk.domain.pairing import fill, pair


class ApplyPanel(VerbPanel):
    """Two lists, one sum."""

    is_wide = True

    def __init__(self, offer: ApplyOffer, lists: ApplyLists, on: date, today: Callable[[], date]) -> None:
        super().__init__(f"Apply payments and credits of {offer.account}", "Apply")
        self._offer = offer
        self.lists = lists
        self.day = DateField(on, today)
        self.sum = plain_label("", Role.FIGURE)
        self.sum_says = plain_label("", Role.QUIET)
        self.fields.addLayout(self._above())
        self.fields.addSpacing(10)
        self.fields.addWidget(lists, 1)
        self.foot.insertWidget(0, self.sum)
        self.foot.insertWidget(1, self.sum_says)
        self._rests = [one.rest for one in offer.sources]
        self._open = [one.balance for one in offer.invoices]
        self._propose()
        self._begun = (lists.used, lists.paid)
        lists.changed.connect(self._weigh)

    def begin(self) -> None:
        """Put the cursor into the first amount of the side where the reader has something to say."""
        (self.lists.sources if self._offer.source is None else self.lists.invoices).begin()

    def commands(self) -> tuple[PageCommand, ...]:
        """Give the ways to fill the lists."""
        return (
            PageCommand("&Oldest first", self.fill_oldest_first, ("F8",)),
            PageCommand("C&lear", self.clear, ("Shift+F8",)),
        )

    @property
    def difference(self) -> Decimal:
        """Give what is used of payments and credits, less what goes on invoices."""
        return sum(self.lists.used, ZERO) - sum(self.lists.paid, ZERO)

    def gather(self) -> ApplyAsked:
        """Give the parts; RequestError where the two sides do not meet."""
        self.lists.finish()
        said = self._amiss()
        if said:
            raise RequestError(said)
        sources = [(one.object, one.key) for one in self._offer.sources]
        invoices = [one.key for one in self._offer.invoices]
        used, paid = zip(sources, self.lists.used, strict=True), zip(invoices, self.lists.paid, strict=True)
        return ApplyAsked(pair(list(used), list(paid)), self.day.day)

    def has_input(self) -> bool:
        """Tell whether an amount was typed."""
        return (self.lists.used, self.lists.paid) != self._begun

    def set_busy(self, *, busy: bool) -> None:
        """Take no command while one is under way, nor while the sides do not meet."""
        self.do_button.setEnabled(not busy and not self._amiss())

    def fill_oldest_first(self) -> None:
        """Put what is left on what is due first; where amounts stand at the left, as much as they come to."""
        typed = sum(self.lists.used, ZERO)
        whole = min(typed or sum(self._rests, ZERO), sum(self._open, ZERO))
        if typed != whole:
            self.lists.set_used(fill(whole, self._rests))
        self.lists.set_paid(fill(whole, self._open))
        self._weigh()

    def clear(self) -> None:
        """Take every amount away."""
        self.lists.set_used([ZERO] * len(self._rests))
        self.lists.set_paid([ZERO] * len(self._open))
        self._weigh()

    def _above(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(button("Oldest first  F8", self.fill_oldest_first))
        line.addWidget(button("Clear  Shift+F8", self.clear))
        line.addStretch(1)
        on = plain_label("Applied on", Role.QUIET)
        on.setBuddy(self.day)
        self.day.setAccessibleName("Applied on")
        line.addWidget(on)
        line.addWidget(self.day)
        return line

    def _propose(self) -> None:
        """Propose what the reader came for: all of the payment on the oldest, or all of the invoice by the oldest."""
        source, invoice = self._offer.source, self._offer.invoice
        rests = [one.rest if source in {None, (one.object, one.key)} else ZERO for one in self._offer.sources]
        open_ = [one.balance if invoice in {None, one.key} else ZERO for one in self._offer.invoices]
        whole = min(sum(rests, ZERO), sum(open_, ZERO))
        if source is not None or invoice is not None:
            self.lists.set_used(fill(whole, rests))
            self.lists.set_paid(fill(whole, open_))
        self._weigh()

    def _amiss(self) -> str:
        """Say why it cannot be applied as it stands, nothing where it can."""
        currency, differs = self._offer.currency, self.difference
        for source, amount in zip(self._offer.sources, self.lists.used, strict=True):
            if amount > source.rest:
                called = f"{source.kind.lower()} {source.number or source.reference}".strip()
                return f"Of {called} only {written.money(source.rest, currency)} is left."
        for invoice, amount in zip(self._offer.invoices, self.lists.paid, strict=True):
            if amount > invoice.balance:
                return f"On {invoice.number} only {written.money(invoice.balance, currency)} is open."
        if not self._offer.sources:
            return f"Nothing is left to be applied in {currency}."
        if not self._offer.invoices:
            return f"Nothing is open in {currency}."
        if differs > 0:
            return "still to be put on invoices"
        if differs < 0:
            return "more on invoices than is used"
        return "" if any(self.lists.used) else "nothing is applied yet"

    def _weigh(self) -> None:
        """Say by how much the two sides differ."""
        said = self._amiss()
        self.sum.setText(written.money(abs(self.difference), self._offer.currency))
        self.sum_says.setText(said or "left over: the sides meet")
        is_wrong = said.startswith(("Of ", "On ")) or self.difference < 0
        set_role(self.sum_says, Role.OVERDUE if is_wrong else Role.QUIET)
        self.sum.setAccessibleName(f"{self.sum.text()} {self.sum_says.text()}")
        self.do_button.setEnabled(not said)
