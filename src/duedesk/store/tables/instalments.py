"""Tables of payment schedules: the instalments an invoice is paid in, each with its own due date."""

from duedesk.store.tables.columns import CheckConstraint, Index, amount, day, link, moment, number, one_of, table, words

payment_schedule = table(
    "payment_schedule",
    words("external_id"),
    words("payment_schedule_number"),
    link("invoice_id", "invoice", required=True),
    words("status", required=True),
    words("currency_iso_code", required=True),
    amount("total_requested_amount"),
    words("comments"),
    moment("created_date", required=True),
    link("journal_id", "journal_entry"),
    one_of("status", "Draft", "Ready"),
    Index("uq_payment_schedule_external_id", "external_id", unique=True),
    Index("uq_payment_schedule_invoice_id", "invoice_id", unique=True),
)

payment_schedule_item = table(
    "payment_schedule_item",
    words("external_id"),
    link("payment_schedule_id", "payment_schedule", required=True),
    link("invoice_id", "invoice", required=True),
    number("position", default="1"),
    words("payment_schedule_item_number"),
    words("currency_iso_code", required=True),
    day("target_payment_processing_date", required=True),
    amount("requested_amount"),
    amount("later_amount"),
    words("comments"),
    link("journal_id", "journal_entry"),
    CheckConstraint("requested_amount > 0 AND later_amount >= 0", name="amount"),
    Index("uq_payment_schedule_item_external_id", "external_id", unique=True),
    Index("uq_payment_schedule_item_payment_schedule_id", "payment_schedule_id", "position", unique=True),
    Index("ix_payment_schedule_item_invoice_id", "invoice_id", "target_payment_processing_date"),
)
"""Payments fill instalments in the order they are due, so that what is open lies on the last ones: of an open balance B
an instalment holds `min(requested_amount, max(0, B - later_amount))`."""
