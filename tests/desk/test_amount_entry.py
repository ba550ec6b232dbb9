"""An amount is read as people of several countries type it, and nothing else is taken for one."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some

from duedesk.desk.amount_entry import read
from duedesk.desk.format import amount


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("1234", "1234"),
        ("1234.5", "1234.5"),
        ("1,234.50", "1234.50"),
        ("1.234,50", "1234.50"),
        ("12,5", "12.5"),
        ("1,234", "1234"),
        ("1.234", "1.234"),
        ("1,234,567", "1234567"),
        ("1.234.567", "1234567"),
        ("1 234,50", "1234.50"),
        ("1’234.50", "1234.50"),
        ("−12.30", "-12.30"),
        (".5", "0.5"),
        ("5.", "5"),
        (" 7 ", "7"),
    ],
)
def test_amounts_are_read(typed: str, meant: str) -> None:
    assert read(typed) == Decimal(meant)


@pytest.mark.parametrize("typed", ["", "-", ".", "twelve", "1.2.3,4", "12,34,5", "1,23.4", "NaN", "Infinity", "1e5"])
def test_what_is_no_amount_is_not(typed: str) -> None:
    assert read(typed) is None


@given(some.decimals(-(10**12), 10**12, places=2))
def test_what_the_desk_writes_it_reads(held: Decimal) -> None:
    assert read(amount(held, "EUR")) == held
