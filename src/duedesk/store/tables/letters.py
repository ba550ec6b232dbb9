"""Tables of letters: their texts by language and version, and each letter as it was issued; nothing in them changes."""

from duedesk.store.tables.columns import (
    CheckConstraint,
    Index,
    content,
    link,
    moment,
    number,
    one_of,
    table,
    words,
)

letter_text = table(
    "letter_text",
    words("external_id"),
    words("kind", required=True),
    words("language_code", required=True),
    number("version", default="1"),
    words("title", required=True),
    words("subject", required=True),
    words("salutation", required=True),
    words("paragraphs", required=True),
    words("closing", required=True),
    words("signature", required=True),
    moment("recorded_at", required=True),
    words("recorded_by", required=True),
    link("journal_id", "journal_entry"),
    one_of("kind", "courtesy", "level-1", "level-2", "final"),
    CheckConstraint("version > 0", name="version"),
    Index("uq_letter_text_external_id", "external_id", unique=True),
    Index("uq_letter_text_kind", "kind", "language_code", "version", unique=True),
)
"""A text that is saved is another version. What it holds is JSON: a text, or texts of which one is taken."""

issued_letter_document = table(
    "issued_letter_document",
    link("dunning_letter_id", "dunning_letter", required=True),
    words("sha256", required=True),
    number("size", default="0"),
    number("page_count", default="0"),
    words("language_code", required=True),
    words("text_version", required=True),
    words("items", required=True),
    content("pdf"),
    moment("recorded_at", required=True),
    link("journal_id", "journal_entry"),
    Index("uq_issued_letter_document_dunning_letter_id", "dunning_letter_id", unique=True),
)
"""The letter to the byte, what it asked for as JSON, and which text it was made with: `de/level-2/3`."""
