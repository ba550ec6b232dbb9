"""Cases that other receivables programs test for, as far as the rules of the domain can tell them.

Exchange rates, letters and fees come with their own rules; the cases for them wait for those.
"""

import json
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from duedesk.domain.aging import DEFAULT_BUCKETS, AgingRow, Buckets, total_by_currency
from duedesk.domain.instalments import Instalment, in_order
from duedesk.domain.instalments import held as on_each
from duedesk.domain.invoice import SettlementStatus, days_overdue
from duedesk.domain.ledger import Application, Posting, Settlement, settle
from duedesk.domain.unapplied import GivenBack, Receipt
from duedesk.domain.unapplied import unapplied as left_of

NOTHING = Decimal(0)
THEN = datetime(2026, 1, 1, tzinfo=UTC)
"""When it was recorded is not what these cases are about."""


class Bill:
    """An invoice of a case and what was put on it."""

    def __init__(self, told: dict[str, Any]) -> None:
        issued = date.fromisoformat(told["issued"])
        self.due = date.fromisoformat(told["due"] or told["issued"])
        self.posting = Posting(Decimal(told["amount"]), issued, None if told.get("draft") else THEN)
        self.events: list[Application] = []

    def apply(self, amount: str | Decimal, on: str, kind: str = "payment") -> None:
        """Put an amount on the bill; a negative one takes it off again."""
        self.events.append(Application(kind, -Decimal(amount), date.fromisoformat(on), THEN))

    def at(self, day: str) -> Settlement:
        """Give how it stands at the end of a day."""
        return settle(self.posting, self.events, as_of=date.fromisoformat(day))

    def age(self, day: str) -> int:
        """Give its days overdue."""
        return days_overdue(self.due, date.fromisoformat(day))


Case = Callable[[str], dict[str, Any]]


@pytest.fixture
def case(shared: Path) -> Case:
    """Read a case by its name."""
    return lambda name: json.loads((shared / "cases" / f"{name}.json").read_text(encoding="utf-8"))


def bills(told: dict[str, Any]) -> dict[str, Bill]:
    found = {invoice["id"]: Bill(invoice) for invoice in told["invoices"]}
    for payment in told.get("payments", ()):
        if not payment.get("unapplied"):
            found[payment["invoice"]].apply(payment["amount"], payment["date"])
    return found


def aged(
    found: Iterable[Bill], day: str, *, buckets: Buckets = DEFAULT_BUCKETS, unapplied: Decimal = NOTHING
) -> AgingRow:
    """Age bills into one row, the plain way."""
    amounts = [NOTHING] * len(buckets)
    for bill in found:
        amounts[buckets.index(bill.age(day))] += bill.at(day).balance
    return AgingRow(1, "Customer", "INR", tuple(amounts), unapplied, sum(amounts, unapplied))


def test_part_of_a_payment_leaves_sixty_and_all_of_it_closes_the_invoice(case: Case) -> None:
    told = case("erp-part")
    for variant in told["variants"]:
        (bill,) = bills(told).values()
        for payment in variant["payments"]:
            bill.apply(payment["amount"], payment["date"])
        assert bill.at(told["as_of"]).balance == Decimal(variant.get("expected_outstanding", 0))


def test_a_remainder_of_one_cent_stays(case: Case) -> None:
    told = case("erp-cent")
    (bill,) = bills(told).values()
    now = bill.at(told["as_of"])
    _, invoiced, paid, outstanding = map(Decimal, told["expected"]["row[grand_total,invoiced,paid,outstanding]"])
    assert [bill.posting.total, now.net_payments_applied, now.balance] == [invoiced, paid, outstanding]
    assert aged([bill], told["as_of"]).open == outstanding


def test_money_received_before_there_is_an_invoice_is_unapplied_and_negative(case: Case) -> None:
    told = case("erp-prepay")
    received = sum((Decimal(payment["amount"]) for payment in told["payments"]), NOTHING)
    row = aged([], told["as_of"], unapplied=-received)
    _, _, _, outstanding = map(Decimal, told["expected"]["row[invoiced,paid,credit_note,outstanding]"])
    assert row.balance == outstanding
    assert row.open == 0
    assert not row.difference


