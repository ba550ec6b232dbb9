"""One file into a book: what goes in, what stays out, and what is said of it."""

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from actions.importing.imports import bring_in, count, counts, held, made, texts
from duedesk.actions.importing.report import CurrencyTotal, ImportOutcome, Spellings
from duedesk.domain.errors import RequestError, Severity
from duedesk.domain.world import World
from duedesk.store.book import Book
from files_to_import import HEADER, ledger, ledger_sheet, only_total, row, text_cell, workbook

D = Decimal


def test_a_ledger_goes_in(book: Book, world: World, tmp_path: Path) -> None:
    report = bring_in(book, world, ledger(tmp_path / "a.csv", row(1), row(2, customer_no="C1", customer_name="Zoë")))
    assert report.outcome is ImportOutcome.IMPORTED
    assert made(report) == {"Account": 1, "Contact": 2, "Invoice": 2}
    assert report.totals == (CurrencyTotal("EUR", 2, D("238.00")),)
    assert (report.files[0].row_count, report.files[0].good, report.files[0].bad) == (2, 2, 0)
    assert held(book, "account", "account_number", "name") == [("C1", "Good Customer 1")]
    columns = ("document_number", "status", "invoice_date", "due_date", "total_amount", "total_tax_amount", "balance")
    assert held(book, "invoice", *columns)[0] == (
        "INV-1",
        "Posted",
        date(2026, 1, 5),
        date(2026, 2, 4),
        D(100),
        D(19),
        D(119),
    )
    assert held(book, "contact", "name", "email")[0] == ("Good Customer 1", "good1@example.test")
    assert held(book, "journal_entry", "action", "actor", "summary") == [
        ("import", "Ana Reyes", "Imported a.csv (2 rows)")
    ]
    assert report.changes.concern("Invoice")
    assert report.journal_id == held(book, "journal_entry", "id")[0][0]


def test_a_dry_run_shows_all_of_it_and_changes_nothing(book: Book, world: World, tmp_path: Path) -> None:
    path, before = ledger(tmp_path / "a.csv", row(1), row(2)), counts(book)
    report = bring_in(book, world, path, dry_run=True)
    assert report.outcome is ImportOutcome.DRY_RUN
    assert made(report) == {"Account": 2, "Contact": 2, "Invoice": 2}
    assert report.totals == (CurrencyTotal("EUR", 2, D(238)),)
    assert report.journal_id is None
    assert counts(book) == before
    assert bring_in(book, world, path).outcome is ImportOutcome.IMPORTED


def test_good_rows_never_go_in_beside_bad_ones(book: Book, world: World, tmp_path: Path) -> None:
    path = ledger(tmp_path / "a.csv", row(1), only_total("NaN", 2), row(3, due_date="2025-02-29"), row(4))
    report = bring_in(book, world, path)
    assert report.outcome is ImportOutcome.REFUSED
    assert texts(report) == [
        "3: “NaN” is no amount.",
        "3: “NaN” is no amount.",
        "4: “2025-02-29” is no date.",
    ]
    assert (report.files[0].good, report.files[0].bad) == (2, 2)
    assert {problem.column for problem in report.problems} == {"total", "open", "due_date"}
    assert all(problem.remedy for problem in report.problems)
    assert report.counts == ()
    assert count(book, "invoice") == count(book, "account") == count(book, "journal_entry") == 0


def test_bad_rows_are_left_out_on_request_and_written_with_the_reason(book: Book, world: World, tmp_path: Path) -> None:
    path = ledger(tmp_path / "a.csv", row(1), only_total("NaN", 2, customer_name="=1+1"), "INV-3,C3,Short")
    report = bring_in(book, world, path, skip_bad=True)
    assert report.outcome is ImportOutcome.IMPORTED
    assert held(book, "invoice", "document_number") == [("INV-1",)]
    assert held(book, "account", "account_number") == [("C1",)]
    rejected = tmp_path / "a-rejected.csv"
    assert report.files[0].rejected_to == rejected
    with rejected.open(encoding="utf-8-sig", newline="") as file:
        head, *rows = csv.reader(file)
    assert head == ["Row", "Reason", *HEADER.split(",")]
    assert rows[0][:5] == ["3", "total: “NaN” is no amount. open: “NaN” is no amount.", "INV-2", "C2", "'=1+1"]
    assert rows[1] == ["4", "3 of 11 columns.", "INV-3", "C3", "Short"]


