"""Rows of a CSV file, one at a time, whatever its delimiter, line ends and quotes; it gives its cells no meaning."""

import codecs
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import BinaryIO

from duedesk.exchange.cells import Row, Run, quoted
from duedesk.exchange.csv_rows import Writing, read_runs
from duedesk.exchange.encoding import TextFacts, is_wide, line_blocks, text_encoding
from duedesk.exchange.faults import FileQuestion, FileRefused
from duedesk.exchange.gate import MEGABYTE, Admitted

DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
_SAMPLE_ROWS = 50
_SEP_LINE = re.compile(r"\ufeff?\"?sep=(.)\"?\s*\Z", re.IGNORECASE | re.DOTALL)
_NAMED = {"tab": "\t", "\\t": "\t", "comma": ",", "semicolon": ";", "bar": "|", "pipe": "|"}


@dataclass(frozen=True, slots=True)
class CsvFile:
    """A CSV file that may be read any number of times; `first_row` is the line after Excel's `sep=` line."""

    file: Admitted
    facts: TextFacts
    delimiter: str
    first_row: int
    hears: Callable[[], None]

    @property
    def row_count(self) -> int:
        """Give about how many rows there are, for the progress."""
        return self.facts.line_count

    def rows(self) -> Iterator[Row]:
        """Give the rows that hold anything; FileRefused where the file breaks off in the middle of one."""
        for item in self.runs():
            if isinstance(item, Run):
                yield from item.each()
            else:
                yield item

    def runs(self) -> Iterator[Run | Row]:
        """Give the same rows, as many at a time as stand line after line."""
        with self.file.path.open("rb") as source:
            yield from read_runs(
                _chunks(source, self.facts.encoding, self.file.name, self.hears),
                Writing(self.file.name, text_encoding(self.facts.encoding), self.delimiter),
                self.first_row,
            )


def open_csv(file: Admitted, facts: TextFacts, delimiter: str | None, hears: Callable[[], None]) -> CsvFile:
    """Open a CSV file; FileQuestion where its delimiter is in doubt and the user has not said it."""
    first = _first_line(file, facts, hears)
    sep_line = _SEP_LINE.match(first)
    first_row = 2 if sep_line else 1
    if delimiter is not None:
        chosen = _NAMED.get(delimiter, delimiter)
        if len(chosen) != 1 or chosen in '"\r\n\0' or chosen.isalnum():
            raise FileRefused(file.name, f"{quoted(delimiter)} cannot part columns.", "Say one of , ; | or tab.")
    elif sep_line and not sep_line[1].isalnum() and sep_line[1] not in '"\0':
        chosen = sep_line[1]
    else:
        chosen = _sniff(file, facts, first_row, hears)
    return CsvFile(file, facts, chosen, first_row, hears)


def _first_line(file: Admitted, facts: TextFacts, hears: Callable[[], None]) -> str:
    with file.path.open("rb") as source:
        for lines in line_blocks(_chunks(source, facts.encoding, file.name, hears), file.name):
            if lines:
                return codecs.decode(lines[0], text_encoding(facts.encoding), "replace")[:100]
    return ""


def _sniff(file: Admitted, facts: TextFacts, first_row: int, hears: Callable[[], None]) -> str:
    """Choose the delimiter that cuts most of the first rows into the same, and the most, columns."""
    scores: dict[str, float] = {}
    for delimiter in DELIMITERS:
        widths = Counter(_widths(CsvFile(file, facts, delimiter, first_row, hears)))
        width, often = max(widths.items(), key=lambda one: (one[1] * (one[0] - 1), one[0]), default=(1, 1))
        scores[delimiter] = (width - 1) * often / max(sum(widths.values()), 1)
    best = max(scores.values())
    chosen = [delimiter for delimiter, score in scores.items() if score == best]
    if best == 0:
        return ","
    if len(chosen) > 1:
        named = " or ".join(DELIMITERS[one] for one in chosen)
        raise FileQuestion(
            file.name,
            f"The columns of {file.name} may be parted by {named}.",
            f'Say which: --delimiter "{chosen[0]}" (delimiter in [source] of the mapping).',
        )
    return chosen[0]


def _widths(file: CsvFile) -> Iterator[int]:
    try:
        for row in islice(file.rows(), _SAMPLE_ROWS):
            if not row.fault:
                yield len(row.cells)
    except FileRefused:
        return  # this delimiter does not fit, or the file is cut: the full reading says so


def _chunks(source: BinaryIO, encoding: str, file: str, hears: Callable[[], None]) -> Iterator[bytes]:
    """Give the bytes of a file without its mark; those of UTF-16 and UTF-32 as UTF-8, so that lines can be cut."""
    if not is_wide(encoding):
        first = source.read(MEGABYTE)
        yield first.removeprefix(codecs.BOM_UTF8)
        while chunk := source.read(MEGABYTE):
            hears()
            yield chunk
        return
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        while chunk := source.read(MEGABYTE):
            hears()
            yield decoder.decode(chunk).removeprefix("\ufeff").encode("utf-8", "backslashreplace")
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        raise FileRefused(
            file, f"{file} breaks off or is no {encoding.upper()} throughout.", "Export it again."
        ) from error
