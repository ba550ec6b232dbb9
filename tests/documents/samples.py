"""A letter as a clerk would write it, with what a test wants different; and ways to read a PDF back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pypdfium2

from duedesk.documents.labels import read_labels
from duedesk.documents.letter import Letter, Letterhead, LetterItem, LetterSection
from duedesk.documents.wording import MergeFields, merge, read_wording

AS_OF = date(2026, 11, 23)
POINTS_A_MM = 72 / 25.4

BROOKWELL = Letterhead(
    name="Brookwell Capital Ltd",
    address_lines=("14 Quay Street", "Bristol BS1 4DJ"),
    return_line="Brookwell Capital Ltd · 14 Quay Street · Bristol BS1 4DJ",
    contact_lines=("billing@brookwell.example", "+44 117 496 0102"),
    bank_lines=("IBAN DE89 3704 0044 0532 0130 00", "BIC COBADEFF"),
    country="United Kingdom",
)
LENOIR = ("Société Lenoir", "Mme Camille Lenoir", "27 rue des Tanneurs", "59000 Lille", "FRANCE")


def items(
    count: int, total: str = "32100.75", balance: str = "18840.45", number: str = "INV-2026-{:05}"
) -> tuple[LetterItem, ...]:
    """Invoices one day apart, the oldest 121 days overdue, each with 30 days to pay."""
    days = [121 - index % 120 for index in range(count)]
    return tuple(
        LetterItem(
            number=number.format(4373 + index),
            invoice_date=AS_OF - timedelta(days=overdue + 30),
            due_date=AS_OF - timedelta(days=overdue),
            days_overdue=overdue,
            total=Decimal(total),
            balance=Decimal(balance),
        )
        for index, overdue in enumerate(days)
    )


def section(currency: str, own: tuple[LetterItem, ...]) -> LetterSection:
    """A currency's invoices with their sum."""
    return LetterSection(currency, own, sum((item.balance for item in own), Decimal(0)))


def letter(
    *sections: LetterSection,
    recipient: Sequence[str] = LENOIR,
    contact: str = "Ms Lenoir",
    number: str = "C-10482",
    head: Letterhead = BROOKWELL,
    script: str = "",
) -> Letter:
    """A first reminder of 23 November 2026 to pay by 7 December; three invoices in euros unless told."""
    sections = sections or (section("EUR", items(3)),)
    labels = read_labels("en")
    oldest = sections[0].items[0]
    texts = merge(
        read_wording("en", "first-reminder"),
        MergeFields(
            account=recipient[0],
            account_number=number,
            contact=contact,
            sender=head.name,
            letter_date=labels.day_in_full(AS_OF),
            as_of=labels.day_in_full(AS_OF),
            pay_by=labels.day_in_full(AS_OF + timedelta(days=14)),
            total=labels.listed([labels.amount(one.total, one.currency) for one in sections]),
            invoice=oldest.number,
            due_date=labels.day_in_full(oldest.due_date),
            days_overdue=labels.days_overdue(oldest.days_overdue),
            invoice_count=sum(len(one.items) for one in sections),
            currency_count=len(sections),
        ),
    )
    return Letter(
        letterhead=head,
        recipient_lines=tuple(recipient),
        account_name=recipient[0],
        account_number=number,
        letter_date=AS_OF,
        as_of=AS_OF,
        pay_by=AS_OF + timedelta(days=14),
        title=texts.title,
        subject=texts.subject,
        salutation=texts.salutation,
        paragraphs=texts.paragraphs,
        sections=sections,
        closing=texts.closing,
        signature=texts.signature,
        reference=number,
        script=script,
    )


@dataclass(frozen=True)
class Box:
    """A rectangle on a page in points, from the upper left corner of the sheet."""

    left: float
    top: float
    right: float
    bottom: float

    def holds(self, other: "Box") -> bool:
        return (
            self.left <= other.left
            and self.top <= other.top
            and other.right <= self.right
            and other.bottom <= self.bottom
        )

    def meets(self, other: "Box") -> bool:
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )


@dataclass(frozen=True)
class Piece:
    """A piece of text on one line, and where it stands."""

    text: str
    box: Box


def millimetres(left: float, top: float, width: float, height: float) -> Box:
    return Box(*(edge * POINTS_A_MM for edge in (left, top, left + width, top + height)))


def inches(left: float, top: float, width: float, height: float) -> Box:
    return Box(*(edge * 72 for edge in (left, top, left + width, top + height)))


def texts(pdf: bytes) -> list[str]:
    """The text of each page; spaces that do not break read as spaces."""
    document: Any = pypdfium2.PdfDocument(pdf)
    read = [page.get_textpage().get_text_range() for page in document]
    document.close()
    return ["\n".join(line.rstrip() for line in page.replace("\xa0", " ").splitlines()) for page in read]


def pieces(pdf: bytes, page: int = 0) -> list[Piece]:
    """The text of a page in the pieces in which it is drawn, with their places."""
    document: Any = pypdfium2.PdfDocument(pdf)
    sheet = document[page]
    height = sheet.get_height()
    read = sheet.get_textpage()
    found = []
    for index in range(read.count_rects()):
        left, bottom, right, top = read.get_rect(index)
        text = read.get_text_bounded(left, bottom, right, top).replace("\xa0", " ").strip()
        found.append(Piece(text, Box(left, height - top, right, height - bottom)))
    document.close()
    return found
