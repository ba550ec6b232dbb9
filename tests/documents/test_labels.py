"""The words of the layout: dates, lists, days and amounts as a reader expects them."""

from datetime import date
from decimal import Decimal

import pytest

from duedesk.documents.labels import read_labels
from duedesk.domain.errors import RequestError

ENGLISH = read_labels("en")


def plain(text: str) -> str:
    return text.replace("\xa0", " ")


def test_dates_are_unmistakable_and_stay_on_one_line() -> None:
    assert ENGLISH.day_in_full(date(2026, 12, 7)) == "7\xa0December\xa02026"
    assert plain(ENGLISH.day_in_table(date(2026, 5, 7))) == "07 May 2026"
    assert plain(ENGLISH.to_pay_by(date(2026, 12, 7))) == "To pay by 7 December 2026"


@pytest.mark.parametrize(("count", "said"), [(1, "1 day"), (2, "2 days"), (121, "121 days"), (1234, "1,234 days")])
def test_days_overdue(count: int, said: str) -> None:
    assert plain(ENGLISH.days_overdue(count)) == said


@pytest.mark.parametrize(
    ("amount", "currency", "said"),
    [("1250.4", "EUR", "1,250.40 EUR"), ("98000", "JPY", "98,000 JPY"), ("12.345", "KWD", "12.345 KWD")],
)
def test_amounts_have_the_digits_of_their_currency(amount: str, currency: str, said: str) -> None:
    assert plain(ENGLISH.amount(Decimal(amount), currency)) == said


@pytest.mark.parametrize(
    ("parts", "said"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_lists(parts: list[str], said: str) -> None:
    assert ENGLISH.listed(parts) == said


@pytest.mark.parametrize("language", ["xx", "..", "", "en/.."])
def test_a_language_that_is_not_there_is_refused(language: str) -> None:
    with pytest.raises(RequestError, match="no letters in the language"):
        read_labels(language)
