"""The life of an invoice: which moves are allowed, and what is said of every other."""

from itertools import pairwise, product

import pytest

from duedesk.domain.errors import RequestError
from duedesk.domain.life_cycle import MOVES, Status, Verb, allows, called, check, target
from duedesk.domain.objects.invoice import STATUSES

SAID = list(product(Verb, Status))


def test_the_states_are_those_of_the_object() -> None:
    assert set(Status) == set(STATUSES.split(" | "))


@pytest.mark.parametrize(
    "path",
    [
        ("Draft", "Posted", "Voided"),
        ("Draft In Progress", "Draft", "Pending", "Posting In Progress", "Posted", "Void In Progress", "Voided"),
        ("Draft", "Pending", "Error", "Draft", "Posted"),
        ("Draft", "Canceled", "Draft", "Canceled"),
        ("Posting In Progress", "Draft"),
        ("Void In Progress", "Posted"),
    ],
)
def test_a_life_goes_along_allowed_moves(path: tuple[str, ...]) -> None:
    for begin, end in pairwise(path):
        assert MOVES[Status(begin), Status(end)] in Verb


@pytest.mark.parametrize(("verb", "status"), SAID)
def test_a_verb_leads_along_an_allowed_move_or_is_refused(verb: Verb, status: Status) -> None:
    if allows(verb, status):
        end = target(verb, status)
        assert end is status or MOVES[status, end] is verb
        return
    with pytest.raises(RequestError) as refused:
        check(verb, status, "Invoice I-1")
    assert " and cannot be " in refused.value.message
    assert refused.value.hint.endswith(".")


@pytest.mark.parametrize(("verb", "status"), SAID)
def test_what_is_posted_is_never_edited_deleted_or_canceled(verb: Verb, status: Status) -> None:
    posted = {Status.POSTED, Status.VOID_IN_PROGRESS, Status.VOIDED}
    if status in posted and verb in {Verb.EDIT, Verb.DELETE, Verb.CANCEL}:
        assert not allows(verb, status)


def test_from_voided_nothing_leads_away() -> None:
    assert [verb for verb in Verb if allows(verb, Status.VOIDED)] == []


@pytest.mark.parametrize(
    ("verb", "status", "sentence"),
    [
        ("edit", "Posted", "Invoice I-1 is posted and cannot be edited. Void it, or give a credit memo."),
        ("delete", "Posted", "Invoice I-1 is posted and cannot be deleted. Void it, or give a credit memo."),
        ("void", "Draft", "Invoice I-1 is a draft and cannot be voided. It is not posted: cancel it instead."),
        ("post", "Voided", "Invoice I-1 is voided and cannot be posted. Make a new invoice."),
        ("post", "Error", "Invoice I-1 is in error and cannot be posted. Reopen it first."),
        ("cancel", "Posted", "Invoice I-1 is posted and cannot be canceled. Void it instead."),
    ],
)
def test_a_refusal_says_what_it_is_why_not_and_what_to_do(verb: str, status: str, sentence: str) -> None:
    with pytest.raises(RequestError) as refused:
        check(Verb(verb), status, "Invoice I-1")
    assert str(refused.value) == sentence


def test_what_has_no_number_is_called_by_its_key() -> None:
    assert called("I-1", 7) == "Invoice I-1"
    assert called(None, 7, "Draft") == "Draft #7"
    assert called("", 7, "Canceled") == "Invoice #7"
