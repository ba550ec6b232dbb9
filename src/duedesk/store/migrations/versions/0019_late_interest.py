"""Reference rates of a book by series and day, and which days of an invoice interest was charged for."""

import sqlalchemy as sa
from alembic import op

from duedesk.store.tables.columns import Amount, Day, Flag, Key, Moment

revision = "0019"
down_revision = "0018"

_DESK_ROLES = ("duedesk_clerk", "duedesk_supervisor", "duedesk_finance")
_ROLES = (*_DESK_ROLES, "duedesk_auditor")
_KEPT = "interest is kept as it was charged"
_FIXED = (
    "invoice_id, dunning_letter_id, currency_iso_code, charged_from, charged_until, amount, waived_amount, waived_reason, "
    "basis, recorded_at, recorded_by"
)


def upgrade() -> None:
    """Make the tables and their guards; on a server the policies and grants."""
    _make_rates()
    _make_charges()
    on_file = op.get_bind().dialect.name == "sqlite"
    _guard("values", f"UPDATE OF {_FIXED}", "", on_file=on_file)
    _guard(
        "cancelling",
        "UPDATE OF is_cancelled",
        "WHEN (OLD.is_cancelled <> NEW.is_cancelled AND OLD.is_cancelled)",
        on_file=on_file,
    )
    _guard("delete", "DELETE", "", on_file=on_file)
    if not on_file:
        _secure()
        _tell_who_sees()
        _grant()


def _make_rates() -> None:
    op.create_table(
        "reference_rate",
        sa.Column("id", Key, nullable=False),
        sa.Column("external_id", sa.Text),
        sa.Column("series", sa.Text, nullable=False),
        sa.Column("start_date", Day, nullable=False),
        sa.Column("percent", Amount, nullable=False, server_default="0"),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("journal_id", Key, sa.ForeignKey("journal_entry.id", name="fk_reference_rate_journal_id")),
        sa.PrimaryKeyConstraint("id", name="pk_reference_rate"),
        sa.CheckConstraint(
            "percent BETWEEN -10000000 AND 10000000 AND source <> ''", name=op.f("ck_reference_rate_percent")
        ),
        sqlite_strict=True,
    )
    op.create_index("uq_reference_rate_series", "reference_rate", ["series", "start_date"], unique=True)


def _make_charges() -> None:
    on_file = op.get_bind().dialect.name == "sqlite"
    op.create_table(
        "interest_charge",
        sa.Column("id", Key, nullable=False),
        sa.Column("external_id", sa.Text),
        sa.Column("invoice_id", Key, sa.ForeignKey("invoice.id", name="fk_interest_charge_invoice_id"), nullable=False),
        sa.Column(
            "dunning_letter_id", Key, sa.ForeignKey("dunning_letter.id", name="fk_interest_charge_dunning_letter_id")
        ),
        sa.Column("currency_iso_code", sa.Text, nullable=False),
        sa.Column("charged_from", Day, nullable=False),
        sa.Column("charged_until", Day, nullable=False),
        sa.Column("amount", Amount, nullable=False, server_default="0"),
        sa.Column("waived_amount", Amount, nullable=False, server_default="0"),
        sa.Column("waived_reason", sa.Text),
        sa.Column("basis", sa.Text),
        sa.Column("is_cancelled", Flag, nullable=False, server_default="0"),
        sa.Column("recorded_at", Moment, nullable=False),
        sa.Column("recorded_by", sa.Text, nullable=False),
        sa.Column("journal_id", Key, sa.ForeignKey("journal_entry.id", name="fk_interest_charge_journal_id")),
        sa.PrimaryKeyConstraint("id", name="pk_interest_charge"),
        sa.CheckConstraint("charged_until >= charged_from", name=op.f("ck_interest_charge_days")),
        sa.CheckConstraint(
            "amount >= 0 AND waived_amount >= 0 AND (amount = 0 OR waived_amount = 0)",
            name=op.f("ck_interest_charge_amount"),
        ),
        sa.CheckConstraint("(waived_amount = 0) = (waived_reason IS NULL)", name=op.f("ck_interest_charge_waived")),
        sqlite_strict=True,
    )
    op.create_index("uq_interest_charge_external_id", "interest_charge", ["external_id"], unique=True)
    standing = sa.text("is_cancelled = 0" if on_file else "NOT is_cancelled")
    op.create_index(
        "uq_interest_charge_invoice_id",
        "interest_charge",
        ["invoice_id", "charged_from"],
        unique=True,
        sqlite_where=standing,
        postgresql_where=standing,
    )
    op.create_index("ix_interest_charge_dunning_letter_id", "interest_charge", ["dunning_letter_id"])


