"""The records of an org: who owes, what was billed line by line, what was paid, credited, taken back and refunded."""

import json
from datetime import UTC, date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from random import Random
from typing import Any

from actions.importing.org import AS_OF, FIRST, Org, Record
from duedesk.domain.ledger import Application, Posting, settle
from duedesk.domain.money import ZERO

RATE = Decimal(19)
_CENT = Decimal("0.01")


def make_org(seed: int, shared: Path, *, invoices: int = 30) -> Org:
    """Make an org whose figures all agree with its own applications."""
    reference = json.loads((shared / "reference" / "salesforce-fields.json").read_text("utf-8"))
    org = Org(Random(seed), reference)
    _parties(org)
    _invoices(org, invoices)
    _payments(org)
    _credits(org)
    _figures(org)
    _schedules(org)
    _around(org)
    return org


def _day(org: Org, earliest: date = FIRST, latest: date = AS_OF - timedelta(days=3)) -> date:
    return earliest + timedelta(days=org.random.randrange(max((latest - earliest).days, 0) + 1))


def _moment(org: Org, on: date) -> datetime:
    return datetime.combine(on, time(9, org.random.randrange(60), org.random.randrange(60)), UTC)


def _money(org: Org, least: int = 1, most: int = 900_00) -> Decimal:
    return Decimal(org.random.randrange(least, most)) * _CENT


def _any(org: Org, object_name: str) -> Record:
    return org.random.choice(org.records[object_name])


def _parties(org: Org) -> None:
    for name in ("Ana Reyes", "Bo Lind", "Zoë O’Hara"):
        org.add("User", FIRST, Name=name, Type="User", IsActive=True, Username=f"{name[:3]}@example.test")
    group = org.add("Group", FIRST, Name="Collections", Type="Queue")
    org.add("GroupMember", FIRST, GroupId=group["Id"], UserOrGroupId=_any(org, "User")["Id"])
    for name, days, is_default in (("Standard", 30, True), ("Net 14", 14, False)):
        term = org.add(
            "PaymentTerm", FIRST, Name=name, Description=f"Due in {days} days", IsDefault=is_default, Status="Active"
        )
        org.add(
            "PaymentTermItem",
            FIRST,
            PaymentTermId=term["Id"],
            Name="All of it",
            Type="Period-Based",
            PaymentTimeframe="Standard",
            Period=days,
            PeriodUnit="Days",
        )
    for place in range(6):
        account = org.add(
            "Account",
            FIRST,
            Name=("Acme, “Ltd”", "Zoë & Söhne", "東京商事", "O'Brien plc", "Acme Ltd", "No number")[place],
            AccountNumber=f"{place:04}" if place < 5 else None,
            OwnerId=_owner(org),
            CurrencyIsoCode=org.random.choice(("EUR", "USD", "JPY")),
            Type=org.random.choice(("Customer", None)),
            Industry="Retail",
            BillingStreet="1 High Street\nFloor 2",
            BillingCity="Leeds",
            BillingPostalCode="LS1 1AA",
            BillingCountry="GB",
            Phone="+44 113 1",
            Website="https://example.test",
            Description="Pays late.\n\nNever on Mondays.",
        )
        if place:
            account["ParentId"] = _any(org, "Account")["Id"] if org.random.random() < 0.3 else None
            account["ParentId"] = None if account["ParentId"] == account["Id"] else account["ParentId"]
        org.add(
            "Contact",
            FIRST,
            AccountId=account["Id"],
            Salutation="Ms.",
            FirstName="Ada",
            LastName=f"Byron {place}",
            Name=f"Ada Byron {place}",
            Title="Controller",
            Email=f"ada{place}@example.test",
            Phone="+44 113 2",
            MailingCity="Leeds",
        )
    started = _moment(org, FIRST)
    org.add(
        "InvoiceBatchRun",
        FIRST,
        InvoiceBatchRunNumber="IBR-0001",
        Status="Completed With Errors",
        Comments="January",
        OwnerId=_any(org, "User")["Id"],
        StartTime=started,
        CompletionTime=started + timedelta(minutes=5),
        TotalDraftInvoices=9,
        TotalPostedInvoices=8,
        TotalInvoicesFailed=1,
    )


def _owner(org: Org) -> str:
    return str(org.random.choice([*org.records["User"], *org.records["Group"]])["Id"])


