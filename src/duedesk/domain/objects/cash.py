"""What pays an invoice: Payment and CreditMemo, the applications that put them on it, and what is given back."""

from duedesk.domain.catalog import Field, Kind, ObjectType
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

PAYMENT = ObjectType(
    "Payment",
    "Payment",
    "Payments",
    "payment",
    (
        identifier(),
        text("PaymentNumber", "Payment", group=False),
        reference("AccountId", "Account", "Account", nillable=False),
        pick("Status", "Status", "Draft | Processed | Canceled", nillable=False),
        pick("Type", "Type", "Sale | Capture", nillable=False),
        pick("ProcessingMode", "Processing", "External | Salesforce", nillable=False),
        day("EffectiveDate", "Effective", nillable=False),
        moment("Date", "Received"),
        money("Amount", "Amount", nillable=False),
        money("NetApplied", "Applied", calculated=True),
        money("NetRefundApplied", "Refunded", calculated=True),
        money("Balance", "Unapplied", calculated=True),
        currency_code(nillable=False),
        text("GatewayRefNumber", "Reference"),
        area("Comments", "Comments"),
        day("CancellationEffectiveDate", "Canceled on"),
        moment("CancellationDate", "Cancellation recorded"),
        moment("CreatedDate", "Recorded", nillable=False),
        house(day("LastAppliedDate", "Last applied on", help="The last day on which it was applied or unapplied.")),
        house(moment("ProcessedAt", "Processing recorded", help="When what was a draft became money received.")),
        house(
            text(
                "SourceKey",
                "Source key",
                max_length=600,
                help="Tells a payment of a file that has come in before.",
            )
        ),
        *BOOKKEEPING,
    ),
    name_field="PaymentNumber",
)

CREDIT_MEMO = ObjectType(
    "CreditMemo",
    "Credit memo",
    "Credit memos",
    "credit_memo",
    (
        identifier(),
        text("DocumentNumber", "Credit memo", group=False),
        text("CreditMemoNumber", "Credit memo number"),
        reference("BillingAccountId", "Account", "Account", nillable=False),
        reference("BillToContactId", "Bill to contact", "Contact"),
        reference("OwnerId", "Owner", "User | Group"),
        pick(
            "Status",
            "Status",
            "Draft | Pending | Posted | Error | Void In Progress | Voided | Canceled",
            nillable=False,
        ),
        pick("Category", "Category", "InvoiceWriteOff | Referenced | Standalone"),
        text("ReasonCode", "Reason"),
        pick(
            "SourceAction",
            "Source",
            "Invoice | NegativeInvoiceLineConversion | Standalone | VoidPostedInvoice | WriteOffPostedInvoice",
        ),
        day("CreditDate", "Credit date"),
        day("EffectiveDate", "Effective", nillable=False),
        money("TotalAmount", "Total before tax"),
        money("TotalTaxAmount", "Tax"),
        money("TotalAmountWithTax", "Total", nillable=False),
        money("NetCreditsApplied", "Applied", calculated=True),
        money("Balance", "Unapplied", calculated=True),
        currency_code(nillable=False),
        reference("ReferenceEntityId", "Refers to", "Invoice | OrderSummary"),
        text("Description", "Description", max_length=1000),
        moment("CreatedDate", "Created", nillable=False),
        house(moment("PostedAt", "Posting recorded")),
        house(day("VoidedDate", "Voided on")),
        house(moment("VoidedAt", "Void recorded")),
        house(text("VoidReason", "Void reason", max_length=1000)),
        house(reference("SourceInvoiceId", "Came from", "Invoice", help="The invoice it credits or came out of.")),
        house(reference("NumberSeriesId", "Number series", "NumberSeries")),
        house(day("LastAppliedDate", "Last applied on", help="The last day on which it was applied or unapplied.")),
        *BOOKKEEPING,
    ),
    name_field="DocumentNumber",
)

CREDIT_MEMO_LINE = ObjectType(
    "CreditMemoLine",
    "Credit memo line",
    "Credit memo lines",
    "credit_memo_line",
    (
        identifier(),
        reference("CreditMemoId", "Credit memo", "CreditMemo", nillable=False),
        text("Name", "Line", nillable=False),
        pick("Type", "Type", "Charge | Adjustment | Tax", nillable=False),
        text("Description", "Description", max_length=1000),
        money("LineAmount", "Amount", nillable=False),
        number("TaxRate", "Tax rate", Kind.PERCENT),
        text("TaxName", "Tax name"),
        text("TaxCode", "Tax code"),
        money("TaxAmount", "Tax"),
        day("StartDate", "Service from"),
        day("EndDate", "Service to"),
        reference("RelatedLineId", "Related line", "CreditMemoLine"),
        house(reference("InvoiceLineId", "Invoice line", "InvoiceLine", help="The line it takes back.")),
        moment("CreatedDate", "Created", nillable=False),
        *BOOKKEEPING,
    ),
    name_field="Name",
)

