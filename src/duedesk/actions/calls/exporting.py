"""A query's answer written to a file, so that it goes back into Salesforce as it came; it changes nothing."""

from datetime import date, datetime
from pathlib import Path

from duedesk.actions.workspace import Workspace
from duedesk.domain.errors import RequestError
from duedesk.domain.objects import CATALOG
from duedesk.exchange.csv_out import write_csv
from duedesk.language.queries import parse_query
from duedesk.store.queries import soql


def export_query(
    workspace: Workspace,
    text: str,
    path: Path,
    *,
    as_of: date | None = None,
    known_on: datetime | None = None,
    raw: bool = False,
) -> int:
    """Write the answer to a query as CSV at `path`, and give how many rows it has.

    RequestError where it cannot be written there. `raw` leaves text that a spreadsheet would take for a formula.
    """
    asked = parse_query(text, CATALOG)
    if asked.only_counts:
        raise RequestError("COUNT() gives a number and no rows.", "Select fields, or COUNT(Id).")
    columns = soql.answer_columns(asked)
    with workspace.book.reading() as connection:
        found = soql.answer(connection, asked, as_of or workspace.world.today(), known_on=known_on)
        rows = ((row.values, row.currencies) for row in found)
        names, fields = [column.name for column in columns], [column.field for column in columns]
        return write_csv(path, names, fields, rows, raw=raw)
