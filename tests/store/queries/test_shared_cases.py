"""Cases of other receivables programs, put into a book and asked of the queries a clerk's figures come from.

Where a case follows a rule this program has chosen against, its test says which and why. The folder of cases stands
beside the checkout on some machines; elsewhere these tests are skipped.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from build import Builder
from duedesk.domain.aging import Aging, AgingRequest, AgingRow, Buckets, OpenItem
from duedesk.domain.grouping import CURRENCY
from duedesk.store.book import Book
from duedesk.store.queries.aging.figures import aging
from duedesk.store.queries.open_items import open_items
from duedesk.store.queries.rates import aging_in
from duedesk.store.queries.roll_forward import roll_forward

D = Decimal
AGING = {"erp-cent", "erp-group", "erp-part", "erp-prepay", "erp-sum-2", "oca-warn-1"}


@dataclass
class Told:
    """A case in a book: its document, and its records by what the case calls them."""

    case: Mapping[str, Any]
    book: Book
    account: int = 0
    invoices: dict[str, int] = field(default_factory=dict)

    @property
    def day(self) -> date:
        """The day the case is about."""
        return date.fromisoformat(self.case.get("as_of") or self.case["dates_pinned"])

    @property
    def currency(self) -> str:
        """The currency of the case."""
        return next((str(one["currency"]) for one in self.case.get("invoices", ())), "INR")

    def write(self, work: Callable[[Builder], object]) -> None:
        """Put something more into the book."""
        with self.book.writing() as connection:
            build = Builder(connection)
            work(build)
            build.settle()

    def pay(self, amount: str, on: str, invoice: str | None = None, put: str | None = None) -> int:
        """Receive a payment, and put it (or a part) on an invoice."""
        made: list[int] = []

        def work(build: Builder) -> None:
            made.append(build.payment(self.account, amount, on=on, currency=self.currency))
            if invoice is not None:
                build.apply(
                    self.invoices[invoice], put or amount, on=on, account=self.account, payment=made[0],
                    currency=self.currency,
                )  # fmt: skip

        self.write(work)
        return made[0]

    def credit(self, amount: str, on: str, invoice: str | None = None, applied: str | None = None) -> None:
        """Give a credit memo, and put it on an invoice."""

        def work(build: Builder) -> None:
            memo = build.credit_memo(self.account, amount, on=on, currency=self.currency)
            if invoice is not None:
                build.apply(
                    self.invoices[invoice], amount, on=applied or on, account=self.account, credit_memo=memo,
                    currency=self.currency,
                )  # fmt: skip

        self.write(work)

    def aged(self, day: date | None = None, *, buckets: Buckets | None = None) -> Aging:
        """Age the book, proved."""
        shown = self.book.ask(aging, AgingRequest(day or self.day, buckets=buckets or Buckets()))
        assert shown.mismatches == ()
        return shown

    def row(self, day: date | None = None, *, buckets: Buckets | None = None) -> AgingRow:
        """Give the one row there is."""
        (row,) = self.aged(day, buckets=buckets).rows
        return row

    def items(self) -> list[OpenItem]:
        """Give what is behind the figures."""
        with self.book.reading() as connection:
            return list(open_items(connection, AgingRequest(self.day)))


@pytest.fixture
def tell(shared: Path, file_book: Book) -> Callable[[str], Told]:
    """Put a case into a book: its account and invoices, and the payments that are dated in it."""

    def told(name: str) -> Told:
        one = Told(json.loads((shared / "cases" / f"{name}.json").read_text(encoding="utf-8")), file_book)

        def work(build: Builder) -> None:
            one.account = build.account("Customer")
            for bill in one.case.get("invoices", ()):
                due = bill["due"] or (bill["instalments"][-1][0] if "instalments" in bill else bill["issued"])
                key = build.invoice(
                    bill["id"], one.account, bill["amount"], on=bill["issued"], due=due, currency=bill["currency"]
                )
                one.invoices[bill["id"]] = key
                if "instalments" in bill:
                    parts = [(str(day), str(amount)) for day, amount in bill["instalments"]]
                    build.instalments(key, parts, currency=bill["currency"])

        one.write(work)
        for payment in one.case.get("payments", ()):
            if not payment.get("unapplied") and "invoice" in payment:
                one.pay(payment["amount"], payment["date"], payment["invoice"])
        return one

    return told


Tell = Callable[[str], Told]


def test_every_case_about_aging_is_asked_here(shared: Path) -> None:
    read = (json.loads(path.read_text(encoding="utf-8")) for path in sorted((shared / "cases").glob("*.json")))
    assert {case["id"] for case in read if case["kind"] == "aging"} == AGING


def test_a_remainder_of_one_cent_stays(tell: Tell) -> None:
    told = tell("erp-cent")
    *_, outstanding = told.case["expected"]["row[grand_total,invoiced,paid,outstanding]"]
    assert told.row().balance == D(outstanding)


def test_part_of_a_payment_leaves_sixty_and_all_of_it_nothing(tell: Tell) -> None:
    told = tell("erp-part")
    part, whole = told.case["variants"]
    told.pay(part["payments"][0]["amount"], part["payments"][0]["date"], "SI")
    assert told.row().balance == D(part["expected_outstanding"])
    rest = D(whole["payments"][0]["amount"]) - D(part["payments"][0]["amount"])
    told.pay(str(rest), whole["payments"][0]["date"], "SI")
    assert told.aged().rows == tuple(whole["expected_rows"])


def test_a_customers_invoices_add_up(tell: Tell) -> None:
    told = tell("erp-group")
    assert told.row().balance == D(told.case["expected"]["customer_total"])
    assert told.aged().totals[0].balance == D(told.case["expected"]["grand_total"])
    assert [[str(one.total), str(one.balance)] for one in told.items()] == [
        [f"{D(amount):.4f}" for amount in row] for row in told.case["expected"]["rows"]
    ]


def test_a_prepayment_is_a_negative_open_item(tell: Tell) -> None:
    told = tell("erp-prepay")
    (payment,) = told.case["payments"]
    told.pay(payment["amount"], payment["date"])
    *_, outstanding = told.case["expected"]["row[invoiced,paid,credit_note,outstanding]"]
    row = told.row()
    assert (row.open, row.unapplied, row.balance) == (D(0), D(outstanding), D(outstanding))


def test_the_summary_agrees_with_the_ledger_and_a_settled_customer_disappears(tell: Tell) -> None:
    """That program's first column, 0-30, holds what is due today; here that is not due yet: they stand together."""
    told = tell("erp-sum-2")
    buckets = Buckets((30, 60, 90, 120))
    for step in told.case["steps"]:
        if step["do"] == "pay":
            told.pay(step["amount"], str(told.day), step["invoice"])
        elif "expect" in step:
            row, expected = told.row(buckets=buckets), step["expect"]
            assert [row.buckets[0] + row.buckets[1], *row.buckets[2:]] == [D(one) for one in expected["buckets"]]
            assert row.balance == D(expected["outstanding"]) == D(expected["ledger_balance"])
            assert row.difference == D(expected["difference"])
        else:
            assert told.aged(buckets=buckets).rows == tuple(step["expect_rows"])


