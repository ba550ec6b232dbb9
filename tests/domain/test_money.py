"""Amounts are exact: stored, rounded half up and written without losing a digit."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duedesk.domain.errors import RequestError
from duedesk.domain.money import (
    LARGEST_AMOUNT,
    UNITS_PER_ONE,
    from_units,
    grouped,
    is_payable,
    minor_digits,
    plain,
    round_amount,
    to_units,
)

AMOUNTS = st.decimals(-LARGEST_AMOUNT, LARGEST_AMOUNT, places=4)
UNITS = st.integers(-(10**16), 10**16)


@pytest.mark.parametrize(
    ("amount", "currency", "rounded"),
    [
        ("0.125", "EUR", "0.13"),
        ("1.005", "EUR", "1.01"),
        ("2.675", "USD", "2.68"),
        ("0.124999", "EUR", "0.12"),
        ("-0.125", "EUR", "-0.13"),
        ("166.2450", "USD", "166.25"),
        ("0.5", "JPY", "1"),
        ("1.5", "JPY", "2"),
        ("1499.49", "JPY", "1499"),
        ("0.0005", "BHD", "0.001"),
        ("12.34449", "BHD", "12.344"),
        ("0.00005", "CLF", "0.0001"),
        ("38912.87654", "CLF", "38912.8765"),
        ("0.125", "???", "0.13"),
    ],
)
def test_an_amount_is_rounded_half_up_to_its_currencys_minor_unit(amount: str, currency: str, rounded: str) -> None:
    assert str(round_amount(Decimal(amount), currency)) == rounded


def test_an_amount_for_the_yen_has_no_digits_and_one_for_the_bahraini_dinar_three() -> None:
    assert [minor_digits(code) for code in ("EUR", "JPY", "BHD", "CLF")] == [2, 0, 3, 4]
    assert minor_digits("not a currency") == 2


def test_an_amount_is_kept_as_whole_ten_thousandths() -> None:
    assert to_units(Decimal("147703.18")) == 1_477_031_800
    assert to_units(Decimal("-0.0001")) == -1
    assert to_units(Decimal("1E+3")) == 10_000_000
    assert from_units(57_250_600) == Decimal("5725.06")
    assert UNITS_PER_ONE == 10_000


def test_ten_cents_added_ten_times_make_one() -> None:
    assert sum(from_units(to_units(Decimal("0.10"))) for _ in range(10)) == 1


@given(AMOUNTS)
def test_an_amount_comes_back_from_the_database_as_it_went(amount: Decimal) -> None:
    assert from_units(to_units(amount)) == amount


@given(UNITS)
def test_units_come_back_from_python_as_they_went(units: int) -> None:
    assert to_units(from_units(units)) == units


@given(AMOUNTS, AMOUNTS)
def test_adding_amounts_and_adding_units_give_the_same(one: Decimal, other: Decimal) -> None:
    assert from_units(to_units(one) + to_units(other)) == one + other


@pytest.mark.parametrize(
    "amount",
    [
        "0.00001",
        "1.23456",
        "1E-5",
        "1E-400",
        "1.0000000000000000000000000000001",  # the 32nd digit: past what decimal arithmetic keeps by default
        "123456789012.12345678901234567890",
    ],
)
def test_a_fifth_decimal_is_refused_and_never_rounded_away(amount: str) -> None:
    with pytest.raises(RequestError, match="more than four decimals"):
        to_units(Decimal(amount))


@pytest.mark.parametrize("text", ["NaN", "sNaN", "-NaN", "Infinity", "-Infinity", "1E400", "1E+13", "-1000000000001"])
def test_what_is_no_amount_or_too_large_is_refused(text: str) -> None:
    with pytest.raises(RequestError, match="is not an amount between -1,000,000,000,000 and 1,000,000,000,000"):
        to_units(Decimal(text))


def test_the_largest_amount_is_the_last_that_is_taken() -> None:
    assert to_units(LARGEST_AMOUNT) == 10**16
    assert to_units(-LARGEST_AMOUNT) == -(10**16)
    for beyond in ("0.0001", "0.0000000000000000001"):
        with pytest.raises(RequestError, match="is not an amount between"):
            to_units(Decimal(f"1000000000000{beyond.removeprefix('0')}"))


def test_nine_hundred_of_the_largest_still_fit_64_bits() -> None:
    assert 900 * to_units(LARGEST_AMOUNT) < 2**63


@pytest.mark.parametrize(
    ("amount", "currency", "written"),
    [
        ("1234.5", "EUR", "1234.50"),
        ("-1234.5", "EUR", "-1234.50"),
        ("0", "EUR", "0.00"),
        ("-0.00", "EUR", "0.00"),
        ("1000000", "JPY", "1000000"),
        ("1E+3", "JPY", "1000"),
        ("1.5", "BHD", "1.500"),
        ("1.5", "CLF", "1.5000"),
        ("0.005", "EUR", "0.0050"),
        ("12.5", "JPY", "12.5000"),
        ("1000000000000", "EUR", "1000000000000.00"),
    ],
)
def test_machines_read_all_digits_of_the_minor_unit_and_no_grouping(amount: str, currency: str, written: str) -> None:
    assert plain(Decimal(amount), currency) == written
    assert Decimal(written) == Decimal(amount)


@pytest.mark.parametrize(
    ("amount", "currency", "written"),
    [
        ("1234.5", "EUR", "1,234.50"),
        ("-1234.5", "EUR", "−1,234.50"),
        ("-0.00", "EUR", "0.00"),
        ("999.99", "EUR", "999.99"),
        ("1234567", "JPY", "1,234,567"),
        ("1234.5", "BHD", "1,234.500"),
        ("147703.18", "USD", "147,703.18"),
    ],
)
def test_people_read_groups_of_three_and_a_true_minus_sign(amount: str, currency: str, written: str) -> None:
    assert grouped(Decimal(amount), currency) == written


@given(AMOUNTS, st.sampled_from(["EUR", "JPY", "BHD", "CLF"]))
def test_no_digit_is_lost_in_writing(amount: Decimal, currency: str) -> None:
    assert Decimal(plain(amount, currency)) == amount
    assert Decimal(grouped(amount, currency).replace(",", "").replace("−", "-")) == amount


def test_only_whole_minor_units_can_be_paid() -> None:
    assert is_payable(Decimal("0.01"), "EUR")
    assert is_payable(Decimal("0.010"), "EUR")
    assert not is_payable(Decimal("0.015"), "EUR")
    assert not is_payable(Decimal("0.5"), "JPY")
    assert is_payable(Decimal("0.001"), "KWD")
