"""A first reminder from book to file: the right invoices, the right words, and what the clerk is told beside it."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import insert, update

from build import Builder
from documents.samples import BROOKWELL, texts
from duedesk.actions.letters import LetterTotal, first_reminder, letter_file_name, save_pdf
from duedesk.actions.settings import save_letterhead
from duedesk.actions.workspace import Workspace
from duedesk.documents.letter import Paper
from duedesk.domain.errors import RequestError
from duedesk.domain.world import World
from duedesk.store.book import Book
from duedesk.store.tables import ledger, party

AS_OF = date(2026, 11, 23)


@pytest.fixture
def lenoir(book: Book, world: World) -> tuple[Workspace, int]:
    """Société Lenoir in Lille owes two invoices in euros, one of them in part, and one in yen; Ms Lenoir is billed."""
    workspace = Workspace(book, world)
    with book.writing() as connection:
        build = Builder(connection)
        account = build.account("Société Lenoir", "C-10482")
        connection.execute(
            update(party.account).values(
                billing_street="27 rue des Tanneurs",
                billing_city="Lille",
                billing_postal_code="59000",
                billing_country="France",
            )
        )
        person = connection.execute(
            insert(party.contact)
            .values(
                account_id=account,
                salutation="Mme",
                first_name="Camille",
                last_name="Lenoir",
                name="Camille Lenoir",
                created_date=world.now(),
            )
            .returning(party.contact.c.id)
        ).scalar_one()
        part = build.invoice("INV-2026-04373", account, "32100.75", on="2026-06-25", due="2026-07-25")
        build.pay(part, "13260.30", on="2026-09-29", account=account)
        build.invoice("INV-2026-04418", account, "640.20", on="2026-10-02", due="2026-11-01")
        build.invoice("INV-2026-04402", account, "98000", on="2026-09-14", due="2026-10-14", currency="JPY")
        build.invoice("INV-2026-05000", account, "77.00", on="2026-11-01", due="2026-12-01")
        connection.execute(update(ledger.invoice).values(bill_to_contact_id=person))
        build.settle()
    save_letterhead(workspace, BROOKWELL)
    return workspace, account


def test_a_reminder_holds_what_is_overdue_by_currency_and_due_date(lenoir: tuple[Workspace, int]) -> None:
    workspace, account = lenoir
    made = first_reminder(workspace, account, as_of=AS_OF)
    assert made.totals == (LetterTotal("EUR", Decimal("19480.65"), 2), LetterTotal("JPY", Decimal(98000), 1))
    assert (made.account, made.account_number, made.item_count) == ("Société Lenoir", "C-10482", 3)
    assert (made.missing_glyphs, made.remarks) == ((), ())
    assert made.file_name == "C-10482-Société-Lenoir-reminder-2026-11-23.pdf"
    text = "\n".join(texts(made.pdf))
    assert "Société Lenoir\nMme Camille Lenoir\n27 rue des Tanneurs\n59000 Lille\nFRANCE\n" in text
    assert "Dear Mme Lenoir," in text
    assert "The 3 invoices below are past their due date, the oldest since 25 July 2026." in text
    assert "INV-2026-04373 25 Jun 2026 25 Jul 2026 121 days 32,100.75 18,840.45\n" in text
    assert "INV-2026-04418 02 Oct 2026 01 Nov 2026 22 days 640.20 640.20\nTotal EUR 19,480.65" in text
    assert "INV-2026-04402 14 Sep 2026 14 Oct 2026 40 days 98,000 98,000\nTotal JPY 98,000" in text
    assert "To pay by 7 December 2026\n19,480.65 EUR\n98,000 JPY\nTransfer to\nIBAN DE89" in text
    assert "Reference C-10482" in text
    assert "INV-2026-05000" not in text


def test_a_reminder_of_one_invoice_is_quoted_by_its_number(lenoir: tuple[Workspace, int]) -> None:
    workspace, account = lenoir
    made = first_reminder(workspace, account, as_of=date(2026, 8, 1), paper=Paper.US_LETTER)
    (text,) = texts(made.pdf)
    assert "Our invoice INV-2026-04373 was due on 25 July 2026. As of 1 August 2026" in text
    assert "7 days 32,100.75 32,100.75" in text
    assert "Reference INV-2026-04373" in text
    assert made.remarks == (
        "One of the invoices has been paid, credited or voided since 01 Aug 2026, in part or in full.",
    )


def test_making_a_reminder_changes_nothing(lenoir: tuple[Workspace, int]) -> None:
    workspace, account = lenoir
    first = first_reminder(workspace, account, as_of=AS_OF)
    assert first_reminder(workspace, account, as_of=AS_OF) == first


def test_nothing_overdue_is_one_clear_sentence(lenoir: tuple[Workspace, int]) -> None:
    workspace, account = lenoir
    with pytest.raises(RequestError, match=r"^Société Lenoir has no invoice that was overdue on 25 Jul 2026\. Choose"):
        first_reminder(workspace, account, as_of=date(2026, 7, 25))
    with pytest.raises(RequestError, match="no longer in the book"):
        first_reminder(workspace, account + 1, as_of=AS_OF)
    with pytest.raises(RequestError, match="no letters in the language"):
        first_reminder(workspace, account, as_of=AS_OF, language="tlh")


def test_the_clerk_is_told_what_the_letter_cannot_know(book: Book, world: World) -> None:
    workspace = Workspace(book, world)
    with book.writing() as connection:
        build = Builder(connection)
        account = build.account("Temple of 𓀀")
        build.invoice(None, account, "100.00", on="2026-09-01")
        build.payment(account, "30.00", on="2026-09-10")
        build.settle()
    made = first_reminder(workspace, account, as_of=AS_OF)
    assert made.missing_glyphs == ("𓀀",)
    assert made.remarks == (
        "The book has no letterhead: the letter names no sender and no bank account.",
        "Temple of 𓀀 has no postal address.",
        "No font here has 𓀀; a sign stands in its place.",
        "30.00 EUR of payments and credit memos is not applied to an invoice yet.",
    )
    assert "without number" in texts(made.pdf)[0]


def test_names_that_look_like_markup_go_through_the_book_as_they_are(book: Book, world: World) -> None:
    name = "#panic() $x$ *b* <img> @ref $total {page}"
    with book.writing() as connection:
        build = Builder(connection)
        account = build.account(name, number="../../C")
        build.invoice(name, account, "100.00", on="2026-09-01")
        build.settle()
    made = first_reminder(Workspace(book, world), account, as_of=AS_OF)
    assert name in texts(made.pdf)[0]
    assert made.file_name == "C-panic-x-b-img-ref-total-page-reminder-2026-11-23.pdf"


def test_saving_writes_the_whole_file_or_none(lenoir: tuple[Workspace, int], tmp_path: Path) -> None:
    workspace, account = lenoir
    made = first_reminder(workspace, account, as_of=AS_OF)
    save_pdf(made.pdf, tmp_path / made.file_name)
    assert (tmp_path / made.file_name).read_bytes() == made.pdf
    with pytest.raises(RequestError, match="There is no folder"):
        save_pdf(made.pdf, tmp_path / "letters" / made.file_name)


@pytest.mark.parametrize(
    ("number", "name", "file_name"),
    [
        ("", "CON", "CON-file-reminder-2026-11-23.pdf"),
        ("7", "株式会社山田製作所", "7-株式会社山田製作所-reminder-2026-11-23.pdf"),
        ("", "…", "unnamed-reminder-2026-11-23.pdf"),
    ],
)
def test_file_names(number: str, name: str, file_name: str) -> None:
    assert letter_file_name(number, name, AS_OF) == file_name
