"""What the rows at hand refer to, found by Id, documents by number too; owners are made where unknown."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, String, or_, select

from duedesk.actions.importing.rows import Shared
from duedesk.actions.importing.waiting import Values
from duedesk.domain.catalog import Field, Kind, ObjectType
from duedesk.domain.objects import CATALOG
from duedesk.exchange.reading import Record
from duedesk.store.bulk import StoredValue
from duedesk.store.tables import METADATA
from duedesk.store.tables.columns import Moment

_BY_NUMBER = {
    "Invoice": "document_number",
    "Payment": "payment_number",
    "CreditMemo": "document_number",
    "DunningPolicy": "name",
}


class References:
    """The records that fields of an object lead to, by what a file calls them."""

    def __init__(self, shared: Shared, described: ObjectType, given: Iterable[str], *, apart: str = "") -> None:
        """Begin with the fields a file gives; `apart` is one that leads to the object itself."""
        self._shared = shared
        self.table = table = METADATA.tables[described.table]
        fields = (described.field(name) for name in given if name != apart)
        self.fields: tuple[Field, ...] = tuple(
            field
            for field in fields
            if field.kind is Kind.REFERENCE and field.is_stored and not isinstance(table.c[field.column].type, String)
        )
        self._found: dict[str, dict[str, int]] = {}

    def look_up(self, records: Iterable[Record]) -> None:
        """Find what some rows refer to."""
        every = list(records)
        for field in self.fields:
            names = {text for record in every if (text := record.text(field.name)) is not None}
            if field.refers_to[0] == "User":
                found = {name: key for name in names if (key := self._shared.links.owner(name)) is not None}
            else:
                found = self._ask(field.refers_to[0], names)
            self._found[field.name] = found

    def key(self, record: Record, field: Field) -> int | None:
        """Give the key of the record a row refers to; None where it is not in the book."""
        name = record.text(field.name)
        return None if name is None else self._found[field.name].get(name)

    def known(self, ids: set[str]) -> dict[str, int]:
        """Give the keys of the records of the object that the book has under these Ids."""
        if not ids or "external_id" not in self.table.c:
            return {}
        query = select(self.table.c.external_id, self.table.c.id).where(self.table.c.external_id.in_(ids))
        return {row[0]: row[1] for row in self._shared.connection.execute(query)}

    def stands(self, values: Values, columns: Sequence[str]) -> bool:
        """Tell whether the book holds a record of the object that says the same in these columns."""
        self._shared.stage.write()
        same = (self.table.c[name] == _as_bound(self.table.c[name], values.get(name)) for name in columns)
        return self._shared.connection.scalar(select(self.table.c.id).where(*same).limit(1)) is not None

    def _ask(self, object_name: str, names: set[str]) -> dict[str, int]:
        if not names:
            return {}
        self._shared.stage.write()
        table = METADATA.tables[CATALOG.object(object_name).table]
        number = table.c[_BY_NUMBER.get(object_name, "external_id")]
        query = select(table.c.id, table.c.external_id, number.label("number")).where(
            or_(table.c.external_id.in_(names), number.in_(names))
        )
        rows = self._shared.connection.execute(query).all()
        by_number = {row.number: row.id for row in rows if row.number is not None}
        return by_number | {row.external_id: row.id for row in rows if row.external_id is not None}


def _as_bound(column: ColumnElement[Any], value: StoredValue) -> StoredValue | datetime:
    """Give a stored value as a question takes it: a moment is text only on its way in."""
    return datetime.fromisoformat(value) if isinstance(column.type, Moment) and isinstance(value, str) else value
