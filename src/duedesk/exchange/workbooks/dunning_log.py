"""The workbook of the dunning log: letters of a period by level and status, and what each asked for."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path

from duedesk.domain.money import ZERO
from duedesk.domain.reports.collecting import CANCELLED, ISSUED, LettersOfCurrency, LoggedItem, LoggedLetter
from duedesk.exchange.sheet_stream import Formula
from duedesk.exchange.workbooks.facts import Making, WorkbookFacts
from duedesk.exchange.workbooks.report_book import ReportBook
from duedesk.exchange.workbooks.specs import Column, Controls, Figure, Heading, Kind, Row, Summary, TableSheet
from duedesk.exchange.workbooks.written_table import WrittenTable

_CURRENCY = Column("Currency", Kind.TEXT, "The currency of all amounts of the row.")
_PARTS = ("Principal", "Fee", "Interest", "Unapplied")
_LETTERS = (
    Column("Letter", Kind.ID, "The number of the letter."),
    Column("Account number", Kind.ID, "The number of the account it went to."),
    Column("Account", Kind.TEXT, "The account it went to."),
    Column("Owner", Kind.TEXT, "Whose account it is."),
    Column("Policy", Kind.TEXT, "The dunning policy."),
    Column("Level", Kind.TEXT, "The level of the letter and its name; 0 is a courtesy notice before the due date."),
    Column("Status", Kind.TEXT, "Issued or cancelled, at the end of the period."),
    Column("Cancelled because", Kind.TEXT, "Why it was cancelled."),
    Column("Channel", Kind.TEXT, "Mail or print."),
    Column("Address", Kind.TEXT, "Where it went."),
    Column("Delivery", Kind.TEXT, "What is known of its delivery, and what went wrong."),
    Column("Charged as", Kind.ID, "The invoices that its fee and its interest were posted as."),
    _CURRENCY,
    Column("Date", Kind.DAY, "The day of the letter."),
    Column("Deadline", Kind.DAY, "The day it asked to be paid by."),
    Column("Cancelled on", Kind.DAY, "The day it was cancelled."),
    Column("Sent at", Kind.MOMENT, "When it left."),
    Column("Invoices", Kind.COUNT, "How many invoices stand in it.", total=True),
    Column("Principal", Kind.MONEY, "What its invoices asked for.", total=True),
    Column("Fee", Kind.MONEY, "The fee it charged.", total=True),
    Column("Interest", Kind.MONEY, "The interest it charged.", total=True),
    Column("Unapplied", Kind.MONEY, "Cash and credits on no invoice, which it took off: below nothing.", total=True),
    Column("Total", Kind.MONEY, "Principal + fee + interest + unapplied.", total=True),
)
_ITEMS = (
    Column("Letter", Kind.ID, "The number of the letter."),
    Column("Date", Kind.DAY, "The day of the letter."),
    Column("Status", Kind.TEXT, "Issued or cancelled, at the end of the period."),
    Column("Account", Kind.TEXT, "The account it went to."),
    Column("Invoice", Kind.ID, "The invoice in the letter."),
    Column("Due date", Kind.DAY, "The day it was due."),
    Column("Days overdue", Kind.COUNT, "Days from then to the letter.", formula="[@Date]-[@Due date]"),
    _CURRENCY,
    Column("Balance", Kind.MONEY, "What was open of it then.", total=True),
    Column("Contested", Kind.MONEY, "What of that was contested.", total=True),
    Column("Promised", Kind.MONEY, "What of that was promised.", total=True),
    Column("Asked for", Kind.MONEY, "What the letter asked for.", total=True),
    Column("Level before", Kind.COUNT, "The invoice's level before the letter."),
    Column("Level after", Kind.COUNT, "Its level with the letter; empty where it was only listed, not due yet."),
)


def write_dunning_log(
    path: Path,
    letters: Iterable[LoggedLetter],
    items: Iterable[LoggedItem],
    book_says: Sequence[LettersOfCurrency],
    *,
    heading: Heading,
    making: Making,
    one_sheet_per: str = "",
) -> WorkbookFacts:
    """Write the letters and their items; `book_says` is what the book itself adds them up to."""
    with ReportBook(path, heading, making) as book:
        spec = TableSheet(
            "Letters",
            "Letters",
            _LETTERS,
            lines_by=("Policy", "Level", "Status"),
            tally_by=("Status",),
            one_sheet_per=one_sheet_per,
            explanation="A row is a letter dated in the period.",
        )
        table = book.table(spec, map(_letter, letters))
        summary = Summary(
            "Levels",
            (
                Figure("Letters", kind=Kind.COUNT),
                Figure("Invoices", of="Invoices", kind=Kind.COUNT),
                *(Figure(name, of=name) for name in _PARTS),
                Figure("Total", of="Total", bold=True),
            ),
            parts=_PARTS,
            whole="Total",
            sort=lambda texts: tuple(map(str, texts)),
            explanation="What letters of each level and status come to.",
        )
        book.summary(summary, table, Controls(_totals(book_says)))
        _check_statuses(book, table, book_says)
        _items(book, items, table)
    return book.facts


def _totals(book_says: Sequence[LettersOfCurrency]) -> dict[tuple[str, str], Decimal]:
    found: dict[tuple[str, str], Decimal] = {}
    for one in book_says:
        said = {"Letters": Decimal(one.count), "Fee": one.fee, "Interest": one.interest, "Total": one.total}
        for name, amount in said.items():
            found[one.currency, name] = found.get((one.currency, name), ZERO) + amount
    return found


def _check_statuses(book: ReportBook, table: WrittenTable, book_says: Sequence[LettersOfCurrency]) -> None:
    counts = {(one.currency, one.status): one.count for one in book_says}
    for currency in table.currencies:
        for status in (ISSUED, CANCELLED):
            picked = table.sumifs("", ("Currency", f'"{currency}"'), ("Status", f'"{status}"'))
            found = Formula(picked, table.tally("", currency=currency, by_0=status))
            expected = Decimal(counts.get((currency, status), 0))
            book.check(f"Letters {status.lower()}", expected, found, currency=currency, is_count=True)


def _items(book: ReportBook, items: Iterable[LoggedItem], letters: WrittenTable) -> None:
    spec = TableSheet(
        "Items",
        "LetterItems",
        _ITEMS,
        explanation="A row is an invoice in a letter, as it stood then.",
    )
    table = book.table(spec, map(_item, items))
    for currency in letters.currencies:
        principal = letters.tally("Principal", currency=currency)
        book.check("Items ask for the principal", principal, table.total("Asked for", currency), currency=currency)


def _letter(one: LoggedLetter) -> Row:
    return (
        one.number,
        one.account_number,
        one.account,
        one.owner,
        one.policy,
        f"{one.level} {one.level_name}".strip(),
        one.status,
        one.cancellation_reason,
        one.channel.capitalize(),
        one.address,
        f"{one.delivery}: {one.trouble}" if one.trouble else one.delivery,
        ", ".join(filter(None, (one.fee_invoice, one.interest_invoice))),
        one.currency,
        one.letter_date,
        one.deadline,
        one.cancelled_on,
        one.sent_at,
        one.items,
        one.principal,
        one.fee,
        one.interest,
        one.unapplied,
        one.total,
    )


def _item(one: LoggedItem) -> Row:
    return (
        one.letter,
        one.letter_date,
        one.status,
        one.account,
        one.invoice,
        one.due_date,
        (one.letter_date - one.due_date).days,
        one.currency,
        one.balance,
        one.contested,
        one.promised,
        one.asked,
        one.level_before,
        one.level_after,
    )
