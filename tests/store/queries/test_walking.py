"""A long list is in the same order whether it is sorted or walked along an index, and adds up to the same."""

from datetime import date
from decimal import Decimal
from random import Random

import pytest

from build import Builder
from duedesk.domain.filters import Filter
from duedesk.domain.objects import CATALOG
from duedesk.language.conditions import parse_condition, parse_order
from duedesk.store.book import Book
from duedesk.store.queries.lists import listing
from duedesk.store.queries.lists import totals as list_totals
from duedesk.store.queries.lists.listing import CurrencyTotal
from store.ledgers import RandomLedger

LAST_DAY = date(2030, 1, 1)

ORDERS = (
    "",
    "DueDate",
    "DueDate DESC",
    "InvoiceDate DESC NULLS FIRST",
    "DocumentNumber",
    "DaysInvoiceOverdue",
    "DaysInvoiceOverdue DESC",
    "DaysInvoiceOverdue DESC NULLS FIRST",
    "BillingAccount.Name",
    "BillingAccount.Name DESC, DueDate",
    "BillingAccount.Name, DueDate DESC",
    "Balance DESC",
    "FullSettlementDate",
    "FullSettlementDate DESC NULLS FIRST",
    "OwnerId DESC",
    "Owner.Name NULLS FIRST",
)

WHERE = ("", "Status != 'Draft'", "CurrencyIsoCode = 'EUR'", "Balance > 0", "Status IN ('Draft', 'Voided')")


@pytest.fixture
def ledger(book: Book) -> Book:
    with book.writing() as connection:
        build = Builder(connection)
        RandomLedger(build, Random(5)).make(120)
        other = build.account("zeta ltd")
        build.invoice("Z-1", other, "9.00", on="2026-01-05", due="2026-01-31", currency="CHF")
        build.settle()
    return book


def asked(where: str, order: str) -> Filter:
    condition = parse_condition(where, CATALOG, "Invoice") if where else None
    return Filter(LAST_DAY, where=condition, order_by=parse_order(order, CATALOG, "Invoice") if order else ())


def test_what_is_walked_stands_as_what_is_sorted(ledger: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    for where in WHERE:
        for order in ORDERS:
            one = asked(where, order)
            with monkeypatch.context() as few:
                few.setattr(listing, "MANY", 3)
                long = ledger.ask(listing.keys, one)
            with monkeypatch.context() as none:
                none.setattr(listing, "walked", lambda *_: None)
                assert long == ledger.ask(listing.keys, one), f"{where} {order}"


def test_totals_are_those_of_the_records(ledger: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(list_totals, "_LATELY", 2)  # which leaves currencies to be found later
    for where in WHERE:
        one = asked(where, "")
        paths = ("CurrencyIsoCode", "TotalAmountWithTax", "Balance", "DueDate")
        expected: dict[str, list[Decimal]] = {}
        with ledger.reading() as connection:
            for row in listing.stream(connection, one, paths):
                currency, total, balance, due = row.values
                assert isinstance(total, Decimal)
                assert isinstance(balance, Decimal)
                overdue = balance if isinstance(due, date) and due < LAST_DAY else Decimal(0)
                figures = (Decimal(1), total, balance, overdue)
                so_far = expected.get(str(currency), [Decimal(0)] * 4)
                expected[str(currency)] = [a + b for a, b in zip(so_far, figures, strict=True)]
            told = listing.totals(connection, one)
        assert told == tuple(CurrencyTotal(name, int(f[0]), *f[1:]) for name, f in sorted(expected.items())), where
