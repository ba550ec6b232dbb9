"""The gate a file passes before any parser sees it: kind, size, the directory of a zip, DOCTYPE; it reads no values."""

import os
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from duedesk.exchange.faults import FileRefused

MEGABYTE = 1 << 20
LARGEST_TEXT = 2048 * MEGABYTE
LARGEST_WORKBOOK = 100 * MEGABYTE
MOST_PARTS = 200
LARGEST_UNPACKED = 200_000_000
HIGHEST_RATIO = 100
_SMALL = MEGABYTE
"""What unpacks to less harms nobody, however well it was packed."""

_LARGEST_DIRECTORY = MEGABYTE
_END_OF_ZIP = b"PK\x05\x06"
_END_LENGTH = 22
_LONGEST_COMMENT = 65_535
_DECLARATION = re.compile(rb"<\x00?!\x00?(?:D\x00?O\x00?C\x00?T\x00?Y\x00?P\x00?E|E\x00?N\x00?T\x00?I\x00?T\x00?Y)")
_OVERLAP = 24
_XML = (".xml", ".rels")

_WORKBOOK_HINT = "Open it in the spreadsheet program and save it as .xlsx or .csv."
_SIGNATURES = (
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "is in the old Excel format or password-protected",
        "Open it in Excel and save it as .xlsx without a password.",
    ),
    (b"%PDF", "is a PDF document", "Ask for the data as .csv or .xlsx."),
    (b"\x1f\x8b", "is packed with gzip", "Unpack it first."),
    (b"BZh", "is packed with bzip2", "Unpack it first."),
    (b"\xfd7zXZ\x00", "is packed with xz", "Unpack it first."),
    (b"\x28\xb5\x2f\xfd", "is packed with zstd", "Unpack it first."),
    (b"7z\xbc\xaf\x27\x1c", "is a 7z archive", "Unpack it first."),
    (b"Rar!", "is a RAR archive", "Unpack it first."),
    (b"SQLite format 3\x00", "is a database", "To open a book, name it with --book."),
    (b"PAR1", "is a Parquet file", "Export it as .csv or .xlsx."),
    (b"\x89PNG", "is a picture", "Ask for the data as .csv or .xlsx."),
    (b"\xff\xd8\xff", "is a picture", "Ask for the data as .csv or .xlsx."),
    (b"{\\rtf", "is a text document", "Ask for the data as .csv or .xlsx."),
)
_MARKUP = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|\?xml|table|head|body|meta)\b", re.IGNORECASE)


class FileKind(StrEnum):
    """How the rows of a file are written."""

    CSV = "csv"
    XLSX = "xlsx"
    ODS = "ods"
    """An OpenDocument sheet; only what is said to read it lets it in."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a workbook may be, in bytes; who reads only some of it, and keeps nothing, may let in larger ones."""

    packed: int = LARGEST_WORKBOOK
    unpacked: int = LARGEST_UNPACKED
    takes_ods: bool = False


_USUAL = Limits()


@dataclass(frozen=True, slots=True)
class Admitted:
    """A file that may be parsed: what it is by its content, its size in bytes, and when it was last changed."""

    path: Path
    kind: FileKind
    size: int
    changed_ns: int

    @property
    def name(self) -> str:
        """Give the name the user knows the file by."""
        return self.path.name

    def check_unchanged(self) -> None:
        """Refuse a file that was written to while it was read."""
        now = self.path.stat()
        if (now.st_size, now.st_mtime_ns) != (self.size, self.changed_ns):
            raise FileRefused(self.name, "The file was changed while it was being read.", "Import it again.")


def admit(path: Path, limits: Limits = _USUAL) -> Admitted:
    """Check a file before anything parses it; FileRefused, in words, where it may not pass."""
    try:
        state = path.stat()
        if stat.S_ISDIR(state.st_mode):
            raise FileRefused(path.name, f"{path} is a folder.", "Name the files in it.")
        if not stat.S_ISREG(state.st_mode):
            raise FileRefused(path.name, f"{path} is no ordinary file.", "Copy what it gives to a file first.")
        with path.open("rb") as file:
            head = file.read(4096)
    except OSError as error:
        raise _cannot_read(path, error) from error
    except ValueError:  # a NUL in the name
        raise FileRefused(repr(str(path)), "No file can have this name.") from None
    if not head:
        raise FileRefused(path.name, f"{path.name} is empty.", "Export it again.")
    kind = _kind(path, head)
    limit = LARGEST_TEXT if kind is FileKind.CSV else limits.packed
    if state.st_size > limit:
        raise FileRefused(path.name, f"{path.name} is larger than {limit // MEGABYTE:,} MB.", "Split it.")
    if kind is FileKind.XLSX:
        kind = _check_package(path, limits)
    return Admitted(path, kind, state.st_size, state.st_mtime_ns)


def _cannot_read(path: Path, error: OSError) -> FileRefused:
    if isinstance(error, FileNotFoundError):
        return FileRefused(path.name, f"There is no file {path}.", "Check the name and the folder.")
    if isinstance(error, PermissionError):
        return FileRefused(path.name, f"{path} may not be read.", "Ask for the right to read it, or copy it.")
    return FileRefused(path.name, f"{path} cannot be read: {os.strerror(error.errno or 0)}.", "Copy it and try again.")


