"""Tables of the house itself: the journal of actions, the files taken in, and the settings of the book."""

from sqlalchemy import text

from duedesk.store.tables.columns import Index, link, moment, number, table, words

UNDOING = text("undoes_id IS NOT NULL")
"""An action is undone once."""

journal_entry = table(
    "journal_entry",
    moment("recorded_at", required=True),
    words("actor", required=True),
    words("action", required=True),
    words("summary", required=True),
    words("details", required=True),
    words("previous_hash", required=True),
    words("hash", required=True),
    link("undoes_id", "journal_entry"),
    words("history_hash"),
    Index("uq_journal_entry_hash", "hash", unique=True),
    Index(
        "uq_journal_entry_undoes_id",
        "undoes_id",
        unique=True,
        sqlite_where=UNDOING,
        postgresql_where=UNDOING,
    ),
)

import_batch = table(
    "import_batch",
    words("file_name", required=True),
    words("file_hash", required=True),
    number("row_count", default="0"),
    link("journal_id", "journal_entry", required=True),
    Index("uq_import_batch_file_hash", "file_hash", unique=True),
)

setting = table(
    "setting",
    words("name", required=True),
    words("value", required=True),
    link("journal_id", "journal_entry"),
    Index("uq_setting_name", "name", unique=True),
)
