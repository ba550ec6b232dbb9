"""The aging workbook: it says what Duedesk says, goes on calculating, and shows when something does not agree."""

import re
import tracemalloc
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from duedesk.domain.aging import Aging, Basis, OpenItem
from duedesk.domain.errors import RequestError
from duedesk.domain.grouping import CURRENCY, OWNER
from duedesk.exchange.workbooks import table_rows
from duedesk.exchange.workbooks.aging import write_aging_workbook
from duedesk.exchange.workbooks.facts import Making, WorkbookFacts
from exchange.workbooks.ledgers import AS_OF, MADE, aging_of, invoice, many, request, small, unapplied
from exchange.workbooks.office import Office

GOLDEN = Path(__file__).parents[2] / "golden"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    return Office(tmp_path_factory.mktemp("office"))


def write(path: Path, aging: Aging, items: list[OpenItem], *, one_sheet_per: str = "") -> WorkbookFacts:
    making = Making("main.duedesk", MADE)
    return write_aging_workbook(path, aging, iter(items), making=making, one_sheet_per=one_sheet_per)


NAMES = (
    *("=1+1", '=HYPERLINK("http://x","y")', "+cmd|' /C calc'!A0", "@SUM(A1)", "-2", "A\x00B\x0bC", "_x0041_"),
    *("*", "?", "~", ">0", "", "true", "x" * 40_000, "<b>&amp;</b>", "１２３", "007", "7"),
)
DAYS = (-1, 0, 1, 29, 30, 31, 60, 61, 90, 91, 120, 121)


@dataclass(frozen=True)
class Opened:
    """A workbook as Duedesk wrote it, and as LibreOffice calculates it."""

    path: Path
    facts: WorkbookFacts
    written: Workbook
    calculated: Workbook


@pytest.fixture(scope="module")
def opened(office: Office, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Opened]:
    """Workbooks of odd ledgers, which LibreOffice opens in one go: it is long to start."""
    folder, asked = tmp_path_factory.mktemp("odd"), request()
    aging = aging_of(asked, small(asked))
    wrong = replace(aging.rows[0], balance=aging.rows[0].balance + 1)
    named = [
        invoice(asked, name[:50], f"{place + 1}.00", key=place, account=name, account_number=name[:40])
        for place, name in enumerate(NAMES)
    ]
    long = [invoice(asked, "INV-1", "999999999999.9999"), invoice(asked, "INV-2", "5.00")]
    edges = [
        invoice(asked, f"INV-{late}", "1.00", on=date(2026, 5, 1), due=AS_OF - timedelta(days=late)) for late in DAYS
    ]
    cases: dict[str, tuple[Aging, list[OpenItem]]] = {
        "names": (aging_of(asked, named), named),
        "wrong": (replace(aging, rows=(wrong, *aging.rows[1:])), small(asked)),
        "too long": (aging_of(asked, long), long),
        "nothing": (Aging(asked, (), ()), []),
        "edges": (aging_of(asked, edges), edges),
    }
    facts = {name: write(folder / f"{name}.xlsx", *case) for name, case in cases.items()}
    found = office.all_calculated([one.path for one in facts.values()])
    return {
        name: Opened(one.path, one, load_workbook(one.path, data_only=True), calculated)
        for (name, one), calculated in zip(facts.items(), found, strict=True)
    }


@pytest.fixture
def path(tmp_path: Path) -> Path:
    asked = request()
    write(tmp_path / "aging.xlsx", aging_of(asked, small(asked)), small(asked))
    return tmp_path / "aging.xlsx"


def dump(formulas: Workbook, results: Workbook) -> str:
    """Write every cell as a line: place, format, what stands in it, and what it gives where that is another thing."""
    lines = []
    for sheet in formulas:
        lines.append(f"[{sheet.title}]")
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is not None:
                    result = results[sheet.title][cell.coordinate].value
                    shown = "" if result == cell.value else f" -> {result!r}"
                    lines.append(f"{cell.coordinate} {cell.number_format} | {cell.value!r}{shown}")
    return "\n".join(lines) + "\n"


def differences(one: Workbook, other: Workbook) -> Iterator[str]:
    for sheet in one:
        for row in sheet.iter_rows():
            for cell in row:
                value, there = cell.value, other[sheet.title][cell.coordinate].value
                if isinstance(value, int | float) and isinstance(there, int | float):
                    if round(value - there, 6):
                        yield f"{sheet.title}!{cell.coordinate}: {value} and {there}"
                elif value != there:
                    yield f"{sheet.title}!{cell.coordinate}: {value!r} and {there!r}"


def column(book: Workbook, sheet: str, letter: str) -> list[object]:
    return [cell.value for cell in book[sheet][letter]]


