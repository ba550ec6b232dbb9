"""Letters as they are issued: once each, only for what still stands, with fees and interest that refer to them."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest

from actions.dunning.dunned import D, dropped, dunned, findings, levels, run, standing_on, told, write
from duedesk.actions.cash.applying import ForInvoice
from duedesk.actions.cash.receiving import PaymentDraft, receive_payment
from duedesk.actions.disputes import dispute
from duedesk.actions.dunning.guarding import set_send_guard
from duedesk.actions.dunning.holds import hold_account
from duedesk.actions.dunning.issuing import IssuedRun, issue
from duedesk.actions.dunning.proposing import proposal
from duedesk.actions.letter_documents import printed_again
from duedesk.actions.workspace import Workspace
from duedesk.domain.dunning.policy import PolicyLevel
from duedesk.domain.dunning.triage import Decision, Triage
from duedesk.domain.errors import Question, RequestError
from duedesk.domain.world import World
from duedesk.store.book import Book
from duedesk.store.queries.letters.issued import issued_letters, runs
from duedesk.store.queries.records.invoice import invoice_record
from dunning_records import DunningBuilder

MARCH, APRIL, MAY = date(2026, 3, 10), date(2026, 4, 1), date(2026, 5, 4)


@pytest.fixture
def desk(book: Book, world: World) -> Workspace:
    """The book of these stories, with nothing dunned."""
    made = Workspace(book, world)
    dunned(made)
    return made


def test_a_run_issues_each_letter_once(desk: Workspace) -> None:
    done = run(desk, MARCH, key="march")
    assert told(desk, done) == [
        "DL-2026-00001 Acme Ltd 1: 1100.00 +0.00 +2.50 +0.00 = 1102.50 I-1:0>1 I-2:0>1 I-3:0>1",
        "DL-2026-00002 Bolt Ltd 1: 500.00 +0.00 +2.50 +0.00 = 502.50 B-1:0>1",
    ]
    assert done.changes.summary == "Dunning run DR-2026-00001 issued 2 letters"
    assert levels(desk) == dict.fromkeys(("I-1", "I-2", "I-3", "B-1"), 1)
    again = run(desk, MARCH, key="march")
    assert (again.was_there, again.key, again.letters) == (True, done.key, done.letters)
    once_more = run(desk, MARCH)
    assert (once_more.key, once_more.letters, once_more.changes.journal_id) == (None, (), None)
    with pytest.raises(RequestError, match="that day is to come"):
        issue(standing_on(desk, MARCH), proposal(desk, APRIL))
    assert findings(desk, MARCH) == []


def test_two_clerks_who_issue_the_same_run_at_once_issue_each_letter_once(desk: Workspace) -> None:
    there = standing_on(desk, MARCH)
    seen, gate = proposal(there, MARCH), Barrier(3)

    def send(key: str) -> IssuedRun:
        gate.wait()
        return issue(there, seen, key=key)

    with ThreadPoolExecutor(3) as pool:
        done = list(pool.map(send, ("one", "one", "")))
    assert sorted(len(one.letters) for one in done) in ([0, 0, 2], [0, 2, 2]), "the same key gives the same run"
    assert len({one.key for one in done if one.letters}) == 1
    assert {one.why for run_ in done for one in run_.dropped} == {"already today"}
    assert len(desk.ask(issued_letters)) == 2
    assert findings(desk, MARCH) == []


def test_what_changed_since_the_proposal_drops_out_with_why(desk: Workspace) -> None:
    run(desk, MARCH)
    there = standing_on(desk, APRIL)
    seen = proposal(there, APRIL)
    receive_payment(there, PaymentDraft(1, D(1000), "EUR", invoices=(ForInvoice(1),)))
    dispute(there, 2, reason_code="Price", amount=D(25))
    hold_account(there, 2, reason_code="Insolvency", until=MAY)
    done = issue(there, seen)
    assert told(desk, done) == ["DL-2026-00003 Acme Ltd 2: 40.00 +0.00 +5.00 +0.33 = 45.33 I-3:1>2"]
    assert dropped(done) == {
        "I-1": "Nothing of it is owed any more.",
        "I-2": "35.00 EUR of it is asked for now, and 60.00 EUR was proposed.",
        "B-1": "It is on hold until 04 May 2026 by Ana Reyes: Insolvency.",
    }
    (letter,) = done.letters
    assert letter.interest_invoice_key is not None
    interest = desk.ask(invoice_record, letter.interest_invoice_key, as_of=APRIL)
    assert [(one.name, one.amount) for one in interest.lines] == [("Late interest on invoice I-3", D("0.33"))]
    assert (interest.number, letter.fee_invoice) == ("INV-2026-00004", "INV-2026-00003")
    kept = printed_again(desk, letter.key)
    assert (kept.number, kept.text_version, kept.page_count) == ("DL-2026-00003", "en/level-2/shipped", 2)
    assert desk.ask(invoice_record, 3, as_of=APRIL).balance == D(40), "what was posted before stays as it is"
    assert findings(desk, APRIL) == []


def test_a_letter_is_made_anew_from_what_is_left_of_it(desk: Workspace) -> None:
    """The rest is below the minimum, covered by cash, or at the level that it deserves alone."""

    def work(build: DunningBuilder) -> None:
        levels_ = (PolicyLevel(1, "First", 5, minimums={"EUR": D(50)}), PolicyLevel(2, "Second", 60))
        build.policy(*levels_, name="Whole", whole_account_at_highest=True, catches_up="deserved level")

    write(desk, work)
    there = standing_on(desk, APRIL)
    seen = proposal(there, APRIL)
    assert [(one.level, [item.level_after for item in one.items]) for one in seen.letters] == [(2, [2, 2, 2]), (1, [1])]
    receive_payment(there, PaymentDraft(1, D(1000), "EUR", invoices=(ForInvoice(1),)))
    receive_payment(there, PaymentDraft(2, D(470), "EUR"))
    done = issue(there, seen)
    assert told(desk, done) == ["DL-2026-00001 Acme Ltd 1: 100.00 +0.00 +0.00 +0.00 = 100.00 I-2:0>1 I-3:0>1"]
    assert dropped(done)["B-1"] == "The letter would ask for 30.00 EUR, less than the minimum of 50.00 EUR."


def test_triage_takes_out_postpones_and_waives(desk: Workspace) -> None:
    run(desk, MARCH)
    there = standing_on(desk, APRIL)
    seen = proposal(there, APRIL)
    acme, bolt = (one.key for one in seen.letters)
    decided = Triage(
        invoices={2: Decision("She called", "Ana Reyes"), 3: Decision("Until the fair", "Ana Reyes", MAY)},
        notes={acme: "By registered mail"},
        channels={bolt: "mail"},
        addresses={bolt: "pay@bolt.example"},
        by="Ana Reyes",
    )
    done = issue(there, seen, decided, waivers={acme: "A good customer"}, note="The April run")
    assert told(desk, done) == [
        "DL-2026-00003 Acme Ltd 2: 1000.00 +0.00 +0.00 +0.00 = 1000.00 I-1:1>2",
        "DL-2026-00004 Bolt Ltd 2: 500.00 +0.00 +5.00 +8.30 = 513.30 B-1:1>2",
    ]
    assert [(one.channel, one.address, one.note) for one in done.letters] == [
        ("print", "", "By registered mail"),
        ("mail", "pay@bolt.example", ""),
    ]
    assert json.loads(desk.ask(runs)[0].decisions)["waivers"] == {acme: "A good customer"}
    last = date(2026, 5, 3)
    assert {one.number: one.reason.day for one in proposal(there, last).left_out}["I-3"] == last
    assert told(desk, run(desk, MAY)) == [
        "DL-2026-00005 Acme Ltd 3: 1100.00 +0.00 +0.00 +11.41 = 1111.41 I-1:2>3 I-2:1>2 I-3:1>2",
        "DL-2026-00006 Bolt Ltd 3: 500.00 +0.00 +0.00 +4.64 = 504.64 B-1:2>3",
    ], "what was charged or waived is not charged again"
    assert findings(desk, MAY) == []


def test_an_old_book_stops_the_letters_until_somebody_says_why(desk: Workspace) -> None:
    receive_payment(standing_on(desk, date(2026, 3, 1)), PaymentDraft(1, D(1), "EUR"))
    set_send_guard(standing_on(desk, MARCH), limit_days=5)
    was = "The newest payment is of 01 Mar 2026, 9 days ago; nothing was imported."
    with pytest.raises(Question) as stopped:
        run(desk, MARCH)
    assert (
        stopped.value.message == f"{was} Letters go out by a book that is at most 5 days old: issue them all the same?"
    )
    done = run(desk, MARCH, override="The bank is closed")
    assert done.changes.summary == "Dunning run DR-2026-00001 issued 2 letters; by an old book: The bank is closed"
    assert json.loads(desk.ask(runs)[0].decisions) == {"guard": {"override": "The bank is closed", "was": was}}


def test_letters_dated_in_the_past_ask_only_for_what_is_open_today(desk: Workspace) -> None:
    there = standing_on(desk, APRIL)
    receive_payment(there, PaymentDraft(1, D(1000), "EUR", invoices=(ForInvoice(1),)))
    done = issue(there, proposal(there, MARCH))
    assert told(desk, done) == [
        "DL-2026-00001 Acme Ltd 1: 100.00 +0.00 +2.50 +0.00 = 102.50 I-2:0>1 I-3:0>1",
        "DL-2026-00002 Bolt Ltd 1: 500.00 +0.00 +2.50 +0.00 = 502.50 B-1:0>1",
    ]
    assert dropped(done) == {"I-1": "Nothing of it is owed any more."}
