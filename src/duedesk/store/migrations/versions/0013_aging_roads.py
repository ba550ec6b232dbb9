"""Roads an aging takes: the first and last day on which a document was applied, and the indexes that carry them."""

import sqlalchemy as sa
from alembic import op

from duedesk.store.tables.columns import Day

revision = "0013"
down_revision = "0012"

_OPEN = ["currency_iso_code", "effective_date", "balance", "last_applied_date"]
_LATE = "last_applied_date > effective_date"


def upgrade() -> None:
    """Add the days and state them from the applications; on a server its checks are heard before indexes are built."""
    op.add_column("invoice", sa.Column("first_applied_date", Day))
    for table in ("invoice", "payment", "credit_memo"):
        op.add_column(table, sa.Column("last_applied_date", Day))
    for table in ("payment", "credit_memo"):
        _state(table, "last_applied_date = d.last_day")
    _state("invoice", "first_applied_date = d.first_day, last_applied_date = d.last_day")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("SET CONSTRAINTS ALL IMMEDIATE")
    op.drop_index("ix_invoice_open", "invoice")
    open_invoices = ["billing_account_id", "currency_iso_code", "due_date", "balance", "invoice_date", "owner_id"]
    _index("ix_invoice_open", "invoice", [*open_invoices, "last_applied_date"], "balance <> 0")
    applied = ["currency_iso_code", "last_applied_date", "invoice_date", "billing_account_id", "due_date"]
    applied += ["total_amount_with_tax", "first_applied_date", "voided_date", "owner_id"]
    _index("ix_invoice_applied", "invoice", applied, "last_applied_date IS NOT NULL")
    op.drop_index("ix_invoice_invoice_date", "invoice")
    dated = ["invoice_date", "last_applied_date", "billing_account_id", "currency_iso_code", *applied[4:]]
    op.create_index("ix_invoice_invoice_date", "invoice", dated)
    op.drop_index("ix_invoice_voided", "invoice")
    voided = ["voided_date", *dated[:6], "net_payments_applied", "net_credits_applied", "owner_id"]
    _index("ix_invoice_voided", "invoice", voided, "voided_date IS NOT NULL")
    op.drop_index("ix_account_folded_name", "account")
    op.create_index("ix_account_folded_name", "account", ["folded_name", "name", "account_number"])
    for table, account in (("payment", "account_id"), ("credit_memo", "billing_account_id")):
        op.drop_index(f"ix_{table}_open", table)
        _index(f"ix_{table}_open", table, [account, *_OPEN], "balance <> 0")
        _index(f"ix_{table}_late", table, ["last_applied_date", "effective_date"], _LATE)


def _state(table: str, days: str) -> None:
    op.execute(
        f"UPDATE {table} SET {days} FROM (SELECT {table}_id, min(effective_date) AS first_day, "
        f"max(effective_date) AS last_day FROM application WHERE {table}_id IS NOT NULL GROUP BY {table}_id) d "
        f"WHERE d.{table}_id = {table}.id"
    )


def _index(name: str, table: str, columns: list[str], where: str) -> None:
    op.create_index(name, table, columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where))