REFUND = ObjectType(
    "Refund",
    "Refund",
    "Refunds",
    "refund",
    (
        identifier(),
        text("RefundNumber", "Refund", group=False),
        reference("AccountId", "Account", "Account", nillable=False),
        reference("PaymentID", "Payment", "Payment", relationship="Payment", nillable=False),
        pick("Status", "Status", "Processed | Canceled", nillable=False),
        pick("Type", "Type", "Referenced | NonReferenced", nillable=False),
        pick("ProcessingMode", "Processing", "External | Salesforce", nillable=False),
        day("EffectiveDate", "Effective", nillable=False),
        moment("Date", "Given back"),
        money("Amount", "Amount", nillable=False),
        currency_code(nillable=False),
        text("GatewayRefNumber", "Reference"),
        area("Comments", "Comments"),
        day("CancellationEffectiveDate", "Canceled on"),
        moment("CancellationDate", "Cancellation recorded"),
        moment("CreatedDate", "Recorded", nillable=False),
        *BOOKKEEPING,
    ),
    name_field="RefundNumber",
)

APPROVAL_REQUEST = ObjectType(
    "ApprovalRequest",
    "Approval request",
    "Approval requests",
    "approval_request",
    (
        house(pick("Kind", "Kind", "Write-off", nillable=False)),
        house(reference("CreditMemoId", "Credit memo", "CreditMemo", nillable=False)),
        house(reference("InvoiceId", "Invoice", "Invoice", nillable=False)),
        house(currency_code(nillable=False)),
        house(money("Amount", "Amount", nillable=False)),
        house(text("ReasonCode", "Reason")),
        house(pick("Status", "Status", "Pending | Approved | Rejected", nillable=False)),
        house(text("RequestedBy", "Requested by", nillable=False)),
        house(moment("RequestedAt", "Requested", nillable=False)),
        house(text("DecidedBy", "Decided by")),
        house(moment("DecidedAt", "Decided")),
        house(text("Comments", "Comments", max_length=1000)),
        *BOOKKEEPING,
    ),
    name_field="RequestedBy",
)


def _application(
    own_number: Field, source: Field, account: Field, taken_back: Field, comments: Field
) -> tuple[Field, ...]:
    return (
        identifier(),
        own_number,
        reference("InvoiceId", "Invoice", "Invoice", nillable=False),
        source,
        pick("Type", "Type", "Applied | Unapplied", nillable=False),
        money("Amount", "Amount", nillable=False),
        money("ImpactAmount", "Effect on the invoice", nillable=False),
        day("EffectiveDate", "Effective", nillable=False),
        day("AppliedDate", "Applied on", column=""),
        day("UnappliedDate", "Unapplied on", column=""),
        pick("HasBeenUnapplied", "Has been unapplied", "No | Yes | NA", column="", nillable=False),
        taken_back,
        account,
        currency_code(nillable=False),
        comments,
        moment("CreatedDate", "Recorded", column="recorded_at", nillable=False),
        house(pick("Kind", "Kind", "payment | credit", nillable=False)),
        *BOOKKEEPING,
    )


_ACCOUNT = reference("AssociatedAccountId", "Account", "Account", column="account_id", nillable=False)

PAYMENT_LINE_INVOICE = ObjectType(
    "PaymentLineInvoice",
    "Payment application",
    "Payment applications",
    "application",
    _application(
        own_number=text("PaymentLineInvoiceNumber", "Application", column="application_number", group=False),
        source=reference("PaymentId", "Payment", "Payment", nillable=False),
        account=_ACCOUNT,
        taken_back=reference("AssociatedPaymentLineId", "Takes back", "PaymentLineInvoice", column="reverses_id"),
        comments=area("Comments", "Comments"),
    ),
    name_field="PaymentLineInvoiceNumber",
    rows="kind=payment",
)

CREDIT_MEMO_INV_APPLICATION = ObjectType(
    "CreditMemoInvApplication",
    "Credit application",
    "Credit applications",
    "application",
    _application(
        own_number=text("CreditMemoInvoiceNumber", "Application", column="application_number", group=False),
        source=reference("CreditMemoId", "Credit memo", "CreditMemo", nillable=False),
        account=house(_ACCOUNT),
        taken_back=reference("AssociatedLineId", "Takes back", "CreditMemoInvApplication", column="reverses_id"),
        comments=text("Description", "Comments", column="comments", max_length=1000),
    ),
    name_field="CreditMemoInvoiceNumber",
    rows="kind=credit",
)

OBJECTS = (
    PAYMENT,
    PAYMENT_LINE_INVOICE,
    CREDIT_MEMO,
    CREDIT_MEMO_LINE,
    CREDIT_MEMO_INV_APPLICATION,
    REFUND,
    APPROVAL_REQUEST,
)
