"""Writing off: how much, why, and when another person has to agree; it makes no credit memo."""

from datetime import date
from decimal import Decimal

from duedesk.domain.applying import Side, check_amount, check_posted
from duedesk.domain.days import in_words
from duedesk.domain.errors import RequestError
from duedesk.domain.money import grouped
from duedesk.domain.names import tidy

CATEGORY = "InvoiceWriteOff"
SOURCE_ACTION = "WriteOffPostedInvoice"
REASONS = ("Bad debt", "Small balance", "Insolvency", "Dispute settled", "Goodwill", "Time-barred")
"""Reason codes that are offered; a book may use others."""


def write_off_amount(invoice: Side, amount: Decimal | None, on: date) -> Decimal:
    """Give what is written off on a day, all that is open unless told; RequestError where that cannot be."""
    check_posted(invoice)
    if invoice.since is not None and on < invoice.since:
        raise RequestError(f"{invoice.title} is of {in_words(invoice.since)}; nothing is written off before that day.")
    room = invoice.room(on)
    when = f" on {in_words(room.day)}" if room.day > on else ""
    if room.amount <= 0:
        raise RequestError(f"Nothing is open on {invoice.name}{when}, so there is nothing to write off.")
    wanted = room.amount if amount is None else amount
    check_amount(wanted, invoice.currency, whole=(room.amount,))
    if wanted > room.amount:
        raise RequestError(
            f"{grouped(wanted, invoice.currency)} {invoice.currency} is more than the "
            f"{grouped(room.amount, invoice.currency)} {invoice.currency} open on {invoice.name}{when}."
        )
    return wanted


def needs_approval(amount: Decimal, limit: Decimal | None, *, before: Decimal) -> bool:
    """Tell whether another person has to agree: with what was written off before, it is above the currency's limit."""
    return limit is not None and before + amount > limit


def check_reason(reason: str) -> str:
    """Give the reason code tidied; RequestError where there is none."""
    reason = tidy(reason)
    if not reason or len(reason) > 255:
        raise RequestError("A write-off needs a reason.", f"Such as {', '.join(REASONS)}.")
    return reason


def check_decision(status: str, *, requested_by: str, decided_by: str, approves: bool) -> None:
    """Refuse to decide twice, or to approve what one asked for oneself: RequestError."""
    if status != "Pending":
        raise RequestError(f"That request is {status.lower()} already.")
    if approves and decided_by.strip().casefold() == requested_by.strip().casefold():
        raise RequestError(
            "Whoever asks for a write-off does not approve it.", f"Somebody other than {requested_by} has to."
        )
