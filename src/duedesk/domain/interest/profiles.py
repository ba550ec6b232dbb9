"""What the law or the contract lets a creditor charge for late payment, country by country; it reads no file.

Businesses and consumers are told apart: a consumer is charged only where the profile knows a rate for consumers and the
book says that it is used; the lump sum is never a consumer's.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from duedesk.domain.interest.accrual import InterestTerms
from duedesk.domain.interest.reference_rates import RateTable
from duedesk.domain.money import ZERO
from duedesk.domain.names import fold

ELSEWHERE = ""
"""Stands for every country that has no choice of its own, and for accounts whose country is not known."""


@dataclass(frozen=True, slots=True)
class Tier:
    """A lump sum for debts up to a limit; the last has none. `below` leaves the limit itself to the next."""

    amount: Decimal
    up_to: Decimal | None = None
    below: Decimal | None = None

    def holds(self, debt: Decimal) -> bool:
        """Tell whether a debt is within it."""
        return (self.up_to is None or debt <= self.up_to) and (self.below is None or debt < self.below)


@dataclass(frozen=True, slots=True)
class LateProfile:
    """The rule of a country: where it is from, as of when, and what it lets one charge.

    `contract_basis` is there where only a contract gives a rate.
    """

    code: str
    name: str
    source: str
    url: str
    as_of: date
    countries: Mapping[str, tuple[str, ...]]
    remark: str = ""
    business: InterestTerms | None = None
    consumer: InterestTerms | None = None
    contract_basis: str = ""
    currency: str = ""
    """Of the lump sum."""
    tiers: tuple[Tier, ...] = ()

    def lump_sum(self, debt: Decimal, currency: str, *, is_consumer: bool = False) -> Decimal:
        """Give the fixed compensation for one late invoice; nothing from consumers, or in another currency."""
        if is_consumer or currency != self.currency or debt <= 0:
            return ZERO
        return next((tier.amount for tier in self.tiers if tier.holds(debt)), ZERO)


@dataclass(frozen=True, slots=True)
class LateChoice:
    """What a book does for a country: which profile (empty: nothing is charged), at which rate where it has its own."""

    profile: str
    percent: Decimal | None = None
    """A rate of one's own in place of the profile's; None keeps that."""
    charges_consumers: bool = False
    basis: str = ""
    """What the letter says the interest rests on, in the company's own words; empty keeps the profile's."""


@dataclass(frozen=True, slots=True)
class NoInterest:
    """Why nothing is charged, in a sentence."""

    why: str
    hint: str = ""


@dataclass(frozen=True)
class LateRules:
    """The profiles, the rates, and what a book chose of them.

    A country without a choice has its own profile where there is one; everywhere else nothing is charged.
    """

    profiles: Mapping[str, LateProfile]
    rates: RateTable
    choices: Mapping[str, LateChoice] = field(default_factory=dict)
    minimums: Mapping[str, Decimal] = field(default_factory=dict)
    """The least interest that a letter charges, by currency."""

    def __post_init__(self) -> None:
        for profile in self.profiles.values():
            for code, names in profile.countries.items():
                self._named.update(dict.fromkeys((fold(code), *map(fold, names)), code))
                self._profile_of.setdefault(code, profile.code)

    _named: dict[str, str] = field(init=False, repr=False, compare=False, default_factory=dict)
    _profile_of: dict[str, str] = field(init=False, repr=False, compare=False, default_factory=dict)

    def country(self, name: str | None) -> str:
        """Give the code of a country as an address has it; ELSEWHERE where it is none that a profile knows."""
        folded = fold(name or "")
        code = self._named.get(folded, ELSEWHERE)
        return folded.upper() if code == ELSEWHERE and folded.upper() in self.choices else code

    def countries(self) -> tuple[str, ...]:
        """Give the countries that have a profile or a choice, by name, and ELSEWHERE at the end."""
        codes = sorted({*self._profile_of, *self.choices} - {ELSEWHERE}, key=self.name_of)
        return (*codes, ELSEWHERE)

    def name_of(self, country: str) -> str:
        """Give what a country is called."""
        profile = self.profiles.get(self._profile_of.get(country, ""))
        return profile.countries[country][0] if profile is not None else country or "Every other country"

    def choice(self, country: str) -> LateChoice:
        """Give what the book does for a country, chosen or not."""
        chosen = self.choices.get(country)
        if chosen is None and country in self._profile_of:
            return LateChoice(self._profile_of[country])
        return chosen or self.choices.get(ELSEWHERE, LateChoice(""))

    def profile(self, country: str) -> LateProfile | None:
        """Give the profile that applies to a country."""
        return self.profiles.get(self.choice(country).profile)

    def terms(self, country: str, *, is_consumer: bool) -> InterestTerms | NoInterest:
        """Give what is charged to somebody in a country, or why nothing is."""
        choice, where = self.choice(country), self.name_of(country)
        profile = self.profiles.get(choice.profile)
        if profile is None:
            return NoInterest(f"No profile of late interest applies to {where}.", _CHOOSE)
        found = self._of_consumer(profile, choice) if is_consumer else self._of_business(profile, choice)
        if choice.basis and isinstance(found, InterestTerms):
            return replace(found, basis=choice.basis)
        return found

    @staticmethod
    def _of_business(profile: LateProfile, choice: LateChoice) -> InterestTerms | NoInterest:
        if choice.percent is not None:
            return InterestTerms(profile.contract_basis or CONTRACT, percent=choice.percent)
        return profile.business or NoInterest(f"{profile.name}: the rate of the contract is not set.", _CHOOSE)

    @staticmethod
    def _of_consumer(profile: LateProfile, choice: LateChoice) -> InterestTerms | NoInterest:
        if profile.consumer is None:
            return NoInterest(f"The customer is a consumer, and the profile {profile.name} has no rate for consumers.")
        if not choice.charges_consumers:
            return NoInterest("The customer is a consumer, and consumers are not charged.", _CHOOSE)
        return profile.consumer

    def in_short(self, country: str, *, is_consumer: bool) -> str:
        """Say in a few words what is charged to somebody in a country: `ECB + 8`, `nothing`."""
        found = self.terms(country, is_consumer=is_consumer)
        return "nothing" if isinstance(found, NoInterest) else found.in_short

    def minimum(self, currency: str) -> Decimal:
        """Give the least interest that is charged in a currency."""
        return self.minimums.get(currency, ZERO)


CONTRACT = "Late interest as agreed in the contract"
_CHOOSE = "Choose under Settings, Late interest."
