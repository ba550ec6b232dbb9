"""What a note or file says stays as it was posted; who sees an invoice may write on it, and drafts take theirs along."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

_SAYS = "parent_id, type, title, body, inserted_by, created_date, related_record_id"
_KEPT = "a note is kept as it was posted"
_DESK_ROLES = ("duedesk_clerk", "duedesk_supervisor", "duedesk_finance")


def upgrade() -> None:
    """Make the guards, and on a server the policies."""
    op.drop_index("uq_stored_file_sha256", "stored_file")
    op.create_index("ix_stored_file_sha256", "stored_file", ["sha256"])
    if op.get_bind().dialect.name == "sqlite":
        posted = "(SELECT posted_at FROM invoice WHERE id = OLD.parent_id) IS NOT NULL"
        for event, condition in ((f"UPDATE OF {_SAYS}", ""), ("DELETE", f"WHEN ({posted})")):
            name = f"invoice_feed_keeps_{event.split(maxsplit=1)[0].lower()}"
            action = f"BEGIN SELECT RAISE(ABORT, '{_KEPT}'); END"
            op.execute(
                sa.text(f"CREATE TRIGGER {name} BEFORE {event} ON invoice_feed FOR EACH ROW {condition} {action}")
            )
        return
    op.execute(
        f"CREATE TRIGGER invoice_feed_keeps_update BEFORE UPDATE OF {_SAYS} ON invoice_feed "
        "FOR EACH ROW EXECUTE FUNCTION duedesk_refuse()"
    )
    op.execute(
        "CREATE TRIGGER invoice_feed_keeps_delete BEFORE DELETE ON invoice_feed "
        "FOR EACH ROW EXECUTE FUNCTION duedesk_refuse_part('invoice', 'parent_id')"
    )
    _let_readers_write()
    _grant_removal()


def _let_readers_write() -> None:
    writes = "(SELECT duedesk_role()) IN ('Clerk', 'Supervisor', 'Finance')"
    own = "(inserted_by = session_user OR (SELECT duedesk_role()) IN ('Supervisor', 'Finance'))"
    seen = "EXISTS (SELECT 1 FROM invoice v WHERE v.id = parent_id)"  # which shows what the reader may see
    edited = "EXISTS (SELECT 1 FROM invoice v WHERE v.id = parent_id AND duedesk_reaches('Edit', v.id))"
    # A draft that is put back comes with its notes, whoever wrote them.
    restored = "EXISTS (SELECT 1 FROM invoice v WHERE v.id = parent_id AND v.posted_at IS NULL)"
    op.execute("DROP POLICY invoice_feed_add ON invoice_feed")
    op.execute("DROP POLICY invoice_feed_change ON invoice_feed")
    op.execute(
        "CREATE POLICY invoice_feed_add ON invoice_feed FOR INSERT "
        f"WITH CHECK ({writes} AND {seen} AND (inserted_by = session_user OR ({edited} AND {restored})))"
    )
    op.execute(f"CREATE POLICY invoice_feed_change ON invoice_feed FOR UPDATE USING ({writes} AND {seen} AND {own})")
    op.execute(f"CREATE POLICY invoice_feed_remove ON invoice_feed FOR DELETE USING ({writes} AND {edited})")


def _grant_removal() -> None:
    """Let whoever deletes a draft take its notes and shares along, and add that to what each role is granted."""
    op.execute(
        "CREATE POLICY invoice_share_goes ON invoice_share FOR DELETE "
        "USING ((SELECT duedesk_role()) IN ('Clerk', 'Supervisor', 'Finance') AND EXISTS (SELECT 1 FROM invoice v "
        "WHERE v.id = parent_id AND v.posted_at IS NULL AND duedesk_reaches('Edit', v.id)))"
    )
    bind = op.get_bind()
    here = str(bind.exec_driver_sql("SELECT quote_ident(current_schema())").scalar())
    body = str(
        bind.exec_driver_sql(
            "SELECT prosrc FROM pg_proc WHERE proname = 'duedesk_grant' AND pronamespace = current_schema()::regnamespace"
        ).scalar()
    )
    begun, _, _ = body.rpartition("END")
    added = "".join(f"GRANT DELETE ON {here}.invoice_feed, {here}.invoice_share TO {role}; " for role in _DESK_ROLES)
    bind.exec_driver_sql(
        f"CREATE OR REPLACE FUNCTION duedesk_grant() RETURNS void LANGUAGE plpgsql AS $${begun}{added}END $$"
    )
    op.execute(
        "DO $$ BEGIN IF (SELECT count(*) FROM pg_roles WHERE rolname IN "
        "('duedesk_clerk', 'duedesk_supervisor', 'duedesk_finance', 'duedesk_auditor')) = 4 "
        "THEN PERFORM duedesk_grant(); END IF; END $$"
    )
