"""Saved views of lists, the one a person begins with, and what became of each invoice a verb was said to in bulk."""

import sqlalchemy as sa
from alembic import op

from duedesk.store.tables.columns import Key, Moment

revision = "0015"
down_revision = "0014"

_DESK_ROLES = ("duedesk_clerk", "duedesk_supervisor", "duedesk_finance")
_ROLES = (*_DESK_ROLES, "duedesk_auditor")
_TABLES = ("view_choice", "bulk_run", "bulk_run_item")


def upgrade() -> None:
    """Add the columns and make the tables; on a server the policies and grants."""
    op.add_column("saved_view", sa.Column("kind", sa.Text, nullable=False, server_default="query"))
    op.add_column("saved_view", sa.Column("search", sa.Text))
    op.add_column("saved_view", sa.Column("group_by", sa.Text))
    _make_view_choice()
    _make_bulk_run()
    if op.get_bind().dialect.name != "sqlite":
        _secure()
        _grant()


def _make_view_choice() -> None:
    view = sa.ForeignKey("saved_view.id", name="fk_view_choice_saved_view_id", ondelete="CASCADE")
    op.create_table(
        "view_choice",
        sa.Column("id", Key, nullable=False),
        sa.Column("user_name", sa.Text, nullable=False),
        sa.Column("object_name", sa.Text, nullable=False),
        sa.Column("saved_view_id", Key, view, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_view_choice"),
        sqlite_strict=True,
    )
    op.create_index("uq_view_choice_user_name", "view_choice", ["user_name", "object_name"], unique=True)
    op.create_index("ix_view_choice_saved_view_id", "view_choice", ["saved_view_id"])


def _make_bulk_run() -> None:
    op.create_table(
        "bulk_run",
        sa.Column("id", Key, nullable=False),
        sa.Column("user_name", sa.Text, nullable=False),
        sa.Column("verb", sa.Text, nullable=False),
        sa.Column("said", sa.Text, nullable=False),
        sa.Column("criteria", sa.Text),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("total", sa.Integer, nullable=False, server_default="0"),
        sa.Column("created_date", Moment, nullable=False),
        sa.Column("completion_time", Moment),
        sa.PrimaryKeyConstraint("id", name="pk_bulk_run"),
        sa.CheckConstraint("status IN ('Started', 'Completed', 'Canceled')", name=op.f("ck_bulk_run_status")),
        sqlite_strict=True,
    )
    op.create_index("ix_bulk_run_user_name", "bulk_run", ["user_name", "status"])
    op.create_table(
        "bulk_run_item",
        sa.Column("id", Key, nullable=False),
        sa.Column(
            "bulk_run_id", Key, sa.ForeignKey("bulk_run.id", name="fk_bulk_run_item_bulk_run_id"), nullable=False
        ),
        sa.Column("invoice_key", Key, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("reason", sa.Text),
        sa.PrimaryKeyConstraint("id", name="pk_bulk_run_item"),
        sa.CheckConstraint("status IN ('Pending', 'Done', 'Refused', 'Left')", name=op.f("ck_bulk_run_item_status")),
        sqlite_strict=True,
    )
    op.create_index("ix_bulk_run_item_bulk_run_id", "bulk_run_item", ["bulk_run_id", "status", "id"])


def _secure() -> None:
    """Keep what a person chose and what they had done in bulk to themselves."""
    mine = "((SELECT duedesk_role()) IS NOT NULL AND user_name = session_user)"
    own = "((SELECT duedesk_role()) IS NOT NULL AND EXISTS (SELECT 1 FROM bulk_run b WHERE b.id = bulk_run_id))"
    for table, whose in (("view_choice", mine), ("bulk_run", mine), ("bulk_run_item", own)):
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY {table}_own ON {table} USING ({whose}) WITH CHECK ({whose})")


def _grant() -> None:
    """Add the tables to what each role is granted, and grant it where the roles are there."""
    bind = op.get_bind()
    here = str(bind.exec_driver_sql("SELECT quote_ident(current_schema())").scalar())
    body = str(
        bind.exec_driver_sql(
            "SELECT prosrc FROM pg_proc WHERE proname = 'duedesk_grant' AND pronamespace = current_schema()::regnamespace"
        ).scalar()
    )
    begun, _, _ = body.rpartition("END")
    tables = ", ".join(f"{here}.{table}" for table in _TABLES)
    added = "".join(f"GRANT INSERT, UPDATE, DELETE ON {tables} TO {role}; " for role in _DESK_ROLES)
    bind.exec_driver_sql(
        f"CREATE OR REPLACE FUNCTION duedesk_grant() RETURNS void LANGUAGE plpgsql AS $${begun}{added}END $$"
    )
    op.execute(
        "DO $$ BEGIN IF (SELECT count(*) FROM pg_roles WHERE rolname IN "
        f"({', '.join(map(repr, _ROLES))})) = 4 THEN PERFORM duedesk_grant(); END IF; END $$"
    )
