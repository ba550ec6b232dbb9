"""What free text is searched in, indexed by three letters; and the orders in which long lists are shown."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"

_SEARCHED = {
    "invoice": ("document_number", "invoice_number", "reference_entity_id", "description"),
    "payment": ("payment_number", "gateway_ref_number", "comments"),
    "credit_memo": ("document_number", "credit_memo_number", "reference_entity_id", "description"),
    "account": ("folded_name", "account_number"),
    "contact": ("name", "email", "phone"),
}

_PARTIAL = (
    (
        "ix_invoice_open_due_date",
        ["due_date", "currency_iso_code", "balance", "total_amount_with_tax"],
        "balance <> 0",
    ),
    ("ix_invoice_open_balance", ["balance", "due_date"], "balance <> 0"),
    ("ix_invoice_rare_status", ["status", "due_date"], "status <> 'Posted'"),
    ("ix_invoice_partly_settled", ["due_date"], "settlement_status = 'Partially Settled'"),
)


def upgrade() -> None:
    """Make the indexes; those of a file are filled at the end of the transaction."""
    op.create_index("ix_invoice_due_date", "invoice", ["due_date"])
    for name, columns, condition in _PARTIAL:
        where = sa.text(condition)
        op.create_index(name, "invoice", columns, sqlite_where=where, postgresql_where=where)
    if op.get_bind().dialect.name == "sqlite":
        _make_words()
        op.execute("PRAGMA analysis_limit = 2000")
        op.execute("ANALYZE invoice")
    else:
        _make_trigrams()


def _make_words() -> None:
    op.execute(
        "CREATE TABLE search_pending (source TEXT NOT NULL, key INTEGER NOT NULL, PRIMARY KEY (source, key)) "
        "STRICT, WITHOUT ROWID"
    )
    for table, columns in _SEARCHED.items():
        op.execute(
            f"CREATE VIRTUAL TABLE search_{table} USING fts5(words, content='', contentless_delete=1, detail=none, "
            "tokenize='trigram case_sensitive 1')"
        )
        for event, row in (("INSERT", "NEW"), (f"UPDATE OF {', '.join(columns)}", "NEW"), ("DELETE", "OLD")):
            op.execute(
                f"CREATE TRIGGER search_{table}_after_{event.split(maxsplit=1)[0].lower()} AFTER {event} ON {table} "
                f"FOR EACH ROW WHEN NOT EXISTS (SELECT 1 FROM search_pending WHERE source = '{table}' AND key = 0) "
                f"BEGIN INSERT OR IGNORE INTO search_pending VALUES ('{table}', {row}.id); END"
            )
        op.execute(f"INSERT INTO search_pending VALUES ('{table}', 0)")


def _make_trigrams() -> None:
    """Index three letters where the server has the extension and lets this login make it; it searches row by row else."""
    indexes = "".join(
        f"CREATE INDEX search_{table} ON {table} USING gin ({', '.join(f'{one} gin_trgm_ops' for one in columns)}); "
        for table, columns in _SEARCHED.items()
    )
    op.execute(
        f"DO $$ BEGIN CREATE EXTENSION IF NOT EXISTS pg_trgm; {indexes}EXCEPTION "
        "WHEN insufficient_privilege OR undefined_file OR feature_not_supported OR undefined_object THEN NULL; END $$"
    )
