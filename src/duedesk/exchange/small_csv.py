"""A small CSV file with a header in its first row, read whole; for files of one purpose that need no mapping."""

from pathlib import Path

from duedesk.exchange.cells import Row
from duedesk.exchange.csv_file import open_csv
from duedesk.exchange.encoding import read_facts
from duedesk.exchange.faults import FileRefused
from duedesk.exchange.gate import FileKind, admit
from duedesk.exchange.headers import Header, read_header


def read_small_csv(path: Path, remedy_where_empty: str) -> tuple[Header, list[Row]]:
    """Give the header, which names the file, and the rows below it; FileRefused where there is none, or no CSV."""
    file = admit(path)
    if file.kind is not FileKind.CSV:
        raise FileRefused(file.name, f"{file.name} is no CSV file.", "Save the sheet as CSV, and import that.")
    rows = iter(open_csv(file, read_facts(file, None, _unheard), None, _unheard).rows())
    first = next(rows, None)
    if first is None:
        raise FileRefused(file.name, f"{file.name} holds no rows.", remedy_where_empty)
    return read_header(file.name, first), list(rows)


def _unheard() -> None:
    """Say nothing of the progress: the file is small."""
