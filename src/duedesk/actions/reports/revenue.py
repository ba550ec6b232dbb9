"""The report revenue: each line billed by the end of a period over its service, month by month."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from sqlalchemy import Connection

from duedesk.actions.reports.scopes import heading_of, making_of, scope_of, split_by
from duedesk.actions.workspace import Workspace
from duedesk.domain.days import in_words
from duedesk.domain.errors import RequestError
from duedesk.domain.money import ZERO
from duedesk.domain.reports.offered import Progress, ReportRequest, Stop
from duedesk.domain.reports.revenue_schedule import months_from
from duedesk.exchange.workbooks.facts import WorkbookFacts
from duedesk.exchange.workbooks.revenue import BilledControl, write_revenue
from duedesk.exchange.workbooks.specs import Heading
from duedesk.store.queries.reports.revenue import documented, revenue_lines
from duedesk.store.queries.reports.scope import ReportScope, moved

_MOST_MONTHS = 60
_MOVEMENTS = ("invoiced", "credited", "voided")


def produce_revenue(
    workspace: Workspace, request: ReportRequest, path: Path, *, progress: Progress, stop: Stop
) -> WorkbookFacts:
    """Write the schedule of the months of a period; RequestError where they are too many for a sheet to be read.

    What is billed after the as-of day is not in it; what is earned after it is.
    """
    months = months_from(*request.period)
    if len(months) > _MOST_MONTHS:
        raise RequestError(f"{len(months)} months do not fit on a sheet.", f"Ask for {_MOST_MONTHS} at most.")
    with workspace.book.reading() as connection:
        scope = scope_of(connection, request)
        return write_revenue(
            path,
            revenue_lines(connection, scope),
            months,
            _controls(connection, scope),
            heading=_with_months(heading_of(workspace, request, scope), months),
            making=making_of(workspace, progress, stop),
            one_sheet_per=split_by(request),
        )


def _with_months(heading: Heading, months: tuple[date, ...]) -> Heading:
    """Say which months are shown, before the days whose documents they are made of."""
    first, last = (in_words(month)[3:] for month in (months[0], months[-1]))
    shown = first if first == last else f"{first} to {last}"
    return replace(heading, subtitle=f"{shown}, billed {heading.subtitle}")


def _controls(connection: Connection, scope: ReportScope) -> tuple[BilledControl, ...]:
    """Give what the documents and the roll-forward of the same days say."""
    rolled = {(row.currency, name): getattr(row, name) for row in moved(connection, scope) for name in _MOVEMENTS}
    found = {(one.currency, one.kind): (one.net, one.tax) for one in documented(connection, scope)}
    return tuple(
        BilledControl(currency, name.capitalize(), *found.get((currency, name), (ZERO, ZERO)), amount)
        for (currency, name), amount in rolled.items()
    )
