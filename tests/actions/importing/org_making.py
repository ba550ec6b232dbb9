"""An org made from a seed: its parties, its invoices line by line, and what became of them."""

import json
from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from random import Random

from actions.importing.org import AS_OF, Org, Record
from actions.importing.org_cash import RATE, make_credits, make_payments
from actions.importing.org_chance import CENT, any_amount, any_day, any_moment, any_owner, any_record
from actions.importing.org_figures import make_schedules, make_what_is_around, state_figures
from actions.importing.org_parties import make_parties
from duedesk.domain.money import ZERO


def make_org(seed: int, shared: Path, *, invoices: int = 30) -> Org:
    """Make an org whose figures all agree with its own applications."""
    reference = json.loads((shared / "reference" / "salesforce-fields.json").read_text("utf-8"))
    org = Org(Random(seed), reference)
    make_parties(org)
    _invoices(org, invoices)
    make_payments(org)
    make_credits(org)
    state_figures(org)
    make_schedules(org)
    make_what_is_around(org)
    return org


def _invoices(org: Org, count: int) -> None:
    for place in range(1, count + 1):
        account = any_record(org, "Account")
        status = org.random.choices(("Posted", "Draft", "Voided", "Canceled", "Error"), (20, 2, 1, 1, 1))[0]
        is_posted = status in {"Posted", "Voided"}
        on = any_day(org, latest=AS_OF - timedelta(days=40))
        contact = next(one for one in org.records["Contact"] if one["AccountId"] == account["Id"])
        viewed = any_moment(org, on) if org.random.random() < 0.3 else None
        invoice = org.add(
            "Invoice",
            on,
            DocumentNumber=f"INV-{place:05}" if is_posted else None,
            InvoiceNumber=f"X{place}",
            BillingAccountId=account["Id"],
            BillToContactId=contact["Id"] if org.random.random() < 0.7 else None,
            OwnerId=any_owner(org),
            PaymentTermId=any_record(org, "PaymentTerm")["Id"],
            InvoiceBatchRunId=any_record(org, "InvoiceBatchRun")["Id"]
            if is_posted and org.random.random() < 0.5
            else None,
            Status=status,
            CurrencyIsoCode=account["CurrencyIsoCode"],
            TaxLocaleType="Net",
            InvoiceDate=on,
            DueDate=on + timedelta(days=org.random.choice((14, 30))),
            PostedDate=on if is_posted else None,
            Description="Work, and “more”",
            ReferenceEntityId="801000000000123AAA",
            ShouldExcludePayment=org.random.random() < 0.2,
            PaymentExclusionReason="Paid elsewhere",
            LastViewedDate=viewed,
            LastReferencedDate=viewed,
        )
        _lines(org, invoice)


def _lines(org: Org, invoice: Record) -> None:
    """Give an invoice charges, each with its tax, and perhaps an adjustment of the first."""
    sums = dict.fromkeys(("Charge", "ChargeTax", "Adjustment", "AdjustmentTax"), ZERO)
    charges = [_charge(org, invoice, sums, "Charge", None) for _ in range(org.random.choice((1, 2, 3)))]
    if org.random.random() < 0.3:
        _charge(org, invoice, sums, "Adjustment", charges[0]["Id"])
    net, tax = sums["Charge"] + sums["Adjustment"], sums["ChargeTax"] + sums["AdjustmentTax"]
    for kind in ("Charge", "Adjustment"):
        own, own_tax = sums[kind], sums[f"{kind}Tax"]
        invoice[f"Total{kind}Amount"], invoice[f"Total{kind}TaxAmount"] = own, own_tax
        invoice[f"Total{kind}AmountWithTax"] = own + own_tax
    invoice |= {"TotalAmount": net, "TotalTaxAmount": tax, "TotalAmountWithTax": net + tax}


def _charge(org: Org, invoice: Record, sums: dict[str, Decimal], kind: str, related: str | None) -> Record:
    digits = Decimal(1) if invoice["CurrencyIsoCode"] == "JPY" else CENT
    amount = any_amount(org, 100_00).quantize(digits)
    tax = (amount * RATE / 100).quantize(digits, ROUND_HALF_UP)
    on = invoice["InvoiceDate"]
    line = org.add(
        "InvoiceLine",
        on,
        InvoiceId=invoice["Id"],
        Name=f"{kind} {len(org.records.get('InvoiceLine', ())) + 1}",
        Type=kind,
        Description="Service",
        Quantity=Decimal("2.5") if kind == "Charge" else None,
        UnitPrice=amount,
        LineAmount=amount,
        InvoiceLineStartDate=on,
        InvoiceLineEndDate=on + timedelta(days=29),
        IsUsageBasedInvoiceLine=org.random.random() < 0.3,
        RelatedLineId=related,
        CurrencyIsoCode=invoice["CurrencyIsoCode"],
    )
    line |= {f"{kind}Amount": amount, f"{kind}TaxAmount": tax, f"{kind}AmountWithTax": amount + tax}
    org.add(
        "InvoiceLine",
        on,
        InvoiceId=invoice["Id"],
        Name="VAT",
        Type="Tax",
        LineAmount=tax,
        TaxAmount=tax,
        TaxRate=RATE,
        TaxName="VAT",
        TaxCode="S",
        RelatedLineId=line["Id"],
        InvoiceLineStartDate=on,
        InvoiceLineEndDate=on,
        CurrencyIsoCode=invoice["CurrencyIsoCode"],
    )
    sums[kind] += amount
    sums[f"{kind}Tax"] += tax
    return line
