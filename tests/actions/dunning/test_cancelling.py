"""Letters taken back: the level before, fees and interest, one by one or a whole run by undoing it."""

from datetime import date

import pytest
from sqlalchemy import insert

from actions.dunning.dunned import D, dunned, findings, levels, run, standing_on, told
from actions.undoing.saying import refused, undone
from duedesk.actions.cash.applying import ForInvoice
from duedesk.actions.cash.receiving import PaymentDraft, receive_payment
from duedesk.actions.delivering.queueing import queue
from duedesk.actions.dunning.cancelling import cancel_letter, cancel_letters
from duedesk.actions.workspace import Workspace
from duedesk.domain.days import end_of_day
from duedesk.domain.errors import RequestError
from duedesk.domain.world import World
from duedesk.store.book import Book
from duedesk.store.queries.asof import Standpoint
from duedesk.store.queries.letters.deliveries import deliveries
from duedesk.store.queries.letters.issued import issued_letters, letter_numbered, runs
from duedesk.store.queries.letters.lists import letter_rows
from duedesk.store.tables.delivering import letter_delivery

MARCH, APRIL, MAY = date(2026, 3, 10), date(2026, 4, 1), date(2026, 5, 4)


@pytest.fixture
def desk(book: Book, world: World) -> Workspace:
    """The book of these stories, with letters of levels 1 and 2."""
    made = Workspace(book, world)
    dunned(made)
    run(made, MARCH)
    run(made, APRIL)
    return standing_on(made, APRIL)


def test_a_cancelled_letter_gives_level_fee_and_interest_back(desk: Workspace) -> None:
    letter = desk.ask(letter_numbered, "dl-2026-00003")
    assert letter.fee_invoice_key is not None
    receive_payment(desk, PaymentDraft(1, D(5), "EUR", invoices=(ForInvoice(letter.fee_invoice_key),)))
    done = cancel_letter(desk, letter.key, "  Sent to the\nwrong address ")
    assert (done.numbers, done.voided) == (("DL-2026-00003",), ("INV-2026-00003", "INV-2026-00004"))
    assert done.changes.summary == (
        "Letter DL-2026-00003 cancelled: Sent to the wrong address "
        "(5.00 EUR lay on invoice INV-2026-00003 and is free again)"
    )
    assert levels(desk) == {"I-1": 1, "I-2": 1, "I-3": 1, "B-1": 2}
    assert refused(desk).endswith("What is cancelled stays cancelled: the next run proposes its invoices again.")
    with pytest.raises(RequestError, match="Letter DL-2026-00003 was cancelled on 01 Apr 2026 already"):
        cancel_letters(desk, [letter.key], "Again")
    again = run(desk, APRIL)
    assert told(desk, again) == [
        "DL-2026-00005 Acme Ltd 2: 1100.00 -5.00 +5.00 +18.07 = 1118.07 I-1:1>2 I-2:1>2 I-3:1>2"
    ], "the interest that was taken back is charged now"
    assert undone(desk) == "Cancel dunning letter DL-2026-00005, dated today, 01 Apr 2026."
    assert [one.status for one in desk.ask(runs)] == ["Cancelled", "Issued", "Issued"]
    assert findings(desk, APRIL) == []


def test_undoing_a_run_cancels_what_is_left_of_it(desk: Workspace) -> None:
    assert undone(desk) == "Cancel 2 dunning letters, dated today, 01 Apr 2026."
    assert levels(desk) == dict.fromkeys(("I-1", "I-2", "I-3", "B-1"), 1)
    assert undone(desk).startswith("Cancel 2 dunning letters")
    assert levels(desk) == {}
    assert findings(desk, APRIL) == []


def test_a_letter_that_left_by_mail_is_cancelled_and_says_so(desk: Workspace) -> None:
    letter = desk.ask(letter_numbered, "DL-2026-00004")
    sent = {"channel": "mail", "address": "pay@bolt.example", "status": "Sent", "message_id": "<1@house.example>"}
    with desk.book.writing() as connection:
        key = {"dunning_letter_id": letter.key, "claimed_by": "Ana Reyes"}
        moments = dict.fromkeys(("claimed_at", "sent_at", "created_date"), desk.world.now())
        connection.execute(insert(letter_delivery).values(**key, **sent, **moments))
    done = cancel_letter(desk, letter.key, "Wrong")
    assert done.remarks == ("letter DL-2026-00004 has left by mail to pay@bolt.example: tell the customer",)
    assert done.changes.summary.endswith(f"cancelled: Wrong ({done.remarks[0]})")
    assert findings(desk, APRIL) == []


def test_letters_and_runs_are_listed_as_they_stood(desk: Workspace) -> None:
    may = standing_on(desk, MAY)
    keys = [one.key for one in desk.ask(issued_letters) if one.letter_date == APRIL]
    queue(may, keys)
    cancel_letters(may, keys, "Wrong")

    def seen(then: Standpoint) -> tuple[list[str], list[str], int]:
        letters, whole = desk.ask(letter_rows, then=then), desk.ask(issued_letters, then=then)
        assert {one.key: one.status for one in letters}.items() <= {one.key: one.status for one in whole}.items()
        assert all(one.is_cancelled == bool(one.cancellation_reason) for one in whole)
        statuses = [one.status for one in letters]
        return statuses, [one.status for one in desk.ask(runs, then=then)], len(desk.ask(deliveries, then=then))

    both = len(desk.ask(deliveries))
    assert seen(Standpoint(MAY)) == (["Cancelled"] * 2 + ["Issued"] * 2, ["Cancelled", "Issued"], both)
    assert seen(Standpoint(date(2026, 5, 3))) == (["Issued"] * 4, ["Issued"] * 2, both)
    assert seen(Standpoint(MAY, end_of_day(APRIL)))[:2] == (["Issued"] * 4, ["Issued"] * 2)
    assert seen(Standpoint(MAY, end_of_day(MARCH)))[:2] == (["Issued"] * 2, ["Issued"])
    assert seen(Standpoint(date(2026, 3, 9))) == ([], [], 0)
