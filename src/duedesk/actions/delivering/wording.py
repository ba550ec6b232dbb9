"""What a message says beside its letters, in their language: one of six, else English; it formats nothing but names."""

import tomllib
from collections.abc import Sequence
from functools import cache

from duedesk.domain.mailing import language_of
from duedesk.domain.names import tidy
from duedesk.resources import resource
from duedesk.store.queries.letters.deliveries import LetterToSend

LANGUAGES = frozenset({"en", "de", "fr", "es", "nl", "it"})


def worded(letters: Sequence[LetterToSend], sender: str) -> tuple[str, str, str]:
    """Give the subject, the text and the language of a message that brings letters of one account."""
    language = language_of(letters[0].language, LANGUAGES)
    said = _texts(language)
    several = "_of_several" if len(letters) > 1 else ""
    number = letters[0].account_number
    fields = {
        "{letters}": ", ".join(one.number for one in letters),
        "{account}": f" {tidy(number)}" if number else "",
        "{sender}": tidy(sender),
    }
    subject, text = said[f"subject{several}"], said[f"text{several}"]
    for name, value in fields.items():
        subject, text = subject.replace(name, value), text.replace(name, value)
    return subject, text.strip() + "\n", language


@cache
def _texts(language: str) -> dict[str, str]:
    return tomllib.loads(resource("mail", f"{language}.toml").read_text(encoding="utf-8"))
