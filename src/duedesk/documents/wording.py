"""The wording of letters: texts of a language with merge fields from a fixed list; it lays nothing out.

A merge field is a name after a dollar sign and nothing more: no attribute, no call, no loop. What is filled in is
never looked at again, so that a customer called `$total` is only called so.
"""

import tomllib
from dataclasses import dataclass, fields
from functools import cache
from string import Template

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


FIELDS = tuple(field.name for field in fields(MergeFields))


@dataclass(frozen=True, slots=True)
class Variant:
    """One text, or two of which the second is for several, for without."""

    first: str
    second: str
    axis: str = ""


@dataclass(frozen=True, slots=True)
class Wording:
    """The texts of one kind of letter in one language."""

    title: Variant
    subject: Variant
    salutation: Variant
    paragraphs: tuple[Variant, ...]
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


_AXES = {
    "invoice": ("one_invoice", "several_invoices"),
    "currency": ("one_currency", "several_currencies"),
    "contact": ("with_contact", "without_contact"),
    "sender": ("with_sender", "without_sender"),
}


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
    known = {"title", "subject", "salutation", "paragraphs", "closing", "signature"}
    if wrong := known.symmetric_difference(tables):
        raise RequestError(
            f"The wording {place} has to have exactly {', '.join(sorted(known))}.",
            f"Look at {', '.join(sorted(wrong))}.",
        )
    paragraphs = tables.pop("paragraphs")
    single = {part: _variant(said, f"{place}, {part}") for part, said in tables.items()}
    several = [_variant(said, f"{place}, paragraph {number}") for number, said in enumerate(paragraphs, start=1)]
    return Wording(**single, paragraphs=tuple(several))


def merge(wording: Wording, values: MergeFields) -> Merged:
    """Fill a wording in, taking of each pair the text that fits the counts and what is known."""
    takes_first = {
        "": True,
        "invoice": values.invoice_count == 1,
        "currency": values.currency_count == 1,
        "contact": bool(values.contact),
        "sender": bool(values.sender),
    }
    filling = {name: str(getattr(values, name)) for name in FIELDS}

    def fill(variant: Variant) -> str:
        return Template(variant.first if takes_first[variant.axis] else variant.second).substitute(filling).strip()

    return Merged(
        title=fill(wording.title),
        subject=fill(wording.subject),
        salutation=fill(wording.salutation),
        paragraphs=tuple(map(fill, wording.paragraphs)),
        closing=fill(wording.closing),
        signature=fill(wording.signature),
    )


def _variant(said: object, place: str) -> Variant:
    if isinstance(said, str):
        _check(said, place)
        return Variant(said, said)
    if isinstance(said, dict) and all(isinstance(text, str) for text in said.values()):
        for axis, (first, second) in _AXES.items():
            if said.keys() == {first, second}:
                _check(said[first], f"{place}, {first}")
                _check(said[second], f"{place}, {second}")
                return Variant(said[first], said[second], axis)
    pairs = "; ".join(" and ".join(pair) for pair in _AXES.values())
    raise RequestError(f"The wording {place} is neither a text nor a pair of texts.", f"Pairs are {pairs}.")


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
