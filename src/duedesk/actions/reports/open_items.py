"""The report of open items: what the book says of them and of the aging of their accounts, in one reading."""

from dataclasses import replace
from pathlib import Path

from duedesk.actions.workspace import Workspace
from duedesk.domain.days import in_words
from duedesk.domain.reports import REPORTS, Progress, ReportRequest, Stop
from duedesk.exchange.workbooks.facts import Making, WorkbookFacts
from duedesk.exchange.workbooks.open_items import write_open_items
from duedesk.exchange.workbooks.specs import Heading
from duedesk.store.queries.accounts import find_account
from duedesk.store.queries.aging import aging
from duedesk.store.queries.open_items import open_items


def produce_open_items(
    workspace: Workspace, request: ReportRequest, path: Path, *, progress: Progress, stop: Stop
) -> WorkbookFacts:
    """Write all that is open, of all accounts or of those that are named."""
    asked = replace(request.aging, apart_disputed=True)
    with workspace.book.reading() as connection:
        keys = {find_account(connection, name).key for name in request.accounts}
        lines = aging(connection, request.aging).rows
        items = open_items(connection, asked)
        return write_open_items(
            path,
            asked,
            (item for item in items if item.key in keys) if keys else items,
            tuple(line for line in lines if line.key in keys) if keys else lines,
            heading=_heading(workspace, request),
            making=Making(workspace.book.name, workspace.world.now(), progress, stop),
            one_sheet_per=request.one_sheet_per.capitalize(),
        )


def _heading(workspace: Workspace, request: ReportRequest) -> Heading:
    report = REPORTS[request.name]
    known = f"known on {in_words(request.known_on.date())}" if request.known_on else ""
    currency = f"{request.currency} only" if request.currency else ""
    said = (f"as of {in_words(request.as_of)}", workspace.book.name, ", ".join(request.accounts), currency, known)
    return Heading(report.title, ", ".join(filter(None, said)), report.sentence, request.as_of)
