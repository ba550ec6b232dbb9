"""Opening and scrolling the list against what the bare library needs for the same rows."""

import pytest

from benchmarks.conftest import AS_OF
from benchmarks.ratios import measure
from duedesk.actions.workspace import Workspace
from duedesk.domain.filters import OPEN, Filter, Order
from duedesk.store.queries import listing

pytestmark = pytest.mark.bench

PATHS = ("DocumentNumber", "BillingAccount.Name", "SettlementStatus", "DueDate", "DaysInvoiceOverdue", "Balance")

BARE = """
    SELECT i.id, i.document_number, a.name, i.settlement_status, i.due_date, i.balance
    FROM invoice i JOIN account a ON a.id = i.billing_account_id ORDER BY i.due_date LIMIT 100
"""


def test_opening_the_list(measured_book: Workspace, request: pytest.FixtureRequest) -> None:
    asked = Filter(AS_OF, order_by=(Order("DueDate"),))

    def ours() -> object:
        with measured_book.book.reading() as connection:
            keys = listing.keys(connection, asked)
            return listing.rows(connection, asked, PATHS, keys[:100])

    def theirs() -> object:
        with measured_book.book.reading() as connection:
            return connection.exec_driver_sql("SELECT id FROM invoice ORDER BY due_date").fetchall()

    measure(f"list opened by due date, {request.node.callspec.id}", ours, "fetchall of the ids", theirs)


def test_opening_the_open_ones(measured_book: Workspace, request: pytest.FixtureRequest) -> None:
    asked = Filter(AS_OF, where=OPEN, order_by=(Order("DaysInvoiceOverdue", descending=True),))

    def theirs() -> object:
        with measured_book.book.reading() as connection:
            query = "SELECT id FROM invoice WHERE balance <> 0 ORDER BY due_date"
            return connection.exec_driver_sql(query).fetchall()

    where = request.node.callspec.id
    measure(f"open invoices, oldest first, {where}", lambda: measured_book.ask(listing.keys, asked), "fetchall", theirs)


def test_a_block_in_the_middle(measured_book: Workspace, request: pytest.FixtureRequest) -> None:
    asked = Filter(AS_OF, order_by=(Order("DueDate"),))
    keys = measured_book.ask(listing.keys, asked)
    middle = len(keys) // 2
    offset = BARE.replace("LIMIT 100", f"LIMIT 100 OFFSET {middle}")

    def theirs() -> object:
        with measured_book.book.reading() as connection:
            return connection.exec_driver_sql(offset).fetchall()

    measure(
        f"100 rows from the middle, {request.node.callspec.id}",
        lambda: measured_book.ask(listing.rows, asked, PATHS, keys[middle : middle + 100]),
        "OFFSET",
        theirs,
    )
