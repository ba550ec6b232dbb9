"""A long sheet of a report against the bare openpyxl write-only loop over the same cells, and the memory it takes."""

import tracemalloc
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook

from benchmarks.ratios import measure, note
from duedesk.exchange.sheet_stream import Value
from duedesk.exchange.workbooks.facts import Making
from duedesk.exchange.workbooks.report_book import ReportBook
from duedesk.exchange.workbooks.specs import Column, Heading, Kind, TableSheet
from exchange.workbooks.ledgers import AS_OF, MADE

pytestmark = pytest.mark.bench

COLUMNS = (
    *(Column(name, Kind.ID) for name in ("Account number", "Number", "Reference")),
    *(Column(name) for name in ("Account", "Owner", "Kind", "Status", "Terms")),
    *(Column(name, Kind.DAY) for name in ("Date", "Due date")),
    Column("Days overdue", Kind.COUNT),
    Column("Currency"),
    *(Column(name, Kind.MONEY, total=True) for name in ("Total", "Tax", "Balance")),
)


def rows(count: int) -> Iterator[tuple[Value, ...]]:
    """Invoices of 1,200 accounts, with the decimals that the book gives."""
    unit = Decimal("0.0001")
    for place in range(count):
        account = place * 7919 % 1_200
        day = AS_OF - timedelta(days=place * 31 % 400)
        total = unit * (place * 7_919_00 % 90_000_000 + 100)
        names = (f"{account:07}", f"INV-2026-{place:06}", f"PO {place * 17 % 100_003}")
        words = (f"Müller & Söhne {account} GmbH", f"Owner {account % 9}", "Invoice", "Posted", "30 days net")
        yield (*names, *words, day, day + timedelta(days=30), place % 400 - 30, "EUR", total, unit * 1900, total)


def ours(path: Path, count: int) -> None:
    """Write a table of the kit, with its Excel table, its sums, Checks and Read me."""
    with ReportBook(path, Heading("Invoices", "sample", "", date(2026, 11, 23)), Making("sample", MADE)) as book:
        book.table(TableSheet("Invoices", "Invoices", COLUMNS), rows(count))


def test_a_long_sheet_takes_a_fifth_of_the_bare_openpyxl_loop(tmp_path: Path) -> None:
    def openpyxl_alone() -> None:
        book = Workbook(write_only=True)
        sheet = book.create_sheet("Invoices")
        sheet.append([column.heading for column in COLUMNS])
        for row in rows(100_000):
            sheet.append(row)
        book.save(tmp_path / "b.xlsx")

    measure(
        "a report's sheet, 100,000 rows of 15 columns",
        lambda: ours(tmp_path / "a.xlsx", 100_000),
        "the bare openpyxl write-only loop",
        openpyxl_alone,
        runs=3,
        bound=0.2,
    )


def test_a_long_sheet_takes_no_memory(tmp_path: Path) -> None:
    peaks = []
    for count in (20_000, 100_000):
        tracemalloc.start()
        ours(tmp_path / "a.xlsx", count)
        peaks.append(tracemalloc.get_traced_memory()[1] / 1e6)
        tracemalloc.stop()
    note("memory of a report's sheet, 100,000 rows of 15 columns", peaks[1], "MB", bound=25)
    note("memory of five times the rows against once", peaks[1] / peaks[0], "x", bound=1.5)
