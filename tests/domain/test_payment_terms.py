"""When an invoice is due and in which parts: net days, end of month, fixed day, instalments, discount."""

import json
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duedesk.domain.errors import RequestError
from duedesk.domain.money import is_payable
from duedesk.domain.payment_terms import (
    Instalment,
    Item,
    Term,
    check_term,
    discount,
    due_date,
    due_on,
    instalments,
    later_amounts,
)

D = Decimal


@pytest.mark.parametrize(
    ("item", "invoice_date", "due"),
    [
        (Item(30), "2026-04-01", "2026-05-01"),  # the example of the object's documentation
        (Item(0), "2026-04-01", "2026-04-01"),
        (Item(0, "Months", 31), "2026-02-03", "2026-02-28"),  # end of month
        (Item(0, "Months", 31), "2024-02-29", "2024-02-29"),
        (Item(30, "Days", 31), "2026-01-15", "2026-02-28"),  # 30 days, then the end of that month
        (Item(0, "Months", 31, 30), "2026-01-15", "2026-03-02"),  # end of month plus 30 days
        (Item(1, "Months"), "2026-01-31", "2026-02-28"),  # cut to the month's end
        (Item(1, "Months", 15), "2026-11-23", "2026-12-15"),  # the 15th of next month
        (Item(0, "Months", 15), "2026-11-23", "2026-11-15"),  # of this month, though it is past
        (Item(0, "Days", 15), "2026-11-23", "2026-12-15"),  # the next 15th
        (Item(0, "Days", 15), "2026-11-15", "2026-11-15"),
        (Item(10, "Days", 5), "2026-12-28", "2027-02-05"),
        (Item(2, "Months", 15, 30), "2011-10-01", "2012-01-14"),
        (Item(12, "Months"), "2024-02-29", "2025-02-28"),
    ],
)
def test_a_part_is_due(item: Item, invoice_date: str, due: str) -> None:
    assert due_on(item, date.fromisoformat(invoice_date)) == date.fromisoformat(due)


def test_net_days_are_one_part() -> None:
    assert instalments(Term(30), date(2026, 1, 31), D("99.90"), "EUR") == (Instalment(date(2026, 3, 2), D("99.90")),)


def test_the_rest_takes_the_rounding_wherever_it_stands() -> None:
    third = D("33.33")
    term = Term(items=(Item(0, percentage=third), Item(30), Item(60, percentage=third)))
    parts = instalments(term, date(2026, 1, 1), D("100.00"), "EUR")
    assert [part.amount for part in parts] == [D("33.33"), D("33.34"), D("33.33")]
    assert [part.amount for part in instalments(term, date(2026, 1, 1), D(100), "JPY")] == [D(33), D(34), D(33)]


def test_a_fixed_part_is_never_more_than_what_is_left() -> None:
    term = Term(items=(Item(10, amount=D(400)), Item(20, amount=D(400)), Item(30)))
    parts = instalments(term, date(2026, 1, 1), D(500), "EUR")
    assert [(part.due.day, part.amount) for part in parts] == [(11, D(400)), (21, D(100))]


def test_parts_come_in_the_order_they_are_due_and_know_what_follows() -> None:
    term = Term(items=(Item(60), Item(10, percentage=D(30)), Item(30, percentage=D(50))))
    parts = instalments(term, date(2026, 1, 1), D(200), "EUR")
    assert [part.amount for part in parts] == [D(60), D(100), D(40)]
    assert later_amounts(parts) == (D(140), D(40), D(0))
    assert due_date(term, date(2026, 1, 1), D(200), "EUR") == date(2026, 3, 2)


def test_two_ten_net_thirty() -> None:
    term = Term(30, discount_percent=D(2), discount_days=10)
    found = discount(term, date(2026, 11, 23), D("1234.56"), "EUR")
    assert found is not None
    assert (found.until, found.amount) == (date(2026, 12, 3), D("24.69"))
    assert due_date(term, date(2026, 11, 23), D("1234.56"), "EUR") == date(2026, 12, 23)
    assert discount(Term(30), date(2026, 11, 23), D(100), "EUR") is None
    assert discount(term, date(2026, 11, 23), D(0), "EUR") is None


