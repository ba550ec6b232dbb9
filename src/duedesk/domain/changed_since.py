"""What changed since: the events recorded between two moments that moved a figure, and by how much; it asks nothing.

The aging as known at the second moment less the aging as known at the first is the sum of these, bucket by bucket.
(What an action of the desk changed is `domain.changes`; which records were edited is the API's `updated`.)
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal

from duedesk.domain.aging import DEFAULT_BUCKETS, AgingRequest, Basis, Buckets
from duedesk.domain.days import end_of_day
from duedesk.domain.errors import RequestError
from duedesk.domain.explaining.dossier import NOBODY_ELSE, Dossier, Event, EventKind, Other, place_of
from duedesk.domain.invoice import days_overdue
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
    def over(self) -> date:
        """Give the last day that was over when the reader first looked."""
        day = self.since.date()
        return day if end_of_day(day) <= self.since else day - timedelta(days=1)

    def bucket(self, due: date | None, dated: date) -> int:
        """Give the bucket of an invoice that is due as a whole."""
        day = due if self.basis is Basis.DUE and due is not None else dated
        return self.buckets.index(days_overdue(day, self.as_of))

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
    found: dict[str, list[Change]] = {}
    for one in changes:
        found.setdefault(one.currency, []).append(one)
    return tuple(_sum(currency, found[currency]) for currency in sorted(found))


def _sum(currency: str, changes: Sequence[Change]) -> Moved:
    return Moved(
        currency,
        tuple(sum(column, ZERO) for column in zip(*(one.buckets for one in changes), strict=True)),
        sum((one.unapplied for one in changes), ZERO),
        len(changes),
        sum(one.is_back_dated for one in changes),
    )


def changes_of(
    request: ChangesRequest,
    dossiers: Iterable[Dossier],
    is_asked: Callable[[str, int, Event], bool] = lambda *_: True,
    told: Sequence[Change] = (),
) -> tuple[Change, ...]:
    """Give the changes that documents went through, as they were recorded.

    `told` are those that are known already, and `is_asked` says of an event of a document whether it is none of them.

    An application moves an invoice and what paid it: it is one change, told of the invoice where that is there.
    """
    applied: dict[int, Change] = {}
    others: list[Change] = []
    for dossier in dossiers:
        for event, change in _of_one(request, dossier):
            if not is_asked(dossier.object, dossier.key, event):
                continue
            if event.key is None or event.kind not in {EventKind.APPLIED, EventKind.UNAPPLIED}:
                others.append(change)
            elif (half := applied.get(event.key)) is None:
                applied[event.key] = change
            else:
                applied[event.key] = _joined(half, change)
    moved = [one for one in (*told, *others, *applied.values()) if one.unapplied or any(one.buckets)]
    return tuple(sorted(moved, key=_as_recorded))


def _as_recorded(one: Change) -> tuple[object, ...]:
    also = one.kind, one.other.object, one.other.key or 0, one.unapplied
    return one.recorded_at, one.account.casefold(), place_of(one.kind), one.number, one.key, *also


def _of_one(request: ChangesRequest, dossier: Dossier) -> Iterator[tuple[Event, Change]]:
    before, asked = ZERO, request.aging
    only, nothing, over = dossier.bucket(asked), (ZERO,) * len(asked.buckets), request.over
    for event, after in dossier.figures(dossier.as_recorded()):
        if event.recorded_at > request.since:
            moved = nothing
            if dossier.object != "Invoice" or before == after:
                pass
            elif only is None:
                then, now = (dossier.in_buckets(asked, figure) for figure in (before, after))
                moved = tuple(one - other for one, other in zip(now, then, strict=True))
            else:
                moved = (*nothing[:only], after - before, *nothing[only + 1 :])
            yield event, _change(dossier, event, moved, before - after, is_back_dated=event.on <= over)
        before = after


def _change(
    dossier: Dossier, event: Event, moved: tuple[Decimal, ...], left: Decimal, *, is_back_dated: bool
) -> Change:
    return Change(
        event.recorded_at,
        event.on,
        event.kind,
        event.who,
        dossier.object,
        dossier.key,
        dossier.number,
        dossier.account_key,
        dossier.account,
        dossier.account_number,
        dossier.currency,
        moved,
        ZERO if dossier.object == "Invoice" else left,
        is_back_dated,
        event.other,
        event.note,
    )


def _joined(one: Change, other: Change) -> Change:
    """Join the two halves of an application; only the invoice's moves buckets."""
    told, half = (one, other) if one.object == "Invoice" else (other, one)
    return replace(told, unapplied=told.unapplied + half.unapplied)
