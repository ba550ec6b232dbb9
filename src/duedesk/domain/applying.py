"""When an amount may be put on an invoice or taken off again; it looks at every day, and stores nothing.

The ledger is asked as of any day, and an application may be dated in the past. So what counts is not what is left
today but the least that is left at the end of any day from that one on.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import groupby
from operator import itemgetter

from duedesk.domain.days import in_words
from duedesk.domain.errors import RequestError
from duedesk.domain.invoice import OWED_STATUSES
from duedesk.domain.money import ZERO, grouped, is_payable, minor_digits

Step = tuple[date, Decimal]
"""A day, and by how much an event of that day changed what was left: negative where it was used up."""


@dataclass(frozen=True, slots=True)
class Room:
    """The least that is left on any day from a day on, and the first day on which so little is left."""

    amount: Decimal
    day: date


@dataclass(frozen=True, slots=True)
class Side:
    """An invoice, a payment or a credit memo as applying sees it: what it holds, since when, what used it up."""

    kind: str
    """`Invoice`, `Payment` or `Credit memo`, as a sentence begins with it."""
    number: str
    status: str
    account_key: int
    account: str
    currency: str
    total: Decimal
    since: date | None
    steps: tuple[Step, ...] = ()

    @property
    def name(self) -> str:
        """Name it in a sentence: `invoice I-1`."""
        return f"{self.kind.lower()} {self.number}".strip()

    @property
    def title(self) -> str:
        """Name it at the head of a sentence: `Invoice I-1`."""
        return f"{self.kind} {self.number}".strip()

    def money(self, amount: Decimal) -> str:
        """Write an amount in its currency: `60.00 EUR`."""
        return _money(amount, self.currency)

    @property
    def left(self) -> Decimal:
        """Give what is left when all that is recorded has happened."""
        return self.total + sum((change for _, change in self.steps), ZERO)

    @property
    def last_day(self) -> date | None:
        """Give the last day on which something happened with it."""
        return max((day for day, _ in self.steps), default=self.since)

    def room(self, on: date) -> Room:
        """Give the least that is left at the end of any day from `on` on."""
        running = self.total + sum((change for day, change in self.steps if day <= on), ZERO)
        least = Room(running, on)
        later = sorted((step for step in self.steps if step[0] > on), key=itemgetter(0))
        for day, steps in groupby(later, key=itemgetter(0)):
            running += sum((change for _, change in steps), ZERO)
            if running < least.amount:
                least = Room(running, day)
        return least

    def used(self, amount: Decimal, on: date) -> "Side":
        """Give it as it is once an amount has been used up on a day."""
        return replace(self, steps=(*self.steps, (on, -amount)))


@dataclass(frozen=True, slots=True)
class Standing:
    """An application that may be taken off again: what was put on, when, and what has been taken back of it."""

    name: str
    """What it is called in a sentence: `the payment P-1 on invoice I-1`."""
    currency: str
    amount: Decimal
    applied_on: date
    taken_back: Decimal = ZERO

    @property
    def left(self) -> Decimal:
        """Give what of it is still applied."""
        return self.amount - self.taken_back


def overdrawn(total: Decimal, steps: Iterable[Step]) -> Room | None:
    """Give the day that ends with the least left, where that is less than nothing; None where no day does."""
    running, least = total, None
    for day, of_day in groupby(sorted(steps, key=itemgetter(0)), key=itemgetter(0)):
        running += sum((change for _, change in of_day), ZERO)
        if running < 0 and (least is None or running < least.amount):
            least = Room(running, day)
    return least


def check_apply(source: Side, invoice: Side, amount: Decimal, on: date) -> None:
    """Refuse with one sentence what would break the ledger: RequestError where an amount cannot be applied."""
    check_posted(source)
    check_posted(invoice)
    _check_same(source, invoice)
    for side in (invoice, source):
        if side.since is not None and on < side.since:
            raise RequestError(
                f"{side.title} is of {in_words(side.since)}; nothing is applied as early as {in_words(on)}.",
                f"Apply it on {side.since} or later.",
            )
    of_invoice, of_source = invoice.room(on), source.room(on)
    check_amount(amount, source.currency, whole=(of_invoice.amount, of_source.amount))
    _check_room(amount, of_invoice, on, invoice, "open on")
    _check_room(amount, of_source, on, source, "left of")


def fitting(source: Side, invoice: Side, on: date) -> Decimal:
    """Give the most that can be applied on a day: what both sides leave from then on."""
    return min(source.room(on).amount, invoice.room(on).amount)


def check_unapply(applied: Standing, amount: Decimal, on: date) -> None:
    """Refuse to take off more than is still applied, or earlier than it was put on: RequestError."""
    if not applied.left:
        raise RequestError(f"Nothing is left of {applied.name}: all of it has been unapplied.")
    if on < applied.applied_on:
        raise RequestError(
            f"{_upper(applied.name)} was applied on {in_words(applied.applied_on)}; it cannot be unapplied on "
            f"{in_words(on)}.",
            f"Unapply it on {applied.applied_on} or later.",
        )
    check_amount(amount, applied.currency, whole=(applied.left,))
    if amount > applied.left:
        raise RequestError(
            f"{_money(amount, applied.currency)} cannot be unapplied: {_money(applied.left, applied.currency)} of "
            f"{applied.name} is still applied."
        )


def check_posted(side: Side, done: str = "applied") -> None:
    """Refuse what is not in the ledger, or no longer: a draft, what is canceled or voided, an unposted memo.

    `done` is what cannot be done with it.
    """
    ready = ("Processed",) if side.kind == "Payment" else OWED_STATUSES
    if side.status in ready:
        return
    if side.status in {"Voided", "Canceled"}:
        raise RequestError(f"{side.title} is {side.status.lower()}; nothing can be {done}.")
    state = "a draft" if side.status == "Draft" else side.status.lower()
    remedy = "Process it first." if side.kind == "Payment" else "Post it first."
    if side.status == "Pending" and side.kind == "Credit memo":
        remedy = "It waits for approval."
    raise RequestError(f"{side.title} is {state}; nothing can be {done} yet.", remedy)


def check_amount(amount: Decimal, currency: str, *, whole: tuple[Decimal, ...] = ()) -> None:
    """Refuse nothing, less than nothing, and digits that cannot be paid: RequestError.

    A document from elsewhere may hold digits below the minor unit: what is left of it may be used up to the last of
    them, so an amount that is one of `whole` passes.
    """
    if not amount.is_finite() or amount <= 0:
        raise RequestError(f"{amount} is no amount: it must be more than nothing.")
    if not is_payable(amount, currency) and amount not in whole:
        digits = minor_digits(currency)
        raise RequestError(
            f"{amount.normalize():f} cannot be paid in {currency}, which has "
            f"{f'{digits} digits behind the point' if digits else 'no digits behind the point'}."
        )


def check_withdrawal(side: Side, on: date, verb: str) -> None:
    """Refuse to cancel or void a source earlier than the last day on which something happened with it: RequestError."""
    last = side.last_day
    if last is not None and on < last:
        raise RequestError(
            f"{side.title} was last used on {in_words(last)}; it cannot be {verb} as of {in_words(on)}.",
            f"Choose {last} or a later day.",
        )


def check_refund(payment: Side, amount: Decimal, on: date) -> None:
    """Refuse to give back more than is unapplied on any day from then on: RequestError."""
    if payment.status != "Processed":
        raise RequestError(f"{payment.title} is {payment.status.lower()}; nothing of it can be given back.")
    if payment.since is not None and on < payment.since:
        raise RequestError(
            f"{payment.title} came in on {in_words(payment.since)}; nothing is given back as early as {in_words(on)}."
        )
    room = payment.room(on)
    check_amount(amount, payment.currency, whole=(room.amount,))
    _check_room(amount, room, on, payment, "unapplied of", "Unapply it first, or give less back.")


def check_refund_canceled(number: str, status: str, given_on: date, on: date) -> None:
    """Refuse to cancel a refund twice, or earlier than it was given: RequestError."""
    what = f"Refund {number}".strip()
    if status == "Canceled":
        raise RequestError(f"{what} is canceled already.")
    if on < given_on:
        raise RequestError(
            f"{what} was given on {in_words(given_on)}; it cannot be canceled as of {in_words(on)}.",
            f"Choose {given_on} or a later day.",
        )


def _check_same(source: Side, invoice: Side) -> None:
    if source.currency != invoice.currency:
        raise RequestError(
            f"{source.title} is in {source.currency}, {invoice.name} in {invoice.currency}.",
            "Currencies are never mixed.",
        )
    if source.account_key != invoice.account_key:
        raise RequestError(
            f"{source.title} is {source.account}'s, {invoice.name} is {invoice.account}'s.",
            "What one account paid is not applied to another's invoice.",
        )


def _check_room(amount: Decimal, room: Room, on: date, side: Side, where: str, hint: str = "") -> None:
    if amount <= room.amount:
        return
    when = f" on {in_words(room.day)}" if room.day > on else ""
    if not room.amount:
        raise RequestError(f"Nothing is {where} {side.name}{when}.", hint)
    raise RequestError(
        f"{_money(amount, side.currency)} is more than the {_money(room.amount, side.currency)} {where} {side.name}"
        f"{when}.",
        hint,
    )


def _money(amount: Decimal, currency: str) -> str:
    return f"{grouped(amount, currency)} {currency}"


def _upper(words: str) -> str:
    return words[:1].upper() + words[1:]
