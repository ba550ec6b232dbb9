"""What revenue schedules and loss histories are made of, on both databases: every row, and sums that prove it."""

from datetime import date, datetime
from decimal import Decimal
from random import Random

from sqlalchemy import update

from build import Builder
from duedesk.domain.aging import Buckets
from duedesk.domain.days import end_of_day
from duedesk.domain.money import ZERO
from duedesk.domain.reports.revenue_schedule import RevenueLine, months_from
from duedesk.domain.write_off import CATEGORY
from duedesk.store.book import Book
from duedesk.store.queries.reports.loss_history import loss_history
from duedesk.store.queries.reports.revenue import documented, revenue_lines
from duedesk.store.queries.reports.scope import ReportScope, moved
from duedesk.store.tables.ledger import credit_memo
from store.ledgers import DAYS, FIRST_DAY, RandomLedger

D = Decimal


def months(row: RevenueLine) -> list[str]:
    return [f"{month:%Y-%m} {amount:f}" for month, amount in row.earned]


def list_of(book: Book, first_day: date, as_of: date, known_on: datetime | None = None) -> list[RevenueLine]:
    with book.reading() as connection:
        return list(revenue_lines(connection, ReportScope(as_of, first_day, known_on)))


def test_lines_and_what_credits_take_back_of_them(book: Book) -> None:
    with book.writing() as connection:
        build = Builder(connection)
        acme = build.account("Acme", "0017")
        old = build.invoice("I-0", acme, "120", on="2025-11-03")
        build.line(old, "120", name="Plan", service=("2025-11-01", "2026-02-28"))
        build.invoice("I-OLD", acme, "10", on="2025-11-03")
        bill = build.invoice("I-1", acme, "100", on="2026-01-05")
        charge = build.line(bill, "110", name="Support", service=("2026-01-01", "2026-02-28"))
        build.line(bill, "-10", name="Discount", kind="Adjustment", related=charge)
        build.line(bill, "0", name="VAT", kind="Tax")
        gone = build.invoice("I-2", acme, "30", on="2026-01-07", status="Voided", voided="2026-03-02")
        back = build.credit_memo(acme, "12", on="2026-02-10", number="CM-1")
        build.apply(old, "8", on="2026-02-11", account=acme, credit_memo=back)
        lost = build.credit_memo(acme, "50", on="2026-02-12", number="CM-2")
        build.apply(bill, "50", on="2026-02-12", account=acme, credit_memo=lost)
        connection.execute(update(credit_memo).where(credit_memo.c.id == lost).values(category=CATEGORY))
        build.credit_memo(acme, "5", on="2026-01-20", number="CM-3", voided="2026-02-01")
        build.settle()
        assert gone
    found = list_of(book, date(2026, 1, 1), date(2026, 3, 31))

    assert [(row.kind, row.document, row.invoice, row.amount) for row in found] == [
        ("Charge", "I-0", "I-0", D(120)),
        ("Credit memo", "CM-1", "I-0", D(-8)),
        ("Charge", "I-1", "I-1", D(110)),
        ("Adjustment", "I-1", "I-1", D(-10)),
        ("Invoice", "I-2", "I-2", D(30)),
        ("Invoice voided", "I-2", "I-2", D(-30)),
        ("Credit memo", "CM-3", "", D(-5)),
        ("Credit memo voided", "CM-3", "", D(5)),
        ("Credit memo", "CM-1", "", D(-4)),
    ]
    assert months(found[1]) == ["2026-02 -8.0000"]
    assert months(found[3]) == ["2026-01 -5.2500", "2026-02 -4.7500"], "31 and 28 days of 59, in whole cents"
    assert (found[3].first_day, found[2].line, found[0].account_number) == (date(2026, 1, 1), "Support", "0017")
    before = end_of_day(date(2026, 2, 28))
    known = list_of(book, date(2026, 1, 1), date(2026, 3, 31), before)
    assert "Invoice voided" not in {row.kind for row in known}


def test_the_schedule_comes_to_what_the_documents_and_the_roll_forward_say(book: Book) -> None:
    with book.writing() as connection:
        RandomLedger(Builder(connection), Random(4)).make(80)
    last = date.fromordinal(FIRST_DAY.toordinal() + DAYS - 20)
    with book.reading() as connection:
        scope = ReportScope(last, FIRST_DAY)
        rows = list(revenue_lines(connection, scope))
        proved = {(one.currency, one.kind): one for one in documented(connection, scope)}
        rolled = {one.currency: one for one in moved(connection, scope)}

    assert len(months_from(FIRST_DAY, last)) > 2
    assert set(rolled) == {"EUR", "JPY"}
    for currency, roll in rolled.items():
        kinds = {"invoiced": ("Charge", "Adjustment", "Invoice"), "credited": ("Credit memo",)}
        kinds["voided"] = ("Invoice voided",)
        for kind, names in kinds.items():
            whole = sum((row.amount for row in rows if row.currency == currency and row.kind in names), ZERO)
            one = proved.get((currency, kind))
            assert whole == (one.net if one else ZERO) == getattr(roll, kind), kind
            assert all(sum((part for _, part in row.earned), ZERO) == row.amount for row in rows)


def test_what_open_items_of_past_days_lost_since(book: Book) -> None:
    with book.writing() as connection:
        build = Builder(connection)
        acme = build.account()
        bad = build.invoice("I-1", acme, "100", on="2025-08-01", due="2025-09-15")
        build.invoice("I-2", acme, "300", on="2025-09-01", due="2025-12-01")
        memo = build.credit_memo(acme, "40", on="2026-06-01")
        build.apply(bad, "40", on="2026-06-01", account=acme, credit_memo=memo)
        connection.execute(update(credit_memo).where(credit_memo.c.id == memo).values(category=CATEGORY))
        build.settle()
    (found,) = book.ask(loss_history, date(2026, 11, 23), Buckets((30, 60)))

    assert found.exposure == (D(100 + 300 + 300), D(100), D(100), D(0))
    assert found.lost == (D(40), D(40), D(40), D(0))
    assert found.rates_or((D(1), D(2), D(3), D(4))) == (D("5.7143"), D(40), D(40), D(4))
