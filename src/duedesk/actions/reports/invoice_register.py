"""The report invoice-register: the invoices of a period as they stand, beside what the ledger says was invoiced."""

from pathlib import Path

from duedesk.actions.reports.scopes import heading_of, making_of, scope_of, split_by
from duedesk.actions.workspace import Workspace
from duedesk.domain.reports.offered import Progress, ReportRequest, Stop
from duedesk.exchange.workbooks.facts import WorkbookFacts
from duedesk.exchange.workbooks.invoice_register import write_invoice_register
from duedesk.store.queries.reports.invoice_register import registered_invoices
from duedesk.store.queries.reports.scope import moved


def produce_invoice_register(
    workspace: Workspace, request: ReportRequest, path: Path, *, progress: Progress, stop: Stop
) -> WorkbookFacts:
    """Write the invoices dated in the period, as they stand on the as-of date."""
    with workspace.book.reading() as connection:
        scope = scope_of(connection, request)
        invoiced = {row.currency: row.invoiced for row in moved(connection, scope) if row.invoiced}
        return write_invoice_register(
            path,
            registered_invoices(connection, scope, request.as_of, request.where),
            invoiced if request.where is None else {},  # of a part the ledger says nothing
            as_of=request.as_of,
            heading=heading_of(workspace, request, scope, as_of=request.as_of),
            making=making_of(workspace, progress, stop),
            one_sheet_per=split_by(request),
        )
