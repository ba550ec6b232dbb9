"""What was paid, credited, taken off again and given back in an org, each on its day."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from actions.importing.org import Org, Record
from actions.importing.org_chance import CENT, any_day, any_moment, any_owner, some_of
from duedesk.domain.money import ZERO

RATE = Decimal(19)


def _open(org: Org, invoice: Record) -> Decimal:
    """Give what is left of an invoice on any day: what is taken off again may be so only later."""
    own = [one for one in all_applied(org) if one["InvoiceId"] == invoice["Id"] and one["Type"] == "Applied"]
    return Decimal(invoice["TotalAmountWithTax"] - sum((one["Amount"] for one in own), ZERO))


def all_applied(org: Org) -> list[Record]:
    return [*org.records.get("PaymentLineInvoice", ()), *org.records.get("CreditMemoInvApplication", ())]


def make_payments(org: Org) -> None:
    for place, invoice in enumerate([one for one in org.records["Invoice"] if one["Status"] == "Posted"]):
        if org.random.random() < 0.3:
            continue
        part = _part(org, invoice)
        status = org.random.choices(("Processed", "Draft", "Canceled"), (8, 1, 1))[0]
        on = any_day(org, invoice["InvoiceDate"])
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
            Date=any_moment(org, on),
            Amount=amount,
            CurrencyIsoCode=invoice["CurrencyIsoCode"],
            GatewayRefNumber=f"REF {place}",
            Comments="By bank\nTwice",
            CancellationEffectiveDate=on + timedelta(days=1) if status == "Canceled" else None,
            CancellationDate=any_moment(org, on + timedelta(days=1)) if status == "Canceled" else None,
        )
        if status == "Processed":
            _apply(org, "PaymentLineInvoice", payment, invoice, part)
            if amount > part:
                _refund(org, payment, amount - part)


def _part(org: Org, invoice: Record) -> Decimal:
    left = _open(org, invoice)
    digits = Decimal(1) if invoice["CurrencyIsoCode"] == "JPY" else CENT
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
    on = any_day(org, max(source["EffectiveDate"], invoice["InvoiceDate"]))
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
        later = any_day(org, on)
        amount = some_of(org, part, invoice["CurrencyIsoCode"])
        moment = max(any_moment(org, later), first["CreatedDate"] + timedelta(minutes=1))
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


def _refund(org: Org, payment: Record, most: Decimal) -> None:
    on = any_day(org, payment["EffectiveDate"])
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
        Date=any_moment(org, on),
        Amount=some_of(org, most, payment["CurrencyIsoCode"]),
        CurrencyIsoCode=payment["CurrencyIsoCode"],
        GatewayRefNumber="BACK",
        Comments="Paid twice",
        CancellationEffectiveDate=on + timedelta(days=1) if status == "Canceled" else None,
        CancellationDate=any_moment(org, on + timedelta(days=1)) if status == "Canceled" else None,
    )


def make_credits(org: Org) -> None:
    for place, invoice in enumerate([one for one in org.records["Invoice"] if one["Status"] == "Posted"]):
        left = _open(org, invoice)
        if left <= 1 or org.random.random() < 0.6:
            continue
        on = any_day(org, invoice["InvoiceDate"])
        net = some_of(org, left / 3, invoice["CurrencyIsoCode"])
        tax = some_of(org, left / 6, invoice["CurrencyIsoCode"])
        is_posted = org.random.random() < 0.85
        memo = org.add(
            "CreditMemo",
            on,
            DocumentNumber=f"CM-{place:05}" if is_posted else None,
            CreditMemoNumber=f"C{place}",
            BillingAccountId=invoice["BillingAccountId"],
            BillToContactId=invoice["BillToContactId"],
            OwnerId=any_owner(org),
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
            part = some_of(org, min(net + tax, left), invoice["CurrencyIsoCode"])
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
