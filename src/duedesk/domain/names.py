"""How names are compared: whatever their case, width, unseen marks and spelling of accents; it makes no guesses."""

import re
import unicodedata

_SPACES = re.compile(r"\s+")
_NOT_BETWEEN_DIGITS = re.compile(r"(?<!\d)-|-(?!\d)")
_MARKS = re.compile(r"[\s./_\-\u2010-\u2015\u2212]+")
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
"""Soft hyphens, joiners, direction marks and byte order marks: copied along, and never part of a name."""


def tidy(text: str) -> str:
    """Bring a text to its composed form with single spaces, and nothing at its ends."""
    return _SPACES.sub(" ", unicodedata.normalize("NFC", text)).strip()


def fold_number(text: str) -> str:
    """Bring an account number to the form in which its spellings agree: `K–1042`, `k 1042` and `K1042` are one.

    Zeros stay, and so does a mark between two digits, as one hyphen: 1-23 is not 12-3.
    """
    return _NOT_BETWEEN_DIGITS.sub("", _MARKS.sub("-", fold(text)))


def fold(text: str) -> str:
    """Bring a name to the form in which names are compared and searched; folding it again changes nothing."""
    visible = _UNSEEN.sub("", text)
    cased = unicodedata.normalize("NFKC", visible).casefold()  # which can take a composed letter apart again
    return tidy(unicodedata.normalize("NFKC", cased))
