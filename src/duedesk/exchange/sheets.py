"""A workbook on its way in: which of its sheets is meant, and what of the workbook a person should know."""

import hashlib
from collections.abc import Callable
from pathlib import Path

from duedesk.exchange.cells import quoted
from duedesk.exchange.faults import FileQuestion, FileRefused
from duedesk.exchange.gate import MEGABYTE, Admitted
from duedesk.exchange.headers import Header, listed
from duedesk.exchange.mapping import Mapping, Section, SourceOptions
from duedesk.exchange.source import Opened, Source, settle
from duedesk.exchange.table import Table
from duedesk.exchange.understanding import understand
from duedesk.exchange.xlsx_file import XlsxSheet
from duedesk.exchange.xlsx_parts import WorkbookParts, read_parts
from duedesk.exchange.xml_parts import Package


def open_workbook(file: Admitted, mapping: Mapping, said: SourceOptions, heard: Callable[[], None]) -> Source:
    """Open the sheet that is meant; FileRefused or FileQuestion where none or several may be."""
    parts = read_parts(Package(file.path))
    sheet, header, sections, is_api = _choose_sheet(file, parts, mapping, said, heard)
    notes = [f"The rows are those of the sheet {quoted(sheet.info.name)}."] if len(parts.sheets) > 1 else []
    if parts.has_macros:
        notes.append(f"{file.name} holds macros; they are never run.")
    if parts.counts_from_1904:
        notes.append(f"{file.name} counts days from 1904, and is read so.")
    skips_hidden = said.hidden_rows == "skip"
    table = Table(sheet, header, is_csv=False, skips_hidden=skips_hidden, is_report=header.row > 1)
    opened = Opened(file, _sha256(file.path, heard), table, ",", tuple(notes), parts.counts_from_1904)
    return settle(opened, sections, said, is_api=is_api)


def _choose_sheet(
    file: Admitted, parts: WorkbookParts, mapping: Mapping, said: SourceOptions, heard: Callable[[], None]
) -> tuple[XlsxSheet, Header, tuple[Section, ...], bool]:
    visible = [one for one in parts.sheets if not one.is_hidden]
    if said.sheet is not None:
        wanted = said.sheet.casefold()
        chosen = [one for one in parts.sheets if one.name.casefold() == wanted]
        if not chosen:
            there = listed(one.name for one in parts.sheets)
            raise FileRefused(file.name, f"{file.name} has no sheet {quoted(said.sheet)}.", f"There are {there}.")
    else:
        chosen = visible
    understood: list[tuple[XlsxSheet, Header, tuple[Section, ...], bool]] = []
    faults: list[FileRefused | FileQuestion] = []
    for info in chosen:
        sheet = XlsxSheet(parts, info, 0, heard)
        try:
            understood.append((sheet, *understand(file, sheet, mapping, said)))
        except (FileRefused, FileQuestion) as fault:
            faults.append(fault)
    if len(understood) == 1:
        return understood[0]
    if not understood:
        nothing = FileRefused(file.name, f"{file.name} has no sheet that is not hidden.", "Say which: --sheet.")
        raise next((one for one in faults if isinstance(one, FileQuestion)), (*faults, nothing)[0])
    named = listed(one[0].info.name for one in understood)
    raise FileQuestion(
        file.name,
        f"Several sheets of {file.name} may be meant: {named}.",
        f'Say which: --sheet "{understood[0][0].info.name}" (sheet in [source] of the mapping).',
    )


def _sha256(path: Path, heard: Callable[[], None]) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(MEGABYTE):
            heard()
            digest.update(chunk)
    return digest.hexdigest()
