"""2/10 net 30: who pays in time may keep the discount, and a credit memo says so."""

from dataclasses import replace
from decimal import Decimal

import pytest
from sqlalchemy import update

from actions.cash.stories import Book, Figures, figures, on
from duedesk.actions.cash.applying import ForInvoice, Part, apply, unapply
from duedesk.actions.cash.crediting import void_memo
from duedesk.actions.cash.discounting import grant_discount
from duedesk.actions.cash.receiving import PaymentDraft, receive_payment
from duedesk.domain.errors import RequestError
from duedesk.store.queries.records.payment import payment_record
from duedesk.store.tables.ledger import invoice


@pytest.fixture
def offered(small: Book) -> Book:
    """I-1 of 100 offers 2 for paying by 11 January."""
    with small.desk.book.writing() as connection:
        terms = {"discount_date": on(1, 11), "discount_amount": Decimal(2)}
        connection.execute(update(invoice).where(invoice.c.id == small.invoices[0]).values(**terms))
    return small


def draft(small: Book, amount: str, day: int, *, take: bool = True) -> PaymentDraft:
    first = small.invoices[0]
    return PaymentDraft(
        small.account, Decimal(amount), "EUR", on(1, day), invoices=(ForInvoice(first),), take_discount=take
    )


def test_paid_in_time_the_discount_settles_the_rest(offered: Book) -> None:
    made = receive_payment(offered.desk, draft(offered, "98.00", 11))
    expected = Figures("0.00", "98.00", "2.00", "Settled", on(1, 11), 10, None)
    assert figures(offered.desk, offered.invoices[0], on(1, 11)) == expected
    assert made.changes.concern("CreditMemo")


def test_a_day_late_there_is_no_discount(offered: Book) -> None:
    receive_payment(offered.desk, draft(offered, "98.00", 12))
    assert figures(offered.desk, offered.invoices[0], on(1, 12)).balance == "2.00"
    with pytest.raises(RequestError, match="was paid on 12 Jan 2026; its discount ended on 11 Jan 2026"):
        grant_discount(offered.desk, offered.invoices[0])


def test_what_counts_is_the_day_the_money_came_in_not_the_day_it_was_applied(offered: Book) -> None:
    first = offered.invoices[0]
    money = receive_payment(offered.desk, PaymentDraft(offered.account, Decimal(98), "EUR", on(1, 10))).key
    apply(offered.desk, [Part("Payment", money, first)], on=on(1, 20))
    granted = grant_discount(offered.desk, first, on=on(1, 20))
    assert (granted.amount, granted.changes.summary) == (
        Decimal(2),
        "Discount of 2.00 EUR on I-1 granted by CM-2026-00001",
    )
    assert figures(offered.desk, first, on(1, 20)).status == "Settled"
    with pytest.raises(RequestError, match="was granted before"):
        grant_discount(offered.desk, first)
    void_memo(offered.desk, granted.key, reason="cheque bounced", on=on(2, 1))
    assert figures(offered.desk, first, on(2, 1)).balance == "2.00"


def test_no_more_is_granted_than_is_open_and_nothing_before_the_rest_is_paid(offered: Book) -> None:
    first = offered.invoices[0]
    with pytest.raises(RequestError, match="Nothing was paid on invoice I-1 yet"):
        grant_discount(offered.desk, first)
    receive_payment(offered.desk, draft(offered, "90.00", 5))
    with pytest.raises(RequestError, match=r"10\.00 EUR is open on invoice I-1, more than its discount of 2\.00"):
        grant_discount(offered.desk, first)
    receive_payment(offered.desk, draft(offered, "9.00", 6))
    assert figures(offered.desk, first, on(1, 6)).credits == "1.00"
    with pytest.raises(RequestError, match="offers no discount"):
        grant_discount(offered.desk, offered.invoices[1])


def test_what_was_taken_off_again_did_not_pay_in_time(offered: Book) -> None:
    first = offered.invoices[0]
    made = receive_payment(offered.desk, replace(draft(offered, "98.00", 5), take_discount=False))
    (part,) = offered.desk.ask(payment_record, made.key, as_of=on(2, 1)).applications
    unapply(offered.desk, [part.key], on=on(1, 6))
    with pytest.raises(RequestError, match="Nothing was paid on invoice I-1 yet"):
        grant_discount(offered.desk, first)
