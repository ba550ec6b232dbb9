"""Where Duedesk starts: it takes clock, chance and user from the machine and hands them down; it does no work itself.

Nothing below asks the machine for them. The desk and the verbs are loaded only when they are called.
"""

import getpass
import os
import sys
import warnings
from collections.abc import Sequence
from datetime import UTC, date, datetime
from importlib.util import find_spec
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, TextIO

from duedesk.domain.errors import DuedeskError
from duedesk.domain.world import World

if TYPE_CHECKING:
    from duedesk.actions.workspace import Workspace

AT_FAULT = 1
"""The exit code where the user's data or request is at fault, as the verbs give it."""

_NO_SCREEN = (
    "There is no screen here to open the desk on. Verbs work without one (`duedesk --help`), "
    "and `duedesk tour --book B --out DIR` draws its pages."
)


class _NoDeskError(DuedeskError):
    """The desk cannot open on this machine."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run Duedesk with the arguments of the command line and give the exit code; without a verb the desk opens."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if not sys.warnoptions:
        warnings.simplefilter("ignore")  # they are for whoever writes a library, not for who uses it
    for stream in (sys.stdout, sys.stderr):
        _take_any_letter(stream)
    try:
        world = machine_world()
        location = _desk_location(given)
        if location is None:
            from duedesk.cli import application as terminal  # noqa: PLC0415 - the desk does without
            from duedesk.cli.terminal import heard_interrupts  # noqa: PLC0415

            with heard_interrupts(), Path(os.devnull).open("w", encoding="utf-8") as nowhere:
                out, err = sys.stdout or nowhere, sys.stderr or nowhere  # Python has none for what was closed before
                return terminal.run(given, world, out, err, make_tour=_make_tour)
        return _open_desk(world, location or None)
    except KeyboardInterrupt:
        return AT_FAULT


def machine_world() -> World:
    """Give the world as this machine has it: its clock, its calendar, its chance and who sits at it."""
    return World(
        now=lambda: datetime.now(UTC),
        today=_today,
        random=Random(int.from_bytes(os.urandom(16))),  # noqa: S311 - it picks samples, no secrets
        user=_user(),
    )


def _today() -> date:
    return datetime.now(UTC).astimezone().date()


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # a container may run as a user that has no name
        return f"user {os.getuid()}" if hasattr(os, "getuid") else "unknown user"


def _take_any_letter(stream: TextIO) -> None:
    """Let a stream write the number of a letter it cannot write: an error amid an answer helps nobody."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="backslashreplace")


def _desk_location(given: Sequence[str]) -> str | None:
    """Give the book to open the desk on, empty for the last one; None where a verb is asked for."""
    match given:
        case []:
            return ""
        case ["--book", location]:
            return location
        case [only] if only.startswith("--book="):
            return only.removeprefix("--book=")
        case [only] if ("://" in only or Path(only).is_file()) and not _is_verb(only):
            return only  # a file that was double-clicked
        case _:
            return None


def _is_verb(word: str) -> bool:
    from duedesk.cli.verbs import VERBS  # noqa: PLC0415 - seldom asked

    return word in VERBS


def _open_desk(world: World, location: str | None) -> int:
    try:
        _check_screen()
        _check_qt()
        from duedesk.actions.recent import state_folder  # noqa: PLC0415 - not for verbs
        from duedesk.desk import application as desk  # noqa: PLC0415 - Qt is loaded for the desk alone

        return desk.run(world, location, state_folder())
    except (DuedeskError, ImportError) as error:
        sys.stderr.write(f"{error if isinstance(error, DuedeskError) else _cannot_load(error)}\n")
    except Exception as error:
        if os.environ.get("DUEDESK_DEBUG"):
            raise
        from duedesk.cli.application import report_fault  # noqa: PLC0415 - needed on a bad day only

        sys.stderr.write(report_fault(error, world, ()) + "\n")
    return AT_FAULT


def _make_tour(
    workspace: "Workspace",
    folder: Path,
    pages_only: bool,  # noqa: FBT001 - as the terminal calls it
    as_of: date | None,
) -> None:
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    try:
        from duedesk.desk.tour import make_tour  # noqa: PLC0415 - Qt is loaded for the tour alone
    except ImportError as error:
        raise _NoDeskError(_cannot_load(error)) from error
    make_tour(workspace, folder, pages_only=pages_only, as_of=as_of)


def _check_screen() -> None:
    """Say that there is no screen before Qt does, which ends the process without a word of ours."""
    if sys.platform != "linux" or os.environ.get("QT_QPA_PLATFORM") or os.environ.get("WAYLAND_DISPLAY"):
        return
    name = os.environ.get("DISPLAY")
    if not name:
        raise _NoDeskError(_NO_SCREEN)
    import ctypes  # noqa: PLC0415 - for X alone

    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError as error:
        raise _NoDeskError(_cannot_load(error)) from error
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(name.encode(), None))
    refused = xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    if refused:
        raise _NoDeskError(f"The screen {name} does not answer.", _NO_SCREEN)


def _check_qt() -> None:
    """Name the library that Qt's door to an X screen lacks; Qt itself would end the process."""
    found = find_spec("PySide6")
    if sys.platform != "linux" or found is None or found.origin is None or os.environ.get("QT_QPA_PLATFORM"):
        return
    door = Path(found.origin).with_name("Qt") / "plugins" / "platforms" / "libqxcb.so"
    if not door.exists() or os.environ.get("WAYLAND_DISPLAY"):
        return
    import ctypes  # noqa: PLC0415 - for X alone

    try:
        ctypes.CDLL(str(door))
    except OSError as error:
        raise _NoDeskError(_cannot_load(error)) from error


def _cannot_load(error: ImportError | OSError) -> str:
    library, _, trouble = str(error).partition(": ")
    missing = f"{library} is missing or does not fit" if trouble else str(error)
    return f"The desk cannot be loaded: {missing}. Install it; from a clone, `python3 packaging/dev.py setup` does."
