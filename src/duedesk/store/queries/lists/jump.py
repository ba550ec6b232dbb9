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
from duedesk.store.queries.asof import Standpoint, is_present
from duedesk.store.queries.lists.fields import Scope
from duedesk.store.queries.lists.listing import scope_of
from duedesk.store.queries.lists.walking import packed, sortable

_PROBES = 64
"""Records that are looked at in one step: four steps find the place in ten million."""

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
        search = _Search(connection, asked, keys, asked.order_by[0])
        for bound in _bounds(asked.object, search.order.path, typed):
            place = search.place(bound)
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


class _Search:
    """Halves one list, by many places at a time."""

    def __init__(self, connection: Connection, asked: Filter, keys: Sequence[int], order: Order) -> None:
        self._connection = connection
        self._asked = asked
        self._keys = keys
        self.order = order
        # As it stands today a record is asked for without working out the others: one scope serves all steps.
        is_now = is_present(connection, Standpoint(asked.as_of, asked.known_on))
        self._scope = scope_of(connection, asked, (order.path,)) if is_now else None

    def place(self, bound: _Bound) -> int | None:
        """Give the place of the first record that is not before what is looked for, if it is what is looked for."""
        low, high = 0, len(self._keys)  # the place lies from low to high; high where there is none
        while low < high:
            step = max((high - low) // _PROBES, 1)
            probes = range(low, high, step)
            before = self._before([self._keys[place] for place in probes], bound)
            first = next((place for place in probes if not before.get(self._keys[place], True)), None)
            if first is None:
                low = probes[-1] + 1
            elif step == 1:
                low = high = first
            else:
                low, high = max(first - step + 1, low), first
        return low if low < len(self._keys) and self._begins(self._keys[low], bound) else None

    def _before(self, some: Sequence[int], bound: _Bound) -> dict[int, bool]:
        """Tell of some records whether they stand before what is looked for."""
        scope = self._of(some)
        value = self._compared(scope, bound)
        is_before = value > bound.high if self.order.descending else value < bound.low
        told = func.coalesce(is_before, literal(self.order.nulls_first))
        found = select(scope.rows.c.id, told).select_from(scope.source).where(scope.rows.c.id.in_(some))
        return {key: bool(before) for key, before in self._connection.execute(found)}

    def _begins(self, key: int, bound: _Bound) -> bool:
        """Tell whether a record has the value that is looked for; a figure need not be the very one."""
        scope = self._of([key])
        value = self._compared(scope, bound)
        is_so = and_(value >= bound.low, value <= bound.high) if bound.letters else value.is_not(None)
        found = select(scope.rows.c.id).select_from(scope.source).where(scope.rows.c.id == key, is_so)
        return self._connection.scalar(found) is not None

    def _of(self, some: Sequence[int]) -> Scope:
        return self._scope or scope_of(self._connection, self._asked, (self.order.path,), only=some)

    def _compared(self, scope: Scope, bound: _Bound) -> ColumnElement[Any]:
        field = CATALOG.follow(scope.object.name, self.order.path)[1]
        column = sortable(scope.column(self.order.path), field)
        return func.substr(column, 1, bound.letters) if bound.letters else column


def _by_number(connection: Connection, asked: Filter, keys: Sequence[int], typed: str) -> int | None:
    """Give the place of the first record whose number begins with what is typed."""
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
    found = select(scope.rows.c.id).select_from(scope.source).where(begins)
    for some in (keys[:_PROBES], None):  # where many begin so, one of the first does
        wanted = set(packed(connection, found if some is None else found.where(scope.rows.c.id.in_(some))))
        if wanted:
            return next((place for place, key in enumerate(keys) if key in wanted), None)
    return None
