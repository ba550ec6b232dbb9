"""Number series: made, chosen, and their numbers taken inside the transaction that uses them, so that none is missing.

A sequential number is counted in a row that its taker holds until the end: two posters wait for each other, and what
is rolled back gives its number back.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Row, Table, func, insert, literal_column, not_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from duedesk.actions.deed import Deed, deed
from duedesk.actions.workspace import Workspace
from duedesk.domain.changes import Changes
from duedesk.domain.errors import RequestError
from duedesk.domain.names import tidy
from duedesk.domain.numbering import DEFAULTS, MOST_DIGITS, Series, SeriesKind, check_series
from duedesk.store.tables.crediting import refund
from duedesk.store.tables.dunning import dunning_letter, dunning_run
from duedesk.store.tables.ledger import credit_memo, invoice, payment
from duedesk.store.tables.posting import number_counter, number_series

_NUMBERED: dict[str, Column[Any]] = {
    "Invoice": invoice.c.document_number,
    "CreditMemo": credit_memo.c.document_number,
    "Payment": payment.c.payment_number,
    "Refund": refund.c.refund_number,
    "DunningLetter": dunning_letter.c.number,
    "DunningRun": dunning_run.c.name,
}
_MOST_DRAWS = 1_000
_LONGEST_PLACE = 15
"""Digits of a number that is still counted on from."""


@dataclass(frozen=True, slots=True)
class Want:
    """A number that will be taken: for which object, a document of which day, from which series (None: its default)."""

    object: str
    day: date
    series_key: int | None = None


def take_number(act: Deed, object_name: str, day: date, series_key: int | None = None) -> str:
    """Give the next number for a document of that day, held until the action ends; before `act.record`.

    `series_key` None means the default series of the object, which is made where there is none.
    """
    found = _series(act, object_name, series_key)
    series, period = _read(found), _read(found).period(day)
    _lock(act.connection, found, series, period, day)
    if series.kind is SeriesKind.RANDOM:
        return _draw(act, object_name, series, day)
    counter = number_counter.c
    following = (
        update(number_counter)
        .where(counter.number_series_id == found.id, counter.period == period)
        .values(next_number=counter.next_number + 1)
        .returning(counter.next_number)
    )
    while True:  # what was brought in from elsewhere may stand in the way
        number = series.number(act.connection.scalar(following) - 1, day)
        if not _is_taken(act.connection, object_name, number):
            return number


def lock_series(act: Deed, wants: Iterable[Want]) -> None:
    """Hold the counters of all numbers that an action will take, always in the same order; before `act.record`."""
    held: dict[tuple[int, str], tuple[Row[Any], date]] = {}
    for want in set(wants):
        found = _series(act, want.object, want.series_key)
        held[found.id, _read(found).period(want.day)] = (found, want.day)
    for (_, period), (found, day) in sorted(held.items(), key=lambda one: one[0]):
        _lock(act.connection, found, _read(found), period, day)


def save_series(
    workspace: Workspace,
    name: str,
    *,
    object_name: str,
    series: Series | None = None,
    is_default: bool | None = None,
) -> Changes:
    """Make a number series, or change one; what has given numbers keeps its prefix, digits and kind: RequestError."""
    called = tidy(name)
    if not called or len(called) > 255:
        raise RequestError("A number series needs a name.", "Of at most 255 characters.")
    if object_name not in _NUMBERED:
        raise RequestError(f"“{object_name}” is not numbered.", f"There are {', '.join(_NUMBERED)}.")
    if series is not None:
        check_series(series)
    with deed(workspace, "save_number_series") as act:
        there = act.connection.execute(select(number_series).where(number_series.c.name == called)).one_or_none()
        if there is not None:
            act.hold("NumberSeries", [there.id])
            _check_change(act.connection, there, object_name, series)
        elif series is None:
            raise RequestError(f"There is no number series “{called}”.", "Give its prefix to make it.")
        _check_prefix(act.connection, called, object_name, series)
        is_first = not _default(act.connection, object_name)
        others = [] if is_default is None else _others(act.connection, object_name, there)
        act.hold("NumberSeries", others)
        before = {} if there is None else {str(there.id): _said(there)}
        values = _values(series) | ({} if is_default is None else {"is_default": is_default})
        if there is None:
            values |= {"is_default": is_first if is_default is None else is_default}
        act.record(f"Number series {called} saved", {"before": before, "NumberSeries": [there.id] if there else []})
        if is_default:
            act.connection.execute(update(number_series).where(number_series.c.id.in_(others)).values(is_default=False))
        if there is not None:
            act.connection.execute(update(number_series).where(number_series.c.id == there.id).values(**values))
        else:
            head = {"name": called, "object_name": object_name, "created_date": act.now, "journal_id": act.journal_id}
            made = insert(number_series).values(**head, **values).returning(number_series.c.id)
            act.made("NumberSeries", act.connection.execute(made).scalar_one())
    return act.changes


def _series(act: Deed, object_name: str, key: int | None) -> Row[Any]:
    if key is None:
        return _default(act.connection, object_name) or _make_default(act, object_name)
    found = act.connection.execute(select(number_series).where(number_series.c.id == key)).one_or_none()
    if found is None or found.object_name != object_name:
        raise RequestError("That number series is not in the book.", f"Choose one that numbers {object_name}.")
    return found


def _default(connection: Connection, object_name: str) -> Row[Any] | None:
    own = (number_series.c.object_name == object_name, number_series.c.is_default)
    return connection.execute(select(number_series).where(*own).order_by(number_series.c.id).limit(1)).one_or_none()


def _make_default(act: Deed, object_name: str) -> Row[Any]:
    """Make the series that goes on as the book's documents are numbered."""
    series = DEFAULTS[object_name]
    held = [_held(act.connection, object_name, series.prefix_on(day)) for day in (act.today, _a_year_before(act.today))]
    digits = next((longest for longest, _ in held if longest), 0)
    values = {
        "name": f"{object_name} (default)",
        "object_name": object_name,
        "kind": series.kind.value,
        "prefix": series.prefix,
        "digits": min(max(series.digits, digits), MOST_DIGITS),
        "is_default": True,
        "created_date": act.now,
    }
    if (key := _insert_unless_there(act.connection, number_series, values)) is not None:
        act.made("NumberSeries", key)
    made = _default(act.connection, object_name)
    if made is None:  # a series of that name was made and is not the default
        raise RequestError(f"No number series is the default for {object_name}.", "Make one the default.")
    return made


