"""Rows that give a payment or a credit memo beside their invoice, and ledgers that are imported again."""

from datetime import date
from decimal import Decimal
from pathlib import Path

from actions.importing.imports import bring_in, count, held, made, texts
from duedesk.actions.importing.report import ImportOutcome
from duedesk.domain.world import World
from duedesk.store.book import Book
from files_to_import import ledger, row

D = Decimal
HEADER = "no,customer,day,total,paid_on,paid"
MAPPING = """
    [source]
    currency = "EUR"
    [account]
    Name = "customer"
    [invoice]
    DocumentNumber = "no"
    InvoiceDate = "day"
    TotalAmountWithTax = "total"
    [payment]
    when = "paid_on"
    EffectiveDate = "paid_on"
    Amount = "paid"
"""
SETTLED = ("document_number", "balance", "settlement_status", "full_settlement_date")


def test_a_row_gives_an_invoice_and_what_paid_it(book: Book, world: World, tmp_path: Path) -> None:
    rows = (
        "I-1,Acme,2026-01-05,100.00,2026-01-20,100.00",
        "I-2,Acme,2026-01-05,100.00,2026-01-20,40.00",
        "I-3,Beta,2026-01-05,7.00,,",
    )
    report = bring_in(book, world, ledger(tmp_path / "a.csv", *rows, header=HEADER), mapping=MAPPING)
    assert made(report) == {"Account": 2, "Invoice": 3, "Payment": 2, "PaymentLineInvoice": 2}
    assert held(book, "invoice", *SETTLED) == [
        ("I-1", D(0), "Settled", date(2026, 1, 20)),
        ("I-2", D(60), "Partially Settled", None),
        ("I-3", D(7), "Not Settled", None),
    ]
    assert held(book, "payment", "amount", "net_applied", "balance", "status") == [
        (D(100), D(100), D(0), "Processed"),
        (D(40), D(40), D(0), "Processed"),
    ]


def test_money_before_the_invoice_keeps_its_date_and_counts_from_the_invoice(
    book: Book, world: World, tmp_path: Path
) -> None:
    path = ledger(tmp_path / "a.csv", "I-1,Acme,2026-01-05,100.00,2025-12-20,100.00", header=HEADER)
    report = bring_in(book, world, path, mapping=MAPPING)
    assert held(book, "payment", "effective_date") == [(date(2025, 12, 20),)]
    assert held(book, "application", "effective_date") == [(date(2026, 1, 5),)]
    assert "before the invoice; it counts from 2026-01-05" in texts(report)[1]


def test_more_than_is_open_stays_unapplied(book: Book, world: World, tmp_path: Path) -> None:
    path = ledger(tmp_path / "a.csv", "I-1,Acme,2026-01-05,100.00,2026-01-20,130.00", header=HEADER)
    report = bring_in(book, world, path, mapping=MAPPING)
    assert held(book, "payment", "amount", "net_applied", "balance") == [(D(130), D(100), D(30))]
    assert held(book, "invoice", "balance") == [(D(0),)]
    assert any("30.00 EUR stays unapplied" in text for text in texts(report))


def test_a_payment_of_nothing_keeps_its_row_out(file_book: Book, world: World, tmp_path: Path) -> None:
    path = ledger(tmp_path / "a.csv", "I-1,Acme,2026-01-05,100.00,2026-01-20,0.00", header=HEADER)
    report = bring_in(file_book, world, path, mapping=MAPPING)
    assert report.outcome is ImportOutcome.REFUSED
    assert "it must be more than nothing" in texts(report)[0]


def test_what_is_open_agrees_with_what_was_paid(file_book: Book, world: World, tmp_path: Path) -> None:
    path = ledger(tmp_path / "a.csv", "I-1,Acme,2026-01-05,100.00,2026-01-20,40.00,60.00", header=f"{HEADER},open")
    report = bring_in(file_book, world, path, mapping=MAPPING.replace("[payment]", 'Balance = "open"\n    [payment]'))
    assert held(file_book, "invoice", "balance", "imported_balance") == [(D(60), None)]
    assert not any("is open" in text for text in texts(report))


