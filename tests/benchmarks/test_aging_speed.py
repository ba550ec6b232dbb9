"""Agings against a native columnar engine that holds the very same rows."""

import csv
from datetime import date

import duckdb
import pytest

from benchmarks.ratios import measure
from duedesk.actions.workspace import Workspace
from duedesk.domain.aging import Aging, AgingRequest
from duedesk.domain.grouping import ACCOUNT
from duedesk.domain.money import to_units
from duedesk.store.queries.aging import aging

pytestmark = pytest.mark.bench

AS_OF, PAST = date(2026, 11, 23), date(2026, 6, 30)

OPEN_NOW = """
    SELECT billing_account_id, currency_iso_code,
           sum(CASE WHEN due_date >= $d THEN balance ELSE 0 END),
           sum(CASE WHEN due_date < $d AND due_date >= $d - 30 THEN balance ELSE 0 END),
           sum(CASE WHEN due_date < $d - 30 AND due_date >= $d - 60 THEN balance ELSE 0 END),
           sum(CASE WHEN due_date < $d - 60 AND due_date >= $d - 90 THEN balance ELSE 0 END),
           sum(CASE WHEN due_date < $d - 90 THEN balance ELSE 0 END)
    FROM ({open}) WHERE balance <> 0 GROUP BY ALL
"""

NOW = "SELECT * FROM invoice WHERE invoice_date <= $d"

THEN = """
    SELECT invoice.* EXCLUDE (balance), total_amount_with_tax + coalesce(impact, 0) AS balance
    FROM invoice LEFT JOIN (
        SELECT invoice_id, sum(impact_amount) AS impact FROM application WHERE effective_date <= $d GROUP BY 1
    ) ON invoice_id = id
    WHERE posted AND invoice_date <= $d AND (voided_date IS NULL OR voided_date > $d)
"""

UNAPPLIED = """
    SELECT account_id, currency_iso_code, sum(amount) FROM (
        SELECT account_id, currency_iso_code, -amount AS amount FROM payment
        WHERE status <> 'Draft' AND effective_date <= $d AND (withdrawn IS NULL OR withdrawn > $d)
        UNION ALL
        SELECT account_id, currency_iso_code, -impact_amount FROM application WHERE effective_date <= $d
    ) GROUP BY ALL
"""

DOCUMENTS = """
    SELECT account_id, currency_iso_code, sum(amount) FROM (
        SELECT billing_account_id AS account_id, currency_iso_code, total_amount_with_tax AS amount FROM invoice
        WHERE posted AND invoice_date <= $d AND (voided_date IS NULL OR voided_date > $d)
        UNION ALL
        SELECT account_id, currency_iso_code, -amount FROM payment
        WHERE status <> 'Draft' AND effective_date <= $d AND (withdrawn IS NULL OR withdrawn > $d)
    ) GROUP BY ALL
"""


TABLES = {
    "invoice": (
        (
            "id BIGINT, billing_account_id BIGINT, currency_iso_code VARCHAR, status VARCHAR, posted BOOLEAN, "
            "invoice_date DATE, due_date DATE, voided_date DATE, total_amount_with_tax BIGINT, balance BIGINT"
        ),
        (
            "SELECT id, billing_account_id, currency_iso_code, status, posted_at IS NOT NULL, invoice_date, due_date, "
            "voided_date, total_amount_with_tax, balance FROM invoice"
        ),
    ),
    "payment": (
        (
            "account_id BIGINT, currency_iso_code VARCHAR, status VARCHAR, effective_date DATE, withdrawn DATE, "
            "amount BIGINT"
        ),
        (
            "SELECT account_id, currency_iso_code, status, effective_date, cancellation_effective_date, amount "
            "FROM payment UNION ALL SELECT billing_account_id, currency_iso_code, status, effective_date, "
            "voided_date, total_amount_with_tax FROM credit_memo WHERE posted_at IS NOT NULL"
        ),
    ),
    "application": (
        "invoice_id BIGINT, account_id BIGINT, currency_iso_code VARCHAR, effective_date DATE, impact_amount BIGINT",
        "SELECT invoice_id, account_id, currency_iso_code, effective_date, impact_amount FROM application",
    ),
}


@pytest.fixture(scope="module")
def columns(measured_book: Workspace, tmp_path_factory: pytest.TempPathFactory) -> duckdb.DuckDBPyConnection:
    """The same invoices, payments, credit memos and applications in DuckDB's own tables, dates as dates."""
    database = duckdb.connect()
    database.execute("SET threads = 2")
    with measured_book.book.reading() as connection:
        for name, (fields, query) in TABLES.items():
            rows = tmp_path_factory.mktemp("rows") / f"{name}.csv"
            with rows.open("w", encoding="utf-8", newline="") as file:
                csv.writer(file).writerows(map(tuple, connection.exec_driver_sql(query)))
            database.execute(f"CREATE TABLE {name} ({fields})")
            database.execute(f"COPY {name} FROM '{rows}' (HEADER false)")
    return database


@pytest.mark.parametrize(("as_of", "open_"), [(AS_OF, NOW), (PAST, THEN)], ids=["today", "five months ago"])
def test_an_aging_by_account(
    measured_book: Workspace,
    columns: duckdb.DuckDBPyConnection,
    request: pytest.FixtureRequest,
    as_of: date,
    open_: str,
) -> None:
    def theirs() -> list[list[tuple[object, ...]]]:
        queries = (OPEN_NOW.format(open=open_), UNAPPLIED, DOCUMENTS)
        return [columns.execute(query, {"d": as_of}).fetchall() for query in queries]

    def ours() -> Aging:
        return measured_book.ask(aging, AgingRequest(as_of, by=(ACCOUNT,)))

    their_open, _, their_balances = theirs()
    assert sum(to_units(row.open) for row in ours().totals) == sum(sum(row[2:]) for row in their_open)  # type: ignore[misc, arg-type, unused-ignore]
    assert sum(to_units(row.balance) for row in ours().totals) == sum(row[2] for row in their_balances)  # type: ignore[misc, arg-type, unused-ignore]
    measure(f"aging by account with its proof, {request.node.callspec.id}", ours, "native DuckDB", theirs)
