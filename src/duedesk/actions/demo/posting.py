"""The sample's invoices: which customer, in which state, and what will become of them; money comes in elsewhere."""

from dataclasses import dataclass
from itertools import accumulate

from duedesk.actions.demo.cash import Cash
from duedesk.actions.demo.contests import contest
from duedesk.actions.demo.credits import Credits
from duedesk.actions.demo.habits import Habit, days_late
from duedesk.actions.demo.parties import Customer
from duedesk.actions.demo.pricing import Pricing, Sheet, minor_step, rounded
from duedesk.actions.demo.stage import Bill, Stage
from duedesk.domain.invoice import OWED_STATUSES, SettlementStatus

_LAST_ONES = {3: "Pending", 5: "Draft In Progress", 7: "Posting In Progress", 9: "Error", 31: "Void In Progress"}
"""States that pass quickly: so many invoices before the last one."""

LEAST_FOR_ALL_STATES = 200
_DRAFT_DAYS = 12
_DRAFTS = 0.14
_CANCELED = 0.004
_VOIDED = 0.011
_BLOCKED_AFTER = 40
"""Days after its last payment until a customer gets nothing more."""


@dataclass(slots=True)
class _Dates:
    """An invoice's days by number, and when it was recorded."""

    posted: int
    invoice: int
    due: int
    moment: str


