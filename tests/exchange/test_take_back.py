"""What was typed into a workbook is read whatever a spreadsheet program made of it: moved, sorted, saved otherwise."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from duedesk.domain.reports.taking_back import COMMENT, DISPUTE_REASON, MARKED, PROMISED_AMOUNT, PROMISED_FOR, Typed
from duedesk.exchange import long_sheets, xml_parts
from duedesk.exchange.dates import DateStyle, DayOrder
from duedesk.exchange.faults import FileRefused
from duedesk.exchange.row_sieve import RowSieve
from duedesk.exchange.take_back import read_typed
from duedesk.exchange.typed_cells import Reading
from duedesk.exchange.workbooks import table_rows
from duedesk.exchange.workbooks.aging import write_aging_workbook
from duedesk.exchange.workbooks.facts import Making
from duedesk.exchange.workbooks.open_items import write_open_items
from duedesk.exchange.workbooks.specs import Heading
from exchange.workbooks.ledgers import MADE, aging_of, request, small
from exchange.workbooks.office import Office


def _read(path: Path) -> Typed:
    return read_typed(path, Reading(date(2030, 1, 1), DateStyle()), lambda: None)


def test_an_aging_filled_in_and_saved_by_libreoffice_is_read(tmp_path: Path) -> None:
    asked = request()
    items = small(asked)
    path = tmp_path / "aging.xlsx"
    write_aging_workbook(path, aging_of(asked, items), iter(items), making=Making("main.duedesk", MADE))
    assert _read(path) == Typed("aging.xlsx", (), (), MADE, len(items)), "nothing was typed yet"

    book = load_workbook(path)
    sheet = book["Detail"]
    head = [cell.value for cell in sheet[1]]
    assert head[-5:] == [*MARKED, "Line"]
    first, second = (row for row in (2, 3))
    numbers = [str(sheet.cell(row, head.index("Number") + 1).value) for row in (first, second)]
    sheet.cell(first, head.index(COMMENT) + 1, "Ruft am Montag an\nzweite Zeile")
    sheet.cell(first, head.index(PROMISED_FOR) + 1, date(2026, 12, 4))
    sheet.cell(first, head.index(PROMISED_AMOUNT) + 1, Decimal("10.5"))
    sheet.cell(second, head.index(DISPUTE_REASON) + 1, "Quality")
    sheet.cell(second, head.index(PROMISED_FOR) + 1, "04/05/2026")
    sheet.delete_rows(4)
    sheet.insert_rows(1, 2)
    sheet.insert_cols(1)
    sheet.title = "For Ms Ferreira"
    del book["Aging"]
    book.save(tmp_path / "edited.xlsx")
    office = Office(tmp_path)
    for form in ("xlsx", "ods"):
        office.convert(tmp_path / "edited.xlsx", form, tmp_path / "saved")
        _check_edited(_read(tmp_path / "saved" / f"edited.{form}"), numbers)


def _check_edited(typed: Typed, numbers: list[str]) -> None:
    assert typed.made_at == MADE
    assert [(one.number, one.comment, one.day, one.amount, one.reason) for one in typed.rows] == [
        (numbers[0], "Ruft am Montag an\nzweite Zeile", date(2026, 12, 4), Decimal("10.5"), ""),
        (numbers[1], "", None, None, "Quality"),
    ]
    (problem,) = typed.problems
    assert (problem.file, problem.row, problem.column) == (f"{typed.file}, sheet For Ms Ferreira", 5, PROMISED_FOR)
    assert "may be" in problem.text


def test_rows_as_csv_and_a_sheet_of_any_length_are_read_for_what_was_typed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = tmp_path / "open-items.csv"
    plain.write_text(
        "Kind;Number;Currency;Balance;Comment;Promised for;Promised amount;Dispute reason\r\n"
        "Invoice;007;EUR;100,00;'=HYPERLINK(1);04.12.2026;12,50;\r\n"
        "Invoice;INV-8;EUR;5,00; ;;;  Quality \r\n"
        "Invoice;INV-9;EUR;5,00;;04/05/2026;;\r\n",
        encoding="cp1252",
    )
    typed = _read(plain)
    assert [(one.number, one.comment, one.day, one.amount, one.reason, one.open_then) for one in typed.rows] == [
        ("007", "=HYPERLINK(1)", date(2026, 12, 4), Decimal("12.5"), "", Decimal(100)),
        ("INV-8", "", None, None, "Quality", Decimal(5)),
    ]
    assert [one.remedy[:40] for one in typed.problems] == ["Type it as year-month-day, such as 2026-"]

    saved = tmp_path / "saved.csv"
    saved.write_text("Number,Due date,Comment,Promised for\nI-1,11/23/2026,x,12/04/2026\n")
    assert [one.day for one in _read(saved).rows] == [date(2026, 12, 4)], "as its other days are written"
    dutch = Reading(date(2030, 1, 1), DateStyle(order=DayOrder.DAY_FIRST))
    (problem,) = read_typed(saved, dutch, lambda: None).problems
    assert "may be 2026-04-12 or 2026-12-04" in problem.text

    monkeypatch.setattr(table_rows, "MOST_ROWS", 9)
    long, asked = tmp_path / "long.xlsx", request()
    items = [item for item in small(asked) if item.kind == "Invoice"] * 4
    heading = Heading("Open items", "as of today")
    write_open_items(long, asked, iter(items), (), heading=heading, making=Making("main.duedesk", MADE))
    book = load_workbook(long)
    sheets = [sheet for sheet in book if sheet.title.startswith("Items")]
    assert len(sheets) > 2, "it goes on on further sheets"
    for sheet in sheets:
        sheet.cell(3, [cell.value for cell in sheet[1]].index(COMMENT) + 1, f"Typed on {sheet.title}")
        sheet.move_range(f"A1:{sheet.cell(sheet.max_row, sheet.max_column).coordinate}", cols=2)
    book.save(long)
    typed = _read(long)
    assert [one.comment for one in typed.rows] == [f"Typed on {sheet.title}" for sheet in sheets]
    assert (typed.seen, {one.row for one in typed.rows}) == (len(items), {3})
    monkeypatch.setattr(xml_parts, "_CHUNK", 40)
    assert _read(long) == typed, "rows that are passed over change nothing"
    monkeypatch.setattr(long_sheets, "MOST_HELD", 2)
    with pytest.raises(FileRefused, match="something typed in more than 2 rows"):
        _read(long)


@pytest.mark.parametrize(
    ("row", "kept"),
    [
        (b'<row r="7"><c r="A7"/><c r="B7" s="3"/></row>', False),
        (b'<row r="7"><c r="A7"><v>5</v></c><c r="BB7"><v>5</v></c></row>', False),
        (b'<row r="7"><c r="A7"/><c r="B7" t="s"><v>5</v></c></row>', True),
        (b'<row r="7"><c r="A7"/><c s="1" r="B7"><v>5</v></c></row>', True),
        (b"<row><c><v>1</v></c><c><v>5</v></c></row>", True),
        (b'<row r="7"><c r="A7"/><!-- </row> --><c r="B7"/></row>', True),
        (b'<x:row r="7"><x:c r="B7"><x:v>5</x:v></x:c></x:row>', True),
    ],
)
def test_only_rows_that_surely_hold_nothing_are_passed_over(row: bytes, kept: bool) -> None:
    head, empty = b'<sheetData><row r="1"><c r="B1"/></row>', b'<row r="6"><c r="A6"/></row>'
    for size in (1, 17, 400):
        sieve = RowSieve(["B"])
        text = head + row + empty
        said = sieve.sift(head) + b"".join(sieve.sift(text[at : at + size]) for at in range(len(head), len(text), size))
        assert (row in said + sieve.rest()) is kept, size
