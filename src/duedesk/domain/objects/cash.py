"""What pays an invoice: Payment and CreditMemo, and the applications that put them on it."""

from duedesk.domain.catalog import Field, ObjectType
from duedesk.domain.objects.kinds import (
    BOOKKEEPING,
    area,
    currency_code,
    day,
    house,
    identifier,
    moment,
    money,
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
        money("Balance", "Unapplied", calculated=True),
        currency_code(nillable=False),
        text("GatewayRefNumber", "Reference"),
        area("Comments", "Comments"),
        day("CancellationEffectiveDate", "Canceled on"),
        moment("CancellationDate", "Cancellation recorded"),
        moment("CreatedDate", "Recorded", nillable=False),
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
        *BOOKKEEPING,
    ),
    name_field="DocumentNumber",
)


def _application(number: Field, source: Field, account: Field, taken_back: Field, comments: Field) -> tuple[Field, ...]:
    return (
        identifier(),
        number,
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
        number=text("PaymentLineInvoiceNumber", "Application", column="application_number", group=False),
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
        number=text("CreditMemoInvoiceNumber", "Application", column="application_number", group=False),
        source=reference("CreditMemoId", "Credit memo", "CreditMemo", nillable=False),
        account=house(_ACCOUNT),
        taken_back=reference("AssociatedLineId", "Takes back", "CreditMemoInvApplication", column="reverses_id"),
        comments=text("Description", "Comments", column="comments", max_length=1000),
    ),
    name_field="CreditMemoInvoiceNumber",
    rows="kind=credit",
)

OBJECTS = (PAYMENT, PAYMENT_LINE_INVOICE, CREDIT_MEMO, CREDIT_MEMO_INV_APPLICATION)
