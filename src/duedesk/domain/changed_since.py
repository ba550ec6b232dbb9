"""What changed since: the events recorded between two moments that moved a figure, and by how much; it asks nothing.

The aging as known at the second moment less the aging as known at the first is the sum of these, bucket by bucket.
(What an action of the desk changed is `domain.changes`; which records were edited is the API's `updated`.)
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from duedesk.domain.aging import DEFAULT_BUCKETS, AgingRequest, Basis, Buckets
from duedesk.domain.days import end_of_day
from duedesk.domain.dossier import NOBODY_ELSE, Dossier, Event, EventKind, Other, place_of
from duedesk.domain.errors import RequestError
from duedesk.domain.money import ZERO


@dataclass(frozen=True, slots=True)
class ChangesRequest:
    """What was recorded after `since` and by `until` (None: by now), as far as it counts at the end of `as_of`."""

    as_of: date
    since: datetime
    until: datetime | None = None
    account_key: int | None = None
    basis: Basis = Basis.DUE
    buckets: Buckets = DEFAULT_BUCKETS
    currency: str | None = None

    def __post_init__(self) -> None:
        if self.until is not None and self.until <= self.since:
            raise RequestError("The second moment does not come after the first.", "Give the earlier one first.")

    @property
    def aging(self) -> AgingRequest:
        """Give the aging that the changes led to."""
        return AgingRequest(self.as_of, self.until, basis=self.basis, buckets=self.buckets, currency=self.currency)

    @property
    def aging_before(self) -> AgingRequest:
        """Give the aging that they began from."""
        return replace(self.aging, known_on=self.since)


@dataclass(frozen=True, slots=True)
class Change:
    """One event: when it was recorded, the day it counts from, the record, and what it moved.

    `other` is the payment or memo that an invoice's event came from. `buckets` and `unapplied` are by how much the
    aging moved; what only goes from cash to invoice moves both and the balance not at all. `is_back_dated`: the day
    it counts from had been over when the reader first looked.
    """

    recorded_at: datetime
    on: date
    kind: EventKind
    who: str
    object: str
    key: int
    number: str
    account_key: int
    account: str
    account_number: str
    currency: str
    buckets: tuple[Decimal, ...]
    unapplied: Decimal
    is_back_dated: bool = False
    other: Other = NOBODY_ELSE
    note: str = ""

    @property
    def open(self) -> Decimal:
        """Give by how much what invoices leave open moved."""
        return sum(self.buckets, ZERO)

    @property
    def balance(self) -> Decimal:
        """Give by how much the balance moved."""
        return self.open + self.unapplied

    @property
    def what(self) -> str:
        """Say what happened to which record: `Payment PAY-7 applied`."""
        if self.kind not in {EventKind.APPLIED, EventKind.UNAPPLIED} or not self.other.kind:
            return self.kind.value
        return " ".join(part for part in (self.other.kind, self.other.number, self.kind.value.lower()) if part)


@dataclass(frozen=True, slots=True)
class Moved:
    """What changes add up to in one currency."""

    currency: str
    buckets: tuple[Decimal, ...]
    unapplied: Decimal
    count: int = 0
    back_dated: int = 0

    @property
    def balance(self) -> Decimal:
        """Give by how much the balance moved."""
        return sum(self.buckets, self.unapplied)


def sums(changes: Iterable[Change]) -> tuple[Moved, ...]:
    """Add changes up, one sum a currency, by currency."""
    found: dict[str, Moved] = {}
    for one in changes:
        sofar = found.get(one.currency) or Moved(one.currency, (ZERO,) * len(one.buckets), ZERO)
        found[one.currency] = Moved(
            one.currency,
            tuple(held + moved for held, moved in zip(sofar.buckets, one.buckets, strict=True)),
            sofar.unapplied + one.unapplied,
            sofar.count + 1,
            sofar.back_dated + one.is_back_dated,
        )
    return tuple(found[currency] for currency in sorted(found))


def changes_of(request: ChangesRequest, dossiers: Iterable[Dossier]) -> tuple[Change, ...]:
    """Give the changes that documents went through, as they were recorded.

    An application moves an invoice and what paid it: it is one change, told of the invoice where that is there.
    """
    applied: dict[int, Change] = {}
    others: list[Change] = []
    for dossier in dossiers:
        for event, change in _of_one(request, dossier):
            if event.key is None or event.kind not in {EventKind.APPLIED, EventKind.UNAPPLIED}:
                others.append(change)
            elif (half := applied.get(event.key)) is None:
                applied[event.key] = change
            else:
                applied[event.key] = _joined(half, change)
    moved = (one for one in (*others, *applied.values()) if any(one.buckets) or one.unapplied)
    return tuple(sorted(moved, key=_as_recorded))


def _as_recorded(one: Change) -> tuple[datetime, str, int, str, int]:
    return one.recorded_at, one.account.casefold(), place_of(one.kind), one.number, one.key


def _of_one(request: ChangesRequest, dossier: Dossier) -> Iterator[tuple[Event, Change]]:
    before, asked = ZERO, request.aging
    for event, after in dossier.figures(dossier.as_recorded()):
        if event.recorded_at > request.since:
            change = _change(asked, dossier, event, before, after)
            is_back_dated = end_of_day(event.on) <= request.since
            yield event, replace(change, is_back_dated=True) if is_back_dated else change
        before = after


def _change(asked: AgingRequest, dossier: Dossier, event: Event, before: Decimal, after: Decimal) -> Change:
    then, now = (dossier.in_buckets(asked, figure) for figure in (before, after))
    is_invoice = dossier.object == "Invoice"
    return Change(
        recorded_at=event.recorded_at,
        on=event.on,
        kind=event.kind,
        who=event.who,
        object=dossier.object,
        key=dossier.key,
        number=dossier.number,
        account_key=dossier.account_key,
        account=dossier.account,
        account_number=dossier.account_number,
        currency=dossier.currency,
        buckets=tuple(one - other for one, other in zip(now, then, strict=True)),
        unapplied=ZERO if is_invoice else before - after,
        other=event.other,
        note=event.note,
    )


def _joined(one: Change, other: Change) -> Change:
    """Join the two halves of an application."""
    told, half = (one, other) if one.object == "Invoice" else (other, one)
    buckets = tuple(first + second for first, second in zip(told.buckets, half.buckets, strict=True))
    return replace(told, buckets=buckets, unapplied=told.unapplied + half.unapplied)
