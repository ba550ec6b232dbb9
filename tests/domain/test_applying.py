"""What may be applied and unapplied, refusal by refusal, and the running balance of every day."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duedesk.domain.applying import (
    Side,
    Standing,
    check_apply,
    check_refund,
    check_unapply,
    check_withdrawal,
    fitting,
)
from duedesk.domain.errors import RequestError

JAN, FEB, MAR, APR = (date(2026, month, 1) for month in range(1, 5))

BILL = Side("Invoice", "I-1", "Posted", 1, "Acme", "EUR", Decimal(100), JAN)
MONEY = Side("Payment", "P-1", "Processed", 1, "Acme", "EUR", Decimal(80), JAN)
MEMO = Side("Credit memo", "CM-1", "Posted", 1, "Acme", "EUR", Decimal(80), JAN)


def refused(source: Side, bill: Side, amount: str, on: date) -> str:
    with pytest.raises(RequestError) as said:
        check_apply(source, bill, Decimal(amount), on)
    return said.value.message


def test_all_that_is_left_of_both_may_be_applied() -> None:
    check_apply(MONEY, BILL, Decimal(80), FEB)
    check_apply(MEMO, BILL, Decimal("79.99"), JAN)
    assert fitting(MONEY, BILL, FEB) == Decimal(80)


@pytest.mark.parametrize(
    ("source", "bill", "amount", "on", "sentence"),
    [
        (MONEY, BILL, "80.01", FEB, "80.01 EUR is more than the 80.00 EUR left of payment P-1."),
        (
            replace(MONEY, total=Decimal(500)),
            BILL.used(Decimal(40), JAN),
            "60.01",
            FEB,
            "60.01 EUR is more than the 60.00 EUR open on invoice I-1.",
        ),
        (MONEY, BILL.used(Decimal(100), JAN), "1", FEB, "Nothing is open on invoice I-1."),
        (MONEY, replace(BILL, currency="USD"), "1", FEB, "Payment P-1 is in EUR, invoice I-1 in USD."),
        (
            MONEY,
            replace(BILL, account_key=2, account="Zoë"),
            "1",
            FEB,
            "Payment P-1 is Acme's, invoice I-1 is Zoë's.",
        ),
        (
            MONEY,
            replace(BILL, since=MAR),
            "1",
            FEB,
            "Invoice I-1 is of 01 Mar 2026; nothing is applied as early as 01 Feb 2026.",
        ),
        (
            replace(MONEY, since=MAR),
            BILL,
            "1",
            FEB,
            "Payment P-1 is of 01 Mar 2026; nothing is applied as early as 01 Feb 2026.",
        ),
        (MONEY, replace(BILL, status="Draft"), "1", FEB, "Invoice I-1 is a draft; nothing can be applied yet."),
        (MONEY, replace(BILL, status="Voided"), "1", FEB, "Invoice I-1 is voided; nothing can be applied."),
        (MONEY, replace(BILL, status="Canceled"), "1", FEB, "Invoice I-1 is canceled; nothing can be applied."),
        (replace(MONEY, status="Draft"), BILL, "1", FEB, "Payment P-1 is a draft; nothing can be applied yet."),
        (replace(MONEY, status="Canceled"), BILL, "1", FEB, "Payment P-1 is canceled; nothing can be applied."),
        (replace(MEMO, status="Pending"), BILL, "1", FEB, "Credit memo CM-1 is pending; nothing can be applied yet."),
        (MONEY, BILL, "0", FEB, "0 is no amount: it must be more than nothing."),
        (MONEY, BILL, "-5", FEB, "-5 is no amount: it must be more than nothing."),
        (MONEY, BILL, "1.005", FEB, "1.005 cannot be paid in EUR, which has 2 digits behind the point."),
    ],
)
def test_what_is_refused_and_in_which_words(source: Side, bill: Side, amount: str, on: date, sentence: str) -> None:
    assert refused(source, bill, amount, on) == sentence


def test_yen_have_no_digits_behind_the_point() -> None:
    bill, money = replace(BILL, currency="JPY"), replace(MONEY, currency="JPY")
    assert "no digits behind the point" in refused(money, bill, "1.5", FEB)


def test_what_came_in_with_more_digits_can_be_used_up_to_the_last_of_them() -> None:
    check_apply(
        replace(MONEY, total=Decimal("99.9950")), replace(BILL, total=Decimal("99.995")), Decimal("99.995"), FEB
    )


def test_an_amount_dated_back_must_fit_on_every_later_day() -> None:
    """On 1 February 100 were open, but from 1 March 70 of them were paid, and only on 1 April 50 came back."""
    bill = replace(BILL, steps=((MAR, Decimal(-70)), (APR, Decimal(50))))
    assert bill.left == Decimal(80)
    assert bill.room(FEB).amount == Decimal(30)
    assert (
        refused(MONEY, bill, "30.01", FEB) == "30.01 EUR is more than the 30.00 EUR open on invoice I-1 on 01 Mar 2026."
    )
    check_apply(MONEY, bill, Decimal(30), FEB)
    check_apply(MONEY, bill, Decimal(80), APR)


def test_unapplying_never_takes_off_more_than_is_on_nor_earlier() -> None:
    applied = Standing("the payment P-1 on invoice I-1", "EUR", Decimal(50), FEB, taken_back=Decimal(20))
    check_unapply(applied, Decimal(30), FEB)
    with pytest.raises(RequestError, match=r"30\.01 EUR cannot be unapplied: 30\.00 EUR of the payment P-1 on invoice"):
        check_unapply(applied, Decimal("30.01"), FEB)
    with pytest.raises(RequestError, match="was applied on 01 Feb 2026; it cannot be unapplied on 31 Jan 2026"):
        check_unapply(applied, Decimal(1), FEB - timedelta(days=1))
    with pytest.raises(RequestError, match="Nothing is left of the payment P-1"):
        check_unapply(replace(applied, taken_back=Decimal(50)), Decimal(1), MAR)


def test_only_what_is_not_applied_is_given_back() -> None:
    money = MONEY.used(Decimal(50), FEB)
    check_refund(money, Decimal(30), MAR)
    with pytest.raises(RequestError, match=r"30\.01 EUR is more than the 30\.00 EUR unapplied of payment P-1"):
        check_refund(money, Decimal("30.01"), MAR)
    with pytest.raises(RequestError, match=r"more than the 30\.00 EUR unapplied of payment P-1 on 01 Feb 2026"):
        check_refund(money, Decimal(31), JAN)
    with pytest.raises(RequestError, match="came in on 01 Jan 2026"):
        check_refund(money, Decimal(1), date(2025, 12, 31))
    with pytest.raises(RequestError, match="is draft"):
        check_refund(replace(money, status="Draft"), Decimal(1), MAR)


def test_what_was_used_is_not_withdrawn_earlier() -> None:
    check_withdrawal(MONEY.used(Decimal(50), FEB), FEB, "canceled")
    with pytest.raises(RequestError, match="was last used on 01 Feb 2026; it cannot be canceled as of 01 Jan 2026"):
        check_withdrawal(MONEY.used(Decimal(50), FEB), JAN, "canceled")
    with pytest.raises(RequestError, match="was last used on 01 Jan 2026"):
        check_withdrawal(MONEY, date(2025, 12, 31), "canceled")


@given(
    total=st.integers(1, 100),
    moves=st.lists(st.tuples(st.integers(0, 9), st.integers(-50, 50)), max_size=8),
    on=st.integers(0, 9),
)
def test_the_room_is_the_least_that_any_later_day_ends_with(total: int, moves: list[tuple[int, int]], on: int) -> None:
    steps = tuple((JAN + timedelta(days=day), Decimal(change)) for day, change in moves)
    side = replace(BILL, total=Decimal(total), steps=steps)
    ends = [total + sum(change for day, change in moves if day <= end) for end in range(on, 10)]
    room = side.room(JAN + timedelta(days=on))
    assert room.amount == min(ends)
    assert ends[(room.day - JAN).days - on] == min(ends)
