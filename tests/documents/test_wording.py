"""Wordings: the fixed list of merge fields, one and several, and what a person is told when a wording is at fault."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from duedesk.documents.wording import FIELDS, MergeFields, Wording, merge, parse_wording, read_wording
from duedesk.domain.errors import RequestError

SHARED_TEMPLATES = (
    "{{ customer.__class__.__mro__ }}",
    "{% for i in range(99999) %}x{% endfor %}",
    "Dear {{ customer.name }",
)

VALUES = MergeFields(
    account="Société Lenoir",
    account_number="C-10482",
    contact="Ms Lenoir",
    sender="Brookwell Capital Ltd",
    letter_date="23 November 2026",
    as_of="23 November 2026",
    pay_by="7 December 2026",
    total="640.20 EUR",
    invoice="INV-2026-04418",
    due_date="1 November 2026",
    days_overdue="22 days",
    invoice_count=1,
    currency_count=1,
)


def reminder() -> Wording:
    return read_wording("en", "first-reminder")


def test_one_invoice_is_spoken_of_as_one() -> None:
    said = merge(reminder(), VALUES)
    assert said.subject == "Payment reminder: 640.20 EUR to pay"
    assert said.salutation == "Dear Ms Lenoir,"
    assert said.paragraphs[0].startswith(
        "Our invoice INV-2026-04418 was due on 1 November 2026. As of 23 November 2026 it has"
    )
    assert said.paragraphs[1] == "Please transfer the open amount of 640.20 EUR by 7 December 2026."
    assert "about this invoice is" in said.paragraphs[2]
    assert (said.closing, said.signature) == ("Kind regards,", "Brookwell Capital Ltd, Accounts Receivable")


def test_several_invoices_in_one_currency() -> None:
    said = merge(reminder(), replace(VALUES, invoice_count=3, total="2,530.80 EUR"))
    assert said.subject == "Payment reminder: 2,530.80 EUR to pay"
    assert said.paragraphs[0].startswith(
        "The 3 invoices below are past their due date, the oldest since 1 November 2026."
    )
    assert "the open amount of 2,530.80 EUR by" in said.paragraphs[1]
    assert "about these invoices is" in said.paragraphs[2]


def test_several_currencies_are_asked_for_each_in_its_own() -> None:
    said = merge(reminder(), replace(VALUES, invoice_count=3, currency_count=2, total="640.20 EUR and 98,000 JPY"))
    assert said.subject == "Payment reminder: 3 invoices to pay"
    assert said.paragraphs[1].startswith(
        "Please transfer the open amounts of 640.20 EUR and 98,000 JPY, each in its own"
    )


def test_nobody_known_and_no_letterhead_leave_no_gap() -> None:
    said = merge(reminder(), replace(VALUES, contact="", sender=""))
    assert said.salutation == "Dear Sir or Madam,"
    assert said.signature == "Accounts Receivable"


def test_no_text_of_any_variant_is_left_unfilled_or_badly_spaced() -> None:
    for invoices, currencies, contact, sender in (
        (1, 1, "", ""),
        (2, 1, "Ms A", "B"),
        (5, 3, "", "B"),
        (2, 2, "Ms A", ""),
    ):
        said = merge(
            reminder(),
            replace(VALUES, invoice_count=invoices, currency_count=currencies, contact=contact, sender=sender),
        )
        for text in (said.title, said.subject, said.salutation, *said.paragraphs, said.closing, said.signature):
            assert text
            assert not re.search(r"\$|  |\n|^\s|\s$| [,.;]", text), text


def test_what_is_filled_in_is_not_looked_at_again() -> None:
    said = merge(reminder(), replace(VALUES, contact="$total ${sender} $$"))
    assert said.salutation == "Dear $total ${sender} $$,"


def wording(text: str) -> str:
    return f"""
title = "Reminder"
subject = {text}
salutation = "Dear"
paragraphs = ["Pay."]
closing = "Kind regards,"
signature = "Ana Reyes"
"""


def test_a_field_that_does_not_exist_is_named_with_its_place_and_the_fields_there_are() -> None:
    with pytest.raises(RequestError, match=r"en/first, subject names a field that does not exist: \$totl\.") as caught:
        parse_wording(wording('"You owe $totl"'), "en/first")
    assert all(f"${name}" in caught.value.hint for name in FIELDS)


@pytest.mark.parametrize(
    ("text", "said"),
    [("$invoice.total", "INV-2026-04418.total"), ("$account.__class__", "Société Lenoir.__class__")],
)
def test_a_field_has_no_parts(text: str, said: str) -> None:
    assert merge(parse_wording(wording(f'"{text}"'), "en/first"), VALUES).subject == said
    with pytest.raises(RequestError, match="lone"):
        parse_wording(wording('"${account.name}"'), "en/first")


@pytest.mark.parametrize("text", SHARED_TEMPLATES)
def test_the_marks_of_other_template_languages_are_only_text(text: str) -> None:
    assert merge(parse_wording(wording(f"'{text}'"), "en/first"), VALUES).subject == text


def test_a_lone_dollar_is_found_where_it_stands() -> None:
    with pytest.raises(RequestError, match=r"subject has a lone \$ in line 2, column 6\. Write \$\$"):
        parse_wording(wording('"""Please\npay: $ 5"""'), "en/first")
    assert merge(parse_wording(wording('"pay $$5"'), "en/first"), VALUES).subject == "pay $5"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{ one_invoice = "a" }', "neither a text nor a pair"),
        ('{ one_invoice = "a", several_currencies = "b" }', "neither a text nor a pair"),
        ('{ one_invoice = "a", several_invoices = 2 }', "neither a text nor a pair"),
        ("5", "neither a text nor a pair"),
        ('"a"\nsubject2 = "b"', "has to have exactly"),
        ('"a', "cannot be read"),
    ],
)
def test_a_wording_at_fault_is_refused_in_words(text: str, said: str) -> None:
    with pytest.raises(RequestError, match=said):
        parse_wording(wording(text), "en/first")


@pytest.mark.parametrize(
    ("language", "name"), [("xx", "first-reminder"), ("en", "tenth-reminder"), ("../en", "labels")]
)
def test_a_wording_that_is_not_there_is_refused(language: str, name: str) -> None:
    with pytest.raises(RequestError, match="There is no wording"):
        read_wording(language, name)


def test_the_list_of_fields_in_the_shipped_file_is_the_list_of_the_program() -> None:
    from duedesk.resources import resource

    shipped: Path = resource("letters", "en", "first-reminder.toml")
    comments = " ".join(line for line in shipped.read_text(encoding="utf-8").splitlines() if line.startswith("#"))
    assert set(re.findall(r"\$([a-z_]+)", comments)) == set(FIELDS)
