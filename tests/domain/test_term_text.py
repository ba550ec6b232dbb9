"""Payment terms in words: what people write is read, and what is written reads back as it was."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duedesk.domain.errors import RequestError
from duedesk.domain.payment_terms import Item, Term
from duedesk.domain.term_text import parse_discount, parse_item, write_item, write_term

D = Decimal


@pytest.mark.parametrize(
    ("text", "item"),
    [
        ("30 days", Item(30)),
        ("25% 30 days", Item(30, percentage=D(25))),
        ("33.33%  1 Month", Item(1, "Months", percentage=D("33.33"))),
        ("396.84 1 month + 30 days", Item(1, "Months", added_days=30, amount=D("396.84"))),
        ("rest 2 months, day 15 + 30 days", Item(2, "Months", 15, 30)),
        ("0 months end of month", Item(0, "Months", 31)),
        ("10 days on day 5", Item(10, "Days", 5)),
    ],
)
def test_a_part_is_read(text: str, item: Item) -> None:
    assert parse_item(text) == item


@pytest.mark.parametrize(
    "text", ["", "30", "days", "25% days", "-5 days", "30 weeks", "25 % 30 days", "1 month + 2 months"]
)
def test_what_is_no_part_is_refused(text: str) -> None:
    with pytest.raises(RequestError, match="no part of a payment term"):
        parse_item(text)


def test_a_discount_is_read() -> None:
    assert parse_discount("2/10") == (D(2), 10)
    assert parse_discount("2.5% / 14") == (D("2.5"), 14)
    with pytest.raises(RequestError, match="no discount"):
        parse_discount("2-10")


def test_a_term_is_written_in_a_line() -> None:
    assert write_term(Term(30, discount_percent=D("2.00"), discount_days=10)) == "2/10 net 30 days"
    assert write_term(Term(items=(Item(30, percentage=D(25)), Item(1, "Months", 31)))) == (
        "25% 30 days; rest 1 month, end of month"
    )


@given(
    st.builds(
        Item,
        st.integers(0, 3650),
        st.sampled_from(["Days", "Months"]),
        st.none() | st.integers(1, 31),
        st.integers(0, 3650),
        st.none() | st.decimals(D("0.01"), D(100), places=2),
    )
)
def test_a_part_reads_back_as_it_was(item: Item) -> None:
    assert parse_item(write_item(item)) == item