def test_what_is_five_days_late_is_overdue_and_what_is_due_next_month_is_not(tell: Tell) -> None:
    told = tell("oca-warn-1")
    assert told.row().overdue == D(told.case["expected"]["overdue_amount"])
    late = [one for one in told.items() if one.days_overdue is not None and one.days_overdue > 0]
    assert len(late) == told.case["expected"]["overdue_count"]


@pytest.mark.parametrize("name", ["erp-terms-1", "erp-terms-3"])
def test_payments_and_credits_fill_the_instalments_in_the_order_they_are_due(tell: Tell, name: str) -> None:
    """That program keeps the credit of an invoice that is paid in part on its own: in the first it is unapplied."""
    told = tell(name)
    for step in told.case["steps"]:
        if step["do"] == "pay":
            told.pay(step["amount"], str(told.day), "SI")
        elif step["do"] == "credit_note":
            told.credit(step["amount"], str(told.day), None if name == "erp-terms-1" else "SI")
        else:
            found = [(one.total, one.balance) for one in told.items() if one.kind == "Invoice"]
            for said, rows in step.items():
                if said.startswith("expect_rows"):
                    assert found == [(D(row[1]), D(row[-1])) for row in rows]
                elif said.startswith("expect_credit_note_row"):
                    assert told.row().unapplied == D(rows[-1])


def test_a_customer_who_pays_ten_too_much_has_ten_on_account(tell: Tell) -> None:
    """There, ten too much may also be written off; here money that came in is given back: the balance is the same."""
    told = tell("try-over-1")
    write_off, kept = told.case["variants"]
    on = str(told.day)
    payment = told.pay(kept["payment"], on, "I", told.case["invoices"][0]["amount"])
    assert told.row().balance == D(kept["customer_balance"])
    assert told.row().open == 0
    back = str(-D(write_off["write_off"]))
    told.write(lambda build: build.refund(payment, told.account, back, on=on, currency=told.currency))
    assert sum((row.balance for row in told.aged().rows), D(0)) == D(write_off["customer_balance"])


def test_what_is_paid_after_the_day_reduces_nothing_on_it(tell: Tell) -> None:
    told = tell("erp-future-1")
    for credit in told.case["credit_notes"]:
        told.credit(credit["amount"], credit["date"])
    first = told.case["variants"][0]["future_payment"]
    payment = told.pay(first["cash"], first["date"], "SI")
    assert payment
    _, outstanding, _, _ = next(rows for name, rows in told.case["variants"][0].items() if name[:6] == "expect")["SI"]
    assert told.row().open == D(outstanding)
    assert told.row().unapplied == -D(told.case["credit_notes"][0]["amount"])
    assert told.row(date.fromisoformat(first["date"])).open == D(outstanding) - D(first["cash"])


