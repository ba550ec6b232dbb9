"""One bucket rule for the whole program, and agings that add up or say by how much they do not."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duedesk.domain.aging import (
    DEFAULT_BUCKETS,
    LAST_EDGE,
    Aging,
    AgingRequest,
    AgingRow,
    Basis,
    Buckets,
    total_by_currency,
)
from duedesk.domain.errors import RequestError
from duedesk.domain.grouping import ACCOUNT

FOUR_MONTHS = Buckets((30, 60, 90, 120))
EDGES = st.lists(st.integers(1, 400), min_size=1, max_size=8, unique=True).map(sorted).map(tuple)


@pytest.mark.parametrize(
    ("days", "bucket"),
    [
        (-30, "not_due"),
        (-1, "not_due"),
        (0, "not_due"),
        (1, "1-30"),
        (29, "1-30"),
        (30, "1-30"),
        (31, "31-60"),
        (60, "31-60"),
        (61, "61-90"),
        (90, "61-90"),
        (91, "91-120"),
        (120, "91-120"),
        (121, "over_120"),
        (4000, "over_120"),
    ],
)
def test_a_bucket_is_closed_at_its_upper_end(days: int, bucket: str) -> None:
    assert FOUR_MONTHS.keys[FOUR_MONTHS.index(days)] == bucket


def test_the_buckets_nobody_chose_end_at_30_60_and_90_days() -> None:
    assert DEFAULT_BUCKETS.keys == ("not_due", "1-30", "31-60", "61-90", "over_90")
    assert Buckets((1, 30)).labels == ("Not due", "1", "2–30", "Over 30")
    assert DEFAULT_BUCKETS.labels == ("Not due", "1–30", "31–60", "61–90", "Over 90")
    assert len(DEFAULT_BUCKETS) == 5


@pytest.mark.parametrize(
    ("edges", "keys"),
    [
        ((45,), ("not_due", "1-45", "over_45")),
        ((7, 14), ("not_due", "1-7", "8-14", "over_14")),
        ((15, 30, 60, 90, 120, 180, 365), None),
    ],
)
def test_custom_buckets_too_have_one_for_not_due_and_one_for_older(
    edges: tuple[int, ...], keys: tuple[str, ...] | None
) -> None:
    buckets = Buckets(edges)
    assert keys is None or buckets.keys == keys
    assert len(buckets) == len(buckets.keys) == len(buckets.labels) == len(edges) + 2
    assert buckets.index(0) == 0
    assert buckets.index(edges[-1]) == len(buckets) - 2
    assert buckets.index(edges[-1] + 1) == buckets.index(100_000) == len(buckets) - 1


@given(EDGES, st.integers(-500, 500))
def test_a_day_lies_between_the_days_of_its_bucket_and_of_no_other(edges: tuple[int, ...], days: int) -> None:
    buckets = Buckets(edges)
    holding = []
    for index in range(len(buckets)):
        first, last = buckets.days(index)
        if (first is None or first <= days) and (last is None or days <= last):
            holding.append(index)
    assert holding == [buckets.index(days)]


@pytest.mark.parametrize(
    "as_of", [date(2012, 12, 31), date(2024, 2, 29), date(2024, 3, 1), date(2023, 3, 1), date(2026, 11, 23)]
)
@pytest.mark.parametrize("buckets", [DEFAULT_BUCKETS, FOUR_MONTHS, Buckets((1, 365))], ids=str)
def test_the_dates_a_query_compares_with_put_every_due_date_in_the_same_bucket(as_of: date, buckets: Buckets) -> None:
    oldest = buckets.oldest_dates(as_of)
    assert len(oldest) == len(buckets) - 1
    for days in range(-400, 401):
        due = as_of - timedelta(days=days)
        by_date = next((index for index, day in enumerate(oldest) if due >= day), len(oldest))
        assert by_date == buckets.index((as_of - due).days)


def test_the_calendars_first_days_have_buckets_too() -> None:
    assert DEFAULT_BUCKETS.oldest_dates(date(1, 2, 1)) == (date(1, 2, 1), date(1, 1, 2), date.min, date.min)


@pytest.mark.parametrize(
    ("text", "edges"), [("30,60,90", (30, 60, 90)), ("45", (45,)), (" 7, 14 ,21", (7, 14, 21)), ("36500", (LAST_EDGE,))]
)
def test_buckets_are_read_as_people_list_them(text: str, edges: tuple[int, ...]) -> None:
    assert Buckets.parse(text) == Buckets(edges)


@pytest.mark.parametrize("text", ["", ",", "30,", "thirty", "30;60", "30.5", "1-30", "9" * 5000])
def test_what_is_no_list_of_days_is_refused(text: str) -> None:
    with pytest.raises(RequestError, match="is no list of days") as refused:
        Buckets.parse(text)
    assert refused.value.hint == "Give upper ends in days, such as 30,60,90."


@pytest.mark.parametrize("text", ["0", "-30,30", "0,30", "60,30", "30,30", "30,90,60"])
def test_buckets_that_do_not_grow_are_refused(text: str) -> None:
    with pytest.raises(RequestError, match=f"Buckets {text} do not grow"):
        Buckets.parse(text)


def test_no_buckets_at_all_are_refused() -> None:
    with pytest.raises(RequestError, match="do not grow"):
        Buckets(())


def test_a_bucket_beyond_a_hundred_years_is_refused() -> None:
    with pytest.raises(RequestError, match="36501 days are more than a hundred years"):
        Buckets.parse("30,36501")


def row(name: str, currency: str, *buckets: str, unapplied: str = "0", balance: str | None = None) -> AgingRow:
    amounts = tuple(map(Decimal, buckets))
    total = sum(amounts, Decimal(unapplied)) if balance is None else Decimal(balance)
    return AgingRow(1, name, currency, amounts, Decimal(unapplied), total)


ACME = row("Acme Ltd", "EUR", "100.00", "50.00", "0", "0", "12.50", unapplied="-40.00")
ACME_IN_DOLLARS = row("Acme Ltd", "USD", "0", "0", "75.10", "0", "0")
BORG = row("Borg AB", "EUR", "0.01", "0", "0", "0", "0")


def test_not_due_and_buckets_and_unapplied_make_the_balance() -> None:
    assert ACME.open == Decimal("162.50")
    assert ACME.overdue == Decimal("62.50")
    assert ACME.balance == Decimal("122.50")
    assert ACME.difference == 0


def test_a_row_that_does_not_add_up_says_by_how_much() -> None:
    wrong = row("Acme Ltd", "EUR", "100.00", "0", "0", "0", "0", unapplied="-40.00", balance="60.01")
    assert wrong.difference == Decimal("-0.01")
    request = AgingRequest(date(2026, 11, 23))
    assert Aging(request, (ACME, wrong, BORG), total_by_currency((ACME, BORG))).mismatches == (wrong,)
    assert Aging(request, (ACME, BORG), total_by_currency((ACME, wrong, BORG))).mismatches[0].name == "Total"
    assert Aging(request, (ACME, BORG), total_by_currency((ACME, BORG))).mismatches == ()


def test_totals_are_one_a_currency_and_currencies_are_never_added_together() -> None:
    euro, dollar = total_by_currency((ACME_IN_DOLLARS, ACME, BORG))
    assert (euro.currency, dollar.currency) == ("EUR", "USD")
    assert euro.name == "Total"
    assert euro.key is None
    assert euro.buckets == tuple(map(Decimal, ("100.01", "50.00", "0", "0", "12.50")))
    assert (euro.unapplied, euro.balance) == (Decimal("-40.00"), Decimal("122.51"))
    assert (dollar.buckets, dollar.balance) == (ACME_IN_DOLLARS.buckets, Decimal("75.10"))


def test_an_aging_of_nobody_has_no_totals() -> None:
    assert total_by_currency(()) == ()


def test_eight_buckets_have_eight_totals() -> None:
    many = row("Acme Ltd", "EUR", *"12345678")
    (total,) = total_by_currency((many, many))
    assert total.buckets == tuple(2 * Decimal(digit) for digit in "12345678")


def test_rows_with_different_buckets_cannot_be_added() -> None:
    with pytest.raises(ValueError, match="shorter"):
        total_by_currency((ACME, row("Borg AB", "EUR", "1", "2")))


AMOUNTS = st.decimals(-1_000_000, 1_000_000, places=2)
ROWS = st.lists(
    st.builds(
        lambda currency, buckets, unapplied: row("A", currency, *map(str, buckets), unapplied=str(unapplied)),
        st.sampled_from(["EUR", "USD", "JPY"]),
        st.lists(AMOUNTS, min_size=5, max_size=5),
        AMOUNTS,
    )
).map(tuple)


@given(ROWS)
def test_totals_of_rows_that_add_up_add_up(rows: tuple[AgingRow, ...]) -> None:
    totals = total_by_currency(rows)
    assert not Aging(AgingRequest(date(2026, 11, 23)), rows, totals).mismatches
    assert [total.currency for total in totals] == sorted({one.currency for one in rows})
    for total in totals:
        assert total.balance == sum(one.balance for one in rows if one.currency == total.currency)


def test_an_aging_that_asks_for_nothing_special_is_by_account_and_due_date() -> None:
    request = AgingRequest(date(2026, 11, 23))
    assert (request.by, request.basis, request.buckets) == ((ACCOUNT,), Basis.DUE, DEFAULT_BUCKETS)
    assert (request.known_on, request.currency) == (None, None)
    assert [str(basis) for basis in Basis] == ["due", "invoice"]
