"""The tax within a credit is in proportion, rounded once, and whole where all is credited."""

# A Decimal equals the int of its worth.
# mypy: disable-error-code="comparison-overlap"

from decimal import Decimal

import pytest

from duedesk.domain.credit_share import tax_within


@pytest.mark.parametrize(
    ("credit", "tax"), [("119.00", "19.00"), ("59.50", "9.50"), ("0.00", "0.00"), ("10.00", "1.60")]
)
def test_tax_within_a_credit(credit: str, tax: str) -> None:
    assert tax_within(Decimal(credit), total=Decimal("119"), tax=Decimal("19"), currency="EUR") == Decimal(tax)


def test_all_of_it_takes_all_the_tax_whatever_its_digits() -> None:
    assert tax_within(Decimal("100"), total=Decimal("100"), tax=Decimal("16.6667"), currency="EUR") == Decimal(
        "16.6667"
    )


def test_an_invoice_of_nothing_bore_no_tax() -> None:
    assert tax_within(Decimal("5"), total=Decimal(0), tax=Decimal(0), currency="EUR") == 0
