"""How the cost of an aging and of a list grows with the book, from ten thousand invoices to ten million."""

import os
import statistics
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from benchmarks.conftest import AS_OF, bench_world, sample_file
from benchmarks.growing import multiply
from benchmarks.ratios import note
from duedesk.actions.workspace import Workspace, open_workspace
from duedesk.domain.aging import AgingRequest
from duedesk.domain.filters import OPEN, Filter, Order
from duedesk.store.queries.aging.figures import aging
from duedesk.store.queries.lists import listing

pytestmark = pytest.mark.bench

MILLION = 1_000_000
TEN_MILLION = 10 * MILLION
SIZES = (10_000, 100_000, MILLION, *((TEN_MILLION,) if os.environ.get("DUEDESK_BENCH_TEN_MILLION") else ()))
PATHS = ("DocumentNumber", "BillingAccount.Name", "SettlementStatus", "DueDate", "DaysInvoiceOverdue", "Balance")
BY_DUE_DATE = Filter(AS_OF, order_by=(Order("DueDate"),))


@pytest.fixture(scope="module", params=SIZES, ids=[f"{size:,}" for size in SIZES])
def grown_book(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """A book of each size; the largest is the second largest ten times over."""
    folder: Path = tmp_path_factory.mktemp("growth")
    size: int = request.param
    place = sample_file(folder, min(size, MILLION))
    if size > MILLION:
        larger = folder / "larger.duedesk"
        multiply(place, larger, size // MILLION)
        place = larger
    workspace = open_workspace(str(place), bench_world())
    yield workspace
    workspace.close()


@pytest.mark.usefixtures("file_alone")
def test_what_more_invoices_cost(grown_book: Workspace, request: pytest.FixtureRequest) -> None:
    keys = grown_book.ask(listing.keys, BY_DUE_DATE)
    middle = keys[len(keys) // 2 : len(keys) // 2 + 60]
    jobs: dict[str, Callable[[], object]] = {
        "aging by account, today": lambda: grown_book.ask(aging, AgingRequest(AS_OF)),
        "aging by account, 180 days back": lambda: grown_book.ask(aging, AgingRequest(AS_OF - timedelta(180))),
        "ids of all by due date": lambda: grown_book.ask(listing.keys, BY_DUE_DATE),
        "ids of the open by due date": lambda: grown_book.ask(listing.keys, BY_DUE_DATE.narrowed(OPEN)),
        "60 rows from the middle": lambda: grown_book.ask(listing.rows, BY_DUE_DATE, PATHS, middle),
    }
    for what, job in jobs.items():
        note(f"{what}, {request.node.callspec.id} invoices", _median_ms(job), "ms")


def _median_ms(job: Callable[[], object], runs: int = 3) -> float:
    spent = []
    for _ in range(runs + 1):
        start = time.perf_counter()
        job()
        spent.append((time.perf_counter() - start) * 1000)
    return statistics.median(spent[1:])
