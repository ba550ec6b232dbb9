"""What lies on which instalment, whatever is open."""

# A Decimal equals the int of its worth.
# mypy: disable-error-code="comparison-overlap"

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from duedesk.domain.instalments import held, in_order, oldest_due

JUL, AUG, SEP = date(2025, 7, 30), date(2025, 8, 29), date(2025, 9, 28)
THREE = in_order([(AUG, Decimal(50)), (JUL, Decimal(30)), (SEP, Decimal(20))])


def test_payments_fill_the_oldest_first() -> None:
    assert [one.later for one in THREE] == [70, 20, 0]
    assert held(Decimal(100), THREE) == (30, 50, 20)
    assert held(Decimal(60), THREE) == (0, 40, 20)
    assert held(Decimal(20), THREE) == (0, 0, 20)
    assert held(Decimal(5), THREE) == (0, 0, 5)
    assert held(Decimal(0), THREE) == (0, 0, 0)


def test_days_overdue_begin_with_the_oldest_that_is_open() -> None:
    assert oldest_due(Decimal(100), THREE, SEP) == JUL
    assert oldest_due(Decimal(70), THREE, SEP) == AUG
    assert oldest_due(Decimal(20), THREE, SEP) == SEP
    assert oldest_due(Decimal(20), (), AUG) == AUG


def test_what_no_instalment_asks_for_lies_on_the_last() -> None:
    assert held(Decimal(107), THREE) == (30, 50, 27)


@given(
    amounts=st.lists(st.integers(1, 50), min_size=1, max_size=5),
    balance=st.integers(0, 300),
)
def test_nothing_is_lost_and_later_ones_are_full_before_earlier_ones_hold_anything(
    amounts: list[int], balance: int
) -> None:
    parts = in_order((JUL + timedelta(days=30 * place), Decimal(amount)) for place, amount in enumerate(amounts))
    on_each = held(Decimal(balance), parts)
    assert sum(on_each) == balance
    for place, amount in enumerate(on_each[:-1]):
        if amount:
            assert all(
                later >= one.requested for later, one in zip(on_each[place + 1 :], parts[place + 1 :], strict=True)
            )
