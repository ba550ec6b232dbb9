"""Files that are kept with a record: read in whole and within bounds, and given a name that any system takes.

What stands in them is never looked into; their type is guessed by their name.
"""

import mimetypes
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from duedesk.domain.errors import RequestError
from duedesk.exchange.files import file_stem

LARGEST = 25 * 1024 * 1024
"""Bytes of the largest file that is kept in a book."""

LONGEST_NAME = 255
UNKNOWN_TYPE = "application/octet-stream"

_TYPES = mimetypes.MimeTypes()  # the standard library's own list: the machine's would differ from the next one's
_PACKED = {"gzip": "application/gzip", "bzip2": "application/x-bzip2", "xz": "application/x-xz"}
_ENDING = re.compile(r"\.([A-Za-z0-9]{1,10})$")


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file as it is kept: its name, the type its name speaks of, and all that stands in it."""

    name: str
    media_type: str
    content: bytes


def read_attachment(path: Path) -> Attachment:
    """Read a file that is to be kept; RequestError where it cannot be read, is empty or larger than `LARGEST`."""
    try:
        if path.is_dir():
            raise RequestError(f"{path} is a folder.", "Name a file in it.")
        if path.exists() and not path.is_file():
            raise RequestError(f"{path} is a device.", "Name a file.")
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except FileNotFoundError:
        raise RequestError(f"There is no file {path}.") from None
    except OSError as error:
        raise RequestError(f"{path} cannot be read: {error.strerror or error}.") from error
    if len(content) > LARGEST:
        limit = f"{LARGEST // 1024 // 1024} MB"
        raise RequestError(f"{path.name} is larger than {limit}, the most a book keeps.", "Keep it elsewhere.")
    if not content:
        raise RequestError(f"{path.name} is empty.")
    name = stored_name(path.name)
    return Attachment(name, media_type(name), content)


def stored_name(name: str) -> str:
    """Give a file's name as it is kept: one line of text without what is unseen."""
    seen = name.encode("utf-8", "replace").decode()
    line = "".join(one for one in unicodedata.normalize("NFC", seen) if unicodedata.category(one)[0] != "C")
    return line.strip()[-LONGEST_NAME:] or "unnamed"


def media_type(name: str) -> str:
    """Guess the type of a file by its name."""
    kind, packing = _TYPES.guess_type(f"file://{name}", strict=False)
    if packing is not None:
        return _PACKED.get(packing, UNKNOWN_TYPE)
    return kind or UNKNOWN_TYPE


def safe_name(name: str) -> str:
    """Give the name under which a kept file may be written: no part of a path, nothing unseen, no reserved name."""
    last = re.split(r"[/\\]", name)[-1]
    found = _ENDING.search(last)
    stem, ending = (last[: found.start()], f".{found[1]}") if found is not None else (last, "")
    return f"{file_stem(stem)}{ending}"
