"""What the groups of a list are called: by the record that they share, else by the value; it groups nothing."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, select

from duedesk.domain.days import in_words
from duedesk.domain.objects import CATALOG
from duedesk.store.tables import METADATA

_FEW = 500
"""Names that are asked for one by one; where there are more, all are read."""


def names_of_groups(connection: Connection, object_name: str, path: str, values: Sequence[Any]) -> dict[Any, str]:
    """Give what groups are called: by the name of the record that they share, else by the value itself."""
    _, field = CATALOG.follow(object_name, path)
    nothing = f"No {field.label[:1].lower()}{field.label[1:]}"
    if not (field.refers_to and CATALOG.has(field.refers_to[0])):
        return {value: nothing if value in {None, ""} else _said(value) for value in values}
    there = CATALOG.object(field.refers_to[0])
    table = METADATA.tables[there.table]
    asked = select(table.c.id, table.c[there.field(there.name_field).column])
    if len(values) <= _FEW:
        asked = asked.where(table.c.id.in_([value for value in values if value is not None]))
    found = {row[0]: str(row[1] or row[0]) for row in connection.execute(asked)}
    return {value: found.get(value, nothing) for value in values}


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return "Yes" if value else "No"
    return in_words(value) if hasattr(value, "isoformat") else str(value)
