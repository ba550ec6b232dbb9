"""Which bulk verb fits which invoice, and how it is spoken of before and after."""

from decimal import Decimal

import pytest

from duedesk.desk.bulk.outlook import Item, LeftOut, Outlook, in_currencies
from duedesk.desk.bulk.sentences import done_words, left_out_lines, left_out_title, title, what_will_happen
from duedesk.desk.bulk.verbs import MANNERS, BulkVerb, barred, refusal


def item(key: int, *, status: str = "Draft", currency: str = "EUR", total: str = "100", balance: str = "0") -> Item:
    return Item(key, f"Draft #{key}", "Acme", status, currency, Decimal(total), Decimal(balance))


@pytest.mark.parametrize(
    ("verb", "status", "is_open", "reason"),
    [
        (BulkVerb.POST, "Draft", False, ""),
        (BulkVerb.POST, "Posted", True, "posted"),
        (BulkVerb.VOID, "Posted", True, ""),
        (BulkVerb.VOID, "Draft", False, "a draft still"),
        (BulkVerb.CANCEL, "Error", False, ""),
        (BulkVerb.DELETE, "Error", False, "in error"),
        (BulkVerb.REOPEN, "Canceled", False, ""),
        (BulkVerb.WRITE_OFF, "Posted", True, ""),
        (BulkVerb.WRITE_OFF, "Posted", False, "nothing is open"),
        (BulkVerb.WRITE_OFF, "Voided", False, "voided"),
        (BulkVerb.NOTE, "Voided", False, ""),
        (BulkVerb.ASSIGN, "Draft", False, ""),
    ],
)
def test_a_verb_fits_or_says_why_not(verb: BulkVerb, status: str, is_open: bool, reason: str) -> None:
    assert refusal(verb, status, is_open=is_open) == reason


def test_a_verb_is_barred_only_where_it_fits_none_of_the_selected() -> None:
    assert barred(BulkVerb.POST, [("Posted", True), ("Draft", False)]) == ""
    assert barred(BulkVerb.POST, [("Posted", True), ("Voided", False)]) == "no draft is selected"
    assert {MANNERS[verb].none for verb in BulkVerb} >= {"nothing that is open is selected"}


def test_what_will_happen_says_how_many_and_in_which_currencies() -> None:
    outlook = Outlook(BulkVerb.POST, (item(1), item(2, total="50"), item(3, currency="JPY", total="300")))
    assert title(outlook) == "Post 3 drafts"
    assert what_will_happen(outlook).startswith("3 drafts over 150.00 EUR and 300 JPY. They get their numbers")

    open_ones = (item(1, status="Posted", total="100", balance="40"),)
    assert what_will_happen(Outlook(BulkVerb.WRITE_OFF, open_ones)).startswith("40.00 EUR still open on draft #1 of ")
    assert title(Outlook(BulkVerb.NOTE, open_ones)) == "Add a note to draft #1"
    assert title(Outlook(BulkVerb.ASSIGN, open_ones)) == "Assign draft #1"


def test_where_it_fits_none_that_is_said() -> None:
    outlook = Outlook(BulkVerb.POST, (), (LeftOut(item(1, status="Posted"), "posted"),))
    assert (title(outlook), what_will_happen(outlook)) == ("Post", "None of the selected invoices allows it.")
    assert left_out_title(outlook) == "It is left out"


def test_what_is_left_out_is_named_by_its_reason() -> None:
    left_out = tuple(LeftOut(item(key, status="Posted"), "posted") for key in range(1, 7))
    outlook = Outlook(BulkVerb.POST, (item(9),), left_out)
    assert left_out_title(outlook) == "6 of the 7 selected are left out"
    assert left_out_lines(outlook) == ("Posted: Draft #1, Draft #2, Draft #3, Draft #4 and 2 more",)
    assert left_out_title(Outlook(BulkVerb.POST, (item(9),), left_out[:1])) == "1 of the 2 selected is left out"
    assert left_out_title(Outlook(BulkVerb.POST, (), left_out)) == "All 6 are left out"


def test_what_was_done_is_counted() -> None:
    assert done_words(BulkVerb.POST, 12, 0) == "12 invoices posted"
    assert done_words(BulkVerb.VOID, 1, 2) == "1 invoice voided, 2 refused"
    assert done_words(BulkVerb.NOTE, 3, 0) == "Note added to 3 invoices"


def test_three_currencies_are_listed() -> None:
    amounts = [("USD", Decimal(1)), ("EUR", Decimal(2)), ("JPY", Decimal(3)), ("EUR", Decimal(2))]
    assert in_currencies(amounts) == "4.00 EUR, 3 JPY and 1.00 USD"
