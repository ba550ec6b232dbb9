"""The wording of letters: texts of a language with merge fields from a fixed list; it lays nothing out.

A merge field is a name after a dollar sign and nothing more: no attribute, no call, no loop. What is filled in is
never looked at again, so that a customer called `$total` is only called so.
"""

import tomllib
from dataclasses import dataclass, fields
from functools import cache
from string import Template
from typing import Any

from duedesk.domain.errors import RequestError
from duedesk.resources import resource


@dataclass(frozen=True, slots=True)
class MergeFields:
    """What a wording can name, each already written as it is to be read; the counts choose between variants."""

    account: str
    account_number: str
    contact: str
    """How the person is addressed, `Ms Lenoir`; empty where nobody is known."""
    sender: str
    letter_date: str
    as_of: str
    pay_by: str
    total: str
    """All totals with their currencies, in words: `1,250.40 EUR and 98,000 JPY`."""
    invoice: str
    """The number of the oldest invoice, like its due date and days."""
    due_date: str
    days_overdue: str
    invoice_count: int
    currency_count: int
    letter: str = ""
    """The number of the letter."""
    last_name: str = ""
    principal: str = ""
    """What the invoices ask for, without unapplied money, fee and interest."""
    unapplied: str = ""
    """What is taken off for money not allocated yet, written without its sign."""
    fee: str = ""
    interest: str = ""
    previous_date: str = ""
    """The date of the letter before."""
    reference: str = ""
    signed_by: str = ""
    address_as: str = ""
    """`woman`, `man`, `person` where only the name is known, `nobody`: it chooses the salutation."""


FIELDS = tuple(field.name for field in fields(MergeFields) if field.name != "address_as")


@dataclass(frozen=True, slots=True)
class Variant:
    """One text, or several of which one is taken, by what the axis says of the letter."""

    texts: tuple[str, ...]
    axis: str = ""


@dataclass(frozen=True, slots=True)
class Wording:
    """The texts of one kind of letter in one language."""

    title: Variant
    subject: Variant
    salutation: Variant
    paragraphs: tuple[tuple[Variant, ...], ...]
    """Each of one sentence or several that are chosen one by one."""
    closing: Variant
    signature: Variant


@dataclass(frozen=True, slots=True)
class Merged:
    """The texts of one letter, ready to be set."""

    title: str
    subject: str
    salutation: str
    paragraphs: tuple[str, ...]
    closing: str
    signature: str


AXES = {
    "invoice": ("one_invoice", "several_invoices"),
    "currency": ("one_currency", "several_currencies"),
    "contact": ("with_contact", "without_contact"),
    "sender": ("with_sender", "without_sender"),
    "previous": ("with_previous", "without_previous"),
    "unapplied": ("with_unapplied", "without_unapplied"),
    "charges": ("with_charges", "without_charges"),
    "signer": ("with_signer", "without_signer"),
    "person": ("to_woman", "to_man", "to_person", "to_nobody"),
}
"""What a text can depend on: of the texts under these names one is taken, and an empty one is left out."""

_PARTS = ("title", "subject", "salutation", "paragraphs", "closing", "signature")


@cache
def read_wording(language: str, name: str) -> Wording:
    """Read a shipped wording, `("en", "first-reminder")`; RequestError where there is none or it is at fault."""
    path = resource("letters", language, f"{name}.toml")
    if not language.isalpha() or not path.is_file():
        raise RequestError(f"There is no wording “{name}” in the language “{language}”.", "English is en.")
    return parse_wording(path.read_text(encoding="utf-8"), f"{language}/{name}")


def parse_wording(text: str, place: str) -> Wording:
    """Read a wording from TOML; RequestError names the place, the text and the field that is not known."""
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RequestError(f"The wording {place} cannot be read: {error}.", "The letter was not made.") from None
    return wording_of(tables, place)


