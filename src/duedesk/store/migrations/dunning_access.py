"""Who may see and write what on a server, of the tables of dunning: for the migration that makes them, and no other.

Policies are everybody's to read and the keepers' to change; what speaks of an invoice or an account goes with it.
"""

from alembic import op

_DESK_ROLES = ("duedesk_clerk", "duedesk_supervisor", "duedesk_finance")
_ROLES = (*_DESK_ROLES, "duedesk_auditor")
_RULES = ("dunning_policy", "dunning_level", "dunning_level_amount")
_RECORDS = ("dunning_hold", "payment_promise", "dunning_reset", "dunning_run", "dunning_letter", "dunning_letter_item")
_OF_INVOICES = {
    "PaymentPromise": "payment_promise",
    "DunningReset": "dunning_reset",
    "DunningLetterItem": "dunning_letter_item",
}
_OTHERS = {"DunningHold": "dunning_hold", "DunningRun": "dunning_run", "DunningLetter": "dunning_letter"}

_KNOWN = "(SELECT duedesk_role()) IS NOT NULL"
_DESK = "(SELECT duedesk_role()) IN ('Clerk', 'Supervisor', 'Finance')"
_KEEPS = "(SELECT duedesk_role()) IN ('Supervisor', 'Finance')"
_ALL = "(SELECT duedesk_reaches_all('Read'))"


def set_access() -> None:
    """Set policies and grants, and have letters and runs numbered as documents are."""
    _count_numbers()
    _make_function(
        "duedesk_sees_letter(letter bigint)",
        "SELECT NOT EXISTS (SELECT 1 FROM {s}.dunning_letter_item t WHERE t.dunning_letter_id = $1 "
        "AND NOT {s}.duedesk_reaches('Read', t.invoice_id))",
    )
    _secure()
    _tell_who_sees()
    _grant()


def _here() -> str:
    return str(op.get_bind().exec_driver_sql("SELECT quote_ident(current_schema())").scalar())


def _body(function: str) -> str:
    return str(
        op.get_bind()
        .exec_driver_sql(
            f"SELECT prosrc FROM pg_proc WHERE proname = '{function}' AND pronamespace = current_schema()::regnamespace"
        )
        .scalar()
    )


def _make_function(signature: str, body: str, returns: str = "boolean", *, again: bool = False) -> None:
    op.get_bind().exec_driver_sql(
        f"CREATE {'OR REPLACE ' if again else ''}FUNCTION {signature} RETURNS {returns} LANGUAGE sql STABLE "
        f"SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $${body.replace('{s}', _here())}$$"
    )


def _count_numbers() -> None:
    more = (
        "UNION ALL SELECT 'DunningLetter', number FROM {s}.dunning_letter "
        "UNION ALL SELECT 'DunningRun', name FROM {s}.dunning_run) n WHERE n.object_name = $1"
    )
    for signature, returns in (
        ("duedesk_number_taken(object_name text, number text)", "boolean"),
        ("duedesk_numbers_behind(object_name text, prefix text, OUT longest integer, OUT highest bigint)", "record"),
    ):
        body = _body(signature.partition("(")[0])
        if ") n WHERE n.object_name = $1" not in body:
            raise LookupError(f"{signature} is not as it was made")
        _make_function(signature, body.replace(") n WHERE n.object_name = $1", f" {more}"), returns, again=True)


def _of_account(level: str) -> str:
    whole = f"(SELECT duedesk_reaches_all('{level}'))"
    return f"({whole} OR ({_KNOWN} AND account_id IN (SELECT duedesk_accounts('{level}'))))"


def _secure() -> None:
    seen = "EXISTS (SELECT 1 FROM invoice v WHERE v.id = invoice_id)"  # which shows what the reader may see
    edits = f"({_DESK} AND EXISTS (SELECT 1 FROM invoice v WHERE v.id = invoice_id AND duedesk_reaches('Edit', v.id)))"
    for table in _RULES:
        _policies(table, _KNOWN, _KEEPS, _KEEPS, _KEEPS)
    held = f"((invoice_id IS NOT NULL AND {seen}) OR (invoice_id IS NULL AND {_of_account('Read')}))"
    holds = f"((invoice_id IS NOT NULL AND {edits}) OR (invoice_id IS NULL AND {_DESK} AND {_of_account('Edit')}))"
    _policies("dunning_hold", held, f"{holds} AND recorded_by = session_user", holds)
    _policies("payment_promise", seen, f"{edits} AND recorded_by = session_user", edits)
    _policies("dunning_reset", seen, f"{edits} AND recorded_by = session_user", "false")
    _policies("dunning_letter_item", seen, edits, edits)
    mine = f"({_DESK} AND started_by = session_user)"
    _policies("dunning_run", f"({_ALL} OR ({_KNOWN} AND started_by = session_user))", mine, mine)
    letter = f"({_DESK} AND {_of_account('Edit')})"
    shown = f"({_ALL} OR ({_of_account('Read')} AND duedesk_sees_letter(id)))"
    _policies("dunning_letter", shown, f"{letter} AND issued_by = session_user", letter)


