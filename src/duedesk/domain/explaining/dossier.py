"""One document with the events that make its figure: it comes, parts move, it goes; it asks no database.

An invoice's figure is what is open of it, a payment's or credit memo's what is left. Either is nothing before the
document came and after it went, and else its total with all that moved: that is `domain.ledger` and
`domain.unapplied`, said event by event.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from duedesk.domain.aging import AgingRequest, Basis
from duedesk.domain.instalments import Instalment, held
from duedesk.domain.invoice import days_overdue
from duedesk.domain.money import ZERO


class EventKind(StrEnum):
    """What happened, as people say it."""

    POSTED = "Invoice posted"
    VOIDED = "Invoice voided"
    RECEIVED = "Payment received"
    CANCELED = "Payment canceled"
    CREDITED = "Credit memo posted"
    WRITTEN_OFF = "Write-off posted"
    CREDIT_VOIDED = "Credit memo voided"
    APPLIED = "Applied"
    UNAPPLIED = "Unapplied"
    REFUNDED = "Refunded"
    REFUND_CANCELED = "Refund canceled"


COMING = frozenset({EventKind.POSTED, EventKind.RECEIVED, EventKind.CREDITED, EventKind.WRITTEN_OFF})
GOING = frozenset({EventKind.VOIDED, EventKind.CANCELED, EventKind.CREDIT_VOIDED})


@dataclass(frozen=True, slots=True)
class Other:
    """The other record of an event: the payment that was applied to an invoice, the invoice it was applied to."""

    object: str = ""
    key: int | None = None
    number: str = ""
    kind: str = ""
    """What people call it: Payment, Credit memo, Write-off."""


NOBODY_ELSE = Other()
"""There is no other record."""


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened to a document, on the day from which it counts; `amount` moves its figure.

    `key` is that of the application or refund, `who` recorded it as far as that is known.
    """

    kind: EventKind
    on: date
    recorded_at: datetime
    amount: Decimal = ZERO
    other: Other = NOBODY_ELSE
    key: int | None = None
    who: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Dossier:
    """An invoice, payment or credit memo and all its events that count from some standpoint, in no order."""

    object: str
    key: int
    number: str
    account_key: int
    account: str
    account_number: str
    currency: str
    total: Decimal
    events: tuple[Event, ...]
    dated: date
    due: date | None = None
    instalments: tuple[Instalment, ...] = ()
    kind: str = ""

    def in_order(self) -> tuple[Event, ...]:
        """Give the events as they took effect; within a day as they were recorded."""
        return tuple(sorted(self.events, key=lambda one: (one.on, *_as_recorded(one))))

    def as_recorded(self) -> tuple[Event, ...]:
        """Give the events as they came into the book."""
        return tuple(sorted(self.events, key=_as_recorded))

    def figures(self, events: tuple[Event, ...]) -> Iterator[tuple[Event, Decimal]]:
        """Give each event with the figure that stands after it."""
        moved, has_come, has_gone = ZERO, False, False
        for event in events:
            has_come |= event.kind in COMING
            has_gone |= event.kind in GOING
            if event.kind not in COMING and event.kind not in GOING:
                moved += event.amount
            yield event, self.total + moved if has_come and not has_gone else ZERO

    @property
    def figure(self) -> Decimal:
        """Give what is open or left when all events are counted."""
        return next((after for _, after in reversed(list(self.figures(self.in_order())))), ZERO)

    def in_buckets(self, request: AgingRequest, figure: Decimal) -> tuple[Decimal, ...]:
        """Give where so much of an invoice lies, by bucket; nothing of what is no invoice."""
        amounts = [ZERO] * len(request.buckets)
        if self.object == "Invoice":
            for due, part in self._parts(request.basis, figure):
                amounts[request.buckets.index(days_overdue(due, request.as_of))] += part
        return tuple(amounts)

    def bucket(self, request: AgingRequest) -> int | None:
        """Give the one bucket in which all of an invoice lies; None where it may lie in several, or is none."""
        if self.object != "Invoice" or (self.instalments and request.basis is Basis.DUE):
            return None
        ((due, _),) = self._parts(request.basis, ZERO)
        return request.buckets.index(days_overdue(due, request.as_of))

    def _parts(self, basis: Basis, figure: Decimal) -> Iterator[tuple[date, Decimal]]:
        if basis is Basis.INVOICE or self.due is None:
            yield self.dated, figure
        elif self.instalments:
            parts = held(figure, self.instalments)
            yield from ((one.due, part) for one, part in zip(self.instalments, parts, strict=True))
        else:
            yield self.due, figure


def _as_recorded(event: Event) -> tuple[datetime, int, int]:
    return event.recorded_at, place_of(event.kind), event.key or 0


def place_of(kind: EventKind) -> int:
    """Give the place of an event among those recorded in one moment: what comes is there before it moves, then goes."""
    return 0 if kind in COMING else 2 if kind in GOING else 1
