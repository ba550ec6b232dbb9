"""Who is who in an org: users and groups, payment terms, accounts and contacts, a batch run."""

from datetime import timedelta

from actions.importing.org import FIRST, Org
from actions.importing.org_chance import any_moment, any_owner, any_record


def make_parties(org: Org) -> None:
    for name in ("Ana Reyes", "Bo Lind", "Zoë O’Hara"):
        org.add("User", FIRST, Name=name, Type="User", IsActive=True, Username=f"{name[:3]}@example.test")
    group = org.add("Group", FIRST, Name="Collections", Type="Queue")
    org.add("GroupMember", FIRST, GroupId=group["Id"], UserOrGroupId=any_record(org, "User")["Id"])
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
        _account(org, place)
    _batch_run(org)


def _account(org: Org, place: int) -> None:
    account = org.add(
        "Account",
        FIRST,
        Name=("Acme, “Ltd”", "Zoë & Söhne", "東京商事", "O'Brien plc", "Acme Ltd", "No number")[place],
        AccountNumber=f"{place:04}" if place < 5 else None,
        OwnerId=any_owner(org),
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
        account["ParentId"] = any_record(org, "Account")["Id"] if org.random.random() < 0.3 else None
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


def _batch_run(org: Org) -> None:
    started = any_moment(org, FIRST)
    org.add(
        "InvoiceBatchRun",
        FIRST,
        InvoiceBatchRunNumber="IBR-0001",
        Status="Completed With Errors",
        Comments="January",
        OwnerId=any_record(org, "User")["Id"],
        StartTime=started,
        CompletionTime=started + timedelta(minutes=5),
        TotalDraftInvoices=9,
        TotalPostedInvoices=8,
        TotalInvoicesFailed=1,
    )
