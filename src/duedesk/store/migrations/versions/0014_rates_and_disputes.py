"""Rates of exchange by day, and what customers contest of an invoice."""

import sqlalchemy as sa
from alembic import op

from duedesk.store.tables.columns import Amount, Day, Key, Moment, Rate

revision = "0014"
down_revision = "0013"

_DESK_ROLES = ("duedesk_clerk", "duedesk_supervisor", "duedesk_finance")
_ROLES = (*_DESK_ROLES, "duedesk_auditor")
_FIXED = (
    "name, invoice_id, currency_iso_code, disputed_amount, reason_code, description, received_date, recorded_at, "
    "recorded_by"
)
_KEPT = "a dispute is kept as it was recorded"


def upgrade() -> None:
    """Make the tables and their guards; on a server the policies and grants."""
    _make_rates()
    _make_dispute()
    on_file = op.get_bind().dialect.name == "sqlite"
    for event, condition in (
        (f"UPDATE OF {_FIXED}", ""),
        ("UPDATE OF resolved_on, resolved_at, resolved_by, resolution", "WHEN (OLD.resolved_on IS NOT NULL)"),
        ("DELETE", ""),
    ):
        _guard(event, condition, on_file=on_file)
    if not on_file:
        _secure()
        _grant()


def _make_rates() -> None:
    op.create_table(
        "dated_conversion_rate",
        sa.Column("id", Key, nullable=False),
        sa.Column("external_id", sa.Text),
        sa.Column("base_iso_code", sa.Text, nullable=False),
        sa.Column("iso_code", sa.Text, nullable=False),
        sa.Column("start_date", Day, nullable=False),
        sa.Column("conversion_rate", Rate, nullable=False),
        sa.Column("journal_id", Key, sa.ForeignKey("journal_entry.id", name="fk_dated_conversion_rate_journal_id")),
        sa.PrimaryKeyConstraint("id", name="pk_dated_conversion_rate"),
        sa.CheckConstraint(
            "conversion_rate > 0 AND iso_code <> base_iso_code", name=op.f("ck_dated_conversion_rate_rate")
        ),
        sqlite_strict=True,
    )
    unique = ["iso_code", "start_date"]
    op.create_index("uq_dated_conversion_rate_iso_code", "dated_conversion_rate", unique, unique=True)


def _make_dispute() -> None:
    op.create_table(
        "dispute",
        sa.Column("id", Key, nullable=False),
        sa.Column("external_id", sa.Text),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("invoice_id", Key, sa.ForeignKey("invoice.id", name="fk_dispute_invoice_id"), nullable=False),
        sa.Column("currency_iso_code", sa.Text, nullable=False),
        sa.Column("disputed_amount", Amount, nullable=False, server_default="0"),
        sa.Column("reason_code", sa.Text, nullable=False),
        sa.Column("description", sa.Text),
        sa.Column("received_date", Day, nullable=False),
        sa.Column("recorded_at", Moment, nullable=False),
        sa.Column("recorded_by", sa.Text, nullable=False),
        sa.Column("resolved_on", Day),
        sa.Column("resolved_at", Moment),
        sa.Column("resolved_by", sa.Text),
        sa.Column("resolution", sa.Text),
        sa.Column("resolution_description", sa.Text),
        sa.Column("journal_id", Key, sa.ForeignKey("journal_entry.id", name="fk_dispute_journal_id")),
        sa.PrimaryKeyConstraint("id", name="pk_dispute"),
        sa.CheckConstraint("disputed_amount > 0", name=op.f("ck_dispute_amount")),
        sa.CheckConstraint(
            "(resolved_on IS NULL) = (resolved_at IS NULL) AND (resolved_on IS NULL) = (resolution IS NULL) "
            "AND (resolved_on IS NULL OR resolved_on >= received_date)",
            name=op.f("ck_dispute_resolved"),
        ),
        sqlite_strict=True,
    )
    op.create_index("uq_dispute_external_id", "dispute", ["external_id"], unique=True)
    op.create_index("uq_dispute_name", "dispute", ["name"], unique=True)
    held = ["invoice_id", "received_date", "resolved_on", "disputed_amount"]
    op.create_index("ix_dispute_invoice_id", "dispute", held)


