"""Tables of who sees and edits which invoices beside their owner."""

from duedesk.store.tables.columns import Index, link, moment, one_of, table, words

invoice_share = table(
    "invoice_share",
    words("external_id"),
    link("parent_id", "invoice", required=True),
    link("user_or_group_id", "owner", required=True),
    words("access_level", required=True),
    words("row_cause", required=True),
    moment("created_date", required=True),
    link("journal_id", "journal_entry"),
    one_of("access_level", "Read", "Edit"),
    one_of("row_cause", "Manual"),
    Index("uq_invoice_share_external_id", "external_id", unique=True),
    Index("uq_invoice_share_parent_id", "parent_id", "user_or_group_id", unique=True),
    Index("ix_invoice_share_user_or_group_id", "user_or_group_id"),
)

invoice_owner_sharing_rule = table(
    "invoice_owner_sharing_rule",
    words("external_id"),
    words("name", required=True),
    link("group_id", "owner", required=True),
    link("user_or_group_id", "owner", required=True),
    words("invoice_access_level", required=True),
    moment("created_date", required=True),
    link("journal_id", "journal_entry"),
    one_of("invoice_access_level", "Read", "Edit"),
    Index("uq_invoice_owner_sharing_rule_external_id", "external_id", unique=True),
    Index("uq_invoice_owner_sharing_rule_name", "name", unique=True),
)
