"""The profiles and rates that come with the program say what they rest on, and charge as each country's law does."""

from datetime import date
from decimal import Decimal

import pytest

from duedesk.actions.interest import shipped
from duedesk.documents.dunning_labels import basis_in
from duedesk.domain.interest.accrual import Claim, InterestTerms, statement
from duedesk.domain.interest.profiles import CONTRACT, LateChoice, LateRules, NoInterest
from duedesk.domain.interest.reference_rates import RateTable, half_year
from duedesk.domain.languages import LANGUAGES

RATES = RateTable(shipped.series(), shipped.rates())
RULES = LateRules(shipped.profiles(), RATES)
DUE, PAID = date(2024, 5, 31), date(2024, 9, 15)


def total(country: str, **how: bool) -> str:
    """Give the interest on 10,000 that are 107 days late, or why there is none."""
    rules = LateRules(shipped.profiles(), RATES, {"DE": LateChoice("DE", charges_consumers=True)})
    terms = rules.terms(rules.country(country), is_consumer=how.get("is_consumer", False))
    if isinstance(terms, NoInterest):
        return terms.why
    return str(statement(Claim.of("EUR", DUE, (DUE, Decimal(10_000))), terms, RATES, PAID).total)


@pytest.mark.parametrize(
    ("country", "interest"),
    [
        ("Portugal", "361.16"),  # the directive
        ("Italia", "361.16"),
        ("es", "361.16"),
        ("The Netherlands", "361.16"),
        ("Frankreich", "419.79"),  # 14.5 % for 30 days, 14.25 % for 77
        ("DEUTSCHLAND", "364.68"),  # 12.62 % and 12.37 %
        ("Österreich", "383.44"),  # 13.08 %
        ("Ireland", "359.11"),  # one rate: that of the day of payment
        ("Belgique", "366.44"),  # 12.5 % and, rounded up, 12.5 %
        ("United Kingdom", "388.42"),  # 13.25 %, that of the first half-year, for all of it
        ("USA", "United States: the rate of the contract is not set."),
        ("Atlantis", "No profile of late interest applies to Every other country."),
        ("", "No profile of late interest applies to Every other country."),
    ],
)
def test_each_country_charges_by_its_own_rule(country: str, interest: str) -> None:
    assert total(country) == interest


def test_consumers_are_charged_only_where_the_law_and_the_book_say_so() -> None:
    assert total("Germany", is_consumer=True) == "247.42"  # 8.62 % and 8.37 %
    assert total("Austria", is_consumer=True) == "The customer is a consumer, and consumers are not charged."
    assert total("France", is_consumer=True) == (
        "The customer is a consumer, and the profile France has no rate for consumers."
    )


def test_a_company_can_charge_its_own_rate_another_countrys_rule_or_nothing() -> None:
    choices = {
        "US": LateChoice("US", Decimal(18)),
        "FR": LateChoice("FR", Decimal("5.5")),
        "CH": LateChoice("DE", basis="Verzugszins nach AGB"),
        "IT": LateChoice(""),
        "": LateChoice("EU"),
    }
    rules = LateRules(shipped.profiles(), RATES, choices, {"EUR": Decimal(5)})
    chosen = {code: rules.terms(rules.country(code), is_consumer=False) for code in ("US", "FR", "ch", "IT", "AR")}
    us, fr, swiss, it, argentina = chosen.values()
    assert isinstance(us, InterestTerms)
    assert us == InterestTerms("Late interest as agreed in the contract", percent=Decimal(18))
    assert isinstance(fr, InterestTerms)
    assert fr.percent == Decimal("5.5")
    assert isinstance(swiss, InterestTerms)
    assert (swiss.margin, swiss.basis) == (Decimal(9), "Verzugszins nach AGB")
    assert isinstance(it, NoInterest)
    assert argentina == rules.profiles["EU"].business
    assert [str(rules.minimum(code)) for code in ("EUR", "USD")] == ["5", "0"]
    assert rules.countries()[-1] == ""
    assert rules.name_of("GB") == "United Kingdom"


def test_the_lump_sum_depends_on_the_debt_and_is_no_consumers() -> None:
    british, irish, german = (shipped.profiles()[code] for code in ("GB", "IE", "DE"))
    debts = [Decimal(text) for text in ("0", "999.99", "1000", "1000.01", "9999.99", "10000", "10000.01")]
    assert [british.lump_sum(debt, "GBP") for debt in debts] == [0, 40, 70, 70, 70, 100, 100]
    assert [irish.lump_sum(debt, "EUR") for debt in debts] == [0, 40, 40, 70, 70, 70, 100]
    assert german.lump_sum(Decimal(50), "EUR") == 40
    assert german.lump_sum(Decimal(50), "EUR", is_consumer=True) == german.lump_sum(Decimal(50), "USD") == 0


def test_every_profile_says_where_it_is_from_and_every_rate_stands_at_a_half_year() -> None:
    for profile in shipped.profiles().values():
        assert profile.source
        assert profile.as_of >= date(2011, 1, 1)
        assert profile.business or profile.contract_basis
        for terms in (profile.business, profile.consumer):
            assert terms is None or (terms.basis and (not terms.series or RATES.of(terms.series)))
    for rate in shipped.rates():
        assert rate.start == half_year(rate.start)
        assert rate.source
    seen = [code for profile in shipped.profiles().values() for code in profile.countries]
    assert len(seen) == len(set(seen))


def test_what_was_not_known_when_the_program_was_made_is_warned_of() -> None:
    missing = "For July to December 2026 the reference rates are missing: AT-BASE, DE-BASE, ECB."
    assert RATES.warnings(date(2026, 6, 20)) == RATES.warnings(date(2026, 11, 23)) == (missing,)
    assert RATES.warnings(date(2026, 5, 20)) == ()


def test_a_letter_says_in_its_language_what_its_interest_rests_on() -> None:
    bases = {CONTRACT} | {profile.contract_basis for profile in shipped.profiles().values() if profile.contract_basis}
    for profile in shipped.profiles().values():
        bases |= {terms.basis for terms in (profile.business, profile.consumer) if terms is not None}
    for basis in bases:
        said = [basis_in(language, basis) for language in LANGUAGES]
        assert said[LANGUAGES.index("en")] == basis
        assert len(set(said)) == len(LANGUAGES), basis
    assert basis_in("de", "Verzugszins nach AGB") == "Verzugszins nach AGB"
