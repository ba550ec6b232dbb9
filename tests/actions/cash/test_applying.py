"""Money goes on invoices part by part and comes off again on later days, and every day is told as it was."""

# A Decimal equals the int of its worth.
# mypy: disable-error-code="comparison-overlap"

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select

from actions.cash.stories import Book, Figures, figures, on, paid, unapplied
from duedesk.actions.cash.applying import ForInvoice, Part, apply, unapply
from duedesk.actions.cash.receiving import PaymentDraft, receive_payment
from duedesk.domain.errors import RequestError
from duedesk.store.tables.following import history_entry
from duedesk.store.tables.ledger import application


def receive(small: Book, amount: str, day: date, *invoices: ForInvoice) -> int:
    draft = PaymentDraft(small.account, Decimal(amount), "EUR", effective_date=day, invoices=invoices)
    return receive_payment(small.desk, draft).key


def test_one_payment_pays_many_invoices_and_the_rest_is_unapplied_cash(small: Book) -> None:
    first, second, third = small.invoices
    money = receive(small, "250.00", on(2, 10))
    parts = [Part("Payment", money, first), Part("Payment", money, second), Part("Payment", money, third, Decimal(30))]
    changes = apply(small.desk, parts, on=on(2, 15))
    assert changes.summary == "Applied 100.00 EUR to I-1 and 60.00 EUR to I-2 and 30.00 EUR to I-3"
    assert changes.concern("Invoice", "Payment", "PaymentLineInvoice")
    assert [figures(small.desk, key, on(2, 15)).balance for key in small.invoices] == ["0.00", "0.00", "10.00"]
    assert [figures(small.desk, key, on(2, 14)).balance for key in small.invoices] == ["100.00", "60.00", "40.00"]
    assert [unapplied(small.desk, day) for day in (on(2, 9), on(2, 10), on(2, 15))] == [0, -250, -60]
    assert (paid(small.desk, money).applied, paid(small.desk, money).balance) == (190, 60)


def test_many_payments_pay_one_invoice(small: Book) -> None:
    first, _, _ = small.invoices
    moneys = [receive(small, "30.00", on(2, day)) for day in (1, 2, 3)]
    apply(small.desk, [Part("Payment", money, first) for money in moneys], on=on(2, 5))
    assert figures(small.desk, first, on(2, 5)) == Figures("10.00", "90.00", "0.00", "Partially Settled", None, 35, 5)


def test_parts_are_weighed_together(small: Book) -> None:
    first, _, _ = small.invoices
    money = receive(small, "120.00", on(2, 1))
    with pytest.raises(RequestError, match=r"60\.00 EUR is more than the 50\.00 EUR open on invoice I-1"):
        apply(small.desk, [Part("Payment", money, first, Decimal(50)), Part("Payment", money, first, Decimal(60))])
    assert figures(small.desk, first, on(11, 23)).balance == "100.00", "all of it or none"


def test_the_figures_of_every_day_after_unapplying(small: Book) -> None:
    """Paid on 10 February, half taken off on 1 March, put on again on 20 March."""
    first, second, _ = small.invoices
    money = receive(small, "100.00", on(2, 10), ForInvoice(first))
    (part,) = paid(small.desk, money).applications
    unapply(small.desk, [part.key], on=on(3, 1), amounts={part.key: Decimal(50)}, comments="paid for I-2")
    apply(small.desk, [Part("Payment", money, second)], on=on(3, 1))
    more = receive(small, "50.00", on(3, 20), ForInvoice(first))
    assert figures(small.desk, first, on(2, 9)) == Figures("100.00", "0.00", "0.00", "Not Settled", None, 39, 9)
    assert figures(small.desk, first, on(2, 10)) == Figures("0.00", "100.00", "0.00", "Settled", on(2, 10), 40, None)
    assert figures(small.desk, first, on(2, 28)) == Figures("0.00", "100.00", "0.00", "Settled", on(2, 10), 40, None)
    assert figures(small.desk, first, on(3, 1)) == Figures("50.00", "50.00", "0.00", "Partially Settled", None, 59, 29)
    assert figures(small.desk, first, on(3, 20)) == Figures("0.00", "100.00", "0.00", "Settled", on(3, 20), 78, None)
    assert figures(small.desk, second, on(3, 1)).balance == "10.00"
    assert [one.left for one in paid(small.desk, money).applications] == [50, 0, 50]
    assert paid(small.desk, more).balance == 0


