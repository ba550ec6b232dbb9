"""On a server, what the policies bind is bound in its figures and numbers too: none that does not follow, none twice."""

from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Make the functions and the triggers; a file has one writer, whom the program itself holds to the rules."""
    if op.get_bind().dialect.name == "sqlite":
        return
    here = str(op.get_bind().exec_driver_sql("SELECT quote_ident(current_schema())").scalar())
    _count_numbers(here)
    _prove_figures(here)


def _function(here: str, signature: str, returns: str, body: str) -> None:
    op.get_bind().exec_driver_sql(
        f"CREATE FUNCTION {signature} RETURNS {returns} LANGUAGE sql STABLE SECURITY DEFINER "
        f"SET search_path = pg_catalog, pg_temp AS $${body.format(s=here)}$$"
    )


def _count_numbers(here: str) -> None:
    # What is hidden takes up its number all the same: a series goes on above it.
    numbers = (
        "(SELECT 'Invoice' AS object_name, document_number AS number FROM {s}.invoice UNION ALL "
        "SELECT 'CreditMemo', document_number FROM {s}.credit_memo UNION ALL "
        "SELECT 'Payment', payment_number FROM {s}.payment UNION ALL SELECT 'Refund', refund_number FROM {s}.refund) n "
        "WHERE n.object_name = $1 "
    )
    _function(
        here,
        "duedesk_number_taken(object_name text, number text)",
        "boolean",
        f"SELECT EXISTS (SELECT 1 FROM {numbers} AND n.number = $2)",
    )
    _function(
        here,
        "duedesk_numbers_behind(object_name text, prefix text, OUT longest integer, OUT highest bigint)",
        "record",
        "WITH behind AS MATERIALIZED (SELECT substr(n.number, length($2) + 1) AS rest "
        f"FROM {numbers} AND substr(n.number, 1, length($2)) = $2), "
        "counted AS MATERIALIZED (SELECT rest FROM behind WHERE length(rest) BETWEEN 1 AND 15 AND rest ~ '^[0-9]+$') "
        "SELECT max(length(rest)), max(rest::bigint) FROM counted",
    )


def _prove_figures(here: str) -> None:
    """Let whoever the policies bind commit no figure that does not follow from applications and refunds."""
    posted = "('Posted', 'Void In Progress')"
    op.execute(
        "CREATE FUNCTION duedesk_prove() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER "
        f"SET search_path = {here}, pg_temp AS $$ DECLARE wrong text; BEGIN "
        "SELECT 'invoice ' || coalesce(i.document_number, i.id::text) INTO wrong FROM invoice i, LATERAL (SELECT "
        "coalesce(-sum(impact_amount) FILTER (WHERE kind = 'payment'), 0) AS paid, "
        "coalesce(-sum(impact_amount) FILTER (WHERE kind = 'credit'), 0) AS credited "
        "FROM application WHERE invoice_id = i.id) a "
        "WHERE i.id = CASE TG_TABLE_NAME WHEN 'invoice' THEN (to_jsonb(NEW) ->> 'id')::bigint "
        "WHEN 'application' THEN (to_jsonb(NEW) ->> 'invoice_id')::bigint END "
        "AND (i.net_payments_applied <> a.paid OR i.net_credits_applied <> a.credited OR i.balance <> CASE "
        f"WHEN i.status IN {posted} THEN i.total_amount_with_tax - a.paid - a.credited ELSE 0 END "
        f"OR i.settlement_status <> CASE WHEN i.status NOT IN {posted} THEN 'Not Applicable' "
        "WHEN i.balance = 0 THEN 'Settled' WHEN i.balance = i.total_amount_with_tax THEN 'Not Settled' "
        "ELSE 'Partially Settled' END); "
        "IF wrong IS NULL THEN SELECT 'payment ' || coalesce(p.payment_number, p.id::text) INTO wrong FROM payment p, "
        "LATERAL (SELECT coalesce(-sum(impact_amount), 0) AS applied FROM application WHERE payment_id = p.id) a, "
        "LATERAL (SELECT coalesce(sum(amount), 0) AS back FROM refund WHERE payment_id = p.id AND status = 'Processed') r "
        "WHERE p.id = CASE TG_TABLE_NAME WHEN 'payment' THEN (to_jsonb(NEW) ->> 'id')::bigint "
        "WHEN 'application' THEN (to_jsonb(NEW) ->> 'payment_id')::bigint "
        "WHEN 'refund' THEN (to_jsonb(NEW) ->> 'payment_id')::bigint END "
        "AND (p.net_applied <> a.applied OR p.net_refund_applied <> r.back OR p.balance <> CASE p.status "
        "WHEN 'Processed' THEN p.amount - a.applied - r.back ELSE 0 END); END IF; "
        "IF wrong IS NULL THEN SELECT 'credit memo ' || coalesce(m.document_number, m.id::text) INTO wrong "
        "FROM credit_memo m, "
        "LATERAL (SELECT coalesce(-sum(impact_amount), 0) AS applied FROM application WHERE credit_memo_id = m.id) a "
        "WHERE m.id = CASE TG_TABLE_NAME WHEN 'credit_memo' THEN (to_jsonb(NEW) ->> 'id')::bigint "
        "WHEN 'application' THEN (to_jsonb(NEW) ->> 'credit_memo_id')::bigint END "
        "AND (m.net_credits_applied <> a.applied OR m.balance <> CASE "
        f"WHEN m.status IN {posted} THEN m.total_amount_with_tax - a.applied ELSE 0 END); END IF; "
        "IF wrong IS NOT NULL THEN RAISE EXCEPTION 'the figures of % do not follow from its events', wrong "
        "USING ERRCODE = 'check_violation'; END IF; RETURN NULL; END $$"
    )
    for table in ("invoice", "payment", "credit_memo", "application", "refund"):
        op.execute(
            f"CREATE CONSTRAINT TRIGGER {table}_proves_figures AFTER INSERT OR UPDATE ON {table} "
            "DEFERRABLE INITIALLY DEFERRED FOR EACH ROW "
            f"WHEN (row_security_active('{here}.{table}'::regclass)) EXECUTE FUNCTION duedesk_prove()"
        )
