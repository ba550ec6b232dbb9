"""Reference rates of a book by series and day, and which days of an invoice interest was charged for."""

import sqlalchemy as sa
from alembic import op

from duedesk.store.migrations.guards import guard
from duedesk.store.migrations.server_access import (
    EDITS_INVOICE,
    KEEPS,
    KNOWN,
    SEES_INVOICE,
    grant,
    set_policies,
    show_changes_of,
)
from duedesk.store.tables.columns import Amount, Day, Flag, Key, Moment

revision = "0019"
down_revision = "0018"

_KEPT = "interest is kept as it was charged"
_FIXED = (
    "invoice_id, dunning_letter_id, currency_iso_code, charged_from, charged_until, amount, waived_amount, waived_reason, "
    "basis, recorded_at, recorded_by"
)

_SEEN = (
    "WHEN 'InterestCharge' THEN EXISTS (SELECT 1 FROM {s}.interest_charge d WHERE d.id = $2 "
    "AND {s}.duedesk_reaches('Read', d.invoice_id)) "
)


def upgrade() -> None:
    """Make the tables and their guards; on a server everybody reads the rates, and a charge goes with its invoice."""
    _make_rates()
    _make_charges()
    guard("interest_charge", "values", f"UPDATE OF {_FIXED}", _KEPT)
    standing = "WHEN (OLD.is_cancelled <> NEW.is_cancelled AND OLD.is_cancelled)"
    guard("interest_charge", "cancelling", "UPDATE OF is_cancelled", _KEPT, standing)
    guard("interest_charge", "delete", "DELETE", _KEPT)
    if op.get_bind().dialect.name == "postgresql":
        set_policies("reference_rate", KNOWN, KEEPS, KEEPS)
        mine = f"{EDITS_INVOICE} AND recorded_by = session_user"
        set_policies("interest_charge", SEES_INVOICE, mine, EDITS_INVOICE)
        show_changes_of({"InterestCharge": "interest_charge"}, _SEEN)
        grant(("interest_charge",), kept=("reference_rate",))


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
