"""What the page of batch runs asks the book, behind the window; it shows nothing."""

from dataclasses import dataclass
from datetime import date, datetime

from duedesk.actions.workspace import Workspace
from duedesk.domain.filters import Compare, Filter, Operator, Order
from duedesk.store.queries import listing

RUN, ITEM = "InvoiceBatchRun", "InvoiceBatchRunItem"
_PATHS = (
    "InvoiceBatchRunNumber",
    "Status",
    "Criteria",
    "Comments",
    "StartTime",
    "CompletionTime",
    "TotalDraftInvoices",
    "TotalPostedInvoices",
    "TotalInvoicesFailed",
)

RESUMABLE = {"Pending", "Started", "Canceled"}
"""States of a run that has not been through all its drafts."""


@dataclass(frozen=True, slots=True)
class Run:
    """One batch run."""

    key: int
    number: str
    status: str
    criteria: str
    comments: str
    started: datetime | None
    completed: datetime | None
    found: int
    posted: int
    failed: int

    @property
    def waiting(self) -> int:
        """Give how many drafts it has not come to."""
        return max(self.found - self.posted - self.failed, 0)

    @property
    def can_resume(self) -> bool:
        """Tell whether there is something left to resume."""
        return self.status in RESUMABLE and self.waiting > 0


def runs_asked(as_of: date) -> Filter:
    """Give the question for all runs, the last first."""
    return Filter(as_of, object=RUN, order_by=(Order("CreatedDate", descending=True),))


def items_asked(as_of: date, run: int) -> Filter:
    """Give the question for what became of each invoice of a run; what went wrong comes first."""
    of_run = Compare("InvoiceBatchRun.RecordKey", Operator.EQ, run)
    return Filter(as_of, object=ITEM, where=of_run, order_by=(Order("Status"), Order("RecordKey")))


def read_run(workspace: Workspace, key: int, as_of: date) -> Run | None:
    """Read one run; None where it is gone."""
    rows = workspace.ask(listing.rows, Filter(as_of, object=RUN), _PATHS, [key])
    if not rows:
        return None
    number, status, criteria, comments, started, completed, *counts = rows[0].values
    found, posted, failed = (count if isinstance(count, int) else 0 for count in counts)
    return Run(
        key,
        str(number or f"Run #{key}"),
        str(status),
        str(criteria or ""),
        str(comments or ""),
        started if isinstance(started, datetime) else None,
        completed if isinstance(completed, datetime) else None,
        found,
        posted,
        failed,
    )


def invoice_of(workspace: Workspace, item: int, as_of: date) -> int | None:
    """Give the invoice an item is of."""
    rows = workspace.ask(listing.rows, Filter(as_of, object=ITEM), ["Invoice.RecordKey"], [item])
    key = rows[0].values[0] if rows else None
    return key if isinstance(key, int) else None
