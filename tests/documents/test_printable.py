"""Text as paper can carry it."""

import pytest

from duedesk.documents.printable import clusters, never_printed, printable, shortened


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Brookwell Capital Ltd", "Brookwell Capital Ltd"),
        (" two  spaces\t\r\nand a line ", "two spaces and a line"),
        ("a\u202eb\u2066c\u200fd\u061ce", "abcde"),
        ("nul\x00bell\x07escape\x1b[31m", "nulbellescape[31m"),
        ("soft\u00adhyphen", "softhyphen"),
        ("e\u0301", "é"),
        ("क्\u200dष", "क्\u200dष"),
        ("\ud800 \ue000 \u0378", "□ □ □"),
        ("7\xa0December\xa02026", "7\xa0December\xa02026"),
        ("full　width\u2003space\u2028line", "full width space line"),
        ("7c9e6679-7425-40de-944b-e07fc1f90ae7", "7c9e6679-7425-40de-944b-e07fc1f90ae7"),
        ("billing@brookwell-capital.example", "billing@brookwell-capital.example"),
    ],
)
def test_what_is_printed_of_a_text(text: str, shown: str) -> None:
    assert printable(text) == shown


def test_only_words_longer_than_a_column_get_places_to_break() -> None:
    assert "\u200b" not in printable("Donaudampfschifffahrtsgesellschaft")
    assert "\u200b" not in printable("株式会社" * 20)
    assert "\u200b" not in printable("ทดสอบ" * 20)
    broken = printable("W" * 60)
    assert max(map(len, broken.split("\u200b"))) == 12
    assert broken.replace("\u200b", "") == "W" * 60


def test_marks_stay_with_what_they_mark() -> None:
    assert list(clusters("ae\u0301\u0302x")) == ["a", "e\u0301\u0302", "x"]
    assert list(clusters("क्\u200dष")) == ["क्\u200dष"]
    assert list(clusters("")) == []


def test_what_no_font_can_know() -> None:
    assert list(never_printed("A\ue000b\U0010ffffc\u0378")) == ["\ue000", "\U0010ffff", "\u0378"]


def test_long_names_are_cut_by_what_they_take_of_a_line() -> None:
    assert shortened("Société Lenoir", 22) == "Société Lenoir"
    assert shortened("W" * 40, 22) == "W" * 22 + "…"
    assert shortened("Grande société de commerce international", 12) == "Grande société de c…"
    assert shortened("e\u0301" * 30, 12) == "e\u0301" * 20 + "…"
