"""Habits as published tables of Kaplan and Meier have them, and forecasts that add up to what is open."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from duedesk.domain.forecast.curves import ONE, Seen, kaplan_meier, table_of
from duedesk.domain.forecast.error import PastWeek, errors, origins
from duedesk.domain.forecast.habits import Habits, seen_in
from duedesk.domain.forecast.promises import Kept, Words, kept, set_apart
from duedesk.domain.forecast.weeks import Chances, Expected, forecast, shares
from duedesk.domain.forecast.words import Outlook, error_in_short, error_in_words
from duedesk.domain.promises import Promise

D = Decimal
TODAY = date(2026, 11, 23)

FREIREICH = Seen(
    paid={6: 3, 7: 1, 10: 1, 13: 1, 16: 1, 22: 1, 23: 1},
    unpaid={6: 1, 9: 1, 10: 1, 11: 1, 17: 1, 19: 1, 20: 1, 25: 1, 32: 2, 34: 1, 35: 1},
)
"""Weeks of remission under 6-MP of 21 patients (Freireich and others, 1963), the table in every book on survival."""


def habits_of(seen: Mapping[int, Seen], members: Mapping[int, str] | None = None) -> Habits:
    return Habits(seen_in(seen), dict.fromkeys(seen, "") | dict(members or {}))


def usual(days: int, times: int) -> Seen:
    return Seen(paid={days: times})


def test_kaplan_meier_is_that_of_the_books() -> None:
    curve = kaplan_meier(FREIREICH)
    published = {5: "1.000", 6: "0.857", 7: "0.807", 10: "0.753", 13: "0.690", 16: "0.627", 22: "0.538", 23: "0.448"}
    assert {day: f"{D(curve.unpaid(day)) / ONE:.3f}" for day in published} == published
    assert curve.usual_day() == 23
    assert curve.unpaid(400) == curve.unpaid(23)
    assert all(table_of(curve).unpaid(day) == curve.unpaid(day) for day in range(-5, 60))
    mean_of_paid = D(sum(day * count for day, count in FREIREICH.paid.items())) / FREIREICH.times
    assert mean_of_paid < 13  # what is open yet would be forgotten


def test_an_account_is_shrunk_to_its_segment_by_the_weight_of_five_invoices() -> None:
    own, segment = Seen(paid={10: 4, 20: 6}), table_of(kaplan_meier(Seen(paid={0: 50, 40: 50})))
    curve = kaplan_meier(own, segment, 5)
    mixed = {-1: D(15), 0: D("12.5"), 10: D("8.5"), 20: D("2.5"), 39: D("2.5"), 40: D(0)}
    assert {day: round(D(curve.unpaid(day)) / ONE * 15, 4) for day in mixed} == mixed
    assert curve.usual_day() == 20
    assert curve.usual_day(20) == 40  # of what is later than all of its own the segment tells


def test_what_is_paid_and_not_recorded_yet_comes_in_the_first_week() -> None:
    table = table_of(kaplan_meier(Seen(paid=dict.fromkeys(range(1, 101), 1))))
    assert [round(100 * D(one) / ONE, 3) for one in table.paid_by(20, 2, 0) or ()] == [D("8.75"), D("17.5"), D(100)]
    late = table.paid_by(20, 2, 0, ONE + ONE // 2) or ()  # a day and a half: 81.5 of 100 were known to be unpaid
    assert round(100 * D(late[0]) / ONE, 3) == round(D("8.5") / D("81.5") * 100, 3)


def test_a_part_of_a_curve_is_the_same_as_the_whole() -> None:
    segment = table_of(kaplan_meier(Seen(paid=dict.fromkeys(range(-20, 90, 4), 3), unpaid={33: 9})))
    curve = kaplan_meier(Seen(paid={-30: 1, 5: 4, 40: 1}, unpaid={12: 2, 95: 1}), segment, 5)
    whole = table_of(curve)
    assert (whole.first, whole.last) == (-30, 95)
    for after, until in ((-60, 10), (-5, 40), (6, 300), (120, 200), (5, 5)):
        part = table_of(curve, after, until)
        days = range(max(after, -30), until + 1)
        assert [part.unpaid(day) for day in days] == [whole.unpaid(day) for day in days]
        assert all(abs(whole.unpaid(day) - curve.unpaid(day)) < 5 for day in days)


def test_what_credit_settled_is_never_paid() -> None:
    curve = kaplan_meier(Seen(paid={5: 3}, closed=1))
    assert (curve.unpaid(5), curve.unpaid(365)) == (ONE // 4, ONE // 4)


def test_a_habit_is_said_with_its_reason() -> None:
    seen = {1: Seen(paid={12: 8, 15: 1, 40: 2}, unpaid={3: 1}), 2: usual(0, 40), 3: Seen()}
    habits = habits_of(seen, {2: "accounts of type Customer", 3: "accounts of type Customer"})
    acme = Outlook(habits.of(1))
    assert acme.sentence == "pays about 12 days late, 9 of 11 times"
    assert acme.reason == (
        "11 of its invoices were paid in the year before; “about” is within 7 days. All accounts count as 5 more."
    )
    fresh = Outlook(habits.of(3))
    assert fresh.sentence == "accounts like it pay about on the due date, 40 of 40 times"
    assert "40 paid invoices of accounts of type Customer stand for it" in fresh.reason
    assert Outlook(habits_of({}).of(1)).sentence == "nothing was paid yet that could tell"


def test_weeks_later_not_expected_and_disputed_are_what_is_open() -> None:
    random = Random(7)
    seen = {
        account: Seen(
            paid={random.randrange(-5, 90): random.randrange(1, 9) for _ in range(5)}, closed=random.randrange(2)
        )
        for account in range(20)
    }
    promised = [(TODAY + timedelta(days=9), 90_000)]
    items = []
    for key in range(600):
        due = TODAY - timedelta(days=random.randrange(-40, 200))
        amount = random.randrange(1, 5_000) * 10_000
        apart, kept = set_apart([amount], random.choice((0, 0, 7_000_000)), promised, TODAY)[0]
        items.append(Expected(key, random.randrange(22), random.choice(("EUR", "JPY")), due, amount, apart, kept))
    found = forecast(items, Chances(habits_of(seen), TODAY, 6))
    assert [one.currency for one in found] == ["EUR", "JPY"]
    for one in found:
        assert one.difference == 0
        assert one.total.expected == sum(week.expected for week in one.weeks)
        assert min(one.later, one.never, one.disputed) >= 0
        assert all(week.low <= week.middle <= week.high for week in (*one.weeks, one.total))
        assert one.total.low < one.total.expected < one.total.high
    assert found[1].total.expected % 1 == 0  # yen have no digits
    assert found == forecast(items[::-1], Chances(habits_of(seen), TODAY, 6))
    assert found != forecast(items, Chances(habits_of(seen), TODAY, 6), seed=2)


def test_a_promise_and_a_dispute_go_before_the_habit_and_lateness_counts() -> None:
    habits = habits_of({1: Seen(paid={12: 300})})
    due = TODAY - timedelta(days=5)
    promised = (TODAY + timedelta(days=20), 400_000)
    (found,) = forecast([Expected(1, 1, "EUR", due, 1_000_000, 100_000, (promised,))], Chances(habits, TODAY, 4))
    assert [week.expected for week in found.weeks] == [D(50), D(0), D(40), D(0)]  # paid on day 12: a week from now
    assert [week.promised for week in found.weeks] == [D(0), D(0), D(40), D(0)]
    assert (found.disputed, found.later, found.never) == (D(10), D(0), D(0))
    late = Expected(1, 1, "EUR", TODAY - timedelta(days=13), 1_000_000)
    (found,) = forecast([late], Chances(habits, TODAY, 4))
    assert found.never == D(100)  # nobody was ever so late


def test_a_promise_is_of_the_part_it_names_and_else_of_the_oldest() -> None:
    soon, later = TODAY + timedelta(days=1), TODAY + timedelta(days=30)
    assert set_apart([100], 60, [(TODAY, 10), (soon, 50)], TODAY) == [(60, ((soon, 40),))]
    assert set_apart([100, 80], 0, [(soon, 60), (later, 80)], TODAY) == [(0, ((soon, 60),)), (0, ((later, 80),))]
    assert set_apart([100, 80], 0, [(soon, 80), (soon, 100)], TODAY) == [(0, ((soon, 100),)), (0, ((soon, 80),))]
    assert set_apart([100, 80], 30, [(later, 120)], TODAY) == [(30, ((later, 70),)), (0, ((later, 50),))]


def test_promises_are_believed_as_often_as_they_were_kept() -> None:
    def promise(amount: int, paid: int, withdrawn: date | None = None) -> Promise:
        return Promise(D(amount), TODAY - timedelta(days=20), TODAY - timedelta(days=30), withdrawn, D(paid))

    assert kept([promise(100, 100), promise(50, 120)]) == Kept(1, 2)  # what came in pays the first, and 20 of the other
    assert kept([promise(100, 0, TODAY), promise(80, 80)]) == Kept(1, 1)
    words = Words({1: Kept(3, 4), 2: Kept(0, 6)}, {1: "accounts in FR", 2: "accounts in FR", 3: "accounts in FR"})
    assert words.of(1).sentence == "3 of 4 promises kept"
    assert words.of(3).sentence == "accounts in FR kept 3 of 10 promises"
    assert Words({}, {}).of(1).chance == ONE  # nothing fell due yet: taken at its word
    everybody = (3 + 5) / D(15)
    segment = (3 + 5 * everybody) / D(15)
    assert round(D(words.of(2).chance) / ONE, 6) == round(5 * segment / 11, 6)
    due, day = TODAY - timedelta(days=5), TODAY + timedelta(days=9)
    chances = Chances(habits_of({2: Seen(paid={40: 300})}), TODAY, 6, words)
    item = Expected(1, 2, "EUR", due, 1_000_000, 0, ((day, 1_000_000),))
    found = [D(share) / 10_000 for share in shares(item, chances)]
    believed = round(D(words.of(2).chance) * 100 / ONE, 2)
    assert found == [D(0), believed, D(0), D(0), 100 - believed, D(0), D(0), D(0), D(0)]  # else paid 40 days late
    (week,) = (one for one in forecast([item], chances)[0].weeks if one.promised)
    assert (week.promised, week.kept) == (D(100), believed)


def test_of_many_accounts_a_part_stands_for_all() -> None:
    seen = {key: Seen(paid={key % 7: 2}) for key in range(5_000)}
    asked: list[int] = []

    def seen_of(accounts: Sequence[int]) -> list[Seen]:
        asked.append(len(accounts))
        return [seen[key] for key in accounts]

    habits = Habits(seen_of, dict.fromkeys(seen, "accounts in FR"))
    assert habits.of(9).segment.seen.times == 3_334
    assert asked == [1_667, 1]
    few = Habits(seen_in({key: seen[key] for key in range(400)}), dict.fromkeys(seen, ""))
    assert few.of(9).segment.seen.times == 800  # too little was seen of them: all are asked


def test_the_error_of_a_past_day_is_weighted_by_what_came_in() -> None:
    days = origins(TODAY, 2)[-2:]
    assert days == (date(2026, 10, 12), date(2026, 11, 9))
    assert origins(TODAY, 2, 100_000) == (date(2026, 9, 14), *days)  # enough invoices are in each week
    figures = (("10", "12", "30", "20"), ("0", "0", "5", "0"), ("40", "50", "60", "90"), ("1", "4", "9", "10"))
    weeks = [
        PastWeek("EUR", days[at // 2], at % 2 + 1, D(expected), D(low), D(expected), D(high), D(0), D(came))
        for at, (low, expected, high, came) in enumerate(figures)
    ]
    (error,) = errors(weeks)
    assert (error.came, error.expected, error.covered_weeks, len(error.weeks)) == (D(120), D(66), 1, 3)
    assert (error.error, error.bias, error.error_of_total) == (D(45), D(-45), D(45))
    assert error.by_due_dates == D(100)
    assert error_in_words(error) == (
        "On 2 past days a week was off by 45 % of what came in, all weeks together by 45 %; 45 % too little was "
        "expected. 1 of 3 weeks (33 %) lay within P10 to P90; 80 % is meant."
    )
    assert error_in_short(error) == "past weeks off by 45 %, bias −45 %, 33 % within P10–P90"