def _guard(event: str, condition: str, *, on_file: bool) -> None:
    what = "resolution" if "resolved_on" in event else event.split(maxsplit=1)[0].lower()
    does = f"BEGIN SELECT RAISE(ABORT, '{_KEPT}'); END" if on_file else "EXECUTE FUNCTION duedesk_refuse()"
    op.execute(
        sa.text(f"CREATE TRIGGER dispute_keeps_{what} BEFORE {event} ON dispute FOR EACH ROW {condition} {does}")
    )


def _secure() -> None:
    """Let whoever sees an invoice see what is contested of it, also in the journal; rates are the keepers' to change."""
    known = "(SELECT duedesk_role()) IS NOT NULL"
    desk = "(SELECT duedesk_role()) IN ('Clerk', 'Supervisor', 'Finance')"
    keeps = "(SELECT duedesk_role()) IN ('Supervisor', 'Finance')"
    seen = "EXISTS (SELECT 1 FROM invoice v WHERE v.id = invoice_id)"  # which shows what the reader may see
    edits = f"({desk} AND EXISTS (SELECT 1 FROM invoice v WHERE v.id = invoice_id AND duedesk_reaches('Edit', v.id)))"
    _policies("dispute", seen, f"{edits} AND recorded_by = session_user", edits)
    _policies("dated_conversion_rate", known, keeps, keeps)
    bind = op.get_bind()
    read = str(
        bind.exec_driver_sql(
            "SELECT pg_get_expr(polqual, polrelid) FROM pg_policy "
            "WHERE polname = 'record_change_read' AND polrelid = 'record_change'::regclass"
        ).scalar()
    )
    shown = "(object_name <> 'Dispute' OR EXISTS (SELECT 1 FROM dispute d WHERE d.id = record_key))"
    bind.exec_driver_sql("DROP POLICY record_change_read ON record_change")
    bind.exec_driver_sql(
        f"CREATE POLICY record_change_read ON record_change FOR SELECT USING (({read}) AND {shown})".replace("%", "%%")
    )
    here = _here()
    body = _body("duedesk_sees").replace(
        "ELSE true END",
        f"WHEN 'Dispute' THEN EXISTS (SELECT 1 FROM {here}.dispute d WHERE d.id = $2 "
        f"AND {here}.duedesk_reaches('Read', d.invoice_id)) ELSE true END",
    )
    bind.exec_driver_sql(
        "CREATE OR REPLACE FUNCTION duedesk_sees(object_name text, key bigint) RETURNS boolean LANGUAGE sql STABLE "
        f"SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $${body}$$"
    )


def _policies(table: str, read: str, add: str, change: str) -> None:
    op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY {table}_read ON {table} FOR SELECT USING ({read})")
    op.execute(f"CREATE POLICY {table}_add ON {table} FOR INSERT WITH CHECK ({add})")
    op.execute(f"CREATE POLICY {table}_change ON {table} FOR UPDATE USING ({change}) WITH CHECK ({change})")


def _grant() -> None:
    """Add the tables to what each role is granted, and grant it where the roles are there."""
    here = _here()
    begun, _, _ = _body("duedesk_grant").rpartition("END")
    reads = "".join(f"GRANT SELECT ON {here}.dispute, {here}.dated_conversion_rate TO {role}; " for role in _ROLES)
    writes = "".join(
        f"GRANT INSERT, UPDATE ON {here}.dispute TO {role}; GRANT USAGE ON ALL SEQUENCES IN SCHEMA {here} TO {role}; "
        for role in _DESK_ROLES
    )
    keeps = "".join(f"GRANT INSERT, UPDATE ON {here}.dated_conversion_rate TO {role}; " for role in _DESK_ROLES[1:])
    op.get_bind().exec_driver_sql(
        "CREATE OR REPLACE FUNCTION duedesk_grant() RETURNS void LANGUAGE plpgsql AS "
        f"$${begun}{reads}{writes}{keeps}END $$"
    )
    op.execute(
        "DO $$ BEGIN IF (SELECT count(*) FROM pg_roles WHERE rolname IN "
        f"({', '.join(map(repr, _ROLES))})) = 4 THEN PERFORM duedesk_grant(); END IF; END $$"
    )


def _here() -> str:
    return str(op.get_bind().exec_driver_sql("SELECT quote_ident(current_schema())").scalar())


def _body(function: str) -> str:
    return str(
        op.get_bind()
        .exec_driver_sql(
            f"SELECT prosrc FROM pg_proc WHERE proname = '{function}' AND pronamespace = current_schema()::regnamespace"
        )
        .scalar()
    )
