"""Unapplied money is given back, and the figures of every day know it."""

# A Decimal equals the int of its worth.
# mypy: disable-error-code="comparison-overlap"

from decimal import Decimal

import pytest

from actions.cash.stories import Book, on, paid, unapplied
from duedesk.actions.cash.applying import ForInvoice, Part, apply, unapply
from duedesk.actions.cash.receiving import PaymentDraft, receive_payment
from duedesk.actions.cash.refunding import cancel_refund, refund
from duedesk.domain.aging import AgingRequest
from duedesk.domain.errors import RequestError
from duedesk.store.queries.aging.figures import aging
from duedesk.store.queries.open_items import open_items


def test_ten_too_much_is_given_back_and_the_customer_owes_nothing(small: Book) -> None:
    first, _, _ = small.invoices
    draft = PaymentDraft(small.account, Decimal(110), "EUR", on(2, 10), invoices=(ForInvoice(first),))
    money = receive_payment(small.desk, draft).key
    made = refund(small.desk, money, on=on(2, 20), reference="BANK-9")
    assert made.changes.summary == "Refund REF-000001 of 10.00 EUR out of payment PAY-000001"
    record = paid(small.desk, money)
    assert (record.applied, record.refunded, record.balance) == (100, 10, 0)
    assert (record.refunds[0].amount, record.refunds[0].reference) == (10, "BANK-9")
    assert [unapplied(small.desk, day) for day in (on(2, 9), on(2, 10), on(2, 19), on(2, 20))] == [0, -10, -10, 0]


def test_what_lies_on_an_invoice_is_not_given_back(small: Book) -> None:
    first, second, _ = small.invoices
    draft = PaymentDraft(small.account, Decimal(110), "EUR", on(2, 10), invoices=(ForInvoice(first),))
    money = receive_payment(small.desk, draft).key
    with pytest.raises(RequestError, match=r"20\.00 EUR is more than the 10\.00 EUR unapplied of payment PAY-000001"):
        refund(small.desk, money, amount=Decimal(20), on=on(2, 20))
    (part,) = paid(small.desk, money).applications
    unapply(small.desk, [part.key], on=on(3, 1), amounts={part.key: Decimal(15)})
    with pytest.raises(RequestError, match="more than the 10"):
        refund(small.desk, money, amount=Decimal(20), on=on(2, 20))
    refund(small.desk, money, amount=Decimal(20), on=on(3, 1))
    with pytest.raises(RequestError, match=r"6\.00 EUR is more than the 5\.00 EUR left of payment PAY-000001"):
        apply(small.desk, [Part("Payment", money, second, Decimal(6))], on=on(3, 2))
    with pytest.raises(RequestError, match=r"6\.00 EUR is more than the 5\.00 EUR left of .* on 01 Mar 2026"):
        apply(small.desk, [Part("Payment", money, second, Decimal(6))], on=on(2, 15))


def test_a_canceled_refund_is_unapplied_cash_again_from_that_day(small: Book) -> None:
    money = receive_payment(small.desk, PaymentDraft(small.account, Decimal(30), "EUR", on(2, 10))).key
    key = refund(small.desk, money, on=on(3, 1)).key
    with pytest.raises(RequestError, match="was given on 01 Mar 2026; it cannot be canceled as of 28 Feb 2026"):
        cancel_refund(small.desk, key, on=on(2, 28))
    cancel_refund(small.desk, key, on=on(4, 1))
    with pytest.raises(RequestError, match="is canceled already"):
        cancel_refund(small.desk, key)
    assert [unapplied(small.desk, day) for day in (on(2, 28), on(3, 1), on(3, 31), on(4, 1))] == [-30, 0, 0, -30]
    items = small.desk.ask(lambda connection: list(open_items(connection, AgingRequest(on(3, 31)))))
    assert {one.kind for one in items} == {"Invoice"}, "nothing of the payment was left on that day"


def test_nothing_left_is_nothing_to_give_back(small: Book) -> None:
    money = receive_payment(small.desk, PaymentDraft(small.account, Decimal(30), "EUR", on(2, 10))).key
    refund(small.desk, money, on=on(3, 1))
    with pytest.raises(RequestError, match="Nothing is unapplied of payment PAY-000001"):
        refund(small.desk, money)
    with pytest.raises(RequestError, match="no longer in the book"):
        cancel_refund(small.desk, 10_000)


def test_the_aging_of_a_year_with_part_payments_credits_and_refunds(small: Book) -> None:
    money = receive_payment(small.desk, PaymentDraft(small.account, Decimal(160), "EUR", on(6, 28))).key
    refund(small.desk, money, amount=Decimal(120), on=on(6, 29))
    with pytest.raises(RequestError, match=r"50\.00 EUR is more than the 40\.00 EUR unapplied"):
        refund(small.desk, money, amount=Decimal(50), on=on(6, 30))
    balances = [small.desk.ask(aging, AgingRequest(on(6, day))).totals[0].balance for day in (27, 28, 29)]
    assert balances == [200, 40, 160]
