"""Promises to pay: how much is promised for which day, and what of it still keeps letters back; it stores nothing."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from duedesk.domain.days import in_words
from duedesk.domain.errors import RequestError
from duedesk.domain.money import ZERO, grouped

LATEST_PROMISE_DAYS = 730
"""A promise for a day that is years away is a slip of the pen."""


@dataclass(frozen=True, slots=True)
class Promise:
    """What a customer promised on one invoice. `paid_since` is what was put on the invoice after it was recorded."""

    amount: Decimal
    day: date
    received: date
    withdrawn_on: date | None = None
    paid_since: Decimal = ZERO

    def holds(self, on: date, grace_days: int) -> bool:
        """Tell whether it may still be kept: given by then, not withdrawn, its day and the grace not past."""
        is_withdrawn = self.withdrawn_on is not None and self.withdrawn_on <= on
        return self.received <= on and not is_withdrawn and on <= self.day + timedelta(days=grace_days)


def still_promised(promises: Iterable[Promise], on: date, grace_days: int) -> tuple[Decimal, date | None]:
    """Give what is promised of an invoice and not paid yet, and the last day it is promised for.

    Money that came in since keeps the promises in the order of their days; one that is broken promises nothing.
    """
    left, latest = ZERO, None
    for one, rest in unpaid_promises(promises):
        if one.holds(on, grace_days):
            left, latest = left + rest, one.day
    return left, latest


def promised_by_day(promises: Iterable[Promise], on: date) -> list[tuple[date, Decimal]]:
    """Give what is promised and not paid yet with its day, soonest first, of promises that hold on a day."""
    return [(one.day, rest) for one, rest in unpaid_promises(promises) if one.holds(on, 0)]


def unpaid_promises(promises: Iterable[Promise]) -> Iterator[tuple[Promise, Decimal]]:
    """Give the promises of which something is not paid yet, by their days, and what that is."""
    every = sorted(promises, key=lambda promise: (promise.day, promise.received))
    paid, used = max((one.paid_since for one in every), default=ZERO), ZERO
    for one in every:
        rest = one.amount - max(ZERO, min(one.amount, one.paid_since, paid - used))
        used += one.amount - rest
        if rest > 0:
            yield one, rest


def promised_amount(amount: Decimal | None, balance: Decimal, before: Decimal, currency: str, name: str) -> Decimal:
    """Give what is promised of an invoice: all that is open and not promised before, unless told; RequestError."""
    room = balance - before
    if room <= 0:
        more = " that is not promised already" if balance > 0 else ""
        raise RequestError(f"Nothing is open on {name}{more}.", "There is nothing to promise.")
    wanted = room if amount is None else amount
    if wanted <= 0:
        raise RequestError("A promise needs an amount above 0.")
    if wanted > room:
        raise RequestError(
            f"{grouped(wanted, currency)} {currency} is more than the {grouped(room, currency)} {currency} open and "
            f"not promised on {name}."
        )
    return wanted


def check_promise_day(day: date, received: date) -> None:
    """Refuse a promise for a day before it was given, or years away: RequestError."""
    if day < received:
        raise RequestError(f"A promise of {in_words(received)} cannot be for {in_words(day)}.", "Give a later day.")
    if day > received + timedelta(days=LATEST_PROMISE_DAYS):
        raise RequestError(f"{in_words(day)} is more than two years away.", "A payment plan has nearer days.")


def check_invoices(keys: Sequence[int]) -> None:
    """Refuse a promise on no invoice, or on one twice: RequestError."""
    if not keys:
        raise RequestError("No invoice is named that is promised.")
    if len(set(keys)) < len(keys):
        raise RequestError("An invoice is named twice.", "Name each once, with all that is promised of it.")


def check_withdrawing(name: str, withdrawn_on: date | None) -> None:
    """Refuse to withdraw twice: RequestError."""
    if withdrawn_on is not None:
        raise RequestError(f"Promise {name} was withdrawn on {in_words(withdrawn_on)} already.")
