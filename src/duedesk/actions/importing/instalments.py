"""Files of payment schedules and their items: instalments in the order they are due, which make up their invoice.

A schedule waits for its items. One whose items do not make up the invoice is left out with both figures: it would age
the invoice by days it is not due on.
"""

from typing import ClassVar

from sqlalchemy import select

from duedesk.actions.importing.links import Warn
from duedesk.actions.importing.plain_rows import PlainRows
from duedesk.actions.importing.report import RowFault
from duedesk.actions.importing.rows import Shared, money
from duedesk.actions.importing.waiting import Values, WaitingSchedule
from duedesk.domain.catalog import Field
from duedesk.domain.errors import Problem, Severity
from duedesk.domain.money import ZERO
from duedesk.exchange.cells import quoted
from duedesk.exchange.reading import Record
from duedesk.store.tables.instalments import payment_schedule
from duedesk.store.tables.ledger import invoice


class ScheduleRows(PlainRows):
    """Schedules, one an invoice; they wait for their items."""

    object_name = "PaymentSchedule"
    needs = ("ReferenceEntityId",)
    instead: ClassVar = {"status": "Ready", "total_requested_amount": 0}

    def complete(self, record: Record, values: Values, warn: Warn) -> bool:  # noqa: ARG002 - one signature for all
        """Take the first schedule of an invoice."""
        key = values.get("invoice_id")
        billed = self.shared.connection.execute(select(invoice).where(invoice.c.id == key)).first()
        if billed is None:
            return True  # what is missing is said
        there = select(payment_schedule.c.id).where(payment_schedule.c.invoice_id == key)
        waits = any(one.invoice_key == key for one in self.shared.links.schedules.values())
        if waits or self.shared.connection.scalar(there) is not None:
            raise RowFault("the invoice has a payment schedule already.", "Leave one of them out.")
        if values.get("currency_iso_code") not in {None, billed.currency_iso_code}:
            raise RowFault(
                f"the schedule is in {values['currency_iso_code']}, its invoice in {billed.currency_iso_code}.",
                "Correct one of them.",
            )
        values["currency_iso_code"] = billed.currency_iso_code
        name = record.text("Id") or record.text("PaymentScheduleNumber")
        if name is None:
            raise RowFault("the schedule has neither an Id nor a number.", "Give it one.")
        self.shared.links.schedules[name] = WaitingSchedule(
            self.shared.stage.key(self.table),
            billed.id,
            billed.document_number or "",
            billed.currency_iso_code,
            billed.total_amount_with_tax,
            billed.due_date,
            values,
        )
        return True

    def stage(self, values: Values) -> None:
        """Leave it waiting."""


class ScheduleItemRows(PlainRows):
    """Instalments; with the last of them their schedule is written."""

    object_name = "PaymentScheduleItem"
    needs = ("PaymentScheduleId", "TargetPaymentProcessingDate", "RequestedAmount")

    def complete(self, record: Record, values: Values, warn: Warn) -> bool:  # noqa: ARG002 - one signature for all
        """Hold an instalment against its schedule."""
        schedule = self._schedule(record)
        if schedule is None:
            return True  # what is missing is said
        amount = record.amount("RequestedAmount")
        if amount is not None and amount <= ZERO:
            raise RowFault("the instalment is not of more than nothing.", "Correct it.")
        values["invoice_id"], values["currency_iso_code"] = schedule.invoice_key, schedule.currency
        return True

    def stage(self, values: Values) -> None:
        """Keep an instalment until its schedule is whole."""
        for schedule in self.shared.links.schedules.values():
            if schedule.key == values["payment_schedule_id"]:
                schedule.parts.append(values)

    def end(self) -> list[Problem]:
        """Write the schedules that make up their invoices, and tell of the others."""
        for name, schedule in list(self.shared.links.schedules.items()):
            if not schedule.parts:
                continue
            del self.shared.links.schedules[name]
            if schedule.makes_up_invoice:
                self._write(schedule)
            else:
                self._leave_out(schedule)
        return super().end()

    def reference(self, record: Record, field: Field, warn: Warn) -> int | None:
        """Find the schedule among those that wait."""
        if field.name != "PaymentScheduleId":
            return super().reference(record, field, warn)
        schedule = self._schedule(record)
        if schedule is None:
            raise RowFault(
                f"no payment schedule {quoted(record.text(field.name) or '')} waits for instalments.",
                "Import schedules and their items in one go.",
                column=self.file.column(self.object_name, field.name),
            )
        return schedule.key

    def _schedule(self, record: Record) -> WaitingSchedule | None:
        return self.shared.links.schedules.get(record.text("PaymentScheduleId") or "")

    def _write(self, schedule: WaitingSchedule) -> None:
        said = {name: value for name, value in schedule.values.items() if value is not None}
        self.shared.stage.rows(payment_schedule, ("id", *said)).append((schedule.key, *said.values()))
        self.shared.tally.make("PaymentSchedule")
        for values in schedule.in_order():
            super().stage(values)

    def _leave_out(self, schedule: WaitingSchedule) -> None:
        currency = schedule.currency
        text = (
            f"Invoice {schedule.invoice}: its instalments add up to {money(schedule.sum, currency)} until "
            f"{schedule.last_day}, it is of {money(schedule.total, currency)} due {schedule.due}; they are left out."
        )
        self.shared.tally.report(Problem(self.file.source.name, text, severity=Severity.WARNING))


def leave_out_bare(shared: Shared) -> None:
    """Tell of the schedules that brought no instalments."""
    if shared.links.schedules:
        shared.tally.note("Payment schedules without items in the files are left out.")
        shared.links.schedules.clear()