def test_what_is_paid_after_the_as_of_date_reduces_nothing_yet(case: Case) -> None:
    told = case("erp-future-1")
    for variant in told["variants"]:
        (bill,) = bills(told).values()
        payment = variant["future_payment"]
        credit = Decimal(payment.get("uses_credit_note", 0))
        cash = min(Decimal(payment["cash"]), bill.posting.total - credit)  # what is paid too much stays on account
        bill.apply(cash, payment["date"])
        bill.apply(credit, payment["date"], "credit")
        expected = next(value for key, value in variant.items() if key.startswith("expect["))["SI"]
        outstanding, remaining, future = map(Decimal, expected[-3:])
        assert bill.at(told["as_of"]).balance == outstanding
        assert bill.at(payment["date"]).balance == remaining
        assert outstanding - remaining == future


def test_the_summary_agrees_with_the_ledger_and_a_settled_customer_disappears(case: Case) -> None:
    told = case("erp-sum-2")
    found, day = bills(told), told["as_of"]
    buckets = Buckets((30, 60, 90, 120))
    for step in told["steps"]:
        if step["do"] == "pay":
            found[step["invoice"]].apply(step["amount"], day)
            continue
        row = aged(found.values(), day, buckets=buckets)
        expected = step.get("expect", {"outstanding": 0, "paid": 200, "buckets": [0] * 5, "difference": 0})
        # That program's first column, 0-30, holds what is due today; here it is not due yet.
        joined = (row.buckets[0] + row.buckets[1], *row.buckets[2:])
        assert joined == tuple(map(Decimal, expected["buckets"]))
        assert row.balance == Decimal(expected["outstanding"])
        assert found["SI"].at(day).net_payments_applied == Decimal(expected["paid"])
        assert row.difference == Decimal(expected["difference"])


def test_a_customers_invoices_add_up(case: Case) -> None:
    told = case("erp-group")
    rows = tuple(aged([bill], told["as_of"]) for bill in bills(told).values())
    (total,) = total_by_currency(rows)
    assert total.open == Decimal(told["expected"]["grand_total"])
    assert [str(row.open) for row in rows] == [outstanding for _, outstanding in told["expected"]["rows"]]


def test_part_payments_credit_notes_and_refunds_of_a_year_leave_the_right_invoices_open(case: Case) -> None:
    told = case("gnc-statement-1")
    found, day = bills(told), told["as_of"]
    unapplied = NOTHING
    for credit in told["credit_notes"]:
        if credit.get("applied_to"):
            found[credit["applied_to"]].apply(credit["amount"], credit["applied_on"], "credit")
        else:
            unapplied -= Decimal(credit["amount"])
    expected = told["expected"]
    assert {name: bill.at(day).balance for name, bill in found.items()} == {
        name: Decimal(expected["open"][name]) for name in found
    }
    assert found["I3"].at(day).full_settlement_date == date(1980, 6, 26)
    unapplied -= sum(Decimal(payment["amount"]) for payment in told["payments"] if payment.get("unapplied"))
    unapplied += sum(Decimal(refund["amount"]) for refund in told["refunds"])
    row = aged(found.values(), day, unapplied=unapplied)
    assert row.balance == Decimal(expected["period_totals"]["balance"])


@pytest.mark.parametrize("name", ["erp-terms-1", "erp-terms-3"])
def test_payments_and_credits_fill_the_instalments_in_the_order_they_are_due(case: Case, name: str) -> None:
    told = case(name)
    (invoice,) = told["invoices"]
    (bill,) = bills(told).values()
    parts = in_order((date.fromisoformat(due), Decimal(amount)) for due, amount in invoice["instalments"])
    unapplied = NOTHING
    for step in told["steps"]:
        match step["do"]:
            case "pay":
                bill.apply(step["amount"], told["as_of"])
            case "credit_note":
                # That program holds a credit of a bill that is paid in part on its own: here it is not applied.
                if name == "erp-terms-1":
                    unapplied -= Decimal(step["amount"])
                else:
                    bill.apply(step["amount"], told["as_of"], "credit")
            case "report":
                balance = bill.at(told["as_of"]).balance
                open_parts = [(one.requested, held) for one, held in zip(parts, on_each(balance, parts), strict=True)]
                rows = next((rows for key, rows in step.items() if key.startswith("expect_rows")), None)
                if rows is None:
                    assert (
                        str(unapplied)
                        == step["expect_credit_note_row[grand_total,invoiced,paid,credit_note,outstanding]"][-1]
                    )
                    continue
                expected = [(Decimal(row[1]), Decimal(row[-1])) for row in rows]
                assert [part for part in open_parts if part[1]] == expected
                row = aged_parts(parts, balance, told["as_of"])
                assert row.open == balance == sum(Decimal(row[-1]) for row in rows)


