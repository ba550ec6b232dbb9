"""Policies as they are kept: made, changed, given to accounts, deleted, and put back as they were; and holidays."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from actions.cash.stories import TODAY, Book
from actions.undoing.saying import redone, undone
from duedesk.actions.dunning.calendars import country_code, is_free
from duedesk.actions.dunning.levels import assign_dunning_policy
from duedesk.actions.dunning.policies import delete_policy, save_policy
from duedesk.actions.dunning.proposing import proposal, why
from duedesk.domain.dunning.policy import DESERVED_LEVEL, Fee, Policy, PolicyLevel
from duedesk.domain.dunning.triage import Decision, Triage, read_triage
from duedesk.domain.errors import RequestError
from duedesk.store.queries.dunning.policies import policies, policy_called

D = Decimal
BELOW = "below minimum"
KEY = Policy(
    0,
    "Key accounts",
    (
        PolicyLevel(1, "Call", 30, minimums={"EUR": D(50)}, tone="friendly"),
        PolicyLevel(2, "Letter", 60, 5, 14, {"EUR": D(50)}, Fee(amounts={"EUR": D("12.50")}), deadline_days=14),
    ),
    description="Nobody writes to them early",
    account_type="Key",
    promise_grace_days=7,
)


def test_a_policy_comes_back_as_it_was_written_and_its_making_is_undone(small: Book) -> None:
    save_policy(small.desk, KEY)
    (standard, kept) = small.desk.ask(policies)
    assert (standard.name, standard.is_default, replace(kept, key=0)) == ("Standard", True, KEY)
    with pytest.raises(RequestError, match="There is a dunning policy Key accounts already"):
        save_policy(small.desk, KEY)
    with pytest.raises(RequestError, match="Accounts of type Key have Key accounts"):
        save_policy(small.desk, replace(KEY, name="Other"))
    changed = replace(kept, levels=kept.levels[:1], is_default=True, catches_up=DESERVED_LEVEL)
    save_policy(small.desk, changed)
    assert small.desk.ask(policies) == (changed, replace(standard, is_default=False))
    with pytest.raises(RequestError, match="Key accounts is the default policy"):
        save_policy(small.desk, replace(changed, is_default=False))
    with pytest.raises(RequestError, match="Key accounts is the default policy"):
        delete_policy(small.desk, kept.key)
    assert undone(small.desk) == "Set the dunning policy Standard, Key accounts back to what it was."
    assert small.desk.ask(policies) == (standard, kept)
    assert redone(small.desk).startswith("Set")
    assert small.desk.ask(policy_called, "key ACCOUNTS") == changed
    assert undone(small.desk).startswith("Set")
    assert undone(small.desk) == "Delete dunning policy Key accounts."
    assert small.desk.ask(policies) == (standard,)
    assert redone(small.desk) == "Set the dunning policy Key accounts back to what it was."
    assert small.desk.ask(policies) == (standard, kept)


def test_a_policy_that_something_has_is_not_deleted_and_one_that_is_out_of_use_duns_nothing(small: Book) -> None:
    save_policy(small.desk, KEY)
    key = small.desk.ask(policy_called, "Key accounts").key
    assign_dunning_policy(small.desk, {small.account: key}, of_accounts=True)
    with pytest.raises(RequestError, match="An account has Key accounts"):
        delete_policy(small.desk, key)
    (letter,) = proposal(small.desk, TODAY).letters
    assert (letter.policy_key, letter.level, letter.total) == (key, 1, D(200))
    standard = small.desk.ask(policies)[0]
    first = small.invoices[0]
    assign_dunning_policy(small.desk, {first: standard.key})
    assert len(proposal(small.desk, TODAY).letters) == 2
    assert why(small.desk, first, TODAY).letter.endswith(f"/{standard.key}")
    save_policy(small.desk, replace(small.desk.ask(policy_called, "Key accounts"), is_active=False))
    assert {letter.policy_key for letter in proposal(small.desk, TODAY).letters} == {standard.key}


def test_what_was_decided_on_a_proposal_fits_the_next_one(small: Book) -> None:
    standard = small.desk.ask(policies)[0]
    second = replace(standard.levels[2], minimums={"EUR": D(150)}, fee=Fee(amounts={"EUR": D(10)}))
    save_policy(small.desk, replace(standard, catches_up=DESERVED_LEVEL, levels=(*standard.levels[:2], second)))
    (letter,) = proposal(small.desk, TODAY).letters
    assert (letter.level, letter.total, letter.channel) == (2, D(210), "print")
    first, other, _ = small.invoices

    def after(triage: Triage) -> tuple[list[tuple[int, str, Decimal]], dict[str, str]]:
        said = read_triage(triage.as_json())
        assert said == triage
        found = proposal(small.desk, TODAY, triage=said)
        shown = [(one.level, one.address, one.total) for one in found.letters]
        return shown, {one.number: str(one.reason.why) for one in found.left_out}

    assert after(Triage()) == ([(2, "", D(210))], {})
    gone = Decision("Paid by cheque, they say", "Ana")
    assert after(Triage({other: gone}, by="Ana")) == ([], {"I-2": "taken out", **dict.fromkeys(("I-1", "I-3"), BELOW)})
    assert after(Triage({first: gone})) == ([], {"I-1": "taken out", **dict.fromkeys(("I-2", "I-3"), BELOW)})
    assert after(Triage(letters={letter.key: Decision(until=date(2026, 12, 1))}))[1]["I-3"] == "postponed"
    mailed = Triage(channels={letter.key: "mail"}, addresses={letter.key: "a@b.example"})
    assert after(replace(mailed, levels={letter.key: 1})) == ([(1, "a@b.example", D(200))], {})
    for wrong in (Triage(levels={letter.key: 3}), Triage(channels={letter.key: "mail"})):
        with pytest.raises(RequestError):
            after(wrong)
    with pytest.raises(RequestError, match="no decisions"):
        read_triage({"levels": {"x": "high"}})


def test_holidays_are_those_of_the_country_by_name_or_code_in_its_own_words() -> None:
    good_friday, saturday, friday = date(2026, 4, 3), date(2026, 4, 4), date(2026, 4, 10)
    assert [is_free(name, good_friday) for name in ("Germany", "deutschland", "DE", "DEU", "France")] == [
        *(True, True, True, True, False)
    ]
    assert (is_free("Atlantis", saturday), is_free("", good_friday)) == (True, False)
    assert (is_free("Israel", friday), is_free("United States", friday)) == (True, False)
    assert [country_code(one) for one in ("united states of america", "United Kingdom", "Nederland")] == [
        "US",
        "GB",
        "NL",
    ]
