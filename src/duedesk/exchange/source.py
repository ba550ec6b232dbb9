"""A file whose columns are understood and whose conventions are settled; its rows can be read, and are not taken here.

Everything a person has to decide about the file as a whole is a question by now, before a book is touched.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from duedesk.domain.catalog import Kind
from duedesk.domain.errors import Problem
from duedesk.exchange.binding import BoundEntry, BoundSection, bind, positions, settled
from duedesk.exchange.cells import Row, Run
from duedesk.exchange.faults import FileQuestion
from duedesk.exchange.gate import Admitted
from duedesk.exchange.mapping import Section, SourceOptions
from duedesk.exchange.reading import Notes, RowReader
from duedesk.exchange.recognition import claimed_fields, order_of
from duedesk.exchange.survey import survey
from duedesk.exchange.table import Control, Table

_WITH_MONEY = {"Invoice", "Payment", "CreditMemo"}
"""What has a currency of its own; lines and applications have that of their invoice."""


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
    claims: BoundSection | None = None
    """What the file says of its records that is worked out here."""
    kept: tuple[Run | Row | Control, ...] | None = None
    """The rows, where they take little room."""

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
        for item in self.runs():
            if isinstance(item, Run):
                yield from item.each()
            else:
                yield item

    def runs(self) -> Iterator[Run | Row | Control]:
        """Give the same, as many rows at a time as stand line after line and are plain."""
        if self.kept is None:
            return self.table.runs()
        return (item.afresh() if isinstance(item, Run) else item for item in self.kept)

    def reader(self, *, latest: date, notes: Notes, wanted: Collection[BoundEntry] | None = None) -> RowReader:
        """Give what reads the rows, or no more than the wanted fields of them; dates after `latest` are refused."""
        sections = self.sections
        if wanted is not None:
            sections = tuple(
                replace(one, entries=tuple(entry for entry in one.entries if entry in wanted)) for one in sections
            )
        return RowReader(self.name, sections, currency=self.options.currency, latest=latest, notes=notes)

    def claims_reader(self, *, latest: date) -> RowReader | None:
        """Give what reads the figures that are compared; None where the file gives none."""
        if self.claims is None:
            return None
        return RowReader(self.name, (self.claims,), currency=self.options.currency, latest=latest, notes=Notes())


@dataclass(frozen=True, slots=True)
class Opened:
    """A file that has been opened, with its rows below a header; what they mean is not settled yet."""

    file: Admitted
    sha256: str
    table: Table
    delimiter: str
    notes: tuple[str, ...]
    counts_from_1904: bool = False


def settle(opened: Opened, sections: Sequence[Section], said: SourceOptions, *, is_api: bool) -> Source:
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
    claimed = claimed_fields(header, bound[0].name) if is_api else None
    claims = bind((claimed,), header, said) if claimed is not None else ()
    used = positions((*bound, *claims), set(Kind)) | {section.when for section in bound if section.when is not None}
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
        next(iter(settled(claims, found.mark, found.orders, counts_from_1904=opened.counts_from_1904)), None),
        found.kept,
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
