"""What an export of a Salesforce org holds beside the fields that are taken: what is left out, and what is compared.

Its objects are taken in the order in which they refer to each other.
"""

from duedesk.domain.catalog import Field

ORDER = (
    "PaymentTerm",
    "PaymentTermItem",
    "User",
    "GroupMember",
    "InvoiceOwnerSharingRule",
    "DunningPolicy",
    "DunningLevel",
    "DunningLevelAmount",
    "Account",
    "Contact",
    "InvoiceBatchRun",
    "Invoice",
    "InvoiceLine",
    "PaymentSchedule",
    "PaymentScheduleItem",
    "InvoiceShare",
    "InvoiceFeed",
    "Dispute",
    "Payment",
    "Refund",
    "CreditMemo",
    "CreditMemoLine",
    "PaymentLineInvoice",
    "CreditMemoInvApplication",
    "DunningHold",
    "PaymentPromise",
)
"""The order in which the objects refer to each other."""

LEFT_OUT = {
    "InvoiceHistory": "the book keeps a history of its own, sealed from the first entry on",
    "PaymentHistory": "the book keeps a history of its own, sealed from the first entry on",
    "CreditMemoHistory": "the book keeps a history of its own, sealed from the first entry on",
    "NumberSeries": "series are made with `duedesk series`",
    "InvoiceBatchRunItem": "what became of each invoice in a run is known where it ran",
    "DunningRun": "runs are kept where they were issued",
    "DunningLetter": "letters are kept where they were issued",
    "DunningLetterItem": "letters are kept where they were issued",
    "DunningReset": "levels are set with `duedesk level`",
    "ApprovalRequest": "approvals are asked for and given in the book alone",
}
"""Objects of the catalogue of which nothing is taken in, and why."""

GROUPS = {"group", "groups", "queue", "queues"}
"""Files of groups: they stand beside users, as owners."""

ALIASES = {("InvoiceFeed", "insertedbyid"): "InsertedBy"}
"""Columns of another name, by object and folded name."""

CLAIMS = {
    "Invoice": (
        "Balance",
        "NetPaymentsApplied",
        "NetCreditsApplied",
        "SettlementStatus",
        "FullSettlementDate",
        "TotalChargeAmount",
        "TotalChargeTaxAmount",
        "TotalChargeAmountWithTax",
        "TotalAdjustmentAmount",
        "TotalAdjustmentTaxAmount",
        "TotalAdjustmentAmountWithTax",
    ),
    "Payment": ("NetApplied", "NetRefundApplied", "Balance"),
    "CreditMemo": ("NetCreditsApplied", "Balance"),
}
"""Figures a file gives that the book works out from the applications and lines: both are held side by side."""

_INSTEAD = {
    "pending": ("Draft", "Canceled"),
    "draft": ("Canceled",),
    "failed": ("Canceled",),
}
"""A payment that is pending or failed has brought no money in; a refund that has not left has given none back."""


def stand_in(field: Field, written: str) -> str | None:
    """Give what stands for a value that only Salesforce has: empty for none, None where nothing does."""
    for value in _INSTEAD.get(written.casefold(), ()):
        if value in field.values:
            return value
    if "Completed With Errors" in field.values:
        return "Completed"  # a run of another system is over, whatever it calls that
    if field.values == ("Draft", "Ready"):
        return "Ready"
    return "" if field.nillable else None