def wording_of(tables: dict[str, Any], place: str) -> Wording:
    """Read a wording from what TOML or JSON gave; RequestError as above."""
    if wrong := set(_PARTS).symmetric_difference(tables):
        raise RequestError(
            f"The wording {place} has to have exactly {', '.join(sorted(_PARTS))}.",
            f"Look at {', '.join(sorted(wrong))}.",
        )
    said = dict(tables)
    paragraphs = said.pop("paragraphs")
    if not isinstance(paragraphs, list) or not paragraphs:
        raise RequestError(f"The wording {place} has no paragraphs.", "Give at least one.")
    single = {part: _variant(one, f"{place}, {part}") for part, one in said.items()}
    several = []
    for number, one in enumerate(paragraphs, start=1):
        sentences = one if isinstance(one, list) else [one]
        several.append(tuple(_variant(sentence, f"{place}, paragraph {number}") for sentence in sentences))
    return Wording(**single, paragraphs=tuple(several))


def merge(wording: Wording, values: MergeFields, letter: str = "") -> Merged:
    """Fill a wording in, taking of each text the one that fits what is known.

    RequestError names letter and field where `letter` is given and a text that is taken names what is not known.
    """
    taken = _taken(values)
    filling = {name: str(getattr(values, name)) for name in FIELDS}

    def fill(variant: Variant) -> str:
        text = variant.texts[taken[variant.axis]]
        if letter:
            _check_known(text, filling, letter)
        return Template(text).substitute(filling).strip()

    return Merged(
        title=fill(wording.title),
        subject=fill(wording.subject),
        salutation=fill(wording.salutation),
        paragraphs=tuple(" ".join(filter(None, map(fill, sentences))) for sentences in wording.paragraphs),
        closing=fill(wording.closing),
        signature=fill(wording.signature),
    )


def _taken(values: MergeFields) -> dict[str, int]:
    """Give which of its texts is taken, for each axis."""
    whom = ("woman", "man", "person", "nobody")
    return {
        "": 0,
        "invoice": int(values.invoice_count != 1),
        "currency": int(values.currency_count != 1),
        "contact": int(not values.contact),
        "sender": int(not values.sender),
        "previous": int(not values.previous_date),
        "unapplied": int(not values.unapplied),
        "charges": int(not (values.fee or values.interest)),
        "signer": int(not values.signed_by),
        "person": whom.index(values.address_as) if values.address_as in whom else 3,
    }


def _check_known(text: str, filling: dict[str, str], letter: str) -> None:
    for name in Template(text).get_identifiers():
        if not filling[name]:
            raise RequestError(
                f"The text of the letter {letter} names ${name}, and it has none.",
                "Nothing was printed: fill it in, or choose another text.",
            )


def _variant(said: object, place: str) -> Variant:
    if isinstance(said, str):
        _check(said, place)
        return Variant((said,))
    if isinstance(said, dict) and all(isinstance(text, str) for text in said.values()):
        for axis, names in AXES.items():
            if said.keys() == set(names):
                for name in names:
                    _check(said[name], f"{place}, {name}")
                return Variant(tuple(said[name] for name in names), axis)
    sets = "; ".join(" and ".join((", ".join(names[:-1]), names[-1])) for names in AXES.values())
    raise RequestError(f"The wording {place} is neither a text nor a pair of texts.", f"Pairs are {sets}.")


def _check(text: str, place: str) -> None:
    template = Template(text)
    if not template.is_valid():
        before = text[
            : next(found.start() for found in template.pattern.finditer(text) if found["invalid"] is not None)
        ]
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        raise RequestError(
            f"The wording {place} has a lone $ in line {line}, column {column}.", "Write $$ for a dollar sign."
        )
    if unknown := [name for name in template.get_identifiers() if name not in FIELDS]:
        raise RequestError(
            f"The wording {place} names a field that does not exist: ${unknown[0]}.",
            f"The fields are {', '.join(f'${name}' for name in FIELDS)}.",
        )
