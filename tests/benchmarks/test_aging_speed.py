"""Agings against a native columnar engine that holds the very same rows and gives the very same answer.

It holds amounts as decimals and the names of accounts, joins and sorts as we do, and hands over Python values as we do:
what is measured is the aging a reader gets. The proof from the documents is a step of its own and told on its own line.
"""

import csv
from collections import defaultdict
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import duckdb
import pytest

from benchmarks.ratios import measure
from duedesk.actions.workspace import Workspace
from duedesk.domain.aging import Aging, AgingRequest
from duedesk.domain.money import ZERO
from duedesk.store.queries.aging.figures import open_aging, proved, trend
from duedesk.store.queries.metrics import metrics
from duedesk.store.queries.open_items import open_items
from duedesk.store.queries.roll_forward import roll_forward

pytestmark = pytest.mark.bench

AS_OF = date(2026, 11, 23)

ANSWER = """
    WITH open AS (
        SELECT billing_account_id AS id, currency_iso_code AS currency,
               sum(CASE WHEN due_date >= $d THEN balance ELSE 0 END) AS b0,
               sum(CASE WHEN due_date < $d AND due_date >= $d - 30 THEN balance ELSE 0 END) AS b1,
               sum(CASE WHEN due_date < $d - 30 AND due_date >= $d - 60 THEN balance ELSE 0 END) AS b2,
               sum(CASE WHEN due_date < $d - 60 AND due_date >= $d - 90 THEN balance ELSE 0 END) AS b3,
               sum(CASE WHEN due_date < $d - 90 THEN balance ELSE 0 END) AS b4
        FROM ({open}) WHERE balance <> 0 GROUP BY ALL
    ), loose AS ({loose})
    SELECT id, name, account_number, currency, coalesce(b0, 0), coalesce(b1, 0), coalesce(b2, 0), coalesce(b3, 0),
           coalesce(b4, 0), coalesce(unapplied, 0), coalesce(b0 + b1 + b2 + b3 + b4, 0) + coalesce(unapplied, 0)
    FROM open FULL JOIN (SELECT * FROM loose WHERE unapplied <> 0) USING (id, currency) JOIN account USING (id)
    ORDER BY lower(name), account_number, currency
"""

OPEN_NOW = "SELECT * FROM invoice WHERE invoice_date <= $d"

LOOSE_NOW = """
    SELECT account_id AS id, currency_iso_code AS currency, -sum(balance) AS unapplied
    FROM payment WHERE balance <> 0 AND effective_date <= $d GROUP BY ALL
"""

OPEN_THEN = """
    SELECT invoice.* EXCLUDE (balance), total_amount_with_tax + coalesce(impact, 0) AS balance
    FROM invoice LEFT JOIN (
        SELECT invoice_id, sum(impact_amount) AS impact FROM application WHERE effective_date <= $d GROUP BY 1
    ) ON invoice_id = id
    WHERE posted AND invoice_date <= $d AND (voided_date IS NULL OR voided_date > $d)
"""

LOOSE_THEN = """
    SELECT account_id AS id, currency_iso_code AS currency, sum(amount) AS unapplied FROM (
        SELECT account_id, currency_iso_code, -amount AS amount FROM payment
        WHERE status <> 'Draft' AND effective_date <= $d AND (withdrawn IS NULL OR withdrawn > $d)
        UNION ALL
        SELECT account_id, currency_iso_code, -impact_amount FROM application WHERE effective_date <= $d
    ) GROUP BY ALL
"""

DOCUMENTS = """
    SELECT account_id, currency_iso_code, sum(amount) AS balance FROM (
        SELECT billing_account_id AS account_id, currency_iso_code, total_amount_with_tax AS amount FROM invoice
        WHERE posted AND invoice_date <= $d AND (voided_date IS NULL OR voided_date > $d)
        UNION ALL
        SELECT account_id, currency_iso_code, -amount FROM payment
        WHERE status <> 'Draft' AND effective_date <= $d AND (withdrawn IS NULL OR withdrawn > $d)
    ) GROUP BY ALL HAVING sum(amount) <> 0
"""

