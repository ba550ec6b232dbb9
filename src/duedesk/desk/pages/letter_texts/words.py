"""How the page of letter texts says things: kinds, languages, versions; it reads nothing."""

from collections.abc import Mapping

from duedesk.actions.letter_texts import Text
from duedesk.desk import format as written
from duedesk.documents.dunning_wording import Kind

KINDS: Mapping[Kind, str] = {
    Kind.COURTESY: "Notice",
    Kind.LEVEL_1: "First reminder",
    Kind.LEVEL_2: "Second reminder",
    Kind.FINAL: "Last demand",
}
WHEN: Mapping[Kind, str] = {
    Kind.COURTESY: "Levels before the due date have this text.",
    Kind.LEVEL_1: "The first level has this text, where its tone is friendly.",
    Kind.LEVEL_2: "Firm levels have this text, and friendly ones from the second on.",
    Kind.FINAL: "Levels with the tone final have this text.",
}
LANGUAGE_NAMES: Mapping[str, str] = {
    "en": "English",
    "de": "German",
    "fr": "French",
    "es": "Spanish",
    "nl": "Dutch",
    "it": "Italian",
}
PARTS: Mapping[str, str] = {
    "title": "Title of the document",
    "subject": "Subject",
    "salutation": "Salutation",
    "closing": "Closing",
    "signature": "Signature",
}


def version_in_words(text: Text, *, is_current: bool) -> str:
    """Name a version: who saved it when, and whether it holds."""
    said = ["As shipped"] if not text.version else [f"Version {text.version}"]
    if text.recorded_at is not None:
        said += [written.moment(text.recorded_at), text.recorded_by]
    said += ["holds now"] if is_current else []
    return " · ".join(said)


def counted(own: int) -> str:
    """Say how many versions of its own a book has."""
    return f"{written.plural(own, 'version')} of the book's own" if own else "The text is as it was shipped"
