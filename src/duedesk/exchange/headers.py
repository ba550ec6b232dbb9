"""The line that names the columns: where it stands and which column a name means; of fields it knows nothing."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from duedesk.domain.names import tidy
from duedesk.exchange.cells import Row, quoted, shown
from duedesk.exchange.faults import FileQuestion, FileRefused
from duedesk.exchange.mapping import ColumnName

_NOT_LETTERS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Header:
    """The names of a file's columns, in order; `row` is the line they stand on, 0 where columns only have numbers."""

    file: str
    row: int
    names: tuple[str, ...]

    @property
    def width(self) -> int:
        """Give the number of columns up to the last one that has a name."""
        named = [at for at, name in enumerate(self.names, 1) if name]
        return max(named, default=0)

    def name(self, position: int) -> str:
        """Give the name of a column for a message."""
        return (self.names[position] if position < len(self.names) else "") or f"column {position + 1}"

    def find(self, wanted: ColumnName) -> int:
        """Give the position of a column; FileRefused where there is none, FileQuestion where there are several."""
        if wanted.number:
            if wanted.number > len(self.names):
                raise FileRefused(
                    self.file, f"{self.file} has {len(self.names)} columns and no column {wanted.number}.", row=self.row
                )
            return wanted.number - 1
        found = self.positions(wanted.header)
        if not found:
            raise self._missing(wanted)
        if wanted.nth:
            if wanted.nth > len(found):
                raise FileRefused(self.file, f"{quoted(wanted.header)} stands {len(found)} times in the header.")
            return found[wanted.nth - 1]
        if len(found) > 1:
            raise self.ask_doubled(wanted.header)
        return found[0]

    def positions(self, name: str) -> list[int]:
        """Give the positions of the columns of a name as it is written, else whatever its case."""
        exact = [at for at, one in enumerate(self.names) if one == tidy(name)]
        return exact or [at for at, one in enumerate(self.names) if one and one.casefold() == tidy(name).casefold()]

    def ask_doubled(self, name: str) -> FileQuestion:
        """Ask which of several columns of one name is meant."""
        numbers = " and ".join(str(at + 1) for at in self.positions(name))
        return FileQuestion(
            self.file,
            f"Columns {numbers} are both called {quoted(name)}.",
            f'Say which one is meant in a mapping: {{ column = "{name}", nth = 2 }}, and give it with --mapping.',
            row=self.row,
            column=name,
        )

    def _missing(self, wanted: ColumnName) -> FileRefused:
        near = get_close_matches(wanted.header.casefold(), [one.casefold() for one in self.names if one], 1, 0.7)
        written = next((one for one in self.names if near and one.casefold() == near[0]), "")
        hint = f"Did you mean {quoted(written)}?" if written else f"There are {listed(self.names)}."
        return FileRefused(self.file, f"{self.file} has no column {quoted(wanted.header)}.", hint, row=self.row)


def listed(names: Iterable[str], most: int = 20) -> str:
    """List names for a message."""
    held = [name for name in names if name]
    more = f" and {len(held) - most} more" if len(held) > most else ""
    return ", ".join(quoted(name) for name in held[:most]) + more


def folded(name: str) -> str:
    """Bring a header to the form synonyms are kept in: no case, accents, blanks or marks."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    return _NOT_LETTERS.sub("", "".join(one for one in plain if not unicodedata.combining(one)))


def read_header(file: str, row: Row) -> Header:
    """Take a row for the header; FileRefused where it cannot be read."""
    if row.fault:
        raise FileRefused(
            file, f"The header in row {row.number} cannot be read: {row.fault}.", row.remedy, row=row.number
        )
    return Header(file, row.number, tuple(tidy(shown(cell)) for cell in row.cells))


def numbered_header(file: str, row: Row) -> Header:
    """Name the columns of a file without a header by nothing but their numbers."""
    return Header(file, 0, ("",) * len(row.cells))


def find_header(
    file: str, rows: Sequence[Row], said: int | None, hits: Callable[[Sequence[str]], int], enough: int
) -> Header:
    """Find the header among the first rows; FileRefused where there is none.

    It is the one the user says, else the first with enough known names, else the first row that holds anything.
    """
    if not rows:
        raise FileRefused(file, f"{file} holds no rows.", "Export it again.")
    if said == 0:
        return numbered_header(file, max(rows, key=lambda row: len(row.cells)))
    if said is not None:
        for row in rows:
            if row.number == said:
                return read_header(file, row)
        raise FileRefused(file, f"Row {said} of {file} holds no headers.", "Count the lines from 1.", row=said)
    for row in rows:
        if not row.fault and hits([tidy(shown(cell)) for cell in row.cells]) >= enough:
            return read_header(file, row)
    return read_header(file, rows[0])
