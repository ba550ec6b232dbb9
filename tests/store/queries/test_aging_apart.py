"""Agings with what is contested apart, and in one currency: stories with figures, and random ledgers against Python."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random

import pytest

from build import Builder
from duedesk.domain.aging import Aging, AgingRequest, Basis, OpenItem, added_up
from duedesk.domain.disputes import Contest, contested
from duedesk.domain.errors import RequestError
from duedesk.domain.grouping import ACCOUNT, CURRENCY, TERM
from duedesk.domain.invoice import days_overdue
from duedesk.domain.ledger import settle
from duedesk.domain.money import ZERO
from duedesk.store.book import Book
from duedesk.store.queries.aging.figures import aging, trend
from duedesk.store.queries.asof import Standpoint
from duedesk.store.queries.disputes import standing_disputes
from duedesk.store.queries.open_items import open_items
from duedesk.store.queries.rates import aging_in
from store.ledgers import DAYS, FIRST_DAY, Document, RandomLedger, moment

D = Decimal


def test_what_is_contested_leaves_the_bucket_it_lies_in_the_oldest_instalment_first(book: Book) -> None:
    with book.writing() as connection:
        build = Builder(connection)
        acme = build.account()
        parts = build.invoice("I-1", acme, "90.00", on="2026-01-01", due="2026-04-01")
        build.instalments(parts, [("2026-02-01", "30.00"), ("2026-03-01", "30.00"), ("2026-04-01", "30.00")])
        build.dispute(parts, "40.00", on="2026-03-10", resolved="2026-03-20")
        whole = build.invoice("I-2", acme, "50.00", on="2026-01-01", due="2026-01-01")
        build.dispute(whole, "22.00", on="2026-03-11")
        build.dispute(whole, "18.00", on="2026-03-10")
        build.pay(whole, "20.00", on="2026-03-12", account=acme)
        build.payment(acme, "5.00", on="2026-01-10")
        build.settle()
    asked = AgingRequest(date(2026, 3, 15), apart_disputed=True)
    shown = book.ask(aging, asked)
    (row,) = shown.rows
    stood = book.ask(standing_disputes, Standpoint(asked.as_of))
    assert [one.contested for one in stood] == [40, 18, 12], "together what is open: who came first comes first"
    assert row.buckets == (D(30), D(20), D(0), D(0), D(0)), "thirty of February and ten of March are contested"
    assert (row.disputed, row.unapplied, row.balance, row.open) == (D(70), D(-5), D(115), D(120))
    assert shown.mismatches == ()
    together = book.ask(aging, replace(asked, apart_disputed=False)).rows[0]
    assert together.buckets == (D(30), D(30), D(30), D(30), D(0))
    assert (together.disputed, together.balance) == (D(0), D(115))
    assert book.ask(aging, replace(asked, as_of=date(2026, 3, 20))).rows[0].disputed == 30
    assert book.ask(aging, replace(asked, known_on=moment(date(2026, 3, 9)))).rows[0].disputed == 0
    ((_, (point,)),) = book.ask(trend, asked, [asked.as_of])
    assert (point.buckets, point.disputed) == (row.buckets, D(70))


def _contest(build: Builder, random: Random, documents: list[Document]) -> dict[int, list[Contest]]:
    """Contest some of a ledger's invoices, for more than is open as well."""
    found: dict[int, list[Contest]] = {}
    for document in random.sample(documents, len(documents) // 2):
        on = FIRST_DAY + timedelta(days=random.randrange(DAYS))
        recorded = on + timedelta(days=random.choice((0, 3)))
        ended = recorded + timedelta(days=random.randrange(40)) if random.random() < 0.5 else None
        amount = D(random.randrange(1, 200))
        build.dispute(
            document.key,
            str(amount),
            on=on.isoformat(),
            recorded=recorded.isoformat(),
            resolved=None if ended is None else ended.isoformat(),
            currency=document.currency,
        )
        one = Contest(amount, on, moment(recorded), ended, None if ended is None else moment(ended))
        found.setdefault(document.key, []).append(one)
    return found


def _expected(
    ledger: RandomLedger, contests: dict[int, list[Contest]], asked: AgingRequest
) -> dict[str, tuple[list[Decimal], Decimal]]:
    """What the domain makes of it: by currency what stays in the buckets, and what is contested."""
    found: dict[str, tuple[list[Decimal], Decimal]] = {}
    for one in ledger.invoices:
        balance = settle(one.posting, one.applications, as_of=asked.as_of, known_on=asked.known_on).balance
        apart = contested(contests.get(one.key, ()), balance, asked.as_of, asked.known_on)
        buckets, disputed = found.setdefault(one.currency, ([ZERO] * len(asked.buckets), ZERO))
        found[one.currency] = (buckets, disputed + apart)
        for due, amount in one.parts(balance - apart):
            day = due if asked.basis is Basis.DUE else one.posting.invoice_date
            assert day is not None
            buckets[asked.buckets.index(days_overdue(day, asked.as_of))] += amount
    return {currency: value for currency, value in found.items() if any(value[0]) or value[1]}


@pytest.mark.parametrize("seed", range(3))
def test_any_day_agrees_with_the_rule_in_python(book: Book, seed: int) -> None:
    random = Random(seed)
    with book.writing() as connection:
        build = Builder(connection)
        ledger = RandomLedger(build, random).make()
        contests = _contest(build, random, ledger.invoices)
    for by in ((CURRENCY,), (ACCOUNT, CURRENCY), (TERM,)):
        as_of = FIRST_DAY + timedelta(days=random.randrange(DAYS + 20))
        known = random.choice((None, moment(FIRST_DAY + timedelta(days=random.randrange(DAYS)), 12)))
        basis = random.choice(tuple(Basis))
        asked = AgingRequest(as_of, known, by, basis, apart_disputed=True)
        shown = book.ask(aging, asked)
        assert shown.mismatches == ()
        expected = _expected(ledger, contests, asked)
        found = {row.currency: (list(row.buckets), row.disputed) for row in shown.totals if row.open}
        assert found == expected, asked
        plain = book.ask(aging, replace(asked, apart_disputed=False))
        assert [row.balance for row in plain.totals] == [row.balance for row in shown.totals]
        items = _items(book, asked)
        behind = {
            row.currency: sum(one.disputed for one in items if one.currency == row.currency) for row in shown.totals
        }
        assert behind == {row.currency: row.disputed for row in shown.totals}


def _items(book: Book, asked: AgingRequest) -> list[OpenItem]:
    with book.reading() as connection:
        return list(open_items(connection, asked))


def _ask_in(book: Book, day: date, currency: str, *, by: tuple[str, ...] = (ACCOUNT,)) -> Aging:
    return book.ask(aging_in, AgingRequest(day, by=by), currency)


def test_an_aging_in_one_currency_is_rounded_at_the_end_and_says_its_rates(book: Book) -> None:
    with book.writing() as connection:
        build = Builder(connection)
        accounts = [build.account(name) for name in ("Acme", "Beta")]
        for account in accounts:
            for place in range(3):
                build.invoice(f"{account}-{place}", account, "0.05", on="2026-01-01", currency="USD")
            build.invoice(f"{account}-EUR", account, "10.00", on="2026-01-31")
        last = build.invoice("B-4", accounts[1], "0.05", on="2026-01-31", currency="USD")
        build.pay(last, "0.05", on="2026-02-20", account=accounts[1], currency="USD")
        build.credit_memo(accounts[1], "0.05", on="2026-02-20", currency="USD")
        build.rate("USD", "1.5", on="2026-01-15")
        build.rate("USD", "2", on="2026-02-15")
        build.settle()
    shown = _ask_in(book, date(2026, 1, 31), "EUR")
    acme = shown.rows[0]
    assert [row.currency for row in shown.rows] == ["EUR", "EUR"]
    assert (acme.buckets[0], acme.buckets[1], acme.balance) == (D("10.00"), D("0.10"), D("10.10"))
    assert shown.totals[0].balance == D("20.23"), "seven times five cents at one and a half"
    assert [rate.words for rate in shown.rates] == ["1 USD = 0.666666666667 EUR of 15 Jan 2026"]
    assert shown.mismatches == ()
    later = _ask_in(book, date(2026, 2, 20), "EUR")
    assert later.rates[0].on == date(2026, 2, 15)
    assert [row.balance for row in later.rows] == [D("10.08"), D("10.05")], "half a cent is rounded up, once"
    assert [row.buckets[2] for row in (*later.rows, *later.totals)] == [D("0.08"), D("0.08"), D("0.15")], "not twice"
    assert later.totals[0].balance == D("20.13")
    assert later.mismatches == ()
    two = _ask_in(book, date(2026, 2, 20), "USD", by=(CURRENCY, ACCOUNT))
    assert [(row.key, row.balance, len(row.parts)) for row in two.rows] == [
        ("EUR", D("40.00"), 2),
        ("USD", D("0.25"), 2),
    ]
    assert added_up(two.rows, None, "").balance == two.totals[0].balance
    with pytest.raises(RequestError, match="no rate of exchange from EUR to GBP on or before 31 Jan 2026"):
        _ask_in(book, date(2026, 1, 31), "GBP")
    with pytest.raises(RequestError, match="from USD to EUR on or before 14 Jan 2026"):
        _ask_in(book, date(2026, 1, 14), "EUR")