AMOUNT = "DECIMAL(18, 4)"
TABLES = {
    "account": ("id BIGINT, name VARCHAR, account_number VARCHAR", "SELECT id, name, account_number FROM account"),
    "invoice": (
        (
            "id BIGINT, billing_account_id BIGINT, currency_iso_code VARCHAR, posted BOOLEAN, invoice_date DATE, "
            f"due_date DATE, voided_date DATE, total_amount_with_tax {AMOUNT}, balance {AMOUNT}"
        ),
        (
            "SELECT id, billing_account_id, currency_iso_code, posted_at IS NOT NULL, invoice_date, due_date, "
            "voided_date, total_amount_with_tax / 10000.0, balance / 10000.0 FROM invoice"
        ),
    ),
    "payment": (
        (
            "account_id BIGINT, currency_iso_code VARCHAR, status VARCHAR, effective_date DATE, withdrawn DATE, "
            f"amount {AMOUNT}, balance {AMOUNT}"
        ),
        (
            "SELECT account_id, currency_iso_code, status, effective_date, cancellation_effective_date, "
            "amount / 10000.0, balance / 10000.0 FROM payment UNION ALL "
            "SELECT billing_account_id, currency_iso_code, status, effective_date, voided_date, "
            "total_amount_with_tax / 10000.0, balance / 10000.0 FROM credit_memo WHERE posted_at IS NOT NULL"
        ),
    ),
    "application": (
        f"invoice_id BIGINT, account_id BIGINT, currency_iso_code VARCHAR, effective_date DATE, impact_amount {AMOUNT}",
        "SELECT invoice_id, account_id, currency_iso_code, effective_date, impact_amount / 10000.0 FROM application",
    ),
}

PAST_DAY = (
    "Of 180 ms for 180 days ago at a million, 125 go into reading 125,000 lines and adding each up in its place, 30 "
    "into making the rows of 20,000 accounts and 10 into their names in order. The database sums the same lines in 33: "
    "two thirds are spent on handing each over, and grouping them there takes longer, for no index has them by account."
)
LOOP = (
    "At a million the aging takes 120 ms: 45 to group the 151,384 open lines by account in the database, 20 to add the "
    "groups up, 35 to make the rows, 10 to read the 20,000 accounts by name. A fortieth of the loop is half of that."
)
TREND = (
    "Twelve month ends are 97 questions, eight each; a month end takes half as long as an aging of today by account. "
    "At 100,000 invoices they are short: of 140 ms 60 are spent in making the questions and reading what they answer."
)
"""What keeps bounds from being met."""

Columns = duckdb.DuckDBPyConnection


