"""How invoices are numbered, and posted many at a time: NumberSeries, InvoiceBatchRun and what became of each."""

from duedesk.domain.catalog import ObjectType
from duedesk.domain.objects.kinds import (
    BOOKKEEPING,
    area,
    flag,
    house,
    identifier,
    moment,
    number,
    pick,
    reference,
    text,
)

NUMBER_SERIES = ObjectType(
    "NumberSeries",
    "Number series",
    "All number series",
    "number_series",
    (
        house(text("Name", "Number series", nillable=False)),
        house(
            pick(
                "ObjectName",
                "Numbers",
                "Invoice | CreditMemo | Payment | Refund | DunningLetter | DunningRun",
                nillable=False,
            )
        ),
        house(pick("Kind", "Kind", "Sequential | Random", nillable=False)),
        house(
            text(
                "Prefix",
                "Prefix",
                nillable=False,
                help="What stands before; {year} is the document's.",
            )
        ),
        house(number("Digits", "Digits", nillable=False)),
        house(flag("IsDefault", "Default")),
        house(moment("CreatedDate", "Created", nillable=False)),
        *BOOKKEEPING,
    ),
    name_field="Name",
)

INVOICE_BATCH_RUN = ObjectType(
    "InvoiceBatchRun",
    "Invoice batch run",
    "Invoice batch runs",
    "invoice_batch_run",
    (
        identifier(),
        text("InvoiceBatchRunNumber", "Batch run", group=False),
        pick("Status", "Status", "Pending | Started | Completed | Completed With Errors | Canceled", nillable=False),
        area("Comments", "Comments"),
        reference("OwnerId", "Owner", "User | Group"),
        moment("StartTime", "Started"),
        moment("CompletionTime", "Completed"),
        number("TotalDraftInvoices", "Drafts found", nillable=False),
        number("TotalPostedInvoices", "Posted", nillable=False),
        number("TotalInvoicesFailed", "Failed", nillable=False),
        house(text("Criteria", "Criteria", max_length=4000, help="The condition that found the drafts.")),
        house(moment("CreatedDate", "Created", nillable=False)),
        *BOOKKEEPING,
    ),
    name_field="InvoiceBatchRunNumber",
)

INVOICE_BATCH_RUN_ITEM = ObjectType(
    "InvoiceBatchRunItem",
    "Batch run item",
    "Batch run items",
    "invoice_batch_run_item",
    (
        house(reference("InvoiceBatchRunId", "Batch run", "InvoiceBatchRun", nillable=False)),
        house(reference("InvoiceId", "Invoice", "Invoice", nillable=False)),
        house(pick("Status", "Status", "Pending | Posted | Error | Skipped", nillable=False)),
        house(text("Reason", "Reason", max_length=1000)),
        house(moment("CompletionTime", "Completed")),
        *BOOKKEEPING,
    ),
    name_field="Status",
)

OBJECTS = (NUMBER_SERIES, INVOICE_BATCH_RUN, INVOICE_BATCH_RUN_ITEM)
