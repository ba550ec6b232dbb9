"""What a dunning letter says: the text of its level and language with its own facts merged in; it lays nothing out."""

from dataclasses import asdict, replace
from enum import StrEnum
from typing import Any

from duedesk.documents.dunning_letter import DunningLetter
from duedesk.documents.elision import elided
from duedesk.documents.labels import Labels, read_labels
from duedesk.documents.references import in_groups
from duedesk.documents.wording import Merged, MergeFields, Wording, merge
from duedesk.domain.errors import RequestError
from duedesk.domain.languages import LANGUAGES
from duedesk.domain.money import ZERO
from duedesk.domain.names import fold, tidy
from duedesk.resources import resource


class Kind(StrEnum):
    """The texts there are in each language."""

    COURTESY = "courtesy"
    LEVEL_1 = "level-1"
    LEVEL_2 = "level-2"
    FINAL = "final"


_WOMEN = {
    *("ms", "mrs", "miss", "mme", "madame", "mlle", "mademoiselle", "frau", "fr", "sra", "señora", "srta", "señorita"),
    *("mevrouw", "mevr", "mw", "signora", "sig.ra", "signorina", "sig.na", "dott.ssa", "doña"),
}
_MEN = {
    *("mr", "m", "monsieur", "herr", "hr", "herrn", "sr", "señor", "heer", "de heer", "dhr", "signor", "sig"),
    *("signore", "dott", "don"),
}


def kind_of(tone: str, level: int, *, is_courtesy: bool = False) -> Kind:
    """Choose the text of a letter by its tone and level: the tone decides, a friendly second letter is a second one."""
    if is_courtesy:
        return Kind.COURTESY
    if tone == "final":
        return Kind.FINAL
    return Kind.LEVEL_2 if tone == "firm" or level > 1 else Kind.LEVEL_1


def language_for(wanted: str | None, fallback: str) -> str:
    """Give the language a letter is written in: the contact's own (`de-CH`), else the house's, else English."""
    for tag in (wanted or "", fallback):
        language = tag.replace("_", "-").split("-")[0].lower()
        if language in LANGUAGES:
            return language
    return "en"


def shipped_text(language: str, kind: Kind) -> str:
    """Give a shipped text as TOML; RequestError where there is none."""
    path = resource("letters", language, f"{kind.value}.toml")
    if language not in LANGUAGES or not path.is_file():
        raise RequestError(
            f"There is no text “{kind.value}” in the language “{language}”.", f"There are {', '.join(LANGUAGES)}."
        )
    return path.read_text(encoding="utf-8")


def worded(letter: DunningLetter, wording: Wording, version: str = "") -> DunningLetter:
    """Give the letter with its text filled in; RequestError names letter and field where one is missing."""
    texts = merge(wording, merge_fields(letter), letter.number)
    read = {name: _finished(said, letter.language) for name, said in asdict(texts).items()}
    return replace(letter, texts=Merged(**read), text_version=version)


def _finished(said: Any, language: str) -> Any:
    return tuple(elided(text, language) for text in said) if isinstance(said, tuple) else elided(said, language)


def merge_fields(letter: DunningLetter) -> MergeFields:
    """Write what a text can name as it is to be read in the letter's language."""
    labels = read_labels(letter.language)
    items = sorted(letter.items, key=lambda item: (item.due_date, item.number))
    if not items:
        raise RequestError(f"The letter {letter.number} has no invoice.")
    oldest = items[0]
    payment = letter.sections[0].payment
    day = labels.day_in_full
    return MergeFields(
        account=letter.account_name,
        account_number=letter.account_number,
        contact=tidy(f"{letter.salutation} {letter.last_name}" if letter.salutation else letter.contact),
        sender=letter.letterhead.name,
        letter_date=day(letter.letter_date),
        as_of=day(letter.as_of),
        pay_by=day(letter.deadline) if letter.deadline else "",
        total=_sums(letter, labels, "to_pay"),
        invoice=oldest.number or labels.without_number,
        due_date=day(oldest.due_date),
        days_overdue=labels.days_overdue(oldest.days_overdue),
        invoice_count=len(items),
        currency_count=len(letter.sections),
        letter=letter.number,
        last_name=letter.last_name,
        principal=_sums(letter, labels, "principal"),
        unapplied=_sums(letter, labels, "unapplied"),
        fee=_sums(letter, labels, "fee"),
        interest=_sums(letter, labels, "interest"),
        previous_date=day(letter.previous_date) if letter.previous_date else "",
        reference=in_groups(payment.reference) if payment else letter.number,
        signed_by=letter.signed_by,
        address_as=_address_as(letter),
    )


def _sums(letter: DunningLetter, labels: Labels, name: str) -> str:
    """List one figure of all currencies, those where it is nothing left out; written without a sign."""
    amounts = [(getattr(section, name), section.currency) for section in letter.sections]
    return labels.listed([labels.amount(abs(amount), currency) for amount, currency in amounts if amount != ZERO])


def _address_as(letter: DunningLetter) -> str:
    title = fold(letter.salutation).rstrip(".")
    if letter.last_name and title in _WOMEN:
        return "woman"
    if letter.last_name and title in _MEN:
        return "man"
    return "person" if letter.contact or letter.last_name else "nobody"
