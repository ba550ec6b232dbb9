"""The workbooks of the ledger: each calculates to what the ledger says, in LibreOffice too, whatever names hold."""

from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from pypdfium2 import PdfDocument
from sqlalchemy import select

from build import Builder
from duedesk.actions.reports.asking import request_of
from duedesk.actions.reports.registry import produce, report_named
from duedesk.actions.workspace import Workspace
from duedesk.domain.errors import Cancelled, RequestError
from duedesk.domain.world import World
from duedesk.exchange.workbooks.facts import WorkbookFacts
from duedesk.store.book import Book
from duedesk.store.tables.party import account, contact
from exchange.workbooks.ledgers import MADE
from exchange.workbooks.office import Office
from exchange.workbooks.soundness.printing import small_prints
from exchange.workbooks.soundness.workbook import faults
from store.queries.test_ledger_reports import a_dunned_month, a_month

TODAY = date(2026, 3, 31)
MARCH = {"period": "2026-03"}
TRICKY = "=cmd|' /C calc'!A0"
GERMAN = [
    "Kontoauszug",
    "Acme | Kundennummer | 00042",
    "Währung | EUR",
    "Stand | 2026-03-31",
    "Datum | Nummer | Posten | Referenz | Fällig | Tage überfällig | Betrag | Offen",
    "2026-03-05 | I-2 | Rechnung | 2026-04-04 | -4 | 250 | 250",
    "2026-03-10 | P-1 | Zahlung | -130 | -25",
    "Saldo | 225",
    "Tage überfällig | Bis | Offen",
    "Nicht fällig | 0 | 250",
    "1 bis 30 Tage | 30 | 0",
    "31 bis 60 Tage | 60 | 0",
    "61 bis 90 Tage | 90 | 0",
    "Über 90 Tage | – | 0",
    "Noch nicht zugeordnet | -25",
    "Saldo | 225",
]
REPORTS = ("invoice-register", "cash", "unapplied", "credits", "dunning-log", "disputes", "statement")


@pytest.fixture
def workspace(file_book: Book, world: World) -> Workspace:
    """March of a dunned account, of one that pays, and of one with a tricky name in two more currencies."""
    with file_book.writing() as connection:
        a_month(connection)
        a_dunned_month(connection)
        connection.execute(account.update().where(account.c.name == "Beta").values(name=TRICKY, account_number="007"))
        build = Builder(connection)
        tokyo = build.account("東京商事株式会社", "@2")
        build.invoice("+3", tokyo, "120000", on="2026-03-05", due="2026-03-06", currency="JPY")
        build.invoice("-4", tokyo, "1.125", on="2026-03-05", due="2026-04-06", currency="BHD")
        build.payment(tokyo, "5000", on="2026-03-09", currency="JPY", number="00000000000000012345")
        build.settle()
    return Workspace(file_book, world)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """LibreOffice with a profile of its own."""
    return Office(tmp_path)


def make(workspace: Workspace, name: str, path: Path, **said: str) -> WorkbookFacts:
    """Produce a report of March, unless told otherwise."""
    report = report_named(name)
    texts = {**MARCH, **said} if report.parameter("period") else said
    return produce(workspace, request_of(report, {"as-of": TODAY.isoformat(), **texts}, TODAY), path)


def figures(book: Workbook) -> dict[tuple[str, str], object]:
    """All numbers, texts and truths of a workbook by sheet and cell."""
    return {
        (sheet.title, cell.coordinate): cell.value
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.value not in {None, ""}
    }


def test_each_workbook_calculates_to_what_the_ledger_says(workspace: Workspace, tmp_path: Path, office: Office) -> None:
    asked: list[tuple[str, str, dict[str, str]]] = [(name, name, {}) for name in REPORTS]
    asked += [("statement", "activity", {"kind": "activity"}), ("cash", "split", {"one-sheet-per": "currency"})]
    for name, stem, said in asked:
        facts = make(workspace, name, tmp_path / f"{stem}.xlsx", **said)
        assert (stem, facts.holds, facts.remarks) == (stem, True, ())
        assert facts.items
    paths = [tmp_path / f"{stem}.xlsx" for _, stem, _ in asked]
    assert [(path.name, fault) for path in paths for fault in (*faults(path), *small_prints(path))] == []
    for path, calculated in zip(paths, office.all_calculated(paths), strict=True):
        written, found = figures(load_workbook(path, data_only=True)), figures(calculated)
        assert calculated["Checks"]["H3"].value is True
        assert {place: found.get(place) for place in written} == written, path.name
        tricky = [cell for sheet in load_workbook(path) for row in sheet for cell in row if cell.value == TRICKY]
        assert {cell.data_type for cell in tricky} <= {"s"}


