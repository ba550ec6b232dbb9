"""The tables of letter texts and issued letters, with their guards and rights: for the migration that makes them.

Texts are everybody's to read and the keepers' to write; an issued letter goes with its letter. Neither ever changes.
"""

import sqlalchemy as sa
from alembic import op

from duedesk.store.tables.columns import Key, Moment

_DESK_ROLES = ("duedesk_clerk", "duedesk_supervisor", "duedesk_finance")
_ROLES = (*_DESK_ROLES, "duedesk_auditor")
_KNOWN = "(SELECT duedesk_role()) IS NOT NULL"
_DESK = "(SELECT duedesk_role()) IN ('Clerk', 'Supervisor', 'Finance')"
_KEEPS = "(SELECT duedesk_role()) IN ('Supervisor', 'Finance')"
_TABLES = {
    "letter_text": "a text of letters is kept as it was saved",
    "issued_letter_document": "a letter is kept as it was issued",
}


def make_letter_documents() -> None:
    """Make tables, indexes and guards; on a server policies and grants."""
    _make_texts()
    _make_documents()
    on_file = op.get_bind().dialect.name == "sqlite"
    for table, said in _TABLES.items():
        does = f"BEGIN SELECT RAISE(ABORT, '{said}'); END" if on_file else "EXECUTE FUNCTION duedesk_refuse()"
        for event in ("UPDATE", "DELETE"):
            trigger = f"{table}_keeps_{event.lower()} BEFORE {event} ON {table} FOR EACH ROW {does}"
            op.execute(sa.text(f"CREATE TRIGGER {trigger}"))
    if not on_file:
        _secure()
        _grant()


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


def _secure() -> None:
    letter = "EXISTS (SELECT 1 FROM dunning_letter l WHERE l.id = dunning_letter_id)"  # which shows who may see it
    own = (
        f"({_DESK} AND EXISTS (SELECT 1 FROM dunning_letter l WHERE l.id = dunning_letter_id "
        "AND ((SELECT duedesk_reaches_all('Edit')) OR l.account_id IN (SELECT duedesk_accounts('Edit')))))"
    )
    for table, read, add in (("letter_text", _KNOWN, _KEEPS), ("issued_letter_document", letter, own)):
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY {table}_read ON {table} FOR SELECT USING ({read})")
        op.execute(f"CREATE POLICY {table}_add ON {table} FOR INSERT WITH CHECK ({add})")


def _grant() -> None:
    """Add the tables to what each role is granted, and grant it where the roles are there."""
    bind = op.get_bind()
    here = str(bind.exec_driver_sql("SELECT quote_ident(current_schema())").scalar())
    body = str(
        bind.exec_driver_sql(
            "SELECT prosrc FROM pg_proc WHERE proname = 'duedesk_grant' "
            "AND pronamespace = current_schema()::regnamespace"
        ).scalar()
    )
    begun, _, _ = body.rpartition("END")
    both = f"{here}.letter_text, {here}.issued_letter_document"
    steps = "".join(f"GRANT SELECT ON {both} TO {role}; " for role in _ROLES)
    steps += "".join(
        f"GRANT INSERT ON {both} TO {role}; GRANT USAGE ON ALL SEQUENCES IN SCHEMA {here} TO {role}; "
        for role in _DESK_ROLES
    )
    bind.exec_driver_sql(
        f"CREATE OR REPLACE FUNCTION duedesk_grant() RETURNS void LANGUAGE plpgsql AS $${begun}{steps}END $$"
    )
    op.execute(
        "DO $$ BEGIN IF (SELECT count(*) FROM pg_roles WHERE rolname IN "
        f"({', '.join(map(repr, _ROLES))})) = 4 THEN PERFORM duedesk_grant(); END IF; END $$"
    )
