"""The report of open items: what the book says of them and of the aging of their accounts, in one reading."""

from dataclasses import replace
from pathlib import Path

from duedesk.actions.reports.scopes import accounts_of, heading_of, making_of, scope_of, split_by
from duedesk.actions.workspace import Workspace
from duedesk.domain.reports.offered import Progress, ReportRequest, Stop
from duedesk.exchange.workbooks.facts import WorkbookFacts
from duedesk.exchange.workbooks.open_items import write_open_items
from duedesk.store.queries.aging.figures import aging
from duedesk.store.queries.by_instalment import has_instalments
from duedesk.store.queries.open_items import open_items


def produce_open_items(
    workspace: Workspace, request: ReportRequest, path: Path, *, progress: Progress, stop: Stop
) -> WorkbookFacts:
    """Write all that is open, of all accounts or of those that are named."""
    asked = replace(request.aging, apart_disputed=True)
    with workspace.book.reading() as connection:
        keys = {one.key for one in accounts_of(connection, request)}
        lines = aging(connection, request.aging).rows
        items = open_items(connection, asked)
        return write_open_items(
            path,
            asked,
            (item for item in items if item.key in keys) if keys else items,
            tuple(line for line in lines if line.key in keys) if keys else lines,
            heading=heading_of(workspace, request, scope_of(connection, request)),
            making=making_of(workspace, progress, stop),
            has_instalments=has_instalments(connection),
            one_sheet_per=split_by(request),
        )
