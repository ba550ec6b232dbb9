"""Text laid out in columns for a terminal, whatever the script; it chooses neither words nor figures."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

WIDEST_TEXT = 40
"""Cells of the widest column of text that others stand behind; what is longer ends in an ellipsis."""

_WIDEST_NAME = 60

_AT_A_TIME = 1_000
"""Rows whose widths are known before the first is written: a list of a million is never held whole."""

_GAP = "  "
_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
_JOINERS = {"\N{ZERO WIDTH NON-JOINER}", "\N{ZERO WIDTH JOINER}"}


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, the cells it may take, and whether it holds figures: flush right and never cut."""

    heading: str
    is_figure: bool = False
    widest: int = WIDEST_TEXT


def printable(text: str) -> str:
    """Bring a text from outside to what a terminal may be given: one line that cannot move the cursor or what is near.

    A control character leaves a mark, so that it is seen; what is unseen by nature leaves none.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(_shown, text))


def cells(text: str) -> int:
    """Give the cells a printable text takes: two for wide characters, none for marks that stand on others."""
    return len(text) if text.isascii() else sum(map(_cells, text))


def fitted(text: str, width: int) -> str:
    """Cut a printable text to a number of cells, with an ellipsis where something is left out."""
    if cells(text) <= width:
        return text
    kept, room = [], width - 1
    for character in text:
        room -= _cells(character)
        if room < 0:
            break
        kept.append(character)
    return "".join(kept).rstrip() + "…"


def table(columns: Sequence[Column], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Give a heading and the rows as aligned lines; the last column, if it is text, runs as long as it likes."""
    headings = [column.heading for column in columns]
    widths = list(map(cells, headings))
    source = iter(rows)
    chunk = [headings, *_chunk(columns, source)]
    while chunk:
        widths = [max(width, *map(cells, place)) for width, *place in zip(widths, *chunk, strict=True)]
        for row in chunk:
            yield _line(columns, widths, row)
        chunk = _chunk(columns, source)


def aligned(pairs: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Give names and what they stand for as two columns without a heading."""
    lines = table((Column("", widest=_WIDEST_NAME), Column("")), pairs)
    next(lines)
    yield from lines


def _chunk(columns: Sequence[Column], source: Iterator[Sequence[str]]) -> list[list[str]]:
    return [_bounded(columns, row) for row in islice(source, _AT_A_TIME)]


def _bounded(columns: Sequence[Column], row: Sequence[str]) -> list[str]:
    shown = [
        printable(text) if column.is_figure else fitted(printable(text), column.widest)
        for column, text in zip(columns, row, strict=True)
    ]
    if not columns[-1].is_figure:
        shown[-1] = printable(row[-1])
    return shown


def _line(columns: Sequence[Column], widths: Sequence[int], row: Sequence[str]) -> str:
    parts = []
    for column, width, text in zip(columns, widths, row, strict=True):
        blank = " " * (width - cells(text))
        parts.append(blank + text if column.is_figure else text + blank)
    return _GAP.join(parts).rstrip()


def _shown(character: str) -> str:
    category = unicodedata.category(character)
    if category in {"Zl", "Zp"} or character in "\t\n\r":
        return " "
    if category in {"Cc", "Cs"}:
        return _REPLACEMENT
    if category == "Cf":
        return character if character in _JOINERS else ""
    return character


def _cells(character: str) -> int:
    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1
