"""Texts, addresses, currencies and choices: what is read, what is noted, what is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duedesk.domain.catalog import Field
from duedesk.domain.objects import CATALOG
from duedesk.exchange.cells import Broken, Cell, Figure, Truth
from duedesk.exchange.faults import Unreadable
from duedesk.exchange.values import read_choice, read_count, read_currency, read_email, read_flag, read_text

NAME = CATALOG.object("Account").field("Name")
NUMBER = CATALOG.object("Invoice").field("DocumentNumber")
NOTES = CATALOG.object("Account").field("Description")
EMAIL = CATALOG.object("Contact").field("Email")
STATUS = CATALOG.object("Invoice").field("Status")


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("00042", "00042"),
        ("  Acme   Ltd ", "Acme Ltd"),
        ("Zoe\u0301", "Zoé"),
        ("=cmd|' /C calc'!A0", "=cmd|' /C calc'!A0"),
        ("\t=1+1", "=1+1"),
        ("<b>ACME</b>", "<b>ACME</b>"),
        ("{% for i in range(9) %}", "{% for i in range(9) %}"),
        ("'; DROP TABLE invoice;--", "'; DROP TABLE invoice;--"),
        ("\\u0000\\x00", "\\u0000\\x00"),
        ("&lt;b&gt;", "&lt;b&gt;"),
        ("x\u2028Bcc: evil@x.test", "x Bcc: evil@x.test"),
        ("שלום 光 👩‍👩‍👧", "שלום 光 👩‍👩‍👧"),
        ("   ", None),
        (Figure("42", 5), "00042"),
        (Truth(value=True), "TRUE"),
    ],
)
def test_texts_are_kept_as_they_are(written: Cell, kept: str | None) -> None:
    assert read_text(written, NAME) == kept


@pytest.mark.parametrize("character", ["\x00", "\x07", "\x0b", "\x1b", "\x7f", "\x9b", "\uffff", "\ud800"])
def test_control_characters_are_refused_by_name(character: str) -> None:
    with pytest.raises(Unreadable, match=f"U\\+{ord(character):04X}"):
        read_text(f"a{character}b", NAME)


def test_no_text_is_cut() -> None:
    with pytest.raises(Unreadable, match=r"5,000 characters; Invoice takes 255"):
        read_text("I" * 5_000, NUMBER)
    assert read_text("I" * 255, NUMBER) == "I" * 255


def test_areas_keep_their_lines() -> None:
    assert read_text("one  \r\ntwo\n", NOTES) == "one\ntwo"


def test_numbers_a_spreadsheet_has_already_spoilt() -> None:
    with pytest.raises(Unreadable, match="15 digits"):
        read_text(Figure("1234567890123450000"), NUMBER)
    with pytest.raises(Unreadable, match="error of the spreadsheet"):
        read_text(Broken("#N/A", "is an error of the spreadsheet"), NUMBER)


@pytest.mark.parametrize(
    "address", ["a@b.test", "first.last+tag@sub.example.co.uk", "a@xn--80ak6aa92e.test", "o'x@b.de"]
)
def test_one_address(address: str) -> None:
    assert read_email(f" {address} ", EMAIL) == address


@pytest.mark.parametrize(
    "address",
    [
        "a@b.test\nBcc: evil@x.test",
        "a@b.test;evil@x.test",
        "a@b.test, evil@x.test",
        "alice@example.test)bob@evil.test",
        "\u0430@b.test",
        "@",
        "a@",
        "@b.test",
        "a@b",
        "a@[127.0.0.1]",
        "a@b.test\u2028",
        "a@b.test\x00",
        "mailto:a@b.test",
        "Name <a@b.test>",
        '"a b"@c.test',
        "a..b@c.test",
        ".a@c.test",
        "a@-b.test",
        "a@b..test",
        "a@b.test.",
        "a@b.t1",
        "a b@c.test",
        "a@b@c.test",
        "a@b.test(comment)",
        "a" * 65 + "@b.test",
        "a@" + "b" * 250 + ".test",
        "root",
        "ａ@b.test",
    ],
)
def test_what_is_not_one_address(address: str) -> None:
    with pytest.raises(Unreadable):
        read_email(address, EMAIL)


def test_currencies() -> None:
    assert read_currency("EUR") == ("EUR", "")
    assert read_currency("eur") == ("EUR", "“eur” is read as EUR")
    assert read_currency("€") == ("EUR", "“€” is read as EUR")
    assert read_currency("") == (None, "")
    for unknown in ("XYZ", "EURO", "ＥＵＲ", "12", "E UR"):
        with pytest.raises(Unreadable, match="is no currency"):
            read_currency(unknown)
    with pytest.raises(Unreadable, match="several currencies"):
        read_currency("$")


def test_choices() -> None:
    assert read_choice("Posted", STATUS) == ("Posted", "")
    assert read_choice("posted", STATUS) == ("Posted", "“posted” is read as Posted")
    with pytest.raises(Unreadable, match="is no status"):
        read_choice("Paid", STATUS)


def test_flags_and_counts() -> None:
    assert read_flag("Yes") is True
    assert read_flag("0") is False
    assert read_flag(Truth(value=False)) is False
    assert read_flag("") is None
    assert read_count("30") == 30
    assert read_count(Figure("30")) == 30
    assert read_count("30.0") == 30
    for wrong in ("-1", "3.5", "thirty", "٣"):
        with pytest.raises(Unreadable):
            read_count(wrong)
    with pytest.raises(Unreadable):
        read_flag("maybe")


@given(st.text(max_size=300))
def test_any_text_is_kept_or_has_its_sentence(text: str) -> None:
    about: Field
    for about in (NAME, NOTES):
        try:
            kept = read_text(text, about)
        except Unreadable:
            continue
        assert kept is None or (kept == read_text(kept, about) and "\0" not in kept)
