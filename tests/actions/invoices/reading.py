"""Short ways for tests to read what an action left in the book."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, Table, select

from duedesk.actions.workspace import Workspace
from duedesk.store.proof.book import prove
from duedesk.store.tables.desk import journal_entry
from duedesk.store.tables.following import history_entry
from duedesk.store.tables.ledger import invoice


def rows(workspace: Workspace, table: Table) -> Sequence[Row[Any]]:
    """All rows of a table by key."""
    with workspace.book.reading() as connection:
        return connection.execute(select(table).order_by(table.c.id)).all()


def record(workspace: Workspace, key: int) -> Row[Any]:
    """The row of an invoice."""
    with workspace.book.reading() as connection:
        return connection.execute(select(invoice).where(invoice.c.id == key)).one()


def history(workspace: Workspace, key: int, field: str) -> list[tuple[str | None, str | None]]:
    """What a field of an invoice held before and after each change."""
    with workspace.book.reading() as connection:
        own = (history_entry.c.record_key == key, history_entry.c.field == field)
        found = connection.execute(select(history_entry).where(*own).order_by(history_entry.c.id))
        return [(row.old_value, row.new_value) for row in found]


def summaries(workspace: Workspace) -> list[str]:
    """What the journal says was done."""
    return [row.summary for row in rows(workspace, journal_entry)]


def findings(workspace: Workspace) -> list[str]:
    """What `check` finds."""
    today = workspace.world.today()
    return workspace.ask(lambda connection: [str(one) for one in prove(connection, as_of=today)])