def test_each_application_has_a_number_and_says_what_it_takes_back(small: Book) -> None:
    first, _, _ = small.invoices
    money = receive(small, "100.00", on(2, 10), ForInvoice(first))
    (part,) = paid(small.desk, money).applications
    unapply(small.desk, [part.key], on=on(3, 1), comments="  wrong   invoice ")
    put, taken = paid(small.desk, money).applications
    assert (put.number, taken.number) == (f"PLI-{put.key:06}", f"PLI-{taken.key:06}")
    assert (taken.takes_back, taken.comments, taken.impact) == (put.key, "wrong invoice", 100)


def test_what_was_taken_off_is_not_taken_off_again(small: Book) -> None:
    first, _, _ = small.invoices
    money = receive(small, "100.00", on(2, 10), ForInvoice(first))
    (part,) = paid(small.desk, money).applications
    with pytest.raises(RequestError, match="was applied on 10 Feb 2026; it cannot be unapplied on 09 Feb 2026"):
        unapply(small.desk, [part.key], on=on(2, 9))
    unapply(small.desk, [part.key], on=on(3, 1))
    with pytest.raises(RequestError, match="Nothing is left of the payment PAY-000001 on invoice I-1"):
        unapply(small.desk, [part.key])
    with pytest.raises(RequestError, match="cannot be unapplied again"):
        unapply(small.desk, [paid(small.desk, money).applications[1].key])
    with pytest.raises(RequestError, match="not in the book"):
        unapply(small.desk, [10_000])


def test_dated_back_it_must_fit_on_every_day_since(small: Book) -> None:
    """90 were on it from 1 March to 1 April: a payment of 50 found later cannot have been on it all the time."""
    first, _, _ = small.invoices
    money = receive(small, "90.00", on(2, 1))
    apply(small.desk, [Part("Payment", money, first)], on=on(3, 1))
    (part,) = paid(small.desk, money).applications
    unapply(small.desk, [part.key], on=on(4, 1))
    late = receive(small, "50.00", on(2, 1))
    with pytest.raises(RequestError, match=r"more than the 10\.00 EUR open on invoice I-1 on 01 Mar 2026"):
        apply(small.desk, [Part("Payment", late, first, Decimal(50))], on=on(2, 1))
    apply(small.desk, [Part("Payment", late, first)], on=on(2, 1))
    apply(small.desk, [Part("Payment", late, first, Decimal(40))], on=on(4, 1))
    balances = [figures(small.desk, first, day).balance for day in (on(2, 1), on(3, 1), on(4, 1))]
    assert balances == ["90.00", "0.00", "50.00"]


def test_history_and_journal_tell_who_applied_what(small: Book) -> None:
    first, _, _ = small.invoices
    money = receive(small, "40.00", on(2, 10), ForInvoice(first))
    with small.desk.book.reading() as connection:
        fields = connection.execute(
            select(history_entry.c.object_name, history_entry.c.field, history_entry.c.new_value)
            .where(history_entry.c.record_key.in_([first, money]), history_entry.c.field == "Balance")
            .order_by(history_entry.c.object_name)
        ).all()
        (row,) = connection.execute(select(application)).all()
    assert fields == [("Invoice", "Balance", "60.00"), ("Payment", "Balance", "0.00")]
    assert row.journal_id is not None


def test_nothing_to_apply_is_said(small: Book) -> None:
    with pytest.raises(RequestError, match="nothing to apply"):
        apply(small.desk, [])
    with pytest.raises(RequestError, match="nothing to unapply"):
        unapply(small.desk, [])
