"""The report concentration: the accounts of an aging by what their invoices leave open, largest first."""

from pathlib import Path

from duedesk.actions.reports.scopes import heading_of, making_of, scope_of
from duedesk.actions.workspace import Workspace
from duedesk.domain.reports.offered import Progress, ReportRequest, Stop
from duedesk.exchange.workbooks.concentration import write_concentration
from duedesk.exchange.workbooks.facts import WorkbookFacts
from duedesk.store.queries.aging.figures import aging


def produce_concentration(
    workspace: Workspace, request: ReportRequest, path: Path, *, progress: Progress, stop: Stop
) -> WorkbookFacts:
    """Write who owes what share of all that is open."""
    with workspace.book.reading() as connection:
        scope = scope_of(connection, request)
        found = aging(connection, request.aging)
        return write_concentration(
            path,
            found.rows,
            found.totals,
            heading=heading_of(workspace, request, scope),
            making=making_of(workspace, progress, stop),
        )