def test_mended_rows_can_follow(file_book: Book, world: World, tmp_path: Path) -> None:
    bring_in(file_book, world, ledger(tmp_path / "a.csv", row(1), only_total("NaN", 2)), skip_bad=True)
    rejected = tmp_path / "a-rejected.csv"
    rejected.write_text(rejected.read_text("utf-8-sig").replace("NaN", "20.00"), "utf-8")
    report = bring_in(file_book, world, rejected)
    assert report.outcome is ImportOutcome.IMPORTED, texts(report)
    assert held(file_book, "invoice", "document_number", "balance") == [("INV-1", D(119)), ("INV-2", D(20))]


def test_nothing_is_written_over_by_rejected_rows(file_book: Book, world: World, tmp_path: Path) -> None:
    path, mine = ledger(tmp_path / "a.csv", row(1), "short"), tmp_path / "mine.csv"
    mine.write_text("mine")
    with pytest.raises(RequestError, match="exists already"):
        bring_in(file_book, world, path, skip_bad=True, rejected_to=mine)
    assert mine.read_text() == "mine"
    assert count(file_book, "invoice") == 0
    (tmp_path / "a-rejected.csv").write_text("mine")
    report = bring_in(file_book, world, path, skip_bad=True)
    assert report.files[0].rejected_to == tmp_path / "a-rejected-2.csv"


def test_a_file_of_nothing_but_bad_rows_is_refused(file_book: Book, world: World, tmp_path: Path) -> None:
    report = bring_in(file_book, world, ledger(tmp_path / "a.csv", only_total("1e400")), skip_bad=True)
    assert report.outcome is ImportOutcome.REFUSED
    assert list(tmp_path.glob("*rejected*")) == []


def test_a_file_without_rows_is_nothing_new(file_book: Book, world: World, tmp_path: Path) -> None:
    report = bring_in(file_book, world, ledger(tmp_path / "a.csv"))
    assert report.outcome is ImportOutcome.NOTHING_NEW
    assert "a.csv holds no rows below its headers." in report.notes


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"total": "120.00"}, "the difference is 1.00 EUR"),
        ({"net": "130.00", "tax": ""}, "is less than nothing"),
        ({"total": "-119.00", "net": "", "tax": ""}, "an invoice is more than nothing"),
        ({"total": "(119.00)", "net": "", "tax": ""}, "an invoice is more than nothing"),
        ({"total": "0", "net": "", "tax": "", "open": "0"}, "the total is nothing"),
        ({"total": "-0.00", "net": "", "tax": "", "open": "0"}, "the total is nothing"),
        ({"total": "", "net": "", "tax": ""}, "has no total"),
        ({"open": "-19.00"}, "overpaid"),
        ({"open": "119.01"}, "119.01 EUR is open of an invoice of 119.00 EUR"),
        ({"invoice_no": "INV-1\u200b"}, "invisible character U+200B"),
        ({"customer_name": "M\ufffdller"}, "was lost before it came here"),
        ({"invoice_no": ""}, "no invoice number"),
        ({"invoice_date": ""}, "has no date"),
        ({"customer_no": "", "customer_name": ""}, "names no account"),
        ({"currency": ""}, "no currency"),
        ({"currency": "XYZ"}, "is no currency"),
        ({"currency": "JPY", "net": "100", "tax": "10.50", "total": "110.50"}, "more decimals than JPY"),
        ({"email": "a@b.test;evil@x.test"}, "not one e-mail address"),
    ],
)
def test_an_invoice_that_cannot_be(
    file_book: Book, world: World, tmp_path: Path, said: dict[str, str], why: str
) -> None:
    report = bring_in(file_book, world, ledger(tmp_path / "a.csv", row(1, **said)))
    assert report.outcome is ImportOutcome.REFUSED
    assert why.casefold() in texts(report)[0].casefold()
    assert report.problems[0].row == 2


