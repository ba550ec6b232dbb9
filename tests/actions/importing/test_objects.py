"""Files under the names of the fields, as another system exports them: several of them are one import."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from actions.importing.imports import bring_in, count, held, made, texts
from duedesk.actions.importing.report import ImportOutcome
from duedesk.actions.workspace import Workspace
from duedesk.domain.aging import AgingRequest
from duedesk.domain.filters import Filter, Order
from duedesk.domain.world import World
from duedesk.store.book import Book
from duedesk.store.queries.aging.figures import aging
from duedesk.store.queries.lists.listing import stream

D = Decimal
EXPORT = {
    "PaymentLineInvoice": """\
Id,PaymentLineInvoiceNumber,PaymentId,InvoiceId,Amount,Type,AppliedDate,UnappliedDate,AssociatedPaymentLineId,CreatedDate
L2,L-2,P1,INV-1,30.00,Unapplied,2025-02-01T00:00:00.000Z,2025-02-20T00:00:00.000Z,L1,2025-02-20T10:00:00.000+0000
L1,L-1,P1,I1,80.00,Applied,2025-02-01T00:00:00.000Z,,,2025-02-01T10:00:00.000+0000
""",
    "Payment": """\
Id,PaymentNumber,AccountId,Amount,EffectiveDate,Status,CurrencyIsoCode,CreatedDate
P1,P-1,A1,80.00,2025-02-01T00:00:00.000Z,Processed,EUR,2025-02-01T10:00:00.000+0000
P2,P-2,A1,5.00,2025-03-01T00:00:00.000Z,Canceled,EUR,2025-03-01T10:00:00.000+0000
""",
    "InvoiceLine": """\
Id,InvoiceId,Name,Type,LineAmount,TaxAmount
N1,I1,Work,Charge,100.00,0
N2,I1,VAT,Tax,19.00,19.00
""",
    "Invoice": """\
Id,DocumentNumber,BillingAccountId,BillToContactId,OwnerId,PaymentTermId,Status,InvoiceDate,DueDate,TotalAmount,\
TotalTaxAmount,TotalAmountWithTax,Balance,CurrencyIsoCode,CreatedDate,PostedDate,SettlementStatus,Custom__c
I1,INV-1,A1,C1,U1,T1,Posted,2025-01-10,,100.00,19.00,119.00,69.00,EUR,2025-01-10T10:00:00Z,2025-01-10,Settled,x
I2,INV-2,A2,,U1,,posted,2025-01-10,2025-02-09,200.00,0,200.00,200.00,EUR,2025-01-10T10:00:00Z,2025-01-12,,x
I3,,A2,,,,Draft,2025-03-01,,10.00,0.00,10.00,0.00,EUR,2025-03-01T10:00:00.000+0000,,Not Applicable,x
I4,INV-4,A2,,,,Voided,2025-03-01,2025-03-31,10.00,0.00,10.00,0.00,EUR,2025-03-01T10:00:00Z,2025-03-01,,x
""",
    "CreditMemo": """\
Id,DocumentNumber,BillingAccountId,Status,CreditDate,EffectiveDate,TotalAmount,TotalTaxAmount,TotalAmountWithTax,CurrencyIsoCode
M1,CM-1,A2,Posted,2025-02-01,2025-02-01,50.00,0,50.00,EUR
""",
    "CreditMemoInvApplication": """\
Id,CreditMemoId,InvoiceId,Amount,Type,AppliedDate,EffectiveDate
X1,M1,I2,50.00,Applied,2025-02-03,2025-02-03
""",
    "Contact": "Id,AccountId,FirstName,LastName,Email\nC1,A1,Ada,Byron,ada@example.test\n",
    "Account": """\
