"""What the tables of the ledger and of parties need for the whole invoice, and the guards of all that came with it."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.schema import CreateColumn

from duedesk.store.tables.columns import Amount, Day, Flag, Key

revision = "0006"
down_revision = "0005"

_LINKS = (
    ("invoice", "invoice_batch_run_id", "invoice_batch_run"),
    ("invoice", "number_series_id", "number_series"),
    ("credit_memo", "source_invoice_id", "invoice"),
    ("credit_memo", "number_series_id", "number_series"),
    ("journal_entry", "undoes_id", "journal_entry"),
)

_COLUMNS: tuple[tuple[str, sa.Column[object]], ...] = (
    ("invoice", sa.Column("void_reason", sa.Text)),
    ("invoice", sa.Column("error_reason", sa.Text)),
    ("invoice", sa.Column("discount_date", Day)),
    ("invoice", sa.Column("discount_amount", Amount)),
    ("invoice_line", sa.Column("charge_type", sa.Text)),
    ("invoice_line", sa.Column("is_usage_based_invoice_line", Flag, nullable=False, server_default="0")),
    ("invoice_line", sa.Column("gross_unit_price", Amount)),
    ("payment", sa.Column("net_refund_applied", Amount, nullable=False, server_default="0")),
    ("credit_memo", sa.Column("void_reason", sa.Text)),
    ("owner", sa.Column("login", sa.Text)),
    ("owner", sa.Column("role", sa.Text)),
    ("owner", sa.Column("is_active", Flag, nullable=False, server_default="1")),
    ("payment_term", sa.Column("discount_percent", Amount)),
    ("payment_term", sa.Column("discount_days", sa.Integer)),
)

_CHECKS = (
    ("invoice", "balance", "balance >= 0 AND (posted_at IS NULL OR balance <= total_amount_with_tax)"),
    ("invoice_line", "charge_type", "charge_type IN ('One-time', 'Subscription', 'Usage')"),
    (
        "payment",
        "amount",
        "amount > 0 AND net_applied >= 0 AND net_refund_applied >= 0 AND net_applied + net_refund_applied <= amount",
    ),
    ("owner", "role", "role IN ('Clerk', 'Supervisor', 'Finance', 'Auditor')"),
)
_STRICTER_BEFORE = {"invoice", "payment"}

_NEVER = ("history_entry", "record_change", "stored_file")
_FIXED = {
    "refund": ("account_id, payment_id, currency_iso_code, effective_date, amount", "OLD.id IS NOT NULL"),
    "approval_request": ("status, decided_by, decided_at, amount, credit_memo_id", "OLD.decided_at IS NOT NULL"),
}
_PARTS = {
    "invoice_line": ("invoice", "invoice_id", "type, line_amount, tax_amount, quantity, unit_price, tax_rate"),
    "payment_schedule": ("invoice", "invoice_id", "invoice_id, total_requested_amount"),
    "payment_schedule_item": (
        "invoice",
        "invoice_id",
        "invoice_id, position, target_payment_processing_date, requested_amount, later_amount",
    ),
    "credit_memo_line": ("credit_memo", "credit_memo_id", "type, line_amount, tax_amount, tax_rate"),
}
"""Parts of a document that are fixed once it is posted."""


def upgrade() -> None:
    """Add the columns, change the rules, set the guards."""
    on_file = op.get_bind().dialect.name == "sqlite"
    runs = "invoice_batch_run_of_the_source"
    op.execute(f"ALTER TABLE invoice RENAME COLUMN invoice_batch_run_id TO {runs}")
    for table, name, to in _LINKS:
        _add(table, sa.Column(name, Key), f" CONSTRAINT fk_{table}_{name} REFERENCES {to} (id)")
    for table, column in _COLUMNS:
        _add(table, column)
    for table, name, rule in _CHECKS:
        if table in _STRICTER_BEFORE:
            op.execute(f"ALTER TABLE {table} DROP CONSTRAINT ck_{table}_{name}")
        op.execute(f"ALTER TABLE {table} ADD CONSTRAINT ck_{table}_{name} CHECK ({rule})")
    _make_indexes()
    _keep_batch_runs(runs)
    _keep_views()
    for gone in (runs, "last_viewed_date", "last_referenced_date"):
        op.execute(f"ALTER TABLE invoice DROP COLUMN {gone}")
    _set_guards(on_file=on_file)


def _add(table: str, column: sa.Column[object], reference: str = "") -> None:
    written = CreateColumn(column).compile(dialect=op.get_bind().dialect)
    op.execute(sa.text(f"ALTER TABLE {table} ADD COLUMN {written}{reference}"))


def _make_indexes() -> None:
    undoing, sourced = sa.text("undoes_id IS NOT NULL"), sa.text("source_invoice_id IS NOT NULL")
    op.create_index("uq_owner_login", "owner", ["login"], unique=True)
    op.create_index(
        "uq_journal_entry_undoes_id",
        "journal_entry",
        ["undoes_id"],
        unique=True,
        sqlite_where=undoing,
        postgresql_where=undoing,
    )
    op.create_index(
        "ix_credit_memo_source_invoice_id",
        "credit_memo",
        ["source_invoice_id"],
        sqlite_where=sourced,
        postgresql_where=sourced,
    )


def _keep_batch_runs(runs: str) -> None:
    """Make a record of each batch run that invoices from elsewhere name, so that they refer to it."""
    op.execute(
        "INSERT INTO invoice_batch_run (external_id, status, created_date) "
        f"SELECT {runs}, 'Completed', min(created_date) FROM invoice WHERE {runs} IS NOT NULL GROUP BY {runs}"
    )
    op.execute(
        "UPDATE invoice SET invoice_batch_run_id = "
        f"(SELECT r.id FROM invoice_batch_run r WHERE r.external_id = invoice.{runs}) WHERE {runs} IS NOT NULL"
    )


def _keep_views() -> None:
    """Views of a record belong to a user now: those of a source to whoever brought it in."""
    op.execute(
        "INSERT INTO record_view (user_name, object_name, record_key, last_viewed_date, last_referenced_date) "
        "SELECT j.actor, 'Invoice', i.id, i.last_viewed_date, i.last_referenced_date "
        "FROM invoice i JOIN journal_entry j ON j.id = i.journal_id "
        "WHERE i.last_viewed_date IS NOT NULL OR i.last_referenced_date IS NOT NULL"
    )


def _set_guards(*, on_file: bool) -> None:
    if not on_file:
        op.execute(
            "CREATE FUNCTION duedesk_refuse_part() RETURNS trigger LANGUAGE plpgsql AS $$ DECLARE posted boolean; BEGIN "
            "EXECUTE format('SELECT posted_at IS NOT NULL FROM %I WHERE id = ($1).%I', TG_ARGV[0], TG_ARGV[1]) "
            "INTO posted USING OLD; "
            "IF posted THEN RAISE EXCEPTION '% is posted and cannot be changed', TG_TABLE_NAME; END IF; "
            "IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $$"
        )
    for table in _NEVER:
        _guard(table, "UPDATE", "", on_file=on_file)
        _guard(table, "DELETE", "", on_file=on_file)
    for table, (columns, condition) in _FIXED.items():
        _guard(table, f"UPDATE OF {columns}", condition, on_file=on_file)
        _guard(table, "DELETE", condition, on_file=on_file)
    for table, (document, reference, columns) in _PARTS.items():
        for event in (f"UPDATE OF {columns}", "DELETE"):
            if on_file:
                posted = f"(SELECT posted_at FROM {document} WHERE id = OLD.{reference}) IS NOT NULL"
                _guard(table, event, posted, on_file=True)
            else:
                name = f"{table}_keeps_{event.split(maxsplit=1)[0].lower()}"
                op.execute(
                    f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW "
                    f"EXECUTE FUNCTION duedesk_refuse_part('{document}', '{reference}')"
                )


def _guard(table: str, event: str, condition: str, *, on_file: bool) -> None:
    name = f"{table}_keeps_{event.split(maxsplit=1)[0].lower()}"
    when = f"WHEN ({condition})" if condition else ""
    if on_file:
        action = f"BEGIN SELECT RAISE(ABORT, '{table} is kept and cannot be changed'); END"
        op.execute(sa.text(f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW {when} {action}"))
    else:
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW {when} EXECUTE FUNCTION duedesk_refuse()"
        )
