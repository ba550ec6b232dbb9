"""How an invoice is read and what its page makes of it, as a value."""

from duedesk.desk.pages.record.head import head_of
from duedesk.desk.pages.record.sheets import TABS, counted, sheets_of
from duedesk.desk.records.shape import Shape
from duedesk.store.queries.forecast.outlook import invoice_outlook
from duedesk.store.queries.records.whole_invoice import whole_invoice

SHAPE = Shape(
    concerns=(
        "Invoice",
        "InvoiceLine",
        "InvoiceFeed",
        "DunningHold",
        "PaymentPromise",
        "Account",
        "Payment",
        "CreditMemo",
        "ApprovalRequest",
        "Dispute",
        "PaymentSchedule",
        "DunningLetter",
        "LetterDelivery",
    ),
    tabs=TABS,
    read=whole_invoice,
    head=head_of,
    sheets=sheets_of,
    counted=counted,
    outlook=invoice_outlook,
)
