"""The discount for paying early: whether it is earned, and how much of it; it grants nothing."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from duedesk.domain.applying import Side
from duedesk.domain.days import in_words
from duedesk.domain.errors import RequestError
from duedesk.domain.money import grouped

REASON = "Early payment discount"


@dataclass(frozen=True, slots=True)
class Offer:
    """What an invoice offers to whoever pays by a day."""

    until: date | None
    amount: Decimal | None


def earned(invoice: Side, offer: Offer, *, paid_on: date | None, granted: Decimal, on: date) -> Decimal:
    """Give the discount that is earned: what is still open, where paying in time left no more open than was offered.

    `paid_on` is the latest effective date of the payments that lie on it. RequestError says why nothing is earned.
    """
    if offer.until is None or not offer.amount:
        raise RequestError(f"{invoice.title} offers no discount for paying early.")
    if granted:
        raise RequestError(f"The discount on {invoice.name} was granted before.")
    if paid_on is None:
        raise RequestError(f"Nothing was paid on {invoice.name} yet.", "Apply the payment first.")
    if paid_on > offer.until:
        raise RequestError(
            f"{invoice.title} was paid on {in_words(paid_on)}; its discount ended on {in_words(offer.until)}."
        )
    open_ = invoice.room(on).amount
    if open_ <= 0:
        raise RequestError(f"Nothing is open on {invoice.name}.")
    if open_ > offer.amount:
        raise RequestError(
            f"{grouped(open_, invoice.currency)} {invoice.currency} is open on {invoice.name}, more than its discount "
            f"of {grouped(offer.amount, invoice.currency)}.",
            "It is granted once the rest is paid.",
        )
    return open_
