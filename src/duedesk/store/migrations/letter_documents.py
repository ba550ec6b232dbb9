"""The tables of letter texts and issued letters, with their guards and rights: for the migration that makes them.

Texts are everybody's to read and the keepers' to write; an issued letter goes with its letter. Neither ever changes.
"""

import sqlalchemy as sa
from alembic import op

from duedesk.store.migrations.guards import guard
from duedesk.store.migrations.server_access import EDITS_LETTER, KEEPS, KNOWN, SEES_LETTER, grant, set_policies
from duedesk.store.tables.columns import Key, Moment

_TABLES = {
    "letter_text": "a text of letters is kept as it was saved",
    "issued_letter_document": "a letter is kept as it was issued",
}


def make_letter_documents() -> None:
    """Make tables, indexes and guards; on a server policies and grants."""
    _make_texts()
    _make_documents()
    for table, said in _TABLES.items():
        for event in ("UPDATE", "DELETE"):
            guard(table, event.lower(), event, said)
    if op.get_bind().dialect.name == "postgresql":
        set_policies("letter_text", KNOWN, KEEPS)
        set_policies("issued_letter_document", SEES_LETTER, EDITS_LETTER)
        grant(tuple(_TABLES), "INSERT")


def _words(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, nullable=False) for name in names]


def _link(table: str, name: str, to: str, *, required: bool = False) -> sa.Column[int]:
    key = sa.ForeignKey(f"{to}.id", name=f"fk_{table}_{name}")
    return sa.Column(name, Key, key, nullable=not required)


def _make_texts() -> None:
    kinds = "'courtesy', 'level-1', 'level-2', 'final'"
    op.create_table(
        "letter_text",
        sa.Column("id", Key, nullable=False),
        sa.Column("external_id", sa.Text),
        *_words("kind", "language_code"),
        sa.Column("version", sa.Integer, nullable=False, server_default="1"),
        *_words("title", "subject", "salutation", "paragraphs", "closing", "signature"),
        sa.Column("recorded_at", Moment, nullable=False),
        *_words("recorded_by"),
        _link("letter_text", "journal_id", "journal_entry"),
        sa.PrimaryKeyConstraint("id", name="pk_letter_text"),
        sa.CheckConstraint(f"kind IN ({kinds})", name=op.f("ck_letter_text_kind")),
        sa.CheckConstraint("version > 0", name=op.f("ck_letter_text_version")),
        sqlite_strict=True,
    )
    op.create_index("uq_letter_text_external_id", "letter_text", ["external_id"], unique=True)
    op.create_index("uq_letter_text_kind", "letter_text", ["kind", "language_code", "version"], unique=True)


def _make_documents() -> None:
    table = "issued_letter_document"
    op.create_table(
        table,
        sa.Column("id", Key, nullable=False),
        _link(table, "dunning_letter_id", "dunning_letter", required=True),
        *_words("sha256"),
        sa.Column("size", sa.Integer, nullable=False, server_default="0"),
        sa.Column("page_count", sa.Integer, nullable=False, server_default="0"),
        *_words("language_code", "text_version", "items"),
        sa.Column("pdf", sa.LargeBinary, nullable=False),
        sa.Column("recorded_at", Moment, nullable=False),
        _link(table, "journal_id", "journal_entry"),
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
        sqlite_strict=True,
    )
    op.create_index(f"uq_{table}_dunning_letter_id", table, ["dunning_letter_id"], unique=True)
