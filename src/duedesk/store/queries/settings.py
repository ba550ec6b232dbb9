"""What the book keeps for itself, by name, as the JSON it was stored as; what it means is for those who asked."""

from sqlalchemy import Connection, select

from duedesk.store.tables.desk import setting


def stored_setting(connection: Connection, name: str) -> str | None:
    """Give the JSON text of a setting; None where it was never made."""
    return connection.scalar(select(setting.c.value).where(setting.c.name == name))
