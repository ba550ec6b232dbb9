"""What can run by itself every day over a book, as a timer of each operating system shows it; it installs none."""

import hashlib
import os
import re
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, time
from pathlib import Path

from platformdirs import user_log_dir

from duedesk.actions.recent import lasting_address
from duedesk.actions.workspace import Workspace
from duedesk.domain.errors import RequestError
from duedesk.exchange.files import write_safely
from duedesk.exchange.timers.daily import DailyCommand, Timer
from duedesk.exchange.timers.launchd import launchd_agent
from duedesk.exchange.timers.systemd import systemd_timer
from duedesk.exchange.timers.task_scheduler import scheduled_task


@dataclass(frozen=True, slots=True)
class Job:
    """Something that a timer does: its name and label, the verb and its options, a sentence, and when."""

    name: str
    label: str
    verb: tuple[str, ...]
    about: str
    at: time


JOBS = (
    Job("dun", "Dunning letters", ("dun", "--due"), "Duedesk: dunning letters that may go by themselves", time(6, 0)),
    Job("deliver", "Mailing", ("deliver",), "Duedesk: mail the letters that wait", time(6, 30)),
    Job("report", "Reports", ("report", "--due"), "Duedesk: reports that are due", time(7, 0)),
)

SYSTEMD, LAUNCHD, WINDOWS = "systemd", "launchd", "windows"

_MAKERS: dict[str, Callable[[DailyCommand, date], Timer]] = {
    SYSTEMD: lambda one, _: systemd_timer(one),
    LAUNCHD: lambda one, _: launchd_agent(one),
    WINDOWS: scheduled_task,
}

SYSTEMS = tuple(_MAKERS)

_TIME = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")


def this_system() -> str:
    """Give the timer of the system that this is."""
    return {"darwin": LAUNCHD, "win32": WINDOWS}.get(sys.platform, SYSTEMD)


def this_program() -> tuple[str, ...]:
    """Give the command that starts this very program: its own file, or Python with it."""
    if getattr(sys, "frozen", False):
        return (sys.executable,)
    beside = shutil.which("duedesk", path=os.path.dirname(sys.executable))  # noqa: PTH120 - a link stays a link
    return (beside,) if beside else (sys.executable, "-m", "duedesk")


def parse_time(text: str) -> time:
    """Read a time of day; RequestError where it is none."""
    found = _TIME.fullmatch(text.strip())
    if found is None:
        raise RequestError(f"“{text.strip()}” is no time of day.", "Write 06:30.")
    return time(int(found[1]), int(found[2]))


def job_called(name: str) -> Job:
    """Find a job by its name; RequestError where there is none."""
    for one in JOBS:
        if one.name == name:
            return one
    raise RequestError(f"No timer does “{name}”.", f"There are {', '.join(one.name for one in JOBS)}.")


def timer(
    workspace: Workspace,
    job: Job,
    system: str,
    *,
    at: time | None = None,
    letters: str = "",
    program: tuple[str, ...] = (),
) -> Timer:
    """Give what runs a job every day over this book by this program (`program` names another).

    `letters` is a folder that issued letters are written to as PDF; of other jobs it is not asked.
    """
    if system not in _MAKERS:
        raise RequestError(f"There is no timer of {system}.", f"There are {', '.join(SYSTEMS)}.")
    address = lasting_address(workspace.book.location)
    name = f"duedesk-{job.name}-{_mark(workspace, address)}"
    folder = ("--out", os.path.abspath(letters)) if letters and job.name == "dun" else ()  # noqa: PTH100 - as it is named
    command = DailyCommand(
        name,
        f"{job.about}, {workspace.book.name}",
        (*(program or this_program()), *job.verb, "--book", address, *folder),
        at or job.at,
        "" if system == SYSTEMD else str(Path(user_log_dir("duedesk", appauthor=False)) / f"{name}.log"),
    )
    made = _MAKERS[system](command, workspace.world.today())
    return replace(made, remarks=(*_remarks(system, address), *made.remarks))


def save_timer(made: Timer, folder: Path) -> tuple[Path, ...]:
    """Write the files of a timer into a folder, which is made where it is missing; nothing is begun by it."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise RequestError(f"{folder} cannot be made a folder: {error.strerror}.", "Choose another one.") from error
    paths = []
    for file in made.files:
        with write_safely(folder / file.name) as draft:
            draft.write_bytes(file.content)
        paths.append(folder / file.name)
    return tuple(paths)


def home_of(made: Timer) -> Path:
    """Give the folder where a system looks for such files, or the one the user works in."""
    return Path(made.folder).expanduser() if made.folder else Path.cwd()


def typed(made: Timer) -> str:
    """Give what is typed to begin, a command a line."""
    return "\n".join(made.begin)


def _mark(workspace: Workspace, address: str) -> str:
    """Give a mark that tells books apart and that every system takes as a part of a name."""
    plain = re.sub("[^a-z0-9]+", "-", workspace.book.name.rpartition("/")[2].lower().removesuffix(".duedesk")).strip(
        "-"
    )
    return "-".join(filter(None, (plain[:24].strip("-"), hashlib.sha256(address.encode()).hexdigest()[:6])))


def _remarks(system: str, address: str) -> tuple[str, ...]:
    said = []
    if system != this_system():
        said.append("It names program and book as they are found here: put both right where it shall run.")
    if "://" in address:
        said.append("The password of the server comes from its password file, ~/.pgpass: it is not written here.")
    return tuple(said)


__all__ = [
    "JOBS",
    "LAUNCHD",
    "SYSTEMD",
    "SYSTEMS",
    "WINDOWS",
    "Job",
    "home_of",
    "job_called",
    "parse_time",
    "save_timer",
    "this_program",
    "this_system",
    "timer",
    "typed",
]
