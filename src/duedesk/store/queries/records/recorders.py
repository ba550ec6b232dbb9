"""Who recorded what happened to records, as the journal and their histories tell it; it knows no amounts."""

from collections.abc import Collection
from dataclasses import dataclass, field

from sqlalchemy import Connection, select

from duedesk.store.settlement import chosen
from duedesk.store.tables.desk import journal_entry
from duedesk.store.tables.following import history_entry


@dataclass(frozen=True, slots=True)
class Recorders:
    """By whom a record took a status, and by whom an entry of the journal was made."""

    by_status: dict[tuple[int, str], str] = field(default_factory=dict)
    by_entry: dict[int, str] = field(default_factory=dict)

    def of(self, key: int, status: str, journal_id: int | None = None) -> str:
        """Give who brought a record to a status; else who brought it in; empty where neither is known."""
        return self.by_status.get((key, status)) or self.by_entry.get(journal_id or 0, "")


def recorders_of(
    connection: Connection, object_name: str, keys: Collection[int], entries: Collection[int | None]
) -> Recorders:
    """Give who recorded what of an object's records, and entries of the journal."""
    statuses = {}
    if keys:
        found = connection.execute(
            select(history_entry.c.record_key, history_entry.c.new_value, history_entry.c.created_by)
            .where(
                chosen(connection, history_entry.c.record_key, keys),
                history_entry.c.object_name == object_name,
                history_entry.c.field == "Status",
            )
            .order_by(history_entry.c.id)
        )
        statuses = {(row.record_key, row.new_value or ""): row.created_by for row in found}
    wanted = [one for one in entries if one is not None]
    asked = select(journal_entry.c.id, journal_entry.c.actor).where(chosen(connection, journal_entry.c.id, wanted))
    return Recorders(statuses, {row.id: row.actor for row in connection.execute(asked)} if wanted else {})
