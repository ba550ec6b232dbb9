"""Tables of what follows a record through its life: history, notes, files, who looked at it, views, bulk verbs."""

from sqlalchemy import ForeignKey, Text

from duedesk.store.tables.columns import (
    Column,
    Index,
    Key,
    content,
    flag,
    link,
    moment,
    number,
    one_of,
    record_key,
    table,
    words,
)

HISTORY_OF = ("Invoice", "Payment", "CreditMemo")

history_entry = table(
    "history_entry",
    words("object_name", required=True),
    record_key("record_key"),
    words("field", required=True),
    words("data_type", required=True),
    words("old_value"),
    words("new_value"),
    words("created_by", required=True),
    moment("created_date", required=True),
    words("action", required=True),
    link("journal_id", "journal_entry", required=True),
    words("previous_hash", required=True),
    words("hash", required=True),
    one_of("object_name", *HISTORY_OF),
    Index("uq_history_entry_hash", "hash", unique=True),
    Index("ix_history_entry_record_key", "record_key", "object_name"),
)
"""No foreign key: the history of a deleted draft stays."""

history_seal = table(
    "history_seal",
    link("journal_id", "journal_entry", required=True),
    number("entry_count", default="0"),
    words("hash", required=True),
    Index("uq_history_seal_journal_id", "journal_id", unique=True),
)
"""For each action how many entries it left, and the hash of the newest entry then: a chain cut short does not fit."""

record_change = table(
    "record_change",
    words("object_name", required=True),
    record_key("record_key"),
    words("external_id"),
    words("change", required=True),
    moment("changed_at", required=True),
    link("journal_id", "journal_entry", required=True),
    one_of("change", "created", "updated", "deleted"),
    Index("ix_record_change_changed_at", "changed_at", "object_name"),
    Index("ix_record_change_record_key", "record_key", "object_name"),
    Index("ix_record_change_journal_id", "journal_id"),
)

stored_file = table(
    "stored_file",
    words("name", required=True),
    words("media_type", required=True),
    number("size", default="0"),
    words("sha256", required=True),
    content("content"),
    Index("ix_stored_file_sha256", "sha256"),
)
"""What stands in a file is kept once, but where the person who attaches it may not see that it is there."""

invoice_feed = table(
    "invoice_feed",
    link("parent_id", "invoice", required=True),
    words("type", required=True),
    words("title"),
    words("body"),
    words("inserted_by", required=True),
    moment("created_date", required=True),
    link("related_record_id", "stored_file"),
    flag("is_deleted"),
    link("journal_id", "journal_entry"),
    one_of("type", "TextPost", "ContentPost"),
    Index("ix_invoice_feed_parent_id", "parent_id", "created_date"),
)

record_view = table(
    "record_view",
    words("user_name", required=True),
    words("object_name", required=True),
    record_key("record_key"),
    moment("last_viewed_date"),
    moment("last_referenced_date"),
    Index("uq_record_view_user_name", "user_name", "object_name", "record_key", unique=True),
    Index("ix_record_view_last_viewed_date", "user_name", "last_viewed_date"),
)

saved_view = table(
    "saved_view",
    words("name", required=True),
    words("user_name", required=True),
    flag("is_shared"),
    words("query", required=True),
    moment("created_date", required=True),
    link("journal_id", "journal_entry"),
    Column("kind", Text, nullable=False, server_default="query"),
    words("search"),
    words("group_by"),
    Index("uq_saved_view_name", "user_name", "name", unique=True),
)
"""A query, or a list: that is a query too, beside what is typed into its search and what its rows are grouped by."""

view_choice = table(
    "view_choice",
    words("user_name", required=True),
    words("object_name", required=True),
    Column("saved_view_id", Key, ForeignKey("saved_view.id", ondelete="CASCADE"), nullable=False),
    Index("uq_view_choice_user_name", "user_name", "object_name", unique=True),
    Index("ix_view_choice_saved_view_id", "saved_view_id"),
)
"""The view that a person's list begins with; it goes with the view, whoever deletes that."""

bulk_run = table(
    "bulk_run",
    words("user_name", required=True),
    words("verb", required=True),
    words("said", required=True),
    words("criteria"),
    words("status", required=True),
    number("total", default="0"),
    moment("created_date", required=True),
    moment("completion_time"),
    one_of("status", "Started", "Completed", "Canceled"),
    Index("ix_bulk_run_user_name", "user_name", "status"),
)
"""A verb said to all that a filter found; what it did stands in the journal under the verb's own name."""

bulk_run_item = table(
    "bulk_run_item",
    link("bulk_run_id", "bulk_run", required=True),
    record_key("invoice_key"),
    words("status", required=True),
    words("reason"),
    one_of("status", "Pending", "Done", "Refused", "Left"),
    Index("ix_bulk_run_item_bulk_run_id", "bulk_run_id", "status", "id"),
)