def test_amounts_stand_in_for_each_other(file_book: Book, world: World, tmp_path: Path) -> None:
    rows = (row(1, tax=""), row(2, net=""), row(3, total="", open=""), row(4, net="", tax=""))
    assert bring_in(file_book, world, ledger(tmp_path / "a.csv", *rows)).is_done
    amounts = ("total_amount", "total_tax_amount", "total_amount_with_tax")
    assert held(file_book, "invoice", *amounts) == [(D(100), D(19), D(119))] * 3 + [(D(119), D(0), D(119))]


def test_three_decimals_where_the_currency_has_them(file_book: Book, world: World, tmp_path: Path) -> None:
    path = ledger(tmp_path / "a.csv", row(currency="BHD", net="100.000", tax="19.005", total="119.005", open="119.005"))
    assert bring_in(file_book, world, path).totals == (CurrencyTotal("BHD", 1, D("119.005")),)


def test_settled_invoices_over_nothing_by_an_explicit_setting(file_book: Book, world: World, tmp_path: Path) -> None:
    path = ledger(tmp_path / "a.csv", only_total("0"))
    assert bring_in(file_book, world, path, zero_totals="accept").is_done
    assert held(file_book, "invoice", "settlement_status", "balance") == [("Settled", D(0))]


def test_a_due_date_before_the_invoice_is_a_warning(file_book: Book, world: World, tmp_path: Path) -> None:
    report = bring_in(file_book, world, ledger(tmp_path / "a.csv", row(due_date="2025-12-31")))
    assert texts(report) == ["2: It is due on 2025-12-31, before its date, 2026-01-05."]
    assert report.problems[0].severity is Severity.WARNING


def test_a_missing_due_date_is_derived_and_flagged(file_book: Book, world: World, tmp_path: Path) -> None:
    header = "invoice_no,customer,invoice_date,due_date,currency,total,terms"
    rows = ("I-1,Acme,2026-01-05,,EUR,10.00,Net 30", "I-2,Acme,2026-01-05,,EUR,10.00,")
    mapping = """
        [account]
        Name = "customer"
        [invoice]
        DocumentNumber = "invoice_no"
        InvoiceDate = "invoice_date"
        DueDate = "due_date"
        CurrencyIsoCode = "currency"
        TotalAmountWithTax = "total"
        PaymentTermId = "terms"
    """
    report = bring_in(file_book, world, ledger(tmp_path / "a.csv", *rows, header=header), mapping=mapping)
    assert held(file_book, "invoice", "due_date", "is_due_date_derived") == [
        (date(2026, 2, 4), True),
        (date(2026, 1, 5), True),
    ]
    assert report.warning_count == 2
    assert held(file_book, "payment_term", "name", "period") == [("Net 30", 30)]


def test_one_number_spelt_in_eleven_ways_is_one_account(book: Book, world: World, tmp_path: Path) -> None:
    spellings = ["ACME Ltd", "Acme Limited", "acme ltd.", "A.C.M.E.", "Acme", "ACME LTD", "Acme  Ltd", "Acme, Ltd"]
    spellings += ["The Acme Company", "AcmeLtd", "ácme ltd"]
    rows = [row(number, customer_no="C7", customer_name=f'"{name}"') for number, name in enumerate(spellings, 1)]
    report = bring_in(book, world, ledger(tmp_path / "a.csv", *rows))
    assert held(book, "account", "account_number", "name") == [("C7", "ACME Ltd")]
    (one,) = report.spellings
    assert one == Spellings("C7", "ACME Ltd", tuple(name.replace("  ", " ") for name in spellings[1:]))


def test_one_name_under_two_numbers_is_two_accounts(file_book: Book, world: World, tmp_path: Path) -> None:
    rows = [row(1, customer_no="007", customer_name="Acme"), row(2, customer_no="7", customer_name="Acme")]
    report = bring_in(file_book, world, ledger(tmp_path / "a.csv", *rows))
    assert held(file_book, "account", "account_number") == [("007",), ("7",)]
    assert report.spellings == ()


