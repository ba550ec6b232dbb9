"""Who sees an invoice beside its owner: InvoiceShare, and the rules that share what a group owns."""

from duedesk.domain.catalog import ObjectType
from duedesk.domain.objects.kinds import BOOKKEEPING, identifier, moment, pick, reference, text

INVOICE_SHARE = ObjectType(
    "InvoiceShare",
    "Invoice share",
    "Invoice shares",
    "invoice_share",
    (
        identifier(),
        reference("ParentId", "Invoice", "Invoice", nillable=False),
        reference("UserOrGroupId", "Shared with", "User | Group", nillable=False),
        pick("AccessLevel", "Access", "Read | Edit", nillable=False),
        pick("RowCause", "Reason", "Manual", nillable=False),
        moment("CreatedDate", "Created", nillable=False),
        *BOOKKEEPING,
    ),
    name_field="RowCause",
)

INVOICE_OWNER_SHARING_RULE = ObjectType(
    "InvoiceOwnerSharingRule",
    "Sharing rule",
    "Sharing rules",
    "invoice_owner_sharing_rule",
    (
        identifier(),
        text("Name", "Rule", nillable=False),
        reference("GroupId", "Owned by", "User | Group", nillable=False),
        reference("UserOrGroupId", "Shared with", "User | Group", nillable=False),
        pick("InvoiceAccessLevel", "Access", "Read | Edit", nillable=False),
        moment("CreatedDate", "Created", nillable=False),
        *BOOKKEEPING,
    ),
    name_field="Name",
)

OBJECTS = (INVOICE_SHARE, INVOICE_OWNER_SHARING_RULE)
