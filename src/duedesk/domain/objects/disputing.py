"""What customers contest: Dispute, a part of an invoice that is not paid for a reason."""

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
    reference,
    text,
)

DISPUTE = ObjectType(
    "Dispute",
    "Dispute",
    "Disputes",
    "dispute",
    (
        identifier(),
        text("Name", "Dispute", nillable=False, group=False),
        house(reference("InvoiceId", "Invoice", "Invoice", nillable=False)),
        house(currency_code(nillable=False)),
        money("DisputedAmount", "Contested", nillable=False),
        house(text("ReasonCode", "Reason", nillable=False)),
        area("Description", "In words"),
        day("ReceivedDate", "Opened on", nillable=False),
        house(moment("RecordedAt", "Recorded", nillable=False)),
        house(text("RecordedBy", "Recorded by", nillable=False)),
        house(day("ResolvedOn", "Resolved on")),
        house(moment("ResolvedAt", "Resolution recorded")),
        house(text("ResolvedBy", "Resolved by")),
        house(text("Resolution", "Resolution")),
        house(area("ResolutionDescription", "Resolution in words")),
        *BOOKKEEPING,
    ),
    name_field="Name",
)

OBJECTS = (DISPUTE,)
