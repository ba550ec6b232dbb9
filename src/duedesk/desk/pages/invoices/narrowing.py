"""What the list of invoices is narrowed to, as a value, and the Filter it makes; it knows no widget."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from duedesk.domain.aging import DEFAULT_BUCKETS
from duedesk.domain.dunning.dunnable import DUNNABLE_TOMORROW
from duedesk.domain.filters import OPEN, All, AnyOf, Compare, Condition, Filter, Operator, Order, in_bucket
from duedesk.domain.invoice import SettlementStatus
from duedesk.store.queries.accounts import AccountRow


class State(StrEnum):
    """The states that the bar offers: how far an invoice is paid or dunned, and where it is in its life."""

    OPEN = "Open"
    OVERDUE = "Overdue"
    DUNNABLE = "Dunnable tomorrow"
    PARTLY = "Partly settled"
    SETTLED = "Settled"
    DRAFTS = "Drafts"
    POSTED = "Posted"
    VOIDED = "Voided"
    CANCELED = "Canceled"
    ERROR = "In error"


SETTLEMENTS = (State.OPEN, State.OVERDUE, State.DUNNABLE, State.PARTLY, State.SETTLED)
STATUSES = (State.DRAFTS, State.POSTED, State.VOIDED, State.CANCELED, State.ERROR)

_CONDITIONS: dict[State, Condition] = {
    State.OPEN: OPEN,
    State.OVERDUE: Compare("DaysInvoiceOverdue", Operator.GE, 1),
    State.DUNNABLE: DUNNABLE_TOMORROW,
    State.PARTLY: Compare("SettlementStatus", Operator.EQ, SettlementStatus.PARTIALLY_SETTLED.value),
    State.SETTLED: Compare("SettlementStatus", Operator.EQ, SettlementStatus.SETTLED.value),
    State.DRAFTS: Compare("Status", Operator.IN, ("Draft", "Draft In Progress", "Pending", "Posting In Progress")),
    State.POSTED: Compare("Status", Operator.EQ, "Posted"),
    State.VOIDED: Compare("Status", Operator.IN, ("Void In Progress", "Voided")),
    State.CANCELED: Compare("Status", Operator.EQ, "Canceled"),
    State.ERROR: Compare("Status", Operator.EQ, "Error"),
}

_ONE_WITHIN_THE_OTHER = frozenset({State.OPEN, State.OVERDUE, State.DUNNABLE})
"""What is dunned is overdue, and what is overdue is open: asked for together, the narrower would change nothing."""

OLDEST_FIRST: tuple[Order, ...] = (Order("DaysInvoiceOverdue", descending=True),)


@dataclass(frozen=True, slots=True)
class Narrowing:
    """The choices of the bar. `asked` is what a click elsewhere narrowed the list to, `title` the same in words.

    `where` is what was built or typed beside the chips; states find together whatever one of them finds, and so do
    buckets, by their places.
    """

    states: frozenset[State] = frozenset({State.OPEN})
    days_from: int | None = None
    days_to: int | None = None
    account: AccountRow | None = None
    text: str = ""
    asked: Filter | None = None
    title: str = ""
    buckets: frozenset[int] = frozenset()
    where: Condition | None = None

    def toggled(self, state: State) -> "Narrowing":
        """Give the same with a state on or off."""
        if state in self.states:
            return replace(self, states=self.states - {state})
        taken = _ONE_WITHIN_THE_OTHER if state in _ONE_WITHIN_THE_OTHER else frozenset()
        return replace(self, states=(self.states - taken) | {state})

    def with_bucket(self, place: int) -> "Narrowing":
        """Give the same with a bucket on or off."""
        return replace(self, buckets=self.buckets ^ {place})

    def filter(
        self, as_of: date, order_by: tuple[Order, ...] = OLDEST_FIRST, *, known_on: datetime | None = None
    ) -> Filter:
        """Give the question to the book on a day, as far as was known then."""
        begun = replace(self.asked or Filter(as_of), as_of=as_of, known_on=known_on)
        text = " ".join(part for part in (begun.search, self.text.strip()) if part)
        there = begun.where.parts if isinstance(begun.where, All) else (begun.where,) if begun.where else ()
        where = dict.fromkeys((*there, *self._conditions()))  # chips and a click may ask for the same: it is asked once
        return replace(begun, where=None, search=text, order_by=order_by).narrowed(*where)

    def _conditions(self) -> list[Condition]:
        conditions: list[Condition] = []
        if self.states:
            states = tuple(_CONDITIONS[state] for state in State if state in self.states)
            conditions.append(states[0] if len(states) == 1 else AnyOf(states))
        if self.buckets:
            conditions += _in_buckets(self.buckets)
        if self.days_from is not None:
            conditions.append(Compare("DaysInvoiceOverdue", Operator.GE, self.days_from))
        if self.days_to is not None:
            conditions.append(Compare("DaysInvoiceOverdue", Operator.LE, self.days_to))
        if self.account is not None:
            conditions.append(Compare("BillingAccount.RecordKey", Operator.EQ, self.account.key))
        if self.where is not None:
            conditions += self.where.parts if isinstance(self.where, All) else (self.where,)
        return conditions


def narrowed_to(condition: Condition | None, text: str = "") -> Narrowing:
    """Give the choices of the bar that make a condition, unchanged: as chips and days as far as they say it."""
    plain = Narrowing(states=frozenset(), where=condition, text=text)
    if condition is None:
        return plain
    parts = list(condition.parts) if isinstance(condition, All) else [condition]
    made = Narrowing(states=frozenset() if _begins_with_buckets(parts) else _states_of(parts[0]), text=text)
    parts = parts[1:] if made.states else parts
    if _begins_with_buckets(parts):
        made, parts = replace(made, buckets=_buckets_of(parts[1])), parts[2:]
    match parts:
        case [Compare("DaysInvoiceOverdue", Operator.GE, int() as days), *rest]:
            made, parts = replace(made, days_from=days), rest
    match parts:
        case [Compare("DaysInvoiceOverdue", Operator.LE, int() as days), *rest]:
            made, parts = replace(made, days_to=days), rest
    rest_of_it = None if not parts else parts[0] if len(parts) == 1 else All(tuple(parts))
    made = replace(made, where=rest_of_it)
    whole = made.filter(date.min).where
    return made if whole == condition else plain


def _states_of(condition: Condition) -> frozenset[State]:
    wanted = condition.parts if isinstance(condition, AnyOf) else (condition,)
    found = {state for state, said in _CONDITIONS.items() if said in wanted}
    return frozenset(found) if len(found) == len(wanted) else frozenset()


def _begins_with_buckets(parts: Sequence[Condition]) -> bool:
    return len(parts) > 1 and parts[0] == OPEN and bool(_buckets_of(parts[1]))


def _in_buckets(places: frozenset[int]) -> tuple[Condition, ...]:
    within = tuple(in_bucket(DEFAULT_BUCKETS, place)[1] for place in sorted(places))
    return OPEN, within[0] if len(within) == 1 else AnyOf(within)


def _buckets_of(condition: Condition) -> frozenset[int]:
    wanted = condition.parts if isinstance(condition, AnyOf) else (condition,)
    found = {place for place in range(len(DEFAULT_BUCKETS)) if in_bucket(DEFAULT_BUCKETS, place)[1] in wanted}
    return frozenset(found) if len(found) == len(wanted) else frozenset()


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