def _policies(table: str, read: str, add: str, change: str, remove: str = "") -> None:
    op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY {table}_read ON {table} FOR SELECT USING ({read})")
    op.execute(f"CREATE POLICY {table}_add ON {table} FOR INSERT WITH CHECK ({add})")
    op.execute(f"CREATE POLICY {table}_change ON {table} FOR UPDATE USING ({change}) WITH CHECK ({change})")
    if remove:
        op.execute(f"CREATE POLICY {table}_remove ON {table} FOR DELETE USING ({remove})")


def _tell_who_sees() -> None:
    """Let journal and changes be seen by whoever sees the record they speak of."""
    bind = op.get_bind()
    read = str(
        bind.exec_driver_sql(
            "SELECT pg_get_expr(polqual, polrelid) FROM pg_policy "
            "WHERE polname = 'record_change_read' AND polrelid = 'record_change'::regclass"
        ).scalar()
    )
    shown = "".join(
        f" AND (object_name <> '{name}' OR EXISTS (SELECT 1 FROM {table} d WHERE d.id = record_key))"
        for name, table in (_OF_INVOICES | _OTHERS).items()
    )
    bind.exec_driver_sql("DROP POLICY record_change_read ON record_change")
    bind.exec_driver_sql(
        f"CREATE POLICY record_change_read ON record_change FOR SELECT USING (({read}){shown})".replace("%", "%%")
    )
    more = "".join(
        f"WHEN '{name}' THEN EXISTS (SELECT 1 FROM {{s}}.{table} d WHERE d.id = $2 "
        "AND {s}.duedesk_reaches('Read', d.invoice_id)) "
        for name, table in _OF_INVOICES.items()
    )
    accounts = "d.account_id IN (SELECT {s}.duedesk_accounts('Read'))"
    more += (
        "WHEN 'DunningHold' THEN EXISTS (SELECT 1 FROM {s}.dunning_hold d WHERE d.id = $2 AND CASE "
        f"WHEN d.invoice_id IS NULL THEN {accounts} ELSE {{s}}.duedesk_reaches('Read', d.invoice_id) END) "
        "WHEN 'DunningLetter' THEN EXISTS (SELECT 1 FROM {s}.dunning_letter d WHERE d.id = $2 "
        f"AND {accounts} AND {{s}}.duedesk_sees_letter(d.id)) "
        "WHEN 'DunningRun' THEN {s}.duedesk_reaches_all('Read') OR EXISTS (SELECT 1 FROM {s}.dunning_run d "
        "WHERE d.id = $2 AND d.started_by = session_user::text) "
    )
    body = _body("duedesk_sees").replace("ELSE true END", f"{more}ELSE true END")
    _make_function("duedesk_sees(object_name text, key bigint)", body, again=True)


def _grant() -> None:
    """Add the tables to what each role is granted, and grant it where the roles are there."""
    here = _here()
    begun, _, _ = _body("duedesk_grant").rpartition("END")
    every = ", ".join(f"{here}.{table}" for table in (*_RULES, *_RECORDS))
    records = ", ".join(f"{here}.{table}" for table in _RECORDS)
    rules = ", ".join(f"{here}.{table}" for table in _RULES)
    steps = "".join(f"GRANT SELECT ON {every} TO {role}; " for role in _ROLES)
    steps += "".join(
        f"GRANT INSERT, UPDATE ON {records} TO {role}; GRANT USAGE ON ALL SEQUENCES IN SCHEMA {here} TO {role}; "
        for role in _DESK_ROLES
    )
    steps += "".join(f"GRANT INSERT, UPDATE, DELETE ON {rules} TO {role}; " for role in _DESK_ROLES[1:])
    op.get_bind().exec_driver_sql(
        f"CREATE OR REPLACE FUNCTION duedesk_grant() RETURNS void LANGUAGE plpgsql AS $${begun}{steps}END $$"
    )
    op.execute(
        "DO $$ BEGIN IF (SELECT count(*) FROM pg_roles WHERE rolname IN "
        f"({', '.join(map(repr, _ROLES))})) = 4 THEN PERFORM duedesk_grant(); END IF; END $$"
    )
