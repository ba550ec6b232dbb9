"""Addresses as the post of the country reads them."""

import pytest

from duedesk.documents.address import Address, address_lines, same_country, script_of


@pytest.mark.parametrize(
    ("address", "lines"),
    [
        (
            Address("27 rue des Tanneurs", "Lille", "Nord", "59000", "France"),
            ("27 rue des Tanneurs", "59000 Lille", "FRANCE"),
        ),
        (
            Address("400 Main St\nSuite 12", "Springfield", "IL", "62701", "USA"),
            ("400 Main St", "Suite 12", "Springfield, IL 62701", "USA"),
        ),
        (
            Address("1 George St", "Sydney", "NSW", "2000", "Australia"),
            ("1 George St", "Sydney, NSW 2000", "AUSTRALIA"),
        ),
        (Address("1 George St", "Ottawa", "ON", "K1A 0B1", "Canada"), ("1 George St", "Ottawa, ON K1A 0B1", "CANADA")),
        (Address("丸の内1-1-1", "Tokyo", "", "100-0005", "Japan"), ("丸の内1-1-1", "Tokyo 100-0005", "JAPAN")),
        (
            Address("Königstraße 5", "Köln", "NRW", "50667", "Deutschland"),
            ("Königstraße 5", "50667 Köln", "DEUTSCHLAND"),
        ),
        (
            Address("14 Quay Street", "Bristol", "", "BS1 4DJ", "United Kingdom"),
            ("14 Quay Street", "Bristol", "BS1 4DJ"),
        ),
        (
            Address("Av. Paulista 900", "São Paulo", "SP", "01310-100", "Brasil"),
            ("Av. Paulista 900", "São Paulo, SP 01310-100", "BRASIL"),
        ),
        (Address("5 Elm St", "Springfield", "IL", "62701"), ("5 Elm St", "Springfield, IL 62701")),
        (Address("", "Lille", "", "59000"), ("59000 Lille",)),
        (Address("", "", "", "59000"), ("59000",)),
        (Address(), ()),
        (Address("a\r\n\n b \nc\nd\ne", "Lille", country="France"), ("a", "b", "c, d, e", "Lille", "FRANCE")),
    ],
)
def test_lines(address: Address, lines: tuple[str, ...]) -> None:
    assert address_lines(address, "United Kingdom") == lines


def test_the_country_is_left_out_at_home_and_said_where_home_is_not_known() -> None:
    there = Address("27 rue des Tanneurs", "Lille", "", "59000", "FRANCE ")
    assert address_lines(there, "France") == ("27 rue des Tanneurs", "59000 Lille")
    assert address_lines(there) == ("27 rue des Tanneurs", "59000 Lille", "FRANCE")
    assert same_country("Ｆrance", "france")
    assert not same_country("Germany", "DE")


def test_an_address_without_a_place_is_none() -> None:
    assert Address(country="France", state="Nord").is_empty
    assert not Address(city="Lille").is_empty


@pytest.mark.parametrize(
    ("country", "script"), [("Japan", "JP"), ("台灣", "TC"), ("China", "SC"), ("KR", "KR"), ("France", "")]
)
def test_whose_characters_are_read_there(country: str, script: str) -> None:
    assert script_of(country) == script
