"""Letters to one account: gather, word, set and save them; nothing is recorded as sent here."""

from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from duedesk.actions.settings import letterhead
from duedesk.actions.workspace import Workspace
from duedesk.documents.address import Address, address_lines, script_of
from duedesk.documents.labels import read_labels
from duedesk.documents.letter import (
    Letter,
    Letterhead,
    LetterItem,
    LetterSection,
    Paper,
    missing_glyphs,
    render_letter,
)
from duedesk.documents.wording import MergeFields, merge, read_wording
from duedesk.domain.days import in_words
from duedesk.domain.errors import RequestError
from duedesk.domain.money import ZERO, grouped
from duedesk.domain.names import tidy
from duedesk.exchange.files import file_stem, write_safely
from duedesk.store.queries.letters.reminder import Recipient, ReminderItem, recipient, reminder_items, unapplied_amounts

FIRST_REMINDER = "first-reminder"
PAY_WITHIN_DAYS = 14
"""Days from the date of the letter to the day it asks for."""


@dataclass(frozen=True, slots=True)
class LetterTotal:
    """What a letter asks for in one currency."""

    currency: str
    total: Decimal
    item_count: int


@dataclass(frozen=True, slots=True)
class RenderedLetter:
    """A letter as PDF, what it asks for, and what a person should know before it leaves the house."""

    pdf: bytes
    account_id: int
    account: str
    account_number: str
    as_of: date
    totals: tuple[LetterTotal, ...]
    missing_glyphs: tuple[str, ...]
    remarks: tuple[str, ...]
    """Sentences for the clerk: no address, something not applied yet, characters that cannot be printed."""

    @property
    def item_count(self) -> int:
        """Give the number of invoices in the letter."""
        return sum(total.item_count for total in self.totals)

    @property
    def file_name(self) -> str:
        """Give the name to save the letter under."""
        return letter_file_name(self.account_number, self.account, self.as_of)


def first_reminder(
    workspace: Workspace,
    account_id: int,
    *,
    as_of: date,
    paper: Paper = Paper.A4,
    language: str = "en",
    pay_within_days: int = PAY_WITHIN_DAYS,
) -> RenderedLetter:
    """Make the first payment reminder for what an account had overdue at the end of `as_of`, dated that day.

    RequestError where the account is gone, nothing is overdue, or there is no such wording.
    """
    with workspace.book.reading() as connection:
        items = reminder_items(connection, account_id, as_of)
        billed = next((item.contact_key for item in items if item.contact_key is not None), None)
        who = recipient(connection, account_id, billed)
        unapplied = unapplied_amounts(connection, account_id, as_of)
    if not items:
        raise RequestError(
            f"{who.account} has no invoice that was overdue on {in_words(as_of)}.",
            "Choose a later date, or another account.",
        )
    pay_by = as_of + min(timedelta(days=pay_within_days), date.max - as_of)
    letter = _compose(letterhead(workspace.book), who, items, as_of, pay_by, language)
    missing = missing_glyphs(letter)
    return RenderedLetter(
        pdf=render_letter(letter, paper),
        account_id=account_id,
        account=who.account,
        account_number=who.account_number,
        as_of=as_of,
        totals=tuple(LetterTotal(one.currency, one.total, len(one.items)) for one in letter.sections),
        missing_glyphs=missing,
        remarks=(
            *_remarks_on_sending(letter, who, missing),
            *_remarks_on_figures(items, unapplied, as_of),
        ),
    )


def save_pdf(pdf: bytes, path: Path) -> None:
    """Write a PDF to `path`, whole or not at all; RequestError where the disk or the folder refuses."""
    with write_safely(path) as draft:
        draft.write_bytes(pdf)


def letter_file_name(account_number: str, name: str, as_of: date) -> str:
    """Give a file name any system takes: `C-10482-Société-Lenoir-reminder-2026-11-23.pdf`."""
    return f"{file_stem(account_number, name)}-reminder-{as_of.isoformat()}.pdf"


def _compose(
    head: Letterhead, who: Recipient, items: Sequence[ReminderItem], as_of: date, pay_by: date, language: str
) -> Letter:
    labels = read_labels(language)
    sections = _by_currency(items)
    address = Address(*astuple(who.address))
    texts = merge(
        read_wording(language, FIRST_REMINDER),
        MergeFields(
            account=who.account,
            account_number=who.account_number,
            contact=tidy(f"{who.salutation} {who.last_name}") if who.salutation else tidy(who.contact),
            sender=head.name,
            letter_date=labels.day_in_full(as_of),
            as_of=labels.day_in_full(as_of),
            pay_by=labels.day_in_full(pay_by),
            total=labels.listed([labels.amount(one.total, one.currency) for one in sections]),
            invoice=items[0].number or labels.without_number,
            due_date=labels.day_in_full(items[0].due_date),
            days_overdue=labels.days_overdue(items[0].days_overdue),
            invoice_count=len(items),
            currency_count=len(sections),
        ),
    )
    return Letter(
        letterhead=head,
        recipient_lines=(*_names(who), *address_lines(address, head.country)),
        account_name=who.account,
        account_number=who.account_number,
        letter_date=as_of,
        as_of=as_of,
        pay_by=pay_by,
        title=texts.title,
        subject=texts.subject,
        salutation=texts.salutation,
        paragraphs=texts.paragraphs,
        sections=sections,
        closing=texts.closing,
        signature=texts.signature,
        language=language,
        reference=items[0].number if len(items) == 1 and items[0].number else who.account_number,
        script=script_of(address.country),
    )


def _by_currency(items: Sequence[ReminderItem]) -> tuple[LetterSection, ...]:
    sections = []
    for currency in sorted({item.currency for item in items}):
        own = tuple(
            LetterItem(item.number, item.invoice_date, item.due_date, item.days_overdue, item.total, item.balance)
            for item in items
            if item.currency == currency
        )
        sections.append(LetterSection(currency, own, sum((item.balance for item in own), ZERO)))
    return tuple(sections)


def _names(who: Recipient) -> Iterator[str]:
    yield tidy(who.account)
    person = tidy(who.contact if who.contact.startswith(who.salutation) else f"{who.salutation} {who.contact}")
    if person and person != tidy(who.account):
        yield person


def _remarks_on_sending(letter: Letter, who: Recipient, missing: Sequence[str]) -> Iterator[str]:
    if not letter.letterhead.name:
        yield "The book has no letterhead: the letter names no sender and no bank account."
    if Address(*astuple(who.address)).is_empty:
        yield f"{who.account} has no postal address."
    if missing:
        yield f"No font here has {' '.join(missing)}; a sign stands in its place."


def _remarks_on_figures(
    items: Sequence[ReminderItem], unapplied: Sequence[tuple[str, Decimal]], as_of: date
) -> Iterator[str]:
    for currency, amount in unapplied:
        yield f"{grouped(amount, currency)} {currency} of payments and credit memos is not applied to an invoice yet."
    lower = sum(item.balance_now < item.balance for item in items)
    if lower:
        fewer = "One of the invoices has" if lower == 1 else f"{lower} of the invoices have"
        yield f"{fewer} been paid, credited or voided since {in_words(as_of)}, in part or in full."
