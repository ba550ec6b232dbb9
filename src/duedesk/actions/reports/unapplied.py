"""The report unapplied: cash and credits on no invoice on a day, beside what the aging has unapplied."""

from pathlib import Path

from duedesk.actions.reports.scopes import heading_of, making_of, scope_of, split_by
from duedesk.actions.workspace import Workspace
from duedesk.domain.reports.offered import Progress, ReportRequest, Stop
from duedesk.exchange.workbooks.facts import WorkbookFacts
from duedesk.exchange.workbooks.unapplied import write_unapplied
from duedesk.store.queries.reports.scope import owed_by_account
from duedesk.store.queries.reports.unapplied import unapplied_items


def produce_unapplied(
    workspace: Workspace, request: ReportRequest, path: Path, *, progress: Progress, stop: Stop
) -> WorkbookFacts:
    """Write payments and credit memos of which something is on no invoice, with their age."""
    with workspace.book.reading() as connection:
        scope = scope_of(connection, request)
        return write_unapplied(
            path,
            unapplied_items(connection, scope),
            owed_by_account(connection, scope),
            buckets=request.buckets,
            heading=heading_of(workspace, request, scope),
            making=making_of(workspace, progress, stop),
            one_sheet_per=split_by(request),
        )
