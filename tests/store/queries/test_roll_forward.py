"""Roll-forwards on both databases: a story with figures, and any two days of random ledgers against plain Python."""

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from build import Builder
from duedesk.domain.aging import AgingRequest
from duedesk.domain.errors import RequestError
from duedesk.domain.money import ZERO
from duedesk.domain.roll_forward import MOVEMENTS, RollForward
from duedesk.store.book import Book
from duedesk.store.queries.aging.figures import aging
from duedesk.store.queries.roll_forward import roll_forward, total_of
from duedesk.store.tables.ledger import credit_memo
from store.ledgers import DAYS, FIRST_DAY, RandomLedger, moment

D = Decimal


def test_a_quarter_in_its_parts(book: Book) -> None:
    with book.writing() as connection:
        build = Builder(connection)
        acme, beta = build.account("Acme"), build.account("Beta")
        old = build.invoice("I-1", acme, "100.00", on="2025-12-01")
        new = build.invoice("I-2", acme, "250.00", on="2026-02-01")
        build.invoice("I-3", beta, "40.00", on="2026-02-02", status="Voided", voided="2026-03-01")
        build.invoice("I-4", beta, "70.00", on="2025-12-02", status="Voided", voided="2026-02-01")
        build.invoice("I-5", beta, "5", on="2026-02-02", currency="JPY")
        build.pay(old, "60.00", on="2026-01-10", account=acme)
        loose = build.payment(acme, "30.00", on="2026-01-11", number="P-2")
        build.refund(loose, acme, "12.00", on="2026-02-15")
        build.payment(acme, "500.00", on="2026-01-12", canceled="2026-01-20")
        returned = build.credit_memo(acme, "25", on="2026-03-01")
        build.apply(new, "25.00", on="2026-03-01", account=acme, credit_memo=returned)
        gone = build.credit_memo(acme, "40", on="2026-03-02")
        connection.execute(credit_memo.update().where(credit_memo.c.id == gone).values(category="InvoiceWriteOff"))
        build.apply(old, "40.00", on="2026-03-02", account=acme, credit_memo=gone)
        build.settle()
    euros, yen = book.ask(roll_forward, date(2026, 1, 1), date(2026, 3, 31))
    assert (euros.opening, euros.closing, euros.difference) == (D(170), D(207), D(0))
    assert dict(zip((name for name, _ in MOVEMENTS), euros.moved, strict=True)) == {
        "invoiced": D(290),
        "paid": D(-590),
        "credited": D(-25),
        "written_off": D(-40),
        "refunded": D(12),
        "voided": D(-110),
        "reversed": D(500),
        "elsewhere": D(0),
    }
    assert (yen.currency, yen.invoiced, yen.closing) == ("JPY", D(5), D(5))
    by_account = book.ask(roll_forward, date(2026, 1, 1), date(2026, 3, 31), None, "EUR", by_account=True)
    assert [(one.name, one.opening, one.closing, one.difference) for one in by_account] == [
        ("Acme", D(100), D(207), D(0)),
        ("Beta", D(70), D(0), D(0)),
    ]
    assert total_of(by_account)[0].moved == euros.moved
    with pytest.raises(RequestError, match="ends before it begins"):
        book.ask(roll_forward, date(2026, 3, 31), date(2025, 12, 31))


def _expected(ledger: RandomLedger, first: date, last: date, known_on: datetime | None) -> dict[str, list[Decimal]]:
    """What came and went in a period, the plain way: invoiced, paid or credited, refunded, voided, reversed."""
    found: dict[str, list[Decimal]] = {}

    def known(at: datetime | None) -> bool:
        return known_on is None or (at is not None and at <= known_on)

    def between(day: date | None, at: datetime | None) -> bool:
        return day is not None and first <= day <= last and known(at)

    def add(currency: str, place: int, amount: Decimal) -> None:
        found.setdefault(currency, [ZERO] * 5)[place] += amount

    for one in ledger.invoices:
        posting = one.posting
        if between(posting.invoice_date, posting.posted_at):
            add(one.currency, 0, posting.total)
        if between(posting.voided_date, posting.voided_at) and known(posting.posted_at):
            add(one.currency, 3, -posting.total)
    _expect_sources(ledger, between, known, add)
    return {currency: amounts for currency, amounts in found.items() if any(amounts)}


def _expect_sources(
    ledger: RandomLedger,
    between: Callable[[date | None, datetime | None], bool],
    known: Callable[[datetime | None], bool],
    add: Callable[[str, int, Decimal], None],
) -> None:
    for source in ledger.sources:
        if between(source.on, source.recorded):
            add(source.currency, 1, -source.amount)
        gone_at = moment(source.withdrawn) if source.withdrawn else None
        if between(source.withdrawn, gone_at) and known(source.recorded):
            add(source.currency, 4, source.amount)
        for back in source.refunds:
            if between(back.effective_date, back.recorded_at):
                add(source.currency, 2, back.amount)
            if between(back.canceled_date, back.canceled_at) and known(back.recorded_at):
                add(source.currency, 2, -back.amount)


def _moved(rows: Iterable[RollForward]) -> dict[str, list[Decimal]]:
    found = {
        one.currency: [
            one.invoiced,
            one.paid + one.credited + one.written_off,
            one.refunded,
            one.voided,
            one.reversed,
        ]
        for one in rows
    }
    return {currency: amounts for currency, amounts in found.items() if any(amounts)}


OFFSET = st.integers(-2, DAYS + 20)


def test_any_two_periods_agree_with_plain_python_and_with_the_agings(book: Book) -> None:
    with book.writing() as connection:
        ledger = RandomLedger(Builder(connection), Random(7)).make()

    @settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(st.tuples(OFFSET, OFFSET, OFFSET).map(sorted), st.none() | st.integers(0, DAYS))
    def agree(offsets: list[int], known: int | None) -> None:
        first, middle, last = (FIRST_DAY + timedelta(days=offset) for offset in offsets)
        next_first = middle + timedelta(days=1)
        last = max(last, next_first)
        known_on = None if known is None else moment(FIRST_DAY + timedelta(days=known), 12)
        before = book.ask(roll_forward, first, middle, known_on)
        after = book.ask(roll_forward, next_first, last, known_on)
        assert _moved(before) == _expected(ledger, first, middle, known_on)
        closing = {one.currency: one.closing for one in before if one.closing}
        assert closing == {one.currency: one.opening for one in after if one.opening}
        totals = book.ask(aging, AgingRequest(middle, known_on)).totals
        assert closing == {one.currency: one.balance for one in totals if one.balance}
        assert not [one for one in (*before, *after) if one.difference]
        by_account = book.ask(roll_forward, next_first, last, known_on, by_account=True)
        assert not [one for one in by_account if one.difference]
        assert _moved(total_of(by_account)) == _moved(after)

    agree()
