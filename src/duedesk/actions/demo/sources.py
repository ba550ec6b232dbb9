"""What the sample book is made from, read from `resources/demo`: countries, products, the seller; it draws nothing."""

import tomllib
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from duedesk.documents.letter import Letterhead
from duedesk.domain.money import to_units
from duedesk.resources import resource


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a name, and how it is spelt in Latin letters for an address on the web."""

    text: str
    latin: str


@dataclass(frozen=True, slots=True)
class City:
    """A city with the pattern of its postal codes; `tax_rate` is its own where it differs from its country's."""

    name: str
    postal: str
    state: str
    tax_rate: int | None


@dataclass(frozen=True, slots=True)
class Country:
    """The words of a country's names and addresses. Rates are percent in ten-thousandths."""

    name: str
    language: str
    currency: str
    weight: int
    tax_name: str
    tax_rate: int
    tax_code: str
    phone: str
    street_form: str
    number: str
    person: str
    streets: tuple[str, ...]
    cities: tuple[City, ...]
    companies: tuple[Word, ...]
    patterns: tuple[str, ...]
    stems: tuple[Word, ...]
    trades: tuple[Word, ...]
    forms: tuple[str, ...]
    families: tuple[Word, ...]
    women: tuple[Word, ...]
    men: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Product:
    """What is sold: its price in ten-thousandths of a euro, the most of it on one line, its name by language.

    `service` is for how many months it runs; 0 is no service.
    """

    name: str
    price: int
    most: int
    halves: bool
    service: int
    local: dict[str, str]


@dataclass(frozen=True, slots=True)
class Seller:
    """The seller: its letterhead, who works there, and what its customers and clerks write."""

    letterhead: Letterhead
    clerks: tuple[str, ...]
    group: str
    disputes: tuple[str, ...]
    returns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sources:
    """All that the sample is made from."""

    seller: Seller
    countries: tuple[Country, ...]
    products: tuple[Product, ...]


def read_sources() -> Sources:
    """Read everything, countries in the order of their file names."""
    countries = sorted(resource("demo", "countries").glob("*.toml"), key=lambda path: path.name)
    return Sources(
        seller=_seller(_read("seller.toml")),
        countries=tuple(_country(_read("countries", path.name)) for path in countries),
        products=tuple(map(_product, _read("products.toml")["product"])),
    )


def _read(*parts: str) -> dict[str, Any]:
    return tomllib.loads(resource("demo", *parts).read_text(encoding="utf-8"))


def _seller(said: dict[str, Any]) -> Seller:
    printed: dict[str, Any] = {
        name: tuple(text) if isinstance(text, list) else text for name, text in said["letterhead"].items()
    }
    lists = (tuple(said[part]) for part in ("disputes", "returns"))
    return Seller(Letterhead(**printed), tuple(said["clerks"]), said["group"], *lists)


def _country(said: dict[str, Any]) -> Country:
    tax = said["tax"]
    words: dict[str, Any] = {
        part: tuple(_word(one, said["language"]) for one in said[part])
        for part in ("companies", "stems", "trades", "families", "women", "men")
    }
    plain = {part: said[part] for part in ("name", "language", "currency", "weight", "phone", "street_form")}
    return Country(
        **plain,
        **words,
        tax_name=tax["name"],
        tax_rate=to_units(Decimal(tax["rate"])),
        tax_code=tax["code"],
        number=said.get("number", "%#"),
        person=said.get("person", "{given} {family}"),
        streets=tuple(said["streets"]),
        cities=tuple(map(_city, said["cities"])),
        patterns=tuple(said["patterns"]),
        forms=tuple(said["forms"]),
    )


def _city(said: str) -> City:
    name, postal, state, *rate = said.split("|")
    return City(name, postal, state, to_units(Decimal(rate[0])) if rate else None)


def _product(said: dict[str, Any]) -> Product:
    return Product(
        said["name"],
        to_units(Decimal(said["price"])),
        said["most"],
        said.get("halves", False),
        said.get("service", 0),
        said.get("local", {}),
    )


def _word(said: str, language: str) -> Word:
    text, _, latin = said.partition("=")
    return Word(text, latin or in_latin(text, language))


_LETTERS = str.maketrans({"ø": "o", "æ": "ae", "ł": "l", "đ": "d", "ı": "i", "&": " "})
_GERMAN_LETTERS = str.maketrans({"ö": "oe", "ü": "ue", "ä": "ae"})


def in_latin(text: str, language: str) -> str:
    """Spell a Latin text as a part of a web address: small ASCII letters and digits, joined by hyphens."""
    small = text.casefold()
    if language == "de":
        small = small.translate(_GERMAN_LETTERS)
    flat = unicodedata.normalize("NFKD", small.translate(_LETTERS))
    kept = "".join(
        " " if one in " -–,()" else one for one in flat if one in " -–,()" or (one.isascii() and one.isalnum())
    )
    return "-".join(kept.split())
