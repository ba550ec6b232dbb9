"""Files of payment schedules and their items: instalments in the order they are due, which make up their invoice.

A schedule that does not is left out with both figures: it would age the invoice by days it is not due on.
"""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, ClassVar

from sqlalchemy import Row, delete, select

from duedesk.actions.importing.links import Warn
from duedesk.actions.importing.plain_rows import PlainRows, Values
from duedesk.actions.importing.report import RowFault
from duedesk.actions.importing.rows import Shared, money
from duedesk.domain.errors import Problem, Severity
from duedesk.domain.money import ZERO, from_units
from duedesk.exchange.reading import Record
from duedesk.store.tables.instalments import payment_schedule, payment_schedule_item
from duedesk.store.tables.ledger import invoice


class ScheduleRows(PlainRows):
    """Schedules, one an invoice."""

    object_name = "PaymentSchedule"
    needs = ("ReferenceEntityId",)
    instead: ClassVar = {"status": "Ready", "total_requested_amount": 0}

    def complete(self, record: Record, values: Values, warn: Warn) -> bool:  # noqa: ARG002 - one signature for all
        """Take the first schedule of an invoice."""
        key = values.get("invoice_id")
        billed = self.shared.connection.execute(select(invoice).where(invoice.c.id == key)).first()
        if billed is None:
            return True  # what is missing is said
        self.shared.stage.write()
        there = select(payment_schedule.c.id).where(payment_schedule.c.invoice_id == key)
        if self.shared.connection.scalar(there) is not None:
            raise RowFault("the invoice has a payment schedule already.", "Leave one of them out.")
        if values.get("currency_iso_code") not in {None, billed.currency_iso_code}:
            raise RowFault(
                f"the schedule is in {values['currency_iso_code']}, its invoice in {billed.currency_iso_code}.",
                "Correct one of them.",
            )
        values["currency_iso_code"] = billed.currency_iso_code
        return True


@dataclass(slots=True)
class _Parts:
    """The instalments of one schedule on their way."""

    head: Row[Any]
    rows: list[Values] = field(default_factory=list)

    def in_order(self) -> list[Values]:
        """Give the instalments by the day they are due, each with its place and what comes after it."""
        ordered = sorted(self.rows, key=lambda values: str(values["target_payment_processing_date"]))
        later = 0
        for values in reversed(ordered):
            values["later_amount"] = later
            later += _units(values)
        for place, values in enumerate(ordered, 1):
            values["position"] = place
        return ordered

    @property
    def total(self) -> Decimal:
        return from_units(sum(map(_units, self.rows)))

    @property
    def last_day(self) -> str:
        return max(str(values["target_payment_processing_date"]) for values in self.rows)

    def make_up_invoice(self) -> bool:
        """Tell whether they come to what is billed and asked for, and end when it is due."""
        sums = {self.total, self.head.total_amount_with_tax, self.head.total_requested_amount}
        return len(sums) == 1 and (self.head.due_date is None or self.last_day == self.head.due_date.isoformat())


class ScheduleItemRows(PlainRows):
    """Instalments; they wait until all of a schedule are there."""

    object_name = "PaymentScheduleItem"
    needs = ("PaymentScheduleId", "TargetPaymentProcessingDate", "RequestedAmount")

    def __init__(self, *said: Any) -> None:
        super().__init__(*said)
        self._parts: dict[int, _Parts] = {}
        self._heads: dict[int, Row[Any] | None] = {}

    def complete(self, record: Record, values: Values, warn: Warn) -> bool:  # noqa: ARG002 - one signature for all
        """Hold an instalment against its schedule."""
        head = self._head(values.get("payment_schedule_id"))
        if head is None:
            return True  # what is missing is said
        amount = record.amount("RequestedAmount")
        if amount is not None and amount <= ZERO:
            raise RowFault("the instalment is not of more than nothing.", "Correct it.")
        values["invoice_id"], values["currency_iso_code"] = head.invoice_id, head.currency_iso_code
        return True

    def stage(self, values: Values) -> None:
        """Keep an instalment until its schedule is whole."""
        head = self._head(values["payment_schedule_id"])
        if head is not None:
            self._parts.setdefault(head.id, _Parts(head)).rows.append(values)

    def end(self) -> list[Problem]:
        """Write the schedules that make up their invoices, and tell of the others."""
        for parts in self._parts.values():
            if parts.make_up_invoice():
                for values in parts.in_order():
                    super().stage(values)
            else:
                self._leave_out(parts)
        return super().end()

    def _head(self, key: Any) -> Row[Any] | None:
        if key not in self._heads:
            query = (
                select(payment_schedule, invoice.c.document_number, invoice.c.total_amount_with_tax, invoice.c.due_date)
                .join(invoice, invoice.c.id == payment_schedule.c.invoice_id)
                .where(payment_schedule.c.id == key)
            )
            self._heads[key] = self.shared.connection.execute(query).first()
        return self._heads[key]

    def _leave_out(self, parts: _Parts) -> None:
        head, currency = parts.head, parts.head.currency_iso_code
        text = (
            f"Invoice {head.document_number}: its instalments add up to {money(parts.total, currency)} until "
            f"{parts.last_day}, it is of {money(head.total_amount_with_tax, currency)} due {head.due_date}; they are "
            "left out."
        )
        self.shared.tally.report(Problem(self.file.source.name, text, severity=Severity.WARNING))
        _take_back(self.shared, [head.id])


def leave_out_bare(shared: Shared) -> None:
    """Take back the schedules of this import that brought no instalments."""
    item = payment_schedule_item.c
    bare = select(payment_schedule.c.id).where(
        payment_schedule.c.journal_id == shared.journal_id,
        ~select(item.id).where(item.payment_schedule_id == payment_schedule.c.id).exists(),
    )
    keys = list(shared.connection.scalars(bare))
    if keys:
        shared.tally.note("Payment schedules without items in the files are left out.")
        _take_back(shared, keys)


def _take_back(shared: Shared, keys: list[int]) -> None:
    shared.connection.execute(delete(payment_schedule).where(payment_schedule.c.id.in_(keys)))
    shared.tally.made["PaymentSchedule"] = shared.tally.made.get("PaymentSchedule", 0) - len(keys)
    if shared.tally.made["PaymentSchedule"] <= 0:
        del shared.tally.made["PaymentSchedule"]


def _units(values: Values) -> int:
    amount = values["requested_amount"]
    return amount if isinstance(amount, int) else 0
