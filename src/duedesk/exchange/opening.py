"""A file on its way in: let through the gate and opened as what it is; a workbook is opened by `sheets`."""

from collections.abc import Callable
from pathlib import Path

from duedesk.exchange.csv_file import open_csv
from duedesk.exchange.encoding import read_facts
from duedesk.exchange.faults import FileRefused
from duedesk.exchange.gate import Admitted, FileKind, admit
from duedesk.exchange.mapping import Mapping, SourceOptions
from duedesk.exchange.source import Opened, Source, settle
from duedesk.exchange.table import Table
from duedesk.exchange.understanding import understand

_NO_MAPPING = Mapping(SourceOptions(), (), "")


def open_source(path: Path, mapping: Mapping | None, options: SourceOptions, heard: Callable[[], None]) -> Source:
    """Open a file with a mapping, or by its own headers; `options` win over what the mapping says.

    FileRefused or FileQuestion where it cannot be understood. `heard` is called as the work goes on and raises to
    stop it.
    """
    file = admit(path)
    said = options.over(mapping.source) if mapping is not None else options
    if said.format is not None and said.format is not file.kind:
        raise FileRefused(file.name, f"{file.name} is no {said.format.upper()} file.", "Correct format in [source].")
    if file.kind is FileKind.CSV:
        return _open_text(file, mapping or _NO_MAPPING, said, heard)
    from duedesk.exchange.sheets import open_workbook  # noqa: PLC0415 - it loads openpyxl, which takes its time

    return open_workbook(file, mapping or _NO_MAPPING, said, heard)


def _open_text(file: Admitted, mapping: Mapping, said: SourceOptions, heard: Callable[[], None]) -> Source:
    facts = read_facts(file, said.encoding, heard)
    rows = open_csv(file, facts, said.delimiter, heard)
    header, sections, is_api = understand(file, rows, mapping, said)
    notes = () if facts.encoding.startswith("utf-8") else (f"{file.name} is read as {facts.encoding}.",)
    table = Table(rows, header, is_csv=True, is_report=header.row > rows.first_row)
    opened = Opened(file, facts.sha256, table, rows.delimiter, notes)
    return settle(opened, sections, said, is_api=is_api)
