"""The interest of an invoice as the terminal tells it: lines, and JSON; it works nothing out."""

from collections.abc import Iterator
from decimal import Decimal

from duedesk.actions.interest.stating import InvoiceInterest
from duedesk.cli.json_text import Json, plain_number
from duedesk.cli.layout import Column, table
from duedesk.documents.interest_appendix import appendix_rows
from duedesk.domain.days import in_words
from duedesk.domain.interest.accrual import InterestStatement
from duedesk.domain.interest.day_counts import IN_WORDS
from duedesk.domain.interest.profiles import LateRules, NoInterest
from duedesk.domain.money import grouped, plain


def lines_of(one: InvoiceInterest) -> Iterator[str]:
    """Tell the interest of an invoice: what it rests on, its periods, and what is missing."""
    stated, number = one.stated, one.invoice.number or f"#{one.invoice.key}"
    if isinstance(stated, NoInterest):
        yield f"{number}: {stated.why} {stated.hint}".rstrip()
        return
    terms = stated.terms
    yield f"{number}: {terms.basis}; {IN_WORDS[terms.day_count]}."
    if stated.periods:
        appendix = appendix_rows([(number, stated)])
        columns = [Column(name, is_figure=place > 1) for place, name in enumerate(appendix.header)]
        yield from table(columns, (*appendix.rows, appendix.sum))
    before = one.invoice.charged_until
    charged = "" if before is None else f" after {in_words(before)}, until when it was charged"
    sums = f"{grouped(stated.total, stated.currency)} {stated.currency}"
    reached = "" if stated.charged_until is None else f" up to {in_words(stated.charged_until)}"
    yield f"{sums} of interest{charged}{reached}."
    for warning in stated.warnings:
        yield f"{warning} Its days are not charged yet: `duedesk reference-rates import FILE`."


def as_json(one: InvoiceInterest, rules: LateRules) -> Json:
    """Give the same as JSON, with the lump sum that the profile adds."""
    before = one.invoice.charged_until
    document: dict[str, Json] = {
        "invoice": one.invoice.number,
        "key": one.invoice.key,
        "currency": one.invoice.claim.currency,
        "country": one.country,
        "is_consumer": one.invoice.is_consumer,
        "charged_before": None if before is None else before.isoformat(),
    }
    if isinstance(one.stated, NoInterest):
        return document | {"total": plain(Decimal(0), one.invoice.claim.currency), "periods": [], "why": one.stated.why}
    return document | _stated(one.stated, _lump_sum(one, rules))


def _lump_sum(one: InvoiceInterest, rules: LateRules) -> Decimal:
    profile = rules.profile(one.country)
    if profile is None:
        return Decimal(0)
    first = max((debt.open_after(debt.due_date) for debt in one.invoice.claim.debts), default=Decimal(0))
    return profile.lump_sum(first, one.invoice.claim.currency, is_consumer=one.invoice.is_consumer)


def _stated(stated: InterestStatement, lump_sum: Decimal) -> dict[str, Json]:
    currency, terms = stated.currency, stated.terms
    periods: list[Json] = [
        {
            "first_day": one.first_day.isoformat(),
            "last_day": one.last_day.isoformat(),
            "days": one.days,
            "balance": plain(one.balance, currency),
            "rate": plain_number(one.rate),
            "amount": plain(one.amount, currency),
        }
        for one in stated.periods
    ]
    return {
        "basis": terms.basis,
        "fixing": terms.fixing.value,
        "day_count": terms.day_count.value,
        "periods": periods,
        "total": plain(stated.total, currency),
        "charged_until": None if stated.charged_until is None else stated.charged_until.isoformat(),
        "lump_sum": plain(lump_sum, currency),
        "warnings": list(stated.warnings),
    }
