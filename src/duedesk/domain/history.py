"""Which fields have their history kept, and how a value is written there; it stores nothing."""

from datetime import date, datetime
from decimal import Decimal

from duedesk.domain.catalog import Field
from duedesk.domain.days import write_moment
from duedesk.domain.filters import Value
from duedesk.domain.money import plain

TRACKED: dict[str, tuple[str, ...]] = {
    "Invoice": (
        "DocumentNumber",
        "BillingAccountId",
        "Status",
        "SettlementStatus",
        "InvoiceDate",
        "DueDate",
        "PostedDate",
        "TotalAmountWithTax",
        "Balance",
        "CurrencyIsoCode",
        "FullSettlementDate",
        "BillToContactId",
        "OwnerId",
        "PaymentTermId",
        "TaxLocaleType",
        "Description",
        "InvoiceNumber",
        "ShouldExcludePayment",
        "PaymentExclusionReason",
        "VoidedDate",
        "VoidReason",
        "ErrorReason",
    ),
    "Payment": (
        "PaymentNumber",
        "AccountId",
        "Status",
        "Amount",
        "Balance",
        "NetRefundApplied",
        "EffectiveDate",
        "CurrencyIsoCode",
        "GatewayRefNumber",
        "Comments",
        "CancellationEffectiveDate",
    ),
    "CreditMemo": (
        "DocumentNumber",
        "BillingAccountId",
        "Status",
        "Category",
        "ReasonCode",
        "TotalAmountWithTax",
        "Balance",
        "EffectiveDate",
        "CurrencyIsoCode",
        "OwnerId",
        "Description",
        "VoidedDate",
        "VoidReason",
    ),
}
"""By object, the fields whose old and new values are kept."""


def written(field: Field, value: Value, currency: str) -> str | None:
    """Give a value as the history keeps it: amounts with their currency's digits, ISO 8601 dates; None where empty."""
    match value:
        case None | "":
            return None
        case bool():
            return "true" if value else "false"
        case Decimal():
            return plain(value, currency) if field.is_figure else str(value)
        case datetime():
            return write_moment(value)
        case date():
            return value.isoformat()
        case _:
            return str(value)
