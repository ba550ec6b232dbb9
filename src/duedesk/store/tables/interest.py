"""Tables of late interest: the reference rates a book holds, and which days of an invoice were charged by which letter.

Rates of the book take the place of those that come with the program. A charge is kept as made, and cancelled once.
"""

from sqlalchemy import text

from duedesk.store.tables.columns import (
    CheckConstraint,
    Index,
    amount,
    day,
    flag,
    link,
    moment,
    table,
    words,
)

STANDING_ON_FILE, STANDING_ON_SERVER = text("is_cancelled = 0"), text("NOT is_cancelled")

reference_rate = table(
    "reference_rate",
    words("external_id"),
    words("series", required=True),
    day("start_date", required=True),
    amount("percent"),
    words("source", required=True),
    link("journal_id", "journal_entry"),
    CheckConstraint("percent BETWEEN -10000000 AND 10000000 AND source <> ''", name="percent"),
    Index("uq_reference_rate_series", "series", "start_date", unique=True),
)
"""`percent` is percent a year in ten-thousandths: it may be negative, as the German base rate was for years."""

interest_charge = table(
    "interest_charge",
    words("external_id"),
    link("invoice_id", "invoice", required=True),
    link("dunning_letter_id", "dunning_letter"),
    words("currency_iso_code", required=True),
    day("charged_from", required=True),
    day("charged_until", required=True),
    amount("amount"),
    amount("waived_amount"),
    words("waived_reason"),
    words("basis"),
    flag("is_cancelled"),
    moment("recorded_at", required=True),
    words("recorded_by", required=True),
    link("journal_id", "journal_entry"),
    CheckConstraint("charged_until >= charged_from", name="days"),
    CheckConstraint("amount >= 0 AND waived_amount >= 0 AND (amount = 0 OR waived_amount = 0)", name="amount"),
    CheckConstraint("(waived_amount = 0) = (waived_reason IS NULL)", name="waived"),
    Index("uq_interest_charge_external_id", "external_id", unique=True),
    Index(
        "uq_interest_charge_invoice_id",
        *("invoice_id", "charged_from"),
        unique=True,
        sqlite_where=STANDING_ON_FILE,
        postgresql_where=STANDING_ON_SERVER,
    ),
    Index("ix_interest_charge_dunning_letter_id", "dunning_letter_id"),
)
"""Two letters that begin on the same day of the same invoice are one too many: the second is refused."""
