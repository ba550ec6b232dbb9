"""The report credits: credit memos and write-offs of a period by reason, beside what the ledger says of them."""

from pathlib import Path

from duedesk.actions.reports.scopes import heading_of, making_of, scope_of, split_by
from duedesk.actions.workspace import Workspace
from duedesk.domain.reports.offered import Progress, ReportRequest, Stop
from duedesk.exchange.workbooks.credits import CreditControls, write_credits
from duedesk.exchange.workbooks.facts import WorkbookFacts
from duedesk.store.queries.reports.credits import credit_events, voided_credits
from duedesk.store.queries.reports.scope import moved


def produce_credits(
    workspace: Workspace, request: ReportRequest, path: Path, *, progress: Progress, stop: Stop
) -> WorkbookFacts:
    """Write what was credited and written off in the period, and what was voided of it."""
    with workspace.book.reading() as connection:
        scope = scope_of(connection, request)
        rows = moved(connection, scope)
        voided = voided_credits(connection, scope)
        return write_credits(
            path,
            credit_events(connection, scope),
            CreditControls(
                {row.currency: -row.credited for row in rows if row.credited},
                {row.currency: -row.written_off for row in rows if row.written_off},
                {currency: -amount for currency, amount in voided.items()},
            ),
            heading=heading_of(workspace, request, scope),
            making=making_of(workspace, progress, stop),
            one_sheet_per=split_by(request),
        )
