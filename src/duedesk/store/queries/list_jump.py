"""Where in a list something that is typed begins: found by halving the list, never by reading its rows.

The database compares, by its own order: of a million records some hundreds are looked at. Where the list is sorted by
what does not begin so, the records are found by their number.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, literal, or_, select

from duedesk.domain.catalog import Kind
from duedesk.domain.filters import Filter, Order
from duedesk.domain.objects import CATALOG
from duedesk.store.queries.fields import Scope
from duedesk.store.queries.listing import scope_of, sortable

_PROBES = 64
"""Records that are looked at in one step: four steps find the place in ten million."""

_MOST = 2_000
"""Records of a number that begins so which are looked for in the list; there the first of many is near."""

_WORDS = {Kind.STRING, Kind.PICKLIST, Kind.TEXTAREA, Kind.EMAIL, Kind.PHONE, Kind.URL}
_NUMBERS = {Kind.INT, Kind.CURRENCY, Kind.DOUBLE, Kind.PERCENT}
_LAST = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class _Bound:
    """What is looked for: `low` and `high` are the first and last value that counts as beginning so."""

    low: Any
    high: Any
    letters: int = 0
    """How many letters of a value are compared; all of a value that is no text."""


def place_of(connection: Connection, asked: Filter, keys: Sequence[int], typed: str) -> int | None:
    """Give the place among the keys, in the order of the filter, of the first record that begins with what is typed.

    None where there is none. A figure that is not in the list leads to the next one.
    """
    if asked.order_by:
        order = asked.order_by[0]
        for bound in _bounds(asked.object, order.path, typed):
            place = _search(connection, asked, keys, order, bound)
            if place is not None:
                return place
    return _by_number(connection, asked, keys, typed)


def _bounds(object_name: str, path: str, typed: str) -> list[_Bound]:
    field = CATALOG.follow(object_name, path)[1]
    if field.kind in _WORDS:
        texts = [typed.lower()] if field.kind is Kind.STRING and field.name.endswith("Name") else _spellings(typed)
        return [_Bound(text, text, len(text)) for text in texts]
    if field.kind is Kind.DATE:
        days = _days(typed)
        return [] if days is None else [_Bound(*days)]
    if field.kind in _NUMBERS:
        try:
            figure = Decimal(typed.replace(",", ""))
        except InvalidOperation:
            return []
        value = int(figure) if field.kind is Kind.INT else figure
        return [_Bound(value, value)] if figure.is_finite() and abs(figure) < 10**14 else []
    return []


def _spellings(typed: str) -> list[str]:
    return list(dict.fromkeys((typed, typed.upper(), typed.capitalize(), typed.lower())))


def _days(typed: str) -> tuple[date, date] | None:
    """Read a day as it is begun: `2026`, `2026-1`, `2026-11-2`; the first and the last day that it may become."""
    parts = typed.strip().split("-")
    if not all(part.isdecimal() and part.isascii() for part in parts) or len(parts[0]) != 4 or len(parts) > 3:
        return None
    months = _begun(parts[1], 12) if len(parts) > 1 else (1, 12)
    if months is None:
        return None
    try:
        year = int(parts[0])
        last = date(year + months[1] // 12, months[1] % 12 + 1, 1) - timedelta(days=1)
        days = _begun(parts[2], last.day) if len(parts) > 2 else (1, last.day)
        return None if days is None else (date(year, months[0], days[0]), date(year, months[1], min(days[1], last.day)))
    except (ValueError, OverflowError):
        return None


def _begun(part: str, most: int) -> tuple[int, int] | None:
    """Give the first and last number of two digits that begins so."""
    meant = [number for number in range(1, most + 1) if f"{number:02}".startswith(part)]
    return (meant[0], meant[-1]) if meant else None


def _search(connection: Connection, asked: Filter, keys: Sequence[int], order: Order, bound: _Bound) -> int | None:
    """Halve the list, by many at a time, until the first record that is not before what is looked for is found."""
    low, high = 0, len(keys)  # the place that is looked for lies from low to high; high where there is none
    while low < high:
        step = max((high - low) // _PROBES, 1)
        probes = range(low, high, step)
        before = _before(connection, asked, [keys[place] for place in probes], order, bound)
        first = next((place for place in probes if not before.get(keys[place], True)), None)
        if first is None:
            low = probes[-1] + 1
        elif step == 1:
            low = high = first
        else:
            low, high = max(first - step + 1, low), first
    if low >= len(keys) or not _begins(connection, asked, keys[low], order, bound):
        return None
    return low


def _compared(scope: Scope, order: Order, bound: _Bound) -> ColumnElement[Any]:
    field = CATALOG.follow(scope.object.name, order.path)[1]
    column = sortable(scope.column(order.path), field)
    return func.substr(column, 1, bound.letters) if bound.letters else column


def _before(connection: Connection, asked: Filter, some: Sequence[int], order: Order, bound: _Bound) -> dict[int, bool]:
    """Tell of some records whether they stand before what is looked for."""
    scope = scope_of(connection, asked, (order.path,), only=some)
    value = _compared(scope, order, bound)
    is_before = value > bound.high if order.descending else value < bound.low
    told = func.coalesce(is_before, literal(order.nulls_first))
    found = select(scope.rows.c.id, told).select_from(scope.source).where(scope.rows.c.id.in_(some))
    return {key: bool(before) for key, before in connection.execute(found)}


def _begins(connection: Connection, asked: Filter, key: int, order: Order, bound: _Bound) -> bool:
    """Tell whether a record has the value that is looked for; a figure need not be the very one."""
    scope = scope_of(connection, asked, (order.path,), only=[key])
    value = _compared(scope, order, bound)
    is_so = and_(value >= bound.low, value <= bound.high) if bound.letters else value.is_not(None)
    found = select(scope.rows.c.id).select_from(scope.source).where(scope.rows.c.id == key, is_so)
    return connection.scalar(found) is not None


def _by_number(connection: Connection, asked: Filter, keys: Sequence[int], typed: str) -> int | None:
    described = CATALOG.object(asked.object)
    name = described.field(described.name_field)
    if not name.is_stored or name.kind is not Kind.STRING:
        return None
    scope = scope_of(connection, asked)
    column = scope.rows.c[name.column]
    if connection.dialect.name == "sqlite":  # a range is found by the index; what begins so is not
        begins = or_(*(and_(column >= text, column < text + _LAST) for text in _spellings(typed)))
    else:
        begins = or_(*(column.startswith(text, autoescape=True) for text in _spellings(typed)))
    wanted = set(connection.scalars(select(scope.rows.c.id).select_from(scope.source).where(begins).limit(_MOST)))
    return next((place for place, key in enumerate(keys) if key in wanted), None) if wanted else None
