"""The table of deliveries: on which way each letter leaves, and what is known of its arrival.

A delivery is claimed before its message is handed over, and ends once; what bounced later says so.
"""

from sqlalchemy import text

from duedesk.store.tables.columns import CheckConstraint, Index, link, moment, number, one_of, table, words

UNDER_WAY = text("status IN ('Waiting', 'Claimed', 'Unknown', 'Sent')")

letter_delivery = table(
    "letter_delivery",
    words("external_id"),
    link("dunning_letter_id", "dunning_letter", required=True),
    words("channel", required=True),
    words("address"),
    words("status", required=True),
    words("message_id"),
    number("attempts", default="0"),
    words("last_error"),
    moment("next_try_at"),
    moment("claimed_at"),
    words("claimed_by"),
    moment("sent_at"),
    moment("bounced_at"),
    moment("created_date", required=True),
    link("journal_id", "journal_entry"),
    one_of("channel", "print", "mail"),
    one_of("status", "Waiting", "Claimed", "Sent", "Unknown", "Refused", "Failed", "Withdrawn"),
    CheckConstraint(
        "status <> 'Claimed' OR (claimed_at IS NOT NULL AND claimed_by IS NOT NULL AND message_id IS NOT NULL)",
        name="claimed",
    ),
    CheckConstraint("status <> 'Sent' OR sent_at IS NOT NULL", name="sent"),
    CheckConstraint("channel <> 'mail' OR address IS NOT NULL", name="address"),
    Index("uq_letter_delivery_external_id", "external_id", unique=True),
    Index(
        "uq_letter_delivery_dunning_letter_id",
        *("dunning_letter_id", "channel"),
        unique=True,
        sqlite_where=UNDER_WAY,
        postgresql_where=UNDER_WAY,
    ),
    Index("ix_letter_delivery_dunning_letter_id", "dunning_letter_id"),
    Index("ix_letter_delivery_status", "status", "next_try_at"),
    Index("ix_letter_delivery_message_id", "message_id"),
)
"""A letter has one delivery a channel that is under way or done; what failed makes room for another."""
