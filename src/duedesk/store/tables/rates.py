"""The table of rates of exchange: how many of a currency one of the base currency buys from a day on."""

from duedesk.store.tables.columns import CheckConstraint, Index, day, link, rate, table, words

dated_conversion_rate = table(
    "dated_conversion_rate",
    words("external_id"),
    words("base_iso_code", required=True),
    words("iso_code", required=True),
    day("start_date", required=True),
    rate("conversion_rate"),
    link("journal_id", "journal_entry"),
    CheckConstraint("conversion_rate > 0 AND iso_code <> base_iso_code", name="rate"),
    Index("uq_dated_conversion_rate_iso_code", "iso_code", "start_date", unique=True),
)
"""All rates of a book stand over one base, so that any two currencies have a rate between them."""
