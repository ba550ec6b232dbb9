"""The selected rows of a list onto the clipboard: read behind the window, refused where they are too many."""

from collections.abc import Sequence

from duedesk.desk.page import Desk
from duedesk.desk.tables.calm import to_clipboard
from duedesk.desk.tables.columns import Column
from duedesk.desk.tables.copying import Copied, copied
from duedesk.desk.tables.reading import read_rows
from duedesk.desk.tables.row_view import RowView
from duedesk.domain.errors import RequestError

MOST_COPIED = 100_000
"""Rows that are copied at a time; more is a matter for a workbook."""


def copy_rows(table: RowView, desk: Desk, columns: Sequence[Column]) -> None:
    """Copy the selected rows of a table under the labels of these columns."""
    asked = table.records.asked
    if asked is None:
        return
    try:
        keys = table.selected_keys(MOST_COPIED)
    except RequestError as refused:
        hint = "The workbook of the list takes any number: Export makes it. Or select fewer rows."
        desk.tasks.broke.emit(RequestError(refused.message, hint))
        return
    workspace = desk.workspace

    def read() -> Copied:
        return copied(read_rows(workspace, asked, columns, keys), columns)

    desk.tasks.read(table, read, to_clipboard, slot="copy")
