"""The report of a list: what a filter finds, in the columns that are shown; it is read as it is written."""

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

from sqlalchemy import Connection

from duedesk.actions.reports.scopes import making_of
from duedesk.actions.workspace import Workspace
from duedesk.domain.errors import RequestError
from duedesk.domain.filters import Filter
from duedesk.domain.listed import CURRENCY, OWNER, ListColumn, columns_of, list_columns, said_of
from duedesk.domain.objects import CATALOG
from duedesk.domain.reports.offered import Progress, ReportRequest, Stop
from duedesk.exchange.workbooks.facts import WorkbookFacts
from duedesk.exchange.workbooks.list import write_list
from duedesk.exchange.workbooks.specs import Heading
from duedesk.store.queries.lists import listing

_SPLITS = {"currency": CURRENCY, "owner": OWNER}
_RECORDS = "Records"
_TOTALS = {"TotalAmountWithTax": "total", "Balance": "balance"}
"""What the book adds up of invoices by itself."""


def produce_list(
    workspace: Workspace, request: ReportRequest, path: Path, *, progress: Progress, stop: Stop
) -> WorkbookFacts:
    """Write the records that the request's filter finds."""
    asked = request.where or Filter(request.as_of, known_on=request.known_on)
    shown = request.columns or columns_of(asked.object)
    columns = list_columns(asked.object, shown, by_owner=request.one_sheet_per == "owner")
    with workspace.book.reading() as connection:
        found = listing.stream(connection, asked, [one.path for one in columns])
        totals = _totals(connection, asked, columns)
        counted = sum(int(one) for (_, what), one in totals.items() if what == _RECORDS)
        return write_list(
            path,
            CATALOG.object(asked.object).plural,
            columns,
            (row.values for row in found),
            totals=totals,
            heading=_heading(workspace, asked),
            making=making_of(workspace, progress, stop),
            one_sheet_per=_split(request.one_sheet_per, columns),
            count=counted or listing.count(connection, asked),
        )


def _split(one_sheet_per: str, columns: Sequence[ListColumn]) -> str:
    """Give the heading whose values get a sheet each; RequestError where the list has none of it."""
    if not one_sheet_per:
        return ""
    for one in columns:
        if one.path == _SPLITS[one_sheet_per]:
            return one.heading
    raise RequestError(f"The list has no {one_sheet_per}.", "Leave --one-sheet-per out.")


def _totals(connection: Connection, asked: Filter, columns: Sequence[ListColumn]) -> dict[tuple[str, str], Decimal]:
    """Give what the book says the list adds up to, which it says of invoices."""
    if asked.object != "Invoice":
        return {}
    totals: dict[tuple[str, str], Decimal] = {}
    for total in listing.totals(connection, asked):
        totals[total.currency, _RECORDS] = Decimal(total.count)
        for one in columns:
            if one.path in _TOTALS:
                totals[total.currency, one.heading] = getattr(total, _TOTALS[one.path])
    return totals


def _heading(workspace: Workspace, asked: Filter) -> Heading:
    title = CATALOG.object(asked.object).plural
    return Heading(title, ", ".join((workspace.book.name, *said_of(asked))), "", asked.as_of)
