"""Streamed sheets: what is put in comes out, whatever it is, and nothing from outside turns into a formula."""

import tracemalloc
import zipfile
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell

from duedesk.domain.errors import RequestError
from duedesk.exchange import sheet_stream
from duedesk.exchange.sheet_stream import LATER, Formula, SheetRows, Value, cell_text, is_exact, write_package

MADE = datetime(2026, 11, 23, 8, 10, tzinfo=UTC)
NAMESPACE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def written(folder: Path, *rows: list[Value], quoted: int | None = None) -> Path:
    """Write a workbook of one sheet, all cells in style 0."""
    layout = Workbook()
    layout.worksheets[0].title = "Rows"
    path = folder / "rows.xlsx"
    with SheetRows(folder, {} if quoted is None else {0: quoted}) as sheet:
        for row in rows:
            sheet.append([(value, 0) for value in row])
        write_package(layout, {"Rows": sheet}, path, made_at=MADE, text_columns={"Rows": "A1:A9"})
    return path


def read(path: Path, *, cached: bool = False) -> list[list[object]]:
    return [[cell.value for cell in row] for row in load_workbook(path, data_only=cached)["Rows"].iter_rows()]


def raw(path: Path, member: str = "xl/worksheets/sheet1.xml") -> str:
    with zipfile.ZipFile(path) as package:
        return package.read(member).decode()


def test_numbers_dates_and_words_keep_their_kind(tmp_path: Path) -> None:
    path = written(tmp_path, ["Harbor & Finch <Ltd>", 3, Decimal("1234.5000"), True, None], [date(2026, 11, 23)])

    assert read(path)[0] == ["Harbor & Finch <Ltd>", 3, 1234.5, True, None]
    assert "<v>1234.5</v>" in raw(path)
    assert "<v>46349</v>" in raw(path)
    assert '<dimension ref="A1:E2"/>' in raw(path)


def test_a_number_that_is_known_late_is_put_in_wherever_the_blocks_end(tmp_path: Path) -> None:
    with SheetRows(tmp_path, {}) as sheet:
        for size in ((1 << 20) - 3, 1 << 20, 5):
            sheet.append_written(["x" * size + f"{LATER}12{LATER}{LATER}7{LATER}"], 1)
        sheet.later = {12: 345}
        out = BytesIO()
        sheet.pour(out)
    assert out.getvalue().replace(b"x", b"") == b"3457" * 3


def test_a_moment_is_written_in_utc(tmp_path: Path) -> None:
    berlin = datetime(2026, 11, 23, 18, 30, tzinfo=timezone(timedelta(hours=1)))
    layout = Workbook()
    cell = WriteOnlyCell(layout.worksheets[0])
    cell.number_format = "yyyy-mm-dd hh:mm"
    style = cell.style_id
    with SheetRows(tmp_path, {}) as sheet:
        sheet.append([(berlin, style)])
        write_package(layout, {"Sheet": sheet}, tmp_path / "a.xlsx", made_at=MADE, text_columns={})

    moment = load_workbook(tmp_path / "a.xlsx")["Sheet"]["A1"].value
    assert isinstance(moment, datetime)
    assert abs(moment - datetime(2026, 11, 23, 17, 30)) < timedelta(seconds=1)  # noqa: DTZ001 - Excel knows no zone


def test_a_formula_comes_with_what_it_gives(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        [Decimal("1.10"), Decimal("2.20"), Formula("SUM(A1:B1)", Decimal("3.30"))],
        [Formula('IF(A1<B1,"a&b","")', "a&b"), Formula("A1<B1", value=True), Formula("1+1", 2)],
    )

    assert read(path)[0][2] == "=SUM(A1:B1)"
    assert read(path)[1][0] == '=IF(A1<B1,"a&b","")'
    assert read(path, cached=True) == [[1.1, 2.2, 3.3], ["a&b", True, 2]]


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1",
        "-2+3",
        "@SUM(A1)",
        '=HYPERLINK("http://x")',
        "＝1",
        "%0A=1",
        "|cmd",
        "'quoted",
        "=cmd|' /C calc'!A0",
    ],
)
def test_a_text_that_looks_like_a_formula_stays_a_text(tmp_path: Path, text: str) -> None:
    layout = Workbook()
    cell = WriteOnlyCell(layout.worksheets[0])
    cell.quotePrefix = True
    quoted = cell.style_id
    with SheetRows(tmp_path, {0: quoted}) as sheet:
        sheet.append([(text, 0), ("Acme", 0)])
        write_package(layout, {"Sheet": sheet}, tmp_path / "a.xlsx", made_at=MADE, text_columns={})

    literal, plain = next(load_workbook(tmp_path / "a.xlsx")["Sheet"].iter_rows())
    assert (literal.value, literal.data_type, literal.quotePrefix) == (text, "s", True)
    assert (plain.value, plain.data_type, plain.quotePrefix) == ("Acme", "s", False)
    assert "<f>" not in raw(tmp_path / "a.xlsx")


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("A\x00B\x07C", "A B C"),
        ("one\r\nline\tonly", "one  line only"),
        ("half \ud83d pair", "half   pair"),
        ("\ufffe\uffff\x85", "   "),
        ("  kept  ", "  kept  "),
        ("Müller 株式会社 الواحة 👍", "Müller 株式会社 الواحة 👍"),
    ],
)
def test_what_xml_cannot_hold_becomes_a_space(tmp_path: Path, text: str, held: str) -> None:
    assert read(written(tmp_path, [text, "end"])) == [[held, "end"]]


