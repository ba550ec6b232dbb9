"""How many pages a sheet takes across so that it can be read on paper, and what is repeated on each; it sets none up.

A page is A4, landscape: what most printers have. A wide table is not made tiny: it goes on on the next page, with the
columns that say whose row it is in front again.
"""

from collections.abc import Sequence

SMALLEST = 0.6
"""The smallest share of its size that a sheet is printed at: letters of ten points are six points high."""
_PAGE = 146.6
"""What a page holds across at its full size, in widths of columns: 29.7 cm without two margins of half an inch."""
_MOST_PAGES = 12
_MOST_REPEATED = 100
"""Widths: more than half a page of what is known already leaves no room for what is new."""


def pages_across(widths: Sequence[float], repeated: int) -> int:
    """Give how many pages columns of these widths take, the first few of them repeated on each."""
    for pages in range(1, _MOST_PAGES):
        if scale(widths, repeated, pages) >= SMALLEST:
            return pages
    return _MOST_PAGES


def scale(widths: Sequence[float], repeated: int, pages: int) -> float:
    """Give the share of its size at which columns fit on so many pages: no column is torn."""
    low, high = max(widths, default=0.0), sum(widths)
    while high - low > 0.5:
        middle = (low + high) / 2
        if _pages_of(widths, repeated, middle) <= pages:
            high = middle
        else:
            low = middle
    return min(1.0, _PAGE / max(high, 1.0))


def to_repeat(widths: Sequence[float], names: Sequence[bool]) -> int:
    """Give how many columns from the first say what a row is: down to the last that is a name, while there is room."""
    found, across = 1, 0.0
    for place, (width, is_name) in enumerate(zip(widths, names, strict=True), 1):
        across += width
        if across > _MOST_REPEATED:
            break
        if is_name:
            found = place
    return found


def _pages_of(widths: Sequence[float], repeated: int, room: float) -> int:
    """Give how many pages of that much room columns take."""
    before = sum(widths[:repeated])
    pages, taken = 1, 0.0
    for place, width in enumerate(widths):
        if taken + width > room:
            pages += 1
            taken = before if place >= repeated else 0.0
            if taken + width > room:
                return len(widths) + _MOST_PAGES
        taken += width
    return pages
