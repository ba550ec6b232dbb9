"""The sample's customers: accounts with addresses and contacts, their owners and terms; no invoice is made here."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from duedesk.actions.demo.days import Days
from duedesk.actions.demo.habits import Habit, HabitDealer
from duedesk.actions.demo.names import Names, Site
from duedesk.actions.demo.rows import Rows
from duedesk.actions.demo.sources import Country, Sources
from duedesk.domain.money import from_units, plain
from duedesk.domain.names import fold, tidy

_TERMS = (
    ("Net 14", 14, 10),
    ("Net 30", 30, 33),
    ("Net 45", 45, 21),
    ("Net 60", 60, 33),
    ("Due on receipt", 0, 3),
)
"""Name, days, percent of the customers."""

_SIZES = ((6, 12, 24, 5), (30, 4, 8, 3), (100, 1, 3, 2))
"""Percent up to, invoices from and to by weight, and how large its orders are."""

_SIZE_STEP = 61
"""Walks through the hundred so that however few customers there are, all sizes are among them."""

_TITLES = ("Accounts payable", "Head of finance", "Bookkeeper", "Purchasing")


@dataclass(frozen=True, slots=True)
class Customer:
    """What billing and paying need to know of an account. `stop` is the day after which nothing is paid any more."""

    id: int
    contact_id: int
    owner_id: int
    term_id: int
    term_days: int
    country: Country
    tax_rate: int
    tax_line: str
    currencies: tuple[str, ...]
    weight: int
    scale: int
    habit: Habit
    pay_weekday: int
    stop: int | None
    gross: bool
    pays_by_card: bool
    pays_ahead: bool


@dataclass(frozen=True, slots=True)
class _House:
    """Whom customers are given to."""

    owners: Sequence[int]
    terms: Sequence[tuple[int, int]]
    created: str


class Parties:
    """Makes the parties of one sample book; ask for them once."""

    def __init__(self, random: Random, days: Days, rows: Rows, sources: Sources) -> None:
        self._random = random
        self._days = days
        self._rows = rows
        self._sources = sources
        self._names = Names(random)
        self._dealt: dict[str, int] = {}
        self._dealers: dict[str, HabitDealer] = {}
        self._number = 10_000
        self._heads: dict[str, tuple[int, Site]] = {}

    def customers(self, count: int) -> list[Customer]:
        """Make `count` accounts with all that belongs to them."""
        house = self._house()
        made = []
        for country in self._spread(count):
            made.append(self._customer(country, house))
            self._rows.write(at_least=10_000)
        self._rows.write()
        return made

    def _house(self) -> _House:
        created, journal = self._days.moment(-400, "08", 0), self._rows.journal_id
        seller = self._sources.seller
        owners = []
        for name, kind in (*((clerk, "User") for clerk in seller.clerks), (seller.group, "Group")):
            owners.append(self._rows.owner_key())
            self._rows.owners.append((owners[-1], name, kind, created, journal))
        terms = []
        for name, period, percent in _TERMS:
            key = self._rows.term_key()
            said = f"Payable within {period} days of the invoice date" if period else "Payable at once"
            self._rows.terms.append((key, name, said, period == 30, "Active", period, created, journal))
            terms += [(key, period)] * percent
        return _House(owners, terms, created)

    def _spread(self, count: int) -> Iterator[Country]:
        """Give a country for each account: shares are kept, the order is drawn."""
        total, reached, dealt = sum(country.weight for country in self._sources.countries), 0, 0
        deck = []
        for country in self._sources.countries:
            reached += country.weight
            upto = count * reached // total
            deck += [country] * (upto - dealt)
            dealt = upto
        self._random.shuffle(deck)
        return iter(deck)

    def _customer(self, country: Country, house: _House) -> Customer:
        random = self._random
        dealt = self._dealt[country.currency] = self._dealt.get(country.currency, 0) + 1
        percent = dealt * _SIZE_STEP % 100
        smallest, largest, scale = next(size[1:] for size in _SIZES if percent < size[0])
        weight = random.randint(smallest, largest)
        habit = self._dealers.setdefault(country.currency, HabitDealer()).deal(weight)
        term_id, term_days = random.choice(house.terms)
        owner_id = random.choice(house.owners)
        site = self._names.site(country)
        parent_id, site = self._branch(country, site)
        account_id = self._account(country, site, house, owner_id, term_id, parent_id)
        contact_id = self._contacts(country, site, account_id, house.created)
        if parent_id is None:
            self._heads.setdefault(country.name, (account_id, site))
        rate = country.tax_rate if site.tax_rate is None else site.tax_rate
        return Customer(
            id=account_id,
            contact_id=contact_id,
            owner_id=owner_id,
            term_id=term_id,
            term_days=term_days,
            country=country,
            tax_rate=rate,
            tax_line=f"{country.tax_name} {plain(from_units(rate), '').rstrip('0').rstrip('.')} %",
            currencies=self._currencies(country),
            weight=weight,
            scale=scale,
            habit=habit,
            pay_weekday=random.randrange(5),
            stop=self._days.last - random.randint(20, 600) if habit is Habit.STOPPED else None,
            gross=random.random() < 0.08,
            pays_by_card=random.random() < 0.1,
            pays_ahead=random.random() < 0.06,
        )

    def _branch(self, country: Country, site: Site) -> tuple[int | None, Site]:
        """Make a few accounts the branches of their country's first one."""
        head = self._heads.get(country.name)
        if head is None or self._random.random() >= 0.03:
            return None, site
        return head[0], self._names.branch_of(head[1], site)

    def _currencies(self, country: Country) -> tuple[str, ...]:
        """Give the account's currency; a few are billed in another one as well."""
        if self._random.random() >= 0.05:
            return (country.currency,)
        return (country.currency, "USD" if country.currency == "EUR" else "EUR")

    def _account(
        self, country: Country, site: Site, house: _House, owner_id: int, term_id: int, parent_id: int | None
    ) -> int:
        key = self._rows.account_key()
        self._number += self._random.randint(1, 9)
        name = tidy(site.company)
        self._rows.accounts.append(
            (
                key,
                f"{self._number:07d}",
                name,
                fold(name),
                owner_id,
                parent_id,
                term_id,
                country.currency,
                "Reseller" if self._random.random() < 0.1 else "Customer",
                *site.address,
                self._names.digits(country.phone),
                f"https://www.{site.domain}",
                house.created,
                self._rows.journal_id,
            )
        )
        return key

    def _contacts(self, country: Country, site: Site, account_id: int, created: str) -> int:
        """Make one to three contacts and give the first, who gets the bills."""
        keys = []
        for _ in range(1 + int(self._random.random() * self._random.random() * 3)):
            keys.append(self._rows.contact_key())
            person = self._names.person(country)
            self._rows.contacts.append(
                (
                    keys[-1],
                    account_id,
                    person.salutation,
                    person.first,
                    person.last,
                    person.name,
                    _TITLES[(len(keys) - 1) % len(_TITLES)],
                    f"{person.mailbox}@{site.domain}",
                    self._names.digits(country.phone),
                    *site.address,
                    created,
                    self._rows.journal_id,
                )
            )
        return keys[0]