def _lock(connection: Connection, found: Row[Any], series: Series, period: str, day: date) -> None:
    """Hold a series' counter until the transaction ends; its first use begins above what the book holds."""
    counter = number_counter.c
    mine = (counter.number_series_id == found.id, counter.period == period)
    held = select(counter.id).where(*mine).with_for_update()
    if connection.scalar(held) is None:
        first = 1
        if series.kind is SeriesKind.SEQUENTIAL:
            first += _held(connection, found.object_name, series.prefix_on(day))[1]
        values = {"number_series_id": found.id, "period": period, "next_number": first}
        _insert_unless_there(connection, number_counter, values)
        connection.scalar(held)


def _insert_unless_there(connection: Connection, table: Table, values: dict[str, Any]) -> int | None:
    """Insert a row and give its key; where another transaction just does the same, wait for it and leave its row."""
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    made = dialect.insert(table).values(**values).on_conflict_do_nothing().returning(table.c.id)
    key: int | None = connection.scalar(made)
    return key


def _held(connection: Connection, object_name: str, prefix: str) -> tuple[int, int]:
    """Give the most digits and the highest number that stand in the book behind a prefix, 0 where there is none."""
    if connection.dialect.name == "postgresql":  # which counts what the poster may not see as well
        behind = func.duedesk_numbers_behind(object_name, prefix).table_valued("longest", "highest")
        longest, highest = connection.execute(select(behind.c.longest, behind.c.highest)).one()
        return longest or 0, highest or 0
    column = _NUMBERED[object_name]
    rest = func.substr(column, len(prefix) + 1)
    digits = not_(rest.bool_op("GLOB")("*[^0-9]*"))
    found = select(rest.label("rest")).where(
        func.substr(column, 1, len(prefix)) == prefix, func.length(rest).between(1, _LONGEST_PLACE), digits
    )
    numbers = found.cte("numbers").prefix_with("MATERIALIZED")
    place: ColumnElement[int] = literal_column("CAST(rest AS BIGINT)")
    asked = select(func.max(func.length(numbers.c.rest)), func.max(place)).select_from(numbers)
    longest, highest = connection.execute(asked).one()
    return longest or 0, highest or 0


def _a_year_before(day: date) -> date:
    return date(day.year - 1, 1, 1)


def _draw(act: Deed, object_name: str, series: Series, day: date) -> str:
    for _ in range(_MOST_DRAWS):
        number = series.draw(act.world.random, day)
        if not _is_taken(act.connection, object_name, number):
            return number
    raise RequestError("The random number series has hardly a number left.", "Give a new series more digits.")


def _is_taken(connection: Connection, object_name: str, number: str) -> bool:
    if connection.dialect.name == "postgresql":
        return bool(connection.scalar(select(func.duedesk_number_taken(object_name, number))))
    column = _NUMBERED[object_name]
    return connection.scalar(select(column).where(column == number)) is not None


def _read(found: Row[Any]) -> Series:
    return Series(found.prefix, found.digits, SeriesKind(found.kind))


def _values(series: Series | None) -> dict[str, Any]:
    if series is None:
        return {}
    return {"prefix": series.prefix, "digits": series.digits, "kind": series.kind.value}


def _said(found: Row[Any]) -> dict[str, Any]:
    return {
        "Name": found.name,
        "ObjectName": found.object_name,
        "Prefix": found.prefix,
        "Digits": found.digits,
        "Kind": found.kind,
        "IsDefault": found.is_default,
    }


def _others(connection: Connection, object_name: str, there: Row[Any] | None) -> list[int]:
    own = select(number_series.c.id).where(number_series.c.object_name == object_name)
    return [key for key in connection.scalars(own) if there is None or key != there.id]


def _check_change(connection: Connection, there: Row[Any], object_name: str, series: Series | None) -> None:
    if there.object_name != object_name:
        raise RequestError(f"The number series {there.name} numbers {there.object_name}.", "Choose another name.")
    used = select(number_counter.c.id).where(number_counter.c.number_series_id == there.id).limit(1)
    if series is not None and series != _read(there) and connection.scalar(used) is not None:
        raise RequestError(
            f"The number series {there.name} has given numbers and stays as it is.",
            "Make a new one, and make it the default.",
        )


def _check_prefix(connection: Connection, name: str, object_name: str, series: Series | None) -> None:
    """Refuse a prefix that another series has: the two would give the same numbers."""
    if series is None:
        return
    same = (number_series.c.object_name == object_name, number_series.c.prefix == series.prefix)
    other = connection.scalar(select(number_series.c.name).where(*same, number_series.c.name != name).limit(1))
    if other is not None:
        raise RequestError(f"The number series {other} has the prefix “{series.prefix}” already.", "Choose another.")