def test_without_a_number_the_name_says_who_it_is(file_book: Book, world: World, tmp_path: Path) -> None:
    rows = [row(1, customer_no="", customer_name="Zoe\u0301 GmbH"), row(2, customer_no="", customer_name="ZOÉ gmbh")]
    assert bring_in(file_book, world, ledger(tmp_path / "a.csv", *rows)).is_done
    assert held(file_book, "account", "account_number", "name") == [(None, "Zoé GmbH")]
    twins = [row(3, customer_no="1", customer_name="Twin"), row(4, customer_no="2", customer_name="Twin")]
    bring_in(file_book, world, ledger(tmp_path / "b.csv", *twins))
    report = bring_in(file_book, world, ledger(tmp_path / "c.csv", row(5, customer_no="", customer_name="twin")))
    assert texts(report) == ["2: “twin” is the name of several accounts: “1”, “2”."]


def test_letters_of_another_script_are_another_account_and_a_warning(
    file_book: Book, world: World, tmp_path: Path
) -> None:
    rows = [row(1, customer_name="ACME Ltd"), row(2, customer_name="АСМЕ Ltd")]
    report = bring_in(file_book, world, ledger(tmp_path / "a.csv", *rows))
    assert count(file_book, "account") == 2
    assert "looks like “ACME Ltd”" in texts(report)[0]


def test_numbers_that_come_twice(file_book: Book, world: World, tmp_path: Path) -> None:
    path = ledger(tmp_path / "a.csv", row(1), row(2), row(1, customer_no="C2"))
    report = bring_in(file_book, world, path)
    assert texts(report) == ["4: “INV-1” stands in row 2 already."]
    assert bring_in(file_book, world, path, skip_bad=True).files[0].good == 2


def test_leading_zeros_make_another_document(file_book: Book, world: World, tmp_path: Path) -> None:
    path = ledger(tmp_path / "a.csv", row(1, invoice_no="00042"), row(2, invoice_no="42"))
    assert bring_in(file_book, world, path).is_done
    assert held(file_book, "invoice", "document_number") == [("00042",), ("42",)]


@pytest.mark.parametrize("order", [("INV-1", "inv-1"), ("inv-1", "INV-1"), ("Inv-1", "iNV-1")])
def test_numbers_that_differ_only_in_capitals_are_asked_about(
    file_book: Book, world: World, tmp_path: Path, order: tuple[str, str]
) -> None:
    path = ledger(tmp_path / "a.csv", row(1, invoice_no=order[0]), row(2, invoice_no=order[1]))
    report = bring_in(file_book, world, path)
    assert report.outcome is ImportOutcome.QUESTION
    assert "differ only in capital letters" in texts(report)[0]
    assert bring_in(file_book, world, path, skip_bad=True).outcome is ImportOutcome.QUESTION
    assert bring_in(file_book, world, path, letter_case="same", skip_bad=True, dry_run=True).files[0].good == 1
    assert bring_in(file_book, world, path, letter_case="distinct").files[0].good == 2


def test_what_the_file_says_is_open_is_kept_beside_what_is(book: Book, world: World, tmp_path: Path) -> None:
    report = bring_in(book, world, ledger(tmp_path / "a.csv", row(1, open="50.00"), row(2)))
    assert held(book, "invoice", "balance", "imported_balance") == [(D(119), D(50)), (D(119), None)]
    assert texts(report) == ["2: The file says 50.00 EUR is open, here it is 119.00 EUR; both are kept."]


@pytest.mark.parametrize(
    ("control", "said"),
    [
        ("#SUM,356.99", "The rows add up to 357.00 EUR, the file's own control sum says 356.99 EUR"),
        ("#TOTAL;1", "The control line holds no sum"),
        ("#COUNT,4", "The file has 3 rows, its own control line says “4”"),
        ("Total,,,,,,,300.00,57.00,356.00,356.00", "says 356.00 EUR: the difference is 1.00 EUR"),
        ("#SUM,abc", "cannot be read"),
    ],
)
def test_a_control_sum_that_does_not_agree_refuses_the_file(
    file_book: Book, world: World, tmp_path: Path, control: str, said: str
) -> None:
    path = ledger(tmp_path / "a.csv", row(1), row(2), row(3), control)
    for skip_bad in (False, True):
        report = bring_in(file_book, world, path, skip_bad=skip_bad)
        assert report.outcome is ImportOutcome.REFUSED
        assert said in texts(report)[0]
        assert report.problems[0].row == 5


