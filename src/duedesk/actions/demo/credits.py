"""The sample's credit memos: returns, settled disputes, write-offs, goodwill; some are applied anew, some voided."""

from dataclasses import dataclass

from duedesk.actions.demo.cash import Cash
from duedesk.actions.demo.parties import Customer
from duedesk.actions.demo.pricing import minor_step, rounded, tax_of
from duedesk.actions.demo.stage import Applied, Bill, Source, Stage
from duedesk.store.bulk import StoredValue

_MOVED = 0.12
_VOIDED = 0.07
_BEFORE_POSTING = ("Draft", "Pending", "Error", "Canceled")


@dataclass(frozen=True, slots=True)
class _Reason:
    """Why a credit memo is written, in the fields' words."""

    category: str
    source_action: str
    code: str
    description: str | None = None


_WRITE_OFF = _Reason("InvoiceWriteOff", "WriteOffPostedInvoice", "Uncollectible", "Customer stopped paying")
_SMALL_REST = _Reason("InvoiceWriteOff", "WriteOffPostedInvoice", "Small balance", "Bank charges kept back")
_DISPUTE = _Reason("Referenced", "Invoice", "Dispute settled")
_GOODWILL = _Reason("Standalone", "Standalone", "Goodwill", "Bonus for the past quarter")


class Credits:
    """Writes credit memos as they come up; numbers run by year without gaps."""

    def __init__(self, stage: Stage, cash: Cash, returns: tuple[str, ...], width: int) -> None:
        self._stage = stage
        self._cash = cash
        self._random = stage.random
        self._returns = returns
        self._width = width
        self._numbers: dict[int, int] = {}

    def take_back(self, bill: Bill, day: int) -> None:
        """Credit a part of an open invoice: goods that came back, or a price that was wrong."""
        amount = min(bill.rest, self._part(bill.total, bill.currency, 4, 40))
        if not amount:
            return
        reason = _Reason("Referenced", "Invoice", self._random.choice(self._returns))
        chance = self._random.random()
        if chance < _VOIDED:
            self._void_later(bill, amount, reason, day)
            return
        source = self._memo(bill.customer, bill.currency, amount, reason, day, bill=bill)
        applied = self._apply(source, bill, day)
        if chance < _VOIDED + _MOVED:
            self._stage.plan(day + 2, lambda today: self._take_off(applied, today))

    def settle_dispute(self, bill: Bill, day: int) -> None:
        """Credit what is still open of a disputed invoice."""
        if bill.rest:
            self._apply(self._memo(bill.customer, bill.currency, bill.rest, _DISPUTE, day, bill=bill), bill, day)

    def write_off(self, bill: Bill, day: int, *, small: bool = False) -> None:
        """Give up what is still open of an invoice."""
        if bill.rest:
            reason = _SMALL_REST if small else _WRITE_OFF
            self._apply(self._memo(bill.customer, bill.currency, bill.rest, reason, day, bill=bill), bill, day)

    def goodwill(self, bill: Bill, day: int) -> None:
        """Credit a customer without an invoice; it lies on account until the next one."""
        amount = self._part(bill.total, bill.currency, 2, 6)
        self._stage.keep(self._memo(bill.customer, bill.currency, amount, _GOODWILL, day))

    def unfinished(self, bill: Bill, day: int) -> None:
        """Write a memo in each of the states in which it counts for nothing."""
        reason = _Reason("Referenced", "Invoice", self._returns[0], "Waits for the warehouse to confirm")
        for status in _BEFORE_POSTING:
            amount = self._part(bill.total, bill.currency, 4, 20)
            self._memo(bill.customer, bill.currency, amount, reason, day, bill=bill, status=status)

    def _part(self, total: int, currency: str, least: int, most: int) -> int:
        step = minor_step(currency)
        percent = least + int(self._random.random() * (most - least + 1))
        return max(step, rounded(total * percent, 100, step))

    def _apply(self, source: Source, bill: Bill, day: int) -> Applied:
        recorded = self._stage.days.moment(day, "11", self._stage.second())
        return self._stage.apply(source, bill, source.rest, effective=day, recorded=recorded)

    def _take_off(self, applied: Applied, day: int) -> None:
        """Take a credit off as put on by mistake, and put it on again some days later."""
        recorded = self._stage.days.moment(day, "10", self._stage.second())
        self._stage.unapply(applied, effective=day, recorded=recorded, reason="Applied to the wrong invoice")
        later = day + 2 + int(self._random.random() * 4)
        self._stage.plan(later, lambda today: self._put_on_again(applied, today))

    def _put_on_again(self, applied: Applied, day: int) -> None:
        if applied.bill.rest:
            self._apply(applied.source, applied.bill, day)
        if applied.source.rest:
            self._stage.keep(applied.source)

    def _void_later(self, bill: Bill, amount: int, reason: _Reason, day: int) -> None:
        """Credit an invoice and void the memo days later; the customer owes the amount again."""
        voided = self._stage.days.bank_day_after(day + 4 + int(self._random.random() * 12))
        source = self._memo(bill.customer, bill.currency, amount, reason, day, bill=bill, voided=voided)
        applied = self._apply(source, bill, day)

        def void(today: int) -> None:
            recorded = self._stage.days.moment(today, "10", 0)
            self._stage.unapply(applied, effective=today, recorded=recorded, reason="Credit memo voided")
            self._cash.expect(bill, max(bill.due, today) + 5 + int(self._random.random() * 20))

        self._stage.plan(voided, void)

    def _memo(
        self,
        customer: Customer,
        currency: str,
        amount: int,
        reason: _Reason,
        day: int,
        *,
        bill: Bill | None = None,
        status: str = "Posted",
        voided: int | None = None,
    ) -> Source:
        days, step = self._stage.days, minor_step(currency)
        moment = days.moment(day, "11", 0)
        key = self._stage.rows.credit_memo_key()
        withdrawn: tuple[StoredValue, StoredValue] = (None, None)
        if voided is not None and voided <= days.last:
            withdrawn = (days.text(voided), days.moment(voided, "10", 0))
        tax = tax_of(amount, customer.tax_rate, step, gross=True)
        self._stage.rows.credit_memos.append(
            (
                key,
                self._number(day) if status == "Posted" else None,
                customer.id,
                customer.contact_id,
                customer.owner_id,
                status if withdrawn[0] is None else "Voided",
                reason.category,
                reason.code,
                reason.source_action,
                currency,
                days.text(day),
                days.text(day),
                moment if status == "Posted" else None,
                *withdrawn,
                amount - tax,
                tax,
                amount,
                None if bill is None else bill.number,
                reason.description,
                moment,
                self._stage.rows.journal_id,
            )
        )
        return Source("credit", key, customer, currency, day, amount)

    def _number(self, day: int) -> str:
        year = self._stage.days.date(day).year
        self._numbers[year] = self._numbers.get(year, 0) + 1
        return f"CM-{year}-{self._numbers[year]:0{self._width}d}"
