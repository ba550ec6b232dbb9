"""How amounts are written, and which of them nobody may guess."""

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duedesk.domain.errors import Severity
from duedesk.exchange.amounts import DecimalMark, proven_mark, read_amount, read_number
from duedesk.exchange.cells import Broken, Figure, Truth
from duedesk.exchange.faults import Unreadable

POINT, COMMA = DecimalMark.POINT, DecimalMark.COMMA


@pytest.mark.parametrize(
    ("text", "currency", "mark", "amount"),
    [
        ("119.00", "EUR", None, "119.00"),
        (" 119.00 ", "EUR", None, "119.00"),
        ("1,234.56", "EUR", None, "1234.56"),
        ("1.234,56", "EUR", None, "1234.56"),
        ("1 234,56", "EUR", None, "1234.56"),
        ("1\u00a0234,56", "EUR", None, "1234.56"),
        ("1\u202f234,56", "EUR", None, "1234.56"),
        ("1'234.50", "CHF", None, "1234.50"),
        ("1’234’567.50", "CHF", None, "1234567.50"),
        ("12,34,567.89", "INR", None, "1234567.89"),
        ("1.234.567", "EUR", None, "1234567"),
        ("€119.00", "EUR", None, "119.00"),
        ("119,00 €", "EUR", None, "119.00"),
        ("$ 119.00", "CAD", None, "119.00"),
        ("100 EUR", "EUR", None, "100"),
        ("kr 5,50", "SEK", None, "5.50"),
        ("119.0000", "EUR", None, "119"),
        (".50", "EUR", None, "0.50"),
        ("119.005", "BHD", None, "119.005"),
        ("1234", "JPY", None, "1234"),
        ("1.234", "EUR", COMMA, "1234"),
        ("1,234", "EUR", POINT, "1234"),
        ("(100.00)", "EUR", None, "-100"),
        ("100.00-", "EUR", None, "-100"),
        ("−100.00", "EUR", None, "-100"),
        ("-0.00", "EUR", None, "0"),
        ("+5.00", "EUR", None, "5"),
    ],
)
def test_what_an_amount_says(text: str, currency: str, mark: DecimalMark | None, amount: str) -> None:
    assert read_amount(text, currency, mark) == Decimal(amount)


@pytest.mark.parametrize(
    "text",
    [
        "NaN",
        "sNaN",
        "Infinity",
        "-inf",
        "1e400",
        "1.19E+02",
        "1_000",
        "0x1A",
        "١٢٣.٠٠",
        "１２３",
        "#REF!",
        "#N/A",
        "12 34",
        "1,23,4.56",
        "1.234,5.6",
        "--5",
        "(-5)",
        "5-5",
        "119.",
        ".",
        "1,,234.00",
        "€5€",
        "five",
        "1\n2",
        "1" * 70,
    ],
)
def test_what_is_no_amount(text: str) -> None:
    with pytest.raises(Unreadable, match="is no amount"):
        read_amount(text, "EUR", None)


@pytest.mark.parametrize("text", ["1.234", "1,234", "119.005", "999,999"])
def test_three_digits_behind_a_single_mark_are_asked_about(text: str) -> None:
    with pytest.raises(Unreadable, match="may be") as asked:
        read_amount(text, "EUR", None)
    assert asked.value.severity is Severity.QUESTION
    assert "--decimal" in asked.value.remedy


def test_the_answer_to_a_question_decides_it() -> None:
    """119.005 with a decimal point has a digit too many; with a decimal comma it is a round sum."""
    with pytest.raises(Unreadable, match="more decimals than EUR"):
        read_amount("119.005", "EUR", POINT)
    assert read_amount("119.005", "EUR", COMMA) == 119005


@pytest.mark.parametrize(
    ("text", "currency", "why"),
    [
        ("119.005", "EUR", "more decimals"),
        ("110.50", "JPY", "more decimals than JPY, which has none"),
        ("1.2345", "BHD", "more decimals"),
        ("99999999999999999999.99", "EUR", "larger than the largest"),
        ("1000000000000.01", "EUR", "larger than the largest"),
        ("€119.00", "USD", "not in USD"),
        ("119.00 GBP", "EUR", "not in EUR"),
        ("$5", "EUR", "not in EUR"),
    ],
)
def test_amounts_no_document_can_have(text: str, currency: str, why: str) -> None:
    with pytest.raises(Unreadable, match=why):
        read_amount(text, currency, POINT)


def test_the_other_decimal_mark_is_named() -> None:
    with pytest.raises(Unreadable, match="decimal point; this file writes a decimal comma"):
        read_amount("1,234.56", "EUR", COMMA)


def test_figures_of_a_spreadsheet_keep_fifteen_digits() -> None:
    assert read_amount(Figure("119.05000000000001"), "EUR", None) == Decimal("119.05")
    assert read_amount(Figure("1.19E+2"), "EUR", None) == 119
    with pytest.raises(Unreadable, match="more decimals"):
        read_amount(Figure("119.005"), "EUR", None)
    with pytest.raises(Unreadable, match="larger"):
        read_amount(Figure("1E+300"), "EUR", None)


def test_yes_is_never_one() -> None:
    with pytest.raises(Unreadable, match="no amount"):
        read_amount(Truth(value=True), "EUR", None)
    with pytest.raises(Unreadable, match="error of the spreadsheet"):
        read_amount(Broken("#DIV/0!", "is an error of the spreadsheet"), "EUR", None)


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("1,234.56", POINT),
        ("1.234,56", COMMA),
        ("119.00", POINT),
        ("119,0", COMMA),
        ("1.234.567", COMMA),
        ("0.500", POINT),
        ("1234.567", POINT),
        ("1.234", None),
        ("1234", None),
        ("1'234", None),
        ("31.12.2026", None),
        ("text, with. marks", None),
    ],
)
def test_what_the_writing_proves_of_the_decimal_mark(text: str, mark: DecimalMark | None) -> None:
    assert proven_mark(text) is mark


def test_rates_and_quantities() -> None:
    assert read_number("19 %", None) == 19
    assert read_number("1,5", COMMA) == Decimal("1.5")
    assert read_number("", None) is None
    with pytest.raises(Unreadable, match="four decimals"):
        read_number("0.12345", POINT)


@given(st.text(max_size=80))
def test_any_text_is_an_amount_or_has_its_sentence(text: str) -> None:
    for mark in (None, POINT, COMMA):
        with suppress(Unreadable):
            amount = read_amount(text, "EUR", mark)
            assert amount is None or amount.is_finite()


@given(st.decimals(0, 10**12, places=2), st.sampled_from([POINT, COMMA]))
def test_what_is_written_is_read(amount: Decimal, mark: DecimalMark) -> None:
    grouped = f"{amount:,.2f}"
    written = grouped if mark is POINT else grouped.translate(str.maketrans(",.", ".,"))
    assert read_amount(written, "EUR", None) == amount
    assert read_amount(written, "EUR", mark) == amount