def _guard(what: str, event: str, condition: str, *, on_file: bool) -> None:
    does = f"BEGIN SELECT RAISE(ABORT, '{_KEPT}'); END" if on_file else "EXECUTE FUNCTION duedesk_refuse()"
    op.execute(
        sa.text(
            f"CREATE TRIGGER interest_charge_keeps_{what} BEFORE {event} ON interest_charge FOR EACH ROW {condition} {does}"
        )
    )


def _secure() -> None:
    """Let everybody read the rates and the keepers change them; a charge goes with its invoice."""
    known = "(SELECT duedesk_role()) IS NOT NULL"
    desk = "(SELECT duedesk_role()) IN ('Clerk', 'Supervisor', 'Finance')"
    keeps = "(SELECT duedesk_role()) IN ('Supervisor', 'Finance')"
    seen = "EXISTS (SELECT 1 FROM invoice v WHERE v.id = invoice_id)"  # which shows what the reader may see
    edits = f"({desk} AND EXISTS (SELECT 1 FROM invoice v WHERE v.id = invoice_id AND duedesk_reaches('Edit', v.id)))"
    _policies("reference_rate", known, keeps, keeps)
    _policies("interest_charge", seen, f"{edits} AND recorded_by = session_user", edits)


def _policies(table: str, read: str, add: str, change: str) -> None:
    op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY {table}_read ON {table} FOR SELECT USING ({read})")
    op.execute(f"CREATE POLICY {table}_add ON {table} FOR INSERT WITH CHECK ({add})")
    op.execute(f"CREATE POLICY {table}_change ON {table} FOR UPDATE USING ({change}) WITH CHECK ({change})")


def _tell_who_sees() -> None:
    """Let journal and changes be seen by whoever sees the charge they speak of."""
    bind = op.get_bind()
    read = str(
        bind.exec_driver_sql(
            "SELECT pg_get_expr(polqual, polrelid) FROM pg_policy "
            "WHERE polname = 'record_change_read' AND polrelid = 'record_change'::regclass"
        ).scalar()
    )
    shown = "(object_name <> 'InterestCharge' OR EXISTS (SELECT 1 FROM interest_charge d WHERE d.id = record_key))"
    bind.exec_driver_sql("DROP POLICY record_change_read ON record_change")
    bind.exec_driver_sql(
        f"CREATE POLICY record_change_read ON record_change FOR SELECT USING (({read}) AND {shown})".replace("%", "%%")
    )
    here = _here()
    body = _body("duedesk_sees").replace(
        "ELSE true END",
        f"WHEN 'InterestCharge' THEN EXISTS (SELECT 1 FROM {here}.interest_charge d WHERE d.id = $2 "
        f"AND {here}.duedesk_reaches('Read', d.invoice_id)) ELSE true END",
    )
    bind.exec_driver_sql(
        "CREATE OR REPLACE FUNCTION duedesk_sees(object_name text, key bigint) RETURNS boolean LANGUAGE sql STABLE "
        f"SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $${body}$$"
    )


def _grant() -> None:
    """Add the tables to what each role is granted, and grant it where the roles are there."""
    here = _here()
    begun, _, _ = _body("duedesk_grant").rpartition("END")
    steps = "".join(f"GRANT SELECT ON {here}.reference_rate, {here}.interest_charge TO {role}; " for role in _ROLES)
    steps += "".join(
        f"GRANT INSERT, UPDATE ON {here}.interest_charge TO {role}; GRANT USAGE ON ALL SEQUENCES IN SCHEMA {here} TO {role}; "
        for role in _DESK_ROLES
    )
    steps += "".join(f"GRANT INSERT, UPDATE ON {here}.reference_rate TO {role}; " for role in _DESK_ROLES[1:])
    op.get_bind().exec_driver_sql(
        f"CREATE OR REPLACE FUNCTION duedesk_grant() RETURNS void LANGUAGE plpgsql AS $${begun}{steps}END $$"
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
