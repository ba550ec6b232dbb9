"""Records of an import on their way to the database, table by table in the order their references need; no rules."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from itertools import islice

from sqlalchemy import Connection, Table

from duedesk.domain.catalog import Kind
from duedesk.domain.days import write_moment
from duedesk.domain.money import to_units
from duedesk.domain.objects import CATALOG
from duedesk.exchange.reading import Record, Value
from duedesk.store.bulk import CHUNK, Keys, StoredValue, insert_rows
from duedesk.store.tables import METADATA

_ORDER: tuple[Table, ...] = tuple(
    METADATA.tables[name]
    for name in (
        "owner",
        "group_member",
        "invoice_owner_sharing_rule",
        "payment_term",
        "payment_term_item",
        "account",
        "contact",
        "invoice_batch_run",
        "invoice",
        "invoice_line",
        "payment_schedule",
        "payment_schedule_item",
        "invoice_share",
        "invoice_feed",
        "dispute",
        "payment",
        "refund",
        "credit_memo",
        "credit_memo_line",
        "application",
        "dunning_policy",
        "dunning_level",
        "dunning_level_amount",
        "dunning_hold",
        "payment_promise",
        "record_view",
    )
)


_NOTHING: Mapping[str, StoredValue] = {}


class Stage:
    """What has been made and not yet been written."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._keys = Keys(connection)
        self._batches: dict[
            tuple[Table, tuple[str, ...], tuple[tuple[str, StoredValue], ...]], list[tuple[StoredValue, ...]]
        ] = {}
        self._next: dict[Table, Iterator[int]] = {}

    def rows(
        self, table: Table, columns: Sequence[str], fixed: Mapping[str, StoredValue] = _NOTHING
    ) -> list[tuple[StoredValue, ...]]:
        """Give the list that takes rows of a table with these columns, in this order; `fixed` is the same in all."""
        key = (table, tuple(columns), tuple(fixed.items()))
        if key not in self._batches:
            self._batches[key] = []
        return self._batches[key]

    def key(self, table: Table) -> int:
        """Give the key of the next row of a table."""
        return next(self._numbers(table))

    def keys(self, table: Table, count: int) -> list[int]:
        """Give the keys of the next rows of a table."""
        return list(islice(self._numbers(table), count))

    def write(self) -> None:
        """Write what has gathered."""
        for wanted in _ORDER:
            for (table, columns, fixed), rows in self._batches.items():
                if table is wanted and rows:
                    insert_rows(self._connection, table, columns, rows, dict(fixed))
                    rows.clear()

    def _numbers(self, table: Table) -> Iterator[int]:
        def taken() -> Iterator[int]:
            while True:
                yield from self._keys.take(table, CHUNK)

        if table not in self._next:
            self._next[table] = taken()
        return self._next[table]


def stored(value: Value) -> StoredValue:
    """Give a value as it is stored: amounts in ten-thousandths, days and moments as text."""
    if isinstance(value, Decimal):
        return units(value)
    if isinstance(value, datetime):
        return write_moment(value)
    if isinstance(value, date):
        return value.isoformat()
    return value


def direct_values(
    object_name: str, record: Record, others: Collection[str]
) -> tuple[tuple[str, ...], tuple[StoredValue, ...]]:
    """Give the columns and values of the fields that are stored as they stand; `others` have rules of their own."""
    columns, values = [], []
    for column, name, instead in _direct_fields(object_name, tuple(record.fields()), frozenset(others)):
        columns.append(column)
        value = stored(record.value(name))
        values.append(instead if value is None else value)
    return tuple(columns), tuple(values)


@cache
def _direct_fields(
    object_name: str, given: tuple[str, ...], others: frozenset[str]
) -> tuple[tuple[str, str, StoredValue], ...]:
    """Give column and name of each direct field, and what stands for nothing where the column cannot be empty."""
    object_type = CATALOG.object(object_name)
    columns = next(table for table in _ORDER if table.name == object_type.table).c
    instead: dict[Kind, StoredValue] = {Kind.CURRENCY: 0, Kind.BOOLEAN: False}
    return tuple(
        (field.column, name, None if columns[field.column].nullable else instead.get(field.kind))
        for name in given
        if name not in others and (field := object_type.field(name)).is_stored
    )


_UNITS: dict[Decimal, int] = {}


def units(amount: Decimal) -> int:
    """Give an amount in whole ten-thousandths; those of a ledger come again and again."""
    found = _UNITS.get(amount)
    if found is None:
        if len(_UNITS) > 50_000:
            _UNITS.clear()
        found = _UNITS[amount] = to_units(amount)
    return found
