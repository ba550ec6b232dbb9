"""What the page of invoices asks the book, each in one go behind the window; it shows nothing."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from duedesk.actions.letters import first_reminder
from duedesk.actions.workspace import Workspace
from duedesk.desk.pages.invoices.narrowing import of_account
from duedesk.domain.aging import DEFAULT_BUCKETS, AgingRequest
from duedesk.domain.filters import Filter, in_bucket
from duedesk.domain.grouping import CURRENCY
from duedesk.domain.money import ZERO
from duedesk.store.queries.accounts import AccountRow, suggest_accounts
from duedesk.store.queries.aging.figures import aging
from duedesk.store.queries.lists import listing
from duedesk.store.queries.lists.listing import CurrencyTotal
from duedesk.store.queries.overview import invoices_there, overview
from duedesk.store.queries.records.invoice import InvoiceRecord, invoice_record

Totals = tuple[CurrencyTotal, ...]


@dataclass(frozen=True, slots=True)
class Debt:
    """What an account has open in one currency, by bucket, and in how many invoices."""

    currency: str
    buckets: tuple[Decimal, ...]
    invoices: int

    @property
    def total(self) -> Decimal:
        """Give all that is open."""
        return sum(self.buckets, ZERO)


@dataclass(frozen=True, slots=True)
class Previewed:
    """One invoice and what else its account has open; the invoice's own currency first."""

    record: InvoiceRecord
    debts: tuple[Debt, ...]


@dataclass(frozen=True, slots=True)
class BookFacts:
    """What is said of the whole book below the list: how many invoices, up to when, and whether the aging holds.

    `there` is how many of them there were on the day that is shown, as far as was known (None: all).
    """

    invoices: int
    last_day: date | None
    holds: bool
    there: int | None = None


def suggested(workspace: Workspace, text: str) -> tuple[AccountRow, ...]:
    """Give accounts that a text may mean."""
    return workspace.ask(suggest_accounts, text)


def draft_facts(workspace: Workspace) -> tuple[str, ...]:
    """Give the currencies that the book knows, for a new draft to be in."""
    return workspace.ask(overview).currencies


def totals(workspace: Workspace, asked: Filter) -> Totals:
    """Give what the found invoices add up to, one total a currency."""
    return workspace.ask(listing.totals, asked)


def book_facts(workspace: Workspace, as_of: date, known_on: datetime | None) -> BookFacts:
    """Give what the book holds, and prove its aging on a day."""
    with workspace.book.reading() as connection:
        seen = overview(connection)
        proof = aging(connection, AgingRequest(as_of, known_on, (CURRENCY,)))
        there = invoices_there(connection, as_of, known_on)
        return BookFacts(seen.invoices, seen.last_day, not proof.mismatches, there)


def letter_of(workspace: Workspace, key: int, as_of: date) -> tuple[str, bytes]:
    """Give the reminder to an invoice's account as a PDF, and the name of its file; RequestError as for the letter."""
    with workspace.book.reading() as connection:
        account = invoice_record(connection, key, as_of=as_of).account_key
    letter = first_reminder(workspace, account, as_of=as_of)
    return letter.file_name, letter.pdf


def previewed(workspace: Workspace, key: int, as_of: date, known_on: datetime | None) -> Previewed:
    """Give one invoice and its account's debts; RequestError where it is gone."""
    with workspace.book.reading() as connection:
        record = invoice_record(connection, key, as_of=as_of, known_on=known_on)
        sums: dict[str, list[Decimal]] = {}
        counts: dict[str, int] = {}
        of_the_account = Filter(as_of, where=of_account(record.account_key), known_on=known_on)
        for place in range(len(DEFAULT_BUCKETS)):
            for one in listing.totals(connection, of_the_account.narrowed(*in_bucket(DEFAULT_BUCKETS, place))):
                sums.setdefault(one.currency, [ZERO] * len(DEFAULT_BUCKETS))[place] = one.balance
                counts[one.currency] = counts.get(one.currency, 0) + one.count
    debts = [Debt(currency, tuple(buckets), counts[currency]) for currency, buckets in sorted(sums.items())]
    debts.sort(key=lambda debt: debt.currency != record.currency)
    return Previewed(record, tuple(debts))
