"""The report cash: what was received in a period and where it was applied, beside what the ledger says of it."""

from pathlib import Path

from duedesk.actions.reports.scopes import heading_of, making_of, scope_of, split_by
from duedesk.actions.workspace import Workspace
from duedesk.domain.reports.offered import Progress, ReportRequest, Stop
from duedesk.exchange.workbooks.cash import write_cash
from duedesk.exchange.workbooks.facts import WorkbookFacts
from duedesk.store.queries.reports.cash import applied_cash, cash_events, unapplied_cash
from duedesk.store.queries.reports.scope import moved


def produce_cash(
    workspace: Workspace, request: ReportRequest, path: Path, *, progress: Progress, stop: Stop
) -> WorkbookFacts:
    """Write what came in and went out in the period, what was put on which invoice, and what was on none."""
    with workspace.book.reading() as connection:
        scope = scope_of(connection, request)
        return write_cash(
            path,
            cash_events(connection, scope),
            applied_cash(connection, scope),
            unapplied_cash(connection, scope),
            {row.currency: -row.paid for row in moved(connection, scope) if row.paid},
            heading=heading_of(workspace, request, scope),
            making=making_of(workspace, progress, stop),
            one_sheet_per=split_by(request),
        )
