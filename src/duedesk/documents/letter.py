"""A letter and its PDF: sender, recipient, invoices by currency, texts; it asks no book and words nothing itself."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from duedesk.documents.dress import Window
from duedesk.documents.labels import Labels, read_labels
from duedesk.documents.printable import never_printed, printable, shortened
from duedesk.documents.typesetter import changed, font_families, strings, typeset, without_glyph
from duedesk.domain.names import tidy
from duedesk.resources import LookName, look


class Paper(StrEnum):
    """The sheet a letter is printed on; each has its window envelope."""

    A4 = "a4"
    US_LETTER = "us-letter"


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The sender, as printed on each letter; all of it may be empty where the paper is printed already."""

    name: str = ""
    address_lines: tuple[str, ...] = ()
    return_line: str = ""
    """The sender in one small line above the address, seen in the window of the envelope (A4 only)."""
    contact_lines: tuple[str, ...] = ()
    bank_lines: tuple[str, ...] = ()
    country: str = ""


@dataclass(frozen=True, slots=True)
class LetterItem:
    """One overdue invoice; amounts in the currency of its section."""

    number: str
    invoice_date: date
    due_date: date
    days_overdue: int
    total: Decimal
    balance: Decimal


@dataclass(frozen=True, slots=True)
class LetterSection:
    """The invoices in one currency and what they leave open together."""

    currency: str
    items: tuple[LetterItem, ...]
    total: Decimal


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter, ready to be set. The texts are final: nothing is merged into them any more."""

    letterhead: Letterhead
    recipient_lines: tuple[str, ...]
    account_name: str
    account_number: str
    letter_date: date
    as_of: date
    pay_by: date
    title: str
    """What the document is called: in the PDF's title and at the head of the following pages."""
    subject: str
    salutation: str
    paragraphs: tuple[str, ...]
    sections: tuple[LetterSection, ...]
    closing: str
    signature: str
    language: str = "en"
    reference: str = ""
    """What the payer is asked to quote."""
    script: str = ""
    """JP, KR, SC or TC: whose forms of shared East Asian characters the reader expects."""


def render_letter(letter: Letter, paper: Paper) -> bytes:
    """Set a letter as a tagged PDF (PDF/UA-1) with its fonts inside; the same letter gives the same bytes.

    What `missing_glyphs` names is replaced by a visible sign. RequestError where there are no labels in its language.
    """
    return typeset("letter.typ", changed(_content(letter, paper), printable), dated=letter.letter_date)


def missing_glyphs(letter: Letter) -> tuple[str, ...]:
    """Give the characters of a letter that no font here can print, before it is printed."""
    raw = list(strings(_content(letter, Paper.A4)))
    unassigned = dict.fromkeys(character for text in raw if not text.isascii() for character in never_printed(text))
    return (*unassigned, *without_glyph(map(printable, raw)))


_Part = dict[str, object]
_WINDOWS = {Paper.A4: Window.DIN_B, Paper.US_LETTER: Window.US}


def _content(letter: Letter, paper: Paper) -> _Part:
    """Give what the layout asks for, as JSON can hold it."""
    labels = read_labels(letter.language)
    head, light = letter.letterhead, look(LookName.LIGHT)
    sections = [_section(section, labels, alone=len(letter.sections) == 1) for section in letter.sections]
    return {
        "window": _WINDOWS[paper].value,
        "language": letter.language,
        "fonts": font_families(letter.script),
        "colours": {"text": light.text, "quiet": light.quiet_text, "line": light.line, "panel": light.hover},
        "title": tidy(", ".join(part for part in (letter.title, letter.account_name) if part)),
        "date": [letter.letter_date.year, letter.letter_date.month, letter.letter_date.day],
        "sender": {"name": head.name, "address": list(head.address_lines), "return-line": head.return_line},
        "recipient": list(letter.recipient_lines),
        "facts": list(_facts(letter, labels)),
        "subject": letter.subject,
        "salutation": letter.salutation,
        "paragraphs": list(letter.paragraphs),
        "sections": sections,
        "panel": list(_panel(letter, labels)),
        "closing": letter.closing,
        "signature": letter.signature,
        "running": {
            "left": list(filter(None, (shortened(letter.account_name, 22), shortened(letter.account_number, 12)))),
            "right": letter.title,
        },
        "foot": _foot(head, paper),
        "page-of": labels.page_of,
    }


def _facts(letter: Letter, labels: Labels) -> Iterator[_Part]:
    yield {"label": labels.letter_date, "value": labels.day_in_full(letter.letter_date), "strong": False}
    if letter.account_number:
        yield {"label": labels.account, "value": letter.account_number, "strong": False}
    yield {"label": labels.pay_by, "value": labels.day_in_full(letter.pay_by), "strong": True}


def _section(section: LetterSection, labels: Labels, *, alone: bool) -> _Part:
    rows = [
        (
            item.number or labels.without_number,
            labels.day_in_table(item.invoice_date),
            labels.day_in_table(item.due_date),
            labels.days_overdue(item.days_overdue),
            labels.figure(item.total, section.currency),
            labels.figure(item.balance, section.currency),
        )
        for item in section.items
    ]
    header = labels.table_header(section.currency)
    total = labels.figure(section.total, section.currency)
    numbers, _, due_dates, overdue, totals, balances = zip(header, *rows, strict=True)
    return {
        "heading": "" if alone else labels.section_heading(section.currency),
        "header": header,
        "rows": rows,
        "total-label": labels.sum_row(section.currency),
        "total": total,
        "widest": [max(column, key=len) for column in (numbers, due_dates, overdue, totals, (*balances, total))],
    }


def _panel(letter: Letter, labels: Labels) -> Iterator[_Part]:
    """Give what the payer needs at hand; as text on the page, for the foot is not read aloud."""
    totals = [labels.amount(section.total, section.currency) for section in letter.sections]
    yield {"label": labels.to_pay_by(letter.pay_by), "lines": totals, "strong": True}
    head = letter.letterhead
    reference = [labels.reference_line(letter.reference)] if letter.reference else []
    if head.bank_lines:
        yield {"label": labels.transfer_to, "lines": [*head.bank_lines, *reference], "strong": False}
    if head.contact_lines:
        yield {"label": labels.questions, "lines": list(head.contact_lines), "strong": False}


def _foot(head: Letterhead, paper: Paper) -> list[list[str]]:
    own = [] if paper is Paper.US_LETTER else [head.name, *head.address_lines]  # there it stands at the head already
    return [[line for line in column if line] for column in (own, head.bank_lines, head.contact_lines)]
