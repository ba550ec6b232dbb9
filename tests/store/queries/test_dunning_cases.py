"""Cases of dunning in other receivables programs, put into a book and proposed run by run.

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
from sqlalchemy import delete, update

from duedesk.domain.dunning.policy import DESERVED_LEVEL, Fee, PolicyLevel
from duedesk.domain.dunning.proposal import Proposal
from duedesk.store.book import Book
from duedesk.store.queries.dunning.proposal import propose
from duedesk.store.tables import dunning, ledger
from dunning_records import DunningBuilder, issue

D = Decimal
KINDS = {
    *("dunning-level", "dunning-fee", "dunning-state", "overdue-state", "reminder-schedule", "dunning-campaign"),
}
TOLD = {
    *("erp-dun-1", "erp-dun-3", "erp-dun-5", "ide-1", "in-fee-1", "in-rem-1", "in-rem-3", "kb-1", "kb-13", "kb-3"),
    *("kb-5", "kb-7", "lago-1", "oca-cc-2", "oca-fee-1", "try-dun-1", "try-pay-1"),
}


@dataclass
class Told:
    """A case in a book: its document, and its invoices by what the case calls them."""

    case: Mapping[str, Any]
    book: Book
    account: int = 0
    invoices: dict[str, int] = field(default_factory=dict)

    def write(self, work: Callable[[DunningBuilder], object]) -> None:
        """Put something more into the book."""
        with self.book.writing() as connection:
            build = DunningBuilder(connection)
            work(build)
            build.settle()

    def policy(self, *days: int, first: PolicyLevel | None = None, **said: Any) -> None:
        """Dun after so many days each."""
        levels = [PolicyLevel(number, f"Level {number}", one) for number, one in enumerate(days, 1)]
        every = levels if first is None else [first, *levels]
        self.write(lambda build: build.policy(*every, **said))

    def run(self, day: str) -> Proposal:
        """Propose a run."""
        return self.book.ask(propose, date.fromisoformat(day))

    def levels(self, day: str) -> dict[str, int]:
        """Give the level each invoice would reach."""
        return {item.number: item.level_after for _, item in self.run(day).items}

    def state(self, day: str) -> str:
        """Give the highest level of the account, as the case calls it."""
        return f"OD{highest}" if (highest := max(self.levels(day).values(), default=0)) else "CLEAR"

    def issue(self, day: str) -> Proposal:
        """Issue what a run proposes."""
        with self.book.writing() as connection:
            return issue(connection, day)

    def pay(self, name: str, amount: str, on: str) -> None:
        """Pay an invoice."""
        currency = self.case["invoices"][0]["currency"]
        self.write(lambda build: build.pay(self.invoices[name], amount, on=on, account=self.account, currency=currency))

    def credit(self, name: str, amount: str, on: str) -> None:
        """Credit an invoice."""

        def work(build: DunningBuilder) -> None:
            memo = build.credit_memo(self.account, amount, on=on, currency="USD")
            build.apply(self.invoices[name], amount, on=on, account=self.account, credit_memo=memo, currency="USD")

        self.write(work)


@pytest.fixture
def tell(shared: Path, file_book: Book) -> Callable[..., Told]:
    """Put a case into a book: its account and invoices, and the payments that are dated in it."""

    def told(name: str, invoices: list[dict[str, Any]] | None = None) -> Told:
        case = json.loads((shared / "cases" / f"{name}.json").read_text(encoding="utf-8"))
        one = Told({**case, "invoices": invoices or case.get("invoices", [])}, file_book)

        def work(build: DunningBuilder) -> None:
            one.account = build.account("Customer")
            for bill in one.case["invoices"]:
                due = bill["due"] or (bill["instalments"][-1][0] if "instalments" in bill else bill["issued"])
                key = build.invoice(
                    bill["id"], one.account, bill["amount"], on=bill["issued"], due=due, currency=bill["currency"],
                    status="Draft" if bill.get("draft") else "Posted",
                )  # fmt: skip
                one.invoices[bill["id"]] = key
                if "instalments" in bill:
                    parts = [(str(day), str(amount)) for day, amount in bill["instalments"]]
                    build.instalments(key, parts, currency=bill["currency"])

        one.write(work)
        for paid in case.get("payments", ()):
            if "invoice" in paid:
                one.pay(paid["invoice"], paid["amount"], paid["date"])
        return one

    return told


def test_every_case_of_dunning_is_told_here(shared: Path) -> None:
    documents = [json.loads(place.read_text(encoding="utf-8")) for place in (shared / "cases").glob("*.json")]
    assert {one["id"] for one in documents if one["kind"] in KINDS} == TOLD


@pytest.mark.parametrize("name", ["kb-1", "kb-3", "kb-5", "kb-7", "kb-13"])
def test_states_follow_the_oldest_unpaid_invoice_and_clear_by_money_or_credit(
    tell: Callable[..., Told], name: str
) -> None:
    """The clock of the case begins at the invoice date, which is the due date in it; ours begins at the due date."""
    told = tell(name)
    told.policy(*(days for _, days in told.case["states"]), catches_up=DESERVED_LEVEL)
    for step in told.case["steps"]:
        day, doing = step.get("on", "2012-07-20"), str(step.get("do", ""))
        if doing == "pay_all_newest_first":
            for bill in reversed(told.case["invoices"]):
                told.pay(bill["id"], bill["amount"], day)
        elif doing.startswith("credit"):
            for bill in ("B", "A", "C"):
                if bill in doing.split(" ", 1)[1]:
                    told.credit(bill, "249.95", day)
        elif doing == "chargeback A":
            told.write(lambda build: _take_back(build, told, "2012-07-05"))
        elif doing == "reverse chargeback":
            told.pay("A", "249.95", day)
        assert told.state(day) == step["expect"], step


def _take_back(build: DunningBuilder, told: Told, day: str) -> None:
    """Take the first payment off its invoice, and cancel it."""
    build.apply(told.invoices["A"], "249.95", on=day, account=told.account, payment=1, takes_back=1, currency="USD")
    canceled = {
        "status": "Canceled",
        "cancellation_effective_date": day,
        "cancellation_date": f"{day}T09:00:00.000000Z",
    }
    values = ", ".join(f"{name} = '{value}'" for name, value in canceled.items())
    build.connection.exec_driver_sql(f"UPDATE payment SET {values} WHERE id = 1")


def test_an_invoice_that_is_due_today_is_not_ten_days_overdue(tell: Callable[..., Told]) -> None:
    told = tell("ide-1")
    told.policy(10)
    assert told.levels("2025-06-30") == {}


def test_all_items_of_an_account_go_to_the_highest_level_where_the_policy_says_so(tell: Callable[..., Told]) -> None:
    """Levels that begin at the end of a month are not offered here: 30 days stand for it."""
    told = tell("oca-cc-2")
    told.policy(10, 30, 40, whole_account_at_highest=True)
    assert {item.number: item.level_after for _, item in told.issue("2024-12-30").items} == {"A": 1, "B": 1}
    assert told.levels("2025-01-30") == {"A": 2, "B": 2, "C": 2}
    told.write(lambda build: build.connection.execute(
        update(dunning.dunning_policy).values(whole_account_at_highest=False)
    ))  # fmt: skip
    assert told.levels("2025-01-30") == {"A": 2, "B": 2, "C": 1}, "without the option C stays behind"


def test_a_letter_not_sent_keeps_the_next_level_back_and_a_hold_does_too(tell: Callable[..., Told]) -> None:
    told = tell("try-dun-1")
    told.policy(5, 20, 40)
    assert told.levels("2025-01-05") == {}
    assert told.levels("2025-01-06") == {"open": 1}
    assert told.levels("2025-01-31") == {"open": 1}, "the first letter is not sent yet"
    told.issue("2025-01-06")
    told.write(lambda build: build.hold(invoice=told.invoices["open"], on="2025-01-31", until="2025-02-10"))
    assert told.levels("2025-01-31") == {}
    told.write(lambda build: build.connection.execute(
        update(dunning.dunning_hold).values(released_on=date(2025, 1, 31), released_at=ledger_moment())
    ))  # fmt: skip
    assert told.levels("2025-01-31") == {"open": 2}
    told.pay("open", "100.00", "2025-01-31")
    assert told.levels("2025-02-20") == {}


def ledger_moment() -> Any:
    from conftest import NOW

    return NOW


def test_a_payment_under_way_keeps_the_letter_back_until_it_fails(tell: Callable[..., Told]) -> None:
    """The case duns on the due date itself; here nothing is overdue before the day after it."""
    told = tell("try-pay-1")
    told.policy(0)
    draft = {"payment_number": "P-1", "account_id": told.account, "status": "Draft", "type": "Sale"}
    draft |= {"processing_mode": "External", "currency_iso_code": "USD", "created_date": ledger_moment()}

    def start(build: DunningBuilder) -> None:
        values = {**draft, "amount": D(50), "effective_date": date(2025, 6, 30)}
        build.connection.execute(ledger.payment.insert().values(**values))

    assert told.levels("2025-06-30") == {}
    told.write(start)
    assert told.levels("2025-07-01") == {}
    told.write(lambda build: build.connection.execute(delete(ledger.payment)))
    assert told.levels("2025-07-01") == {"I": 1}
    told.write(start)
    assert told.levels("2025-07-01") == {}


def test_only_the_instalment_that_is_overdue_is_dunned(tell: Callable[..., Told]) -> None:
    told = tell("erp-dun-3")
    told.policy(1)
    (letter,) = told.run("2025-06-30").letters
    assert (len(letter.items), letter.total) == (1, D(50))
    told.pay("SI", "50", "2025-06-30")
    assert told.run("2025-06-30").letters == ()
    told.write(lambda build: build.connection.exec_driver_sql("UPDATE payment SET status = 'Canceled', "
        "cancellation_effective_date = '2025-06-30', cancellation_date = '2025-06-30T09:00:00.000000Z'"))  # fmt: skip
    told.write(lambda build: build.apply(
        told.invoices["SI"], "50", on="2025-06-30", account=told.account, payment=1, takes_back=1, currency="INR"
    ))  # fmt: skip
    (letter,) = told.run("2025-06-30").letters
    assert letter.total == D(50)


def test_what_is_paid_with_its_fee_is_dunned_no_more(tell: Callable[..., Told]) -> None:
    """Fee and interest are invoices of their own here: until they are posted what is left of the money is unapplied."""
    told = tell("erp-dun-5")
    told.policy(1)
    assert told.run("2025-06-30").letters[0].total == D(100)
    told.write(lambda build: build.payment(told.account, "10.41", on="2025-06-30", currency="INR"))
    told.pay("SI", "100", "2025-06-30")
    assert told.run("2025-06-30").letters == ()


def test_a_fee_comes_with_the_letter_and_not_before(tell: Callable[..., Told]) -> None:
    told = tell("erp-dun-1")
    told.policy(10)
    (letter,) = told.run("2025-06-30").letters
    assert (letter.fee, letter.interest, letter.total) == (D(0), D(0), D("100.00"))


def test_a_late_fee_is_asked_for_ten_days_after_the_due_date(tell: Callable[..., Told]) -> None:
    """The invoice itself stays at 10.00: what is posted is not changed."""
    told = tell("in-fee-1")
    told.write(lambda build: build.policy(PolicyLevel(1, "Late", 10, fee=Fee(amounts={"USD": D(10)}))))
    assert told.run("2025-07-04").letters == ()
    (letter,) = told.run("2025-07-05").letters
    assert (letter.principal, letter.fee, letter.total) == (D(10), D(10), D(20))


def test_a_fee_is_named_by_currency_and_never_converted(tell: Callable[..., Told]) -> None:
    """The case converts 5.00 EUR into 7.65 USD at the rate of the day; here what a customer pays is written down."""
    case = tell("oca-fee-1").case
    fee = Fee(amounts={case["fee_currency"]: D(case["fee"])})
    in_euro, in_dollars, *_ = case["variants"]
    assert fee.of(D(100), 1, "EUR") == D(in_euro["expected"])
    assert fee.of(D(100), 1, "USD") == 0
    named = Fee(amounts={**fee.amounts, "USD": D(in_dollars["expected"])})
    assert named.of(D(100), 1, "USD") == D("7.65")


def test_a_campaign_asks_from_its_threshold_on_twice_and_no_more(tell: Callable[..., Told]) -> None:
    """Two days apart means more than two days there: it is an interval of three days here."""
    told = tell("lago-1")
    minimum, apart = {"EUR": D(told.case["threshold"]["EUR"])}, told.case["days_between"] + 1
    told.write(lambda build: build.policy(
        PolicyLevel(1, "First", 1, minimums=minimum), PolicyLevel(2, "Second", 2, interval_days=apart, minimums=minimum)
    ))  # fmt: skip
    sent: list[Decimal] = []
    for step in told.case["steps"]:
        sent += [letter.total for letter in told.issue(step["on"]).letters]
        assert len(sent) == step["requests"], step
        if "request_amount" in step:
            assert sent[-1] == D(step["request_amount"])


def test_reminders_by_invoice_date_are_none_here_but_one_notice_before_the_due_date(tell: Callable[..., Told]) -> None:
    """The second reminder before the due date is not sent: nothing is owed yet, and one notice is enough."""
    told = tell("in-rem-1")
    told.policy(1, 15, 29, first=PolicyLevel(0, "Soon", -9, is_courtesy=True))
    sent = []
    for ahead in (4, 5, 6, 9, 10, 15, 16, 28, 29, 30, 42, 43, 44, 60):
        day = (date(2024, 3, 1) + timedelta(days=ahead)).isoformat()
        sent += [day for _ in told.issue(day).letters]
    expected = told.case["expected"]["reminders"]
    assert sent == [day for day in expected if day != "2024-03-11"]


def test_the_next_reminder_is_the_first_still_to_come_counted_from_the_due_date(tell: Callable[..., Told]) -> None:
    """What the case counts from the invoice date is left out; a day that was missed is caught up, not skipped."""
    case = json.loads(json.dumps(tell("in-rem-3").case))
    firsts = []
    for place, variant in enumerate(case["variants"][:2]):
        invoice = {
            "id": f"V{place}",
            "issued": variant["issued"],
            "due": variant["due"],
            "amount": "10",
            "currency": "USD",
        }
        told = tell("in-rem-3", [invoice])
        before = next(days for mode, days in variant["schedule"] if mode == "before_due_date")
        after = [days for mode, days in variant["schedule"] if mode == "after_due_date"]
        told.policy(*after, first=PolicyLevel(0, "Soon", -before, is_courtesy=True), name=f"Case {place}")
        days = (date(2025, 7, 26) + timedelta(days=ahead) for ahead in range(9))
        firsts.append(next(day.isoformat() for day in days if f"V{place}" in told.levels(day.isoformat())))
    assert firsts == ["2025-07-29", case["variants"][1]["expected_next"]]
