"""Metrics and habits on both databases: stories worked out by hand, and random ledgers against plain Python."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random

import pytest

from build import Builder
from duedesk.domain.ledger import settle
from duedesk.domain.metrics import months_before
from duedesk.domain.money import ZERO
from duedesk.store.book import Book
from duedesk.store.queries.habits import days_to_pay
from duedesk.store.queries.metrics import metrics
from store.ledgers import DAYS, FIRST_DAY, Document, RandomLedger, moment

D = Decimal


def test_the_worked_quarter(book: Book) -> None:
    """Opening 100, invoiced 300 in three months, closing 120 of which 80 are not due; 60 and 90 in the last two."""
    with book.writing() as connection:
        build = Builder(connection)
        acme = build.account()
        old = build.invoice("I-0", acme, "100", on="2025-12-20", due="2025-12-31")
        first = build.invoice("I-1", acme, "150", on="2026-02-15", due="2026-02-28")
        build.invoice("I-2", acme, "40", on="2026-03-10", due="2026-03-31")
        second = build.invoice("I-3", acme, "50", on="2026-03-12", due="2026-04-10")
        build.invoice("I-4", acme, "60", on="2026-04-12", due="2026-05-12")
        third = build.invoice("I-5", acme, "20", on="2026-03-12", due="2026-05-10")
        build.invoice("I-6", acme, "999", on="2026-04-12", status="Voided", voided="2026-04-20")
        gone = build.invoice("I-7", acme, "20", on="2026-02-12", status="Voided", voided="2026-05-02", due="2026-02-28")
        for key, amount in ((old, "100"), (first, "150"), (second, "50")):
            build.pay(key, amount, on="2026-04-20", account=acme)
        assert gone
        assert third
        build.settle()
    shown = book.ask(metrics, date(2026, 4, 30), months=2)
    march, april = shown
    assert (march.end, april.end, april.start) == (date(2026, 3, 31), date(2026, 4, 30), date(2026, 1, 31))
    assert (april.opening, april.sales, april.closing, april.current) == (D(100), D(340), D(140), D(80))
    assert april.days == 89
    assert march.closing == 380, "nothing was paid yet, and what was voided in May is still owed"
    assert (april.countback_dso or ZERO).quantize(D("0.1")) == (30 + D(80) / 110 * 31).quantize(D("0.1"))
    later = book.ask(metrics, date(2026, 5, 31), months=2)[0]
    assert (later.end, later.sales, later.closing) == (april.end, april.sales, april.closing), "as it was then"


def _sales(ledger: RandomLedger, currency: str, start: date, end: date, known_on: datetime | None) -> Decimal:
    """What was invoiced between and still owed at the end, the plain way."""
    return sum(
        (
            one.posting.total
            for one in ledger.invoices
            if one.currency == currency
            and one.posting.invoice_date is not None
            and start < one.posting.invoice_date
            and one.posting.is_owed(end, known_on)
        ),
        ZERO,
    )


def _open(ledger: RandomLedger, currency: str, day: date, known_on: datetime | None, *, current: bool) -> Decimal:
    found = ZERO
    for one in ledger.invoices:
        if one.currency == currency:
            balance = settle(one.posting, one.applications, as_of=day, known_on=known_on).balance
            found += sum((amount for due, amount in one.parts(balance) if due >= day or not current), ZERO)
    return found


@pytest.mark.parametrize("seed", range(2))
def test_every_month_agrees_with_plain_python(book: Book, seed: int) -> None:
    random = Random(seed)
    with book.writing() as connection:
        ledger = RandomLedger(Builder(connection), random).make(60)
    for known_on in (None, moment(FIRST_DAY + timedelta(days=random.randrange(DAYS)), 12)):
        as_of = FIRST_DAY + timedelta(days=60 + random.randrange(DAYS))
        for one in book.ask(metrics, as_of, known_on, months=3):
            assert one.start == months_before(one.end, 3)
            assert one.sales == _sales(ledger, one.currency, one.start, one.end, known_on)
            assert one.opening == _open(ledger, one.currency, one.start, known_on, current=False)
            assert one.closing == _open(ledger, one.currency, one.end, known_on, current=False)
            assert one.current == _open(ledger, one.currency, one.end, known_on, current=True)


def _habits(
    documents: list[Document], as_of: date, known_on: datetime | None
) -> dict[tuple[int, str], tuple[Decimal, ...]]:
    sums: dict[tuple[int, str], list[Decimal]] = {}
    for one in documents:
        now = settle(one.posting, one.applications, as_of=as_of, known_on=known_on)
        began, on = one.posting.invoice_date, now.full_settlement_date
        if began is None or on is None or on <= months_before(as_of, 12) or not now.net_payments_applied:
            continue
        total = one.posting.total
        parts = (total, total * (on - began).days, total * (one.due - began).days, D(1))
        sofar = sums.setdefault((one.account, one.currency), [ZERO] * 4)
        sums[one.account, one.currency] = [sum_ + part for sum_, part in zip(sofar, parts, strict=True)]
    return {key: (count, total, days / total, terms / total) for key, (total, days, terms, count) in sums.items()}


@pytest.mark.parametrize("seed", range(3))
def test_habits_agree_with_plain_python_as_of_any_day(book: Book, seed: int) -> None:
    random = Random(seed)
    with book.writing() as connection:
        ledger = RandomLedger(Builder(connection), random).make(60)
    for known_on in (None, None, moment(FIRST_DAY + timedelta(days=random.randrange(DAYS)), 12)):
        as_of = FIRST_DAY + timedelta(days=random.randrange(DAYS + 20))
        shown = book.ask(days_to_pay, as_of, known_on)
        found = {(one.key, one.currency): (D(one.invoices), one.settled, one.days_to_pay, one.terms) for one in shown}
        assert found == _habits(ledger.invoices, as_of, known_on)
        assert [one.settled for one in shown] == sorted((one.settled for one in shown), reverse=True)
