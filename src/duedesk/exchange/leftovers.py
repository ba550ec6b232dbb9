"""Drafts that a killed process left behind: named so that they are known for what they are, and swept; no others are.

A draft says on which machine, since which start of it, and by which process it is written. It is swept where that
process is gone; what another machine wrote, or this one before it was started anew, where nobody touched it for a day.
"""

import ctypes
import os
import re
import shutil
import socket
import stat
import sys
from contextlib import suppress
from functools import cache
from hashlib import blake2s
from pathlib import Path

_DRAFT = re.compile(r"\.duedesk-(?:([0-9a-f]{8})-)?([0-9]{1,10})-[0-9]+(?:\..*)?")
"""Programs before this one wrote no machine into the name."""

_A_DAY = 24 * 60 * 60 * 1_000_000_000
_STILL_ACTIVE, _MAY_ASK, _REFUSED = 259, 0x1000, 5
"""What Windows says of a process that runs, the right to ask, and that it is there but not ours to ask."""

_SWEPT: set[Path] = set()
"""Folders that this process has looked through: a folder of a thousand letters is not read a thousand times."""


def draft_name(attempt: int, ending: str = "") -> str:
    """Give the name of a draft of this process: `.duedesk-1f2e3d4c-4711-0.xlsx`."""
    return f".duedesk-{_machine()}-{os.getpid()}-{attempt}{ending}"


def sweep(folder: Path, draft: Path) -> None:
    """Remove what processes that are gone have left in a folder, once a process; `draft` has just been made there.

    Its time is the folder's own: what a network drive calls now counts, not what this machine does. A folder that
    cannot be read, and a file that is not ours to remove, stay as they are.
    """
    if folder in _SWEPT:
        return
    _SWEPT.add(folder)
    with suppress(OSError):
        now = draft.stat().st_mtime_ns
        with os.scandir(folder) as entries:
            left = [Path(entry.path) for entry in entries if entry.name.startswith(".duedesk-")]
        for path in left:
            with suppress(OSError):
                if _is_left(path, now):
                    _remove(path)


def _is_left(path: Path, now: int) -> bool:
    named = _DRAFT.fullmatch(path.name)
    if named is None:
        return False
    there = path.lstat()
    if not (stat.S_ISREG(there.st_mode) or stat.S_ISDIR(there.st_mode)) or there.st_uid != _user(there.st_uid):
        return False
    machine, process = named.groups()
    if machine == _machine():
        return not _is_alive(int(process))
    return now - there.st_mtime_ns > _A_DAY


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink()


def _user(unasked: int) -> int:
    """Give who we are; Windows has no numbers for that, and says by refusing what is not ours."""
    return unasked if sys.platform == "win32" else os.geteuid()


@cache
def _machine() -> str:
    """Give eight digits that no other machine in the house has, and on Linux no container and no other start of it."""
    known = [socket.gethostname()]
    with suppress(OSError):  # Linux alone has these
        known.append(Path("/proc/sys/kernel/random/boot_id").read_text("ascii").strip())
        known.append(str(Path("/proc/self/ns/pid").stat().st_ino))
    return blake2s(" ".join(known).encode(errors="replace"), digest_size=4).hexdigest()


def _is_alive(process: int) -> bool:
    if sys.platform == "win32":
        kernel = ctypes.windll.kernel32
        handle = kernel.OpenProcess(_MAY_ASK, 0, process)
        if not handle:
            return bool(kernel.GetLastError() == _REFUSED)
        code = ctypes.c_ulong()
        is_told = bool(kernel.GetExitCodeProcess(handle, ctypes.byref(code)))
        kernel.CloseHandle(handle)
        return not is_told or code.value == _STILL_ACTIVE
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):  # it is somebody else's
        return True
    return True
