"""In which letters a text file is written: found out by one pass over its bytes, which are also counted and hashed.

What the bytes do not prove is asked, with a preview; nothing is decoded with replacement characters.
"""

import codecs
import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from duedesk.exchange.cells import quoted
from duedesk.exchange.faults import FileQuestion, FileRefused
from duedesk.exchange.gate import MEGABYTE, Admitted

LONGEST_LINE = MEGABYTE
"""Bytes of one row, over however many lines its quotes reach."""

_HEAD = 4096
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WIDE = ("utf-16", "utf-32")
_KNOWN = (
    "utf-8",
    "utf-16",
    "utf-32",
    "cp",
    "iso8859",
    "latin",
    "koi8",
    "mac-",
    "shift_jis",
    "euc_",
    "gb",
    "big5",
    "hz",
    "ascii",
    "tis",
    "ptcp",
)
_GUESS = "cp1252"


@dataclass(frozen=True, slots=True)
class TextFacts:
    """What one pass over a text file found: the SHA-256 of its bytes, its encoding, and its lines for the progress."""

    sha256: str
    encoding: str
    line_count: int


def read_facts(file: Admitted, encoding: str | None, heard: Callable[[], None]) -> TextFacts:
    """Pass over a text file once; `encoding` is what the user said, if anything.

    FileQuestion where its bytes do not say how they are meant, FileRefused where they are no text. `heard` is called
    as the work goes on and raises to stop it.
    """
    with file.path.open("rb") as source:
        head = source.read(_HEAD)
    marked = next((name for mark, name in _BOMS if head.startswith(mark)), None)
    said = _known_encoding(file.name, encoding) if encoding else None
    if said is None and marked is None:
        _check_not_wide(file.name, head)
    chosen = marked or said
    census = _Census(file.name, is_wide=is_wide(chosen or "utf-8"))
    with file.path.open("rb") as source:
        while chunk := source.read(MEGABYTE):
            heard()
            census.add(chunk)
    census.end()
    if census.size <= len(codecs.BOM_UTF8) and marked == "utf-8-sig":
        raise FileRefused(file.name, f"{file.name} is empty.", "Export it again.")
    if chosen is None and census.undecoded and not census.is_mostly_utf8:
        raise _ask(file.name, census.samples)
    return TextFacts(census.digest, chosen or "utf-8", census.line_count)


def is_wide(encoding: str) -> bool:
    """Tell whether an encoding writes plain letters with more than one byte, so that lines cannot be cut in bytes."""
    return encoding.startswith(_WIDE)


def text_encoding(encoding: str) -> str:
    """Give the encoding of the lines cut from a file: its own without the mark, UTF-8 where it was a wide one."""
    return "utf-8" if is_wide(encoding) else encoding.removesuffix("-sig")


def _known_encoding(file: str, encoding: str) -> str:
    try:
        name = codecs.lookup(encoding.strip()).name
    except (LookupError, ValueError):
        name = ""
    if not name.startswith(_KNOWN):
        raise FileRefused(file, f"There is no encoding {quoted(encoding)}.", "Common ones: utf-8, cp1252, utf-16.")
    return name


def _check_not_wide(file: str, head: bytes) -> None:
    """Ask where every second byte is nothing, as Western text in UTF-16 has it without its mark."""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    if half < 4 or max(even, odd) < 0.4 * half or min(even, odd) > 0.1 * half:
        return
    guess = "utf-16-le" if odd > even else "utf-16-be"
    preview = head.decode(guess, "ignore").strip().partition("\n")[0]
    raise FileQuestion(
        file,
        f"{file} seems to be UTF-16 without the mark that says so: {quoted(preview)}.",
        f"If that reads right, say --encoding {guess} (encoding in [source] of the mapping).",
    )


def _ask(file: str, samples: list[bytes]) -> FileQuestion:
    try:
        guess, previews = _GUESS, [sample.decode(_GUESS) for sample in samples]
    except UnicodeDecodeError:
        guess, previews = "latin-1", [sample.decode("latin-1") for sample in samples]
    preview = " / ".join(quoted(_around(one)) for one in previews)
    return FileQuestion(
        file,
        f"{file} is not UTF-8. Read as {guess} (Windows, Western Europe) it says {preview}.",
        f"If that reads right, say --encoding {guess}; else the right one: cp1250, cp1251, mac_roman, shift_jis, ...",
    )


def _around(line: str) -> str:
    """Cut a line to what stands around its first letter that is not ASCII."""
    place = next((at for at, letter in enumerate(line) if letter > "\x7f"), 0)
    return line[max(0, place - 15) : place + 35].strip()


class _Census:
    """Counts lines and what of them is UTF-8, chunk by chunk."""

    def __init__(self, file: str, *, is_wide: bool) -> None:
        self._file = file
        self._is_wide = is_wide
        self._hash = hashlib.sha256()
        self._rest = b""
        self._was_ascii = True
        self.size = 0
        self.line_count = 0
        self.undecoded = 0
        self.samples: list[bytes] = []
        self._beyond_ascii = 0

    @property
    def digest(self) -> str:
        return self._hash.hexdigest()

    @property
    def is_mostly_utf8(self) -> bool:
        """Lines that are valid UTF-8 beyond ASCII prove the encoding; the other lines are then at fault."""
        return self._beyond_ascii > 0

    def add(self, chunk: bytes) -> None:
        self._hash.update(chunk)
        self.size += len(chunk)
        if self._is_wide:
            self.line_count += chunk.count(b"\n")
            return
        *lines, self._rest = _split(self._rest + chunk)
        if len(self._rest) > LONGEST_LINE:
            raise too_long(self._file, self.line_count + len(lines) + 1)
        self.line_count += len(lines)
        if not chunk.isascii() or not self._was_ascii:
            self._judge(lines)
        self._was_ascii = self._rest.isascii()

    def end(self) -> None:
        if self._rest:
            self.line_count += 1
            self._judge([self._rest])

    def _judge(self, lines: list[bytes]) -> None:
        for line in lines:
            if line.isascii():
                continue
            try:
                line.decode()
            except UnicodeDecodeError:
                self.undecoded += 1
                if len(self.samples) < 3:
                    self.samples.append(line)
            else:
                self._beyond_ascii += 1


def too_long(file: str, row: int) -> FileRefused:
    """Refuse a file for the row that is longer than any row may be."""
    return FileRefused(
        file,
        f"Row {row} is longer than {LONGEST_LINE // MEGABYTE} MB.",
        "It may hold a quote that is never closed, or the file is no CSV.",
        row=row,
    )


def line_blocks(chunks: Iterator[bytes], file: str) -> Iterator[list[bytes]]:
    """Cut chunks of bytes into lines with their ends (LF, CR LF or CR); FileRefused where one is too long."""
    rest, count = b"", 0
    for chunk in chunks:
        *lines, rest = _split(rest + chunk)
        if len(rest) > LONGEST_LINE:
            raise too_long(file, count + len(lines) + 1)
        count += len(lines)
        yield lines
    if rest:
        yield rest.splitlines(keepends=True)


def _split(block: bytes) -> list[bytes]:
    """Split into whole lines and the rest behind them, which may be nothing."""
    lines = block.splitlines(keepends=True)
    if lines and not lines[-1].endswith(b"\n"):  # a CR at the very end may be the half of CR LF
        return lines
    return [*lines, b""]
