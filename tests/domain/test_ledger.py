"""The ledger rule, told as an accountant would tell it, and held against the plainest way to say it."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duedesk.domain.invoice import SettlementStatus
from duedesk.domain.ledger import Application, Posting, Settlement, settle

NEW_YEAR = date(2026, 1, 1)
NOTHING = Decimal(0)
HUNDRED = Decimal(100)


def recorded(day: str, hour: int = 9) -> datetime:
    return datetime.combine(date.fromisoformat(day), datetime.min.time(), UTC).replace(hour=hour)


def posted(total: str, on: str = "2026-01-01", *, voided: str = "", known_voided: str = "") -> Posting:
    return Posting(
        Decimal(total),
        date.fromisoformat(on),
        recorded(on),
        date.fromisoformat(voided) if voided else None,
        recorded(known_voided or voided) if voided else None,
    )


def paid(amount: str, on: str, *, known: str = "", kind: str = "payment") -> Application:
    return Application(kind, -Decimal(amount), date.fromisoformat(on), recorded(known or on))


def credited(amount: str, on: str) -> Application:
    return paid(amount, on, kind="credit")


def unapplied(amount: str, on: str, *, known: str = "", kind: str = "payment") -> Application:
    return Application(kind, Decimal(amount), date.fromisoformat(on), recorded(known or on))


def on(day: str, posting: Posting, *events: Application, known_on: datetime | None = None) -> Settlement:
    return settle(posting, events, as_of=date.fromisoformat(day), known_on=known_on)


def test_what_nobody_has_paid_is_open_in_full() -> None:
    now = settle(posted("100.00"), [])
    assert now == Settlement(HUNDRED, NOTHING, NOTHING, SettlementStatus.NOT_SETTLED, None)


def test_forty_paid_on_5_january_and_taken_back_on_1_march_and_paid_again() -> None:
    invoice = posted("100.00")
    history = (paid("40.00", "2026-01-05"), unapplied("40.00", "2026-03-01"), paid("100.00", "2026-03-10"))
    assert on("2026-01-04", invoice, *history).balance == 100
    assert on("2026-01-05", invoice, *history).balance == 60
    assert on("2026-02-28", invoice, *history).settlement_status is SettlementStatus.PARTIALLY_SETTLED
    taken_back = on("2026-03-01", invoice, *history)
    assert (taken_back.balance, taken_back.net_payments_applied) == (HUNDRED, NOTHING)
    assert taken_back.settlement_status is SettlementStatus.NOT_SETTLED
    again = on("2026-03-10", invoice, *history)
    assert (again.balance, again.net_payments_applied) == (NOTHING, HUNDRED)
    assert again.full_settlement_date == date(2026, 3, 10)
    assert on("2026-03-09", invoice, *history).full_settlement_date is None


def test_an_invoice_settled_on_the_as_of_date_counts_as_closed() -> None:
    settled = on("2026-01-31", posted("100.00"), paid("100.00", "2026-01-31"))
    assert settled == Settlement(NOTHING, HUNDRED, NOTHING, SettlementStatus.SETTLED, date(2026, 1, 31))
    assert on("2026-01-30", posted("100.00"), paid("100.00", "2026-01-31")).balance == 100


def test_a_credit_memo_reduces_the_balance_as_a_payment_does_and_is_told_apart() -> None:
    now = settle(posted("119.00"), [paid("100.00", "2026-01-20"), credited("19.00", "2026-01-25")])
    assert (now.balance, now.net_payments_applied, now.net_credits_applied) == (NOTHING, HUNDRED, Decimal(19))
    assert now.full_settlement_date == date(2026, 1, 25)


def test_the_last_cent_keeps_an_invoice_open() -> None:
    now = settle(posted("100.00"), [paid("99.99", "2026-01-05")])
    assert now.balance == Decimal("0.01")
    assert now.settlement_status is SettlementStatus.PARTIALLY_SETTLED
    assert now.full_settlement_date is None


def test_three_thirds_of_a_hundred_leave_a_cent_and_the_cent_settles_it() -> None:
    thirds = [paid("33.33", f"2026-01-0{day}") for day in (5, 6, 7)]
    assert settle(posted("100.00"), thirds).balance == Decimal("0.01")
    assert settle(posted("100.00"), [*thirds, paid("0.01", "2026-01-08")]).full_settlement_date == date(2026, 1, 8)


def test_a_draft_is_not_owed() -> None:
    draft = Posting(HUNDRED, NEW_YEAR, None)
    now = settle(draft, [])
    assert now == Settlement(NOTHING, NOTHING, NOTHING, SettlementStatus.NOT_APPLICABLE, None)
    assert settle(Posting(HUNDRED, None, None), []).settlement_status is SettlementStatus.NOT_APPLICABLE


def test_an_invoice_is_owed_from_its_invoice_date() -> None:
    invoice = posted("100.00", "2026-02-01")
    assert on("2026-01-31", invoice).balance == 0
    assert on("2026-01-31", invoice).settlement_status is SettlementStatus.NOT_APPLICABLE
    assert on("2026-02-01", invoice).balance == 100


def test_a_voided_invoice_was_owed_until_the_day_it_was_voided() -> None:
    invoice = posted("100.00", voided="2026-03-15")
    assert on("2026-03-14", invoice).balance == 100
    assert on("2026-03-15", invoice).balance == 0
    assert on("2026-03-15", invoice).settlement_status is SettlementStatus.NOT_APPLICABLE


def test_what_was_voided_later_was_still_owed_as_the_report_saw_it_then() -> None:
    invoice = posted("100.00", voided="2026-03-15", known_voided="2026-04-02")
    quarter_end = date(2026, 3, 31)
    assert not invoice.is_owed(quarter_end)
    assert invoice.is_owed(quarter_end, known_on=recorded("2026-03-31", 23))
    assert not invoice.is_owed(quarter_end, known_on=recorded("2026-04-02"))


def test_a_payment_of_march_that_was_recorded_in_april_is_missing_from_the_report_of_31_march_as_seen_then() -> None:
    invoice, payment = posted("100.00"), paid("100.00", "2026-03-30", known="2026-04-02")
    then = on("2026-03-31", invoice, payment, known_on=recorded("2026-03-31", 23))
    assert (then.balance, then.full_settlement_date) == (HUNDRED, None)
    now = on("2026-03-31", invoice, payment)
    assert (now.balance, now.full_settlement_date) == (NOTHING, date(2026, 3, 30))
    at_that_very_moment = on("2026-03-31", invoice, payment, known_on=recorded("2026-04-02"))
    assert at_that_very_moment.balance == 0


def test_an_invoice_posted_late_is_missing_from_the_report_as_seen_before() -> None:
    invoice = Posting(HUNDRED, NEW_YEAR, recorded("2026-02-10"))
    assert on("2026-01-31", invoice).balance == 100
    assert on("2026-01-31", invoice, known_on=recorded("2026-01-31")).balance == 0


def test_what_was_prepaid_is_settled_on_the_day_it_is_invoiced_and_not_before() -> None:
    invoice, deposit = posted("100.00", "2026-02-01"), paid("100.00", "2026-01-10")
    before = on("2026-01-15", invoice, deposit)
    assert (before.balance, before.net_payments_applied) == (NOTHING, HUNDRED)
    assert (before.settlement_status, before.full_settlement_date) == (SettlementStatus.NOT_APPLICABLE, None)
    after = on("2026-02-01", invoice, deposit)
    assert (after.settlement_status, after.full_settlement_date) == (SettlementStatus.SETTLED, date(2026, 2, 1))


def test_a_deposit_and_the_rest_settle_on_the_day_of_the_rest() -> None:
    history = (paid("30.00", "2026-01-10"), paid("70.00", "2026-02-20"))
    assert on("2026-02-19", posted("100.00", "2026-02-01"), *history).balance == 70
    assert on("2026-02-20", posted("100.00", "2026-02-01"), *history).full_settlement_date == date(2026, 2, 20)


def test_an_invoice_over_nothing_is_settled_when_it_is_posted() -> None:
    now = settle(posted("0.00"), [])
    assert (now.settlement_status, now.full_settlement_date) == (SettlementStatus.SETTLED, NEW_YEAR)


def test_a_payment_moved_within_a_day_does_not_move_the_settlement_date() -> None:
    history = [paid("100.00", "2026-01-05"), unapplied("100.00", "2026-02-01"), paid("100.00", "2026-02-01")]
    assert settle(posted("100.00"), history).full_settlement_date == date(2026, 1, 5)


def test_the_order_in_which_events_are_given_does_not_matter() -> None:
    history = [paid("40.00", "2026-01-05"), unapplied("40.00", "2026-01-07"), credited("100.00", "2026-01-09")]
    assert settle(posted("100.00"), history) == settle(posted("100.00"), reversed(history))


@st.composite
def histories(draw: st.DrawFn) -> tuple[Posting, list[Application]]:
    """An invoice and the payments and credit memos put on it and taken off again, never more than is open."""
    total = Decimal(draw(st.integers(0, 500))) / 100
    invoice_date = NEW_YEAR + timedelta(days=draw(st.integers(0, 6)))
    known = st.integers(0, 20).map(lambda days: recorded("2026-01-01") + timedelta(days=days))
    voided = draw(st.none() | st.integers(0, 12).map(lambda days: NEW_YEAR + timedelta(days=days)))
    posting = Posting(total, invoice_date, draw(known), voided, draw(known) if voided else None)
    events: list[Application] = []
    held: list[Application] = []
    day, left = NEW_YEAR - timedelta(days=3), total
    for _ in range(draw(st.integers(0, 6))):
        day += timedelta(days=draw(st.integers(0, 4)))
        if draw(st.booleans()) and held:
            taken = held.pop(draw(st.integers(0, len(held) - 1)))
            event = Application(taken.kind, -taken.impact, day, draw(known))
        elif left:
            amount = left if draw(st.booleans()) else min(left, Decimal("1.00"))
            event = Application(draw(st.sampled_from(["payment", "credit"])), -amount, day, draw(known))
            held.append(event)
        else:
            continue
        left += event.impact
        events.append(event)
    return posting, list(draw(st.permutations(events)))


def plainly_owed(posting: Posting, as_of: date, known_on: datetime | None) -> bool:
    known = known_on or datetime.max.replace(tzinfo=UTC)
    if posting.posted_at is None or posting.invoice_date is None:
        return False
    is_in = posting.invoice_date <= as_of and posting.posted_at <= known
    is_out = (
        posting.voided_date is not None
        and posting.voided_at is not None
        and posting.voided_date <= as_of
        and posting.voided_at <= known
    )
    return is_in and not is_out


def plainly_open(total: Decimal, events: list[Application], as_of: date, known_on: datetime | None) -> Decimal:
    known = known_on or datetime.max.replace(tzinfo=UTC)
    return total + sum((e.impact for e in events if e.effective_date <= as_of and e.recorded_at <= known), NOTHING)


@given(histories(), st.integers(-5, 40), st.none() | st.integers(0, 20))
def test_the_ledger_is_what_its_plain_definition_says(
    history: tuple[Posting, list[Application]], day: int, known_after: int | None
) -> None:
    posting, events = history
    as_of = NEW_YEAR + timedelta(days=day)
    known_on = None if known_after is None else recorded("2026-01-01") + timedelta(days=known_after)
    found = settle(posting, events, as_of=as_of, known_on=known_on)
    if not plainly_owed(posting, as_of, known_on):
        assert (found.balance, found.settlement_status) == (NOTHING, SettlementStatus.NOT_APPLICABLE)
        assert found.full_settlement_date is None
        return
    assert found.balance == plainly_open(posting.total, events, as_of, known_on)
    assert found.balance == posting.total - found.net_payments_applied - found.net_credits_applied
    assert posting.invoice_date is not None
    settled_on = None
    for days in range((as_of - posting.invoice_date).days, -1, -1):
        each = posting.invoice_date + timedelta(days=days)
        if plainly_open(posting.total, events, each, known_on):
            break
        settled_on = each
    assert found.full_settlement_date == settled_on
    assert (found.settlement_status is SettlementStatus.SETTLED) == (settled_on is not None)


@given(histories(), st.integers(-5, 40))
def test_to_know_everything_is_to_know_what_was_recorded_last(
    history: tuple[Posting, list[Application]], day: int
) -> None:
    posting, events = history
    as_of = NEW_YEAR + timedelta(days=day)
    everything = settle(posting, events, as_of=as_of, known_on=recorded("2026-12-31"))
    assert everything == settle(posting, events, as_of=as_of)


@pytest.mark.parametrize("as_of", [date.max, date(2026, 12, 31)])
def test_without_a_day_the_ledger_is_as_it_stands_after_all_that_happened(as_of: date) -> None:
    history = [paid("100.00", "2026-01-05"), unapplied("100.00", "2026-12-31")]
    assert settle(posted("100.00"), history, as_of=as_of) == settle(posted("100.00"), history)
    assert settle(posted("100.00"), history).balance == 100
