"""What the stories of cash share: a desk over a book, days in short, figures as a clerk reads them."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from build import Builder
from conftest import NOW
from duedesk.actions.workspace import Workspace
from duedesk.domain.aging import AgingRequest
from duedesk.domain.filters import Filter
from duedesk.store.proof.book import prove
from duedesk.store.queries.aging.figures import aging
from duedesk.store.queries.lists import listing
from duedesk.store.queries.records.payment import PaymentRecord, payment_record

TODAY = NOW.date()


def on(month: int, day: int) -> date:
    """A day of 2026."""
    return date(2026, month, day)


class Figures(NamedTuple):
    """The calculated fields of an invoice on a day."""

    balance: str
    payments: str
    credits: str
    status: str
    settled_on: date | None
    days_open: int | None
    days_overdue: int | None


PATHS = (
    "Balance",
    "NetPaymentsApplied",
    "NetCreditsApplied",
    "SettlementStatus",
    "FullSettlementDate",
    "DaysInvoiceOpen",
    "DaysInvoiceOverdue",
)


def figures(desk: Workspace, invoice: int, day: date) -> Figures:
    """Read an invoice's calculated fields as of a day."""
    (row,) = desk.ask(listing.rows, Filter(day), PATHS, [invoice])
    balance, payments, credits_, *rest = row.values
    return Figures(*(str(Decimal(str(one)).quantize(Decimal("0.01"))) for one in (balance, payments, credits_)), *rest)  # type: ignore[arg-type]


def paid(desk: Workspace, payment: int, day: date = TODAY) -> PaymentRecord:
    """Read a payment as of a day."""
    return desk.ask(payment_record, payment, as_of=day)


def unapplied(desk: Workspace, day: date) -> Decimal:
    """What of all money and credit lies unapplied on a day; the aging holds."""
    shown = desk.ask(aging, AgingRequest(day))
    assert shown.mismatches == ()
    return sum((row.unapplied for row in shown.totals), Decimal(0))


def findings(desk: Workspace) -> list[str]:
    """Prove the book."""
    return desk.ask(lambda connection: [str(one) for one in prove(connection, as_of=TODAY)])


def as_user(desk: Workspace, name: str) -> Workspace:
    """Sit another person down."""
    return Workspace(desk.book, replace(desk.world, user=name))


class Book(NamedTuple):
    """A small book: one account with three open invoices of 100, 60 and 40 euros."""

    desk: Workspace
    account: int
    invoices: tuple[int, int, int]


def small_book(desk: Workspace) -> Book:
    """Make it."""
    with desk.book.writing() as connection:
        build = Builder(connection)
        acme = build.account("Acme Ltd", "0042")
        invoices = (
            build.invoice("I-1", acme, "100.00", on="2026-01-01", due="2026-01-31"),
            build.invoice("I-2", acme, "60.00", on="2026-01-10", due="2026-02-09"),
            build.invoice("I-3", acme, "40.00", on="2026-02-01", due="2026-03-03"),
        )
        build.settle()
    return Book(desk, acme, invoices)
