"""Sample books to measure on, made once a run; `DUEDESK_BENCH_BOOKS` names a folder that keeps files for the next."""

import os
import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random

import pytest

from duedesk.actions.demo import make_demo
from duedesk.actions.workspace import Workspace, open_workspace
from duedesk.domain.world import World
from duedesk.store.book import HEAD

AS_OF = date(2026, 11, 23)
ON_SERVER = bool(os.environ.get("DUEDESK_BENCH_SERVER"))
SIZES = (100_000, 1_000_000)


def bench_world() -> World:
    """Give a world that stands still on the day the sample books end."""
    return World(lambda: datetime(2026, 11, 23, 10, tzinfo=UTC), lambda: AS_OF, Random(0), "bench")


def sample_file(folder: Path, invoices: int) -> Path:
    """Give a file with a sample book of so many invoices that nobody else writes to."""
    mine = folder / f"sample-{invoices}.duedesk"
    kept = os.environ.get("DUEDESK_BENCH_BOOKS")
    store = Path(kept) if kept else folder
    made = store / f"sample-{invoices}-{HEAD}.duedesk"
    if not made.exists():
        store.mkdir(parents=True, exist_ok=True)
        make_demo(str(made), bench_world(), invoices=invoices, as_of=AS_OF).close()
    if kept:
        shutil.copyfile(made, mine)
        return mine
    return made


@pytest.fixture(scope="session", params=SIZES, ids=[f"{size:,}{' on a server' * ON_SERVER}" for size in SIZES])
def measured_book(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """A sample book of each size, as a file, or where that is asked for on a PostgreSQL server."""
    if ON_SERVER:
        databases = request.getfixturevalue("server_databases")
        name = databases.make(template="template0")
        workspace = make_demo(databases.url(name), bench_world(), invoices=request.param, as_of=AS_OF)
    else:
        workspace = open_workspace(str(sample_file(tmp_path_factory.mktemp("bench"), request.param)), bench_world())
    yield workspace
    workspace.close()


@pytest.fixture
def size(request: pytest.FixtureRequest) -> str:
    """How large the measured book is, in words for the table."""
    invoices: int = request.node.callspec.params["measured_book"]
    return f"{invoices:,} invoices"


@pytest.fixture
def file_alone() -> None:
    """Say that a benchmark measures against a library that knows files alone."""
    if ON_SERVER:
        pytest.skip("this one is measured on a file")
