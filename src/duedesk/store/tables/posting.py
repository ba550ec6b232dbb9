"""Tables of how documents get their numbers, and of the runs that post many invoices at once."""

from duedesk.store.tables.columns import CheckConstraint, Index, flag, link, moment, number, one_of, table, words

number_series = table(
    "number_series",
    words("name", required=True),
    words("object_name", required=True),
    words("kind", required=True),
    words("prefix", required=True),
    number("digits", default="5"),
    flag("is_default"),
    moment("created_date", required=True),
    link("journal_id", "journal_entry"),
    one_of("object_name", "Invoice", "CreditMemo", "Payment", "Refund", "DunningLetter", "DunningRun"),
    one_of("kind", "Sequential", "Random"),
    CheckConstraint("digits BETWEEN 1 AND 9", name="digits"),
    Index("uq_number_series_name", "name", unique=True),
)

number_counter = table(
    "number_counter",
    link("number_series_id", "number_series", required=True),
    words("period", required=True),
    number("next_number", default="1"),
    Index("uq_number_counter_number_series_id", "number_series_id", "period", unique=True),
)

invoice_batch_run = table(
    "invoice_batch_run",
    words("external_id"),
    words("invoice_batch_run_number"),
    words("status", required=True),
    words("criteria"),
    words("comments"),
    link("owner_id", "owner"),
    moment("start_time"),
    moment("completion_time"),
    number("total_draft_invoices", default="0"),
    number("total_posted_invoices", default="0"),
    number("total_invoices_failed", default="0"),
    moment("created_date", required=True),
    link("journal_id", "journal_entry"),
    one_of("status", "Pending", "Started", "Completed", "Completed With Errors", "Canceled"),
    Index("uq_invoice_batch_run_external_id", "external_id", unique=True),
    Index("uq_invoice_batch_run_invoice_batch_run_number", "invoice_batch_run_number", unique=True),
)

invoice_batch_run_item = table(
    "invoice_batch_run_item",
    link("invoice_batch_run_id", "invoice_batch_run", required=True),
    link("invoice_id", "invoice", required=True),
    words("status", required=True),
    words("reason"),
    moment("completion_time"),
    link("journal_id", "journal_entry"),
    one_of("status", "Pending", "Posted", "Error", "Skipped"),
    Index("uq_invoice_batch_run_item_invoice_batch_run_id", "invoice_batch_run_id", "invoice_id", unique=True),
    Index("ix_invoice_batch_run_item_invoice_id", "invoice_id"),
)
