"""Rows taken a column at a time are the same rows: book and report are as if they had gone in one by one."""

import shutil
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from random import Random
from typing import Any

import pytest

from actions.importing.imports import bring_in, held
from duedesk.actions.importing import files as importing_files
from duedesk.actions.importing import roads as importing_roads
from duedesk.actions.importing.by_columns.lane import ColumnLane
from duedesk.actions.importing.report import ImportReport
from duedesk.domain.world import World
from duedesk.exchange.cells import Run
from duedesk.exchange.columns import ColumnReader
from duedesk.store.book import Book, open_book
from duedesk.store.tables import METADATA

HEADERS = (
    "invoice_no,customer_no,customer_name,email,invoice_date,due_date,currency,net,tax,total,open,description",
    "invoice_no,customer_name,invoice_date,due_date,currency,total,paid_on,paid_amount",
    "customer_no,invoice_no,customer_name,invoice_date,due_date,currency,total,paid_on,paid_amount",
    "invoice_no,customer_no,customer_name,invoice_date,due_date,currency,total",
)
ODD = {
    "invoice_no": ("INV-1", "inv-7", "", "INV-3\u200b", "A  B", "Ä-1", "A\u0308-1"),
    "customer_no": ("C1", "c-1", "", "#C1", " C2"),
    "customer_name": ("Cust 2", "Сust 2", "", "Zoë", "a  b", "M\ufffdller", "  "),
    "email": ("a@b.test;c", "other@example.test", ""),
    "invoice_date": ("05.01.2026", "2026-02-30", "", "20260107.0", "2026-01-05 "),
    "due_date": ("", "2025-12-31", "13/02/2026", "2026-13-01"),
    "currency": ("eur", "€", "USD", "JPY", "XYZ", ""),
    "net": ("", "1.00", "-5.00"),
    "tax": ("", "0", "19"),
    "total": ("0.00", "-1.00", "100", "1,234.50", "12.345", "", "99999999999999.00", "119.5", "EUR 5.00"),
    "open": ("", "0.00", "1000000.00", "-1.00"),
    "paid_on": ("", " ", "2026-01-01", "2027-02-01"),
    "paid_amount": ("", "0.00", "1.00", "5000000.00", "-1.00"),
    "description": ("two  blanks", "a\x07bell", "“quoted”", ""),
}


def rows(random: Random, header: str, count: int, oddness: float) -> list[list[str]]:
    """Rows of a ledger, some cells of which are not as they should be."""
    made = []
    for number in range(count):
        customer, cents = random.randrange(6), random.randrange(100, 1_000_000)
        tax = cents // 7
        day = random.randrange(1, 28)
        cells = {
            "invoice_no": f"{random.choice(['INV', 'R'])}-{number}",
            "customer_no": f"C{customer}",
            "customer_name": f"Cust {customer}",
            "email": f"c{customer}@example.test",
            "invoice_date": f"2026-01-{day:02}",
            "due_date": f"2026-02-{day:02}",
            "currency": random.choice(["EUR"] * 9 + ["USD"]),
            "net": f"{(cents - tax) / 100:.2f}",
            "tax": f"{tax / 100:.2f}",
            "total": f"{cents / 100:.2f}",
            "open": random.choice(["", f"{cents / 100:.2f}"]),
            "paid_on": f"2026-03-{day:02}",
            "paid_amount": f"{random.choice([cents, cents, cents // 2]) / 100:.2f}",
            "description": random.choice(["", "Consulting, July"]),
        }
        if random.random() < 0.3:
            cells |= {"paid_on": "", "paid_amount": ""}
        for name in header.split(","):
            if random.random() < oddness:
                cells[name] = random.choice(ODD[name])
        made.append([cells[name] for name in header.split(",")])
    return made


def written(path: Path, header: str, lines: list[list[str]], random: Random | None = None) -> Path:
    """Write a ledger; now and then a line is empty, broken or one of a total."""
    text = [header]
    for cells in lines:
        text.append(",".join(f'"{cell}"' if "," in cell else cell for cell in cells))
        if random is not None and random.random() < 0.01:
            text.append(random.choice(["", "short,line", ",".join([""] * len(cells)), header]))
    if random is not None and random.random() < 0.3:
        text.append(f"#count{',' * (header.count(',') - 1)},{len(lines)}")
    path.write_text("\n".join(text) + "\n", "utf-8")
    return path


