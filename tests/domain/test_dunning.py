"""How an invoice climbs from level to level, what a letter asks for, and in one sentence why another is not written."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from duedesk.domain.business_days import deadline, is_weekend
from duedesk.domain.dunning.history import Dunned, standing
from duedesk.domain.dunning.policy import (
    DESERVED_LEVEL,
    Fee,
    Policy,
    PolicyLevel,
    check_policy,
    chosen_policy,
)
from duedesk.domain.dunning.reasons import Reason, Why, sentence
from duedesk.domain.dunning.rules import Item, Sums, advance, judge, sums_of
from duedesk.domain.errors import RequestError
from duedesk.domain.holds import Hold
from duedesk.domain.promises import Promise, still_promised

D = Decimal
DUE = date(2026, 3, 1)
POLICY = Policy(
    1,
    "Standard",
    (
        PolicyLevel(0, "Soon", -5, is_courtesy=True),
        PolicyLevel(1, "Reminder", 5, grace_days=3),
        PolicyLevel(2, "Second", 20, interval_days=10),
        PolicyLevel(3, "Final", 40, interval_days=10, may_be_jumped_to=False, at_the_end="final demand"),
    ),
    is_default=True,
)
FREE = PolicyLevel(1, "Reminder", 5)


def run(policy: Policy, days: int, level: int = 0, last: int | None = None) -> tuple[int | None, str]:
    """Run a day so many days after the due date; `last` says how many days after it the last letter was."""
    as_of = DUE + timedelta(days=days)
    last_dunned = None if last is None else DUE + timedelta(days=last)
    verdict = advance(policy, level, last_dunned, days, as_of)
    return verdict.level, sentence(verdict.reason, "EUR")


def test_a_level_begins_after_its_days_and_its_grace() -> None:
    assert run(POLICY, 1) == (None, "It is 1 day overdue; level 1 begins after 8.")
    assert run(POLICY, 5)[1] == "It is 5 days overdue and within the grace of level 1, which ends after 8."
    assert run(POLICY, 7)[0] is None
    assert run(POLICY, 8) == (1, "It is 8 days overdue; level 1 begins after 8.")


def test_twice_on_one_day_changes_nothing_and_a_run_dated_back_neither() -> None:
    assert run(POLICY, 60, level=1, last=60) == (None, "It was dunned on 30 Apr 2026 already.")
    assert run(POLICY, 60, level=1, last=61)[1] == "It was dunned on 01 May 2026, later than the day of this run."


def test_a_missed_week_catches_up_one_level_or_the_level_deserved() -> None:
    assert run(POLICY, 39)[0] == 1
    assert run(POLICY, 39 + 7, level=1, last=8)[0] == 2
    late = replace(POLICY, catches_up=DESERVED_LEVEL)
    assert run(late, 39) == (2, "It is 39 days overdue and deserves level 2, which begins after 20.")
    assert run(late, 90)[0] == 2, "the final demand may not be jumped to"
    assert run(late, 90, level=2, last=70)[0] == 3, "it is the next one all the same"


def test_days_between_letters_are_kept_however_old_the_invoice_is() -> None:
    assert run(POLICY, 50, level=1, last=41) == (
        None,
        "Level 2 waits until 21 Apr 2026: the last letter is too recent.",
    )
    assert run(POLICY, 51, level=1, last=41)[0] == 2


def test_after_the_last_level_there_is_no_other_letter() -> None:
    assert run(POLICY, 400, level=3, last=50) == (None, "It has reached level 3, the last of its policy.")


def test_days_before_the_due_date_are_negative_and_days_after_it_positive() -> None:
    """Elsewhere the sign was the reverse of its description: reminders meant for +60 went out at -60."""
    verdicts = {age: judge(Item(age, D(10)), POLICY, DUE + timedelta(days=age)) for age in (-60, -6, -5, -1, 0, 1, 60)}
    assert {age: one.level for age, one in verdicts.items()} == {
        -60: None,
        -6: None,
        -5: 0,
        -1: 0,
        0: 0,
        1: None,
        60: 1,
    }
    assert sentence(verdicts[-5].reason, "EUR") == "It falls due on 01 Mar 2026, in 5 days."
    again = judge(Item(-1, D(10), is_noticed=True), POLICY, DUE)
    assert not again.is_dunned, "one notice, and no second the next day"


@pytest.mark.parametrize(
    ("item", "said"),
    [
        (Item(50, D(100), contested=D(100)), "100.00 EUR of it is disputed, all that is overdue."),
        (Item(50, D(100), promised=D(100), promised_for=DUE), "100.00 EUR of it is promised for 01 Mar 2026."),
        (
            Item(50, D(100), contested=D(60), promised=D(40), promised_for=DUE),
            "60.00 EUR of it is disputed and 40.00 EUR promised for 01 Mar 2026.",
        ),
        (Item(50, D(100), to_be_written_off=D(100)), "A write-off of 100.00 EUR waits for approval."),
        (Item(50, D(100), is_charge=True), "It is over fees or interest, which its policy does not dun."),
        (
            Item(50, D(100), hold=Reason(Why.ON_HOLD, day=DUE, words="Insolvency", by="Ana")),
            "It is on hold until 01 Mar 2026 by Ana: Insolvency.",
        ),
        (Item(50, D(0)), "Nothing of it is overdue."),
    ],
)
def test_what_is_disputed_promised_or_on_hold_is_not_dunned(item: Item, said: str) -> None:
    verdict = judge(item, POLICY, DUE + timedelta(days=50))
    assert (verdict.is_dunned, sentence(verdict.reason, "EUR")) == (False, said)


def test_a_dispute_of_a_part_leaves_the_rest_to_be_asked_for() -> None:
    item = Item(50, D(100), contested=D(30), promised=D(20), promised_for=DUE)
    assert (item.asked, judge(item, POLICY, DUE + timedelta(days=50)).level) == (D(50), 1)
    assert judge(item, None, DUE).reason.why is Why.NO_POLICY
    charge = replace(item, is_charge=True)
    assert judge(charge, replace(POLICY, duns_charges=True), DUE + timedelta(days=50)).is_dunned


def test_a_minimum_is_held_against_what_is_left_in_its_own_currency() -> None:
    """Elsewhere 10 EUR were taken for 10 JPY, and a gross total was held against the threshold."""
    level = replace(FREE, minimums={"EUR": D(10)})
    assert sums_of(level, [D("9.99")], "EUR") == Reason(Why.BELOW_MINIMUM, amount=D("9.99"), limit=D(10))
    assert sums_of(level, [D(6), D(4)], "EUR") == Sums(D(10))
    assert sums_of(level, [D(3)], "JPY") == Sums(D(3)), "no minimum is named in yen, and none is converted"
    gross = sums_of(level, [D(100)], "EUR", unapplied=D(95))
    assert gross == Reason(Why.BELOW_MINIMUM, amount=D(5), limit=D(10))


def test_cash_not_applied_yet_is_taken_off_and_may_cover_the_letter() -> None:
    sums = sums_of(FREE, [D(100), D(50)], "EUR", unapplied=D(40))
    assert sums == Sums(D(150), D(-40))
    assert isinstance(sums, Sums)
    assert sums.total == 110
    assert sums_of(FREE, [D(100)], "EUR", unapplied=D(100)) == Reason(Why.COVERED_BY_UNAPPLIED, amount=D(100))
    under_way = sums_of(FREE, [D(100)], "EUR", unapplied=D(30), under_way=D(70))
    assert under_way == Reason(Why.PAYMENT_UNDER_WAY, amount=D(70))
    assert sums_of(FREE, [D(100)], "EUR", under_way=D(70)) == Sums(D(100))


def test_a_fee_is_of_the_letter_or_of_each_item_and_rounded_once() -> None:
    def fee(one: Fee, asked: list[str], currency: str = "EUR", *, is_charged: bool = True) -> Decimal:
        sums = sums_of(replace(FREE, fee=one), list(map(D, asked)), currency, is_charged=is_charged)
        assert isinstance(sums, Sums)
        return sums.fee

    fixed = Fee(amounts={"EUR": D(5), "JPY": D(600)})
    assert [fee(fixed, ["10", "20"]), fee(fixed, ["10"], "JPY"), fee(fixed, ["10"], "USD")] == [5, 600, 0]
    assert fee(replace(fixed, per="item"), ["10", "20"]) == 10
    percent = Fee("percent", percent=D("1.5"))
    assert fee(percent, ["3.33", "3.33", "3.33"]) == D("0.15"), "not three times five cents, each rounded up"
    assert fee(percent, ["999"], "JPY") == 15
    assert fee(fixed, ["10"], is_charged=False) == 0, "a consumer"


def test_a_deadline_is_never_on_a_weekend_or_a_holiday_of_the_country() -> None:
    friday = date(2026, 4, 3)
    assert deadline(date(2026, 3, 27), 8, "Nowhere") == date(2026, 4, 6), "from Saturday to Monday"

    def easter(country: str, day: date) -> bool:
        return is_weekend(country, day) or (country == "Germany" and day in {friday, date(2026, 4, 6)})

    assert deadline(date(2026, 3, 27), 7, "Germany", easter) == date(2026, 4, 7)
    assert deadline(date(2026, 3, 27), 7, "United States", easter) == friday


def test_a_promise_holds_until_it_is_broken_and_money_keeps_it() -> None:
    promise = Promise(D(40), date(2026, 4, 10), date(2026, 4, 1))
    held = [still_promised([promise], date(2026, 4, day), 3) for day in (1, 13, 14)]
    assert held == [(D(40), promise.day), (D(40), promise.day), (D(0), None)]
    assert still_promised([replace(promise, paid_since=D(40))], date(2026, 4, 5), 3) == (D(0), None)
    assert still_promised([replace(promise, paid_since=D(15))], date(2026, 4, 5), 3) == (D(25), promise.day)
    withdrawn = replace(promise, withdrawn_on=date(2026, 4, 5))
    assert still_promised([withdrawn], date(2026, 4, 5), 3) == (D(0), None)
    plan = [replace(promise, paid_since=D(50)), Promise(D(40), date(2026, 5, 10), date(2026, 4, 1), None, D(50))]
    assert still_promised(plan, date(2026, 4, 20), 3) == (D(30), date(2026, 5, 10)), "the older one is kept first"


def test_a_hold_ends_with_its_last_day_or_the_day_before_it_is_released() -> None:
    hold = Hold("Goodwill", date(2026, 4, 1), date(2026, 4, 10))
    assert [hold.stands(date(2026, 4, day)) for day in (1, 10, 11)] == [True, True, False]
    assert [replace(hold, released_on=date(2026, 4, 5)).stands(date(2026, 4, day)) for day in (4, 5)] == [True, False]


def test_a_cancelled_letter_gives_the_level_back_and_a_level_set_by_hand_begins_anew() -> None:
    first, second = Dunned(1, date(2026, 4, 1)), Dunned(2, date(2026, 4, 20))
    assert standing([], [first, second]) == (2, second.day)
    assert standing([], [first]) == (1, first.day), "the second letter was cancelled"
    assert standing([0], [first, second]) == (0, second.day)
    assert standing([0], [first, second, Dunned(1, date(2026, 5, 20), 1)]) == (1, date(2026, 5, 20))
    assert standing([2], []) == (2, None)
    assert standing([], [Dunned(0, date(2026, 2, 20)), Dunned(None, date(2026, 4, 1))]) == (0, None)


def test_a_policy_is_the_invoices_own_else_the_accounts_else_its_types_else_the_default() -> None:
    own, of_account = replace(POLICY, key=2, is_default=False), replace(POLICY, key=3, is_default=False)
    of_type = replace(POLICY, key=4, is_default=False, account_type="Reseller")
    every = (POLICY, own, of_account, of_type)
    assert chosen_policy(2, 3, "Reseller", every) is own
    assert chosen_policy(None, 3, "Reseller", every) is of_account
    assert chosen_policy(None, None, "Reseller", every) is of_type
    assert chosen_policy(None, None, "Customer", every) is POLICY
    out_of_use = replace(own, is_active=False)
    assert chosen_policy(2, None, None, (out_of_use, POLICY)) is POLICY
    assert chosen_policy(2, None, None, (out_of_use,)) is None


@pytest.mark.parametrize(
    ("levels", "said"),
    [
        ((), "Standard has no level."),
        ((PolicyLevel(2, "B", 5),), "Levels are numbered 1, 2, 3 without a gap."),
        (
            (PolicyLevel(1, "A", 10, grace_days=10), PolicyLevel(2, "B", 15)),
            "Level 2 begins 15 days after the due date, no later than level 1 with 20.",
        ),
        ((PolicyLevel(1, "A", -5),), "Level 1 cannot begin -5 days after the due date."),
        ((PolicyLevel(1, "A", 5, tone="rude"),), "Level 1: tone cannot be “rude”."),
        ((PolicyLevel(1, "A", 5, fee=Fee()),), "Level 1: a fixed fee needs an amount."),
        ((PolicyLevel(1, "A", 5, minimums={"JPY": D("0.5")}),), "Level 1: minimum: 0.5 JPY is no amount of 0 or more."),
    ],
)
def test_a_policy_that_makes_no_sense_is_refused_with_its_level(levels: tuple[PolicyLevel, ...], said: str) -> None:
    with pytest.raises(RequestError) as refused:
        check_policy(replace(POLICY, levels=levels))
    assert refused.value.message == said
    assert check_policy(POLICY) == POLICY
