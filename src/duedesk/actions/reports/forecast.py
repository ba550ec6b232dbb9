"""The report of the forecast: what the book expects by week, beside the aging and past errors, in one reading."""

from pathlib import Path

from duedesk.actions.reports.scopes import heading_of, making_of, scope_of
from duedesk.actions.workspace import Workspace
from duedesk.domain.errors import Cancelled
from duedesk.domain.reports.offered import Progress, ReportRequest, Stop
from duedesk.exchange.workbooks.facts import WorkbookFacts
from duedesk.exchange.workbooks.forecast import write_forecast
from duedesk.store.queries.reports.forecast import forecast_report


def produce_forecast(
    workspace: Workspace, request: ReportRequest, path: Path, *, progress: Progress, stop: Stop
) -> WorkbookFacts:
    """Write what open invoices bring in by week, and how far past forecasts were off."""

    def go_on(_done: int, _total: int) -> None:
        if stop():
            raise Cancelled("Stopped; nothing was written.")

    with workspace.book.reading() as connection:
        scope = scope_of(connection, request)
        asked = (scope.as_of, scope.known_on, scope.currency, request.number("weeks"))
        report = forecast_report(connection, *asked, progress=go_on)
        heading = heading_of(workspace, request, scope)
        return write_forecast(path, report, heading=heading, making=making_of(workspace, progress, stop))
