"""What applies to a country of late interest, as JSON; `duedesk late-interest` writes it."""

from duedesk.cli.json_text import Json, plain_number
from duedesk.domain.interest.accrual import InterestTerms
from duedesk.domain.interest.profiles import LateRules, NoInterest
from duedesk.domain.money import plain


def country_json(rules: LateRules, country: str) -> Json:
    """Give what the book chose for a country, what is charged there, and what that rests on."""
    choice, profile = rules.choice(country), rules.profile(country)
    business, consumer = (rules.terms(country, is_consumer=who) for who in (False, True))
    return {
        "country": country or None,
        "name": rules.name_of(country),
        "is_chosen": country in rules.choices,
        "profile": choice.profile or None,
        "percent": None if choice.percent is None else plain_number(choice.percent),
        "charges_consumers": choice.charges_consumers,
        "business": _terms(business),
        "consumer": _terms(consumer),
        "source": None if profile is None else profile.source,
        "url": None if profile is None else profile.url,
        "as_of": None if profile is None else profile.as_of.isoformat(),
        "remark": None if profile is None else profile.remark,
    }


def least_json(rules: LateRules) -> dict[str, str]:
    """Give the least interest that a letter charges, by currency."""
    return {code: plain(least, code) for code, least in sorted(rules.minimums.items())}


def _terms(terms: InterestTerms | NoInterest) -> Json:
    if isinstance(terms, NoInterest):
        return {"why": terms.why}
    return {
        "basis": terms.basis,
        "percent": None if terms.percent is None else plain_number(terms.percent),
        "series": terms.series or None,
        "margin": plain_number(terms.margin),
        "fixing": terms.fixing.value,
        "day_count": terms.day_count.value,
    }
