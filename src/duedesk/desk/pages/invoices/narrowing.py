"""What the list of invoices is narrowed to, as a value, and the Filter it makes; it knows no widget."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from duedesk.domain.aging import DEFAULT_BUCKETS
from duedesk.domain.filters import OPEN, AnyOf, Compare, Condition, Filter, Operator, Order, in_bucket
from duedesk.domain.invoice import SettlementStatus
from duedesk.store.queries.accounts import AccountRow


class State(StrEnum):
    """The states that the bar offers."""

    OPEN = "Open"
    OVERDUE = "Overdue"
    SETTLED = "Settled"
    DRAFTS = "Drafts"
    VOIDED = "Voided"


_CONDITIONS: dict[State, Condition] = {
    State.OPEN: OPEN,
    State.OVERDUE: Compare("DaysInvoiceOverdue", Operator.GE, 1),
    State.SETTLED: Compare("SettlementStatus", Operator.EQ, SettlementStatus.SETTLED.value),
    State.DRAFTS: Compare("Status", Operator.IN, ("Draft", "Draft In Progress", "Pending", "Posting In Progress")),
    State.VOIDED: Compare("Status", Operator.IN, ("Voided", "Canceled")),
}

_TAKES_PLACE_OF = {State.OPEN: State.OVERDUE, State.OVERDUE: State.OPEN}
"""What is overdue is open: asked for together, the narrower would change nothing."""

OLDEST_FIRST: tuple[Order, ...] = (Order("DaysInvoiceOverdue", descending=True),)


@dataclass(frozen=True, slots=True)
class Narrowing:
    """The choices of the bar. `asked` is what a click elsewhere narrowed the list to, `title` the same in words."""

    states: frozenset[State] = frozenset({State.OPEN})
    days_from: int | None = None
    days_to: int | None = None
    account: AccountRow | None = None
    text: str = ""
    asked: Filter | None = None
    title: str = ""

    def toggled(self, state: State) -> "Narrowing":
        """Give the same with a state on or off."""
        if state in self.states:
            return replace(self, states=self.states - {state})
        taken = {_TAKES_PLACE_OF[state]} if state in _TAKES_PLACE_OF else set()
        return replace(self, states=(self.states - taken) | {state})

    def filter(
        self, as_of: date, order_by: tuple[Order, ...] = OLDEST_FIRST, *, known_on: datetime | None = None
    ) -> Filter:
        """Give the question to the book on a day, as far as was known then."""
        conditions: list[Condition] = []
        if self.states:
            states = tuple(_CONDITIONS[state] for state in State if state in self.states)
            conditions.append(states[0] if len(states) == 1 else AnyOf(states))
        if self.days_from is not None:
            conditions.append(Compare("DaysInvoiceOverdue", Operator.GE, self.days_from))
        if self.days_to is not None:
            conditions.append(Compare("DaysInvoiceOverdue", Operator.LE, self.days_to))
        if self.account is not None:
            conditions.append(Compare("BillingAccount.RecordKey", Operator.EQ, self.account.key))
        begun = replace(self.asked or Filter(as_of), as_of=as_of, known_on=known_on)
        text = " ".join(part for part in (begun.search, self.text.strip()) if part)
        return replace(begun.narrowed(*conditions), search=text, order_by=order_by)


def without_search(asked: Filter) -> Filter:
    """Give the same question with conditions in place of the free text, which a query cannot say."""
    text = asked.search.strip()
    if not text:
        return asked
    pattern = f"%{''.join(f'{chr(92)}{one}' if one in '%_' + chr(92) else one for one in text)}%"
    paths = ("DocumentNumber", "BillingAccount.Name", "BillingAccount.AccountNumber")
    found = AnyOf(tuple(Compare(path, Operator.LIKE, pattern) for path in paths))
    return replace(asked.narrowed(found), search="")


EVERYTHING = Narrowing(states=frozenset())
"""Every invoice of the book."""


def bucket_of_account(as_of: date, key: int, name: str, place: int, known_on: datetime | None) -> tuple[Filter, str]:
    """Give the open invoices of an account in one of the default buckets, and the same in words."""
    asked = Filter(as_of, where=of_account(key), known_on=known_on).narrowed(*in_bucket(DEFAULT_BUCKETS, place))
    label = DEFAULT_BUCKETS.labels[place]
    return asked, f"{name}, {label[0].lower()}{label[1:]}{' days' if place else ''}"


def of_account(key: int) -> Compare:
    """Give the condition that an invoice is an account's."""
    return Compare("BillingAccount.RecordKey", Operator.EQ, key)
