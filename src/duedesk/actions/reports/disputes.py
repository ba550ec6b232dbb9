"""The report disputes: what is contested and what was promised on a day, beside what the aging has as disputed."""

from pathlib import Path

from duedesk.actions.reports.scopes import heading_of, making_of, scope_of, split_by
from duedesk.actions.workspace import Workspace
from duedesk.domain.reports.offered import Progress, ReportRequest, Stop
from duedesk.exchange.workbooks.disputes import write_disputes
from duedesk.exchange.workbooks.facts import WorkbookFacts
from duedesk.store.queries.reports.disputes import reported_disputes, reported_promises
from duedesk.store.queries.reports.scope import owed


def produce_disputes(
    workspace: Workspace, request: ReportRequest, path: Path, *, progress: Progress, stop: Stop
) -> WorkbookFacts:
    """Write the disputes and promises there were by the as-of date, as they stand on it."""
    with workspace.book.reading() as connection:
        scope = scope_of(connection, request)
        contested = owed(connection, scope, apart_disputed=True)
        return write_disputes(
            path,
            reported_disputes(connection, scope),
            reported_promises(connection, scope),
            {row.currency: row.disputed for row in contested if row.disputed},
            heading=heading_of(workspace, request, scope),
            making=making_of(workspace, progress, stop),
            one_sheet_per=split_by(request),
        )
