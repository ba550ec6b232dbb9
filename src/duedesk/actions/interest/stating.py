"""The interest of invoices up to a day, by the rules of the book; it charges nothing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from duedesk.actions.interest.rules import late_rules
from duedesk.domain.interest.accrual import InterestStatement, InterestTerms, statement
from duedesk.domain.interest.profiles import LateRules, NoInterest
from duedesk.store.queries.interest import InvoiceClaim, claims

NO_INTEREST_ON_INTEREST = NoInterest("It is over the fee or the interest of a letter, which bears no interest itself.")


@dataclass(frozen=True, slots=True)
class InvoiceInterest:
    """What has run on an invoice, or why nothing is charged on it."""

    invoice: InvoiceClaim
    country: str
    stated: InterestStatement | NoInterest


def interest_of(
    connection: Connection,
    keys: Sequence[int] | None,
    until: date,
    rules: LateRules | None = None,
    *,
    whole: bool = False,
) -> Iterator[InvoiceInterest]:
    """Give the interest of posted invoices (None: of all that are late) after what was charged, up to a day.

    In the order of their keys; what is not due by then, or not posted, is left out. `whole` begins at the due dates.
    """
    held = rules or late_rules(connection)
    known: dict[tuple[str, bool], tuple[str, InterestTerms | NoInterest]] = {}
    for one in claims(connection, keys, until):
        place = (one.country, one.is_consumer)
        if place not in known:
            country = held.country(one.country)
            known[place] = (country, held.terms(country, is_consumer=one.is_consumer))
        country, terms = known[place]
        if one.is_charge:
            yield InvoiceInterest(one, country, NO_INTEREST_ON_INTEREST)
        elif isinstance(terms, NoInterest):
            yield InvoiceInterest(one, country, terms)
        else:
            after = None if whole else one.charged_until
            yield InvoiceInterest(one, country, statement(one.claim, terms, held.rates, until, after))
