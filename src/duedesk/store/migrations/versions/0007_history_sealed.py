"""Journal and history hold each other: an entry seals the history before it, and a row seals what it left there."""

import sqlalchemy as sa
from alembic import op

from duedesk.store.tables.columns import Key

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Make the table, the column and the guards."""
    op.execute("ALTER TABLE journal_entry ADD COLUMN history_hash TEXT")
    op.create_table(
        "history_seal",
        sa.Column("id", Key, nullable=False),
        sa.Column(
            "journal_id", Key, sa.ForeignKey("journal_entry.id", name="fk_history_seal_journal_id"), nullable=False
        ),
        sa.Column("entry_count", sa.Integer, nullable=False, server_default="0"),
        sa.Column("hash", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_history_seal"),
        sqlite_strict=True,
    )
    op.create_index("uq_history_seal_journal_id", "history_seal", ["journal_id"], unique=True)
    for event in ("UPDATE", "DELETE"):
        name = f"history_seal_keeps_{event.lower()}"
        if op.get_bind().dialect.name == "sqlite":
            action = "BEGIN SELECT RAISE(ABORT, 'history_seal is kept and cannot be changed'); END"
            op.execute(sa.text(f"CREATE TRIGGER {name} BEFORE {event} ON history_seal FOR EACH ROW {action}"))
        else:
            op.execute(
                f"CREATE TRIGGER {name} BEFORE {event} ON history_seal FOR EACH ROW EXECUTE FUNCTION duedesk_refuse()"
            )
