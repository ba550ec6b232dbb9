"""Roles, grants and row-level security on a server; on a file only the view that stays empty there.

What is enforced hangs on `session_user`, found in `owner.login`: nobody can set it for themselves. The functions run as
the owner of the tables, which no policy binds, with a search path in which nobody can put a table of their own.
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

_HIDDEN = "payment_id, credit_memo_id, account_id, currency_iso_code, kind, effective_date, recorded_at, impact_amount"
_DESK = "'Clerk', 'Supervisor', 'Finance'"
_KEEPERS = "'Supervisor', 'Finance'"

_ROLES = ("duedesk_clerk", "duedesk_supervisor", "duedesk_finance", "duedesk_auditor")

_DESK_WRITES = {
    "account": "INSERT, UPDATE",
    "contact": "INSERT, UPDATE",
    "owner": "INSERT",
    "payment_term": "INSERT",
    "payment_term_item": "INSERT",
    "number_series": "INSERT",
    "number_counter": "INSERT, UPDATE",
    "invoice": "INSERT, UPDATE, DELETE",
    "invoice_line": "INSERT, UPDATE, DELETE",
    "payment_schedule": "INSERT, UPDATE, DELETE",
    "payment_schedule_item": "INSERT, UPDATE, DELETE",
    "invoice_batch_run": "INSERT, UPDATE",
    "invoice_batch_run_item": "INSERT, UPDATE, DELETE",
    "payment": "INSERT, UPDATE, DELETE",
    "credit_memo": "INSERT, UPDATE, DELETE",
    "credit_memo_line": "INSERT, UPDATE, DELETE",
    "application": "INSERT",
    "approval_request": "INSERT",
    "invoice_feed": "INSERT, UPDATE",
    "stored_file": "INSERT",
    "record_view": "INSERT, UPDATE, DELETE",
    "saved_view": "INSERT, UPDATE, DELETE",
    "import_batch": "INSERT",
    "journal_entry": "INSERT",
    "history_entry": "INSERT",
    "history_seal": "INSERT",
    "record_change": "INSERT",
}
_KEEPERS_WRITE = {
    "owner": "UPDATE",
    "group_member": "INSERT, DELETE",
    "invoice_owner_sharing_rule": "INSERT, UPDATE, DELETE",
    "invoice_share": "INSERT, UPDATE, DELETE",
    "setting": "INSERT, UPDATE",
    "refund": "INSERT, UPDATE",
    "approval_request": "UPDATE",
}
_FINANCE_WRITES = {
    "number_series": "UPDATE, DELETE",
    "payment_term": "UPDATE, DELETE",
    "payment_term_item": "UPDATE, DELETE",
}


_OF_INVOICES = (
    ("InvoiceLine", "invoice_line", "invoice_id"),
    ("InvoiceBatchRunItem", "invoice_batch_run_item", "invoice_id"),
    ("PaymentLineInvoice", "application", "invoice_id"),
    ("CreditMemoInvApplication", "application", "invoice_id"),
    ("ApprovalRequest", "approval_request", "invoice_id"),
    ("PaymentSchedule", "payment_schedule", "invoice_id"),
    ("PaymentScheduleItem", "payment_schedule_item", "invoice_id"),
    ("InvoiceFeed", "invoice_feed", "parent_id"),
    ("InvoiceShare", "invoice_share", "parent_id"),
)
_OF_ACCOUNTS = (
    ("Payment", "payment", "account_id"),
    ("CreditMemo", "credit_memo", "billing_account_id"),
    ("Refund", "refund", "account_id"),
)


def upgrade() -> None:
    """Make the index and the view; on a server the functions, the policies and the roles."""
    op.create_index("ix_invoice_owner_id", "invoice", ["owner_id", "billing_account_id"])
    if op.get_bind().dialect.name == "sqlite":
        op.execute(f"CREATE VIEW hidden_application AS SELECT {_HIDDEN} FROM application WHERE 0 = 1")
        return
    here = str(op.get_bind().exec_driver_sql("SELECT quote_ident(current_schema())").scalar())
    _make_functions(here)
    _make_hidden_applications(here)
    _secure_documents()
    _secure_what_follows()
    _secure_the_house()
    _make_grants(here)


def _function(here: str, signature: str, returns: str, body: str) -> None:
    op.get_bind().exec_driver_sql(
        f"CREATE FUNCTION {signature} RETURNS {returns} LANGUAGE sql STABLE SECURITY DEFINER "
        f"SET search_path = pg_catalog, pg_temp AS $${body.format(s=here)}$$"
    )


def _make_functions(here: str) -> None:
    _function(
        here,
        "duedesk_me()",
        "bigint",
        "SELECT id FROM {s}.owner WHERE login = session_user::text AND is_active AND role IS NOT NULL",
    )
    _function(here, "duedesk_role()", "text", "SELECT role FROM {s}.owner WHERE id = {s}.duedesk_me()")
    _function(
        here,
        "duedesk_visibility()",
        "text",
        "SELECT coalesce((SELECT value::json #>> '{{}}' FROM {s}.setting WHERE name = 'invoice_visibility'), 'Public Read/Write')",
    )
    _function(
        here,
        "duedesk_reaches_all(level text)",
        "boolean",
        "SELECT coalesce(r IN ('Supervisor', 'Finance') OR (r = 'Auditor' AND $1 = 'Read') "
        "OR (r = 'Clerk' AND (v = 'Public Read/Write' OR (v = 'Public Read' AND $1 = 'Read'))), false) "
        "FROM (SELECT {s}.duedesk_role() AS r, {s}.duedesk_visibility() AS v) AS stands",
    )
    _function(
        here,
        "duedesk_groups()",
        "SETOF bigint",
        "WITH RECURSIVE mine(id) AS (SELECT {s}.duedesk_me() UNION "
        "SELECT m.group_id FROM {s}.group_member m JOIN mine ON m.user_or_group_id = mine.id) "
        "SELECT id FROM mine WHERE id IS NOT NULL",
    )
    _function(
        here,
        "duedesk_owners(level text)",
        "SETOF bigint",
        "WITH RECURSIVE shared(id) AS (SELECT r.group_id FROM {s}.invoice_owner_sharing_rule r "
        "WHERE r.user_or_group_id IN (SELECT {s}.duedesk_groups()) "
        "AND ($1 = 'Read' OR r.invoice_access_level = 'Edit') UNION "
        "SELECT m.user_or_group_id FROM {s}.group_member m JOIN shared ON m.group_id = shared.id) "
        "SELECT {s}.duedesk_groups() UNION SELECT id FROM shared",
    )
    _function(
        here,
        "duedesk_shared(level text)",
        "SETOF bigint",
        "SELECT parent_id FROM {s}.invoice_share WHERE user_or_group_id IN (SELECT {s}.duedesk_groups()) "
        "AND ($1 = 'Read' OR access_level = 'Edit')",
    )
    _function(
        here,
        "duedesk_accounts(level text)",
        "SETOF bigint",
        "SELECT a.id FROM {s}.account a WHERE a.owner_id IN (SELECT {s}.duedesk_owners($1)) "
        "UNION SELECT a.id FROM {s}.account a WHERE a.owner_id IS NULL "
        "AND NOT EXISTS (SELECT 1 FROM {s}.invoice v WHERE v.billing_account_id = a.id) "
        "UNION SELECT v.billing_account_id FROM {s}.invoice v "
        "WHERE v.owner_id IN (SELECT {s}.duedesk_owners($1)) OR v.owner_id IS NULL "
        "UNION SELECT v.billing_account_id FROM {s}.invoice v WHERE v.id IN (SELECT {s}.duedesk_shared($1))",
    )
    _function(
        here,
        "duedesk_reaches(level text, invoice bigint)",
        "boolean",
        "SELECT {s}.duedesk_role() IS NOT NULL AND EXISTS (SELECT 1 FROM {s}.invoice v WHERE v.id = $2 AND ("
        "{s}.duedesk_reaches_all($1) OR v.owner_id IS NULL OR v.owner_id IN (SELECT {s}.duedesk_owners($1)) "
        "OR v.id IN (SELECT {s}.duedesk_shared($1))))",
    )
    _function(
        here,
        "duedesk_sees(object_name text, key bigint)",
        "boolean",
        "SELECT CASE $1 WHEN 'Invoice' THEN {s}.duedesk_reaches('Read', $2) "
        + "".join(
            f"WHEN '{name}' THEN EXISTS (SELECT 1 FROM {{s}}.{table} d WHERE d.id = $2 "
            f"AND {{s}}.duedesk_reaches('Read', d.{invoice})) "
            for name, table, invoice in _OF_INVOICES
        )
        + "".join(
            f"WHEN '{name}' THEN EXISTS (SELECT 1 FROM {{s}}.{table} d WHERE d.id = $2 "
            f"AND d.{account} IN (SELECT {{s}}.duedesk_accounts('Read'))) "
            for name, table, account in _OF_ACCOUNTS
        )
        + "WHEN 'CreditMemoLine' THEN EXISTS (SELECT 1 FROM {s}.credit_memo_line d "
        "JOIN {s}.credit_memo m ON m.id = d.credit_memo_id WHERE d.id = $2 "
        "AND m.billing_account_id IN (SELECT {s}.duedesk_accounts('Read'))) "
        "WHEN 'InvoiceBatchRun' THEN EXISTS (SELECT 1 FROM {s}.invoice_batch_run d WHERE d.id = $2 "
        "AND (d.owner_id IS NULL OR d.owner_id IN (SELECT {s}.duedesk_owners('Read')))) "
        "ELSE true END",
    )
    _function(
        here,
        "duedesk_sees_entry(entry bigint)",
        "boolean",
        "SELECT EXISTS (SELECT 1 FROM {s}.record_change c WHERE c.journal_id = $1) AND NOT EXISTS "
        "(SELECT 1 FROM {s}.record_change c WHERE c.journal_id = $1 "
        "AND NOT {s}.duedesk_sees(c.object_name, c.record_key))",
    )
    _function(
        here,
        "duedesk_did(entry bigint)",
        "boolean",
        "SELECT EXISTS (SELECT 1 FROM {s}.journal_entry j WHERE j.id = $1 AND j.actor = session_user::text)",
    )
    _function(
        here,
        "duedesk_sees_file(file bigint)",
        "boolean",
        "SELECT NOT EXISTS (SELECT 1 FROM {s}.invoice_feed f WHERE f.related_record_id = $1) OR EXISTS "
        "(SELECT 1 FROM {s}.invoice_feed f WHERE f.related_record_id = $1 "
        "AND {s}.duedesk_reaches('Read', f.parent_id))",
    )
    # The chains go on from their newest entry, also where that speaks of an invoice the writer does not see.
    _function(
        here,
        "duedesk_newest(chain text)",
        "text",
        "SELECT CASE $1 WHEN 'journal_entry' THEN (SELECT hash FROM {s}.journal_entry ORDER BY id DESC LIMIT 1) "
        "WHEN 'history_entry' THEN (SELECT hash FROM {s}.history_entry ORDER BY id DESC LIMIT 1) END",
    )
    op.execute(f"ALTER FUNCTION duedesk_refuse_part() SECURITY DEFINER SET search_path = {here}, pg_temp")


def _make_hidden_applications(here: str) -> None:
    columns = ", ".join(f"a.{name.strip()}" for name in _HIDDEN.split(","))
    reached = (
        "v.owner_id IS NULL OR v.owner_id IN (SELECT duedesk_owners('Read')) OR v.id IN (SELECT duedesk_shared('Read'))"
    )
    op.execute(
        f"CREATE VIEW hidden_application WITH (security_barrier = true) AS SELECT {columns} "
        "FROM application a JOIN invoice v ON v.id = a.invoice_id "
        f"WHERE row_security_active('{here}.application'::regclass) AND (SELECT duedesk_role()) IS NOT NULL "
        f"AND NOT (SELECT duedesk_reaches_all('Read')) AND NOT ({reached}) "
        "AND a.account_id IN (SELECT duedesk_accounts('Read'))"
    )


def _all(level: str) -> str:
    return f"(SELECT duedesk_reaches_all('{level}'))"


def _own_invoice(level: str, row: str = "") -> str:
    known = "(SELECT duedesk_role()) IS NOT NULL"
    return (
        f"({_all(level)} OR ({known} AND ({row}owner_id IS NULL OR {row}owner_id IN (SELECT duedesk_owners('{level}')) "
        f"OR {row}id IN (SELECT duedesk_shared('{level}')))))"
    )


def _of_invoice(level: str, key: str) -> str:
    return f"({_all(level)} OR EXISTS (SELECT 1 FROM invoice v WHERE v.id = {key} AND {_own_invoice(level, 'v.')}))"


def _of_account(level: str, key: str) -> str:
    known = "(SELECT duedesk_role()) IS NOT NULL"
    return f"({_all(level)} OR ({known} AND {key} IN (SELECT duedesk_accounts('{level}'))))"


def _is(*roles: str) -> str:
    return f"(SELECT duedesk_role()) IN ({', '.join(roles)})"


def _secure(table: str, read: str, insert: str = "", update: str = "", delete: str = "", check: str = "") -> None:
    """Set what may be read, added, changed (and must hold of it afterwards) and taken away; nothing where not said."""
    op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY {table}_read ON {table} FOR SELECT USING ({read})")
    if insert:
        op.execute(f"CREATE POLICY {table}_add ON {table} FOR INSERT WITH CHECK ({insert})")
    if update:
        op.execute(
            f"CREATE POLICY {table}_change ON {table} FOR UPDATE USING ({update}) WITH CHECK ({check or update})"
        )
    if delete:
        op.execute(f"CREATE POLICY {table}_remove ON {table} FOR DELETE USING ({delete})")


def _secure_documents() -> None:
    own = f"({_is(_DESK)} AND {_own_invoice('Edit')})"
    kept = "(posted_at IS NULL OR status IN ('Posted', 'Void In Progress', 'Voided'))"
    voids = f"(status NOT IN ('Voided', 'Void In Progress') OR {_is(_KEEPERS)})"
    _secure("invoice", _own_invoice("Read"), f"{own} AND {voids}", own, own, f"{own} AND {kept} AND {voids}")
    tried = f"({_is(_DESK)} AND {_of_invoice('Read', 'invoice_id')})"  # a run tells of what it could not post as well
    _secure("invoice_batch_run_item", _of_invoice("Read", "invoice_id"), tried, tried, tried)
    for table in ("invoice_line", "payment_schedule", "payment_schedule_item"):
        own = f"({_is(_DESK)} AND {_of_invoice('Edit', 'invoice_id')})"
        _secure(table, _of_invoice("Read", "invoice_id"), own, own, own)
    cash = f"({_is(_DESK)} AND {_of_account('Edit', 'account_id')})"
    cancels = f"(status <> 'Canceled' OR {_is(_KEEPERS)})"
    _secure("payment", _of_account("Read", "account_id"), f"{cash} AND {cancels}", cash, cash, f"{cash} AND {cancels}")
    gives = f"({_is(_KEEPERS)} AND {_of_account('Edit', 'account_id')})"
    _secure("refund", _of_account("Read", "account_id"), gives, gives)
    memos = f"({_is(_DESK)} AND {_of_account('Edit', 'billing_account_id')})"
    voids = f"(status <> 'Voided' OR {_is(_KEEPERS)})"
    _secure(
        "credit_memo",
        _of_account("Read", "billing_account_id"),
        f"{memos} AND {voids}",
        memos,
        memos,
        f"{memos} AND {voids}",
    )
    line = "EXISTS (SELECT 1 FROM credit_memo m WHERE m.id = credit_memo_id"
    own = f"({_is(_DESK)} AND {line} AND {_of_account('Edit', 'm.billing_account_id')}))"
    _secure("credit_memo_line", f"{line})", own, own, own)
    applies = f"({_is(_DESK)} AND {_of_invoice('Edit', 'invoice_id')} AND {_of_account('Edit', 'account_id')})"
    _secure("application", _of_invoice("Read", "invoice_id"), applies)
    asks = (
        f"({_is(_DESK)} AND {_of_invoice('Edit', 'invoice_id')} AND requested_by = session_user AND status = 'Pending')"
    )
    decides = f"({_is(_KEEPERS)} AND {_of_invoice('Edit', 'invoice_id')})"
    decided = f"{decides} AND decided_by = session_user"
    _secure("approval_request", _of_invoice("Read", "invoice_id"), asks, decides, check=decided)


def _secure_what_follows() -> None:
    tables = {"Invoice": "invoice", "CreditMemoLine": "credit_memo_line", "InvoiceBatchRun": "invoice_batch_run"}
    tables |= {name: table for name, table, _ in (*_OF_INVOICES, *_OF_ACCOUNTS)}
    seen = [
        f"(object_name = '{name}' AND EXISTS (SELECT 1 FROM {table} d WHERE d.id = record_key))"
        for name, table in tables.items()
    ]
    others = f"((SELECT duedesk_role()) IS NOT NULL AND object_name NOT IN ({', '.join(map(repr, tables))}))"
    record = f"({_all('Read')} OR {' OR '.join(seen)} OR {others})"
    by_me = "(SELECT duedesk_role()) IS NOT NULL AND change = 'deleted' AND duedesk_did(journal_id)"
    _secure("history_entry", record, f"{_is(_DESK)} AND created_by = session_user")
    _secure("record_change", f"{record} OR ({by_me})", _is(_DESK))
    _secure(
        "journal_entry",
        f"{_all('Read')} OR ((SELECT duedesk_role()) IS NOT NULL AND (actor = session_user OR duedesk_sees_entry(id)))",
        f"{_is(_DESK)} AND actor = session_user",
    )
    noted = f"{_is(_DESK)} AND {_of_invoice('Read', 'parent_id')} AND inserted_by = session_user"
    takes_away = f"({noted}) OR ({_is(_DESK)} AND {_of_invoice('Edit', 'parent_id')})"
    _secure("invoice_feed", _of_invoice("Read", "parent_id"), noted, takes_away)
    _secure(
        "stored_file", f"{_all('Read')} OR ((SELECT duedesk_role()) IS NOT NULL AND duedesk_sees_file(id))", _is(_DESK)
    )
    mine = "((SELECT duedesk_role()) IS NOT NULL AND user_name = session_user)"
    _secure("record_view", mine, mine, mine, mine)
    _secure(
        "saved_view",
        "(SELECT duedesk_role()) IS NOT NULL AND (is_shared OR user_name = session_user)",
        mine,
        mine,
        mine,
    )
    shares = f"({_is(_KEEPERS)} AND {_of_invoice('Edit', 'parent_id')})"
    _secure("invoice_share", _of_invoice("Read", "parent_id"), shares, shares, shares)
    runs = "(owner_id IS NULL OR owner_id IN (SELECT duedesk_owners('Read')))"
    its_own = f"({_all('Read')} OR ((SELECT duedesk_role()) IS NOT NULL AND {runs}))"
    _secure("invoice_batch_run", its_own, f"{_is(_DESK)} AND {its_own}", f"{_is(_DESK)} AND {its_own}")


def _secure_the_house() -> None:
    known = "(SELECT duedesk_role()) IS NOT NULL"
    keeps = _is(_KEEPERS)
    people = f"({_is(chr(39) + 'Finance' + chr(39))} OR ({keeps} AND role IS DISTINCT FROM 'Finance'))"
    brought_in = f"({_is(_DESK)} AND role IS NULL AND login IS NULL)"
    _secure("owner", "true", f"{people} OR {brought_in}", people)  # whoever is not known must learn that from it
    _secure("group_member", known, keeps, delete=keeps)
    _secure("invoice_owner_sharing_rule", known, keeps, keeps, keeps)
    settings = f"({_is(chr(39) + 'Finance' + chr(39))} OR ({keeps} AND name = 'invoice_visibility'))"
    _secure("setting", known, settings, settings)
    for table in ("account", "contact"):
        _secure(table, known, _is(_DESK), _is(_DESK))


def _make_grants(here: str) -> None:
    """Make the four roles where this login may, and the function that grants them what they need."""
    for role in _ROLES:
        op.execute(
            f"DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{role}') THEN CREATE ROLE {role} NOLOGIN; "
            "END IF; EXCEPTION WHEN insufficient_privilege OR duplicate_object OR unique_violation THEN NULL; END $$"
        )
    lines = []
    for role in _ROLES:
        lines += [
            f"GRANT USAGE ON SCHEMA {here} TO {role}",
            f"GRANT SELECT ON ALL TABLES IN SCHEMA {here} TO {role}",
        ]
        writes = [_DESK_WRITES] if role != "duedesk_auditor" else []
        writes += [_KEEPERS_WRITE] if role in _ROLES[1:3] else []
        writes += [_FINANCE_WRITES] if role == "duedesk_finance" else []
        if writes:
            lines.append(f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA {here} TO {role}")
        lines += [f"GRANT {what} ON {here}.{table} TO {role}" for part in writes for table, what in part.items()]
    steps = "".join(f"{line}; " for line in lines)
    op.execute(sa.text(f"CREATE FUNCTION duedesk_grant() RETURNS void LANGUAGE plpgsql AS $$ BEGIN {steps}END $$"))
    op.execute("REVOKE ALL ON FUNCTION duedesk_grant() FROM PUBLIC")
    op.execute(
        "DO $$ BEGIN IF (SELECT count(*) FROM pg_roles WHERE rolname IN "
        f"({', '.join(map(repr, _ROLES))})) = 4 THEN PERFORM duedesk_grant(); END IF; END $$"
    )
