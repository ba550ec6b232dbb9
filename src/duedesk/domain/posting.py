"""What it takes to post an invoice: its dates, its totals, its terms; it numbers nothing and writes nothing."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from duedesk.domain.currencies import is_currency
from duedesk.domain.days import EARLIEST_DAY, LATEST_DAY, in_words
from duedesk.domain.errors import RequestError
from duedesk.domain.life_cycle import Verb, check
from duedesk.domain.money import grouped, is_payable
from duedesk.domain.payment_terms import Discount, Instalment, Term, discount, instalments


@dataclass(frozen=True, slots=True)
class Postable:
    """What is asked of an invoice before it is posted.

    The total is what it will be posted with; a due date that was only derived counts as none.
    """

    named: str
    status: str
    currency: str
    total: Decimal
    line_count: int
    invoice_date: date | None
    due_date: date | None
    should_exclude_payment: bool
    payment_exclusion_reason: str


@dataclass(frozen=True, slots=True)
class Terms:
    """When a posted invoice is due: as a whole, in which parts, and what may be kept by paying early."""

    due_date: date
    parts: tuple[Instalment, ...]
    discount: Discount | None = None
    is_derived: bool = False


def check_postable(asked: Postable, *, on: date, today: date) -> None:
    """Refuse to post an invoice that is not ready for it: RequestError says why and what to do."""
    check(Verb.POST, asked.status, asked.named)
    if on > today:
        raise RequestError(f"{asked.named} cannot be posted on {in_words(on)}: that day is to come.", "Post it then.")
    if on < EARLIEST_DAY:
        raise RequestError(f"{asked.named} cannot be posted on {in_words(on)}, which is before the calendar begins.")
    if not is_currency(asked.currency):
        raise RequestError(f"{asked.named} is in “{asked.currency}”, which is no currency.", "Give it another.")
    if asked.line_count == 0 and asked.total == 0:
        raise RequestError(f"{asked.named} has no lines, so there is nothing to bill.", "Give it a line.")
    if asked.total < 0:
        figure = f"{grouped(asked.total, asked.currency)} {asked.currency}"
        raise RequestError(
            f"{asked.named} comes to {figure}, and nobody owes less than nothing.",
            "Turn its negative lines into a credit memo as you post it, or give a credit memo instead.",
        )
    if not is_payable(asked.total, asked.currency):
        raise RequestError(f"{asked.named} comes to {asked.total:f}, which nobody can pay in {asked.currency}.")
    if asked.should_exclude_payment and not asked.payment_exclusion_reason.strip():
        raise RequestError(f"{asked.named} excludes payment and does not say why.", "Give PaymentExclusionReason.")
    _check_dates(asked, on)


def terms_of(asked: Postable, term: Term | None, *, on: date) -> Terms:
    """Work out when an invoice is due: the date it has, else by its term, else at once, which is then derived."""
    day = asked.invoice_date or on
    early = None if term is None else discount(term, day, asked.total, asked.currency)
    if asked.due_date is not None:
        return Terms(asked.due_date, (Instalment(asked.due_date, asked.total),), early)
    if term is None:
        return Terms(day, (Instalment(day, asked.total),), is_derived=True)
    parts = instalments(term, day, asked.total, asked.currency)
    return Terms(parts[-1].due, parts, early)


def _check_dates(asked: Postable, on: date) -> None:
    day = asked.invoice_date or on
    if day > LATEST_DAY:
        raise RequestError(f"{asked.named} has the invoice date {day}, which is beyond the calendar.")
    if asked.due_date is not None and asked.due_date < day:
        raise RequestError(
            f"{asked.named} is due on {in_words(asked.due_date)}, before its invoice date, {in_words(day)}.",
            "Change one of them, or leave the due date to the payment term.",
        )
