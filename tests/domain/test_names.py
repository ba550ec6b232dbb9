"""Names are compared whatever their spelling, and never taken for one another."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duedesk.domain.names import fold, tidy


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Müller GmbH", "MÜLLER GMBH"),
        ("Müller GmbH", "Mu\u0308ller GmbH"),  # u and a combining diaeresis
        ("Große Straße", "GROSSE STRASSE"),
        ("Łódź  Sp. z o.o.", " Łódź Sp. z\u00a0o.o. "),
        ("ＡＣＭＥ　株式会社", "acme 株式会社"),  # full width letters and an ideographic space
        ("ﬁrst & co", "First & Co"),
        ("ΟΔΥΣΣΕΥΣ", "οδυσσευς"),
        ("Northwind\u200b Traders", "Northwind Traders"),
        ("\ufeffNorthwind Traders", "Northwind Traders"),
        ("North\u00adwind Traders", "Northwind Traders"),
        ("شركة\u200f النور", "شركة النور"),
        ("TAB\tand\nline", "tab and line"),
    ],
)
def test_one_name_in_two_spellings_folds_to_one(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Muller", "Müller"), ("Acme", "Acme Ltd"), ("A B", "AB"), ("Smith & Co", "Smith and Co"), ("0042", "42")],
)
def test_two_names_stay_two_names(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_tidying_keeps_case_and_width() -> None:
    assert tidy("  Mu\u0308ller \t GmbH\u00a0&\nCo ") == "Müller GmbH & Co"
    assert tidy("ＡＣＭＥ") == "ＡＣＭＥ"
    assert tidy(" \n ") == ""


@given(st.text())
def test_tidying_twice_changes_nothing_more(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)


@given(st.text(st.characters(codec="utf-8")))
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(st.characters(codec="utf-8")))
def test_how_accents_are_stored_makes_no_difference(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))
