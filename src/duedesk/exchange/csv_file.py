"""Rows of a CSV file, one at a time, whatever its delimiter, line ends and quotes; it gives its cells no meaning."""

import codecs
import csv
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import BinaryIO

from duedesk.exchange.cells import Row, is_blank, quoted
from duedesk.exchange.encoding import LONGEST_LINE, TextFacts, byte_lines, is_wide, too_long
from duedesk.exchange.faults import FileQuestion, FileRefused
from duedesk.exchange.gate import MEGABYTE, Admitted

DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
MOST_COLUMNS = 4096
_SAMPLE_ROWS = 50
_SEP_LINE = re.compile(r"\ufeff?\"?sep=(.)\"?\s*\Z", re.IGNORECASE | re.DOTALL)
_NAMED = {"tab": "\t", "\\t": "\t", "comma": ",", "semicolon": ";", "bar": "|", "pipe": "|"}

_IN_WORDS = (
    ("expected after", "a quote stands inside a quoted field", "Inside quotes, write a quote twice."),
    ("field larger", "a field is longer than 131,072 characters", "Shorten it."),
    ("new-line", "a line ends inside a field", "Put quotes around the field."),
)


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
        with self.file.path.open("rb") as source:
            yield from _Reader(self.file.name, self.facts.encoding, self.delimiter).read(
                _chunks(source, self.facts.encoding, self.file.name, self.hears), self.first_row
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
        for line in byte_lines(_chunks(source, facts.encoding, file.name, hears), file.name):
            return _line_decoder(facts.encoding)(line, "replace")[0][:100]
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


class _Reader:
    """Cuts lines into rows, and knows on which line each of them begins."""

    def __init__(self, file: str, encoding: str, delimiter: str) -> None:
        self._file = file
        self._encoding = "utf-8" if is_wide(encoding) else encoding.removesuffix("-sig")
        self._delimiter = delimiter
        self._lines: list[str] = []
        self._size = 0
        self._fault = ""
        self._begun = 1

    def read(self, chunks: Iterator[bytes], first_row: int) -> Iterator[Row]:
        lines = self._decoded(byte_lines(chunks, self._file))
        for _ in range(first_row - 1):
            next(lines, None)
        reader = csv.reader(lines, delimiter=self._delimiter, strict=True)
        before = first_row - 1
        while True:
            self._lines.clear()
            self._size, self._fault, self._begun = 0, "", before + 1
            remedy = ""
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                self._check_whole(error)
                cells = ["".join(self._lines).rstrip("\r\n")]
                self._fault, remedy = _in_words(error)
            if len(cells) > MOST_COLUMNS:
                raise FileRefused(
                    self._file,
                    f"Row {before + 1} has {len(cells):,} columns; {MOST_COLUMNS:,} are allowed.",
                    "Say the delimiter, if it is another one.",
                    row=before + 1,
                )
            if self._fault or not is_blank(cells):
                yield Row(before + 1, cells, self._fault, remedy or _REMEDIES.get(self._fault, ""))
            before = first_row - 1 + reader.line_num

    def _decoded(self, lines: Iterator[bytes]) -> Iterator[str]:
        decode = _line_decoder(self._encoding)
        for line in lines:
            self._size += len(line)
            if self._size > LONGEST_LINE:
                raise self._open_quote() if self._lines else too_long(self._file, self._begun)
            try:
                text = decode(line, "strict")[0]
            except UnicodeDecodeError:
                text = decode(line, "backslashreplace")[0]
                self._fault = f"{_NOT_TEXT} {self._encoding.upper()}"
            if "\0" in text:
                self._fault = _NUL
            self._lines.append(text)
            yield text

    def _check_whole(self, error: csv.Error) -> None:
        """Refuse the file where a row at fault may reach into the lines behind it: none of them could be trusted."""
        quotes = sum(line.count('"') for line in self._lines)
        if "end of data" in str(error) or ("field larger" in str(error) and (len(self._lines) > 1 or quotes % 2)):
            raise self._open_quote()

    def _open_quote(self) -> FileRefused:
        return FileRefused(
            self._file,
            f"The quote that opens in row {self._begun} is never closed, so that nothing after it can be told apart.",
            "Close it, or write a quote that belongs to the text twice and put the field in quotes.",
            row=self._begun,
        )


_NUL = "it holds a NUL byte, which no text has"
_NOT_TEXT = "it cannot be read as"
_REMEDIES = {_NUL: "Export the file again."}


def _in_words(error: csv.Error) -> tuple[str, str]:
    for said, sentence, remedy in _IN_WORDS:
        if said in str(error):
            return sentence, remedy
    return f"it is no row of a CSV file ({error})", ""


def _line_decoder(encoding: str) -> Callable[[bytes, str], tuple[str, int]]:
    return codecs.getdecoder("utf-8" if is_wide(encoding) else encoding.removesuffix("-sig"))


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