@pytest.fixture(scope="module")
def columns(measured_book: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Columns:
    """The same accounts, invoices, payments, credit memos and applications in DuckDB's own tables."""
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


def native(columns: Columns, as_of: date) -> Callable[[], list[tuple[Any, ...]]]:
    """The aging of a day in DuckDB: today's from what is stored as open, another day's from the events."""
    open_, loose = (OPEN_NOW, LOOSE_NOW) if as_of == AS_OF else (OPEN_THEN, LOOSE_THEN)
    question = ANSWER.format(open=open_, loose=loose)
    return lambda: columns.execute(question, {"d": as_of}).fetchall()


def as_native(answer: Aging) -> set[tuple[Any, ...]]:
    """Our rows as DuckDB gives them."""
    return {
        (row.key, row.name, row.number, row.currency, *row.buckets, row.unapplied, row.balance) for row in answer.rows
    }


@pytest.mark.parametrize(
    ("back", "bound"),
    [(0, 1.0), (30, 0.6), (90, 0.6), (180, 0.6), (300, 1.0), (365, 1.0), (500, 1.3), (650, 1.3)],
    ids="{}".format,
)
def test_an_aging_by_account_and_currency(
    measured_book: Workspace, columns: Columns, back: int, bound: float, size: str
) -> None:
    request = AgingRequest(AS_OF - timedelta(days=back))
    theirs = native(columns, request.as_of)

    def ours() -> Aging:
        return measured_book.ask(open_aging, request)

    assert as_native(ours()) == set(theirs())
    day = f"{back} days ago" if back else "today"
    what, why = f"aging by account and currency, {day}, {size}", PAST_DAY * (back > 0)
    measure(what, ours, "native DuckDB", theirs, bound=bound, in_the_way=why)


@pytest.mark.parametrize("back", [0, 180])
def test_an_aging_against_the_same_engine_on_one_thread(
    measured_book: Workspace, columns: Columns, back: int, size: str
) -> None:
    request = AgingRequest(AS_OF - timedelta(days=back))
    what = f"aging by account and currency, {f'{back} days ago' if back else 'today'}, {size}"
    columns.execute("SET threads = 1")
    try:
        theirs = native(columns, request.as_of)
        measure(what, lambda: measured_book.ask(open_aging, request), "DuckDB on one thread", theirs)
    finally:
        columns.execute("SET threads = 2")


@pytest.mark.parametrize("back", [0, 180, 500])
def test_the_proof_from_the_documents(measured_book: Workspace, columns: Columns, back: int, size: str) -> None:
    as_of = AS_OF - timedelta(days=back)
    found = measured_book.ask(open_aging, AgingRequest(as_of))

    def theirs() -> list[tuple[Any, ...]]:
        return columns.execute(DOCUMENTS, {"d": as_of}).fetchall()

    assert {
        (row.key, row.currency, row.balance) for row in measured_book.ask(proved, found).rows if row.balance
    } == set(theirs())
    measure(
        f"its proof from the documents, {back} days ago, {size}",
        lambda: measured_book.ask(proved, found),
        "native DuckDB",
        theirs,
    )


def test_an_aging_against_a_loop(measured_book: Workspace, size: str) -> None:
    request = AgingRequest(AS_OF)

    def loop() -> dict[tuple[object, str], list[Decimal]]:
        sums: dict[tuple[object, str], list[Decimal]] = defaultdict(lambda: [ZERO] * (len(request.buckets) + 1))
        with measured_book.book.reading() as connection:
            for item in open_items(connection, request):
                sums[item.key, item.currency][-1 if item.bucket is None else item.bucket] += item.balance
        return sums

    def ours() -> Aging:
        return measured_book.ask(open_aging, request)

    assert {(row.key, row.currency): [*row.buckets, row.unapplied] for row in ours().rows} == loop()
    what, against = f"aging by account and currency, today, {size}", "a loop over open items"
    measure(what, ours, against, loop, runs=3, bound=1 / 40, in_the_way=LOOP)


def test_a_trend_of_twelve_month_ends(measured_book: Workspace, size: str) -> None:
    days = [AS_OF]
    while len(days) < 12:
        days.append(days[-1].replace(day=1) - timedelta(days=1))
    request = AgingRequest(AS_OF)
    measure(
        f"trend of twelve month ends, {size}",
        lambda: measured_book.ask(trend, request, days[::-1]),
        "one aging of today",
        lambda: measured_book.ask(open_aging, request),
        bound=6,
        in_the_way=TREND,
    )


def test_figures_of_twelve_months_and_a_roll_forward_of_a_year(measured_book: Workspace, size: str) -> None:
    year = (AS_OF - timedelta(days=365), AS_OF)

    def today() -> Aging:
        return measured_book.ask(open_aging, AgingRequest(AS_OF))

    for what, work in (
        ("key figures of twelve months", lambda: measured_book.ask(metrics, AS_OF)),
        ("roll-forward of a year", lambda: measured_book.ask(roll_forward, *year)),
        ("roll-forward of a year by account", lambda: measured_book.ask(roll_forward, *year, by_account=True)),
    ):
        measure(f"{what}, {size}", work, "one aging of today", today, runs=3)
