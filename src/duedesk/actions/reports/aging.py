"""The report aging: its parameters as an aging is asked for; the writing is `actions.exporting`'s."""

from dataclasses import replace
from pathlib import Path

from duedesk.actions.exporting import export_aging
from duedesk.actions.reports.scopes import split_by
from duedesk.actions.workspace import Workspace
from duedesk.domain.aging import AgingRequest
from duedesk.domain.grouping import grouping
from duedesk.domain.reports.offered import Progress, ReportRequest, Stop
from duedesk.exchange.workbooks.facts import WorkbookFacts


def produce_aging(
    workspace: Workspace, request: ReportRequest, path: Path, *, progress: Progress, stop: Stop
) -> WorkbookFacts:
    """Write the aging and the items behind it."""
    return export_aging(
        workspace,
        aging_asked(request),
        path,
        request.option("in") or None,
        one_sheet_per=split_by(request),
        progress=progress,
        stop=stop,
    )


def aging_asked(request: ReportRequest) -> AgingRequest:
    """Give the aging that a report is asked for."""
    return replace(request.aging, by=grouping(request.option("by")), apart_disputed=request.has("apart-disputed"))
