"""What late interest stands on and what was charged of it: ReferenceRate, and InterestCharge of one invoice."""

from duedesk.domain.catalog import Field, Kind, ObjectType
from duedesk.domain.objects.kinds import (
    BOOKKEEPING,
    currency_code,
    day,
    flag,
    house,
    identifier,
    moment,
    money,
    number,
    reference,
    text,
)


def _object(name: str, label: str, plural: str, table: str, named_by: str, *fields: Field) -> ObjectType:
    own = tuple(house(field) for field in fields)
    return ObjectType(name, label, plural, table, (identifier(), *own, *BOOKKEEPING), name_field=named_by)


REFERENCE_RATE = _object(
    "ReferenceRate",
    "Reference rate",
    "Reference rates",
    "reference_rate",
    "Series",
    text("Series", "Series", nillable=False, max_length=40, help="Whose rate it is: ECB, BOE, DE-BASE."),
    day("StartDate", "From", nillable=False),
    number("Percent", "Percent", Kind.PERCENT, nillable=False, help="Percent a year."),
    text("Source", "Source", nillable=False, max_length=255, help="Who says so."),
)

INTEREST_CHARGE = _object(
    "InterestCharge",
    "Interest charge",
    "Interest charges",
    "interest_charge",
    "Id",
    reference("InvoiceId", "Invoice", "Invoice", nillable=False),
    reference("DunningLetterId", "Letter", "DunningLetter"),
    currency_code(nillable=False),
    day("ChargedFrom", "From", nillable=False),
    day("ChargedUntil", "Until", nillable=False, help="Its days are not charged again."),
    money("Amount", "Interest", nillable=False),
    money("WaivedAmount", "Waived", nillable=False),
    text("WaivedReason", "Why waived", max_length=255),
    text("Basis", "Basis", max_length=255, help="What the interest rests on, as the letter says it."),
    flag("IsCancelled", "Cancelled", help="Its letter was cancelled: its days can be charged again."),
    moment("RecordedAt", "Recorded", nillable=False),
    text("RecordedBy", "Recorded by", nillable=False),
)

OBJECTS = (REFERENCE_RATE, INTEREST_CHARGE)
