"""Files that are understood by their own headers, and those that have to be asked about."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from duedesk.domain.errors import DuedeskError, Problem
from duedesk.exchange.cells import Row
from duedesk.exchange.faults import FileQuestion, FileRefused
from duedesk.exchange.mapping import SourceOptions, parse_mapping, parse_options
from duedesk.exchange.opening import open_source
from duedesk.exchange.reading import Notes, ReadRow
from duedesk.exchange.source import Source
from duedesk.exchange.table import Control
from files_to_import import HEADER, ledger, ledger_sheet, row, sheet, workbook

LATEST = date(2036, 11, 23)


def nobody_stops() -> None:
    """Let the work go on."""


def opened(path: Path, mapping: str = "", **said: object) -> Source:
    return open_source(path, parse_mapping(mapping) if mapping else None, parse_options(said), nobody_stops)


def read(source: Source) -> list[ReadRow]:
    reader = source.reader(latest=LATEST, notes=Notes())
    return [reader.read(one) for one in source.rows() if isinstance(one, Row)]


def problems(source: Source) -> list[Problem]:
    return [*source.questions, *(problem for one in read(source) for problem in one.problems)]


def test_a_ledger_under_well_known_headers(tmp_path: Path) -> None:
    source = opened(ledger(tmp_path / "a.csv", row()))
    assert "total = Invoice.TotalAmountWithTax" in source.read_as
    assert "customer_no = Account.AccountNumber" in source.read_as
    assert not source.is_api
    assert not problems(source)


@pytest.mark.parametrize(
    "header",
    [
        "Invoice No.,Customer,Invoice Date,Due Date,Currency,Total",
        "Rechnungsnummer;Kundennr;Kundenname;Rechnungsdatum;Fälligkeit;Währung;Netto;MwSt;Brutto;Offen",
        "Numéro facture;Client;Date facture;Échéance;Devise;Montant HT;TVA;Montant TTC",
        "Date,Num,Customer,Memo/Description,Due Date,Amount,Open Balance,Currency,Exchange rate",
        "BELNR;KUNNR;NAME1;BLDAT;WAERS;WRBTR",
        "*ContactName,*InvoiceNumber,*InvoiceDate,*DueDate,Total,TaxTotal,InvoiceAmountDue,Currency",
        "name_customer,cust_number,invoice_id,document_create_date,due_date,invoice_currency,total_open_amount,amount",
    ],
)
def test_ledgers_of_other_programs(tmp_path: Path, header: str) -> None:
    source = opened(ledger(tmp_path / "a.csv", header=header))
    fields = {said.partition(" = ")[2] for said in source.read_as}
    assert {"Invoice.DocumentNumber", "Invoice.InvoiceDate"} <= fields
    assert fields & {"Account.Name", "Account.AccountNumber"}
    assert "Invoice.TotalAmountWithTax" in fields


def test_api_names_need_no_mapping(tmp_path: Path) -> None:
    header = "Id,DocumentNumber,BillingAccountId,InvoiceDate,TotalAmountWithTax,CurrencyIsoCode,SettlementStatus,X__c"
    source = opened(ledger(tmp_path / "export.csv", header=header))
    assert source.is_api
    assert [section.name for section in source.sections] == ["Invoice"]
    assert source.not_taken == ("X__c",)


def test_a_file_is_what_it_is_named_after(tmp_path: Path) -> None:
    source = opened(ledger(tmp_path / "Payment.csv", header="Id,AccountId,Amount,EffectiveDate,CurrencyIsoCode"))
    assert [section.name for section in source.sections] == ["Payment"]


def test_columns_of_two_objects_are_asked_about(tmp_path: Path) -> None:
    header = "Id,InvoiceId,Amount,Type,AppliedDate,EffectiveDate"
    with pytest.raises(FileQuestion, match="PaymentLineInvoice or CreditMemoInvApplication"):
        opened(ledger(tmp_path / "a.csv", header=header))
    assert opened(ledger(tmp_path / "CreditMemoInvApplication.csv", header=header)).is_api


@pytest.mark.parametrize(
    ("header", "asked"),
    [
        ("one,two,three", "does not name columns that are known"),
        ("invoice_no,customer_no,total", "invoice date"),
        ("invoice_no,invoice_date,total", "the account"),
        ("invoice_no,customer_no,invoice_date", "the total"),
        ("invoice_no,invoice_number,customer_no,invoice_date,total", "may each be Invoice DocumentNumber"),
        ("invoice_no,customer_no,invoice_date,total,total", "both called “total”"),
        ("invoice_no,customer_no,invoice_date,total,paid_date", "no column says what was paid"),
        ("invoice_no,customer_no,invoice_date,total,amount_paid", "no column says when it was paid"),
    ],
)
def test_headers_that_leave_it_open_are_asked_about(tmp_path: Path, header: str, asked: str) -> None:
    with pytest.raises(FileQuestion, match=asked):
        opened(ledger(tmp_path / "a.csv", header=header), currency="EUR")


def test_a_file_without_headers_is_asked_about_and_goes_by_numbers(tmp_path: Path) -> None:
    path = ledger(tmp_path / "a.csv", "INV-2,C2,2026-01-06,20.00", header="INV-1,C1,2026-01-05,10.00")
    with pytest.raises(FileQuestion) as asked:
        opened(path)
    assert "--header-row" in asked.value.hint
    mapping = """
        [source]
        header_row = 0
        currency = "EUR"
        [account]
        AccountNumber = 2
        [invoice]
        DocumentNumber = 1
        InvoiceDate = 3
        TotalAmountWithTax = 4
    """
    source = opened(path, mapping)
    assert [one.records[1].text("DocumentNumber") for one in read(source) if one.records[1]] == ["INV-1", "INV-2"]


def test_a_doubled_header_is_told_apart_in_a_mapping(tmp_path: Path) -> None:
    path = ledger(tmp_path / "a.csv", "INV-1,C1,2026-01-05,1.00,2.00", header="no,customer,day,total,total")
    lines = '[account]\nName = "customer"\n[invoice]\nDocumentNumber = "no"\nInvoiceDate = "day"\n'
    with pytest.raises(FileQuestion, match="both called"):
        opened(path, lines + 'TotalAmountWithTax = "total"', currency="EUR")
    source = opened(path, lines + 'TotalAmountWithTax = { column = "total", nth = 2 }', currency="EUR")
    (one,) = read(source)
    assert one.records[1] is not None
    assert str(one.records[1].amount("TotalAmountWithTax")) == "2.00"


def test_a_column_that_is_not_there_is_named_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match=r"no column “invoice_nr”.*Did you mean “invoice_no”"):
        opened(ledger(tmp_path / "a.csv", row()), '[invoice]\nDocumentNumber = "invoice_nr"')


def test_titles_above_the_headers_are_passed_over(tmp_path: Path) -> None:
    lines = ["Ledger of Acme,,,", "As of today,,,", "", HEADER, row(), "Total for January,,,,,,,,,119.00,"]
    path = tmp_path / "a.csv"
    path.write_text("\n".join(lines) + "\n")
    source = opened(path)
    assert source.table.header.row == 4
    assert [one.row.number for one in read(source)] == [5]
    assert any("titles and subtotals" in note for note in source.notes)


def test_rows_that_do_not_fit_the_header_are_counted(tmp_path: Path) -> None:
    source = opened(ledger(tmp_path / "a.csv", row(1), "INV-2,C2,Short", row(3) + ",one,two", row(4) + ",,"))
    assert [problem.text for problem in problems(source)] == ["3 of 11 columns.", "13 columns, and the header has 11."]
    assert sum(not one.problems for one in read(source)) == 2


def test_the_decimal_mark_is_what_the_file_proves(tmp_path: Path) -> None:
    lines = ("INV-1;C1;A;;05.01.2026;04.02.2026;EUR;;;1.234;", "INV-2;C1;A;;05.01.2026;04.02.2026;EUR;;;1.190,50;")
    source = opened(ledger(tmp_path / "a.csv", *lines, header=HEADER.replace(",", ";")))
    totals = [str(one.records[2].amount("TotalAmountWithTax")) for one in read(source) if one.records[2]]
    assert totals == ["1234.0", "1190.50"]


def test_one_date_decides_the_order_of_all(tmp_path: Path) -> None:
    rows = [row(1, invoice_date="01/02/2026", due_date="03/02/2026"), row(2, invoice_date="25/12/2025")]
    source = opened(ledger(tmp_path / "a.csv", *rows))
    days = [one.records[2].day("InvoiceDate") for one in read(source) if one.records[2]]
    assert days == [date(2026, 2, 1), date(2025, 12, 25)]
    assert not problems(source)


def test_dates_of_both_orders_are_asked_about(tmp_path: Path) -> None:
    rows = [row(1, due_date="25/12/2026"), row(2, due_date="12/25/2026")]
    (question,) = opened(ledger(tmp_path / "a.csv", *rows)).questions
    assert "“25/12/2026” in row 2 has the day first, “12/25/2026” in row 3 the month" in question.text


def test_a_file_without_a_currency_is_asked_for_it(tmp_path: Path) -> None:
    path = ledger(tmp_path / "a.csv", "1,A,2026-01-05,1.00", header="invoice_no,customer,invoice_date,total")
    assert "--currency" in opened(path).questions[0].remedy
    assert not opened(path, currency="EUR").questions


def test_hidden_rows_are_asked_about(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", ledger_sheet({}, {}, hidden=[3]))
    (question,) = opened(path).questions
    assert "1 row is hidden in the sheet (3)" in question.text
    assert len(read(opened(path, hidden_rows="include"))) == 2
    assert len(read(opened(path, hidden_rows="skip"))) == 1


def test_the_sheet_that_is_a_ledger_is_found(tmp_path: Path) -> None:
    cover = sheet(["Prepared by", "Ana"])
    path = workbook(
        tmp_path / "a.xlsx", cover, ledger_sheet({}), ledger_sheet({}), states=["visible", "visible", "hidden"]
    )
    assert "“Sheet2”" in opened(path).notes[0]
    both = workbook(tmp_path / "b.xlsx", ledger_sheet({}), ledger_sheet({}))
    with pytest.raises(FileQuestion, match="Several sheets"):
        opened(both)
    assert len(read(opened(both, sheet="sheet2"))) == 1
    with pytest.raises(FileRefused, match="no sheet “Sheet9”"):
        opened(both, sheet="Sheet9")


def test_control_lines_are_no_rows(tmp_path: Path) -> None:
    source = opened(ledger(tmp_path / "a.csv", row(), "#SUM,119.00", "#COUNT,1"))
    assert sum(isinstance(one, Control) for one in source.rows()) == 2
    source = opened(ledger(tmp_path / "b.csv", row(), "Total,,,,,,,,,119.00,"))
    assert [isinstance(one, Control) for one in source.rows()] == [False, True]


def test_a_file_that_says_to_be_of_another_format(tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match="no XLSX file"):
        opened(ledger(tmp_path / "a.csv", row()), '[source]\nformat = "xlsx"')


def _any_end(path: Path) -> None:
    """Read a file to its end; nothing but words a person can use may come of it."""
    try:
        for one in read(open_source(path, None, SourceOptions(currency="EUR"), nobody_stops)):
            for problem in one.problems:
                assert problem.text
    except DuedeskError as error:
        said = error.message
    else:
        said = "read to the end"
    assert said


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(content=st.binary(max_size=400))
def test_any_bytes_end_in_words(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "any.csv"
    path.write_bytes(content)
    _any_end(path)


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    rows=st.lists(st.lists(st.text(max_size=12), min_size=11, max_size=11), max_size=4),
    delimiter=st.sampled_from(",;\t|"),
)
def test_any_cells_end_in_words(tmp_path: Path, rows: list[list[str]], delimiter: str) -> None:
    path = tmp_path / "any.csv"
    lines = [HEADER.replace(",", delimiter), *(delimiter.join(cells) for cells in rows)]
    path.write_bytes("\n".join(lines).encode("utf-8", "surrogatepass"))
    _any_end(path)


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(place=st.integers(0, 10_000), bits=st.integers(1, 255), count=st.integers(1, 30), cut=st.booleans())
def test_a_damaged_workbook_ends_in_words(tmp_path: Path, place: int, bits: int, count: int, cut: bool) -> None:
    path = workbook(tmp_path / "any.xlsx", ledger_sheet({}, {}), level=0)
    content = bytearray(path.read_bytes())
    at = place % len(content)
    for offset in range(count):
        content[(at + offset) % len(content)] ^= bits
    path.write_bytes(content[:at] if cut else content)
    _any_end(path)
