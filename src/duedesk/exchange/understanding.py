"""Where the headers of a file stand and what its columns are: as a mapping says, else as they are called."""

from collections.abc import Sequence
from itertools import islice

from duedesk.exchange.faults import FileQuestion
from duedesk.exchange.gate import Admitted
from duedesk.exchange.headers import Header, find_header
from duedesk.exchange.mapping import Mapping, Section, SourceOptions
from duedesk.exchange.recognition import ENOUGH, known_names, recognise, recognise_object
from duedesk.exchange.table import RowSource

_HEAD_ROWS = 50


def understand(
    file: Admitted, rows: RowSource, mapping: Mapping, said: SourceOptions
) -> tuple[Header, tuple[Section, ...], bool]:
    """Find the header and what its columns are; the flag tells that they have the API's names."""
    head = list(islice(rows.rows(), _HEAD_ROWS))
    if not mapping.sections:
        header = find_header(file.name, head, said.header_row, known_names, ENOUGH)
        if said.header_row == 0:
            raise FileQuestion(file.name, f"{file.name} has no headers.", "Say in a mapping which column is which.")
        recognised = recognise(header, file.path.stem)
        return header, recognised.sections, recognised.is_api
    wanted = {one.header.casefold() for one in mapping.columns if one.header}

    def found(names: Sequence[str]) -> int:
        return len(wanted & {name.casefold() for name in names})

    header = find_header(file.name, head, said.header_row, found, max(len(wanted), 1))
    if wanted and found(header.names) < len(wanted):
        by_api = recognise_object(header, file.path.stem)
        if by_api is not None:  # one of several files that come with their own names
            return header, by_api, True
    return header, mapping.sections, False