def test_a_credit_memo_beside_its_invoice(book: Book, world: World, tmp_path: Path) -> None:
    mapping = (
        MAPPING.partition("[payment]")[0]
        + """
        [credit_memo]
        when = "credit_no"
        DocumentNumber = "credit_no"
        TotalAmountWithTax = "credit"
        EffectiveDate = "day"
    """
    )
    path = ledger(
        tmp_path / "a.csv", "I-1,Acme,2026-01-05,100.00,C-1,30.00", header="no,customer,day,total,credit_no,credit"
    )
    report = bring_in(book, world, path, mapping=mapping)
    assert made(report)["CreditMemoInvApplication"] == 1
    assert held(book, "invoice", "balance", "net_credits_applied") == [(D(70), D(30))]
    assert bring_in(book, world, path, mapping=mapping, encoding="utf-8").outcome is ImportOutcome.NOTHING_NEW


def test_payments_may_come_in_a_file_of_their_own(book: Book, world: World, tmp_path: Path) -> None:
    bring_in(book, world, ledger(tmp_path / "a.csv", "I-1,Acme,2026-01-05,100.00,,", header=HEADER), mapping=MAPPING)
    mapping = """
        [source]
        currency = "EUR"
        [invoice]
        DocumentNumber = "invoice"
        [payment]
        EffectiveDate = "day"
        Amount = "amount"
    """
    paid = ledger(tmp_path / "p.csv", "I-1,2026-02-01,30.00", "I-1,2026-02-01,30.00", header="invoice,day,amount")
    report = bring_in(book, world, paid, mapping=mapping)
    assert made(report) == {"Payment": 2, "PaymentLineInvoice": 2}, texts(report)
    assert held(book, "invoice", "balance") == [(D(40),)]
    unknown = ledger(tmp_path / "q.csv", "I-9,2026-02-01,30.00", header="invoice,day,amount")
    assert texts(bring_in(book, world, unknown, mapping=mapping)) == ["2: There is no invoice “I-9”."]


def test_the_same_file_twice_changes_nothing(book: Book, world: World, tmp_path: Path) -> None:
    path = ledger(tmp_path / "a.csv", row(1), row(2))
    bring_in(book, world, path)
    again = bring_in(book, world, path)
    assert again.outcome is ImportOutcome.NOTHING_NEW
    assert again.is_done
    assert again.notes == (
        "a.csv was already imported on 2026-11-23 10:00 UTC by Ana Reyes; nothing of it was taken again.",
    )
    assert again.files[0].is_known
    assert count(book, "journal_entry") == count(book, "import_batch") == 1
    renamed = path.rename(tmp_path / "b.csv")
    assert bring_in(book, world, renamed).outcome is ImportOutcome.NOTHING_NEW


def test_a_longer_file_brings_only_what_is_new(book: Book, world: World, tmp_path: Path) -> None:
    first = "I-1,Acme,2026-01-05,100.00,,"
    bring_in(book, world, ledger(tmp_path / "a.csv", first, header=HEADER), mapping=MAPPING)
    longer = ("I-1,Acme,2026-01-05,100.00,2026-02-01,100.00", "I-2,Beta,2026-02-05,50.00,,")
    report = bring_in(book, world, ledger(tmp_path / "b.csv", *longer, header=HEADER), mapping=MAPPING)
    assert report.is_done, texts(report)
    assert {one.object: (one.made, one.unchanged) for one in report.counts} == {
        "Invoice": (1, 1),
        "Payment": (1, 0),
        "PaymentLineInvoice": (1, 0),
        "Account": (1, 0),
    }
    assert held(book, "invoice", "document_number", "balance") == [("I-1", D(0)), ("I-2", D(50))]
    once_more = (*longer, "I-3,Beta,2026-02-06,1.00,,")
    report = bring_in(book, world, ledger(tmp_path / "c.csv", *once_more, header=HEADER), mapping=MAPPING)
    assert {one.object: (one.made, one.unchanged) for one in report.counts} == {"Invoice": (1, 2), "Payment": (0, 1)}
    assert count(book, "payment") == 1


