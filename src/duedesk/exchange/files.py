"""Files leave whole or not at all, under names any system takes; what stands in them is for others to write."""

import errno
import os
import shutil
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path

from duedesk.domain.errors import PlaceError, RequestError
from duedesk.exchange.leftovers import draft_name, sweep

LONGEST_STEM = 60
"""Characters of a name we make: it stays readable in a folder and below every system's limit with room for a path."""

_LONGEST_STEM_BYTES = 180
_RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in "0123456789¹²³")}


@contextmanager
def write_safely(path: Path) -> Iterator[Path]:
    """Give a draft to write in the same folder; at the end it takes the name `path`, on any error it is gone.

    The draft exists, is empty and ends as `path` does. Until the end a file that stands at `path` stays as it is.
    Drafts that killed processes left in the folder are swept.
    RequestError, in words, where the disk or the folder refuses.
    """
    target = Path(os.path.realpath(path))  # a link stays a link: what it points at is replaced
    _check_target(target)
    draft: Path | None = None
    try:
        draft = _new_draft(target.parent, _make_empty, target.suffix)
        sweep(target.parent, draft)
        yield draft
        _sync(draft)
        if target.exists():
            shutil.copymode(target, draft)
        draft.replace(target)
    except OSError as error:
        raise _in_words(target, error) from error
    finally:
        if draft is not None:
            with suppress(OSError):  # a folder that has gone away must not hide why
                draft.unlink(missing_ok=True)
    with suppress(OSError):  # some network folders cannot be synced; the file itself has been
        _sync_folder(target.parent)


@contextmanager
def folder_apart(folder: Path) -> Iterator[Path]:
    """Give a folder of its own within a folder, which is gone in the end; RequestError where there can be none."""
    apart: Path | None = None
    try:
        apart = _new_draft(folder, Path.mkdir)
        sweep(folder, apart)
        yield apart
    except OSError as error:
        reason = f"Nothing can be written in {folder}: {error.strerror or error}."
        raise PlaceError(reason, "Choose another folder.") from error
    finally:
        if apart is not None:
            shutil.rmtree(apart, ignore_errors=True)


def file_stem(*parts: str) -> str:
    """Join words to a file name without its ending: letters and digits of any script and hyphens, nothing else.

    Never empty, never a name Windows keeps for itself, at most `LONGEST_STEM` characters; the words are cut, not
    what would tell two files apart: pass that first.
    """
    text = unicodedata.normalize("NFKC", " ".join(part for part in parts if part))
    marked = "".join(_allowed(character) for character in text)
    stem = "-".join(word for word in marked.split("-") if word)[:LONGEST_STEM]
    while len(stem.encode()) > _LONGEST_STEM_BYTES:
        stem = stem[:-1]
    stem = stem.strip("-") or "unnamed"
    return f"{stem}-file" if stem.casefold() in _RESERVED else stem


def free_path(path: Path) -> Path:
    """Give a path that nothing stands at yet: the one that is asked for, or `aging-2.xlsx` beside it."""
    for attempt in count(1):
        free = path if attempt == 1 else path.with_stem(f"{path.stem}-{attempt}")
        if not free.exists() and not free.is_symlink():
            return free
    raise AssertionError


def _allowed(character: str) -> str:
    category = unicodedata.category(character)
    if category[0] in "LMN":
        return character
    # What cannot be seen (control characters, turns of direction) leaves no trace; all else parts two words.
    return "" if category in {"Cc", "Cf", "Cs", "Co", "Cn"} and character not in "\t\n\r" else "-"


def _check_target(target: Path) -> None:
    if target.is_dir():
        raise PlaceError(f"{target} is a folder.", "Name a file in it.")
    if target.exists() and not target.is_file():
        raise PlaceError(f"{target} is a device.", "Name a file.")
    mark = next((one for one in _marks_of(target) if one.exists()), None)
    if mark is not None:
        raise PlaceError(
            f"{target.name} is open in another program.",
            f"Close it there, or write {free_path(target).name}. If it is not, delete {mark.name} beside it.",
        )
    if target.exists() and not os.access(target, os.W_OK):
        raise PlaceError(f"{target.name} is write-protected.", "It was left as it is; choose another name.")
    if not target.parent.is_dir():
        raise PlaceError(f"There is no folder {target.parent}.", "Make it first, or choose another.")


def _marks_of(target: Path) -> tuple[Path, Path]:
    """Give the files that Excel and LibreOffice keep beside a file as long as it is open."""
    return target.with_name(f"~${target.name}"), target.with_name(f".~lock.{target.name}#")


def _new_draft(folder: Path, make: Callable[[Path], None], ending: str = "") -> Path:
    """Give what `make` has made in a folder under a draft's name that was free.

    The ending is that of the target: writers of pictures and workbooks choose the format by it.
    """
    for attempt in count():
        draft = folder / draft_name(attempt, ending)
        try:
            make(draft)
        except FileExistsError:
            continue
        return draft
    raise AssertionError


def _make_empty(draft: Path) -> None:
    os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666))


def _in_words(target: Path, error: OSError) -> RequestError:
    unchanged = "What stood there is unchanged." if target.exists() else "Nothing was written."
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return PlaceError(f"There is no room left on the disk for {target.name}.", unchanged)
    if error.errno == errno.EROFS:
        return PlaceError(f"{target.parent} can only be read.", "Choose another folder.")
    if isinstance(error, PermissionError):
        return PlaceError(
            f"{target.name} cannot be written in {target.parent}.",
            "It may be open in another program, or the folder not yours to write in. "
            f"{unchanged} Close it there, or write {free_path(target).name}.",
        )
    if error.errno == errno.ENAMETOOLONG:
        return PlaceError("The name of the file is too long.", "Choose a shorter one.")
    return RequestError(f"{target.name} could not be written: {error.strerror or error}.", unchanged)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDWR)  # Windows syncs only what may be written
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":
        return  # Windows keeps no handle on a folder
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
