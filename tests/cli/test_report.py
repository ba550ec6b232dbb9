"""`duedesk report aging` writes the figures of `duedesk aging` into a workbook."""

import re
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import openpyxl
import pytest
from openpyxl import Workbook

from build import Builder
from cli.sessions import AS_OF, say
from duedesk.domain.world import World
from duedesk.store.book import Book


def test_the_workbook_and_the_terminal_say_the_same(world: World, any_ledger: str, tmp_path: Path) -> None:
    place = tmp_path / "aging.xlsx"
    options = ("--book", any_ledger, "--as-of", AS_OF, "--basis", "invoice", "--buckets", "7,40")
    said = say(world, "report", "aging", *options, "--out", str(place))
    assert (said.code, said.out) == (0, f"{place}\n")
    sheet = openpyxl.load_workbook(place, data_only=True)["Aging"]
    # The cells hold binary numbers, which stand for one amount each as long as they are written short.
    lines = {
        (row[2], row[3]): [Decimal(str(cell)) for cell in row[4:10]]
        for row in sheet.iter_rows(values_only=True)
        if isinstance(row[0], int)
    }
    rows = say(world, "aging", *options, "--json").document["rows"]
    assert {currency: figures for (_, currency), figures in lines.items()} == {
        row["currency"]: [Decimal(one) for one in (*row["buckets"], row["unapplied"], row["balance"])] for row in rows
    }
    assert ("Acme Ltd", "EUR") in lines
    assert ("東京商事株式会社", "JPY") in lines


def test_what_cannot_be_asked_for_is_one_sentence(world: World, ledger: str, tmp_path: Path) -> None:
    out = str(tmp_path / "out.xlsx")
    for day, asked in (
        ("9999-12-31", ("report", "cash", "--out", out, "--as-of", "9999-12-31")),
        ("9999-01-01", ("report", "revenue", "--out", out, "--period", "9999")),
        ("0001-01-01", ("forecast", "--as-of", "0001-01-01")),
        ("0001-01-01", ("dun", "--as-of", "0001-01-01")),
    ):
        said = say(world, *asked, "--book", ledger)
        assert (said.code, said.out, said.err.count("\n")) == (1, "", 1)
        assert said.err.startswith(f"{day} is no day of a ledger.")
    for kept in (("report", "aging", "--due"), ("report", "aging", "--every", "daily")):
        assert say(world, *kept, "--book", ledger).code == 2, "what is not heeded is not taken"
    for nobody in (("statement", ""), ("report", "open-items", "--account", "", "--out", out)):
        said = say(world, *nobody, "--book", ledger)
        assert (said.code, said.out, said.err) == (1, "", "An account has to be named: “” is none.\n")
    assert not list(tmp_path.glob("*.xlsx"))


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("aging.pdf", "“aging.pdf” is no name for a workbook. Let it end in .xlsx.\n"),
        ("no/such/folder/aging.xlsx", "There is no folder"),
    ],
)
def test_a_workbook_that_has_no_place(
    world: World, ledger: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, sentence: str
) -> None:
    monkeypatch.chdir(tmp_path)
    said = say(world, "report", "aging", "--book", ledger, "--out", name)
    assert (said.code, said.out) == (1, "")
    assert said.err.startswith(sentence)


