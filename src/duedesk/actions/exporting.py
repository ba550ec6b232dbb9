"""Workbooks of what stands in the book; it changes nothing, and what it writes stands in one state of the book."""

from dataclasses import replace
from pathlib import Path

from duedesk.actions.workspace import Workspace
from duedesk.domain.aging import AgingRequest
from duedesk.exchange.workbooks.aging import write_aging_workbook
from duedesk.exchange.workbooks.facts import WorkbookFacts
from duedesk.store.queries.aging import aging
from duedesk.store.queries.open_items import open_items

_TOGETHER = "In the workbook what is contested stands in its buckets."


def export_aging(workspace: Workspace, request: AgingRequest, path: Path) -> WorkbookFacts:
    """Write the aging and the items behind it to an XLSX at `path`; RequestError where it cannot be written there.

    The summary and the items are read in one reading, so that they agree whatever is written to the book meanwhile.
    What is contested stands in its buckets, as its items do, and the facts say so where it was asked for apart.
    """
    asked = replace(request, apart_disputed=False)
    with workspace.book.reading() as connection:
        summary = aging(connection, asked)
        facts = write_aging_workbook(
            path,
            summary,
            open_items(connection, asked),
            book_name=workspace.book.name,
            made_at=workspace.world.now(),
        )
    return facts if asked == request else replace(facts, remarks=(*facts.remarks, _TOGETHER))