@pytest.mark.parametrize(
    "term",
    [
        Term(-1),
        Term(3_651),
        Term(30, discount_percent=D(2)),
        Term(30, discount_days=10),
        Term(30, discount_percent=D(100), discount_days=10),
        Term(30, discount_percent=D(2), discount_days=-1),
        Term(items=(Item(1, "Weeks"),)),
        Term(items=(Item(-1),)),
        Term(items=(Item(121, "Months"),)),
        Term(items=(Item(1, "Months", 32),)),
        Term(items=(Item(1, added_days=-1),)),
        Term(items=(Item(1, percentage=D(50), amount=D(5)), Item(2))),
        Term(items=(Item(1, percentage=D(0)), Item(2))),
        Term(items=(Item(1, amount=D(-1)), Item(2))),
        Term(items=(Item(1), Item(2))),
        Term(items=(Item(1, percentage=D(60)), Item(2, percentage=D(60)))),
        Term(items=(Item(1, percentage=D(60)), Item(2, percentage=D(30)))),
        Term(items=(Item(1, amount=D(60)),)),
        Term(items=(Item(1, percentage=D(100)), Item(2))),
        Term(items=(Item(1, percentage=D(100)), Item(2, amount=D(5)))),
    ],
)
def test_a_term_that_makes_no_whole_is_refused(term: Term) -> None:
    with pytest.raises(RequestError):
        check_term(term)


def test_a_day_beyond_the_calendar_is_refused() -> None:
    for item in (Item(3_650), Item(120, "Months")):
        with pytest.raises(RequestError):
            due_on(item, date(2199, 1, 1))


def test_the_case_of_four_parts(shared: Path) -> None:
    case = json.loads((shared / "cases" / "try-term-1.json").read_text("utf-8"))
    quarter = D(25)
    term = Term(
        items=(
            Item(30, percentage=quarter),
            Item(1, "Months", percentage=quarter),
            Item(1, "Months", added_days=30, amount=D("396.84")),
            Item(2, "Months", 15, 30),
        )
    )
    check_term(term)
    parts = instalments(term, date.fromisoformat(case["invoice_date"]), D(case["amount"]), "EUR")
    assert [[part.due.isoformat(), str(part.amount)] for part in parts] == case["expected"]


def test_the_case_of_nothing_to_pay(shared: Path) -> None:
    case = json.loads((shared / "cases" / "try-term-3.json").read_text("utf-8"))
    for term in (Term(items=(Item(1, "Months"),)), Term(items=(Item(1, percentage=D(25)), Item(1, "Months")))):
        parts = instalments(term, date.fromisoformat(case["invoice_date"]), D(case["amount"]), "EUR")
        assert [(part.due.isoformat(), part.amount) for part in parts] == [
            (day, D(amount)) for day, amount in case["expected"]
        ]


def items() -> st.SearchStrategy[Item]:
    when = st.tuples(st.integers(0, 36), st.sampled_from(["Days", "Months"]), st.none() | st.integers(1, 31))
    size = st.one_of(
        st.builds(lambda share: (D(share), None), st.integers(1, 30)),
        st.builds(lambda cents: (None, D(cents) / 100), st.integers(1, 100_000)),
    )
    return st.builds(
        lambda one, added, much: Item(one[0], one[1], one[2], added, much[0], much[1]), when, st.integers(0, 60), size
    )


@given(
    st.lists(items(), max_size=3),
    st.integers(0, 3),
    st.dates(date(2000, 1, 1), date(2100, 1, 1)),
    st.integers(1, 10**9),
    st.sampled_from([("EUR", 2), ("JPY", 0), ("BHD", 3)]),
)
def test_parts_add_up_to_the_total_and_none_is_nothing(
    fixed: list[Item], place: int, invoice_date: date, minor: int, currency: tuple[str, int]
) -> None:
    code, digits = currency
    total = D(minor).scaleb(-digits)
    term = Term(items=(*fixed[:place], Item(30), *fixed[place:]))
    check_term(term)
    parts = instalments(term, invoice_date, total, code)
    assert sum(part.amount for part in parts) == total
    assert all(part.amount > 0 and is_payable(part.amount, code) for part in parts)
    assert [part.due for part in parts] == sorted(part.due for part in parts)
    assert parts[-1].due == due_date(term, invoice_date, total, code)
    later = later_amounts(parts)
    assert later[0] + parts[0].amount == total
    assert later[-1] == 0


@given(items(), st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_a_day_of_the_month_is_kept_or_the_month_is_too_short(item: Item, invoice_date: date) -> None:
    due = due_on(item, invoice_date) - timedelta(days=item.added_days)
    if item.day_of_month is None:
        return
    assert due.day == item.day_of_month or (
        due.day < item.day_of_month and (due + timedelta(days=1)).month != due.month
    )
    if item.unit == "Days":
        assert 0 <= (due - invoice_date).days - item.period <= 31
