"""A payment and a credit memo whole, as of the day the reader stands on."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import Connection, insert

from build import Builder
from duedesk.domain.errors import RequestError
from duedesk.store.book import Book
from duedesk.store.queries.records.credit_memo import memo_key, memo_record
from duedesk.store.queries.records.payment import payment_key, payment_record, refund_key
from duedesk.store.tables.crediting import refund


def give_back(connection: Connection, payment: int, account: int, amount: str, *, canceled: date | None = None) -> None:
    from conftest import NOW

    connection.execute(
        insert(refund).values(
            refund_number="R-1",
            account_id=account,
            payment_id=payment,
            status="Canceled" if canceled else "Processed",
            type="Referenced",
            processing_mode="External",
            currency_iso_code="EUR",
            effective_date=date(2026, 3, 1),
            amount=Decimal(amount),
            cancellation_effective_date=canceled,
            cancellation_date=NOW if canceled else None,
            created_date=NOW,
        )
    )


def test_a_payment_as_of_each_of_its_days(book: Book) -> None:
    with book.writing() as connection:
        build = Builder(connection)
        acme = build.account(number="0042")
        bill = build.invoice("I-1", acme, "100.00", on="2026-01-01")
        money = build.payment(acme, "150.00", on="2026-01-10", number="P-1", canceled="2026-05-01")
        put = build.apply(bill, "100.00", on="2026-01-10", account=acme, payment=money)
        build.apply(bill, "40.00", on="2026-02-01", account=acme, payment=money, takes_back=put)
        give_back(connection, money, acme, "20.00", canceled=date(2026, 4, 1))
        build.settle()

    def seen(*day: int) -> tuple[str, Decimal, Decimal, Decimal]:
        record = book.ask(payment_record, key, as_of=date(2026, *day))
        assert {one.field.name: one.value for one in record.fields}["Balance"] == record.balance
        return record.status, record.applied, record.refunded, record.balance

    key = book.ask(payment_key, "P-1")
    assert seen(1, 10) == ("Processed", Decimal(100), Decimal(0), Decimal(50))
    assert seen(2, 1) == ("Processed", Decimal(60), Decimal(0), Decimal(90))
    assert seen(3, 1) == ("Processed", Decimal(60), Decimal(20), Decimal(70))
    assert seen(4, 1) == ("Processed", Decimal(60), Decimal(0), Decimal(90))
    assert seen(5, 1)[0] == "Canceled"
    record = book.ask(payment_record, key, as_of=date(2026, 3, 1))
    assert [(part.type, part.invoice, part.on, part.left) for part in record.applications] == [
        ("Applied", "I-1", date(2026, 1, 10), Decimal(60)),
        ("Unapplied", "I-1", date(2026, 2, 1), Decimal(0)),
    ]
    assert (record.account, record.account_number, record.refunds[0].number) == ("Acme Ltd", "0042", "R-1")
    assert book.ask(refund_key, "R-1") == record.refunds[0].key


def test_a_credit_memo_as_of_each_of_its_days(book: Book) -> None:
    with book.writing() as connection:
        build = Builder(connection)
        acme = build.account()
        bill = build.invoice("I-1", acme, "100.00", on="2026-01-01")
        memo = build.credit_memo(acme, "30.00", on="2026-01-10", number="CM-1", voided="2026-03-01")
        put = build.apply(bill, "30.00", on="2026-01-12", account=acme, credit_memo=memo)
        build.apply(bill, "30.00", on="2026-03-01", account=acme, credit_memo=memo, takes_back=put)
        build.settle()
    key = book.ask(memo_key, "CM-1")
    days = (date(2026, 1, 10), date(2026, 1, 12), date(2026, 3, 1))
    seen = [book.ask(memo_record, key, as_of=day) for day in days]
    assert [(one.status, one.applied, one.balance) for one in seen] == [
        ("Posted", Decimal(0), Decimal(30)),
        ("Posted", Decimal(30), Decimal(0)),
        ("Voided", Decimal(0), Decimal(0)),
    ]
    assert [one.what for one in seen[-1].history] == [
        "Brought in",
        "Posted: 30.00 EUR",
        "Applied to I-1: 30.00 EUR",
        "Unapplied from I-1: 30.00 EUR",
        "Voided",
    ]


def test_what_is_not_there_is_said(book: Book) -> None:
    for find in (payment_key, memo_key, refund_key):
        with pytest.raises(RequestError, match="There is no"):
            book.ask(find, "X-1")
