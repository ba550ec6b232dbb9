"""Holds, promises and levels as stories: what a clerk records keeps letters back, is seen in proposals and undone."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from actions.cash.stories import TODAY, Book, on
from actions.undoing.saying import redone, undone
from duedesk.actions.cash.applying import ForInvoice
from duedesk.actions.cash.receiving import PaymentDraft, receive_payment
from duedesk.actions.dunning.holds import hold_account, hold_invoices, release_holds
from duedesk.actions.dunning.levels import assign_dunning_policy, set_dunning_level
from duedesk.actions.dunning.promises import Part, promise, withdraw_promises
from duedesk.actions.dunning.proposing import proposal, why
from duedesk.actions.undo import undo_plan
from duedesk.domain.errors import RequestError
from duedesk.store.queries.dunning.holds import hold_keys, holds_of, open_promises, promises_on, standing_holds
from duedesk.store.queries.records.invoice import invoice_record

D = Decimal
LATER = TODAY + timedelta(days=10)


def asked(small: Book) -> dict[str, str]:
    """Say of each invoice what today's letter asks for, or why there is none."""
    found = proposal(small.desk, TODAY)
    said = {item.number: f"{item.asked:.2f}" for _, item in found.items}
    return said | {one.number: str(one.reason.why) for one in found.left_out}


def test_what_is_held_is_not_dunned_until_it_is_released(small: Book) -> None:
    first, second, third = small.invoices
    assert asked(small) == {"I-1": "100.00", "I-2": "60.00", "I-3": "40.00"}
    done = hold_invoices(small.desk, [first, second], reason_code="Goodwill", until=LATER, words="Until the trade fair")
    assert done.changes.summary == "2 invoices on hold until 03 Dec 2026: Goodwill"
    assert asked(small) == {"I-1": "on hold", "I-2": "on hold", "I-3": "40.00"}
    assert why(small.desk, first, TODAY).sentence == "It is on hold until 03 Dec 2026 by Ana Reyes: Goodwill."
    keys = small.desk.ask(hold_keys, "I-1", TODAY)
    release_holds(small.desk, keys, reason="The fair is over")
    assert asked(small)["I-1"] == "100.00"
    assert undone(small.desk) == "Hold again what dunning hold H-00001 held, from today on."
    assert asked(small)["I-1"] == "on hold"
    assert redone(small.desk).startswith("Release dunning hold H-00003, dated today")
    with pytest.raises(RequestError, match="Hold H-00001 was released on 23 Nov 2026 already"):
        release_holds(small.desk, keys)
    with pytest.raises(RequestError, match="cannot end on 22 Nov 2026"):
        hold_invoices(small.desk, [third], reason_code="Goodwill", until=on(11, 22))
    hold_account(small.desk, small.account, reason_code="Insolvency", until=LATER)
    assert set(asked(small).values()) == {"on hold"}
    assert len(small.desk.ask(standing_holds, TODAY)) == 2
    assert [one.invoice or one.account for one in small.desk.ask(holds_of, invoice_key=second)] == ["I-2", "Acme Ltd"]
    assert undone(small.desk) == "Release dunning hold H-00004, dated today, 23 Nov 2026."
    assert asked(small)["I-3"] == "40.00"
    told = [one.what for one in small.desk.ask(invoice_record, second, as_of=TODAY).history]
    assert told[-3:] == [
        "On hold until 03 Dec 2026, Goodwill: Until the trade fair",
        "On hold with all of Acme Ltd until 03 Dec 2026, Insolvency",
        "Hold H-00004 released: Undone by Ana Reyes",
    ]


def test_what_is_promised_waits_for_its_day_and_is_kept_by_money(small: Book) -> None:
    first, second, _ = small.invoices
    done = promise(small.desk, [Part(first, D(70)), Part(second)], day=LATER, words="By phone")
    assert (done.names, done.changes.summary) == (
        ("I-1/P1", "I-2/P1"), "130.00 EUR promised for 03 Dec 2026 on 2 invoices"
    )  # fmt: skip
    assert asked(small) == {"I-1": "30.00", "I-2": "promised", "I-3": "40.00"}
    with pytest.raises(RequestError, match=r"31\.00 EUR is more than the 30\.00 EUR open and not promised"):
        promise(small.desk, [Part(first, D(31))], day=LATER)
    with pytest.raises(RequestError, match="Nothing is open on invoice I-2 that is not promised already"):
        promise(small.desk, [Part(second)], day=LATER)
    withdraw_promises(small.desk, [done.keys[1]], reason="They took it back")
    assert asked(small)["I-2"] == "60.00"
    assert undone(small.desk) == "Record again that 60.00 EUR is promised for 03 Dec 2026."
    assert asked(small)["I-2"] == "promised"
    assert redone(small.desk) == "Withdraw promise to pay I-2/P2, dated today, 23 Nov 2026."
    assert undone(small.desk).startswith("Record again")
    (kept, taken_back, again, once_more) = small.desk.ask(promises_on, account_key=small.account)
    states = [one.state(TODAY) for one in (kept, taken_back, again, once_more)]
    assert states == ["open", "withdrawn", "withdrawn", "open"]
    assert kept.state(LATER + timedelta(days=1)) == "broken"
    assert len(small.desk.ask(open_promises, TODAY)) == 2


def test_money_that_comes_in_keeps_a_promise_and_what_is_left_is_asked_for(small: Book) -> None:
    first = small.invoices[0]
    promise(small.desk, [Part(first, D(70))], day=LATER)
    an_hour_on = small.desk.world.now() + timedelta(hours=1)
    later = replace(small.desk, world=replace(small.desk.world, now=lambda: an_hour_on))
    receive_payment(later, PaymentDraft(small.account, D(50), "EUR", TODAY, invoices=(ForInvoice(first),)))
    assert asked(small)["I-1"] == "30.00", "20 of the 50 left are promised still"


def test_a_level_set_by_hand_stays_with_its_reason_and_a_policy_of_its_own_comes_first(small: Book) -> None:
    first, second, third = small.invoices
    set_dunning_level(small.desk, {first: 2, second: 3}, reason="Dunned in the old system")
    levels = {item.number: item.level_after for _, item in proposal(small.desk, TODAY).items}
    assert levels == {"I-1": 3, "I-3": 1}
    assert asked(small)["I-2"] == "last level reached"
    assert undone(small.desk) == "Set 2 invoices back to dunning level 0."
    assert {item.level_after for _, item in proposal(small.desk, TODAY).items} == {1}
    with pytest.raises(RequestError, match="A reason is needed"):
        set_dunning_level(small.desk, {third: 1}, reason=" ")
    with pytest.raises(RequestError, match="The level is that already"):
        set_dunning_level(small.desk, {third: 0}, reason="Again")
    assign_dunning_policy(small.desk, {small.account: 1}, of_accounts=True)
    plan = undo_plan(small.desk)
    assert plan is not None
    assert plan.sentence == "Give account Acme Ltd the dunning policy it had before."
    with pytest.raises(RequestError, match="no longer in the book"):
        assign_dunning_policy(small.desk, {third: 99})
