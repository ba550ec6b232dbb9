"""What the applications of an org make of its documents, by the rules of the domain; and its instalments."""

from actions.importing.org import AS_OF, FIRST, Org
from actions.importing.org_cash import all_applied
from actions.importing.org_chance import any_record, some_of
from duedesk.domain.ledger import Application, Posting, settle
from duedesk.domain.money import ZERO


def state_figures(org: Org) -> None:
    """State what the applications make of every document, by the rules of the domain."""
    for invoice in org.records["Invoice"]:
        own = [one for one in all_applied(org) if one["InvoiceId"] == invoice["Id"]]
        invoice["NetPaymentsApplied"] = -sum((one["ImpactAmount"] for one in own if "PaymentId" in one), ZERO)
        invoice["NetCreditsApplied"] = -sum((one["ImpactAmount"] for one in own if "CreditMemoId" in one), ZERO)
        is_posted = invoice["Status"] == "Posted"
        posted_at = invoice["CreatedDate"] if is_posted else None
        events = [
            Application(
                "payment" if "PaymentId" in one else "credit",
                one["ImpactAmount"],
                one["EffectiveDate"],
                one["CreatedDate"],
            )
            for one in own
        ]
        made = settle(Posting(invoice["TotalAmountWithTax"], invoice["InvoiceDate"], posted_at), events, as_of=AS_OF)
        balance = made.balance if is_posted else ZERO
        invoice |= {
            "Balance": balance,
            "SettlementStatus": made.settlement_status,
            "FullSettlementDate": made.full_settlement_date,
            "DaysInvoiceOverdue": (AS_OF - invoice["DueDate"]).days if balance else None,
            "DaysInvoiceOpen": None,
        }
        if invoice["Status"] in {"Posted", "Voided"}:
            invoice["DaysInvoiceOpen"] = ((invoice["FullSettlementDate"] or AS_OF) - invoice["InvoiceDate"]).days
    for name, link, applied in (
        ("Payment", "PaymentId", "NetApplied"),
        ("CreditMemo", "CreditMemoId", "NetCreditsApplied"),
    ):
        for source in org.records.get(name, ()):
            net = -sum((one["ImpactAmount"] for one in all_applied(org) if one.get(link) == source["Id"]), ZERO)
            back = sum(
                (
                    one["Amount"]
                    for one in org.records.get("Refund", ())
                    if one["PaymentID"] == source["Id"] and one["Status"] == "Processed"
                ),
                ZERO,
            )
            source[applied] = net
            total = source["Amount"] if name == "Payment" else source["TotalAmountWithTax"]
            source["Balance"] = total - net - back if source["Status"] in {"Processed", "Posted"} else ZERO
            if name == "Payment":
                source["NetRefundApplied"] = back


def make_schedules(org: Org) -> None:
    for place, invoice in enumerate(org.records["Invoice"]):
        if invoice["Status"] != "Posted" or org.random.random() < 0.7:
            continue
        own = {"CurrencyIsoCode": invoice["CurrencyIsoCode"]}
        schedule = org.add(
            "PaymentSchedule",
            invoice["InvoiceDate"],
            **own,
            PaymentScheduleNumber=f"PS-{place}",
            ReferenceEntityId=invoice["Id"],
            Status="Ready",
            TotalRequestedAmount=invoice["TotalAmountWithTax"],
            Comments="In two parts",
        )
        first = some_of(org, invoice["TotalAmountWithTax"] / 2, invoice["CurrencyIsoCode"])
        if invoice["Balance"] > invoice["TotalAmountWithTax"] - first:  # something of the first part is open
            invoice["DaysInvoiceOverdue"] = (AS_OF - invoice["InvoiceDate"]).days
        parts = ((invoice["InvoiceDate"], first), (invoice["DueDate"], invoice["TotalAmountWithTax"] - first))
        for number, (on, amount) in enumerate(parts, 1):
            org.add(
                "PaymentScheduleItem",
                invoice["InvoiceDate"],
                **own,
                PaymentScheduleItemNumber=f"PSI-{place}-{number}",
                PaymentScheduleId=schedule["Id"],
                TargetPaymentProcessingDate=on,
                RequestedAmount=amount,
                Comments="Half",
            )


def make_what_is_around(org: Org) -> None:
    invoice = any_record(org, "Invoice")
    org.add(
        "InvoiceShare",
        FIRST,
        ParentId=invoice["Id"],
        UserOrGroupId=org.records["User"][0]["Id"],
        AccessLevel="Edit",
        RowCause="Manual",
    )
    org.add(
        "InvoiceFeed",
        FIRST,
        ParentId=invoice["Id"],
        Type="TextPost",
        Body="Called: pays on Friday.",
        InsertedById=org.records["User"][1]["Id"],
    )
