"""A condition said in words, for a chip or a screen reader: `Account is Acme and Balance more than 100`; no widget."""

from collections.abc import Mapping

from duedesk.desk import format as written
from duedesk.desk.filtering.spans import span_words
from duedesk.domain.building import Group, Row, Shape, as_group, values_of, word_of
from duedesk.domain.catalog import Kind
from duedesk.domain.errors import RequestError
from duedesk.domain.filter_fields import FilterField, filter_field
from duedesk.domain.filters import Condition, Operand
from duedesk.domain.relative_days import RelativeDays

Names = Mapping[tuple[str, int], str]
"""What picked records are called, by object and key."""


def said(condition: Condition, names: Names, object_name: str = "Invoice") -> str:
    """Say a condition."""
    return _group(as_group(condition), names, object_name)


def row_words(row: Row, names: Names, object_name: str = "Invoice") -> str:
    """Say one comparison."""
    try:
        offer = filter_field(object_name, row.compare.path)
    except RequestError:
        return row.compare.path
    word = word_of(row, offer.field)
    values = values_of(row, offer.field)
    match word.shape:
        case Shape.NOTHING:
            behind = ""
        case Shape.TWO:
            behind = " and ".join("any" if one is None else value_words(offer, one, names) for one in values)
        case Shape.COUNT:
            behind = written.plural(int(str(values[0] or 0)), "day")
        case _:
            behind = " or ".join(value_words(offer, one, names) for one in values)
    return f"{offer.label} {word.text} {behind}".strip()


def value_words(offer: FilterField, value: Operand, names: Names) -> str:
    """Say a value."""
    if isinstance(value, RelativeDays):
        return span_words(value)
    if offer.picks and isinstance(value, int):
        return names.get((offer.picks, value), f"#{value}")
    if offer.field.kind is Kind.CURRENCY:
        return written.value(value, Kind.DOUBLE, "")
    return written.value(value, offer.field.kind, "")


def _group(group: Group, names: Names, object_name: str) -> str:
    joined = " or " if group.is_any else " and "
    parts = [
        row_words(part, names, object_name) if isinstance(part, Row) else f"({_group(part, names, object_name)})"
        for part in group.parts
    ]
    text = joined.join(parts)
    return f"not ({text})" if group.negated else text