def test_the_sums_of_march(workspace: Workspace, tmp_path: Path) -> None:
    make(workspace, "cash", tmp_path / "cash.xlsx")
    cash = load_workbook(tmp_path / "cash.xlsx", data_only=True)
    assert [row[:5] for row in cash["Unapplied cash"].iter_rows(min_row=2, values_only=True)] == [
        ("EUR", 0, 195, 170, 25),
        ("JPY", 0, 5000, 0, 5000),
    ]
    assert cash["Cash"]["C2"].data_type == "s"
    make(workspace, "statement", tmp_path / "one.xlsx", account="00042", kind="activity")
    statement = load_workbook(tmp_path / "one.xlsx", data_only=True)["Statement of account"]
    rows = list(statement.iter_rows(values_only=True))
    (closing,) = (row for row in rows if row[2] == "Closing balance")
    assert closing[5:] == (835, 710, 225)
    make(workspace, "invoice-register", tmp_path / "register.csv", currency="BHD")
    assert "-4" in (tmp_path / "register.csv").read_text(encoding="utf-8-sig")
    with pytest.raises(RequestError, match="nothing to state"):
        make(workspace, "statement", tmp_path / "none.xlsx", currency="USD")


def test_a_statement_each_or_none_at_all(workspace: Workspace, tmp_path: Path) -> None:
    folder = tmp_path / "statements"
    folder.mkdir()
    with workspace.book.writing() as connection:
        build = Builder(connection)
        for number in ("A/1", "A-1"):
            build.invoice(number, build.account("Twin", number), "10", on="2026-03-05")
        build.settle()
    report = report_named("statement")
    request = request_of(report, {"files": "each", "as-of": TODAY.isoformat()}, TODAY)
    taken = iter([False, False, True])
    with pytest.raises(Cancelled):
        produce(workspace, request, folder / "march.xlsx", stop=lambda: next(taken, True))
    assert list(folder.iterdir()) == []
    facts = produce(workspace, request, folder / "march.xlsx")
    assert sorted(one.name for one in folder.iterdir()) == sorted(one.name for one in facts.paths)
    assert "march-007-cmd-C-calc-A0.xlsx" in {one.name for one in facts.paths}
    assert (facts.lines, facts.holds) == (7, True)
    assert len({one.name.casefold() for one in facts.paths if "march-A-1-Twin" in one.name}) == 2
    (tokyo,) = (one for one in facts.paths if "東京" in one.name)
    assert load_workbook(tokyo).sheetnames[:2] == ["Statement of account BHD", "Statement of account JPY"]


def test_a_statement_is_in_the_language_of_its_contact(workspace: Workspace, tmp_path: Path) -> None:
    with workspace.book.writing() as connection:
        key = connection.scalar(select(account.c.id).where(account.c.account_number == "00042"))
        person = {"name": "Erika Muster", "last_name": "Muster", "language_code": "de-CH"}
        connection.execute(contact.insert().values(account_id=key, created_date=MADE, **person))
    make(workspace, "statement", tmp_path / "own.xlsx", account="00042")
    written = load_workbook(tmp_path / "own.xlsx", data_only=True)
    sheet, *beside = written.worksheets
    assert [one.sheet_state for one in beside] == ["hidden", "hidden"], "the house's own sheets"
    assert (written.properties.title, written.properties.subject) == ("Kontoauszug", "Acme, Stand 31. März 2026")
    assert "Seite &P von &N" in str(sheet.HeaderFooter.oddFooter).replace("&K000000", "")
    said = [" | ".join(str(cell) for cell in row if cell is not None) for row in sheet.iter_rows(values_only=True)]
    assert [line.replace(" 00:00:00", "") for line in said if line] == GERMAN
    make(workspace, "statement", tmp_path / "asked.pdf", account="00042", kind="activity", language="fr")
    with PdfDocument(tmp_path / "asked.pdf") as document:
        page = document[0].get_textpage().get_text_bounded().replace("\xa0", " ").replace("\u202f", " ")
    assert "Relevé de compte" in page
    assert "835,00" in page