def _invoices(org: Org, count: int) -> None:
    for place in range(1, count + 1):
        account = _any(org, "Account")
        status = org.random.choices(("Posted", "Draft", "Voided", "Canceled", "Error"), (20, 2, 1, 1, 1))[0]
        is_posted = status in {"Posted", "Voided"}
        on = _day(org, latest=AS_OF - timedelta(days=40))
        contact = next(one for one in org.records["Contact"] if one["AccountId"] == account["Id"])
        viewed = _moment(org, on) if org.random.random() < 0.3 else None
        invoice = org.add(
            "Invoice",
            on,
            DocumentNumber=f"INV-{place:05}" if is_posted else None,
            InvoiceNumber=f"X{place}",
            BillingAccountId=account["Id"],
            BillToContactId=contact["Id"] if org.random.random() < 0.7 else None,
            OwnerId=_owner(org),
            PaymentTermId=_any(org, "PaymentTerm")["Id"],
            InvoiceBatchRunId=_any(org, "InvoiceBatchRun")["Id"] if is_posted and org.random.random() < 0.5 else None,
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
    digits = Decimal(1) if invoice["CurrencyIsoCode"] == "JPY" else _CENT
    amount = _money(org, 100_00).quantize(digits)
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


def _open(org: Org, invoice: Record) -> Decimal:
    """Give what is left of an invoice on any day: what is taken off again may be so only later."""
    own = [one for one in _applied(org) if one["InvoiceId"] == invoice["Id"] and one["Type"] == "Applied"]
    return Decimal(invoice["TotalAmountWithTax"] - sum((one["Amount"] for one in own), ZERO))


def _applied(org: Org) -> list[Record]:
    return [*org.records.get("PaymentLineInvoice", ()), *org.records.get("CreditMemoInvApplication", ())]


def _payments(org: Org) -> None:
    for place, invoice in enumerate([one for one in org.records["Invoice"] if one["Status"] == "Posted"]):
        if org.random.random() < 0.3:
            continue
        part = _part(org, invoice)
        status = org.random.choices(("Processed", "Draft", "Canceled"), (8, 1, 1))[0]
        on = _day(org, invoice["InvoiceDate"])
        amount = part + (_part(org, invoice) if org.random.random() < 0.3 else ZERO)
        payment = org.add(
            "Payment",
            on,
            PaymentNumber=f"PAY-{place:05}",
            AccountId=invoice["BillingAccountId"],
            Status=status,
            Type=org.random.choice(("Sale", "Capture")),
            ProcessingMode="External",
            EffectiveDate=on,
            Date=_moment(org, on),
            Amount=amount,
            CurrencyIsoCode=invoice["CurrencyIsoCode"],
            GatewayRefNumber=f"REF {place}",
            Comments="By bank\nTwice",
            CancellationEffectiveDate=on + timedelta(days=1) if status == "Canceled" else None,
            CancellationDate=_moment(org, on + timedelta(days=1)) if status == "Canceled" else None,
        )
        if status == "Processed":
            _apply(org, "PaymentLineInvoice", payment, invoice, part)
            if amount > part:
                _refund(org, payment, amount - part)


def _part(org: Org, invoice: Record) -> Decimal:
    left = _open(org, invoice)
    digits = Decimal(1) if invoice["CurrencyIsoCode"] == "JPY" else _CENT
    if org.random.random() < 0.4:
        return left
    return max((left * org.random.randrange(1, 100) / 100).quantize(digits), digits)


def _apply(org: Org, object_name: str, source: Record, invoice: Record, part: Decimal) -> None:
    """Apply a part, and perhaps take some of it off again."""
    is_payment = object_name == "PaymentLineInvoice"
    own = {
        "InvoiceId": invoice["Id"],
        "PaymentId" if is_payment else "CreditMemoId": source["Id"],
        "CurrencyIsoCode": invoice["CurrencyIsoCode"],
    }
    if is_payment:
        own["AssociatedAccountId"] = invoice["BillingAccountId"]
    number, back = ("PaymentLineInvoiceNumber", "AssociatedPaymentLineId")
    if not is_payment:
        number, back = ("CreditMemoInvoiceNumber", "AssociatedLineId")
    on = _day(org, max(source["EffectiveDate"], invoice["InvoiceDate"]))
    taken = org.random.random() < 0.25
    place = len(org.records.get(object_name, ()))
    first = org.add(
        object_name,
        on,
        **own,
        Type="Applied",
        Amount=part,
        ImpactAmount=-part,
        EffectiveDate=on,
        AppliedDate=on,
        HasBeenUnapplied="Yes" if taken else "No",
        **{number: f"L-{place:05}", "Comments" if is_payment else "Description": "Thank you"},
    )
    first["CreatedDate"] = max(first["CreatedDate"], source["CreatedDate"], invoice["CreatedDate"])
    if taken:
        later = _day(org, on)
        amount = _some(org, part, invoice["CurrencyIsoCode"])
        moment = max(_moment(org, later), first["CreatedDate"] + timedelta(minutes=1))
        org.add(
            object_name,
            later,
            **own,
            Type="Unapplied",
            Amount=amount,
            ImpactAmount=amount,
            EffectiveDate=later,
            AppliedDate=on,
            UnappliedDate=later,
            HasBeenUnapplied="NA",
            **{number: f"L-{place:05}-U", back: first["Id"]},
        )["CreatedDate"] = moment


def _some(org: Org, amount: Decimal, currency: str) -> Decimal:
    digits = Decimal(1) if currency == "JPY" else _CENT
    return max((amount / org.random.choice((1, 2, 3))).quantize(digits, "ROUND_DOWN"), digits)


def _refund(org: Org, payment: Record, most: Decimal) -> None:
    on = _day(org, payment["EffectiveDate"])
    status = org.random.choice(("Processed", "Processed", "Canceled"))
    org.add(
        "Refund",
        on,
        RefundNumber=f"REF-{len(org.records.get('Refund', ())):05}",
        AccountId=payment["AccountId"],
        PaymentID=payment["Id"],
        Status=status,
        Type="Referenced",
        ProcessingMode="External",
        EffectiveDate=on,
        Date=_moment(org, on),
        Amount=_some(org, most, payment["CurrencyIsoCode"]),
        CurrencyIsoCode=payment["CurrencyIsoCode"],
        GatewayRefNumber="BACK",
        Comments="Paid twice",
        CancellationEffectiveDate=on + timedelta(days=1) if status == "Canceled" else None,
        CancellationDate=_moment(org, on + timedelta(days=1)) if status == "Canceled" else None,
    )


def _credits(org: Org) -> None:
    for place, invoice in enumerate([one for one in org.records["Invoice"] if one["Status"] == "Posted"]):
        left = _open(org, invoice)
        if left <= 1 or org.random.random() < 0.6:
            continue
        on = _day(org, invoice["InvoiceDate"])
        net = _some(org, left / 3, invoice["CurrencyIsoCode"])
        tax = _some(org, left / 6, invoice["CurrencyIsoCode"])
        is_posted = org.random.random() < 0.85
        memo = org.add(
            "CreditMemo",
            on,
            DocumentNumber=f"CM-{place:05}" if is_posted else None,
            CreditMemoNumber=f"C{place}",
            BillingAccountId=invoice["BillingAccountId"],
            BillToContactId=invoice["BillToContactId"],
            OwnerId=_owner(org),
            Status="Posted" if is_posted else "Draft",
            Category=org.random.choice(("Referenced", "InvoiceWriteOff", "Standalone")),
            ReasonCode="Returned",
            SourceAction="Invoice",
            CreditDate=on,
            EffectiveDate=on,
            TotalAmount=net,
            TotalTaxAmount=tax,
            TotalAmountWithTax=net + tax,
            CurrencyIsoCode=invoice["CurrencyIsoCode"],
            ReferenceEntityId=invoice["Id"],
            Description="One came back",
        )
        _memo_lines(org, memo, net, tax)
        if is_posted:
            part = _some(org, min(net + tax, left), invoice["CurrencyIsoCode"])
            _apply(org, "CreditMemoInvApplication", memo, invoice, part)


def _memo_lines(org: Org, memo: Record, net: Decimal, tax: Decimal) -> None:
    own: dict[str, Any] = {"CreditMemoId": memo["Id"], "CurrencyIsoCode": memo["CurrencyIsoCode"]}
    charge = org.add(
        "CreditMemoLine",
        memo["CreditDate"],
        **own,
        Name="Goods back",
        Type="Charge",
        Description="One",
        LineAmount=net,
        StartDate=memo["CreditDate"],
        EndDate=memo["CreditDate"],
    )
    org.add(
        "CreditMemoLine",
        memo["CreditDate"],
        **own,
        Name="VAT",
        Type="Tax",
        LineAmount=tax,
        TaxAmount=tax,
        TaxRate=RATE,
        TaxName="VAT",
        TaxCode="S",
        RelatedLineId=charge["Id"],
    )


def _figures(org: Org) -> None:
    """State what the applications make of every document, by the rules of the domain."""
    for invoice in org.records["Invoice"]:
        own = [one for one in _applied(org) if one["InvoiceId"] == invoice["Id"]]
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
            net = -sum((one["ImpactAmount"] for one in _applied(org) if one.get(link) == source["Id"]), ZERO)
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


def _schedules(org: Org) -> None:
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
        first = _some(org, invoice["TotalAmountWithTax"] / 2, invoice["CurrencyIsoCode"])
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


def _around(org: Org) -> None:
    invoice = _any(org, "Invoice")
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