@pytest.mark.parametrize("text", ["x" * 32_767, "x" * 32_768, "👍" * 16_384, "é" * 40_000, "a" + "👍" * 20_000])
def test_no_cell_is_longer_than_excel_takes(text: str) -> None:
    held = cell_text(text)

    assert len(held.encode("utf-16-le")) // 2 <= 32_767
    assert held == text or (held.endswith("…") and text.startswith(held[:-1]))


def test_excels_own_escapes_are_escaped(tmp_path: Path) -> None:
    path = written(tmp_path, ["_x0041_ and _X0041_ and _x41_"])

    assert "_x005F_x0041_ and _X0041_ and _x41_" in raw(path)


@pytest.mark.parametrize(
    ("amount", "fits"),
    [("999999999999.99", True), ("999999999999.9999", False), ("1000000000000", True), ("-0.0001", True), ("0", True)],
)
def test_an_amount_of_more_than_15_digits_becomes_a_text(tmp_path: Path, amount: str, *, fits: bool) -> None:
    assert is_exact(Decimal(amount)) is fits
    ((value,),) = read(written(tmp_path, [Decimal(amount)]))
    assert isinstance(value, str) is not fits
    assert Decimal(str(value)) == Decimal(amount)


def test_a_day_that_excel_would_get_wrong_becomes_a_text(tmp_path: Path) -> None:
    assert read(written(tmp_path, [date(1900, 2, 28), "end"]))[0][0] == "1900-02-28"
    assert "<v>61</v>" in raw(written(tmp_path, [date(1900, 3, 1)]))


def test_the_same_rows_give_the_same_bytes_and_no_clock_shows(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    first = written(tmp_path, ["Acme", Decimal("1.10")]).read_bytes()
    second = written(tmp_path / "other", ["Acme", Decimal("1.10")]).read_bytes()

    assert first == second
    with zipfile.ZipFile(BytesIO(first)) as package:
        assert {member.date_time for member in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = package.read("docProps/core.xml").decode()
    assert core.count("2026-11-23T08:10:00Z") == 2


def test_the_parts_of_a_sheet_stand_in_the_order_the_standard_asks_for(tmp_path: Path) -> None:
    layout = Workbook()
    sheet = layout.worksheets[0]
    sheet.auto_filter.ref = "A1:A2"
    sheet.freeze_panes = "A2"
    with SheetRows(tmp_path, {}) as rows:
        rows.append([("Number", 0)], height=30)
        rows.append([("007", 0)])
        write_package(layout, {"Sheet": rows}, tmp_path / "a.xlsx", made_at=MADE, text_columns={"Sheet": "A2:A2"})

    root = ET.fromstring(raw(tmp_path / "a.xlsx"))  # noqa: S314 - our own file
    parts = [part.tag.removeprefix(NAMESPACE) for part in root]
    assert parts.index("sheetViews") < parts.index("sheetData") < parts.index("autoFilter") < parts.index("pageMargins")
    assert parts[-1] == "ignoredErrors"


def test_a_sheet_that_is_full_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet_stream, "MOST_ROWS", 2)
    with SheetRows(tmp_path, {}) as rows:
        rows.append([])
        rows.append([])
        with pytest.raises(RequestError, match="holds 2 rows"):
            rows.append([])


def test_memory_does_not_grow_with_the_rows(tmp_path: Path) -> None:
    tracemalloc.start()
    with SheetRows(tmp_path, {}) as rows:
        for number in range(30_000):
            rows.append([(f"Account {number}, a name of some length that fills the sheet" * 4, 0), (number, 0)])
        write_package(Workbook(), {"Sheet": rows}, tmp_path / "a.xlsx", made_at=MADE, text_columns={})
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    with zipfile.ZipFile(tmp_path / "a.xlsx") as package:
        size = package.getinfo("xl/worksheets/sheet1.xml").file_size
    assert size > 9_000_000
    assert peak < 9_000_000
    assert [path.name for path in tmp_path.iterdir()] == ["a.xlsx"]
