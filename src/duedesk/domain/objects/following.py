"""What follows a record: InvoiceHistory and its like, and InvoiceFeed, the notes and files on an invoice."""

from duedesk.domain.catalog import Field, ObjectType
from duedesk.domain.objects.kinds import BOOKKEEPING, area, flag, house, moment, number, pick, reference, text


def _history(record: Field) -> tuple[Field, ...]:
    return (
        record,
        text("Field", "Field", nillable=False),
        text("DataType", "Type", nillable=False),
        text("OldValue", "Old value", max_length=4000),
        text("NewValue", "New value", max_length=4000),
        house(text("CreatedBy", "By", nillable=False)),
        moment("CreatedDate", "When", nillable=False),
        house(text("Action", "Action", nillable=False)),
        house(pick("ObjectName", "Object", "Invoice | Payment | CreditMemo", nillable=False)),
        house(text("PreviousHash", "Hash before", nillable=False)),
        house(text("Hash", "Hash", nillable=False)),
        *BOOKKEEPING,
    )


INVOICE_HISTORY = ObjectType(
    "InvoiceHistory",
    "Invoice history",
    "Invoice histories",
    "history_entry",
    _history(reference("InvoiceId", "Invoice", "Invoice", column="record_key", nillable=False)),
    name_field="Field",
    rows="object_name=Invoice",
)

PAYMENT_HISTORY = ObjectType(
    "PaymentHistory",
    "Payment history",
    "Payment histories",
    "history_entry",
    _history(reference("PaymentId", "Payment", "Payment", column="record_key", nillable=False)),
    name_field="Field",
    rows="object_name=Payment",
)

CREDIT_MEMO_HISTORY = ObjectType(
    "CreditMemoHistory",
    "Credit memo history",
    "Credit memo histories",
    "history_entry",
    _history(reference("CreditMemoId", "Credit memo", "CreditMemo", column="record_key", nillable=False)),
    name_field="Field",
    rows="object_name=CreditMemo",
)

INVOICE_FEED = ObjectType(
    "InvoiceFeed",
    "Note or file",
    "Notes and files",
    "invoice_feed",
    (
        reference("ParentId", "Invoice", "Invoice", nillable=False),
        pick("Type", "Type", "TextPost | ContentPost", nillable=False),
        text("Title", "Title"),
        area("Body", "Text", max_length=10000),
        house(text("InsertedBy", "By", nillable=False)),
        moment("CreatedDate", "When", nillable=False),
        flag("IsDeleted", "Taken away"),
        house(number("RelatedRecordId", "File")),
        *BOOKKEEPING,
    ),
    name_field="Title",
)

OBJECTS = (INVOICE_HISTORY, PAYMENT_HISTORY, CREDIT_MEMO_HISTORY, INVOICE_FEED)