Id,Name,AccountNumber,BillingCity,ParentId,OwnerId
A1,Acme Ltd,0001,London,A2,U1
A2,Acme Holding,,Leeds,,U2
""",
    "User": "Id,Name,Type\nU1,Ana Reyes,User\nU2,Collections,Group\n",
    "PaymentTerm": "Id,Name,Status,Period\nT1,Net 30,Active,30\n",
}
"""What a small organisation exports, in no order; one payment line was taken back in part."""


def files(folder: Path, **instead: str) -> list[Path]:
    """Write the export; what a test says takes the place of a file."""
    paths = []
    for name, text in (EXPORT | instead).items():
        if text:
            path = folder / f"{name}.csv"
            path.write_text(text, encoding="utf-8")
            paths.append(path)
    return paths


def test_all_files_are_one_import_in_the_order_of_their_references(book: Book, world: World, tmp_path: Path) -> None:
    report = bring_in(book, world, *files(tmp_path))
    assert report.outcome is ImportOutcome.IMPORTED, texts(report)
    assert made(report) == {
        "PaymentTerm": 1,
        "User": 2,
        "Account": 2,
        "Contact": 1,
        "Invoice": 4,
        "InvoiceLine": 2,
        "Payment": 2,
        "CreditMemo": 1,
        "PaymentLineInvoice": 2,
        "CreditMemoInvApplication": 1,
    }
    assert held(book, "invoice", "external_id", "status", "balance", "imported_balance") == [
        ("I1", "Posted", D(69), None),
        ("I2", "Posted", D(150), D(200)),
        ("I3", "Draft", D(0), None),
        ("I4", "Voided", D(0), None),
    ]
    (keys,) = held(book, "account", "id")[:1]
    assert held(book, "account", "external_id", "parent_id")[1] == ("A2", None)
    assert held(book, "account", "parent_id")[0] != (None,)
    assert held(book, "contact", "account_id", "name") == [(keys[0], "Ada Byron")]
    assert held(book, "invoice", "due_date", "is_due_date_derived")[0] == (date(2025, 2, 9), True)
    assert held(book, "payment", "payment_number", "balance", "status")[1] == ("P-2", D(0), "Canceled")
    assert any("the file says 200.00 EUR is open, here it is 150.00 EUR" in text for text in texts(report))


def test_both_times_of_the_source_are_kept(file_book: Book, world: World, tmp_path: Path) -> None:
    """An Unapplied row repeats the day it was applied: what counts is the day it was taken off."""
    bring_in(file_book, world, *files(tmp_path))
    events = held(file_book, "application", "application_number", "effective_date", "recorded_at", "impact_amount")
    assert events[:2] == [
        ("L-1", date(2025, 2, 1), datetime(2025, 2, 1, 10, tzinfo=UTC), D(-80)),
        ("L-2", date(2025, 2, 20), datetime(2025, 2, 20, 10, tzinfo=UTC), D(30)),
    ]
    assert held(file_book, "invoice", "posted_at")[1] == (datetime(2025, 1, 12, tzinfo=UTC),)
    workspace = Workspace(file_book, world)
    known_on = datetime(2025, 2, 10, tzinfo=UTC)
    then = workspace.ask(aging, AgingRequest(date(2025, 2, 10), known_on=known_on))
    assert {row.name: row.balance for row in then.rows} == {"Acme Ltd": D(39), "Acme Holding": D(200)}


def test_the_same_records_in_another_file_change_nothing(book: Book, world: World, tmp_path: Path) -> None:
    bring_in(book, world, *files(tmp_path))
    before = count(book, "journal_entry")
    for path in files(tmp_path):
        path.write_bytes(path.read_bytes() + b"\n")
    report = bring_in(book, world, *sorted(tmp_path.glob("*.csv")))
    assert report.outcome is ImportOutcome.NOTHING_NEW, texts(report)
    assert count(book, "journal_entry") == before


def test_files_may_follow_each_other(book: Book, world: World, tmp_path: Path) -> None:
    in_order = ["PaymentTerm", "User", "Account", "Contact", "Invoice", "Payment", "PaymentLineInvoice"]
    paths = {path.stem: path for path in files(tmp_path)}
    for name in in_order:
        report = bring_in(book, world, paths[name])
        assert report.outcome is ImportOutcome.IMPORTED, texts(report)
    assert held(book, "invoice", "balance")[0] == (D(69),)


def test_an_invoice_of_an_account_that_is_nowhere(file_book: Book, world: World, tmp_path: Path) -> None:
    report = bring_in(file_book, world, *files(tmp_path, Account="", Contact=""))
    assert report.outcome is ImportOutcome.REFUSED
    assert "There is no account with the Id “A1”." in texts(report)[0]
    assert "in the same go" in report.problems[0].remedy


def test_owners_that_nobody_named_go_by_their_ids_until_somebody_does(
    file_book: Book, world: World, tmp_path: Path
) -> None:
    owner = "005000000000001AAA"
    account = f"Id,Name,OwnerId\nA1,Acme,{owner}\n"
    bring_in(file_book, world, *[path for path in files(tmp_path, Account=account) if path.stem == "Account"])
    assert held(file_book, "owner", "name") == [(owner,)]
    user = tmp_path / "User.csv"
    user.write_text(f"Id,Name,Type\n{owner},Ana Reyes,User\n")
    assert bring_in(file_book, world, user).outcome is ImportOutcome.IMPORTED
    assert held(file_book, "owner", "external_id", "name") == [(owner, "Ana Reyes")]


def test_an_account_known_by_its_number_gets_its_id(file_book: Book, world: World, tmp_path: Path) -> None:
    first = tmp_path / "ledger.csv"
    first.write_text("invoice_no,customer_no,invoice_date,currency,total\nL-1,0001,2025-01-01,EUR,5.00\n")
    bring_in(file_book, world, first)
    report = bring_in(file_book, world, *files(tmp_path))
    assert report.is_done, texts(report)
    assert held(file_book, "account", "external_id", "account_number") == [("A1", "0001"), ("A2", None)]
    assert report.spellings[0].others == ("Acme Ltd",)


@pytest.mark.parametrize(
    ("name", "was", "instead", "why"),
    [
        ("PaymentLineInvoice", "80.00,Applied", "115.00,Applied", "In all 85.00 EUR of the payment P-1 is applied"),
        ("PaymentLineInvoice", "30.00,Unapplied", "90.00,Unapplied", "nothing of 90.00 EUR"),
        ("PaymentLineInvoice", ",P1,I1,", ",P9,I1,", "no payment “P9”"),
        ("PaymentLineInvoice", ",P1,I1,", ",P1,I9,", "no invoice “I9”"),
        ("PaymentLineInvoice", "L2,L-2", "L1,L-2", "stands in row"),
        ("PaymentLineInvoice", ",P1,I1,", ",P1,I2,", "two accounts"),
        ("CreditMemoInvApplication", "50.00", "250.00", "In all 250.00 EUR of the invoice INV-2"),
        ("CreditMemoInvApplication", "50.00", "60.00", "In all 60.00 EUR of the credit memo CM-1"),
        ("CreditMemoInvApplication", ",I2,", ",I3,", "not posted"),
        ("Payment", "80.00,", "80.005,", "more decimals than EUR"),
        ("Payment", "P2,P-2,A1", "P2,P-2,A9", "no account with the Id “A9”"),
        ("Payment", ",Processed,EUR", ",Processed,USD", "USD is applied to an invoice in EUR"),
        ("Payment", ",Processed,", ",Done,", "is no status"),
        ("InvoiceLine", "100.00,0", "90.00,0", "add up to 90.00 EUR; it says 100.00 EUR"),
        ("InvoiceLine", "19.00,19.00", "19.00,18.00", "The tax on its lines".casefold()),
        ("InvoiceLine", "N2,I1", "N2,I9", "no invoice “I9”"),
        ("CreditMemo", "50.00,0,50.00", "50.00,1,50.00", "make 51.00, not 50.00"),
        ("Contact", "Ada,Byron", ",", "has no name"),
        ("Account", "A2,Acme Holding", "A2,", "neither a name nor a number"),
        ("PaymentTerm", ",30", ",thirty", "no whole number"),
    ],
)
def test_what_does_not_fit_together_is_refused(
    file_book: Book, world: World, tmp_path: Path, name: str, was: str, instead: str, why: str
) -> None:
    assert was in EXPORT[name]
    report = bring_in(file_book, world, *files(tmp_path, **{name: EXPORT[name].replace(was, instead, 1)}))
    assert report.outcome is ImportOutcome.REFUSED
    assert any(why.casefold() in text.casefold() for text in texts(report)), texts(report)
    assert count(file_book, "account") == 0


def test_applications_without_ids_are_counted(book: Book, world: World, tmp_path: Path) -> None:
    once = "P1,I1,10.00,Applied,2025-02-01\n"
    plain = f"PaymentId,InvoiceId,Amount,Type,EffectiveDate\n{once}{once}"
    assert bring_in(book, world, *files(tmp_path, PaymentLineInvoice=plain)).is_done
    assert held(book, "invoice", "balance")[0] == (D(99),)
    longer = tmp_path / "PaymentLineInvoice.csv"
    longer.write_text(plain + once + "P1,I1,5.00,Unapplied,2025-02-09\n")
    report = bring_in(book, world, longer)
    assert {one.object: (one.made, one.unchanged) for one in report.counts} == {"PaymentLineInvoice": (2, 2)}
    assert held(book, "invoice", "balance")[0] == (D(94),)


def test_when_an_invoice_was_looked_at_is_kept_for_who_brings_it_in(book: Book, world: World, tmp_path: Path) -> None:
    path = tmp_path / "Invoice.csv"
    path.write_text(
        "Id,DocumentNumber,BillingAccountId,InvoiceDate,DueDate,TotalAmountWithTax,CurrencyIsoCode,Status,"
        "LastViewedDate,LastReferencedDate\n"
        "3ttA,I-1,001A,2026-01-05,2026-02-04,10.00,EUR,Posted,2026-03-01T08:00:00.000Z,2026-03-02T09:30:00.000Z\n"
        "3ttB,I-2,001A,2026-01-05,2026-02-04,10.00,EUR,Posted,,\n",
        encoding="utf-8",
    )
    accounts = tmp_path / "Account.csv"
    accounts.write_text("Id,Name\n001A,Acme\n", encoding="utf-8")
    bring_in(book, world, accounts, path)
    asked = Filter(date(2026, 11, 23), order_by=(Order("DocumentNumber"),))
    seen = book.ask(lambda connection: list(stream(connection, asked, ["LastViewedDate", "LastReferencedDate"])))
    assert [row.values for row in seen] == [
        (datetime(2026, 3, 1, 8, tzinfo=UTC), datetime(2026, 3, 2, 9, 30, tzinfo=UTC)),
        (None, None),
    ]
