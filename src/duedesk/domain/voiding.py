"""When a posted invoice may be voided, and what becomes of the credit memos that came from it; it stores nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from duedesk.domain.days import in_words
from duedesk.domain.errors import Question, RequestError
from duedesk.domain.names import tidy

LONGEST_REASON = 1000


@dataclass(frozen=True, slots=True)
class Credit:
    """A posted credit memo that came from the invoice: what it is called, and whether it only ever closed it."""

    key: int
    named: str
    only_closed_it: bool
    """Written off, or kept for paying early: it is nobody's money."""


def checked_reason(reason: str) -> str:
    """Give the reason tidied; RequestError where there is none or it is too long."""
    said = tidy(reason)
    if not said:
        raise RequestError("Voiding an invoice needs a reason.", "Say why.")
    if len(said) > LONGEST_REASON:
        raise RequestError(f"The reason is longer than {LONGEST_REASON:,} characters.")
    return said


def check_day(named: str, *, invoice_date: date, last_day: date | None, on: date, today: date) -> None:
    """Refuse a day to come, one before the invoice date, and one before something was applied or unapplied."""
    if on > today:
        raise RequestError(f"{named} cannot be voided as of {in_words(on)}: that day is to come.", "Void it then.")
    if on < invoice_date:
        raise RequestError(
            f"{named} is of {in_words(invoice_date)} and cannot be voided as of {in_words(on)}.",
            f"Choose {invoice_date} or a later day.",
        )
    if last_day is not None and on < last_day:
        raise RequestError(
            f"{named} was last paid or credited on {in_words(last_day)} and cannot be voided as of {in_words(on)}.",
            f"Choose {last_day} or a later day.",
        )


def credits_to_void(named: str, credits_: Sequence[Credit], *, with_credit_memos: bool | None) -> tuple[Credit, ...]:
    """Give the memos that are voided with their invoice; Question where only a person can say so.

    What only closed the invoice goes with it. Another memo stays the customer's credit unless it is voided too.
    """
    asked = [credit for credit in credits_ if not credit.only_closed_it]
    if asked and with_credit_memos is None:
        names = " and ".join(credit.named for credit in asked)
        raise Question(
            f"{names} came from {named[:1].lower()}{named[1:]}: void {'it' if len(asked) == 1 else 'them'} too?",
            "Void with the credit memos, or keep them as the customer's credit.",
        )
    return tuple(credits_) if with_credit_memos else tuple(credit for credit in credits_ if credit.only_closed_it)