def changed(lines: list[list[str]], header: str, random: Random) -> list[list[str]]:
    """The same rows once more, of which a few say something else, and with some that are new."""
    again = [list(cells) for cells in lines]
    for cells in again:
        if random.random() < 0.02:
            name = random.choice(header.split(","))
            cells[header.split(",").index(name)] = random.choice(ODD[name])
    more = [list(cells) for cells in again[:7]]
    for number, cells in enumerate(more):
        cells[header.split(",").index("invoice_no")] = f"N-{number}"
    random.shuffle(more)
    return [*again[:20], *more, *again[20:]]


def told(report: ImportReport) -> dict[str, Any]:
    """All that a report says, with what it wrote aside."""
    said = asdict(report)
    for file in said["files"]:
        if file["rejected_to"] is not None:
            file["rejected_to"] = file["rejected_to"].read_text("utf-8-sig")
    return said


def everything(book: Book) -> dict[str, list[tuple[Any, ...]]]:
    """Every record of a book."""
    return {name: held(book, name, *(column.name for column in table.c)) for name, table in METADATA.tables.items()}


@pytest.fixture
def twin(request: pytest.FixtureRequest, book: Book, world: World, tmp_path: Path) -> Iterator[Book]:
    """Another empty book of the same kind: keys are given out alike."""
    databases = None if book.is_file else request.getfixturevalue("server_databases")
    name = "" if databases is None else databases.make()
    place = str(tmp_path / "twin.duedesk") if databases is None else databases.url(name)
    if databases is None:
        shutil.copyfile(request.getfixturevalue("empty_file"), place)
    opened = open_book(place, now=world.now(), user=world.user)
    yield opened
    opened.close()
    if databases is not None:
        databases.drop(name)


@pytest.mark.parametrize("seed", range(4))
def test_both_roads_lead_to_the_same_book(
    book: Book, twin: Book, world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    random = Random(seed)
    header = HEADERS[seed % len(HEADERS)]
    monkeypatch.setattr(importing_files, "BLOCK", random.choice([5, 16, 40]))
    monkeypatch.setattr(importing_roads, "FEW", random.choice([1, 4]))
    lines = rows(random, header, 150, random.choice([0.0, 0.002, 0.02]))
    for name, content in (("a", lines), ("b", changed(lines, header, random))):
        found = []
        state = random.getstate()
        for road, into in (("columns", book), ("rows", twin)):
            random.setstate(state)
            (tmp_path / road).mkdir(exist_ok=True)
            path = written(tmp_path / road / f"{name}.csv", header, content, random)
            with monkeypatch.context() as patch:
                if road == "rows":
                    patch.setattr(importing_files, "has_columns", lambda _: False)
                found.append(told(bring_in(into, world, path, skip_bad=True, letter_case="distinct")))
        assert found[0] == found[1]
        assert everything(book) == everything(twin)


def test_plain_rows_do_go_in_by_columns(
    file_book: Book, world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken: list[int] = []

    class Watched(ColumnLane):
        def take(self, run: Run) -> Any:
            come_to = super().take(run)
            taken.append(0 if come_to is None else len(run))
            return come_to

    monkeypatch.setattr(importing_files, "ColumnLane", Watched)
    monkeypatch.setattr(importing_files, "BLOCK", 50)
    lines = rows(Random(0), HEADERS[2], 120, 0)
    bring_in(file_book, world, written(tmp_path / "a.csv", HEADERS[2], lines))
    lines[70][2] = "Somebody else"
    bring_in(file_book, world, written(tmp_path / "b.csv", HEADERS[2], lines))
    assert taken == [50, 50, 20] * 2


def test_a_file_that_comes_again_is_compared_and_not_read(
    file_book: Book, world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing_files, "BLOCK", 50)
    lines = rows(Random(0), HEADERS[3], 120, 0)
    bring_in(file_book, world, written(tmp_path / "a.csv", HEADERS[3], lines))
    lines[70][4] = "2026-03-31"
    with monkeypatch.context() as patch:
        patch.delattr(ColumnReader, "read")
        report = bring_in(file_book, world, written(tmp_path / "b.csv", HEADERS[3], lines))
    assert [(count.made, count.unchanged) for count in report.counts] == [(0, 120)]
    for name, doubled, told_of in (("c", lines[3], 5), ("d", lines[118], 120)):
        report = bring_in(file_book, world, written(tmp_path / f"{name}.csv", HEADERS[3], [*lines, doubled]))
        assert f"stands in row {told_of} already" in report.problems[0].text
