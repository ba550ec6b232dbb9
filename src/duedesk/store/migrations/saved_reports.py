"""The tables of kept reports and their rights, for the migration that makes them: each person has their own."""

import sqlalchemy as sa
from alembic import op

from duedesk.store.migrations.server_access import KNOWN, grant, set_policies
from duedesk.store.tables.columns import Day, Key, Moment

_MINE = f"({KNOWN} AND user_name = session_user)"
_OF_MINE = f"({KNOWN} AND EXISTS (SELECT 1 FROM saved_report s WHERE s.id = saved_report_id))"


def make_saved_reports() -> None:
    """Make tables and indexes; on a server policies and grants."""
    _make_saved()
    _make_productions()
    if op.get_bind().dialect.name == "postgresql":
        for table, whose in (("saved_report", _MINE), ("report_production", _OF_MINE)):
            set_policies(table, whose, whose, whose, whose)
        grant(("saved_report", "report_production"), "INSERT, UPDATE, DELETE")


def _make_saved() -> None:
    entry = sa.ForeignKey("journal_entry.id", name="fk_saved_report_journal_id")
    op.create_table(
        "saved_report",
        sa.Column("id", Key, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("name", "user_name", "report", "said", "folder")),
        sa.Column("ending", sa.Text, nullable=False),
        sa.Column("schedule", sa.Text),
        sa.Column("since", Day, nullable=False),
        sa.Column("created_date", Moment, nullable=False),
        sa.Column("journal_id", Key, entry),
        sa.PrimaryKeyConstraint("id", name="pk_saved_report"),
        sa.CheckConstraint("ending IN ('xlsx', 'csv')", name=op.f("ck_saved_report_ending")),
        sqlite_strict=True,
    )
    op.create_index("uq_saved_report_name", "saved_report", ["user_name", "name"], unique=True)


def _make_productions() -> None:
    table = "report_production"
    of = sa.ForeignKey("saved_report.id", name=f"fk_{table}_saved_report_id", ondelete="CASCADE")
    op.create_table(
        table,
        sa.Column("id", Key, nullable=False),
        sa.Column("saved_report_id", Key, of, nullable=False),
        sa.Column("due_on", Day, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("claimed_at", Moment, nullable=False),
        sa.Column("finished_at", Moment),
        sa.Column("file", sa.Text),
        sa.Column("remark", sa.Text),
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
        sa.CheckConstraint("status IN ('Started', 'Done', 'Failed')", name=op.f(f"ck_{table}_status")),
        sqlite_strict=True,
    )
    op.create_index(f"uq_{table}_saved_report_id", table, ["saved_report_id", "due_on"], unique=True)
