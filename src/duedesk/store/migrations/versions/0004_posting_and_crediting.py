"""Number series, batch runs, members of groups, instalments, lines of credit memos, refunds, approvals."""

import sqlalchemy as sa
from alembic import op

from duedesk.store.tables.columns import Amount, Day, Flag, Key, Moment

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the tables."""
    _make_number_series()
    _make_number_counter()
    _make_invoice_batch_run()
    _make_invoice_batch_run_item()
    _make_group_member()
    _make_payment_term_item()
    _make_credit_memo_line()
    _make_refund()
    _make_approval_request()
    _make_payment_schedule()
    _make_payment_schedule_item()


def _make_number_series() -> None:
    op.create_table(
        "number_series",
        sa.Column("id", Key, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("object_name", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("prefix", sa.Text, nullable=False),
        sa.Column("digits", sa.Integer, nullable=False, server_default="5"),
        sa.Column("is_default", Flag, nullable=False, server_default="0"),
        sa.Column("created_date", Moment, nullable=False),
        sa.Column("journal_id", Key, sa.ForeignKey("journal_entry.id", name="fk_number_series_journal_id")),
        sa.PrimaryKeyConstraint("id", name="pk_number_series"),
        sa.CheckConstraint("digits BETWEEN 1 AND 9", name=op.f("ck_number_series_digits")),
        sa.CheckConstraint("kind IN ('Sequential', 'Random')", name=op.f("ck_number_series_kind")),
        sa.CheckConstraint(
            "object_name IN ('Invoice', 'CreditMemo', 'Payment', 'Refund')", name=op.f("ck_number_series_object_name")
        ),
        sqlite_strict=True,
    )
    op.create_index("uq_number_series_name", "number_series", ["name"], unique=True)


def _make_number_counter() -> None:
    op.create_table(
        "number_counter",
        sa.Column("id", Key, nullable=False),
        sa.Column(
            "number_series_id",
            Key,
            sa.ForeignKey("number_series.id", name="fk_number_counter_number_series_id"),
            nullable=False,
        ),
        sa.Column("period", sa.Text, nullable=False),
        sa.Column("next_number", sa.Integer, nullable=False, server_default="1"),
        sa.PrimaryKeyConstraint("id", name="pk_number_counter"),
        sqlite_strict=True,
    )
    op.create_index("uq_number_counter_number_series_id", "number_counter", ["number_series_id", "period"], unique=True)


def _make_invoice_batch_run() -> None:
    op.create_table(
        "invoice_batch_run",
        sa.Column("id", Key, nullable=False),
        sa.Column("external_id", sa.Text),
        sa.Column("invoice_batch_run_number", sa.Text),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("criteria", sa.Text),
        sa.Column("comments", sa.Text),
        sa.Column("owner_id", Key, sa.ForeignKey("owner.id", name="fk_invoice_batch_run_owner_id")),
        sa.Column("start_time", Moment),
        sa.Column("completion_time", Moment),
        sa.Column("total_draft_invoices", sa.Integer, nullable=False, server_default="0"),
        sa.Column("total_posted_invoices", sa.Integer, nullable=False, server_default="0"),
        sa.Column("total_invoices_failed", sa.Integer, nullable=False, server_default="0"),
        sa.Column("created_date", Moment, nullable=False),
        sa.Column("journal_id", Key, sa.ForeignKey("journal_entry.id", name="fk_invoice_batch_run_journal_id")),
        sa.PrimaryKeyConstraint("id", name="pk_invoice_batch_run"),
        sa.CheckConstraint(
            "status IN ('Pending', 'Started', 'Completed', 'Completed With Errors', 'Canceled')",
            name=op.f("ck_invoice_batch_run_status"),
        ),
        sqlite_strict=True,
    )
    op.create_index("uq_invoice_batch_run_external_id", "invoice_batch_run", ["external_id"], unique=True)
    op.create_index(
        "uq_invoice_batch_run_invoice_batch_run_number", "invoice_batch_run", ["invoice_batch_run_number"], unique=True
    )


def _make_invoice_batch_run_item() -> None:
    op.create_table(
        "invoice_batch_run_item",
        sa.Column("id", Key, nullable=False),
        sa.Column(
            "invoice_batch_run_id",
            Key,
            sa.ForeignKey("invoice_batch_run.id", name="fk_invoice_batch_run_item_invoice_batch_run_id"),
            nullable=False,
        ),
        sa.Column(
            "invoice_id", Key, sa.ForeignKey("invoice.id", name="fk_invoice_batch_run_item_invoice_id"), nullable=False
        ),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("reason", sa.Text),
        sa.Column("completion_time", Moment),
        sa.Column("journal_id", Key, sa.ForeignKey("journal_entry.id", name="fk_invoice_batch_run_item_journal_id")),
        sa.PrimaryKeyConstraint("id", name="pk_invoice_batch_run_item"),
        sa.CheckConstraint(
            "status IN ('Pending', 'Posted', 'Error', 'Skipped')", name=op.f("ck_invoice_batch_run_item_status")
        ),
        sqlite_strict=True,
    )
    op.create_index("ix_invoice_batch_run_item_invoice_id", "invoice_batch_run_item", ["invoice_id"])
    op.create_index(
        "uq_invoice_batch_run_item_invoice_batch_run_id",
        "invoice_batch_run_item",
        ["invoice_batch_run_id", "invoice_id"],
        unique=True,
    )


def _make_group_member() -> None:
    op.create_table(
        "group_member",
        sa.Column("id", Key, nullable=False),
        sa.Column("external_id", sa.Text),
        sa.Column("group_id", Key, sa.ForeignKey("owner.id", name="fk_group_member_group_id"), nullable=False),
        sa.Column(
            "user_or_group_id", Key, sa.ForeignKey("owner.id", name="fk_group_member_user_or_group_id"), nullable=False
        ),
        sa.Column("journal_id", Key, sa.ForeignKey("journal_entry.id", name="fk_group_member_journal_id")),
        sa.PrimaryKeyConstraint("id", name="pk_group_member"),
        sqlite_strict=True,
    )
    op.create_index("ix_group_member_user_or_group_id", "group_member", ["user_or_group_id"])
    op.create_index("uq_group_member_external_id", "group_member", ["external_id"], unique=True)
    op.create_index("uq_group_member_group_id", "group_member", ["group_id", "user_or_group_id"], unique=True)


def _make_payment_term_item() -> None:
    op.create_table(
        "payment_term_item",
        sa.Column("id", Key, nullable=False),
        sa.Column("external_id", sa.Text),
        sa.Column(
            "payment_term_id",
            Key,
            sa.ForeignKey("payment_term.id", name="fk_payment_term_item_payment_term_id"),
            nullable=False,
        ),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("description", sa.Text),
        sa.Column("type", sa.Text, nullable=False),
        sa.Column("payment_timeframe", sa.Text, nullable=False),
        sa.Column("period", sa.Integer, nullable=False, server_default="0"),
        sa.Column("period_unit", sa.Text, nullable=False),
        sa.Column("day_of_month", sa.Integer),
        sa.Column("added_days", sa.Integer, nullable=False, server_default="0"),
        sa.Column("percentage", Amount),
        sa.Column("amount", Amount),
        sa.Column("created_date", Moment, nullable=False),
        sa.Column("journal_id", Key, sa.ForeignKey("journal_entry.id", name="fk_payment_term_item_journal_id")),
        sa.PrimaryKeyConstraint("id", name="pk_payment_term_item"),
        sa.CheckConstraint("period_unit IN ('Days', 'Months')", name=op.f("ck_payment_term_item_period_unit")),
        sqlite_strict=True,
    )
    op.create_index("ix_payment_term_item_payment_term_id", "payment_term_item", ["payment_term_id"])
    op.create_index("uq_payment_term_item_external_id", "payment_term_item", ["external_id"], unique=True)


def _make_credit_memo_line() -> None:
    op.create_table(
        "credit_memo_line",
        sa.Column("id", Key, nullable=False),
        sa.Column("external_id", sa.Text),
        sa.Column(
            "credit_memo_id",
            Key,
            sa.ForeignKey("credit_memo.id", name="fk_credit_memo_line_credit_memo_id"),
            nullable=False,
        ),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("type", sa.Text, nullable=False),
        sa.Column("description", sa.Text),
        sa.Column("line_amount", Amount, nullable=False, server_default="0"),
        sa.Column("tax_rate", Amount),
        sa.Column("tax_name", sa.Text),
        sa.Column("tax_code", sa.Text),
        sa.Column("tax_amount", Amount, nullable=False, server_default="0"),
        sa.Column("start_date", Day),
        sa.Column("end_date", Day),
        sa.Column(
            "related_line_id", Key, sa.ForeignKey("credit_memo_line.id", name="fk_credit_memo_line_related_line_id")
        ),
        sa.Column("invoice_line_id", Key, sa.ForeignKey("invoice_line.id", name="fk_credit_memo_line_invoice_line_id")),
        sa.Column("created_date", Moment, nullable=False),
        sa.Column("journal_id", Key, sa.ForeignKey("journal_entry.id", name="fk_credit_memo_line_journal_id")),
        sa.PrimaryKeyConstraint("id", name="pk_credit_memo_line"),
        sa.CheckConstraint("type IN ('Charge', 'Adjustment', 'Tax')", name=op.f("ck_credit_memo_line_type")),
        sqlite_strict=True,
    )
    op.create_index("ix_credit_memo_line_credit_memo_id", "credit_memo_line", ["credit_memo_id"])
    op.create_index("uq_credit_memo_line_external_id", "credit_memo_line", ["external_id"], unique=True)


def _make_refund() -> None:
    op.create_table(
        "refund",
        sa.Column("id", Key, nullable=False),
        sa.Column("external_id", sa.Text),
        sa.Column("refund_number", sa.Text),
        sa.Column("account_id", Key, sa.ForeignKey("account.id", name="fk_refund_account_id"), nullable=False),
        sa.Column("payment_id", Key, sa.ForeignKey("payment.id", name="fk_refund_payment_id"), nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("type", sa.Text, nullable=False),
        sa.Column("processing_mode", sa.Text, nullable=False),
        sa.Column("currency_iso_code", sa.Text, nullable=False),
        sa.Column("effective_date", Day, nullable=False),
        sa.Column("date", Moment),
        sa.Column("amount", Amount, nullable=False, server_default="0"),
        sa.Column("gateway_ref_number", sa.Text),
        sa.Column("comments", sa.Text),
        sa.Column("cancellation_effective_date", Day),
        sa.Column("cancellation_date", Moment),
        sa.Column("created_date", Moment, nullable=False),
        sa.Column("journal_id", Key, sa.ForeignKey("journal_entry.id", name="fk_refund_journal_id")),
        sa.PrimaryKeyConstraint("id", name="pk_refund"),
        sa.CheckConstraint("amount > 0", name=op.f("ck_refund_amount")),
        sa.CheckConstraint("status IN ('Processed', 'Canceled')", name=op.f("ck_refund_status")),
        sqlite_strict=True,
    )
    op.create_index(
        "ix_refund_canceled",
        "refund",
        ["cancellation_effective_date"],
        sqlite_where=sa.text("cancellation_effective_date IS NOT NULL"),
        postgresql_where=sa.text("cancellation_effective_date IS NOT NULL"),
    )
    op.create_index("ix_refund_effective_date", "refund", ["effective_date"])
    op.create_index("ix_refund_payment_id", "refund", ["payment_id"])
    op.create_index("uq_refund_external_id", "refund", ["external_id"], unique=True)
    op.create_index("uq_refund_refund_number", "refund", ["refund_number"], unique=True)


def _make_approval_request() -> None:
    op.create_table(
        "approval_request",
        sa.Column("id", Key, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column(
            "credit_memo_id",
            Key,
            sa.ForeignKey("credit_memo.id", name="fk_approval_request_credit_memo_id"),
            nullable=False,
        ),
        sa.Column(
            "invoice_id", Key, sa.ForeignKey("invoice.id", name="fk_approval_request_invoice_id"), nullable=False
        ),
        sa.Column("currency_iso_code", sa.Text, nullable=False),
        sa.Column("amount", Amount, nullable=False, server_default="0"),
        sa.Column("reason_code", sa.Text),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("requested_by", sa.Text, nullable=False),
        sa.Column("requested_at", Moment, nullable=False),
        sa.Column("decided_by", sa.Text),
        sa.Column("decided_at", Moment),
        sa.Column("comments", sa.Text),
        sa.Column("journal_id", Key, sa.ForeignKey("journal_entry.id", name="fk_approval_request_journal_id")),
        sa.PrimaryKeyConstraint("id", name="pk_approval_request"),
        sa.CheckConstraint("(status = 'Pending') = (decided_by IS NULL)", name=op.f("ck_approval_request_decided")),
        sa.CheckConstraint(
            "status <> 'Approved' OR decided_by <> requested_by", name=op.f("ck_approval_request_four_eyes")
        ),
        sa.CheckConstraint("kind IN ('Write-off')", name=op.f("ck_approval_request_kind")),
        sa.CheckConstraint("status IN ('Pending', 'Approved', 'Rejected')", name=op.f("ck_approval_request_status")),
        sqlite_strict=True,
    )
    op.create_index("ix_approval_request_invoice_id", "approval_request", ["invoice_id"])
    op.create_index("uq_approval_request_credit_memo_id", "approval_request", ["credit_memo_id"], unique=True)


def _make_payment_schedule() -> None:
    op.create_table(
        "payment_schedule",
        sa.Column("id", Key, nullable=False),
        sa.Column("external_id", sa.Text),
        sa.Column("payment_schedule_number", sa.Text),
        sa.Column(
            "invoice_id", Key, sa.ForeignKey("invoice.id", name="fk_payment_schedule_invoice_id"), nullable=False
        ),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("currency_iso_code", sa.Text, nullable=False),
        sa.Column("total_requested_amount", Amount, nullable=False, server_default="0"),
        sa.Column("comments", sa.Text),
        sa.Column("created_date", Moment, nullable=False),
        sa.Column("journal_id", Key, sa.ForeignKey("journal_entry.id", name="fk_payment_schedule_journal_id")),
        sa.PrimaryKeyConstraint("id", name="pk_payment_schedule"),
        sa.CheckConstraint("status IN ('Draft', 'Ready')", name=op.f("ck_payment_schedule_status")),
        sqlite_strict=True,
    )
    op.create_index("uq_payment_schedule_external_id", "payment_schedule", ["external_id"], unique=True)
    op.create_index("uq_payment_schedule_invoice_id", "payment_schedule", ["invoice_id"], unique=True)


def _make_payment_schedule_item() -> None:
    op.create_table(
        "payment_schedule_item",
        sa.Column("id", Key, nullable=False),
        sa.Column("external_id", sa.Text),
        sa.Column(
            "payment_schedule_id",
            Key,
            sa.ForeignKey("payment_schedule.id", name="fk_payment_schedule_item_payment_schedule_id"),
            nullable=False,
        ),
        sa.Column(
            "invoice_id", Key, sa.ForeignKey("invoice.id", name="fk_payment_schedule_item_invoice_id"), nullable=False
        ),
        sa.Column("position", sa.Integer, nullable=False, server_default="1"),
        sa.Column("payment_schedule_item_number", sa.Text),
        sa.Column("currency_iso_code", sa.Text, nullable=False),
        sa.Column("target_payment_processing_date", Day, nullable=False),
        sa.Column("requested_amount", Amount, nullable=False, server_default="0"),
        sa.Column("later_amount", Amount, nullable=False, server_default="0"),
        sa.Column("comments", sa.Text),
        sa.Column("journal_id", Key, sa.ForeignKey("journal_entry.id", name="fk_payment_schedule_item_journal_id")),
        sa.PrimaryKeyConstraint("id", name="pk_payment_schedule_item"),
        sa.CheckConstraint("requested_amount > 0 AND later_amount >= 0", name=op.f("ck_payment_schedule_item_amount")),
        sqlite_strict=True,
    )
    op.create_index(
        "ix_payment_schedule_item_invoice_id", "payment_schedule_item", ["invoice_id", "target_payment_processing_date"]
    )
    op.create_index("uq_payment_schedule_item_external_id", "payment_schedule_item", ["external_id"], unique=True)
    op.create_index(
        "uq_payment_schedule_item_payment_schedule_id",
        "payment_schedule_item",
        ["payment_schedule_id", "position"],
        unique=True,
    )
