"""Indexes that cover only the rows they are asked for, so that a first load builds less."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"

_ACCOUNT = ["billing_account_id", "currency_iso_code", "invoice_date", "total_amount_with_tax", "owner_id"]
_PARTIAL = (
    ("ix_invoice_owner_id", "invoice", ["owner_id", "billing_account_id"]),
    ("ix_invoice_full_settlement_date", "invoice", ["full_settlement_date", "invoice_date"]),
    ("uq_invoice_external_id", "invoice", ["external_id"]),
    ("uq_invoice_line_external_id", "invoice_line", ["external_id"]),
    ("uq_payment_external_id", "payment", ["external_id"]),
    ("uq_payment_payment_number", "payment", ["payment_number"]),
    ("uq_payment_source_key", "payment", ["source_key"]),
    ("uq_application_external_id", "application", ["external_id"]),
)
"""Each is of the rows that have what comes first in it."""

_APPLIED = [
    *("currency_iso_code", "last_applied_date", "invoice_date", "billing_account_id", "due_date"),
    *("total_amount_with_tax", "first_applied_date", "voided_date", "owner_id"),
]


def upgrade() -> None:
    """Narrow the indexes; what an account was billed and what was posted is one, and balances are read with due dates."""
    for name in ("ix_invoice_open_balance", "ix_invoice_posted", "ix_invoice_billing_account_id"):
        op.drop_index(name, "invoice")
    op.create_index("ix_invoice_billing_account_id", "invoice", [*_ACCOUNT, "voided_date", "posted_at", "due_date"])
    for name, table, columns in _PARTIAL:
        there = sa.text(f"{columns[0]} IS NOT NULL")
        op.drop_index(name, table)
        op.create_index(name, table, columns, unique=name.startswith("uq_"), sqlite_where=there, postgresql_where=there)
    if op.get_bind().dialect.name == "postgresql":
        _keep_keys()


def _keep_keys() -> None:
    """Hold the key beside what is read, as a file's indexes do by themselves: a past day then reads an index alone."""
    op.drop_index("ix_invoice_due_date", "invoice")
    op.create_index("ix_invoice_due_date", "invoice", ["due_date"], postgresql_include=["id"])
    op.drop_index("ix_invoice_applied", "invoice")
    there = sa.text("last_applied_date IS NOT NULL")
    op.create_index("ix_invoice_applied", "invoice", _APPLIED, postgresql_where=there, postgresql_include=["id"])
