"""Agings on both databases: stories with figures, and random ledgers held against the rule in Python."""

# A Decimal equals the int of its worth.
# mypy: disable-error-code="comparison-overlap"

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random

import pytest

from build import Builder
from duedesk.domain.aging import AgingRequest, Basis, Buckets, added_up
from duedesk.domain.grouping import ACCOUNT, COUNTRY, CURRENCY, OWNER, PARENT, TERM, groupable, grouping
from duedesk.domain.money import ZERO
from duedesk.store.book import Book
from duedesk.store.queries.aging.figures import aging, trend
from duedesk.store.queries.open_items import open_items
from duedesk.store.tables.ledger import invoice
from duedesk.store.tables.party import account, payment_term
from store.ledgers import DAYS, FIRST_DAY, RandomLedger, aged, moment

HUNDRED = Decimal(100)


def test_an_invoice_moves_through_the_buckets(book: Book) -> None:
    with book.writing() as connection:
        build = Builder(connection)
        build.invoice("I-1", build.account(), "100.00", on="2026-01-01", due="2026-01-31")
        build.settle()
    for days, bucket in ((0, 0), (1, 1), (30, 1), (31, 2), (60, 2), (61, 3), (90, 3), (91, 4), (400, 4)):
        shown = book.ask(aging, AgingRequest(date(2026, 1, 31) + timedelta(days=days)))
        assert [place for place, amount in enumerate(shown.rows[0].buckets) if amount] == [bucket]


def test_settled_on_the_as_of_date_counts_as_closed_and_the_day_before_as_open(book: Book) -> None:
    with book.writing() as connection:
        build = Builder(connection)
        acme = build.account()
        build.pay(build.invoice("I-1", acme, "100.00", on="2026-01-01"), "100.00", on="2026-02-10", account=acme)
        build.settle()
    assert book.ask(aging, AgingRequest(date(2026, 2, 10))).rows == ()
    assert book.ask(aging, AgingRequest(date(2026, 2, 9))).totals[0].balance == HUNDRED


def test_money_on_account_stands_in_its_own_column(book: Book) -> None:
    with book.writing() as connection:
        build = Builder(connection)
        acme = build.account()
        build.invoice("I-1", acme, "100.00", on="2026-01-01")
        build.payment(acme, "30.00", on="2026-01-10")
        build.credit_memo(acme, "5.00", on="2026-01-11")
        build.settle()
    shown = book.ask(aging, AgingRequest(date(2026, 1, 20)))
    assert (shown.rows[0].buckets[1], shown.rows[0].unapplied, shown.rows[0].balance) == (100, -35, 65)
    assert shown.mismatches == ()
    earlier = book.ask(aging, AgingRequest(date(2026, 1, 10)))
    assert (earlier.rows[0].unapplied, earlier.rows[0].balance) == (-30, 70)


def test_a_voided_invoice_counts_until_the_day_it_was_voided(book: Book) -> None:
    with book.writing() as connection:
        build = Builder(connection)
        build.invoice("I-1", build.account(), "100.00", on="2026-01-01", status="Voided", voided="2026-03-01")
        build.settle()
    assert book.ask(aging, AgingRequest(date(2026, 2, 28))).totals[0].balance == HUNDRED
    assert book.ask(aging, AgingRequest(date(2026, 3, 1))).rows == ()


def test_the_report_as_we_saw_it_then(book: Book) -> None:
    """Paid on 31 January, but the bank told us on 4 February: on 1 February the report showed it open."""
    with book.writing() as connection:
        build = Builder(connection)
        acme = build.account()
        key = build.invoice("I-1", acme, "100.00", on="2026-01-01")
        money = build.payment(acme, "100.00", on="2026-01-31", recorded="2026-02-04")
        build.apply(key, "100.00", on="2026-01-31", account=acme, payment=money, recorded="2026-02-04")
        build.settle()
    now = AgingRequest(date(2026, 1, 31))
    then = AgingRequest(date(2026, 1, 31), known_on=moment(date(2026, 2, 1), 23))
    assert book.ask(aging, now).rows == ()
    assert book.ask(aging, then).totals[0].balance == HUNDRED


@pytest.mark.parametrize("seed", range(6))
def test_every_day_agrees_with_the_rule_in_python(book: Book, seed: int) -> None:
    with book.writing() as connection:
        ledger = RandomLedger(Builder(connection), Random(seed)).make()
    random = Random(seed)
    for _ in range(12):
        as_of = FIRST_DAY + timedelta(days=random.randrange(-5, DAYS + 40))
        request = AgingRequest(
            as_of,
            known_on=random.choice((None, None, moment(FIRST_DAY + timedelta(days=random.randrange(DAYS)), 23))),
            basis=random.choice(list(Basis)),
            buckets=random.choice((Buckets(), Buckets((7,)), Buckets((10, 20, 30, 40, 50, 60, 70, 80)))),
        )
        for by in ((ACCOUNT,), (OWNER,)):
            asked = AgingRequest(request.as_of, request.known_on, by, request.basis, request.buckets)
            shown = book.ask(aging, asked)
            assert shown.mismatches == ()
            expected = aged(ledger, asked, by_owner=by == (OWNER,))
            found = {
                (row.key, row.currency): (list(row.buckets), row.unapplied)
                for row in shown.rows
                if any(row.buckets) or row.unapplied
            }
            assert found == expected


