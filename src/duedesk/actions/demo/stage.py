"""Where the sample's events meet: what is open, what is not applied, what will happen when; it decides nothing."""

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from duedesk.actions.demo.days import Days
from duedesk.actions.demo.parties import Customer
from duedesk.actions.demo.rows import Rows

Event = Callable[[int], object]
"""Something that happens; it is told the day, and what it gives back is nobody's concern."""


@dataclass(slots=True, eq=False)
class Bill:
    """A posted invoice. `rest` is what is open of `total`, `day` the first day on which something can be applied.

    One that will be voided keeps what is applied to it in `applied`: all of it comes off on that day.
    """

    id: int
    number: str
    customer: Customer
    currency: str
    day: int
    due: int
    total: int
    rest: int
    applied: "list[Applied] | None" = None


@dataclass(slots=True, eq=False)
class Source:
    """A payment or credit memo. `rest` is what is not applied of it; `day` the first day it can be."""

    kind: str
    id: int
    customer: Customer
    currency: str
    day: int
    rest: int


@dataclass(slots=True)
class Applied:
    """An application that can be taken back."""

    id: int
    source: Source
    bill: Bill
    amount: int


@dataclass(slots=True)
class Stage:
    """What all the makers of events share."""

    random: Random
    days: Days
    rows: Rows
    agenda: list[list[Event]] = field(init=False)
    on_account: dict[tuple[int, str], list[Source]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.agenda = [[] for _ in range(self.days.last + 1)]

    def plan(self, day: int, event: Event) -> None:
        """Let something happen on a day, or the first working day after; after the as-of date nothing does."""
        day = self.days.bank_day_after(day)
        if day <= self.days.last:
            self.agenda[day].append(event)

    def play(self, day: int) -> None:
        """Let happen what was planned for a day, in the order it was planned."""
        for event in self.agenda[day]:
            event(day)
        self.agenda[day] = []

    def second(self) -> int:
        """Draw a second of an hour."""
        return int(self.random.random() * 3600)

    def apply(self, source: Source, bill: Bill, amount: int, *, effective: int, recorded: str) -> Applied:
        """Put an amount on an invoice: never more than is open there, or left of the source, nor before either."""
        amount = min(amount, bill.rest, source.rest)
        bill.rest -= amount
        source.rest -= amount
        key = self._event(source, bill, amount, max(effective, bill.day, source.day), recorded)
        applied = Applied(key, source, bill, amount)
        if bill.applied is not None:
            bill.applied.append(applied)
        return applied

    def unapply(self, applied: Applied, *, effective: int, recorded: str, reason: str) -> None:
        """Take an application off again; neither side is used again before that day, or it would hold too much."""
        bill, source = applied.bill, applied.source
        bill.rest += applied.amount
        source.rest += applied.amount
        bill.day = max(bill.day, effective)
        source.day = max(source.day, effective)
        self._event(source, bill, applied.amount, effective, recorded, applied.id, reason)

    def keep(self, source: Source) -> None:
        """Leave what is not applied of a payment or credit memo for the customer's next invoices."""
        self.on_account.setdefault((source.customer.id, source.currency), []).append(source)

    def use_up(self, bill: Bill, day: int, *, recorded: str) -> None:
        """Put what lies on account onto a new invoice."""
        for source in self.on_account.pop((bill.customer.id, bill.currency), ()):
            if bill.rest and source.rest:
                self.apply(source, bill, source.rest, effective=day, recorded=recorded)
            if source.rest:
                self.keep(source)

    def _event(
        self,
        source: Source,
        bill: Bill,
        amount: int,
        effective: int,
        recorded: str,
        reverses: int | None = None,
        comments: str | None = None,
    ) -> int:
        key = self.rows.application_key()
        by_payment = source.kind == "payment"
        self.rows.applications.append(
            (
                key,
                f"{'PLI' if by_payment else 'CMI'}-{key:06d}",
                source.kind,
                "Applied" if reverses is None else "Unapplied",
                bill.id,
                source.id if by_payment else None,
                None if by_payment else source.id,
                bill.customer.id,
                bill.currency,
                amount,
                -amount if reverses is None else amount,
                self.days.text(effective),
                recorded,
                reverses,
                comments,
                self.rows.journal_id,
            )
        )
        return key
