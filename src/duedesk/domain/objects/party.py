"""Who owes and who to talk to: Account, Contact, PaymentTerm, and the User or Group who owns a record."""

from duedesk.domain.access import Role
from duedesk.domain.catalog import Field, Kind, ObjectType
from duedesk.domain.objects.kinds import (
    BOOKKEEPING,
    area,
    currency_code,
    email,
    flag,
    house,
    identifier,
    moment,
    number,
    phone,
    pick,
    reference,
    text,
    url,
)

_ADDRESS = (("Street", 255), ("City", 40), ("State", 80), ("PostalCode", 20), ("Country", 80))


def _address(kind: str, label: str) -> tuple[Field, ...]:
    return tuple(
        (area if part == "Street" else text)(f"{kind}{part}", f"{label} {words}", update=True, max_length=length)
        for (part, length), words in zip(_ADDRESS, ("street", "city", "state", "postal code", "country"), strict=True)
    )


ACCOUNT = ObjectType(
    "Account",
    "Account",
    "Accounts",
    "account",
    (
        identifier(),
        text("Name", "Account", update=True, nillable=False),
        text("AccountNumber", "Account number", update=True, max_length=40),
        reference("OwnerId", "Owner", "User | Group", update=True),
        reference("ParentId", "Parent account", "Account", update=True),
        house(
            reference(
                "FamilyId",
                "Account family",
                "Account",
                column="",
                calculated=True,
                help="The parent account, or the account itself where others have it as theirs.",
            )
        ),
        currency_code(update=True),
        text("Type", "Type", update=True),
        text("Industry", "Industry", update=True),
        *_address("Billing", "Billing"),
        phone("Phone", "Phone", update=True),
        url("Website", "Website", update=True),
        area("Description", "Description", update=True, max_length=32000),
        moment("CreatedDate", "Created", nillable=False),
        house(reference("PaymentTermId", "Payment term", "PaymentTerm", update=True)),
        flag("IsPersonAccount", "Person account", update=True, help="A consumer, who has rights of their own."),
        house(reference("DunningPolicyId", "Dunning policy", "DunningPolicy", update=True, help="Else its type's.")),
        house(text("FoldedName", "Name, folded", column="folded_name", help="The name as search compares it.")),
        *BOOKKEEPING,
    ),
    name_field="Name",
)

CONTACT = ObjectType(
    "Contact",
    "Contact",
    "Contacts",
    "contact",
    (
        identifier(),
        reference("AccountId", "Account", "Account", update=True),
        text("Salutation", "Salutation", update=True, max_length=40),
        text("FirstName", "First name", update=True, max_length=40),
        text("LastName", "Last name", update=True, nillable=False, max_length=80),
        text("Name", "Contact", nillable=False, max_length=121),
        text("Title", "Title", update=True, max_length=128),
        email("Email", "Email", update=True, max_length=254),
        phone("Phone", "Phone", update=True),
        *_address("Mailing", "Mailing"),
        house(text("LanguageCode", "Language", update=True, max_length=35, help="Such as de or pt-BR.")),
        house(flag("DoNotMail", "No mail", update=True, help="Letters go by print.")),
        house(moment("EmailBouncedDate", "Mail bounced", help="When a message came back from the address.")),
        moment("CreatedDate", "Created", nillable=False),
        *BOOKKEEPING,
    ),
    name_field="Name",
)

PAYMENT_TERM = ObjectType(
    "PaymentTerm",
    "Payment term",
    "Payment terms",
    "payment_term",
    (
        identifier(),
        text("Name", "Payment term", update=True, nillable=False),
        area("Description", "Description", update=True),
        flag("IsDefault", "Default", update=True),
        pick("Status", "Status", "Active | Draft | Inactive", update=True, nillable=False),
        house(number("Period", "Days", Kind.INT, update=True, nillable=False, help="Days from invoice to due date.")),
        house(number("DiscountPercent", "Discount", Kind.PERCENT, update=True, help="In 2/10 net 30 it is 2.")),
        house(number("DiscountDays", "Discount days", update=True, help="In 2/10 net 30 it is 10.")),
        moment("CreatedDate", "Created", nillable=False),
        *BOOKKEEPING,
    ),
    name_field="Name",
)

PAYMENT_TERM_ITEM = ObjectType(
    "PaymentTermItem",
    "Payment term item",
    "Payment term items",
    "payment_term_item",
    (
        identifier(),
        reference("PaymentTermId", "Payment term", "PaymentTerm", nillable=False),
        text("Name", "Item", nillable=False),
        area("Description", "Description"),
        pick("Type", "Type", "Period-Based", nillable=False),
        pick("PaymentTimeframe", "Timeframe", "Standard", nillable=False),
        number("Period", "Period", nillable=False, help="Days or months from the invoice date."),
        pick("PeriodUnit", "Unit", "Days | Months", nillable=False),
        house(
            number(
                "DayOfMonth",
                "Day of month",
                help="The day it falls on after the period; 31 is the end of the month.",
            )
        ),
        house(number("AddedDays", "Days after that", nillable=False)),
        house(number("Percentage", "Share", Kind.PERCENT, help="Of the total; where neither is given, the rest.")),
        house(number("Amount", "Fixed amount", Kind.CURRENCY)),
        house(moment("CreatedDate", "Created", nillable=False)),
        *BOOKKEEPING,
    ),
    name_field="Name",
)

USER = ObjectType(
    "User",
    "User or group",
    "Users and groups",
    "owner",
    (
        identifier(),
        text("Name", "Name", update=True, nillable=False),
        pick("Type", "Type", "User | Group", nillable=False),
        house(text("Login", "Login", update=True, help="The name the person's machine or server knows them by.")),
        house(pick("Role", "Role", " | ".join(Role), update=True)),
        house(flag("IsActive", "Active", update=True)),
        moment("CreatedDate", "Created", nillable=False),
        *BOOKKEEPING,
    ),
    name_field="Name",
)

GROUP_MEMBER = ObjectType(
    "GroupMember",
    "Group member",
    "Group members",
    "group_member",
    (
        identifier(),
        reference("GroupId", "Group", "User | Group", nillable=False),
        reference("UserOrGroupId", "Member", "User | Group", nillable=False),
        *BOOKKEEPING,
    ),
    name_field="Id",
)

OBJECTS = (ACCOUNT, CONTACT, PAYMENT_TERM, PAYMENT_TERM_ITEM, USER, GROUP_MEMBER)
