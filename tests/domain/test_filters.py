"""A filter is a value: narrowed and sorted into new ones, and a bucket's filter finds what the bucket holds."""

from datetime import date
from decimal import Decimal

import pytest

from duedesk.domain.aging import DEFAULT_BUCKETS, Basis, Buckets
from duedesk.domain.filters import OPEN, All, AnyOf, Compare, Condition, Filter, Not, Operator, Order, in_bucket
from duedesk.domain.objects import CATALOG

TODAY = date(2026, 11, 23)
POSTED = Compare("Status", Operator.EQ, "Posted")
LATE = Compare("DaysInvoiceOverdue", Operator.GT, 30)


def test_a_filter_that_says_nothing_asks_for_every_invoice() -> None:
    asked = Filter(TODAY)
    assert (asked.object, asked.where, asked.search, asked.known_on, asked.order_by) == ("Invoice", None, "", None, ())


def test_narrowing_keeps_what_was_asked_already() -> None:
    once = Filter(TODAY, search="acme").narrowed(POSTED)
    assert once.where == POSTED
    twice = once.narrowed(LATE)
    assert twice.where == All((POSTED, LATE))
    assert twice.search == "acme"
    assert Filter(TODAY).narrowed(POSTED, LATE) == Filter(TODAY, where=All((POSTED, LATE)))
    assert twice.narrowed() is twice


def test_a_choice_that_is_narrowed_stays_a_choice() -> None:
    either = AnyOf((POSTED, LATE))
    assert Filter(TODAY, where=either).narrowed(OPEN).where == All((either, OPEN))


def test_sorting_again_replaces_the_order() -> None:
    by_due = Filter(TODAY, where=POSTED).sorted_by(Order("DueDate"))
    assert by_due.sorted_by(Order("Balance", descending=True)).order_by == (Order("Balance", descending=True),)
    assert by_due.where == POSTED


def test_the_same_question_twice_is_one_question() -> None:
    assert {Filter(TODAY).narrowed(POSTED), Filter(TODAY, where=POSTED)} == {Filter(TODAY).narrowed(POSTED)}


def holds(condition: Condition, **values: int | Decimal) -> bool:
    """Tell whether a condition over numbers holds, the plainest way."""
    match condition:
        case All(parts):
            return all(holds(part, **values) for part in parts)
        case AnyOf(parts):
            return any(holds(part, **values) for part in parts)
        case Not(part):
            return not holds(part, **values)
        case Compare(path, Operator.WITHIN, (least, most)):
            assert least is None or isinstance(least, int)
            assert most is None or isinstance(most, int)
            return (least is None or values[path] >= least) and (most is None or values[path] <= most)
        case Compare(path, operator, value):
            assert isinstance(value, int | Decimal)
            found = {
                Operator.GT: values[path] > value,
                Operator.GE: values[path] >= value,
                Operator.LE: values[path] <= value,
            }
            return found[operator]


@pytest.mark.parametrize("buckets", [DEFAULT_BUCKETS, Buckets((15,)), Buckets((30, 60, 90, 120))], ids=str)
@pytest.mark.parametrize(("basis", "path"), [(Basis.DUE, "DaysInvoiceOverdue"), (Basis.INVOICE, "DaysInvoiceOpen")])
def test_a_click_on_a_bucket_finds_what_the_bucket_holds(buckets: Buckets, basis: Basis, path: str) -> None:
    for days in range(-130, 131):
        found = [
            index
            for index in range(len(buckets))
            if holds(All(in_bucket(buckets, index, basis)), Balance=Decimal("0.01"), **{path: days})
        ]
        assert found == [buckets.index(days)]


def test_what_is_paid_is_in_no_bucket() -> None:
    for index in (*range(len(DEFAULT_BUCKETS)), None):
        assert not holds(All(in_bucket(DEFAULT_BUCKETS, index)), Balance=Decimal(0), DaysInvoiceOverdue=40)


def test_a_click_on_a_whole_row_finds_all_that_is_open() -> None:
    assert in_bucket(DEFAULT_BUCKETS, None) == (OPEN,)


def test_the_filters_own_paths_are_in_the_catalogue() -> None:
    for basis in Basis:
        for index in range(len(DEFAULT_BUCKETS)):
            for condition in in_bucket(DEFAULT_BUCKETS, index, basis):
                assert isinstance(condition, Compare)
                assert CATALOG.object("Invoice").field(condition.path).name == condition.path
