"""Which reports can be made, and the one door to making them; each module is loaded when its report is asked for."""

from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from duedesk.actions.workspace import Workspace
from duedesk.domain.errors import RequestError
from duedesk.domain.reports.file import file_name
from duedesk.domain.reports.offered import (
    REPORTS,
    Progress,
    Report,
    ReportName,
    ReportRequest,
    Stop,
    unheard,
    unstopped,
)
from duedesk.exchange.files import free_path
from duedesk.exchange.workbooks.facts import WorkbookFacts

_MADE = frozenset(
    {
        ReportName.AGING,
        ReportName.OPEN_ITEMS,
        ReportName.LIST,
        ReportName.STATEMENT,
        ReportName.INVOICE_REGISTER,
        ReportName.CASH,
        ReportName.UNAPPLIED,
        ReportName.CREDITS,
        ReportName.DUNNING_LOG,
        ReportName.DISPUTES,
        ReportName.FORECAST,
        ReportName.ROLL_FORWARD,
        ReportName.METRICS,
        ReportName.CONCENTRATION,
        ReportName.ALLOWANCE,
        ReportName.REVENUE,
    }
)
"""One line a report: `actions/reports/<stem>.py` has its `produce_<stem>`."""


class Produce(Protocol):
    """Makes one report at `path`: a workbook, or where the name ends in .csv its rows alone."""

    def __call__(
        self, workspace: Workspace, request: ReportRequest, path: Path, *, progress: Progress, stop: Stop
    ) -> WorkbookFacts:
        """Ask the book, and write what it says."""
        ...


def made_reports() -> tuple[Report, ...]:
    """Give the reports there are, in the order they are listed."""
    return tuple(report for name, report in REPORTS.items() if name in _MADE)


def report_named(name: str) -> Report:
    """Give a report by its name; RequestError says which there are."""
    found = next((one for one in made_reports() if one.name == name), None)
    if found is None:
        offered = ", ".join(one.name for one in made_reports())
        raise RequestError(f"There is no report “{name}”.", f"There is {offered}.")
    return found


def produce(
    workspace: Workspace,
    request: ReportRequest,
    path: Path,
    *,
    progress: Progress | None = None,
    stop: Stop | None = None,
) -> WorkbookFacts:
    """Make a report at `path`, whole or not at all; what stood there stays until it is done.

    RequestError where it cannot be made or written, Cancelled where `stop` said so.
    """
    stem = report_named(request.name).name.stem
    make = cast("Produce", getattr(import_module(f"duedesk.actions.reports.{stem}"), f"produce_{stem}"))
    if stop is not None:
        workspace = replace(workspace, book=workspace.book.heeding(stop))
    return make(workspace, request, path, progress=progress or unheard, stop=stop or unstopped)


def free_file(folder: Path, request: ReportRequest, ending: str = "xlsx") -> Path:
    """Give a file in a folder that bears the report's own name; nothing stands there yet."""
    return free_path(folder / file_name(request, ending))