@pytest.mark.parametrize("control", ["#SUM,357.00", "#COUNT,3", "Total,,,,,,,300.00,57.00,357.00,357.00", "# rows: ,3"])
def test_a_control_sum_that_agrees_is_no_row(file_book: Book, world: World, tmp_path: Path, control: str) -> None:
    report = bring_in(file_book, world, ledger(tmp_path / "a.csv", row(1), row(2), row(3), control))
    assert report.outcome is ImportOutcome.IMPORTED, texts(report)
    assert count(file_book, "invoice") == 3


def test_headers_that_stand_again_are_no_row(file_book: Book, world: World, tmp_path: Path) -> None:
    report = bring_in(file_book, world, ledger(tmp_path / "a.csv", row(1), HEADER, row(2)))
    assert report.files[0].good == count(file_book, "invoice") == 2
    assert report.notes == ("The headers stand again in row 3; they are no data.",)


def test_a_workbook_goes_in(book: Book, world: World, tmp_path: Path) -> None:
    rows: tuple[dict[str, str | tuple[str, str]], ...] = (
        {},
        {"total": ("", "<f>H3+I3</f><v>119.00000000000001</v>"), "open": ("", "<v>119</v>")},
    )
    report = bring_in(book, world, workbook(tmp_path / "a.xlsx", ledger_sheet(*rows)))
    assert report.outcome is ImportOutcome.IMPORTED, texts(report)
    assert report.totals == (CurrencyTotal("EUR", 2, D(238)),)
    assert "“total” holds formulas in 1 row; their stored results are used." in report.notes


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        (('t="b"', "<v>1</v>"), "a yes or no is no amount"),
        (('t="e"', "<v>#REF!</v>"), "“#REF!” is an error of the spreadsheet"),
        (("", "<f>H2+I2</f>"), "never calculated"),
        (("", "<v>119.005</v>"), "more decimals than EUR"),
        (text_cell("N" * 40_000), "40,000 characters"),
    ],
)
def test_cells_that_are_no_amount(
    file_book: Book, world: World, tmp_path: Path, cell: tuple[str, str], why: str
) -> None:
    path = workbook(tmp_path / "a.xlsx", ledger_sheet({}, {"total": cell}))
    report = bring_in(file_book, world, path)
    assert report.outcome is ImportOutcome.REFUSED
    assert why in texts(report)[0]
    assert report.files[0].good == 1


def test_a_currency_is_normalised_with_a_note(file_book: Book, world: World, tmp_path: Path) -> None:
    report = bring_in(file_book, world, ledger(tmp_path / "a.csv", row(1, currency="eur"), row(2, currency="€")))
    assert report.totals == (CurrencyTotal("EUR", 2, D(238)),)
    assert report.notes == ("a.csv: “eur” is read as EUR (row 2).", "a.csv: “€” is read as EUR (row 3).")


def test_columns_that_are_not_taken_are_named(file_book: Book, world: World, tmp_path: Path) -> None:
    path = ledger(tmp_path / "a.csv", row() + ",blue", header=HEADER + ",colour")
    assert bring_in(file_book, world, path).files[0].not_taken == ("colour",)


def test_a_question_keeps_the_file_out_whatever_else_is_asked(file_book: Book, world: World, tmp_path: Path) -> None:
    path = ledger(tmp_path / "a.csv", row(1), row(2, due_date="01/02/2026"))
    report = bring_in(file_book, world, path, skip_bad=True)
    assert report.outcome is ImportOutcome.QUESTION
    assert report.question_count == 1
    assert count(file_book, "invoice") == 0


def test_no_file_is_a_request_at_fault(file_book: Book, world: World) -> None:
    with pytest.raises(RequestError, match="No file was named"):
        bring_in(file_book, world)


def test_a_file_that_is_not_there_is_told_beside_the_others(file_book: Book, world: World, tmp_path: Path) -> None:
    report = bring_in(file_book, world, tmp_path / "nothing.csv", ledger(tmp_path / "a.csv", row(due_date="x")))
    assert report.outcome is ImportOutcome.REFUSED
    assert "There is no file" in texts(report)[0]
