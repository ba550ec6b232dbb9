"""Invoices and their lines, payments, credit memos and the applications."""

import sqlalchemy as sa
from alembic import op

from duedesk.store.tables.columns import Amount, Day, Flag, Key, Moment

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the tables."""
    _make_invoice()
    _make_invoice_line()
    _make_payment()
    _make_credit_memo()
    _make_application()


def _make_invoice() -> None:
    op.create_table(
        "invoice",
        sa.Column("id", Key, nullable=False),
        sa.Column("external_id", sa.Text),
        sa.Column("document_number", sa.Text),
        sa.Column("invoice_number", sa.Text),
        sa.Column(
            "billing_account_id", Key, sa.ForeignKey("account.id", name="fk_invoice_billing_account_id"), nullable=False
        ),
        sa.Column("bill_to_contact_id", Key, sa.ForeignKey("contact.id", name="fk_invoice_bill_to_contact_id")),
        sa.Column("owner_id", Key, sa.ForeignKey("owner.id", name="fk_invoice_owner_id")),
        sa.Column("payment_term_id", Key, sa.ForeignKey("payment_term.id", name="fk_invoice_payment_term_id")),
        sa.Column("reference_entity_id", sa.Text),
        sa.Column("invoice_batch_run_id", sa.Text),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("settlement_status", sa.Text, nullable=False),
        sa.Column("currency_iso_code", sa.Text, nullable=False),
        sa.Column("tax_locale_type", sa.Text),
        sa.Column("invoice_date", Day),
        sa.Column("due_date", Day),
        sa.Column("is_due_date_derived", Flag, nullable=False, server_default="0"),
        sa.Column("posted_date", Day),
        sa.Column("posted_at", Moment),
        sa.Column("voided_date", Day),
        sa.Column("voided_at", Moment),
        sa.Column("full_settlement_date", Day),
        sa.Column("total_amount", Amount, nullable=False, server_default="0"),
        sa.Column("total_tax_amount", Amount, nullable=False, server_default="0"),
        sa.Column("total_amount_with_tax", Amount, nullable=False, server_default="0"),
        sa.Column("total_charge_amount", Amount, nullable=False, server_default="0"),
        sa.Column("total_charge_tax_amount", Amount, nullable=False, server_default="0"),
        sa.Column("total_charge_amount_with_tax", Amount, nullable=False, server_default="0"),
        sa.Column("total_adjustment_amount", Amount, nullable=False, server_default="0"),
        sa.Column("total_adjustment_tax_amount", Amount, nullable=False, server_default="0"),
        sa.Column("total_adjustment_amount_with_tax", Amount, nullable=False, server_default="0"),
        sa.Column("total_converted_neg_amount", Amount, nullable=False, server_default="0"),
        sa.Column("net_payments_applied", Amount, nullable=False, server_default="0"),
        sa.Column("net_credits_applied", Amount, nullable=False, server_default="0"),
        sa.Column("balance", Amount, nullable=False, server_default="0"),
        sa.Column("imported_balance", Amount),
        sa.Column("should_exclude_payment", Flag, nullable=False, server_default="0"),
        sa.Column("payment_exclusion_reason", sa.Text),
        sa.Column("description", sa.Text),
        sa.Column("last_referenced_date", Moment),
        sa.Column("last_viewed_date", Moment),
        sa.Column("created_date", Moment, nullable=False),
        sa.Column("version", sa.Integer, nullable=False, server_default="1"),
        sa.Column("journal_id", Key, sa.ForeignKey("journal_entry.id", name="fk_invoice_journal_id")),
        sa.PrimaryKeyConstraint("id", name="pk_invoice"),
        sa.CheckConstraint(
            "balance >= 0 AND balance <= total_amount_with_tax",
            name=op.f("ck_invoice_balance"),
        ),
        sa.CheckConstraint(
            "status NOT IN ('Posted', 'Voided') OR (invoice_date IS NOT NULL AND due_date IS NOT NULL AND posted_at IS NOT NULL)",
            name=op.f("ck_invoice_posted"),
        ),
        sa.CheckConstraint(
            "settlement_status IN ('Not Applicable', 'Not Settled', 'Partially Settled', 'Settled')",
            name=op.f("ck_invoice_settlement_status"),
        ),
        sa.CheckConstraint(
            "status IN ('Draft', 'Draft In Progress', 'Pending', 'Posting In Progress', 'Posted', 'Void In Progress', 'Voided', 'Canceled', 'Error')",
            name=op.f("ck_invoice_status"),
        ),
        sa.CheckConstraint(
            "status <> 'Voided' OR (voided_date IS NOT NULL AND voided_at IS NOT NULL)",
            name=op.f("ck_invoice_voided"),
        ),
        sqlite_strict=True,
    )
    op.create_index("ix_invoice_billing_account_id", "invoice", ["billing_account_id", "due_date"])
    op.create_index("ix_invoice_full_settlement_date", "invoice", ["full_settlement_date", "invoice_date"])
    op.create_index("ix_invoice_invoice_date", "invoice", ["invoice_date"])
    op.create_index(
        "ix_invoice_open",
        "invoice",
        ["billing_account_id", "currency_iso_code", "due_date", "balance", "invoice_date", "owner_id"],
        sqlite_where=sa.text("balance <> 0"),
        postgresql_where=sa.text("balance <> 0"),
    )
    op.create_index(
        "ix_invoice_posted",
        "invoice",
        [
            "billing_account_id",
            "currency_iso_code",
            "invoice_date",
            "total_amount_with_tax",
            "owner_id",
            "voided_date",
            "posted_at",
        ],
        sqlite_where=sa.text("posted_at IS NOT NULL"),
        postgresql_where=sa.text("posted_at IS NOT NULL"),
    )
    op.create_index("ix_invoice_posted_at", "invoice", ["posted_at"])
    op.create_index(
        "ix_invoice_voided",
        "invoice",
        ["voided_date"],
        sqlite_where=sa.text("voided_date IS NOT NULL"),
        postgresql_where=sa.text("voided_date IS NOT NULL"),
    )
    op.create_index("uq_invoice_document_number", "invoice", ["document_number"], unique=True)
    op.create_index("uq_invoice_external_id", "invoice", ["external_id"], unique=True)


def _make_invoice_line() -> None:
    op.create_table(
        "invoice_line",
        sa.Column("id", Key, nullable=False),
        sa.Column("external_id", sa.Text),
        sa.Column("invoice_id", Key, sa.ForeignKey("invoice.id", name="fk_invoice_line_invoice_id"), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("type", sa.Text, nullable=False),
        sa.Column("description", sa.Text),
        sa.Column("quantity", Amount),
        sa.Column("unit_price", Amount),
        sa.Column("line_amount", Amount, nullable=False, server_default="0"),
        sa.Column("tax_rate", Amount),
        sa.Column("tax_name", sa.Text),
        sa.Column("tax_code", sa.Text),
        sa.Column("tax_amount", Amount, nullable=False, server_default="0"),
        sa.Column("charge_amount", Amount, nullable=False, server_default="0"),
        sa.Column("charge_tax_amount", Amount, nullable=False, server_default="0"),
        sa.Column("charge_amount_with_tax", Amount, nullable=False, server_default="0"),
        sa.Column("adjustment_amount", Amount, nullable=False, server_default="0"),
        sa.Column("adjustment_tax_amount", Amount, nullable=False, server_default="0"),
        sa.Column("adjustment_amount_with_tax", Amount, nullable=False, server_default="0"),
        sa.Column("converted_neg_amount", Amount, nullable=False, server_default="0"),
        sa.Column("invoice_line_start_date", Day),
        sa.Column("invoice_line_end_date", Day),
        sa.Column("related_line_id", Key, sa.ForeignKey("invoice_line.id", name="fk_invoice_line_related_line_id")),
        sa.Column("created_date", Moment, nullable=False),
        sa.Column("journal_id", Key, sa.ForeignKey("journal_entry.id", name="fk_invoice_line_journal_id")),
        sa.PrimaryKeyConstraint("id", name="pk_invoice_line"),
        sa.CheckConstraint(
            "type IN ('Charge', 'Adjustment', 'Tax')",
            name=op.f("ck_invoice_line_type"),
        ),
        sqlite_strict=True,
    )
    op.create_index("ix_invoice_line_invoice_id", "invoice_line", ["invoice_id"])
    op.create_index("uq_invoice_line_external_id", "invoice_line", ["external_id"], unique=True)


def _make_payment() -> None:
    op.create_table(
        "payment",
        sa.Column("id", Key, nullable=False),
        sa.Column("external_id", sa.Text),
        sa.Column("payment_number", sa.Text),
        sa.Column("account_id", Key, sa.ForeignKey("account.id", name="fk_payment_account_id"), nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("type", sa.Text, nullable=False),
        sa.Column("processing_mode", sa.Text, nullable=False),
        sa.Column("currency_iso_code", sa.Text, nullable=False),
        sa.Column("effective_date", Day, nullable=False),
        sa.Column("date", Moment),
        sa.Column("amount", Amount, nullable=False, server_default="0"),
        sa.Column("net_applied", Amount, nullable=False, server_default="0"),
        sa.Column("balance", Amount, nullable=False, server_default="0"),
        sa.Column("gateway_ref_number", sa.Text),
        sa.Column("comments", sa.Text),
        sa.Column("cancellation_effective_date", Day),
        sa.Column("cancellation_date", Moment),
        sa.Column("created_date", Moment, nullable=False),
        sa.Column("source_key", sa.Text),
        sa.Column("journal_id", Key, sa.ForeignKey("journal_entry.id", name="fk_payment_journal_id")),
        sa.PrimaryKeyConstraint("id", name="pk_payment"),
        sa.CheckConstraint(
            "amount > 0 AND net_applied >= 0 AND net_applied <= amount",
            name=op.f("ck_payment_amount"),
        ),
        sa.CheckConstraint(
            "status IN ('Draft', 'Processed', 'Canceled')",
            name=op.f("ck_payment_status"),
        ),
        sqlite_strict=True,
    )
    op.create_index(
        "ix_payment_account_id",
        "payment",
        ["account_id", "currency_iso_code", "effective_date", "amount", "status", "cancellation_effective_date"],
    )
    op.create_index(
        "ix_payment_canceled",
        "payment",
        ["cancellation_effective_date"],
        sqlite_where=sa.text("cancellation_effective_date IS NOT NULL"),
        postgresql_where=sa.text("cancellation_effective_date IS NOT NULL"),
    )
    op.create_index(
        "ix_payment_effective_date", "payment", ["effective_date", "account_id", "currency_iso_code", "net_applied"]
    )
    op.create_index(
        "ix_payment_open",
        "payment",
        ["account_id", "currency_iso_code", "effective_date", "balance"],
        sqlite_where=sa.text("balance <> 0"),
        postgresql_where=sa.text("balance <> 0"),
    )
    op.create_index("uq_payment_external_id", "payment", ["external_id"], unique=True)
    op.create_index("uq_payment_payment_number", "payment", ["payment_number"], unique=True)
    op.create_index("uq_payment_source_key", "payment", ["source_key"], unique=True)


def _make_credit_memo() -> None:
    op.create_table(
        "credit_memo",
        sa.Column("id", Key, nullable=False),
        sa.Column("external_id", sa.Text),
        sa.Column("document_number", sa.Text),
        sa.Column("credit_memo_number", sa.Text),
        sa.Column(
            "billing_account_id",
            Key,
            sa.ForeignKey("account.id", name="fk_credit_memo_billing_account_id"),
            nullable=False,
        ),
        sa.Column("bill_to_contact_id", Key, sa.ForeignKey("contact.id", name="fk_credit_memo_bill_to_contact_id")),
        sa.Column("owner_id", Key, sa.ForeignKey("owner.id", name="fk_credit_memo_owner_id")),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("category", sa.Text),
        sa.Column("reason_code", sa.Text),
        sa.Column("source_action", sa.Text),
        sa.Column("currency_iso_code", sa.Text, nullable=False),
        sa.Column("credit_date", Day),
        sa.Column("effective_date", Day, nullable=False),
        sa.Column("posted_at", Moment),
        sa.Column("voided_date", Day),
        sa.Column("voided_at", Moment),
        sa.Column("total_amount", Amount, nullable=False, server_default="0"),
        sa.Column("total_tax_amount", Amount, nullable=False, server_default="0"),
        sa.Column("total_amount_with_tax", Amount, nullable=False, server_default="0"),
        sa.Column("net_credits_applied", Amount, nullable=False, server_default="0"),
        sa.Column("balance", Amount, nullable=False, server_default="0"),
        sa.Column("reference_entity_id", sa.Text),
        sa.Column("description", sa.Text),
        sa.Column("created_date", Moment, nullable=False),
        sa.Column("journal_id", Key, sa.ForeignKey("journal_entry.id", name="fk_credit_memo_journal_id")),
        sa.PrimaryKeyConstraint("id", name="pk_credit_memo"),
        sa.CheckConstraint(
            "total_amount_with_tax > 0 AND net_credits_applied >= 0 AND net_credits_applied <= total_amount_with_tax",
            name=op.f("ck_credit_memo_amount"),
        ),
        sa.CheckConstraint(
            "status IN ('Draft', 'Pending', 'Posted', 'Error', 'Void In Progress', 'Voided', 'Canceled')",
            name=op.f("ck_credit_memo_status"),
        ),
        sqlite_strict=True,
    )
    op.create_index(
        "ix_credit_memo_billing_account_id",
        "credit_memo",
        [
            "billing_account_id",
            "currency_iso_code",
            "effective_date",
            "total_amount_with_tax",
            "posted_at",
            "voided_date",
        ],
    )
    op.create_index(
        "ix_credit_memo_effective_date",
        "credit_memo",
        ["effective_date", "billing_account_id", "currency_iso_code", "net_credits_applied"],
    )
    op.create_index(
        "ix_credit_memo_open",
        "credit_memo",
        ["billing_account_id", "currency_iso_code", "effective_date", "balance"],
        sqlite_where=sa.text("balance <> 0"),
        postgresql_where=sa.text("balance <> 0"),
    )
    op.create_index(
        "ix_credit_memo_voided",
        "credit_memo",
        ["voided_date"],
        sqlite_where=sa.text("voided_date IS NOT NULL"),
        postgresql_where=sa.text("voided_date IS NOT NULL"),
    )
    op.create_index("uq_credit_memo_document_number", "credit_memo", ["document_number"], unique=True)
    op.create_index("uq_credit_memo_external_id", "credit_memo", ["external_id"], unique=True)


def _make_application() -> None:
    op.create_table(
        "application",
        sa.Column("id", Key, nullable=False),
        sa.Column("external_id", sa.Text),
        sa.Column("application_number", sa.Text),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("type", sa.Text, nullable=False),
        sa.Column("invoice_id", Key, sa.ForeignKey("invoice.id", name="fk_application_invoice_id"), nullable=False),
        sa.Column("payment_id", Key, sa.ForeignKey("payment.id", name="fk_application_payment_id")),
        sa.Column("credit_memo_id", Key, sa.ForeignKey("credit_memo.id", name="fk_application_credit_memo_id")),
        sa.Column("account_id", Key, sa.ForeignKey("account.id", name="fk_application_account_id"), nullable=False),
        sa.Column("currency_iso_code", sa.Text, nullable=False),
        sa.Column("amount", Amount, nullable=False, server_default="0"),
        sa.Column("impact_amount", Amount, nullable=False, server_default="0"),
        sa.Column("effective_date", Day, nullable=False),
        sa.Column("recorded_at", Moment, nullable=False),
        sa.Column("reverses_id", Key, sa.ForeignKey("application.id", name="fk_application_reverses_id")),
        sa.Column("comments", sa.Text),
        sa.Column("journal_id", Key, sa.ForeignKey("journal_entry.id", name="fk_application_journal_id")),
        sa.PrimaryKeyConstraint("id", name="pk_application"),
        sa.CheckConstraint(
            "amount > 0",
            name=op.f("ck_application_amount"),
        ),
        sa.CheckConstraint(
            "impact_amount = CASE type WHEN 'Applied' THEN -amount ELSE amount END",
            name=op.f("ck_application_impact"),
        ),
        sa.CheckConstraint(
            "kind IN ('payment', 'credit')",
            name=op.f("ck_application_kind"),
        ),
        sa.CheckConstraint(
            "(type = 'Unapplied') = (reverses_id IS NOT NULL)",
            name=op.f("ck_application_reverses"),
        ),
        sa.CheckConstraint(
            "(kind = 'payment') = (payment_id IS NOT NULL) AND (kind = 'credit') = (credit_memo_id IS NOT NULL)",
            name=op.f("ck_application_source"),
        ),
        sa.CheckConstraint(
            "type IN ('Applied', 'Unapplied')",
            name=op.f("ck_application_type"),
        ),
        sqlite_strict=True,
    )
    op.create_index(
        "ix_application_credit_memo_id",
        "application",
        ["credit_memo_id", "effective_date", "recorded_at", "impact_amount"],
        sqlite_where=sa.text("credit_memo_id IS NOT NULL"),
        postgresql_where=sa.text("credit_memo_id IS NOT NULL"),
    )
    op.create_index(
        "ix_application_effective_date",
        "application",
        ["effective_date", "kind", "account_id", "currency_iso_code", "impact_amount", "invoice_id"],
    )
    op.create_index(
        "ix_application_invoice_id",
        "application",
        ["invoice_id", "effective_date", "recorded_at", "kind", "impact_amount"],
    )
    op.create_index(
        "ix_application_payment_id",
        "application",
        ["payment_id", "effective_date", "recorded_at", "impact_amount"],
        sqlite_where=sa.text("payment_id IS NOT NULL"),
        postgresql_where=sa.text("payment_id IS NOT NULL"),
    )
    op.create_index("ix_application_recorded_at", "application", ["recorded_at"])
    op.create_index(
        "ix_application_reverses_id",
        "application",
        ["reverses_id"],
        sqlite_where=sa.text("reverses_id IS NOT NULL"),
        postgresql_where=sa.text("reverses_id IS NOT NULL"),
    )
    op.create_index("uq_application_external_id", "application", ["external_id"], unique=True)
