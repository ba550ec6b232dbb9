"""How names are compared: case, width and accents' spelling apart; it does not guess that two names mean one party."""

import re
import unicodedata

_SPACES = re.compile(r"\s+")


def tidy(text: str) -> str:
    """Bring a text to its composed form with single spaces, and nothing at its ends."""
    return _SPACES.sub(" ", unicodedata.normalize("NFC", text)).strip()


def fold(text: str) -> str:
    """Bring a name to the form in which names are compared and searched."""
    return unicodedata.normalize("NFKC", tidy(text)).casefold()
