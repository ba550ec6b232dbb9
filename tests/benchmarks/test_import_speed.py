"""Taking a file in, with every check, against the bare `sqlite3 .import`, which checks nothing and states nothing."""

import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from benchmarks.conftest import AS_OF
from benchmarks.ratios import measure
from duedesk.actions.importing.taking import import_files
from duedesk.actions.workspace import create_workspace
from duedesk.domain.world import World
from duedesk.store.book import discard_book

pytestmark = pytest.mark.bench

ROWS = 100_000
HEADER = "invoice_no,customer_no,customer_name,invoice_date,due_date,currency,total"


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger of 100,000 invoices of 2,000 customers."""
    random, path = Random(0), tmp_path_factory.mktemp("import") / "ledger.csv"
    with path.open("w", encoding="utf-8") as file:
        file.write(HEADER + "\n")
        for place in range(ROWS):
            on = AS_OF - timedelta(days=random.randrange(700))
            customer, total = random.randrange(2_000), random.randrange(1_000, 1_000_000)
            due = on + timedelta(days=30)
            file.write(f"INV-{place},C{customer},Customer {customer},{on},{due},EUR,{total // 100}.{total % 100:02}\n")
    return path


def test_an_import(ledger: Path, tmp_path: Path) -> None:
    program = shutil.which("sqlite3")
    if program is None:
        pytest.skip("the sqlite3 program is not installed")
    world = World(lambda: datetime(2026, 11, 23, 10, tzinfo=UTC), lambda: AS_OF, Random(0), "bench")

    def ours() -> None:
        workspace = create_workspace(str(tmp_path / "ours.duedesk"), world)
        report = import_files(workspace, [ledger])
        assert report.is_done, report.problems
        assert report.totals[0].count == ROWS
        discard_book(workspace.book)

    def theirs() -> None:
        target = tmp_path / "theirs.db"
        target.unlink(missing_ok=True)
        table = f"CREATE TABLE invoice ({HEADER})"
        command = [program, str(target), table, ".mode csv", f".import --skip 1 {ledger} invoice"]
        subprocess.run(command, check=True, capture_output=True)

    measure(f"import of {ROWS:,} rows, checked and settled", ours, "sqlite3 .import", theirs, runs=3)
