"""How the sample's money comes in: one payment for what a customer pays on a day, some returned or paid too much."""

from collections.abc import Sequence

from duedesk.actions.demo.parties import Customer
from duedesk.actions.demo.pricing import minor_step, rounded
from duedesk.actions.demo.stage import Applied, Bill, Source, Stage
from duedesk.store.bulk import StoredValue

_RETURNED = 0.006
_TOO_MUCH = 0.012
_NOT_MATCHED_AT_ONCE = 0.035

_Due = tuple[Bill, int | None]
"""A bill and what will be paid of it; None is all that is open then."""


class Cash:
    """Brings in payments on the days they are expected, and books them zero to a few days later."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._random = stage.random
        self._days = stage.days
        self._made = 0
        self._expected: list[dict[tuple[int, str], list[_Due]]] = [{} for _ in range(stage.days.last + 1)]

    def expect(self, bill: Bill, day: int, amount: int | None = None) -> bool:
        """Let a bill be paid on a day; False where its customer has stopped paying by then."""
        stop = bill.customer.stop
        if stop is not None and day > stop:
            return False
        day = self._days.bank_day_after(day)
        if day <= self._days.last:
            self._expected[day].setdefault((bill.customer.id, bill.currency), []).append((bill, amount))
        return True

    def receive(self, day: int) -> None:
        """Bring in what reaches the bank on a day."""
        for dues in self._expected[day].values():
            self._stage.plan(day + self._lag(), _Booking(self, day, dues))
        self._expected[day] = {}

    def deposit(self, customer: Customer, currency: str, amount: int, day: int) -> None:
        """Receive money for which there is no invoice yet."""
        self._stage.keep(self._payment(customer, currency, amount, (day, day), comments="Deposit for the next order"))

    def draft(self, bill: Bill, day: int) -> None:
        """Note a payment that has been announced and has not come in."""
        said = "Announced by phone"
        self._payment(bill.customer, bill.currency, bill.total, (day, day), comments=said, status="Draft")

    def book(self, value_day: int, dues: Sequence[_Due], today: int) -> None:
        """Record what reached the bank on its value day, and apply it."""
        wanted = self._wanted(dues)
        total = sum(amount for _, amount in wanted)
        if not total:
            return
        first, draw = wanted[0][0], self._random.random
        comments, extra, returned = None, 0, None
        chance = draw()
        if chance < _TOO_MUCH:
            extra = total if chance < _TOO_MUCH / 4 else rounded(total, 50, minor_step(first.currency))
            comments = "Paid twice" if extra == total else "Paid more than was asked for"
        elif chance < _TOO_MUCH + _RETURNED and all(bill.applied is None for bill, _ in wanted):
            returned = self._days.bank_day_after(today + 3 + int(draw() * 6))
        days = (value_day, today)
        source = self._payment(
            first.customer, first.currency, total + extra, days, returned=returned, comments=comments
        )
        if returned is None and draw() < _NOT_MATCHED_AT_ONCE:
            later = today + 2 + int(draw() * 9)
            self._stage.plan(later, lambda day: self._match(source, wanted, day, day))
        else:
            applied = self._match(source, wanted, value_day, today)
            if returned is not None:
                self._stage.plan(returned, lambda day: self._return(applied, day))

    def _lag(self) -> int:
        chance = self._random.random()
        if chance < 0.9:
            return 0 if chance < 0.7 else 1
        earliest, latest = (2, 3) if chance < 0.98 else (5, 19)
        return earliest + int(self._random.random() * (latest - earliest + 1))

    def _wanted(self, dues: Sequence[_Due]) -> list[tuple[Bill, int]]:
        """Give what is paid of each bill now: what was meant to be, and never more than is open."""
        left: dict[int, int] = {}
        wanted = []
        for bill, amount in dues:
            rest = left.get(bill.id, bill.rest)
            paid = rest if amount is None else min(amount, rest)
            left[bill.id] = rest - paid
            if paid:
                wanted.append((bill, paid))
        return wanted

    def _match(self, source: Source, wanted: list[tuple[Bill, int]], effective: int, today: int) -> list[Applied]:
        recorded = self._days.moment(today, "15", self._stage.second())
        applied = [
            self._stage.apply(source, bill, amount, effective=effective, recorded=recorded)
            for bill, amount in wanted
            if bill.rest and source.rest
        ]
        if source.rest:
            self._stage.keep(source)
        return applied

    def _return(self, applied: list[Applied], day: int) -> None:
        recorded = self._days.moment(day, "10", 0)
        for one in applied:
            self._stage.unapply(one, effective=day, recorded=recorded, reason="Payment returned by the bank")
            self.expect(one.bill, day + 6 + int(self._random.random() * 20))

    def _payment(
        self,
        customer: Customer,
        currency: str,
        amount: int,
        days: tuple[int, int],
        *,
        returned: int | None = None,
        comments: str | None = None,
        status: str = "Processed",
    ) -> Source:
        """Record a payment of a value day on a booking day; one that comes back before the as-of date is canceled."""
        rows, calendar = self._stage.rows, self._days
        value_day, today = days
        key = rows.payment_key()
        self._made += 1
        canceled: tuple[StoredValue, StoredValue] = (None, None)
        if returned is not None and returned <= calendar.last:
            canceled = (calendar.text(returned), calendar.moment(returned, "10", 0))
            comments = "Returned by the bank: not enough on the account"
        rows.payments.append(
            (
                key,
                f"PAY-{self._made:06d}",
                customer.id,
                status if canceled[0] is None else "Canceled",
                "Capture" if customer.pays_by_card else "Sale",
                "Salesforce" if customer.pays_by_card else "External",
                currency,
                calendar.text(value_day),
                calendar.moment(value_day, "08", 0),
                amount,
                f"{'CARD' if customer.pays_by_card else 'TRF'}{self._made * 7919 % 10**9:09d}",
                comments,
                *canceled,
                calendar.moment(today, "14", self._stage.second()),
                rows.journal_id,
            )
        )
        return Source("payment", key, customer, currency, value_day, amount)


class _Booking:
    """A payment on its way to the books: less to keep in memory than a closure, and there are many."""

    __slots__ = ("_cash", "_dues", "_value_day")

    def __init__(self, cash: Cash, value_day: int, dues: Sequence[_Due]) -> None:
        self._cash = cash
        self._value_day = value_day
        self._dues = dues

    def __call__(self, today: int) -> None:
        """Book it."""
        self._cash.book(self._value_day, self._dues, today)
