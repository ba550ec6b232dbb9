"""Free text and filters on long lists: what a reader waits for while they type, against bounds in milliseconds."""

import statistics
import time
from collections.abc import Callable
from random import Random

import pytest
from sqlalchemy import text

from benchmarks.conftest import AS_OF
from benchmarks.ratios import note
from duedesk.actions.workspace import Workspace
from duedesk.domain.filters import Filter
from duedesk.domain.objects import CATALOG
from duedesk.language.conditions import parse_condition, parse_order
from duedesk.store.queries.accounts import suggest_accounts
from duedesk.store.queries.lists import listing
from duedesk.store.queries.search import search

pytestmark = pytest.mark.bench

PATHS = ("DocumentNumber", "BillingAccount.Name", "SettlementStatus", "DueDate", "DaysInvoiceOverdue", "Balance")
TEXTS = 60
FIRST_SCREEN = 60


@pytest.fixture
def typed(measured_book: Workspace) -> list[str]:
    """Pieces of numbers, references and names, as people type them."""
    random = Random(4)
    with measured_book.book.reading() as connection:
        numbers = connection.scalars(text("SELECT document_number FROM invoice WHERE id % 9973 = 5")).all()
        references = connection.scalars(text("SELECT reference_entity_id FROM invoice WHERE id % 9973 < 40")).all()
        payments = connection.scalars(text("SELECT payment_number FROM payment WHERE id % 9973 = 5")).all()
        names = connection.scalars(text("SELECT name FROM account WHERE id % 97 = 5")).all()
    numbered = [one[-random.randint(4, 6) :] for one in (*numbers, *payments) if one]
    worded = [word for one in names for word in one.split() if len(word) > 4]
    ordered = [one for one in references if one and one.startswith("SO-")]
    chosen = [random.choice(kind) for kind in (numbered, worded, ordered) for _ in range(TEXTS // 3)]
    return [*chosen, "zzzzz", "no such thing"]


def waited(ask: Callable[[str], object], texts: list[str]) -> list[float]:
    """Give how many milliseconds each text took, once the first of them has warmed the way."""
    ask(texts[0])
    spent = []
    for one in texts:
        start = time.perf_counter()
        ask(one)
        spent.append((time.perf_counter() - start) * 1000)
    return spent


def test_what_is_typed_is_found_at_once(
    measured_book: Workspace, typed: list[str], request: pytest.FixtureRequest
) -> None:
    def first_screen(sought: str) -> object:
        asked = Filter(AS_OF, search=sought, order_by=parse_order("DueDate DESC", CATALOG, "Invoice"))
        with measured_book.book.reading() as connection:
            keys = listing.keys(connection, asked)
            return listing.rows(connection, asked, PATHS, keys[:FIRST_SCREEN])

    where = request.node.callspec.id
    for what, ask in (
        ("list narrowed by free text, first screen", first_screen),
        ("Ctrl+K, six of each kind", lambda sought: measured_book.ask(search, sought, limit=6)),
        ("accounts suggested", lambda sought: measured_book.ask(suggest_accounts, sought)),
    ):
        spent = waited(ask, typed)
        note(f"{what}, p95, {where}", statistics.quantiles(spent, n=20)[18], "ms", bound=20)


FILTERS = (
    ("DaysInvoiceOverdue WITHIN (31, 60)", "DueDate"),
    ("DaysInvoiceOverdue > 90", "Balance DESC"),
    ("Status = 'Voided'", "DueDate"),
    ("SettlementStatus = 'Partially Settled'", "DueDate"),
    ("Balance > 20000", "Balance DESC"),
    ("DueDate WITHIN (2026-09-01, 2026-09-07)", "DueDate"),
    ("InvoiceDate = LAST_WEEK", "BillingAccount.Name"),
)


def test_a_filter_that_leaves_ten_thousand(measured_book: Workspace, request: pytest.FixtureRequest) -> None:
    for where, order in FILTERS:
        asked = Filter(
            AS_OF,
            where=parse_condition(where, CATALOG, "Invoice"),
            order_by=parse_order(order, CATALOG, "Invoice"),
        )
        found = len(measured_book.ask(listing.keys, asked))
        spent = waited(lambda _, asked=asked: measured_book.ask(listing.keys, asked), [""] * 5)  # type: ignore[misc]
        what = f"ids where {where} by {order}, {request.node.callspec.id}: {found:,}"
        note(what, statistics.median(spent), "ms", bound=30 * max(1.0, found / 10_000))


def test_all_ids_in_an_indexed_order(measured_book: Workspace, request: pytest.FixtureRequest) -> None:
    for order in ("DueDate", "InvoiceDate DESC", "DocumentNumber", "DaysInvoiceOverdue DESC", "BillingAccount.Name"):
        asked = Filter(AS_OF, order_by=parse_order(order, CATALOG, "Invoice"))
        spent = waited(lambda _, asked=asked: measured_book.ask(listing.keys, asked), [""] * 3)  # type: ignore[misc]
        note(f"all ids by {order}, {request.node.callspec.id}", statistics.median(spent), "ms", bound=500)
    spent = waited(lambda _: measured_book.ask(listing.totals, Filter(AS_OF)), [""] * 3)
    note(f"totals of all, {request.node.callspec.id}", statistics.median(spent), "ms", bound=500)
