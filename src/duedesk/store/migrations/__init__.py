"""Bring a book's schema up to date with Alembic; loaded only when there is something to bring."""

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection


def upgrade(connection: Connection, revision: str = "head") -> None:
    """Bring the schema to `revision` inside the caller's transaction."""
    config = Config()
    config.set_main_option("script_location", "duedesk.store:migrations")
    config.attributes["connection"] = connection
    command.upgrade(config, revision)
