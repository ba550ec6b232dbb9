"""Workbooks of what stands in the book; it changes nothing, and what it writes stands in one state of the book."""

from pathlib import Path

from duedesk.actions.workspace import Workspace
from duedesk.domain.aging import AgingRequest
from duedesk.domain.reports.offered import Progress, Stop, unheard, unstopped
from duedesk.exchange.workbooks.aging import write_aging_workbook
from duedesk.exchange.workbooks.facts import Making, WorkbookFacts
from duedesk.store.queries.aging.figures import aging
from duedesk.store.queries.by_instalment import has_instalments
from duedesk.store.queries.open_items import open_items
from duedesk.store.queries.rates import converted


def export_aging(
    workspace: Workspace,
    request: AgingRequest,
    path: Path,
    to: str | None = None,
    *,
    one_sheet_per: str = "",
    progress: Progress = unheard,
    stop: Stop = unstopped,
) -> WorkbookFacts:
    """Write the aging and the items behind it to an XLSX at `path`; RequestError where it cannot be written there.

    With a currency `to`, all of it stands in that currency on a sheet of its own; RequestError where there is no rate.
    `one_sheet_per` is Currency or Owner, where the items of each shall stand on a sheet of their own. A name that ends
    in .csv gets the items alone.
    The summary and the items are read in one reading, so that they agree whatever is written to the book meanwhile.
    """
    with workspace.book.reading() as connection:
        summary = aging(connection, request)
        return write_aging_workbook(
            path,
            summary,
            open_items(connection, request),
            making=Making(workspace.book.name, workspace.world.now(), progress, stop),
            converted=None if to is None else converted(connection, summary, to),
            has_instalments=has_instalments(connection),
            one_sheet_per=one_sheet_per,
        )