def test_an_overpayment_of_tomorrow_is_not_on_account_today(tell: Tell) -> None:
    """That program shows the ten too much on the day before they came; here nothing counts before its day."""
    told = tell("erp-future-1")
    over = told.case["variants"][2]["future_payment"]
    told.pay(over["cash"], over["date"], "SI", told.case["invoices"][0]["amount"])
    assert (told.row().open, told.row().unapplied) == (D(100), D(0))
    assert told.row(date.fromisoformat(over["date"])).balance == D(-10)


def test_a_foreign_invoice_is_shown_at_the_rate_of_the_day_one_looks(tell: Tell) -> None:
    """That program converts each document at the rate it was booked with, so that a paid invoice leaves 500 open.

    Here a converted view is at the rate of its own day: what is paid is nothing in any currency, and a difference of
    exchange is for the general ledger.
    """
    told = tell("erp-fx-1")
    (bill,) = told.case["invoices"]
    part = told.case["variants"][1]
    paid = part["future_payment"]

    def work(build: Builder) -> None:
        build.rate("INR", bill["rate"], on=bill["issued"], base="USD")
        build.rate("INR", paid["rate"], on=paid["date"], base="USD")

    told.write(work)
    told.pay(paid["usd"], paid["date"], "SI")
    before = told.book.ask(aging_in, AgingRequest(told.day), "INR")
    invoiced, outstanding, _, _ = part["base[invoiced,outstanding,remaining,future]"]
    assert before.totals[0].balance == D(outstanding) == D(invoiced)
    after = date.fromisoformat(paid["date"])
    _, _, remaining, _ = part["doc_currency"]
    assert told.row(after).balance == D(remaining)
    assert told.book.ask(aging_in, AgingRequest(after), "INR").totals[0].balance == D(remaining) * D(paid["rate"])
    told.pay(remaining, paid["date"], "SI")
    assert told.book.ask(aging_in, AgingRequest(after), "INR").rows == ()


def test_an_advance_fills_the_first_instalment_and_not_both(tell: Tell) -> None:
    """That program shares an advance evenly over the instalments; here it fills the oldest first, with the same sum."""
    told = tell("erp-fx-3")
    (bill,), (advance,) = told.case["invoices"], told.case["payments"]
    told.write(lambda build: build.rate("INR", bill["rate"], on=bill["issued"], base="USD"))
    told.pay(advance["amount"], advance["date"], "SI")
    shown = told.book.ask(aging_in, AgingRequest(told.day), "INR")
    assert shown.totals[0].open == sum(D(row) for row in told.case["expected"]["base_outstanding_rows"])
    assert [(str(one.due_date), one.balance) for one in told.items()] == [("2025-07-30", D(50))]


def test_a_year_of_part_payments_credits_and_refunds_runs_as_the_statement_says(tell: Tell) -> None:
    """There a refund gave back ten more than was held; here no refund gives back more than its payment left.

    So the last balance is ten lower, and every one before it the same.
    """
    told = tell("gnc-statement-1")
    for credit in told.case["credit_notes"]:
        told.credit(credit["amount"], credit["date"], credit.get("applied_to"), credit.get("applied_on"))
    loose = next(one for one in told.case["payments"] if one.get("unapplied"))
    payment = told.pay(loose["amount"], loose["date"])
    first, second = told.case["refunds"]
    held = D(loose["amount"]) - D(first["amount"])
    back = ((first["date"], first["amount"]), (second["date"], str(held)))

    def give_back(build: Builder) -> None:
        for day, amount in back:
            build.refund(payment, told.account, amount, on=day, currency=told.currency)

    told.write(give_back)
    expected = told.case["expected"]
    balances = {day: D(amount) for day, amount in expected["running_balance"]}
    last = max(balances)
    too_much = D(second["amount"]) - held
    for day, balance in balances.items():
        shown = told.book.ask(aging, AgingRequest(date.fromisoformat(day), by=(CURRENCY,)))
        assert shown.totals[0].balance == balance - (too_much if day == last else 0), day
    assert {one.number: one.balance for one in told.items() if one.kind == "Invoice"} == {
        name: D(amount) for name, amount in expected["open"].items() if name.startswith("I") and D(amount)
    }
    start, end = (date.fromisoformat(day) for day in told.case["period"])
    (row,) = told.book.ask(roll_forward, start - timedelta(days=1), end)
    debits, credits_ = row.invoiced + row.refunded, -(row.paid + row.credited)
    totals = expected["period_totals"]
    assert (debits + too_much, credits_) == (D(totals["debits"]), D(totals["credits"]))
    assert (row.opening, row.difference) == (D(0), D(0))
