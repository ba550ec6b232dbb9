"""The report dunning-log: the letters of a period with their items, beside what the book adds them up to."""

from pathlib import Path

from duedesk.actions.reports.scopes import heading_of, making_of, scope_of, split_by
from duedesk.actions.workspace import Workspace
from duedesk.domain.reports.offered import Progress, ReportRequest, Stop
from duedesk.exchange.workbooks.dunning_log import write_dunning_log
from duedesk.exchange.workbooks.facts import WorkbookFacts
from duedesk.store.queries.reports.dunning_log import letters_of_currencies, logged_items, logged_letters


def produce_dunning_log(
    workspace: Workspace, request: ReportRequest, path: Path, *, progress: Progress, stop: Stop
) -> WorkbookFacts:
    """Write the letters dated in the period, and the invoices in them."""
    with workspace.book.reading() as connection:
        scope = scope_of(connection, request)
        return write_dunning_log(
            path,
            logged_letters(connection, scope),
            logged_items(connection, scope),
            letters_of_currencies(connection, scope),
            heading=heading_of(workspace, request, scope),
            making=making_of(workspace, progress, stop),
            one_sheet_per=split_by(request),
        )
