"""Disputes and what credit memos came from go out as files and come in again, and twice is once."""

from datetime import date
from decimal import Decimal
from pathlib import Path

from actions.importing.imports import bring_in, held, made, texts
from duedesk.actions.importing.report import ImportOutcome
from duedesk.actions.workspace import Workspace
from duedesk.domain.aging import AgingRequest
from duedesk.domain.world import World
from duedesk.store.book import Book
from duedesk.store.queries.aging.figures import aging

D = Decimal
PARTIES = "Id,Name\nA1,Acme Ltd\n"
INVOICES = """\
Id,DocumentNumber,BillingAccountId,Status,InvoiceDate,DueDate,TotalAmountWithTax,CurrencyIsoCode,PostedDate
I1,INV-1,A1,Posted,2025-01-10,2025-02-09,119.00,EUR,2025-01-10
I2,INV-2,A1,Draft,2025-01-10,2025-02-09,50.00,EUR,
"""
DISPUTES = """\
Id,Name,InvoiceId,CurrencyIsoCode,DisputedAmount,ReasonCode,Description,ReceivedDate,RecordedAt,RecordedBy,ResolvedOn,\
ResolvedAt,ResolvedBy,Resolution
D1,INV-1/1,I1,EUR,40.00,Price,Too dear,2025-01-20,2025-01-21T09:00:00Z,Ana,2025-02-01,2025-02-01T10:00:00Z,Tom,Credited
D2,INV-1/2,INV-1,,19.00,Quality,,2025-02-10,,,,,,
"""
MEMOS = """\
Id,DocumentNumber,BillingAccountId,Status,CreditDate,TotalAmountWithTax,CurrencyIsoCode,SourceAction,SourceInvoiceId
M1,CM-1,A1,Posted,2025-02-01,5.00,EUR,Invoice,I1
M2,CM-2,A1,Posted,2025-02-01,5.00,EUR,Invoice,I9
M3,CM-3,A1,Posted,2025-02-01,5.00,EUR,NegativeInvoiceLineConversion,INV-1
"""


def write(folder: Path, **files: str) -> list[Path]:
    """Write files named after their objects."""
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return [folder / f"{name}.csv" for name in files]


def test_disputes_and_sources_of_memos_are_taken_in_once(book: Book, world: World, tmp_path: Path) -> None:
    paths = write(tmp_path, Dispute=DISPUTES, CreditMemo=MEMOS, Invoice=INVOICES, Account=PARTIES)
    report = bring_in(book, world, *paths)
    assert report.outcome is ImportOutcome.IMPORTED, texts(report)
    assert made(report)["Dispute"] == 2
    (key,) = (row[0] for row in held(book, "invoice", "id", "document_number") if row[1] == "INV-1")
    rows = held(
        book, "dispute", "name", "invoice_id", "currency_iso_code", "disputed_amount", "recorded_by", "resolution"
    )
    assert rows == [
        ("INV-1/1", key, "EUR", D(40), "Ana", "Credited"),
        ("INV-1/2", key, "EUR", D(19), world.user, None),
    ]
    assert held(book, "credit_memo", "source_invoice_id") == [(key,), (None,), (None,)]
    assert [text for text in texts(report) if "left empty" in text] == [
        "3: There is no invoice “I9” that the credit memo came from; it is left empty.",
        "4: The credit memo came out of “INV-1”, of which nothing is converted; it is left empty.",
    ]
    workspace = Workspace(book, world)
    for day, disputed in ((date(2025, 1, 25), D(40)), (date(2025, 2, 15), D(19))):
        (total,) = workspace.ask(aging, AgingRequest(day, apart_disputed=True)).totals
        assert total.disputed == disputed

    again = write(tmp_path / "again", Dispute=DISPUTES + "\n", CreditMemo=MEMOS + "\n")
    assert bring_in(book, world, *again).outcome is ImportOutcome.NOTHING_NEW
    nameless = DISPUTES.replace("D1,", ",").replace("D2,", ",")
    assert bring_in(book, world, *write(tmp_path / "third", Dispute=nameless)).outcome is ImportOutcome.NOTHING_NEW


def test_what_cannot_be_contested_is_said(file_book: Book, world: World, tmp_path: Path) -> None:
    bring_in(file_book, world, *write(tmp_path, Invoice=INVOICES, Account=PARTIES))
    head = "Name,InvoiceId,CurrencyIsoCode,DisputedAmount,ReasonCode,ReceivedDate,ResolvedOn,Resolution\n"
    for row, sentence in (
        ("X,I9,,1.00,Price,2025-02-01,,", "There is no invoice “I9”."),
        ("X,I2,,1.00,Price,2025-02-01,,", "The invoice “INV-2” is not posted; nothing of it is contested."),
        ("X,I1,USD,1.00,Price,2025-02-01,,", "The dispute is in USD, its invoice in EUR."),
        ("X,I1,,119.01,Price,2025-02-01,,", "no more than the 119.00 EUR of “INV-1”"),
        ("X,I1,,1.00,Price,2025-01-09,,", "It was received on 2025-01-09, before its invoice of 2025-01-10."),
        ("X,I1,,1.00,Price,2025-02-01,2025-01-31,Credited", "It was resolved on 2025-01-31"),
        ("X,I1,,1.00,Price,2025-02-01,2025-02-02,", "does not say how"),
        ("X,I1,,1.00,Price,2025-02-01,,Credited", "has a resolution and no day of it"),
        ("X,I1,,1.00,,2025-02-01,,", "The dispute has no reason."),
        (",I1,,1.00,Price,2025-02-01,,", "The dispute has no dispute."),
    ):
        report = bring_in(file_book, world, *write(tmp_path / "bad", Dispute=head + row + "\n"))
        assert report.outcome is ImportOutcome.REFUSED
        assert sentence in texts(report)[0]
