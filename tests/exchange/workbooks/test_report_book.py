"""The kit every report writes its workbook with: formulas over its tables, checks of them, and only whole files."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from duedesk.domain.aging import DEFAULT_BUCKETS
from duedesk.domain.errors import Cancelled, RequestError
from duedesk.exchange import sheet_stream
from duedesk.exchange.workbooks import table_rows
from duedesk.exchange.workbooks.facts import Making, WorkbookFacts
from duedesk.exchange.workbooks.report_book import ReportBook
from duedesk.exchange.workbooks.specs import (
    BUCKET_FORMULA,
    BucketHead,
    ChartSpec,
    Column,
    Controls,
    Figure,
    Heading,
    Input,
    Kind,
    Row,
    Series,
    Summary,
    TableSheet,
)
from exchange.workbooks.ledgers import AS_OF, MADE

COLUMNS = (
    Column("Account number", Kind.ID, "The customer's number."),
    Column("Account", Kind.TEXT),
    Column("Number", Kind.ID),
    Column("Due date", Kind.DAY),
    Column("Days overdue", Kind.COUNT, formula='IF([@Due date]="","",AsOf-[@Due date])'),
    Column("Bucket", formula=BUCKET_FORMULA.format(days="Days overdue")),
    Column("Currency"),
    Column("Balance", Kind.MONEY, "What is open.", total=True),
    Column("Comment", marked=True, width=30),
    Column("Promised for", Kind.DAY, marked=True),
)
HOSTILE = (
    *("=cmd|' /C calc'!A0", "@SUM(A1)", "+1", "a\tb", "x" * 40_000, "👍 emoji", "شركة الواحة", ">0", "*", "007"),
    *("_x0041_ test", "🎉" * 40),
)


def rows(count: int) -> Iterator[Row]:
    """Invoices of ten accounts with hostile names in three currencies, every 17th a payment that is not applied."""
    for place in range(count):
        due: date | None = AS_OF - timedelta(days=place * 7 % 140 - 20)
        if place % 17 == 0:
            due = None
        days = "" if due is None else (AS_OF - due).days
        labels = DEFAULT_BUCKETS.labels
        bucket = "Unapplied" if due is None else labels[DEFAULT_BUCKETS.index((AS_OF - due).days)]
        currency = ("EUR", "JPY", "BHD")[place % 3]
        amount = Decimal(place * 1237 + 1) * {"EUR": 100, "JPY": 10_000, "BHD": 10}[currency] * Decimal("0.0001")
        amount = amount if due else -amount
        account = place % len(HOSTILE)
        yield (f"{account:05}", HOSTILE[account], f"00{place}", due, days, bucket, currency, amount, None, None)


def write(path: Path, count: int = 200, *, one_sheet_per: str = "", making: Making | None = None) -> WorkbookFacts:
    heading = Heading("Open items", "main.duedesk, as of 23 Nov 2026", "What is open.", AS_OF)
    expected: dict[tuple[str, str], Decimal] = {}
    for row in rows(count):
        place = (str(row[6]), "Balance")
        expected[place] = expected.get(place, Decimal(0)) + Decimal(str(row[7]))
    with ReportBook(path, heading, making or Making("main.duedesk", MADE)) as book:
        spec = TableSheet(
            "Items",
            "Items",
            COLUMNS,
            lines_by=("Account number", "Account"),
            tally_by=("Bucket",),
            one_sheet_per=one_sheet_per,
            tint_buckets="Bucket",
        )
        items = book.table(spec, rows(count))
        late = Figure(
            "Overdue",
            kind=Kind.PERCENT,
            formula='IF([@Balance]=0,"",1-[@Not due]/[@Balance])',
            gives=lambda given: 1 - given["Not due"] / given["Balance"] if given["Balance"] else None,
        )
        figures = (
            Figure("Unapplied", of="Balance", where=(("Bucket", "Unapplied"),)),
            Figure("Balance", of="Balance", bold=True),
            late,
        )
        summary = Summary(
            "Summary",
            figures,
            inputs=(Input("AsOf", "As of", AS_OF, Kind.DAY),),
            buckets=BucketHead(DEFAULT_BUCKETS),
            parts=("Unapplied",),
            whole="Balance",
        )
        written = book.summary(summary, items, Controls(expected))
        by_bucket = Summary(
            "By bucket", (Figure("Items", kind=Kind.COUNT), Figure("Balance", of="Balance")), ("Bucket",)
        )
        book.summary(by_bucket, items)
        across = written.across("Not due", "Over 90", written.head_row)
        totals = written.across("Not due", "Over 90", written.blocks[0].figures_row)
        book.chart(ChartSpec("Open by bucket", across, (Series("BHD", totals),)))
    return book.facts


def test_a_table_that_fills_its_sheet_goes_on_and_formulas_and_checks_cover_all_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(table_rows, "MOST_ROWS", 91)
    monkeypatch.setattr(sheet_stream, "MOST_ROWS", 91)
    facts = write(tmp_path / "a.xlsx")
    book, shown = load_workbook(tmp_path / "a.xlsx"), load_workbook(tmp_path / "a.xlsx", data_only=True)

    assert (facts.items, facts.holds) == (200, True)
    assert book.sheetnames == ["Summary", "By bucket", "Charts", "Items", "Items 2", "Items 3", "Checks", "Read me"]
    assert [len(list(book[name].values)) for name in ("Items", "Items 2", "Items 3")] == [91, 91, 21]
    assert [*book["Items 2"].tables] == ["Items_2"]
    assert str(book["Summary"]["K7"].value).count("SUMIFS(") == 3
    assert shown["Checks"]["H3"].value is True
    assert [book["Items"].row_dimensions[row].height for row in (12, 13)] == [None, 54]  # lines of emoji
    lines = [cell.value for cell in shown["Summary"]["A"][6:] if isinstance(cell.value, int)]
    assert lines == [*range(1, len(lines) + 1)]
    named = {row[0]: row[1:4] for row in shown["Summary"].iter_rows(min_row=7, values_only=True)}
    assert all(named[row[-1]] == (row[0], row[1], row[6]) for row in shown["Items 3"].iter_rows(2, values_only=True))


def test_a_sheet_for_each_currency(tmp_path: Path) -> None:
    write(tmp_path / "a.xlsx", one_sheet_per="Currency")
    book = load_workbook(tmp_path / "a.xlsx")
    empty = book["Summary"]["Z99"]
    assert (empty.font.name, empty.font.size) == ("Arial", 10)  # widths of columns are counted in it

    assert book.sheetnames[3:6] == ["BHD", "EUR", "JPY"]
    assert {row[6] for row in book["JPY"].iter_rows(min_row=2, values_only=True)} == {"JPY"}


def test_the_rows_alone_are_plain_and_no_formula(tmp_path: Path) -> None:
    facts = write(tmp_path / "a.csv", 12)
    lines = (tmp_path / "a.csv").read_text(encoding="utf-8-sig").splitlines()

    assert facts.items == 12
    assert lines[0].startswith("Account number,Account,Number,Due date,Days overdue")
    assert lines[2] == "00001,'@SUM(A1),001,2026-12-06,-13,Not due,JPY,1238,,"
    assert lines[1].startswith("00000,'=cmd|' /C calc'!A0,000,,,Unapplied,EUR,-0.01")


def test_what_is_stopped_leaves_no_half_file_and_the_older_one_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_text("older")
    with pytest.raises(Cancelled):
        write(path, 2_000, making=Making("main.duedesk", MADE, stop=iter([False, False, True]).__next__))

    assert path.read_text() == "older"
    assert [one.name for one in tmp_path.iterdir()] == ["a.xlsx"]


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    write(tmp_path / "a.xlsx", 40)
    write(tmp_path / "b.xlsx", 40)

    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_a_file_that_is_open_elsewhere_is_left_alone_and_another_name_is_offered(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_text("older")
    for mark in ("~$a.xlsx", ".~lock.a.xlsx#"):
        (tmp_path / mark).touch()
        with pytest.raises(RequestError, match=r"a.xlsx is open in another program. Close it there, or write a-2.xlsx"):
            write(tmp_path / "a.xlsx", 3)
        (tmp_path / mark).unlink()

    assert [one.read_text() for one in tmp_path.iterdir()] == ["older"]
