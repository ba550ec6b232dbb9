"""What is stored on an invoice after every kind of event, on both databases, as an accountant would tell it."""

# A Decimal equals the int of its worth.
# mypy: disable-error-code="comparison-overlap"

from datetime import date
from decimal import Decimal

from sqlalchemy import Connection, select

from build import Builder
from duedesk.store.book import Book
from duedesk.store.settlement import Touched, restate
from duedesk.store.tables.ledger import credit_memo, invoice, payment


def stated(connection: Connection, key: int) -> tuple[Decimal, str, date | None]:
    row = connection.execute(
        select(invoice.c.balance, invoice.c.settlement_status, invoice.c.full_settlement_date).where(
            invoice.c.id == key
        )
    ).one()
    return row[0], row[1], row[2]


def test_untouched_part_paid_and_settled(book: Book) -> None:
    with book.writing() as connection:
        build = Builder(connection)
        acme = build.account()
        untouched = build.invoice("I-1", acme, "100.00", on="2026-01-01")
        part_paid = build.invoice("I-2", acme, "100.00", on="2026-01-01")
        settled = build.invoice("I-3", acme, "100.00", on="2026-01-01")
        build.pay(part_paid, "40.00", on="2026-01-05", account=acme)
        build.pay(settled, "60.00", on="2026-01-05", account=acme)
        build.pay(settled, "40.00", on="2026-02-01", account=acme)
        build.settle()
        assert stated(connection, untouched) == (Decimal(100), "Not Settled", None)
        assert stated(connection, part_paid) == (Decimal(60), "Partially Settled", None)
        assert stated(connection, settled) == (Decimal(0), "Settled", date(2026, 2, 1))


def test_taken_off_and_put_on_again_is_settled_on_the_later_day(book: Book) -> None:
    with book.writing() as connection:
        build = Builder(connection)
        acme = build.account()
        key = build.invoice("I-1", acme, "100.00", on="2026-01-01")
        money = build.payment(acme, "100.00", on="2026-01-05")
        first = build.apply(key, "100.00", on="2026-01-05", account=acme, payment=money)
        build.apply(key, "100.00", on="2026-03-01", account=acme, payment=money, takes_back=first)
        build.apply(key, "100.00", on="2026-04-01", account=acme, payment=money)
        build.settle()
        assert stated(connection, key) == (Decimal(0), "Settled", date(2026, 4, 1))


def test_unapplied_and_applied_again_on_one_day_keeps_the_first_settlement(book: Book) -> None:
    with book.writing() as connection:
        build = Builder(connection)
        acme = build.account()
        key = build.invoice("I-1", acme, "100.00", on="2026-01-01")
        money = build.payment(acme, "100.00", on="2026-01-05")
        first = build.apply(key, "100.00", on="2026-01-05", account=acme, payment=money)
        build.apply(key, "100.00", on="2026-03-01", account=acme, payment=money, takes_back=first)
        build.apply(key, "100.00", on="2026-03-01", account=acme, payment=money)
        build.settle()
        assert stated(connection, key) == (Decimal(0), "Settled", date(2026, 1, 5))


def test_drafts_and_voided_invoices_owe_nothing(book: Book) -> None:
    with book.writing() as connection:
        build = Builder(connection)
        acme = build.account()
        draft = build.invoice(None, acme, "100.00", on="2026-01-01", status="Draft")
        voided = build.invoice("I-1", acme, "100.00", on="2026-01-01", status="Voided", voided="2026-02-01")
        build.settle()
        assert stated(connection, draft) == (Decimal(0), "Not Applicable", None)
        assert stated(connection, voided) == (Decimal(0), "Not Applicable", None)


def test_sources_keep_what_is_not_applied(book: Book) -> None:
    with book.writing() as connection:
        build = Builder(connection)
        acme = build.account()
        key = build.invoice("I-1", acme, "100.00", on="2026-01-01")
        money = build.payment(acme, "150.00", on="2026-01-05")
        memo = build.credit_memo(acme, "30.00", on="2026-01-06")
        build.apply(key, "80.00", on="2026-01-05", account=acme, payment=money)
        build.apply(key, "20.00", on="2026-01-06", account=acme, credit_memo=memo)
        build.settle()
        assert connection.execute(select(payment.c.net_applied, payment.c.balance)).one() == (80, 70)
        assert connection.execute(select(credit_memo.c.net_credits_applied, credit_memo.c.balance)).one() == (20, 10)
        assert connection.execute(select(invoice.c.net_payments_applied, invoice.c.net_credits_applied)).one() == (
            80,
            20,
        )


def test_only_what_was_touched_is_stated_again(book: Book) -> None:
    with book.writing() as connection:
        build = Builder(connection)
        acme = build.account()
        first = build.invoice("I-1", acme, "100.00", on="2026-01-01")
        second = build.invoice("I-2", acme, "100.00", on="2026-01-01")
        build.settle()
        build.pay(first, "10.00", on="2026-01-05", account=acme)
        build.pay(second, "10.00", on="2026-01-05", account=acme)
        loose = build.payment(acme, "5.00", on="2026-01-06")
        restate(connection, Touched(invoices=[first], payments=[loose]))
        assert stated(connection, first)[0] == 90
        assert stated(connection, second)[0] == 100, "it was not named"
        balances = connection.scalars(select(payment.c.balance).order_by(payment.c.id)).all()
        assert balances == [0, 0, 5]
