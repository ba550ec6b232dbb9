"""The sample's names and addresses look real, in many scripts, and lead nowhere outside it."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime
from random import Random
from typing import Any

import pytest
from sqlalchemy import Row, select

from duedesk.actions.demo import make_demo
from duedesk.actions.demo.names import Names
from duedesk.actions.demo.sources import in_latin, read_sources
from duedesk.actions.workspace import Workspace
from duedesk.domain.names import fold, tidy
from duedesk.domain.objects import CATALOG
from duedesk.domain.world import World
from duedesk.store.tables.ledger import invoice_line
from duedesk.store.tables.party import account, contact, owner, payment_term

SCRIPTS = {"LATIN", "GREEK", "CYRILLIC", "ARABIC", "HEBREW", "CJK", "KATAKANA", "HIRAGANA", "DEVANAGARI", "THAI"}


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """The book of 2,000 invoices and 150 accounts that everybody sees first."""
    today = date(2026, 11, 23)
    world = World(lambda: datetime(2026, 11, 23, tzinfo=UTC), lambda: today, Random(0), "Ana Reyes")
    workspace = make_demo(str(tmp_path_factory.mktemp("demo") / "sample.duedesk"), world)
    yield workspace
    workspace.close()


def everything(workspace: Workspace, table: Any) -> list[Row[Any]]:
    with workspace.book.reading() as connection:
        return list(connection.execute(select(table).order_by(table.c.id)))


def scripts(text: str) -> set[str]:
    return {unicodedata.name(letter).split()[0] for letter in text if letter.isalpha()}


def test_accounts_are_written_in_many_scripts(sample: Workspace) -> None:
    names = [row.name for row in everything(sample, account)]
    seen = Counter(script for name in names for script in scripts(name))
    assert set(seen) >= SCRIPTS
    assert any(unicodedata.normalize("NFD", name) != name for name in names if scripts(name) == {"LATIN"})
    assert any("," in name for name in names)
    assert any("&" in name for name in names)
    assert any("'" in name for name in names)
    assert max(map(len, names)) > 100


def test_no_two_accounts_are_called_the_same(sample: Workspace) -> None:
    found = everything(sample, account)
    assert len({row.folded_name for row in found}) == len(found) == 150
    assert all(row.folded_name == fold(row.name) and row.name == tidy(row.name) for row in found)


def test_account_numbers_keep_their_leading_zeros(sample: Workspace) -> None:
    numbers = [row.account_number for row in everything(sample, account)]
    assert all(re.fullmatch(r"0\d{6}", number) for number in numbers)
    assert numbers == sorted(set(numbers))


def test_everybody_can_be_written_to_and_nobody_real(sample: Workspace) -> None:
    people = everything(sample, contact)
    assert {row.account_id for row in people} == {row.id for row in everything(sample, account)}
    assert all(re.fullmatch(r"[a-z0-9.-]+@[a-z0-9][a-z0-9-]*\.example", row.email) for row in people)
    assert all(row.mailing_street and row.mailing_city and row.mailing_country for row in people)
    assert all("555" in row.phone.replace(" ", "") for row in people)
    assert scripts("".join(row.name for row in people)) >= SCRIPTS - {"KATAKANA", "HIRAGANA"}


def test_addresses_come_from_many_countries(sample: Workspace) -> None:
    found = everything(sample, account)
    assert len({row.billing_country for row in found}) > 20
    for row in found:
        assert not re.search(r"[#%@{}]", f"{row.billing_street}{row.billing_postal_code}{row.phone}")


def test_what_is_stored_fits_its_fields(sample: Workspace) -> None:
    for name in ("Account", "Contact", "PaymentTerm"):
        described = CATALOG.object(name)
        fields = [field for field in described.fields if field.is_stored]
        for row in everything(sample, {"Account": account, "Contact": contact, "PaymentTerm": payment_term}[name]):
            for field in fields:
                value = getattr(row, field.column)
                assert not isinstance(value, str) or len(value) <= field.max_length, (name, field.name, value)


def test_four_clerks_a_group_and_five_terms(sample: Workspace) -> None:
    assert Counter(row.type for row in everything(sample, owner)) == {"User": 4, "Group": 1}
    terms = {row.name: row.period for row in everything(sample, payment_term)}
    assert terms == {"Net 14": 14, "Net 30": 30, "Net 45": 45, "Net 60": 60, "Due on receipt": 0}
    assert [row.name for row in everything(sample, payment_term) if row.is_default] == ["Net 30"]
    assert len({row.owner_id for row in everything(sample, account)}) == 5


def test_lines_are_described_in_the_customers_language(sample: Workspace) -> None:
    described = "".join(row.description or "" for row in everything(sample, invoice_line))
    assert scripts(described) >= SCRIPTS - {"HIRAGANA"}


def test_every_country_can_fill_a_large_book() -> None:
    """Names that come from chance alone stay apart, by city and then by number."""
    names = Names(Random(1))
    for country in read_sources().countries:
        sites = [names.site(country) for _ in range(300)]
        assert len({site.company for site in sites}) == 300
        assert len({site.domain for site in sites}) == 300
        for site in sites:
            assert site.company == tidy(site.company)
            assert not re.search(r"[{}=]", site.company)
        people = [names.person(country) for _ in range(30)]
        assert all(re.fullmatch(r"[a-z0-9-]+\.[a-z0-9-]+", person.mailbox) for person in people)


@pytest.mark.parametrize(
    ("text", "language", "latin"),
    [
        ("Müller & Söhne GmbH", "de", "mueller-soehne-gmbh"),
        ("Pöyhönen & Mäkelä Oy", "fi", "poyhonen-makela-oy"),
        ("O'Brien & Daughters, Ltd.", "en", "obrien-daughters-ltd"),
        ("Łuczak Sp. z o.o.", "pl", "luczak-sp-z-oo"),
        ("İzmir Işık A.Ş.", "tr", "izmir-isik-as"),
        ("Weiß A/S", "da", "weiss-as"),
    ],
)
def test_names_become_web_addresses(text: str, language: str, latin: str) -> None:
    assert in_latin(text, language) == latin


def test_three_currencies_and_no_other_country_twice() -> None:
    countries = read_sources().countries
    assert {country.currency for country in countries} == {"EUR", "USD", "JPY"}
    assert len({country.name for country in countries}) == len(countries) > 20
