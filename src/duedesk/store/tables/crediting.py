"""Tables of what credit memos are made of, of money given back, and of what waits for another person's approval."""

from sqlalchemy import text

from duedesk.store.tables.columns import CheckConstraint, Index, amount, day, link, moment, one_of, table, words

CANCELED = text("cancellation_effective_date IS NOT NULL")

credit_memo_line = table(
    "credit_memo_line",
    words("external_id"),
    link("credit_memo_id", "credit_memo", required=True),
    words("name", required=True),
    words("type", required=True),
    words("description"),
    amount("line_amount"),
    amount("tax_rate", required=False),
    words("tax_name"),
    words("tax_code"),
    amount("tax_amount"),
    day("start_date"),
    day("end_date"),
    link("related_line_id", "credit_memo_line"),
    link("invoice_line_id", "invoice_line"),
    moment("created_date", required=True),
    link("journal_id", "journal_entry"),
    one_of("type", "Charge", "Adjustment", "Tax"),
    Index("uq_credit_memo_line_external_id", "external_id", unique=True),
    Index("ix_credit_memo_line_credit_memo_id", "credit_memo_id"),
)

refund = table(
    "refund",
    words("external_id"),
    words("refund_number"),
    link("account_id", "account", required=True),
    link("payment_id", "payment", required=True),
    words("status", required=True),
    words("type", required=True),
    words("processing_mode", required=True),
    words("currency_iso_code", required=True),
    day("effective_date", required=True),
    moment("date"),
    amount("amount"),
    words("gateway_ref_number"),
    words("comments"),
    day("cancellation_effective_date"),
    moment("cancellation_date"),
    moment("created_date", required=True),
    link("journal_id", "journal_entry"),
    one_of("status", "Processed", "Canceled"),
    CheckConstraint("amount > 0", name="amount"),
    Index("uq_refund_external_id", "external_id", unique=True),
    Index("uq_refund_refund_number", "refund_number", unique=True),
    Index("ix_refund_payment_id", "payment_id"),
    Index("ix_refund_effective_date", "effective_date"),
    Index("ix_refund_canceled", "cancellation_effective_date", sqlite_where=CANCELED, postgresql_where=CANCELED),
)

approval_request = table(
    "approval_request",
    words("kind", required=True),
    link("credit_memo_id", "credit_memo", required=True),
    link("invoice_id", "invoice", required=True),
    words("currency_iso_code", required=True),
    amount("amount"),
    words("reason_code"),
    words("status", required=True),
    words("requested_by", required=True),
    moment("requested_at", required=True),
    words("decided_by"),
    moment("decided_at"),
    words("comments"),
    link("journal_id", "journal_entry"),
    one_of("kind", "Write-off"),
    one_of("status", "Pending", "Approved", "Rejected"),
    CheckConstraint("(status = 'Pending') = (decided_by IS NULL)", name="decided"),
    CheckConstraint("status <> 'Approved' OR decided_by <> requested_by", name="four_eyes"),
    Index("ix_approval_request_invoice_id", "invoice_id"),
    Index("uq_approval_request_credit_memo_id", "credit_memo_id", unique=True),
)
