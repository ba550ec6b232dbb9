"""The guard of a table whose rows are kept: a trigger that refuses an event, on a file and on a server alike."""

import sqlalchemy as sa
from alembic import op


def guard(table: str, what: str, event: str, said: str, condition: str = "") -> None:
    """Refuse an event such as `UPDATE OF name` or `DELETE`, under a condition `WHEN (...)`.

    On a file `said` tells why; a server has a sentence of its own. `what` completes the trigger's name.
    """
    on_file = op.get_bind().dialect.name == "sqlite"
    does = f"BEGIN SELECT RAISE(ABORT, '{said}'); END" if on_file else "EXECUTE FUNCTION duedesk_refuse()"
    trigger = f"{table}_keeps_{what} BEFORE {event} ON {table} FOR EACH ROW {condition} {does}"
    op.execute(sa.text(f"CREATE TRIGGER {trigger}"))