def test_the_terminal_names_the_file_and_writes_over_none_it_named(
    world: World, ledger: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("aging-2026-04-10.xlsx", "aging-2026-04-10-2.xlsx"):
        said = say(world, "report", "aging", "--book", ledger, "--as-of", AS_OF, "--json").document
        assert (said["files"], said["holds"], said["as_of"]) == ([name], True, AS_OF)


def test_reports_say_what_they_take(world: World, ledger: str) -> None:
    listed = say(world, "report", "--list", "--json").document["reports"]
    assert listed[0]["name"] == "aging"
    assert {one["name"] for one in listed[0]["parameters"]} >= {"as-of", "known-on", "by", "buckets", "currency"}
    assert "aging: Aging\n" in say(world, "report", "--list").out
    assert say(world, "report", "--book", ledger).code == 2


def test_a_report_that_is_none_is_a_matter_of_usage(world: World, ledger: str) -> None:
    assert say(world, "report", "dunning", "--book", ledger, "--out", "a.xlsx").code == 2


def test_open_items_say_what_the_aging_says(world: World, any_ledger: str, tmp_path: Path) -> None:
    place = tmp_path / "items.xlsx"
    options = ("--book", any_ledger, "--as-of", AS_OF, "--buckets", "7,40")
    written = say(world, "report", "open-items", *options, "--out", str(place), "--json").document
    assert written["holds"] is True
    sheet = openpyxl.load_workbook(place, data_only=True)["Summary"]
    lines = {
        (row[2], row[3]): [Decimal(str(cell)) for cell in row[4:10]]
        for row in sheet.iter_rows(min_row=7, values_only=True)
        if isinstance(row[0], int)
    }
    rows = say(world, "aging", *options, "--json").document["rows"]
    assert {currency: found for (_, currency), found in lines.items()} == {
        row["currency"]: [Decimal(one) for one in (*row["buckets"], row["unapplied"], row["balance"])] for row in rows
    }
    plain = tmp_path / "acme.csv"
    one = say(world, "report", "open-items", *options, "--account", "Acme Ltd", "--csv", "--out", str(plain))
    assert one.code == 0
    assert {line.split(",")[1] for line in plain.read_text(encoding="utf-8-sig").splitlines()[1:]} == {"Acme Ltd"}


def test_a_list_goes_to_a_workbook_in_its_columns_and_order(world: World, any_ledger: str, tmp_path: Path) -> None:
    place = tmp_path / "list.xlsx"
    where = ("--book", any_ledger, "--as-of", AS_OF, "--where", "Balance > 0", "--order-by", "Balance DESC")
    fields = "DocumentNumber,BillingAccount.Name,Balance,DueDate"
    written = say(world, "report", "list", *where, "--columns", fields, "--out", str(place), "--json").document
    rows = say(world, "invoices", *where, "--fields", fields + ",CurrencyIsoCode", "--json").document["rows"]
    book = openpyxl.load_workbook(place, data_only=True)
    found = list(book["Invoices"].iter_rows(values_only=True))
    assert found[0] == ("Invoice", "Account", "Balance", "Due", "Currency")
    assert [(row[0], Decimal(str(row[2])), f"{row[3]:%Y-%m-%d}", row[4]) for row in found[1:]] == [
        (row["DocumentNumber"], Decimal(row["Balance"]), row["DueDate"], row["CurrencyIsoCode"]) for row in rows
    ]
    assert (written["rows"], written["holds"]) == (len(rows), True)
    refused = say(world, "report", "list", "--book", any_ledger, "--basis", "due")
    assert (refused.code, refused.err.split(".")[0]) == (1, "The report list takes no --basis")


def _as_amount(cell: object) -> Decimal:
    return Decimal(str(cell)).quantize(Decimal("0.01"))


def test_what_is_contested_apart_and_all_of_it_in_one_currency(
    world: World, ledger: str, file_book: Book, tmp_path: Path
) -> None:
    with file_book.writing() as connection:
        build = Builder(connection)
        build.dispute(1, "200.00", on="2026-04-01")
        build.rate("USD", "1.08", on="2026-04-08")
        build.rate("JPY", "160", on="2026-01-08")
    place = tmp_path / "aging.xlsx"
    options = ("--book", ledger, "--as-of", AS_OF, "--apart-disputed", "--in", "EUR")
    said = say(world, "report", "aging", *options, "--one-sheet-per", "currency", "--out", str(place))
    assert said.code == 0, said.err
    assert said.err == "The newest rate from JPY to EUR is of 08 Jan 2026, 92 days before 10 Apr 2026.\n"
    written, shown = openpyxl.load_workbook(place), openpyxl.load_workbook(place, data_only=True)
    assert written.sheetnames == ["Aging", "Converted", "Charts", "EUR", "JPY", "USD", "Checks", "Read me"]
    heads = [cell.value for cell in shown["Aging"][6]]
    assert heads[-3:] == ["Disputed", "Unapplied", "Balance"]
    acme = next(row for row in shown["Aging"].iter_rows(min_row=7, values_only=True) if row[3] == "EUR")
    assert acme[4:] == (0, 250, 0, 400, 0, 200, -130, 720)
    answer = say(world, "aging", *options, "--json").document
    rows = list(shown["Converted"].iter_rows(min_row=7, values_only=True))
    expected = [*answer["rows"], *answer["totals"]]
    for row, one in zip(rows, expected, strict=True):
        figures = [*one["buckets"], one["disputed"], one["unapplied"], one["balance"]]
        assert list(map(_as_amount, row[4:])) == list(map(Decimal, figures))
    assert [shown["Converted"].cell(row, 5).value for row in (3, 4)] == [
        "of 08 Jan 2026. The newest rate from JPY to EUR is of 08 Jan 2026, 92 days before 10 Apr 2026.",
        "of 08 Apr 2026",
    ]
    checks = {row[1]: row for row in shown["Checks"].iter_rows(min_row=4, values_only=True)}
    assert checks["Total, Disputed"][3:8] == (200, 200, 0, None, True)
    assert checks["1 USD in EUR, of 08 Apr 2026"][7] is True
    assert all(row[7] is not False for row in checks.values())
    _check_by_hand(written, shown)


def _check_by_hand(written: Workbook, shown: Workbook) -> None:
    """Work each figure out as a workbook would: amounts times the cells of their rates, rounded once."""
    formulas, results = written["Converted"], shown["Converted"]
    rates = {"Rate_JPY": str(formulas.cell(3, 3).value), "Rate_USD": str(formulas.cell(4, 3).value)}
    assert rates == {"Rate_JPY": "=1/160", "Rate_USD": "=1/1.08"}
    assert [written.defined_names[name].attr_text for name in rates] == ["Converted!$C$3", "Converted!$C$4"]
    for row_number in range(7, formulas.max_row + 1):
        for column in range(5, 13):
            terms = re.fullmatch(r"=ROUND\((.*),2\)", str(formulas.cell(row_number, column).value))
            assert terms is not None
            total = Decimal(0)
            for term in terms[1].split("+"):
                at, _, name = term.removeprefix("Aging!").partition("*")
                by = rates[name].partition("/")[2] if name else "1"
                total += Decimal(str(shown["Aging"][at].value)) / Decimal(by)
            found = _as_amount(results.cell(row_number, column).value)
            assert total.quantize(Decimal("0.01"), ROUND_HALF_UP) == found


def test_a_currency_without_a_rate_is_refused(world: World, ledger: str, tmp_path: Path) -> None:
    place = tmp_path / "aging.xlsx"
    refused = say(world, "report", "aging", "--book", ledger, "--as-of", AS_OF, "--in", "CHF", "--out", str(place))
    assert not place.exists()
    assert (refused.code, refused.out) == (1, "")
    assert refused.err.startswith("There is no rate of exchange from EUR to CHF on or before 10 Apr 2026.")


def test_a_statement_is_shown_and_written(world: World, ledger: str, tmp_path: Path) -> None:
    asked = ("statement", "--book", ledger, "0001", "--as-of", AS_OF)
    shown = say(world, *asked)
    assert shown.out.endswith("Balance: 720.00\n")
    (one,) = say(world, *asked, "--json").document["statements"]
    assert [(line["number"], line["kind"], line["balance"]) for line in one["lines"]] == [
        ("INV-1", "Invoice", "600.00"),
        ("INV-2", "Invoice", "250.00"),
        ("P-1", "Payment", "-100.00"),
        ("C-1", "Credit memo", "-30.00"),
    ]
    (moved,) = say(world, *asked, "--activity", "--period", "2026-Q1", "--json").document["statements"]
    assert (moved["opening"], moved["balance"], len(moved["lines"])) == ("99.00", "720.00", 5)
    place = tmp_path / "acme.xlsx"
    assert say(world, *asked, "--out", str(place)).out == f"{place}\n"
    assert openpyxl.load_workbook(place, data_only=True)["Statement of account"]["A4"].value == "Acme Ltd"
    paper = say(world, *asked, "--out", str(tmp_path / "acme.pdf"), "--json").document
    assert (paper["holds"], (tmp_path / "acme.pdf").read_bytes()[:4]) == (True, b"%PDF")
    assert say(world, *asked, "--out", "acme.docx").err.startswith("“acme.docx” is no name")
