"""What migrations say on a server of who may see and write a new table: policies, what the journal shows, grants.

Each says only what is its own. Functions of the book are taken up as they stand and added to.
"""

from collections.abc import Mapping, Sequence

from alembic import op

DESK_ROLES = ("duedesk_clerk", "duedesk_supervisor", "duedesk_finance")
ROLES = (*DESK_ROLES, "duedesk_auditor")

KNOWN = "(SELECT duedesk_role()) IS NOT NULL"
DESK = "(SELECT duedesk_role()) IN ('Clerk', 'Supervisor', 'Finance')"
KEEPS = "(SELECT duedesk_role()) IN ('Supervisor', 'Finance')"

SEES_INVOICE = "EXISTS (SELECT 1 FROM invoice v WHERE v.id = invoice_id)"
"""That invoice shows what the reader may see."""

EDITS_INVOICE = (
    f"({DESK} AND EXISTS (SELECT 1 FROM invoice v WHERE v.id = invoice_id AND duedesk_reaches('Edit', v.id)))"
)

SEES_LETTER = "EXISTS (SELECT 1 FROM dunning_letter l WHERE l.id = dunning_letter_id)"
"""That letter shows who may see it."""

EDITS_LETTER = (
    f"({DESK} AND EXISTS (SELECT 1 FROM dunning_letter l WHERE l.id = dunning_letter_id "
    "AND ((SELECT duedesk_reaches_all('Edit')) OR l.account_id IN (SELECT duedesk_accounts('Edit')))))"
)


def schema() -> str:
    """Name the schema that the book is in, quoted."""
    return str(op.get_bind().exec_driver_sql("SELECT quote_ident(current_schema())").scalar())


def source_of(function: str) -> str:
    """Give the text of one of the book's functions."""
    return str(
        op.get_bind()
        .exec_driver_sql(
            f"SELECT prosrc FROM pg_proc WHERE proname = '{function}' AND pronamespace = current_schema()::regnamespace"
        )
        .scalar()
    )


def added_to(function: str, before: str, more: str) -> str:
    """Give a function's text with more before a part of it; LookupError where that part is not there."""
    text = source_of(function)
    if before not in text:
        raise LookupError(f"{function} is not as it was made")
    return text.replace(before, f"{more}{before}")


def make_function(signature: str, body: str, returns: str = "boolean", *, again: bool = False) -> None:
    """Make a function in SQL that sees past the policies; `{s}` in its body is the schema."""
    op.get_bind().exec_driver_sql(
        f"CREATE {'OR REPLACE ' if again else ''}FUNCTION {signature} RETURNS {returns} LANGUAGE sql STABLE "
        f"SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $${body.replace('{s}', schema())}$$"
    )


def set_policies(table: str, read: str, add: str, change: str = "", remove: str = "") -> None:
    """Let rows be read and added, changed and removed by whom a condition holds for; without one nobody may."""
    op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY {table}_read ON {table} FOR SELECT USING ({read})")
    op.execute(f"CREATE POLICY {table}_add ON {table} FOR INSERT WITH CHECK ({add})")
    if change:
        op.execute(f"CREATE POLICY {table}_change ON {table} FOR UPDATE USING ({change}) WITH CHECK ({change})")
    if remove:
        op.execute(f"CREATE POLICY {table}_remove ON {table} FOR DELETE USING ({remove})")


def show_changes_of(tables: Mapping[str, str], seen: str) -> None:
    """Let journal and changes be seen by whoever sees the record they speak of.

    `tables` are those of the objects by their names; `seen` are branches `WHEN 'Object' THEN ... ` over its key `$2`,
    each with a space at its end.
    """
    bind = op.get_bind()
    read = str(
        bind.exec_driver_sql(
            "SELECT pg_get_expr(polqual, polrelid) FROM pg_policy "
            "WHERE polname = 'record_change_read' AND polrelid = 'record_change'::regclass"
        ).scalar()
    )
    shown = "".join(
        f" AND (object_name <> '{name}' OR EXISTS (SELECT 1 FROM {table} d WHERE d.id = record_key))"
        for name, table in tables.items()
    )
    bind.exec_driver_sql("DROP POLICY record_change_read ON record_change")
    bind.exec_driver_sql(
        f"CREATE POLICY record_change_read ON record_change FOR SELECT USING (({read}){shown})".replace("%", "%%")
    )
    body = added_to("duedesk_sees", "ELSE true END", seen)
    make_function("duedesk_sees(object_name text, key bigint)", body, again=True)


def grant(
    written: Sequence[str],
    may: str = "INSERT, UPDATE",
    *,
    kept: Sequence[str] = (),
    keepers_may: str = "INSERT, UPDATE",
) -> None:
    """Add tables to what each role is granted, and grant it where the roles are there.

    All read them; the desk may write those of `written`, and the keepers alone those of `kept`.
    """
    here = schema()

    def named(tables: Sequence[str]) -> str:
        return ", ".join(f"{here}.{table}" for table in tables)

    begun, _, _ = source_of("duedesk_grant").rpartition("END")
    steps = "".join(f"GRANT SELECT ON {named((*kept, *written))} TO {role}; " for role in ROLES)
    steps += "".join(
        f"GRANT {may} ON {named(written)} TO {role}; GRANT USAGE ON ALL SEQUENCES IN SCHEMA {here} TO {role}; "
        for role in DESK_ROLES
    )
    if kept:
        steps += "".join(f"GRANT {keepers_may} ON {named(kept)} TO {role}; " for role in DESK_ROLES[1:])
    op.get_bind().exec_driver_sql(
        f"CREATE OR REPLACE FUNCTION duedesk_grant() RETURNS void LANGUAGE plpgsql AS $${begun}{steps}END $$"
    )
    op.execute(
        "DO $$ BEGIN IF (SELECT count(*) FROM pg_roles WHERE rolname IN "
        f"({', '.join(map(repr, ROLES))})) = 4 THEN PERFORM duedesk_grant(); END IF; END $$"
    )
