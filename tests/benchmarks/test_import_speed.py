"""Taking a file in, with every check, against the bare `sqlite3 .import`, which checks nothing and states nothing."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest

from benchmarks.conftest import AS_OF, ON_SERVER, SIZES, bench_world
from benchmarks.ratios import measure, note
from duedesk.actions.importing.report import ImportOutcome
from duedesk.actions.importing.taking import import_files
from duedesk.actions.workspace import create_workspace, open_workspace

pytestmark = pytest.mark.bench

HEADER = "invoice_no,customer_no,customer_name,invoice_date,due_date,currency,total"
PAID = ",payment_no,paid_on,paid_amount"
AGAINST = "sqlite3 .import"
MOST_MEMORY = 600
UNPAID_IN_THE_WAY = (
    "of 21 s for a million unpaid rows, indexes take 7.5 (seven hold every row; five cost 1 to 1.5 each, nearly all "
    "of it to sort, and the driver's SQLite is built without sorting threads), inserts 2.7 (a row is 14 values in a "
    "table of 53 columns; the bare import writes 7 texts), free text 2.2, the file's own pass for dates and hash 1.5, "
    "rules, accounts and duplicates 4, checks, log and statistics 2"
)
PAID_IN_THE_WAY = (
    "three rows are written for each of the bare import; of what 300,000 took, 35 % were indexes (fourteen hold every "
    "row of a table), 21 % inserts, 7 % free text, 3 % checks after the rows, and a third cutting lines, rules, "
    "accounts and duplicates"
)


@pytest.fixture(scope="module", params=SIZES, ids=[f"{size:,}" for size in SIZES])
def rows(request: pytest.FixtureRequest) -> int:
    """How many rows are imported."""
    return int(request.param)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the files lie."""
    return tmp_path_factory.mktemp("import")


def ledger(folder: Path, rows: int, *, is_paid: bool = False, is_changed: bool = False) -> Path:
    """Write a ledger of invoices of one customer in fifty; of a changed one 5 % are due on another day."""
    random, path = Random(0), folder / f"ledger-{rows}-{is_paid}-{is_changed}.csv"
    if path.exists():
        return path
    chance = Random(1)
    with path.open("w", encoding="utf-8") as file:
        file.write(HEADER + PAID * is_paid + "\n")
        for place in range(rows):
            on = AS_OF - timedelta(days=random.randrange(700))
            customer, total = random.randrange(rows // 50), random.randrange(1_000, 1_000_000)
            due = on + timedelta(days=14 if is_changed and chance.random() < 0.05 else 30)
            amount = f"{total // 100}.{total % 100:02}"
            line = f"INV-{place},C{customer},Customer {customer},{on},{due},EUR,{amount}"
            paid = f",PAY-{place},{on + timedelta(days=random.randrange(60))},{amount}" if is_paid else ""
            file.write(f"{line}{paid}\n")
    return path


def bound_at(rows: int, bound: float) -> float | None:
    """Give the bound of a million rows, for which it is set; what fewer take is told."""
    return bound if rows == SIZES[-1] else None


@pytest.fixture
def program() -> str:
    """The sqlite3 program."""
    found = shutil.which("sqlite3")
    if found is None:
        pytest.skip("the sqlite3 program is not installed")
    return found


@pytest.fixture
def empty_books(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[], str]]:
    """Make empty books, before anything is measured: files, or where that is asked for PostgreSQL databases."""
    databases = request.getfixturevalue("server_databases") if ON_SERVER else None
    made: list[str] = []

    def make() -> str:
        name = databases.make(template="template0") if databases is not None else f"ours-{len(made)}.duedesk"
        made.append(name)
        place = databases.url(name) if databases is not None else str(tmp_path / name)
        create_workspace(place, bench_world()).close()
        return place

    yield make
    for name in made:
        if databases is not None:
            databases.drop(name)


def plain_import(program: str, path: Path, target: Path) -> None:
    """Let the sqlite3 program take a file in as text."""
    target.unlink(missing_ok=True)
    with path.open(encoding="utf-8") as file:
        table = f"CREATE TABLE invoice ({file.readline()})"
    command = [program, str(target), table, ".mode csv", f".import --skip 1 {path} invoice"]
    subprocess.run(command, check=True, capture_output=True)


@pytest.mark.parametrize(
    ("is_paid", "bound", "in_the_way"),
    [(False, 4.0, UNPAID_IN_THE_WAY), (True, 9.0, PAID_IN_THE_WAY)],
    ids=["invoices", "with payments"],
)
def test_an_import(
    rows: int,
    folder: Path,
    program: str,
    empty_books: Callable[[], str],
    tmp_path: Path,
    is_paid: bool,
    bound: float,
    in_the_way: str,
) -> None:
    path, turns = ledger(folder, rows, is_paid=is_paid), 1 if rows > SIZES[0] else 3
    books = [empty_books() for _ in range(turns)]

    def ours() -> None:
        workspace = open_workspace(books.pop(), bench_world())
        report = import_files(workspace, [path])
        workspace.close()
        assert report.outcome is ImportOutcome.IMPORTED, report.problems
        assert report.totals[0].count == rows

    def theirs() -> None:
        plain_import(program, path, tmp_path / "theirs.db")

    what = f"import of {rows:,} invoices{', each with a payment' * is_paid}"
    measure(what, ours, AGAINST, theirs, runs=turns, warm=0, bound=bound_at(rows, bound), in_the_way=in_the_way)


def test_the_same_file_again(
    rows: int, folder: Path, program: str, empty_books: Callable[[], str], tmp_path: Path
) -> None:
    first, changed = ledger(folder, rows), ledger(folder, rows, is_changed=True)
    workspace = open_workspace(empty_books(), bench_world())
    import_files(workspace, [first])

    def ours() -> None:
        report = import_files(workspace, [changed])
        assert report.outcome is ImportOutcome.NOTHING_NEW, report.problems
        assert report.counts[0].unchanged == rows

    def theirs() -> None:
        plain_import(program, changed, tmp_path / "theirs.db")

    what = f"the same file of {rows:,} again, 5 % changed"
    measure(what, ours, AGAINST, theirs, runs=2, warm=0, bound=bound_at(rows, 3.0))
    workspace.close()


@pytest.mark.skipif(not hasattr(os, "wait4"), reason="this system does not tell what one process took")
def test_the_memory_of_an_import(rows: int, folder: Path, empty_books: Callable[[], str]) -> None:
    command = [sys.executable, "-m", "duedesk", "import", str(ledger(folder, rows, is_paid=True))]
    process = subprocess.Popen([*command, "--book", empty_books()], stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0
    note(f"memory of an import of {rows:,} paid invoices", used.ru_maxrss / 1024, "MB", bound=MOST_MEMORY)
