"""The instalments of an invoice: PaymentSchedule and its items, each with the day it is due."""

from duedesk.domain.catalog import ObjectType
from duedesk.domain.objects.kinds import (
    BOOKKEEPING,
    area,
    currency_code,
    day,
    house,
    identifier,
    moment,
    money,
    number,
    pick,
    reference,
    text,
)

PAYMENT_SCHEDULE = ObjectType(
    "PaymentSchedule",
    "Payment schedule",
    "Payment schedules",
    "payment_schedule",
    (
        identifier(),
        text("PaymentScheduleNumber", "Payment schedule", group=False),
        reference("ReferenceEntityId", "Invoice", "Invoice", column="invoice_id", nillable=False),
        pick("Status", "Status", "Draft | Ready", nillable=False),
        currency_code(nillable=False),
        money("TotalRequestedAmount", "Total", nillable=False),
        area("Comments", "Comments"),
        house(moment("CreatedDate", "Created", nillable=False)),
        *BOOKKEEPING,
    ),
    name_field="PaymentScheduleNumber",
)

PAYMENT_SCHEDULE_ITEM = ObjectType(
    "PaymentScheduleItem",
    "Instalment",
    "Instalments",
    "payment_schedule_item",
    (
        identifier(),
        text("PaymentScheduleItemNumber", "Instalment", group=False),
        reference("PaymentScheduleId", "Payment schedule", "PaymentSchedule", nillable=False),
        day("TargetPaymentProcessingDate", "Due", nillable=False),
        money("RequestedAmount", "Amount", nillable=False),
        currency_code(nillable=False),
        area("Comments", "Comments"),
        house(reference("InvoiceId", "Invoice", "Invoice", nillable=False)),
        house(number("Position", "Position", nillable=False)),
        house(money("LaterAmount", "Of later instalments", nillable=False)),
        *BOOKKEEPING,
    ),
    name_field="PaymentScheduleItemNumber",
)

OBJECTS = (PAYMENT_SCHEDULE, PAYMENT_SCHEDULE_ITEM)
