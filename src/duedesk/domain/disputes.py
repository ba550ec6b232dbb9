"""What a customer contests of an invoice: how much of what is open, from when to when, and why; it stores nothing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from duedesk.domain.applying import Side, check_amount, check_posted
from duedesk.domain.days import in_words
from duedesk.domain.errors import RequestError
from duedesk.domain.money import ZERO, grouped
from duedesk.domain.names import fold, tidy

REASONS = ("Price", "Quantity", "Quality", "Not delivered", "Not ordered", "Paid already", "Duplicate", "Terms")
"""Reason codes that are offered; a book may use others."""

RESOLUTIONS = ("Customer pays", "Credited", "Withdrawn", "Rejected", "Written off", "Settled halfway")
"""Resolutions that are offered; a book may use others."""

WITHDRAWN = "Withdrawn"
LONGEST_CODE = 255
LONGEST_WORDS = 1000


@dataclass(frozen=True, slots=True)
class Contest:
    """A dispute as the ledger sees it: an amount, since when, and where it was resolved, since when it is not any more.

    It is known on two dates, as everything in the ledger is.
    """

    amount: Decimal
    received_date: date
    recorded_at: datetime
    resolved_on: date | None = None
    resolved_at: datetime | None = None

    def stands(self, as_of: date, known_on: datetime | None = None) -> bool:
        """Tell whether the amount was contested at the end of `as_of`, as far as was known by `known_on`."""
        if self.received_date > as_of or (known_on is not None and self.recorded_at > known_on):
            return False
        if self.resolved_on is None or self.resolved_on > as_of:
            return True
        return known_on is not None and self.resolved_at is not None and self.resolved_at > known_on


def contested(contests: Iterable[Contest], balance: Decimal, as_of: date, known_on: datetime | None = None) -> Decimal:
    """Give what is contested of an open balance: no more than what is open."""
    wanted = sum((one.amount for one in contests if one.stands(as_of, known_on)), ZERO)
    return min(wanted, max(ZERO, balance))


def still_contested(amount: Decimal, left: Decimal) -> Decimal:
    """Give what a dispute contests where those received before it leave so much of the balance."""
    return min(amount, max(ZERO, left))


def disputed_amount(invoice: Side, amount: Decimal | None, on: date, *, before: Decimal) -> Decimal:
    """Give what is contested from a day on: all that is open and not contested before, unless told.

    RequestError where that much is not open.
    """
    check_posted(invoice, "contested")
    if invoice.since is not None and on < invoice.since:
        raise RequestError(f"{invoice.title} is of {in_words(invoice.since)}; nothing is contested before that day.")
    room = invoice.room(on).amount
    left = room - before
    if left <= 0:
        contested_too = " that is not contested already" if before and room > 0 else ""
        raise RequestError(f"Nothing is open on {invoice.name}{contested_too}.", "There is nothing to contest.")
    wanted = left if amount is None else amount
    check_amount(wanted, invoice.currency, whole=(left, room))
    if wanted > left:
        not_contested = " and not contested" if before else ""
        raise RequestError(
            f"{grouped(wanted, invoice.currency)} {invoice.currency} is more than the "
            f"{grouped(left, invoice.currency)} {invoice.currency} open{not_contested} on {invoice.name}."
        )
    return wanted


def check_code(code: str, what: str, offered: tuple[str, ...]) -> str:
    """Give a reason or resolution tidied; RequestError where there is none, or it is too long."""
    said = tidy(code)
    if not said:
        raise RequestError(f"A {what} is needed.", f"Such as {', '.join(offered)}.")
    if len(said) > LONGEST_CODE:
        raise RequestError(f"A {what} has at most {LONGEST_CODE} characters.", "Say the rest in words beside it.")
    return said


def offered_code(code: str, offered: tuple[str, ...]) -> str:
    """Give the one that is offered where it is meant whatever its case; else what was said, tidied."""
    said = tidy(code)
    return next((one for one in offered if fold(one) == fold(said)), said)


def check_words(words: str) -> str:
    """Give what is said of it tidied; RequestError where it is too long."""
    said = words.strip()
    if len(said) > LONGEST_WORDS:
        raise RequestError(f"That is longer than {LONGEST_WORDS:,} characters.", "Put the rest into a note.")
    return said


def check_resolving(name: str, received: date, resolved: date | None, on: date) -> None:
    """Refuse to resolve twice, or before it was opened: RequestError."""
    if resolved is not None:
        raise RequestError(f"Dispute {name} was resolved on {in_words(resolved)} already.")
    if on < received:
        raise RequestError(
            f"Dispute {name} was opened on {in_words(received)} and cannot be resolved on {in_words(on)}.",
            f"Choose {received} or a later day.",
        )
