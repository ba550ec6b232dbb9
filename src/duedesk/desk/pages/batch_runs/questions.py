"""What the page of batch runs asks the book, behind the window; it shows nothing."""

from datetime import date

from duedesk.actions.workspace import Workspace
from duedesk.domain.filters import Compare, Filter, Operator, Order
from duedesk.store.queries.batch_runs import BatchRun, batch_run
from duedesk.store.queries.lists import listing

RUN, ITEM = "InvoiceBatchRun", "InvoiceBatchRunItem"


def runs_asked(as_of: date) -> Filter:
    """Give the question for all runs, the last first."""
    return Filter(as_of, object=RUN, order_by=(Order("CreatedDate", descending=True),))


def items_asked(as_of: date, run: int) -> Filter:
    """Give the question for what became of each invoice of a run; what went wrong comes first."""
    of_run = Compare("InvoiceBatchRun.RecordKey", Operator.EQ, run)
    return Filter(as_of, object=ITEM, where=of_run, order_by=(Order("Status"), Order("RecordKey")))


def read_run(workspace: Workspace, key: int) -> BatchRun:
    """Read one run; RequestError where it is gone."""
    return workspace.ask(batch_run, key)


def invoice_of(workspace: Workspace, item: int, as_of: date) -> int | None:
    """Give the invoice an item is of."""
    rows = workspace.ask(listing.rows, Filter(as_of, object=ITEM), ["Invoice.RecordKey"], [item])
    key = rows[0].values[0] if rows else None
    return key if isinstance(key, int) else None