def test_the_workbook_says_what_it_said_before(path: Path) -> None:
    found = dump(load_workbook(path), load_workbook(path, data_only=True))

    assert found == (GOLDEN / "aging_workbook.txt").read_text(encoding="utf-8")


def test_it_tells_what_it_holds(tmp_path: Path) -> None:
    asked = request()
    facts = write(tmp_path / "aging.xlsx", aging_of(asked, small(asked)), small(asked))

    assert facts == WorkbookFacts(tmp_path / "aging.xlsx", lines=3, items=10, holds=True)


def test_libreoffice_calculates_the_same_figures_on_as_many_sheets_as_it_takes(
    tmp_path: Path, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = request(edges=(15, 45))
    cases = {
        "by account, over three sheets": (asked, "", 151),
        "by owner, a sheet for each currency": (replace(asked, by=(OWNER,), basis=Basis.INVOICE), "Currency", 151),
        "by currency, apart, a sheet for each owner": (replace(asked, by=(CURRENCY,), apart_disputed=True), "Owner", 0),
    }
    for name, (one, split, most) in cases.items():
        items = list(many(one, 400, accounts=23))
        with monkeypatch.context() as small_sheets:
            if most:
                small_sheets.setattr(table_rows, "MOST_ROWS", most)
            facts = write(tmp_path / f"{name}.xlsx", aging_of(one, items), items, one_sheet_per=split)
        assert (facts.holds, facts.items) == (True, 400)
    paths = [tmp_path / f"{name}.xlsx" for name in cases]
    found = office.all_calculated(paths)

    for path, calculated in zip(paths, found, strict=True):
        assert list(differences(load_workbook(path, data_only=True), calculated)) == [], path
        assert calculated["Checks"]["H3"].value is True
    details = [[name for name in book.sheetnames if "Items" in "".join(book[name].tables)] for book in found]
    assert details == [["Detail", "Detail 2", "Detail 3"], ["BHD", "EUR", "EUR 2", "JPY"], ["Ana Reyes"]]
    assert "+SUMIFS(Items_3[Balance]," in str(load_workbook(paths[0])["Aging"]["E7"].value)


def test_a_later_as_of_date_and_another_edge_move_items_to_older_buckets(path: Path, office: Office) -> None:
    serial = (date(2026, 12, 21) - date(1899, 12, 30)).days
    entered = {("Aging", "C3"): serial, ("Aging", "F5"): 20, ("Detail", "K2"): 1}

    book = office.calculated(path, entered=entered)

    assert [cell.value for cell in book["Aging"][6]][4:9] == ["Not due", "1–20", "21–60", "61–90", "Over 90"]
    ages = dict(zip(column(book, "Detail", "E"), column(book, "Detail", "H"), strict=True))
    buckets = dict(zip(column(book, "Detail", "E"), column(book, "Detail", "I"), strict=True))
    assert (ages["INV-1009"], buckets["INV-1009"]) == (1, "1–20")
    assert (ages["INV-1001"], buckets["INV-1001"]) == (52, "21–60")
    assert buckets["PAY-301"] == "Unapplied"
    rows = {row[2]: row for row in book["Aging"].iter_rows(min_row=7, values_only=True) if row[3] == "EUR"}
    assert rows["Harbor & Finch Ltd"][4:] == (0, 12000, 5305.9, 1637.31, 5528.1, -810, 23661.31)
    checks = {row[1]: row[7] for row in book["Checks"].iter_rows(values_only=True) if row[2] in {None, "EUR"}}
    assert (checks["Something does not hold"], checks["As of"], checks["Last day of 1–30"]) == (False, False, False)
    assert (checks["00017 Harbor & Finch Ltd"], checks["Balance, all rows"]) == (True, True)
    assert [row[7] for row in book["Checks"].iter_rows(values_only=True) if row[1] == "Total, all rows"].count(
        False
    ) == 1


def test_every_figure_of_the_summary_is_a_formula(path: Path) -> None:
    for row in load_workbook(path)["Aging"].iter_rows(min_row=7, min_col=5):
        for cell in row:
            assert cell.value is None or str(cell.value).startswith(("=SUMIFS(Items[Balance],", "=SUM("))


def test_no_formula_stands_in_a_cell_of_the_format_text(path: Path) -> None:
    for sheet in load_workbook(path):
        for row in sheet.iter_rows():
            assert not [cell.coordinate for cell in row if cell.data_type == "f" and cell.number_format == "@"]


def test_amounts_have_the_digits_of_their_currency_and_dates_are_dates(path: Path) -> None:
    detail = load_workbook(path)["Detail"]
    rows = {row[4].value: row for row in detail.iter_rows(min_row=2)}

    assert rows["INV-1001"][11].number_format == '#,##0.00;"−"#,##0.00;"–"'
    assert rows["INV-2001"][11].number_format == '#,##0;"−"#,##0;"–"'
    assert rows["INV-3002"][11].number_format == '#,##0.000;"−"#,##0.000;"–"'
    assert rows["INV-3002"][11].value == 0.005
    assert rows["INV-1001"][6].value == datetime(2026, 10, 30)  # noqa: DTZ001 - Excel knows no zone
    assert rows["INV-1001"][0].value == "00017"
    assert rows["PAY-301"][6].value is None


def test_foreign_digits_are_shown_rather_than_rounded_away(tmp_path: Path) -> None:
    asked = request()
    items = [invoice(asked, "INV-1", "10.0050"), invoice(asked, "INV-2", "7.00")]
    facts = write(tmp_path / "aging.xlsx", aging_of(asked, items), items)
    book = load_workbook(tmp_path / "aging.xlsx", data_only=True)

    assert facts.holds
    assert (book["Detail"]["L2"].value, book["Detail"]["L2"].number_format[:10]) == (10.005, "#,##0.0000")
    assert (book["Aging"]["K7"].value, book["Aging"]["K7"].number_format[:10]) == (17.005, "#,##0.0000")


def test_names_from_outside_are_only_names(opened: dict[str, Opened]) -> None:
    one = opened["names"]

    assert one.facts.holds
    formulas = {
        cell.value for row in load_workbook(one.path)["Detail"].iter_rows() for cell in row if cell.data_type == "f"
    }
    assert {re.sub(r"\d+", "", str(formula)) for formula in formulas} == {
        '=IF(G="","",AsOf-G)',
        '=IF(H="","Unapplied",LOOKUP(MAX(,H),FirstDays,BucketNames))',
    }
    shown = column(one.calculated, "Detail", "B")[1:]
    assert shown[:5] == list(NAMES[:5])
    assert shown[5:7] == ["A B C", "_x0041_"]
    assert len(str(shown[13])) <= 32_767
    assert one.calculated["Checks"]["H3"].value is True


def test_two_accounts_of_one_name_stay_two(tmp_path: Path) -> None:
    asked = request()
    items = [
        invoice(asked, "INV-1", "10.00", key=4, account="Smith Ltd", account_number=""),
        invoice(asked, "INV-2", "20.00", key=9, account="Smith Ltd", account_number=""),
    ]
    facts = write(tmp_path / "aging.xlsx", aging_of(asked, items), items)

    assert facts.holds
    assert column(load_workbook(tmp_path / "aging.xlsx", data_only=True), "Aging", "K")[6:9] == [10, 20, 30]


def test_a_figure_that_does_not_agree_is_shown(opened: dict[str, Opened]) -> None:
    one = opened["wrong"]

    assert not one.facts.holds
    assert one.facts.remarks == ("The figures do not agree; the sheet Checks shows where.",)
    for book in (one.written, one.calculated):
        failed = [row[1] for row in book["Checks"].iter_rows(min_row=4, values_only=True) if row[7] is False]
        assert failed == ["00017 Harbor & Finch Ltd"]
        assert book["Checks"]["H3"].value is False


def test_an_item_without_a_line_is_counted(tmp_path: Path) -> None:
    asked = request()
    items = small(asked)
    facts = write(tmp_path / "aging.xlsx", aging_of(asked, items), [*items, unapplied("PAY-9", "-1.00", key=99)])

    assert not facts.holds
    assert facts.remarks == ("The figures do not agree; the sheet Checks shows where.",)


def test_an_amount_too_long_for_excel_is_a_text_and_said_so(opened: dict[str, Opened]) -> None:
    one = opened["too long"]

    assert one.facts.remarks[0] == "2 numbers have more digits than Excel holds; they are text, in no sum."
    assert one.written["Detail"]["L2"].value == "999999999999.9999"
    assert one.written["Aging"]["K7"].value == 5
    assert one.written["Checks"]["H3"].value is False
    assert list(differences(one.written, one.calculated)) == []


def test_nothing_open_is_a_workbook_too(opened: dict[str, Opened]) -> None:
    one = opened["nothing"]

    assert one.facts == WorkbookFacts(one.path, lines=0, items=0, holds=True)
    assert one.calculated["Aging"]["A7"].value == "There is nothing to show."
    assert one.calculated["Checks"]["H3"].value is True


def test_known_on_and_basis_are_said(tmp_path: Path) -> None:
    asked = replace(request(basis=Basis.INVOICE), known_on=datetime(2026, 11, 1, 12, tzinfo=UTC), currency="EUR")
    items = [invoice(asked, "INV-1", "10.00")]
    write(tmp_path / "aging.xlsx", aging_of(asked, items), items)
    book = load_workbook(tmp_path / "aging.xlsx", data_only=True)

    subtitle = "main.duedesk, by account, age from the invoice date, known on 01 Nov 2026 12:00 UTC, EUR only"
    assert book["Aging"]["A2"].value == subtitle
    facts = {row[1]: row[3] for row in book["Checks"].iter_rows(values_only=True)}
    assert facts["Age counted from"] == "Invoice date"
    assert facts["Known on (UTC)"] == datetime(2026, 11, 1, 12)  # noqa: DTZ001 - Excel knows no zone
    assert (book["Detail"]["H1"].value, book["Detail"]["H2"].value, book["Detail"]["I2"].value) == (
        "Days since",
        83,
        "61–90",
    )


def test_it_is_ready_to_work_with_and_to_print(path: Path) -> None:
    book = load_workbook(path)
    detail = book["Detail"]

    assert book.sheetnames == ["Aging", "Charts", "Detail", "Checks", "Read me"]
    assert (detail.freeze_panes, book["Aging"].freeze_panes, book["Checks"].freeze_panes) == ("A2", "E7", "A5")
    assert detail.tables["Items"].ref == detail.tables["Items"].autoFilter.ref == "A1:Q11"
    for sheet in book:
        assert (sheet.page_setup.orientation, sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (
            "landscape",
            1,
            int(sheet.title == "Read me"),
        )
        assert sheet.print_title_rows or sheet.title in {"Charts", "Read me"}
        assert sheet.oddFooter is not None
        assert sheet.oddFooter.right.text == "Page &P of &N"
        assert str(sheet.oddFooter.left.text).startswith("Aging as of 23 Nov 2026 · ")
    assert (book.properties.creator, book.properties.lastModifiedBy) == ("Duedesk", None)
    assert book.properties.title == "Aging as of 23 Nov 2026"
    assert str(book.properties.subject).endswith("by account, age from the due date")


def test_no_column_is_too_narrow_for_its_figures(tmp_path: Path) -> None:
    asked = request()
    items = [unapplied(f"PAY-{n}", "-999999999999.99") for n in range(90)] + [invoice(asked, "INV-1", "1.00")]
    write(tmp_path / "aging.xlsx", aging_of(asked, items), items)
    book = load_workbook(tmp_path / "aging.xlsx")

    assert book["Aging"].column_dimensions["J"].width > len("−89,999,999,999,999.10")
    assert book["Detail"].column_dimensions["L"].width > len("−999,999,999,999.99")
    assert book["Checks"].column_dimensions["D"].width > len("−89,999,999,999,999.10")


def test_the_file_holds_nothing_of_this_machine(path: Path) -> None:
    with zipfile.ZipFile(path) as package:
        text = b"".join(package.read(member) for member in package.namelist()).decode()

    assert str(path.parent) not in text
    assert {str(year) for year in re.findall(r"20\d\d-\d\d-\d\dT", text)} == {"2026-11-23T"}


def test_the_same_aging_gives_the_same_bytes(tmp_path: Path, path: Path) -> None:
    asked = request()
    write(tmp_path / "again.xlsx", aging_of(asked, small(asked)), small(asked))

    assert (tmp_path / "again.xlsx").read_bytes() == path.read_bytes()


def test_a_file_that_was_there_stays_when_the_items_break_off(tmp_path: Path) -> None:
    path = tmp_path / "aging.xlsx"
    path.write_text("yesterday's")
    asked = request()

    def broken() -> Iterator[OpenItem]:
        yield from small(asked)
        raise RequestError("The connection was lost.")

    with pytest.raises(RequestError, match="lost"):
        write_aging_workbook(path, aging_of(asked, small(asked)), broken(), making=Making("b", MADE))
    assert path.read_text() == "yesterday's"
    assert [one.name for one in tmp_path.iterdir()] == ["aging.xlsx"]


def test_items_are_never_held(tmp_path: Path) -> None:
    asked = request()
    aging = aging_of(asked, many(asked, 12_000, accounts=50))
    tracemalloc.start()
    write_aging_workbook(
        tmp_path / "aging.xlsx", aging, many(asked, 12_000, accounts=50), making=Making("main.duedesk", MADE)
    )
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    with zipfile.ZipFile(tmp_path / "aging.xlsx") as package:
        assert package.getinfo("xl/worksheets/sheet3.xml").file_size > 10_000_000
    assert peak < 12_000_000


def test_all_edges_fall_where_the_program_puts_them(opened: dict[str, Opened]) -> None:
    buckets = request().buckets

    found = column(opened["edges"].calculated, "Detail", "I")[1:]

    assert found == [buckets.labels[buckets.index(late)] for late in DAYS]
