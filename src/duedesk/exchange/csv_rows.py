"""Lines of a CSV file cut into rows: many at a time where each line is one, else row by row with what is wrong in it.

On which line a row begins is known either way; what its cells mean is not asked.
"""

import codecs
import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import StringIO
from operator import itemgetter

from duedesk.exchange.cells import Row, Run, is_blank
from duedesk.exchange.encoding import LONGEST_LINE, line_blocks, too_long
from duedesk.exchange.faults import FileRefused

MOST_COLUMNS = 4096
_TOGETHER = 1_000
"""Lines parsed together: what is wrong with one of them lets all of them be read one by one."""

_IN_WORDS = (
    ("expected after", "a quote stands inside a quoted field", "Inside quotes, write a quote twice."),
    ("field larger", "a field is longer than 131,072 characters", "Shorten it."),
    ("new-line", "a line ends inside a field", "Put quotes around the field."),
)
_NUL = "it holds a NUL byte, which no text has"
_NOT_TEXT = "it cannot be read as"
_REMEDIES = {_NUL: "Export the file again."}


@dataclass(frozen=True, slots=True)
class Writing:
    """How a file is written: the name the user knows it by, its encoding, what parts its columns."""

    file: str
    encoding: str
    delimiter: str


def read_runs(chunks: Iterator[bytes], writing: Writing, first_row: int) -> Iterator[Run | Row]:
    """Give the rows that hold anything, from line `first_row` on."""
    lines = _Lines(line_blocks(chunks, writing.file))
    for _ in range(first_row - 1):
        next(lines, None)
    while block := lines.block():
        begun = lines.count + 1
        columns = _parsed(block, writing)
        if columns is not None:
            lines.take(len(block))
            yield Run(begun, columns)
            continue
        for row in _Reader(writing).read(lines, begun):
            yield row
            if lines.count >= begun + len(block) - 1:
                break


class _Lines:
    """The lines of a file, to be taken one by one or many at a time; it counts those taken."""

    def __init__(self, blocks: Iterator[list[bytes]]) -> None:
        self._blocks = blocks
        self._held: list[bytes] = []
        self._at = 0
        self.count = 0

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        if not self._fill():
            raise StopIteration
        self._at += 1
        self.count += 1
        return self._held[self._at - 1]

    def block(self) -> list[bytes]:
        """Show the next lines, without taking them; there are none at the end."""
        while len(self._held) - self._at < _TOGETHER and (more := next(self._blocks, None)) is not None:
            self._held, self._at = [*self._held[self._at :], *more], 0
        return self._held[self._at : self._at + _TOGETHER]

    def take(self, count: int) -> None:
        """Take lines that were shown."""
        self._at += count
        self.count += count

    def _fill(self) -> bool:
        while self._at >= len(self._held):
            held = next(self._blocks, None)
            if held is None:
                return False
            self._held, self._at = held, 0
        return True


def _parsed(block: list[bytes], writing: Writing) -> Sequence[Sequence[str]] | None:
    """Parse lines of which each is a row that holds something, all of one width; None where one may not be."""
    longest = max(map(len, block))
    try:
        if writing.encoding == "utf-8":
            text = b"".join(block).decode()
            lines: Iterator[str] = StringIO(text, newline="")
        else:  # others may carry what was said in one line into the next
            every = [codecs.decode(line, writing.encoding) for line in block]
            text, lines = "".join(every), iter(every)
        if "\0" in text or longest > LONGEST_LINE:
            return None
        columns = _cut(text, len(block), writing.delimiter) if longest <= csv.field_size_limit() else None
        if columns is not None:
            return columns
        rows = list(csv.reader(lines, delimiter=writing.delimiter, strict=True))
    except (csv.Error, UnicodeError):
        return None
    widths = set(map(len, rows))
    if len(rows) != len(block) or len(widths) != 1 or not 0 < widths.pop() <= MOST_COLUMNS:
        return None
    if not all(map(str.strip, map(itemgetter(0), rows))) and any(map(is_blank, rows)):
        return None
    return list(zip(*rows, strict=True))


def _cut(text: str, count: int, delimiter: str) -> list[list[str]] | None:
    """Cut lines without quotes into columns, in half the time of a parser; None where one may be something else.

    Between two lines a line end is made a cell of its own: where it stands tells that every row has its width.
    """
    text = text.replace("\r\n", "\n")
    if '"' in text or "\r" in text:
        return None
    text = text.removesuffix("\n")
    width = text.partition("\n")[0].count(delimiter) + 1
    cells = text.replace("\n", f"{delimiter}\n{delimiter}").split(delimiter)
    is_even = len(cells) == count * (width + 1) - 1 and cells[width :: width + 1].count("\n") == count - 1
    if not is_even or not 1 < width <= MOST_COLUMNS or not all(map(str.strip, cells[:: width + 1])):
        return None
    return [cells[at :: width + 1] for at in range(width)]


class _Reader:
    """Cuts lines into rows, and knows on which line each of them begins."""

    def __init__(self, writing: Writing) -> None:
        self._file, self._encoding, self._delimiter = writing.file, writing.encoding, writing.delimiter
        self._lines: list[str] = []
        self._size = 0
        self._fault = ""
        self._begun = 1

    def read(self, lines: Iterator[bytes], first_row: int) -> Iterator[Row]:
        """Give the rows of lines, the first of which is `first_row`."""
        reader = csv.reader(self._decoded(lines), delimiter=self._delimiter, strict=True)
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
        decode = codecs.getdecoder(self._encoding)
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


def _in_words(error: csv.Error) -> tuple[str, str]:
    for said, sentence, remedy in _IN_WORDS:
        if said in str(error):
            return sentence, remedy
    return f"it is no row of a CSV file ({error})", ""
