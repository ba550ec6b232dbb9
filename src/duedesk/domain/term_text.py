"""Payment terms as people write them: `25% 30 days`, `rest 1 month, day 15 + 10 days`, `2/10`; both ways."""

import re
from decimal import Decimal

from duedesk.domain.errors import RequestError
from duedesk.domain.payment_terms import DAYS, END_OF_MONTH, MONTHS, Item, Term

_ITEM = re.compile(
    r"(?:(?P<size>[0-9]+(?:\.[0-9]+)?%?|rest)\s+)?"
    r"(?P<period>[0-9]{1,5})\s*(?P<unit>days?|months?)"
    r"(?:\s*,?\s*(?:(?P<end>end of month)|(?:on\s+)?day\s+(?P<day>[0-9]{1,2})))?"
    r"(?:\s*\+\s*(?P<added>[0-9]{1,5})\s*days?)?",
    re.IGNORECASE,
)
_DISCOUNT = re.compile(r"(?P<percent>[0-9]+(?:\.[0-9]+)?)%?\s*/\s*(?P<days>[0-9]{1,5})")
_HOW = "Write [SHARE% | AMOUNT | rest] PERIOD days|months [day N | end of month] [+ N days]: 25% 1 month, day 15."


def parse_item(text: str) -> Item:
    """Read one part of a term; RequestError where it is none."""
    found = _ITEM.fullmatch(" ".join(text.split()))
    if found is None:
        raise RequestError(f"“{text}” is no part of a payment term.", _HOW)
    size = (found["size"] or "rest").casefold()
    day = END_OF_MONTH if found["end"] else int(found["day"]) if found["day"] else None
    return Item(
        int(found["period"]),
        MONTHS if found["unit"].casefold().startswith("month") else DAYS,
        day,
        int(found["added"] or 0),
        percentage=Decimal(size[:-1]) if size.endswith("%") else None,
        amount=None if size == "rest" or size.endswith("%") else Decimal(size),
    )


def parse_discount(text: str) -> tuple[Decimal, int]:
    """Read `2/10`: 2 percent within 10 days; RequestError where it is no discount."""
    found = _DISCOUNT.fullmatch(text.strip())
    if found is None:
        raise RequestError(f"“{text}” is no discount.", "Write PERCENT/DAYS: 2/10.")
    return Decimal(found["percent"]), int(found["days"])


def write_item(item: Item) -> str:
    """Write one part of a term."""
    unit = "month" if item.unit == MONTHS else "day"
    words = f"{_size(item)} {item.period} {unit}{'' if item.period == 1 else 's'}"
    if item.day_of_month is not None:
        words += ", end of month" if item.day_of_month == END_OF_MONTH else f", day {item.day_of_month}"
    return words + (f" + {item.added_days} days" if item.added_days else "")


def write_term(term: Term) -> str:
    """Write a term in a line: `2/10 net 30 days`, `25% 30 days; rest 60 days`."""
    early = ""
    if term.discount_percent is not None and term.discount_days is not None:
        early = f"{_plain(term.discount_percent)}/{term.discount_days} "
    if not term.items:
        return f"{early}net {term.days} days"
    return early + "; ".join(map(write_item, term.items))


def _size(item: Item) -> str:
    if item.percentage is not None:
        return f"{_plain(item.percentage)}%"
    return "rest" if item.amount is None else _plain(item.amount)


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"
