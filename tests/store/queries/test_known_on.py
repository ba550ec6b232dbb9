"""Every question takes both dates: asked as it was known before anything was recorded, the book is empty; after, whole.

Random ledgers are asked on days and moments between; what lists, records and queries say is what the aging says.
"""

from collections import defaultdict
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from build import Builder
from duedesk.domain.aging import AgingRequest
from duedesk.domain.filters import OPEN, Compare, Filter, Operator
from duedesk.domain.money import ZERO
from duedesk.domain.objects import CATALOG
from duedesk.language.queries import parse_query
from duedesk.store.book import Book
from duedesk.store.queries import soql
from duedesk.store.queries.aging.figures import aging
from duedesk.store.queries.lists import listing
from duedesk.store.queries.records.account import account_record
from duedesk.store.queries.records.credit_memo import memo_record
from duedesk.store.queries.records.invoice import invoice_record
from duedesk.store.queries.records.payment import payment_record
from store.ledgers import DAYS, FIRST_DAY, RandomLedger, moment

LEDGER = ("Invoice", "Payment", "CreditMemo", "PaymentLineInvoice", "CreditMemoInvApplication", "Refund")
RECORDS: dict[str, Callable[..., Any]] = {
    "Invoice": invoice_record,
    "Payment": payment_record,
    "CreditMemo": memo_record,
}


def test_before_anything_was_recorded_nothing_was_known(book: Book) -> None:
    with book.writing() as connection:
        ledger = RandomLedger(Builder(connection), Random(4)).make()
        Builder(connection).invoice("D-1", ledger.invoices[0].account, "5.00", on="2026-02-01", status="Draft")
    last = FIRST_DAY + timedelta(days=3 * DAYS)
    before, after = moment(FIRST_DAY - timedelta(days=1)), moment(last)
    for name in LEDGER:
        query = parse_query(f"SELECT COUNT() FROM {name}", CATALOG)
        for known_on, is_empty in ((before, True), (after, False), (None, False)):
            asked = Filter(last, object=name, known_on=known_on)
            counted = book.ask(listing.count, asked)
            assert (counted == 0) is is_empty, name
            assert len(book.ask(listing.keys, asked)) == counted
            assert book.ask(soql.count, query, last, known_on=known_on) == counted
    with book.reading() as connection:
        keys = listing.keys(connection, Filter(last))
        assert listing.rows(connection, Filter(last, known_on=before), ["Balance"], list(keys)) == []
        assert listing.totals(connection, Filter(last, known_on=before)) == ()
        account = account_record(connection, ledger.invoices[0].account, as_of=last, known_on=before)
    assert (account.invoices, account.unapplied, account.received, account.debts) == ((), (), (), ())


def test_what_every_question_says_is_what_the_aging_says(book: Book) -> None:
    random = Random(8)
    with book.writing() as connection:
        RandomLedger(Builder(connection), random).make(20)
    for _ in range(2):
        day = FIRST_DAY + timedelta(days=random.randrange(DAYS + 20))
        known_on = moment(FIRST_DAY + timedelta(days=random.randrange(DAYS + 40)))
        with book.reading() as connection:
            totals = aging(connection, AgingRequest(day, known_on)).totals
        owed = {row.currency: row.open for row in totals if row.open}
        rest = {row.currency: -row.unapplied for row in totals if row.unapplied}
        assert _listed(book, day, known_on) == (owed, rest)
        assert _recorded(book, day, known_on) == (owed, rest)
        assert _debts(book, day, known_on) == (owed, rest)


Sums = tuple[dict[str, Decimal], dict[str, Decimal]]


def _summed(found: list[tuple[str, str, Decimal]]) -> Sums:
    sums: tuple[dict[str, Decimal], dict[str, Decimal]] = (defaultdict(Decimal), defaultdict(Decimal))
    for name, currency, amount in found:
        sums[name != "Invoice"][currency] += amount
    return {key: held for key, held in sums[0].items() if held}, {key: held for key, held in sums[1].items() if held}


def _listed(book: Book, day: date, known_on: Any) -> Sums:
    found: list[tuple[str, str, Decimal]] = []
    left = Compare("Balance", Operator.NE, ZERO)
    with book.reading() as connection:
        for name in RECORDS:
            asked = Filter(day, object=name, where=OPEN if name == "Invoice" else left, known_on=known_on)
            rows: list[Any] = list(listing.stream(connection, asked, ["CurrencyIsoCode", "Balance"]))
            found += [(name, *row.values) for row in rows]
    return _summed(found)


def _recorded(book: Book, day: date, known_on: Any) -> Sums:
    found: list[tuple[str, str, Decimal]] = []
    with book.reading() as connection:
        for name, read in RECORDS.items():
            for key in listing.keys(connection, Filter(day, object=name, known_on=known_on)):
                record = read(connection, key, as_of=day, known_on=known_on)
                found.append((name, record.currency, record.balance))
    return _summed(found)


def _debts(book: Book, day: date, known_on: Any) -> Sums:
    found: list[tuple[str, str, Decimal]] = []
    with book.reading() as connection:
        for key in listing.keys(connection, Filter(day, object="Account")):
            for debt in account_record(connection, key, as_of=day, known_on=known_on).debts:
                found.append(("Invoice", debt.currency, sum(debt.buckets, ZERO)))
                found.append(("Payment", debt.currency, -debt.unapplied))
    return _summed(found)