def _kind(path: Path, head: bytes) -> FileKind:
    for signature, said, hint in _SIGNATURES:
        if head.startswith(signature):
            raise FileRefused(path.name, f"{path.name} {said}.", hint)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return FileKind.XLSX
    if path.suffix.casefold() in {".xlsx", ".xlsm", ".xltx"}:
        raise FileRefused(path.name, f"{path.name} is no Excel workbook, though its name says so.", _WORKBOOK_HINT)
    if _MARKUP.match(head):
        raise FileRefused(path.name, f"{path.name} is a web page or XML document.", _WORKBOOK_HINT)
    return FileKind.CSV


def _check_package(path: Path, limits: Limits) -> FileKind:
    """Check the directory of a zip before anything in it is unpacked, and its XML for declarations; give its kind."""
    _check_directory_size(path)
    try:
        with zipfile.ZipFile(path) as package:
            parts = package.infolist()
            kind = _check_parts(path.name, parts, limits)
            for part in parts:
                if part.filename.casefold().endswith(_XML):
                    _check_declarations(path.name, package, part)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError, ValueError, EOFError) as error:
        raise _damaged(path.name) from error
    except OSError as error:
        raise _cannot_read(path, error) from error
    return kind


def _damaged(name: str) -> FileRefused:
    return FileRefused(name, f"{name} is an Excel file or another zip, and damaged.", "Save or export it again.")


def _check_directory_size(path: Path) -> None:
    with path.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - _END_LENGTH - _LONGEST_COMMENT))
        tail = file.read()
    place = tail.rfind(_END_OF_ZIP)
    if place < 0 or len(tail) - place < _END_LENGTH:
        raise _damaged(path.name)
    if int.from_bytes(tail[place + 12 : place + 16], "little") > _LARGEST_DIRECTORY:
        raise FileRefused(path.name, f"{path.name} has more than {MOST_PARTS} parts.", _WORKBOOK_HINT)


def _check_parts(name: str, parts: list[zipfile.ZipInfo], limits: Limits) -> FileKind:
    names = {part.filename.casefold().lstrip("/") for part in parts}
    if any(part.flag_bits & 1 for part in parts):
        raise FileRefused(name, f"{name} is password-protected.", "Save it without a password.")
    kind = _kind_of_workbook(name, names, takes_ods=limits.takes_ods)
    if len(parts) > MOST_PARTS:
        raise FileRefused(name, f"{name} has {len(parts):,} parts; {MOST_PARTS} are allowed.", _WORKBOOK_HINT)
    if len(names) < len(parts):
        raise FileRefused(name, f"{name} holds two parts of the same name.", _WORKBOOK_HINT)
    for part in parts:
        if _leads_outside(part.filename):
            raise FileRefused(
                name, f"{name} holds a part that leads outside of it.", "Do not open it; ask who sent it."
            )
        if part.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            raise FileRefused(name, f"{name} is packed in a way no spreadsheet program uses.", _WORKBOOK_HINT)
    _check_sizes(name, parts, limits)
    return kind


def _check_sizes(name: str, parts: list[zipfile.ZipInfo], limits: Limits) -> None:
    unpacked = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts)
    if unpacked > limits.unpacked:
        most = limits.unpacked // 1_000_000
        raise FileRefused(
            name, f"{name} unpacks to {unpacked // 1_000_000:,} MB; {most:,} MB are allowed.", "Split it."
        )
    if unpacked > _SMALL and unpacked > HIGHEST_RATIO * max(packed, 1):
        raise FileRefused(
            name, f"{name} unpacks to more than {HIGHEST_RATIO} times its size, as a zip bomb does.", _WORKBOOK_HINT
        )


def _kind_of_workbook(name: str, parts: set[str], *, takes_ods: bool) -> FileKind:
    if "[content_types].xml" in parts and any(part.endswith("workbook.xml") for part in parts):
        return FileKind.XLSX
    if any(part.endswith("workbook.bin") for part in parts):
        raise FileRefused(name, f"{name} is a binary workbook (.xlsb).", _WORKBOOK_HINT)
    if "content.xml" in parts and "mimetype" in parts:
        if takes_ods:
            return FileKind.ODS
        raise FileRefused(name, f"{name} is an OpenDocument file.", _WORKBOOK_HINT)
    raise FileRefused(name, f"{name} is a zip and no Excel workbook.", "Unpack it, and import the files in it.")


def _leads_outside(part: str) -> bool:
    steps = part.replace("\\", "/").split("/")
    return ".." in steps or part.startswith(("/", "\\")) or ":" in steps[0] or "\0" in part


def _check_declarations(name: str, package: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    before = b""
    for chunk in _chunks(package, part):
        if _DECLARATION.search(before + chunk):
            raise FileRefused(
                name, f"{name} declares a document type or entities, which no spreadsheet does.", "Ask who sent it."
            )
        before = chunk[-_OVERLAP:]


def _chunks(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    try:
        with package.open(part) as file:
            while chunk := file.read(MEGABYTE):
                yield chunk
    except zlib.error as error:
        raise zipfile.BadZipFile(part.filename) from error
