"""Names and addresses for the sample, drawn from a country's words; it keeps companies apart and stores nothing."""

from dataclasses import dataclass, replace
from random import Random

from duedesk.actions.demo.sources import Country, Word

_TRIES = 6


@dataclass(frozen=True, slots=True)
class Site:
    """A company at its place. `address` is street, city, state, postal code, country, as the columns stand."""

    company: str
    domain: str
    address: tuple[str, str, str | None, str | None, str]
    tax_rate: int | None


@dataclass(frozen=True, slots=True)
class Person:
    """Someone to write to."""

    salutation: str
    first: str
    last: str
    name: str
    mailbox: str


class Names:
    """Draws names. A country's own companies come first, then ones put together from its words."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._left: dict[str, list[Word]] = {}
        self._taken: set[str] = set()
        self._domains: set[str] = set()

    def site(self, country: Country) -> Site:
        """Draw a company and where it is."""
        city = self._random.choice(country.cities)
        company = self._company(country, city.name)
        number = self.digits(country.number)
        street = country.street_form.format(street=self._random.choice(country.streets), number=number)
        address = (street, city.name, city.state or None, self.digits(city.postal) or None, country.name)
        return Site(company.text, self._domain(company.latin), address, city.tax_rate)

    def branch_of(self, head: Site, site: Site) -> Site:
        """Give a company's branch at another place: its name with the city, its web address."""
        company = f"{head.company}, {site.address[1]}"
        if company in self._taken:
            return site
        self._taken.add(company)
        return replace(site, company=company, domain=head.domain)

    def person(self, country: Country) -> Person:
        """Draw a person."""
        is_woman = self._random.random() < 0.5
        first = self._random.choice(country.women if is_woman else country.men)
        last = self._random.choice(country.families)
        name = country.person.format(given=first.text, family=last.text)
        return Person("Ms." if is_woman else "Mr.", first.text, last.text, name, f"{first.latin}.{last.latin}")

    def digits(self, pattern: str) -> str:
        """Fill a pattern: # is a digit, % one from 1 to 9, @ a capital letter."""
        drawn = {"#": "0123456789", "%": "123456789", "@": "ABCDEFGHJKLNPRSTXZ"}
        return "".join(self._random.choice(drawn[one]) if one in drawn else one for one in pattern)

    def _company(self, country: Country, city: str) -> Word:
        if country.name not in self._left:
            self._left[country.name] = list(country.companies)
        left = self._left[country.name]
        while left:
            company = left.pop(0)
            if company.text not in self._taken:
                self._taken.add(company.text)
                return company
        for _ in range(_TRIES):
            made = self._made_up(country, city)
            if made.text not in self._taken:
                break
        else:
            made = self._numbered(made, city)
        self._taken.add(made.text)
        return made

    def _made_up(self, country: Country, city: str) -> Word:
        choose = self._random.choice
        stem, trade = choose(country.stems), choose(country.trades)
        family, other = choose(country.families), choose(country.families)
        parts = {"stem": stem, "trade": trade, "family": family, "other": other}
        pattern = choose(country.patterns)
        text = pattern.format(
            **{part: word.text for part, word in parts.items()}, form=choose(country.forms), city=city
        )
        used = sorted((pattern.find("{" + part + "}"), word.latin) for part, word in parts.items())
        return Word(text.strip(), "-".join(latin for place, latin in used if place >= 0))

    def _numbered(self, made: Word, city: str) -> Word:
        """Tell namesakes apart by their city, then by a number, as companies do."""
        text, number = f"{made.text} ({city})", 2
        while text in self._taken:
            text, number = f"{made.text} {number} ({city})", number + 1
        return Word(text, made.latin)

    def _domain(self, latin: str) -> str:
        domain, number = f"{latin[:40].strip('-')}.example", 2
        while domain in self._domains:
            domain, number = f"{latin[:40].strip('-')}{number}.example", number + 1
        self._domains.add(domain)
        return domain
