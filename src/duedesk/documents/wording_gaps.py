"""What the fields of a text of letters mean, and which of them some letters lack; it fills nothing in."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from string import Template

from duedesk.documents.wording import AXES, Variant, Wording
from duedesk.domain.errors import RequestError

FIELD_WORDS: Mapping[str, str] = {
    "account": "Name of the account",
    "account_number": "Number of the account",
    "contact": "The person addressed",
    "last_name": "Last name of the person",
    "sender": "Name on the letterhead",
    "signed_by": "Who signs: the person at the desk",
    "letter": "Number of the letter",
    "letter_date": "Date of the letter",
    "as_of": "Day on which it was reckoned",
    "pay_by": "New payment deadline",
    "total": "All there is to pay, with currencies",
    "principal": "What the invoices ask for",
    "unapplied": "Payments and credits taken off",
    "fee": "Fee",
    "interest": "Interest",
    "invoice": "Number of the oldest invoice",
    "invoice_count": "How many invoices",
    "due_date": "Due date of the oldest invoice",
    "days_overdue": "Days the oldest is overdue",
    "currency_count": "How many currencies",
    "previous_date": "Date of the letter before",
    "reference": "Payment reference",
}
"""Each merge field in a few words, in the order in which a writer looks for them."""

AXIS_WORDS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "invoice": ("how many invoices", ("About one invoice", "About several invoices")),
    "currency": ("how many currencies", ("In one currency", "In several currencies")),
    "contact": ("whether a person is known", ("A person is known", "Nobody is known")),
    "person": ("whom it greets", ("To a woman", "To a man", "To a person by name", "To nobody by name")),
    "sender": ("whether a letterhead is set", ("With a letterhead", "Without a letterhead")),
    "previous": ("whether a letter went before", ("After an earlier letter", "Without an earlier letter")),
    "unapplied": ("whether money is taken off", ("Money is taken off", "Nothing is taken off")),
    "charges": ("whether it charges", ("With fee or interest", "Without fee and interest")),
    "signer": ("whether somebody signs", ("Somebody signs", "Nobody signs")),
}
"""What a text may depend on, and each of its cases, in the order of `AXES`."""

_KNOWN_IN: Mapping[str, Mapping[str, frozenset[int]]] = {
    "contact": {"contact": frozenset({0}), "person": frozenset({0, 1, 2})},
    "last_name": {"person": frozenset({0, 1})},
    "previous_date": {"previous": frozenset({0})},
    "unapplied": {"unapplied": frozenset({0})},
    "fee": {"charges": frozenset({0})},
    "interest": {"charges": frozenset({0})},
    "signed_by": {"signer": frozenset({0})},
    "sender": {"sender": frozenset({0})},
}
"""Fields that some letters lack, and the texts that only letters have which do not: by axis, the places there."""


@dataclass(frozen=True, slots=True)
class Gap:
    """A field that a text names although some letters that have the text lack it."""

    place: str
    field: str

    @property
    def sentence(self) -> str:
        """Say it in a sentence."""
        return f"{self.place} names ${self.field}, which some letters do not have."

    @property
    def remedy(self) -> str:
        """Say what to do."""
        axis, places = next(iter(_KNOWN_IN[self.field].items()))
        what, cases = AXIS_WORDS[axis]
        where = " or ".join(f"“{cases[place]}”" for place in sorted(places))
        return f"Let the sentence depend on {what}, and name it under {where} alone."


def gaps(wording: Wording) -> tuple[Gap, ...]:
    """Give the fields that would be missing in some letters, so that none of these could be printed."""
    return tuple(gap for place, variant in _variants(wording) for gap in _of_variant(place, variant))


def check_gaps(wording: Wording) -> None:
    """Refuse a text that some letters could not be printed with: RequestError names the place and the field."""
    if found := gaps(wording):
        raise RequestError(found[0].sentence, found[0].remedy)


def _of_variant(place: str, variant: Variant) -> Iterator[Gap]:
    for at, text in enumerate(variant.texts):
        for name in Template(text).get_identifiers():
            known = _KNOWN_IN.get(name)
            if known is not None and at not in known.get(variant.axis, ()):
                case = f", {AXIS_WORDS[variant.axis][1][at].lower()}," if variant.axis in AXES else ""
                yield Gap(f"{place}{case}", name)


def _variants(wording: Wording) -> Iterator[tuple[str, Variant]]:
    yield "The title", wording.title
    yield "The subject", wording.subject
    yield "The salutation", wording.salutation
    for number, sentences in enumerate(wording.paragraphs, 1):
        for sentence in sentences:
            yield f"Paragraph {number}", sentence
    yield "The closing", wording.closing
    yield "The signature", wording.signature