class Posting:
    """Makes the invoices day by day; numbers run by year without gaps, in the order of posting."""

    def __init__(
        self,
        stage: Stage,
        cash: Cash,
        credits_: Credits,
        pricing: Pricing,
        customers: list[Customer],
        disputes: tuple[str, ...],
        invoices: int,
        width: int,
    ) -> None:
        self._stage = stage
        self._random = stage.random
        self._cash = cash
        self._credits = credits_
        self._pricing = pricing
        self._customers = customers
        self._shares = list(accumulate(customer.weight for customer in customers))
        self._disputes = disputes
        self._invoices = invoices
        self._width = width
        self._left = invoices
        self.latest: Bill | None = None
        self._numbers: dict[int, int] = {}

    def post_day(self, day: int, count: int) -> None:
        """Make the invoices of a day."""
        chosen = self._random.choices(self._customers, cum_weights=self._shares, k=count)
        for place, customer in enumerate(chosen):
            self._left -= 1
            buyer = self._not_blocked(customer, day)
            self._post(buyer, self._dates(buyer, day, place * 3600 // count))

    def _not_blocked(self, customer: Customer, day: int) -> Customer:
        for _ in range(10):
            if customer.stop is None or day <= customer.stop + _BLOCKED_AFTER:
                break
            customer = self._random.choice(self._customers)
        return customer

    def _dates(self, customer: Customer, posted: int, second: int) -> _Dates:
        """Date some invoices one to three days before they are posted, though never in the year before."""
        day, days = posted, self._stage.days
        if self._random.random() < 0.08:
            earlier = max(0, posted - 1 - int(self._random.random() * 3))
            if days.date(earlier).year == days.date(posted).year:
                day = earlier
        return _Dates(posted, day, day + customer.term_days, days.moment(posted, "09", second))

    def _post(self, customer: Customer, dates: _Dates) -> None:
        currency = customer.currencies[0 if self._random.random() < 0.75 else -1]
        key, status = self._stage.rows.invoice_key(), self._status(dates.posted)
        sheet = Sheet(key, customer, currency, dates.invoice, dates.moment)
        if status not in OWED_STATUSES:
            self._write(sheet, dates, status, None, None, None)
            return
        number = self._number(dates.posted)
        voided = self._void_day(dates) if status == "Posted" else None
        bill = Bill(key, number, customer, currency, dates.invoice, dates.due, 0, 0, None if voided is None else [])
        if voided is not None and voided <= self._stage.days.last:
            status = "Voided"
        disputed = voided is None and self._is_disputed(customer)
        late = days_late(self._random, customer.habit)
        paid_on = max(dates.posted + 1, self._pay_day(bill, late))
        answer = self._stage.days.bank_day_after(paid_on + 20 + int(self._random.random() * 50))
        said = self._complaint(paid_on, answer) if disputed else None
        self.latest = bill
        self._write(sheet, dates, status, number, voided, said, bill)
        self._stage.use_up(bill, dates.posted, recorded=dates.moment)
        if voided is not None:
            self._plan_void(bill, voided)
        elif disputed:
            self._plan_dispute(bill, paid_on, answer, said or "")
        else:
            self._plan_payment(bill, paid_on, dates.posted)

    def _status(self, day: int) -> str:
        if self._invoices >= LEAST_FOR_ALL_STATES and self._left in _LAST_ONES:
            return _LAST_ONES[self._left]
        chance = self._random.random()
        if day > self._stage.days.last - _DRAFT_DAYS and chance < _DRAFTS:
            return "Draft"
        return "Canceled" if chance > 1 - _CANCELED else "Posted"

    def _void_day(self, dates: _Dates) -> int | None:
        if self._random.random() >= _VOIDED:
            return None
        return self._stage.days.bank_day_after(dates.posted + 1 + int(self._random.random() * 25))

    def _pay_day(self, bill: Bill, late: int) -> int:
        """Give the day a bill is paid on: many customers pay once a week, none at a weekend."""
        days, customer, day = self._stage.days, bill.customer, bill.due + late
        if customer.habit is Habit.PROMPT and late <= 0:
            return days.next_on(customer.pay_weekday, day - 6)
        if customer.habit in {Habit.SOON, Habit.IN_PARTS, Habit.STOPPED}:
            return days.next_on(customer.pay_weekday, day)
        return days.bank_day_before(day)

    def _is_disputed(self, customer: Customer) -> bool:
        return self._random.random() < (0.45 if customer.habit is Habit.DISPUTING else 0.006)

    def _complaint(self, paid_on: int, answer: int) -> str | None:
        """Give what the invoice's description says of a dispute on the as-of date."""
        last, said = self._stage.days.last, self._random.choice(self._disputes)
        if paid_on > last:
            return None
        return said if answer > last else said.replace("Disputed", "Dispute answered", 1)

    def _plan_void(self, bill: Bill, voided: int) -> None:
        if self._random.random() < 0.15:
            self._cash.expect(bill, voided - 1)
        self._stage.plan(voided, lambda day: self._void(bill, day))

    def _void(self, bill: Bill, day: int) -> None:
        """Take off what is applied, and leave it on account."""
        recorded = self._stage.days.moment(day, "10", 0)
        for applied in bill.applied or ():
            self._stage.unapply(applied, effective=day, recorded=recorded, reason="Invoice voided")
            self._stage.keep(applied.source)
        bill.rest = 0

    def _plan_dispute(self, bill: Bill, paid_on: int, answer: int, said: str) -> None:
        """Let the customer pay short; then the seller gives in, or the customer does, or nobody."""
        percent = 60 + int(self._random.random() * 36)
        short = max(minor_step(bill.currency), rounded(bill.total * percent, 100, minor_step(bill.currency)))
        paid = self._cash.expect(bill, paid_on, short)
        outcome, ends, how = self._random.random(), answer, "Credited"
        if outcome < 0.5:
            self._stage.plan(answer, lambda day: self._credits.settle_dispute(bill, day))
        elif outcome < 0.85 and paid:
            how = "Customer pays"
            self._cash.expect(bill, answer)
        else:
            ends, how = answer + 150, "Written off"
            self._stage.plan(ends, lambda day: self._credits.write_off(bill, day))
        contest(self._stage, bill, said, bill.total - short, (paid_on, ends), how)

    def _plan_payment(self, bill: Bill, paid_on: int, posted: int) -> None:
        draw, step = self._random.random, minor_step(bill.currency)
        chance = draw()
        if chance < 0.03:
            self._stage.plan(posted + 2 + int(draw() * 12), lambda day: self._credits.take_back(bill, day))
        elif chance < 0.037:
            self._stage.plan(posted + 5, lambda day: self._credits.goodwill(bill, day))
        elif chance < 0.045:
            kept_back = min(bill.total // 2, int(5 + draw() * 20) * 100 * step)
            self._cash.expect(bill, paid_on, bill.total - rounded(kept_back, 1, step))
            later = paid_on + 12 + int(draw() * 12)
            self._stage.plan(later, lambda day: self._credits.write_off(bill, day, small=True))
            return
        if bill.customer.habit is Habit.IN_PARTS or chance > 0.985:
            self._cash.expect(bill, paid_on, rounded(bill.total, 2, step))
            paid_on += 21 + int(draw() * 20)
        if bill.customer.pays_ahead and draw() < 0.15:
            self._plan_deposit(bill, posted + 3 + int(draw() * 10))
        if not self._cash.expect(bill, paid_on) and draw() < 0.8:
            late = bill.due + 180 + int(draw() * 180)
            self._stage.plan(late, lambda day: self._credits.write_off(bill, day))

    def _plan_deposit(self, bill: Bill, day: int) -> None:
        amount = max(1, bill.total // (20_000 * minor_step(bill.currency))) * 10_000 * minor_step(bill.currency)
        self._stage.plan(day, lambda today: self._cash.deposit(bill.customer, bill.currency, amount, today))

    def _number(self, day: int) -> str:
        year = self._stage.days.date(day).year
        self._numbers[year] = self._numbers.get(year, 0) + 1
        return f"INV-{year}-{self._numbers[year]:0{self._width}d}"

    def _write(
        self,
        sheet: Sheet,
        dates: _Dates,
        status: str,
        number: str | None,
        voided: int | None,
        description: str | None,
        bill: Bill | None = None,
    ) -> None:
        """Make the lines and the row of an invoice; a bill is told its total."""
        days, customer, is_posted = self._stage.days, sheet.customer, number is not None
        totals = self._pricing.write_lines(sheet)
        if bill is not None:
            bill.total = bill.rest = totals.total
        void = voided if status == "Voided" else None
        net, tax = totals.charge + totals.adjustment, totals.charge_tax + totals.adjustment_tax
        self._stage.rows.invoices.append(
            (
                sheet.invoice_id,
                number,
                customer.id,
                customer.contact_id,
                customer.owner_id,
                customer.term_id,
                f"SO-{400_000 + sheet.invoice_id}" if sheet.invoice_id % 3 else None,
                status,
                SettlementStatus.NOT_SETTLED.value if is_posted else SettlementStatus.NOT_APPLICABLE.value,
                sheet.currency,
                "Gross" if customer.gross else "Net",
                days.text(dates.invoice),
                days.text(dates.due) if is_posted or sheet.invoice_id % 2 else None,
                days.text(dates.posted) if is_posted else None,
                dates.moment if is_posted else None,
                None if void is None else days.text(void),
                None if void is None else days.moment(void, "10", 0),
                net,
                tax,
                totals.total,
                totals.charge,
                totals.charge_tax,
                totals.charge + totals.charge_tax,
                totals.adjustment,
                totals.adjustment_tax,
                totals.adjustment + totals.adjustment_tax,
                description,
                sheet.created,
                self._stage.rows.journal_id,
            )
        )
