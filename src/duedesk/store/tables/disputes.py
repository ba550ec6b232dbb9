"""The table of disputes: what a customer contests of an invoice, since when, why, and how it ended.

A row is written once and ended once; a dispute that is taken up again is another row.
"""

from duedesk.store.tables.columns import CheckConstraint, Index, amount, day, link, moment, table, words

dispute = table(
    "dispute",
    words("external_id"),
    words("name", required=True),
    link("invoice_id", "invoice", required=True),
    words("currency_iso_code", required=True),
    amount("disputed_amount"),
    words("reason_code", required=True),
    words("description"),
    day("received_date", required=True),
    moment("recorded_at", required=True),
    words("recorded_by", required=True),
    day("resolved_on"),
    moment("resolved_at"),
    words("resolved_by"),
    words("resolution"),
    words("resolution_description"),
    link("journal_id", "journal_entry"),
    CheckConstraint("disputed_amount > 0", name="amount"),
    CheckConstraint(
        "(resolved_on IS NULL) = (resolved_at IS NULL) AND (resolved_on IS NULL) = (resolution IS NULL) "
        "AND (resolved_on IS NULL OR resolved_on >= received_date)",
        name="resolved",
    ),
    Index("uq_dispute_external_id", "external_id", unique=True),
    Index("uq_dispute_name", "name", unique=True),
    Index("ix_dispute_invoice_id", "invoice_id", "received_date", "resolved_on", "disputed_amount"),
)
"""It counts as of day D, as known on K, where it was received by D and recorded by K and not resolved by both."""
