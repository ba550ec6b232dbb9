"""A file on its way in: let through the gate, opened, its columns understood, its conventions settled; not yet taken.

Everything a person has to decide about the file as a whole is a question here, before a book is touched.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from duedesk.domain.catalog import Kind
from duedesk.domain.errors import Problem
from duedesk.exchange.binding import BoundSection, bind, positions, settled
from duedesk.exchange.cells import Row, quoted
from duedesk.exchange.csv_file import open_csv
from duedesk.exchange.encoding import read_facts
from duedesk.exchange.faults import FileQuestion, FileRefused
from duedesk.exchange.gate import MEGABYTE, Admitted, FileKind, admit
from duedesk.exchange.headers import Header, find_header, listed
from duedesk.exchange.mapping import Mapping, Section, SourceOptions
from duedesk.exchange.reading import Notes, RowReader
from duedesk.exchange.recognition import ENOUGH, known_names, order_of, recognise, recognise_object
from duedesk.exchange.survey import survey
from duedesk.exchange.table import Control, RowSource, Table

if TYPE_CHECKING:
    from duedesk.exchange.xlsx_file import XlsxSheet
    from duedesk.exchange.xlsx_parts import WorkbookParts

_HEAD_ROWS = 50
_WITH_MONEY = {"Invoice", "Payment", "CreditMemo"}
"""What has a currency of its own; lines and applications have that of their invoice."""

_NO_MAPPING = Mapping(SourceOptions(), (), "")


@dataclass(frozen=True, slots=True)
class Source:
    """A file whose rows can be read; with `questions` nothing of it may be taken."""

    file: Admitted
    sha256: str
    table: Table
    sections: tuple[BoundSection, ...]
    options: SourceOptions
    is_api: bool
    row_count: int
    questions: tuple[Problem, ...]
    notes: tuple[str, ...]
    not_taken: tuple[str, ...]
    delimiter: str

    @property
    def name(self) -> str:
        """Give the name the user knows the file by."""
        return self.file.name

    @property
    def place(self) -> int:
        """Give the place of the file among others of one import: what is referred to comes first."""
        return max(order_of(section.name) for section in self.sections)

    @property
    def read_as(self) -> tuple[str, ...]:
        """Say what each column was taken for, as `total = Invoice.TotalAmountWithTax`."""
        return tuple(
            f"{entry.column} = {section.name}.{entry.field.name}"
            for section in self.sections
            for entry in section.entries
            if entry.position is not None
        )

    def rows(self) -> Iterator[Row | Control]:
        """Give the data rows and control lines."""
        return self.table.rows()

    def reader(self, *, latest: date, notes: Notes) -> RowReader:
        """Give what reads the rows; dates after `latest` are refused."""
        return RowReader(self.name, self.sections, currency=self.options.currency, latest=latest, notes=notes)


@dataclass(frozen=True, slots=True)
class _Opened:
    file: Admitted
    sha256: str
    table: Table
    delimiter: str
    notes: tuple[str, ...]
    counts_from_1904: bool = False


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
    return _open_workbook(file, mapping or _NO_MAPPING, said, heard)


def _open_text(file: Admitted, mapping: Mapping, said: SourceOptions, heard: Callable[[], None]) -> Source:
    facts = read_facts(file, said.encoding, heard)
    rows = open_csv(file, facts, said.delimiter, heard)
    header, sections, is_api = _understand(file, rows, mapping, said)
    notes = () if facts.encoding.startswith("utf-8") else (f"{file.name} is read as {facts.encoding}.",)
    table = Table(rows, header, is_csv=True, is_report=header.row > rows.first_row)
    opened = _Opened(file, facts.sha256, table, rows.delimiter, notes)
    return _settle(opened, sections, said, is_api=is_api)


def _open_workbook(file: Admitted, mapping: Mapping, said: SourceOptions, heard: Callable[[], None]) -> Source:
    from duedesk.exchange.xlsx_parts import read_parts  # noqa: PLC0415 - openpyxl knows number formats, and loads long
    from duedesk.exchange.xml_parts import Package  # noqa: PLC0415

    parts = read_parts(Package(file.path))
    sheet, header, sections, is_api = _choose_sheet(file, parts, mapping, said, heard)
    notes = [f"The rows are those of the sheet {quoted(sheet.info.name)}."] if len(parts.sheets) > 1 else []
    if parts.has_macros:
        notes.append(f"{file.name} holds macros; they are never run.")
    if parts.counts_from_1904:
        notes.append(f"{file.name} counts days from 1904, and is read so.")
    skips_hidden = said.hidden_rows == "skip"
    table = Table(sheet, header, is_csv=False, skips_hidden=skips_hidden, is_report=header.row > 1)
    opened = _Opened(file, _sha256(file.path, heard), table, ",", tuple(notes), parts.counts_from_1904)
    return _settle(opened, sections, said, is_api=is_api)


def _choose_sheet(
    file: Admitted, parts: "WorkbookParts", mapping: Mapping, said: SourceOptions, heard: Callable[[], None]
) -> tuple["XlsxSheet", Header, tuple[Section, ...], bool]:
    from duedesk.exchange.xlsx_file import XlsxSheet  # noqa: PLC0415

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
            understood.append((sheet, *_understand(file, sheet, mapping, said)))
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


def _understand(
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


def _settle(opened: _Opened, sections: Sequence[Section], said: SourceOptions, *, is_api: bool) -> Source:
    """Bind the columns, and let the file say how it writes its dates and decimals."""
    table, header = opened.table, opened.table.header
    bound = bind(sections, header, said)
    found = survey(table, bound, said.hidden_rows)
    questions = list(found.questions)
    if not _says_currency(bound, said):
        questions.append(
            FileQuestion(
                header.file,
                f"{header.file} does not say in which currency its amounts are.",
                "Say it: --currency EUR (currency in [source] of the mapping).",
            ).problem
        )
    used = positions(bound, set(Kind)) | {section.when for section in bound if section.when is not None}
    not_taken = tuple(name for at, name in enumerate(header.names) if name and at not in used)
    return Source(
        opened.file,
        opened.sha256,
        table,
        settled(bound, found.mark, found.orders, counts_from_1904=opened.counts_from_1904),
        said,
        is_api,
        found.row_count,
        tuple(questions),
        (*opened.notes, *_notes(table, found.row_count), *found.notes),
        not_taken,
        opened.delimiter,
    )


def _notes(table: Table, row_count: int) -> Iterator[str]:
    if table.is_report:
        left_out = "titles and subtotals among the rows are left out"
        yield f"The headers of {table.header.file} stand in row {table.header.row}; {left_out}."
    if not row_count:
        yield f"{table.header.file} holds no rows below its headers."


def _says_currency(sections: Sequence[BoundSection], said: SourceOptions) -> bool:
    if said.currency is not None or any(section.has("CurrencyIsoCode") for section in sections):
        return True
    return not any(
        section.name in _WITH_MONEY and any(entry.field.kind is Kind.CURRENCY for entry in section.entries)
        for section in sections
    )


def _sha256(path: Path, heard: Callable[[], None]) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(MEGABYTE):
            heard()
            digest.update(chunk)
    return digest.hexdigest()
