"""The report metrics: the figures of `duedesk metrics` at the ends of months, as formulas over what the ledger says."""

from pathlib import Path

from duedesk.actions.reports.scopes import heading_of, making_of, scope_of
from duedesk.actions.workspace import Workspace
from duedesk.domain.errors import RequestError
from duedesk.domain.reports.offered import Progress, ReportRequest, Stop
from duedesk.exchange.workbooks.facts import WorkbookFacts
from duedesk.exchange.workbooks.metrics import write_metrics
from duedesk.store.queries.metrics import metrics_with_months

_MOST_MONTHS = 120


def produce_metrics(
    workspace: Workspace, request: ReportRequest, path: Path, *, progress: Progress, stop: Stop
) -> WorkbookFacts:
    """Write the figures; RequestError where more months are asked for than anybody looks at."""
    months, over = request.number("months"), request.number("base-months")
    if max(months, over) > _MOST_MONTHS:
        raise RequestError(f"{max(months, over)} months are too many.", f"Give {_MOST_MONTHS} at most.")
    with workspace.book.reading() as connection:
        scope = scope_of(connection, request)
        return write_metrics(
            path,
            metrics_with_months(connection, scope.as_of, scope.known_on, scope.currency, months, over=over),
            heading=heading_of(workspace, request, scope),
            making=making_of(workspace, progress, stop),
        )
