"""Text as paper can carry it: one line, no hidden characters, long words that can break; it chooses no fonts."""

import re
import unicodedata
from collections.abc import Iterator

REPLACEMENT = "\N{WHITE SQUARE}"
"""Stands where a character cannot be printed; the first font of a letter has it, unlike U+FFFD."""

_BREAK = "\N{ZERO WIDTH SPACE}"
_JOINERS = ("\N{ZERO WIDTH NON-JOINER}", "\N{ZERO WIDTH JOINER}")

_FORMLESS = {"Cs", "Co", "Cn"}

_WIDEST_RUN = 24.0
"""Ems that fit the narrowest column a name or number stands in; what is longer needs places to break."""

_SPACES = re.compile(r"[^\S\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}]+")

# Writing that breaks anywhere, or at words a dictionary knows, is left to the typesetter.
_LONG_RUN = re.compile(
    r"[^ \u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]{25,}"
)


def printable(text: str) -> str:
    """Bring a text from outside to what is printed of it.

    Line ends become spaces; control characters and turns of direction, which would let a name rearrange the line it
    stands in, are dropped; a word longer than a column gets places to break.
    """
    if len(text) <= _WIDEST_RUN and text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    shown = "".join(map(_shown, unicodedata.normalize("NFC", text)))
    return _LONG_RUN.sub(_with_breaks, _SPACES.sub(" ", shown).strip())


def never_printed(text: str) -> Iterator[str]:
    """Give the characters no font can know the form of: unassigned or private ones, lone halves of pairs."""
    return (character for character in text if unicodedata.category(character) in _FORMLESS)


def shortened(text: str, ems: float) -> str:
    """Cut a text to about so many ems, with a sign that it was cut."""
    kept, width = "", 0.0
    for cluster in clusters(text):
        width += _width(cluster)
        if width > ems:
            return f"{kept.rstrip()}…"
        kept += cluster
    return text


def clusters(text: str) -> Iterator[str]:
    """Give what is printed as one: a character with the marks and joined characters that follow it."""
    cluster = ""
    for character in text:
        joined = cluster.endswith(_JOINERS) or character in _JOINERS
        if cluster and not joined and not unicodedata.category(character).startswith("M"):
            yield cluster
            cluster = ""
        cluster += character
    if cluster:
        yield cluster


def _shown(character: str) -> str:
    category = unicodedata.category(character)
    if category in _FORMLESS:
        return REPLACEMENT
    if category == "Cc":
        return " " if character.isspace() else ""
    if category == "Cf":
        return character if character in _JOINERS else ""
    return character


def _width(cluster: str) -> float:
    is_wide = cluster[0].isupper() or unicodedata.east_asian_width(cluster[0]) in {"W", "F"}
    return 1.0 if is_wide else 0.6


def _with_breaks(run: re.Match[str]) -> str:
    widths = [(cluster, _width(cluster)) for cluster in clusters(run[0])]
    if sum(width for _, width in widths) <= _WIDEST_RUN:
        return run[0]
    pieces: list[str] = []
    since_break = 0.0
    for cluster, width in widths:
        if since_break + width > _WIDEST_RUN / 2:
            pieces.append(_BREAK)
            since_break = 0.0
        pieces.append(cluster)
        since_break += width
    return "".join(pieces)