def test_a_row_that_says_otherwise_than_the_book_names_both(book: Book, world: World, tmp_path: Path) -> None:
    bring_in(book, world, ledger(tmp_path / "a.csv", row(1)))
    others = (
        (row(1, net="", tax="", total="120.00"), "with the total 119.00, not 120.00"),
        (row(1, invoice_date="2026-01-06"), "with the date 2026-01-05, not 2026-01-06"),
        (row(1, currency="USD"), "with the currency EUR, not USD"),
        (row(1, customer_no="C2"), "with another account"),
    )
    for number, (said, why) in enumerate(others):
        report = bring_in(book, world, ledger(tmp_path / f"{number}.csv", said))
        assert report.outcome is ImportOutcome.REFUSED
        assert why in texts(report)[0]
    assert count(book, "account") == 1


def test_rows_left_out_may_come_again_from_the_same_file(file_book: Book, world: World, tmp_path: Path) -> None:
    path = ledger(tmp_path / "a.csv", row(1), "short")
    assert bring_in(file_book, world, path, skip_bad=True).outcome is ImportOutcome.IMPORTED
    report = bring_in(file_book, world, path, skip_bad=True)
    assert report.outcome is ImportOutcome.NOTHING_NEW
    assert (report.files[0].good, report.files[0].bad) == (1, 1)


def test_rows_that_are_lines_of_one_invoice(book: Book, world: World, tmp_path: Path) -> None:
    header = "ContactName,InvoiceNumber,InvoiceDate,DueDate,Total,TaxTotal,Description,Quantity,UnitAmount,"
    header += "LineAmount,TaxAmount,Currency"
    rows = (
        "Acme,I-1,13/01/2026,12/02/2026,119.00,19.00,Work,1,60.00,60.00,11.40,GBP",
        "Acme,I-1,13/01/2026,12/02/2026,119.00,19.00,More,2,20.00,40.00,7.60,GBP",
        "Beta,I-2,05/01/2026,04/02/2026,12.00,2.00,Work,1,10.00,10.00,2.00,GBP",
    )
    report = bring_in(book, world, ledger(tmp_path / "a.csv", *rows, header=header))
    assert made(report) == {"Account": 2, "InvoiceLine": 3, "Invoice": 2}, texts(report)
    assert report.files[0].good == 3
    assert held(book, "invoice_line", "name", "line_amount", "tax_amount")[1] == ("More", D(40), D("7.60"))
    wrong = [one.replace("I-", "J-").replace("60.00,11.40", "61.00,11.40") for one in rows]
    report = bring_in(book, world, ledger(tmp_path / "b.csv", *wrong, header=header))
    assert "lines add up to" in texts(report)[0]
    assert report.files[0].bad == 2


def test_a_settlement_told_again_with_another_day_is_not_a_second_payment(
    file_book: Book, world: World, tmp_path: Path
) -> None:
    first = ledger(tmp_path / "a.csv", "I-1,Acme,2026-01-05,100.00,2026-01-20,100.00", header=HEADER)
    bring_in(file_book, world, first, mapping=MAPPING)
    again = ledger(tmp_path / "b.csv", "I-1,Acme,2026-01-05,100.00,2026-01-21,100.00", header=HEADER)
    report = bring_in(file_book, world, again, mapping=MAPPING)
    assert report.outcome is ImportOutcome.REFUSED
    assert "more than the 0.00 EUR open on the invoice" in texts(report)[0]
    assert count(file_book, "payment") == 1


def test_what_an_import_changes_of_a_record_that_was_there_is_in_its_history(
    book: Book, world: World, tmp_path: Path
) -> None:
    rows = ["I-1,Acme,2026-01-05,100.00,,", "I-2,Acme,2026-01-05,50.00,,"]
    bring_in(book, world, ledger(tmp_path / "a.csv", *rows, header=HEADER), mapping=MAPPING)
    assert count(book, "history_entry") == 0, "what came in has its history before it"
    rows[0] = "I-1,Acme,2026-01-05,100.00,2026-01-20,40.00"
    bring_in(book, world, ledger(tmp_path / "b.csv", *rows, header=HEADER), mapping=MAPPING)
    assert held(book, "history_entry", "object_name", "record_key", "field", "old_value", "new_value", "action") == [
        ("Invoice", 1, "SettlementStatus", "Not Settled", "Partially Settled", "import"),
        ("Invoice", 1, "Balance", "100.00", "60.00", "import"),
    ]
    assert held(book, "record_change", "object_name", "record_key", "change") == [("Invoice", 1, "updated")]
