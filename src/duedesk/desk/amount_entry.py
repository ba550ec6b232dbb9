"""How an amount is read from what people type: 1,234.50 and 1 234,50 alike; it knows no field and no currency."""

import re
from decimal import Decimal

from duedesk.domain.errors import RequestError

_SPACES = re.compile(r"[\s'’\u00a0\u202f]")
_GROUPED = re.compile(r"\d{1,3}(,\d{3})+")
_MINUS = str.maketrans("−–", "--")

LONGEST = 24
"""Letters of an amount."""


def read(text: str) -> Decimal | None:
    """Read a number: `1234.5`, `1,234.50`, `1.234,50`, `12,5`; None where it is none.

    The mark that stands last and once parts the decimals; a comma alone before three digits groups, as we write it.
    """
    plain = _SPACES.sub("", text.translate(_MINUS))
    if len(plain) > LONGEST or not re.fullmatch(r"[+-]?[\d.,]*\d[.,]?", plain):
        return None
    sign = -1 if plain.startswith("-") else 1
    digits = plain.lstrip("+-")
    point = _point(digits)
    whole, _, decimals = digits.rpartition(point) if point else (digits, "", "")
    if not re.fullmatch(r"\d*", decimals) or not _is_whole(whole, point):
        return None
    return sign * Decimal(f"{re.sub('[.,]', '', whole) or '0'}.{decimals or '0'}")


def read_figure(text: str, what: str, hint: str = "Write a figure.") -> Decimal | None:
    """Read a figure that may stay empty, a percent sign behind it or not; RequestError where it is none."""
    bare = text.strip().rstrip("%").strip()
    if not bare:
        return None
    figure = read(bare)
    if figure is None:
        raise RequestError(f"“{bare}” is no {what}.", hint)
    return figure


def _point(digits: str) -> str:
    """Give the mark that parts the decimals, nothing where there is none."""
    last = max(digits.rfind("."), digits.rfind(","))
    if last < 0:
        return ""
    mark = digits[last]
    other = "." if mark == "," else ","
    if digits.count(mark) > 1 or (mark == "," and other not in digits and _GROUPED.fullmatch(digits)):
        return ""
    return mark


def _is_whole(whole: str, point: str) -> bool:
    """Tell whether the digits before the point are grouped by threes, or not at all."""
    if not re.search("[.,]", whole):
        return whole.isdigit() or not whole
    mark = "," if "," in whole else "."
    return mark != point and re.fullmatch(rf"\d{{1,3}}(\{mark}\d{{3}})+", whole) is not None