@pytest.mark.parametrize("seed", range(3))
def test_the_items_add_up_to_the_aging(book: Book, seed: int) -> None:
    with book.writing() as connection:
        RandomLedger(Builder(connection), Random(seed)).make()
    for as_of in (date(2026, 2, 1), date(2026, 4, 1), date(2026, 12, 31)):
        for known_on in (None, moment(date(2026, 2, 20))):
            request = AgingRequest(as_of, known_on)
            with book.reading() as connection:
                shown, items = aging(connection, request), list(open_items(connection, request))
            for total in shown.totals:
                for bucket, amount in enumerate(total.buckets):
                    of_bucket = (
                        one.balance for one in items if one.currency == total.currency and one.bucket == bucket
                    )
                    assert sum(of_bucket, Decimal(0)) == amount
                loose = (one.balance for one in items if one.currency == total.currency and one.bucket is None)
                assert sum(loose, Decimal(0)) == total.unapplied


def test_a_trend_is_the_aging_of_each_day(book: Book) -> None:
    with book.writing() as connection:
        RandomLedger(Builder(connection), Random(7)).make()
    days = [date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31)]
    for day, rows in book.ask(trend, AgingRequest(days[-1]), days):
        totals = book.ask(aging, AgingRequest(day)).totals
        assert [row.buckets for row in rows if any(row.buckets)] == [row.buckets for row in totals if any(row.buckets)]


def test_whatever_it_is_grouped_by_every_row_is_proved_and_nothing_is_lost(book: Book) -> None:
    with book.writing() as connection:
        RandomLedger(Builder(connection), Random(1)).make(25)
    random = Random(1)
    paths = [path for path, _ in groupable()]
    chosen: list[tuple[str, ...]] = [(path,) for path in random.sample(paths, 6)]
    chosen += [(one, two) for one, two in zip(random.sample(paths, 3), (ACCOUNT, CURRENCY, OWNER), strict=True)]
    chosen += [(COUNTRY, ACCOUNT), (PARENT, TERM), (TERM, OWNER), ("DaysInvoiceOverdue", "SettlementStatus")]
    for by in chosen:
        as_of = FIRST_DAY + timedelta(days=random.randrange(DAYS + 40))
        known_on = random.choice((None, moment(FIRST_DAY + timedelta(days=random.randrange(DAYS)), 23)))
        asked = AgingRequest(as_of, known_on, by, random.choice(list(Basis)))
        with book.reading() as connection:
            shown, items = aging(connection, asked), list(open_items(connection, asked))
        assert shown.mismatches == (), by
        whole = book.ask(aging, replace(asked, by=(CURRENCY,)))
        assert [(row.currency, row.buckets, row.balance) for row in shown.totals] == [
            (row.currency, row.buckets, row.balance) for row in whole.rows
        ]
        for row in shown.rows:
            for leaf in row.parts or (row,):
                key = (row.key, leaf.key if row.parts else None, leaf.currency)
                behind = [one for one in items if (one.key, one.part, one.currency) == key]
                assert sum((one.balance for one in behind), ZERO) == leaf.balance, by
            if row.parts:
                assert added_up(row.parts, row.key, row.name, row.number) == replace(row, parts=())


def test_money_not_applied_stands_with_its_account_and_has_no_term(book: Book) -> None:
    with book.writing() as connection:
        build = Builder(connection)
        acme, other = build.account("Acme", "1"), build.account("Other", "2")
        connection.execute(account.update().where(account.c.id == acme).values(billing_country="Peru"))
        first, _ = build.invoice("I-1", acme, "100.00", on="2026-01-01"), build.payment(acme, "30.00", on="2026-01-10")
        build.invoice("I-2", other, "7.00", on="2026-01-01")
        written = moment(date(2026, 1, 1))
        terms = {"name": "Net 30", "status": "Active", "period": 30, "is_default": False, "created_date": written}
        net30 = connection.execute(payment_term.insert().values(terms).returning(payment_term.c.id)).scalar_one()
        connection.execute(invoice.update().where(invoice.c.id == first).values(payment_term_id=net30))
        build.settle()

    def rows(text: str) -> list[tuple[str, int, int, int]]:
        shown = book.ask(aging, AgingRequest(date(2026, 1, 20), by=grouping(text)))
        assert not shown.mismatches
        return [(row.name, int(row.open), int(row.unapplied), int(row.balance)) for row in shown.rows]

    assert rows("country") == [("No billing country", 7, 0, 7), ("Peru", 100, -30, 70)]
    assert rows("term") == [("Net 30", 100, 0, 100), ("No payment term", 7, -30, -23)]
    assert rows("Status") == [("No status", 0, -30, -30), ("Posted", 107, 0, 107)]
    (peru,) = (row for row in book.ask(aging, AgingRequest(date(2026, 1, 20), by=(COUNTRY, TERM))).rows if row.key)
    assert [(part.name, int(part.balance)) for part in peru.parts] == [("Net 30", 100), ("No payment term", -30)]


def test_one_currency_can_be_asked_for(book: Book) -> None:
    with book.writing() as connection:
        build = Builder(connection)
        acme = build.account()
        build.invoice("I-1", acme, "100.00", on="2026-01-01")
        build.invoice("I-2", acme, "5000", on="2026-01-01", currency="JPY")
        build.settle()
    shown = book.ask(aging, AgingRequest(date(2026, 1, 20), by=(CURRENCY,), currency="JPY"))
    assert [(row.name, row.balance) for row in shown.rows] == [("JPY", 5000)]
