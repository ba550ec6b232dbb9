"""What is open of every invoice, asked of the ledgers that accountants have on the command line.

hledger is taken from the PATH. beancount goes into a folder of its own for the run: it is measured, never shipped.
Each is a fresh process over its own file of the same invoices and payments, as is ours over its book.
"""

import csv
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest

from benchmarks.conftest import AS_OF, bench_world
from benchmarks.ratios import measure
from duedesk.actions.importing.taking import import_files
from duedesk.actions.workspace import create_workspace
from duedesk.exchange.mapping import parse_mapping

pytestmark = [pytest.mark.bench, pytest.mark.usefixtures("file_alone")]

SIZES = (20_000, 80_000)


@dataclass(frozen=True, slots=True)
class Bill:
    """An invoice and when it was paid, if it was."""

    number: str
    customer: int
    on: date
    total: Decimal
    paid_on: date | None


@dataclass(frozen=True, slots=True)
class Ledger:
    """The same bills in the file of each program, and what is open of all of them."""

    bills: int
    open: Decimal
    book: Path
    hledger: Path
    beancount: Path


@pytest.fixture(scope="module", params=SIZES, ids=[f"{size:,}" for size in SIZES])
def ledger(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    """Bills of two years, five of six of them paid."""
    random, folder = Random(0), tmp_path_factory.mktemp("peers")
    bills = [_bill(random, place) for place in range(request.param)]
    left = sum((bill.total for bill in bills if bill.paid_on is None), Decimal(0))
    return Ledger(len(bills), left, _book(bills, folder), _journal(bills, folder), _beans(bills, folder))


@pytest.fixture(scope="module")
def beancount_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with beancount in it."""
    folder = tmp_path_factory.mktemp("beancount")
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--target", str(folder), "beancount>=3.2,<4"]
    if subprocess.run(command, capture_output=True, check=False).returncode != 0:
        pytest.skip("beancount could not be fetched")
    return folder


def test_hledger(ledger: Ledger) -> None:
    program = shutil.which("hledger")
    if program is None:
        pytest.skip("hledger is not installed")
    command = [program, "-f", str(ledger.hledger), "balance", "assets:receivable", "--flat", "--output-format=csv"]

    def theirs() -> bytes:
        environment = {**os.environ, "LC_ALL": "C.UTF-8"}
        return subprocess.run(command, check=True, capture_output=True, env=environment).stdout

    lines = list(csv.reader(theirs().decode().splitlines()))
    assert Decimal(lines[-1][1].split()[0]) == ledger.open
    _compare(ledger, "hledger balance", theirs)


def test_beancount(ledger: Ledger, beancount_folder: Path) -> None:
    command = [sys.executable, "-c", _BEANCOUNT, str(ledger.beancount)]

    def theirs() -> bytes:
        environment = {**os.environ, "PYTHONPATH": str(beancount_folder)}
        return subprocess.run(command, check=True, capture_output=True, env=environment).stdout

    assert Decimal(theirs().decode()) == ledger.open
    _compare(ledger, "beancount", theirs)


_BEANCOUNT = """
import sys
from beancount import loader
from beancount.core import realization
entries, errors, options = loader.load_file(sys.argv[1])
assert not errors, errors[:3]
root = realization.realize(entries)
open_ = sum(
    position.units.number
    for account in realization.iter_children(realization.get(root, "Assets:Receivable"))
    for position in account.balance
)
print(open_)
"""


def _compare(ledger: Ledger, against: str, theirs: object) -> None:
    program = Path(sys.executable).with_name("duedesk")
    command = [str(program), "invoices", "--book", str(ledger.book), "--where", "Balance > 0", "--json"]

    def ours() -> bytes:
        return subprocess.run(command, check=True, capture_output=True).stdout

    assert callable(theirs)
    measure(f"balance of every open invoice, {ledger.bills:,} invoices", ours, against, theirs, runs=1, warm=0, bound=1)


def _bill(random: Random, place: int) -> Bill:
    on = AS_OF - timedelta(days=random.randrange(1, 730))
    paid_on = min(on + timedelta(days=random.randrange(1, 90)), AS_OF) if random.random() < 5 / 6 else None
    total = Decimal(random.randrange(1_000, 1_000_000)) / 100
    return Bill(f"INV-{place:06}", random.randrange(2_000), on, total, paid_on)


def _book(bills: list[Bill], folder: Path) -> Path:
    table, place = folder / "bills.csv", folder / "bills.duedesk"
    heads = "invoice_no,customer_no,customer_name,invoice_date,due_date,currency,total,paid_on\n"
    with table.open("w", encoding="utf-8") as file:
        file.write(heads)
        for bill in bills:
            due = bill.on + timedelta(days=30)
            who = f"C{bill.customer},Customer {bill.customer}"
            file.write(f"{bill.number},{who},{bill.on},{due},EUR,{bill.total},{bill.paid_on or ''}\n")
    workspace = create_workspace(str(place), bench_world())
    report = import_files(workspace, [table], mapping=parse_mapping(_MAPPING))
    assert report.is_done, report.problems
    workspace.close()
    return place


_MAPPING = """
[account]
AccountNumber = "customer_no"
Name = "customer_name"
[invoice]
DocumentNumber = "invoice_no"
InvoiceDate = "invoice_date"
DueDate = "due_date"
CurrencyIsoCode = "currency"
TotalAmountWithTax = "total"
[payment]
when = "paid_on"
EffectiveDate = "paid_on"
Amount = "total"
"""


def _journal(bills: list[Bill], folder: Path) -> Path:
    place = folder / "bills.journal"
    with place.open("w", encoding="utf-8") as file:
        for on, text, receivable, other, amount in _entries(bills):
            file.write(f"{on} {text}\n  assets:receivable:{receivable}  {amount} EUR\n  {other.lower()}\n\n")
    return place


def _beans(bills: list[Bill], folder: Path) -> Path:
    place = folder / "bills.beancount"
    with place.open("w", encoding="utf-8") as file:
        file.write("2000-01-01 open Income:Sales\n2000-01-01 open Assets:Bank\n")
        file.writelines(f"2000-01-01 open Assets:Receivable:{bill.number}\n" for bill in bills)
        for on, text, receivable, other, amount in _entries(bills):
            file.write(f'{on} * "{text}"\n  Assets:Receivable:{receivable}  {amount} EUR\n  {other}\n\n')
    return place


def _entries(bills: list[Bill]) -> Iterator[tuple[date, str, str, str, Decimal]]:
    for bill in bills:
        yield bill.on, f"Customer {bill.customer}", bill.number, "Income:Sales", bill.total
        if bill.paid_on is not None:
            yield bill.paid_on, f"Customer {bill.customer}", bill.number, "Assets:Bank", -bill.total