def aged_parts(parts: tuple[Instalment, ...], balance: Decimal, day: str) -> AgingRow:
    """Age instalments into one row, the plain way."""
    amounts = [NOTHING] * len(DEFAULT_BUCKETS)
    for one, amount in zip(parts, on_each(balance, parts), strict=True):
        amounts[DEFAULT_BUCKETS.index(days_overdue(one.due, date.fromisoformat(day)))] += amount
    return AgingRow(1, "Customer", "INR", tuple(amounts), NOTHING, sum(amounts, NOTHING))


def test_what_is_five_days_late_is_overdue_and_what_is_due_next_month_is_not(case: Case) -> None:
    told = case("oca-warn-1")
    found, day = bills(told), told["as_of"]
    assert aged(found.values(), day).overdue == Decimal(told["expected"]["overdue_amount"])
    assert sum(bill.age(day) > 0 for bill in found.values()) == told["expected"]["overdue_count"]


def test_an_invoice_is_overdue_from_the_day_after_its_due_date(case: Case) -> None:
    told = case("lago-1")
    found = bills(told)
    for step in told["steps"]:
        expected = step.get("overdue", step.get("request_amount"))
        assert expected is None or aged(found.values(), step["on"]).overdue == Decimal(expected)


@pytest.mark.parametrize(("name", "day", "age"), [("ide-1", "2025-06-30", 0), ("erp-dun-1", "2025-06-30", 20)])
def test_the_age_that_a_letter_goes_by(case: Case, name: str, day: str, age: int) -> None:
    (bill,) = bills(case(name)).values()
    assert bill.age(day) == age


def test_ten_too_much_is_given_back_or_stays_on_account(case: Case) -> None:
    """Here what is paid too much is no write-off: it is given back, and the customer's balance is nothing."""
    told = case("try-over-1")
    day = date.fromisoformat(told["dates_pinned"])
    for variant in told["variants"]:
        receipt = Receipt(Decimal(variant["payment"]), day, THEN)
        applied = [Application("payment", -Decimal(told["invoices"][0]["amount"]), day, THEN)]
        given_back = [GivenBack(-Decimal(variant["write_off"]), day, THEN)] if "write_off" in variant else []
        assert -left_of(receipt, applied, given_back, as_of=day) == Decimal(variant["customer_balance"])


def test_one_who_pays_ten_too_much_has_paid_and_has_ten_on_account(case: Case) -> None:
    told = case("try-over-1")
    (variant,) = (one for one in told["variants"] if one["treat"] == "overpayment")
    (bill,) = bills(told).values()
    bill.apply(bill.posting.total, told["dates_pinned"])
    now = bill.at(told["dates_pinned"])
    assert (now.settlement_status is SettlementStatus.SETTLED) == (variant["invoice"] == "paid")
    rest = bill.posting.total - Decimal(variant["payment"])
    assert aged([bill], told["dates_pinned"], unapplied=rest).balance == Decimal(variant["customer_balance"])


def state(told: dict[str, Any], found: dict[str, Bill], day: str) -> str:
    """Give the state that the oldest open invoice puts a customer in."""
    oldest = max((bill.age(day) for bill in found.values() if bill.at(day).balance), default=-1)
    return next((name for name, days in reversed(told["states"]) if oldest >= days), "CLEAR")


@pytest.mark.parametrize("name", ["kb-1", "kb-3", "kb-5", "kb-7", "kb-13"])
def test_a_customer_is_as_late_as_the_oldest_open_invoice(case: Case, name: str) -> None:
    told = case(name)
    found, day = bills(told), ""
    for step in told["steps"]:
        day = step.get("on", day)
        match step.get("do", "").split():
            case []:
                pass
            case ["pay_all_newest_first"]:
                for bill in reversed(found.values()):
                    bill.apply(bill.at(day).balance, day)
            case ["chargeback", who]:
                found[who].apply(-found[who].posting.total, day)
            case ["reverse", "chargeback"]:
                found["A"].apply(found["A"].posting.total, day)
            case ["credit", *words]:
                for who in found.keys() & set(words):
                    found[who].apply(found[who].at(day).balance, day, "credit")
            case other:
                pytest.fail(f"{name} does something new: {other}")
        assert state(told, found, day) == step["expect"], step
        unpaid = sum(bill.at(day).balance != 0 for bill in found.values())
        assert unpaid == step.get("unpaid_count", unpaid)
