"""One command for people: set up what is missing, then open, test, measure or picture Duedesk.

It needs nothing but Python 3.11 and pip. It builds no installers and changes nothing outside `.venv`, save for the
system libraries that Qt needs, on Debian and Ubuntu, where it may install them.
"""

from __future__ import annotations

import argparse
import ctypes
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
PROGRAMS = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = PROGRAMS / ("python.exe" if os.name == "nt" else "python")
CONSTRAINTS = ROOT / "packaging" / "constraints.txt"
BENCHMARKS = ROOT / "tests" / "benchmarks"
STAMP = VENV / "set-up.txt"
LOWEST_PYTHON = (3, 11)
PLENTY = 4 << 30

QT_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11.so.6": "libx11-6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libxkbcommon.so.0": "libxkbcommon0",
}
"""Without these Qt does not load at all on Linux, and the Debian package of each."""

SCREEN_LIBRARIES = {
    "libX11-xcb.so.1": "libx11-xcb1",
    "libcups.so.2": "libcups2",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb.so.1": "libxcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
"""Without these Qt has no window or no printer on some desktops; tests and the tour do without."""


class TroubleError(Exception):
    """Something the reader can mend; its text is the sentence to show."""


class Outcome(NamedTuple):
    """How a check ended. `output` is empty where it was shown while it ran."""

    name: str
    passed: bool
    seconds: float
    output: str = ""


def set_up() -> None:
    """Make `.venv` hold exactly what the project asks for; takes no time where it does already."""
    wanted = _fingerprint()
    if PYTHON.exists() and STAMP.exists() and STAMP.read_text(encoding="utf-8") == wanted:
        return
    _say("Setting up, which happens once.")
    began = time.monotonic()
    _provide_libraries()
    if not _is_usable():
        _make_venv()
    _install_packages()
    STAMP.write_text(wanted, encoding="utf-8")
    _say(f"Set up in {time.monotonic() - began:.0f} s.")


def run() -> int:
    """Open the desk on the sample book, or write its tour where there is no display."""
    if sys.platform.startswith("linux") and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        _say("There is no display here, so the tour is written instead.")
        return tour()
    return _duedesk("--book", str(_sample_book()))


def tour() -> int:
    """Write a picture of every page, the workbook and the letter of the sample book to ./tour."""
    target = ROOT / "tour"
    code = _duedesk("tour", "--book", str(_sample_book()), "--out", str(target))
    if code == 0:
        _say(f"The tour is in {target}.")
    return code


def shots() -> int:
    """Write only the pictures of the pages to ./shots."""
    target = ROOT / "shots"
    code = _duedesk("tour", "--pages-only", "--book", str(_sample_book()), "--out", str(target))
    if code == 0:
        _say(f"The pictures are in {target}.")
    return code


def test(options: Sequence[str]) -> int:
    """Run every check, tell how each ended and how long it took; 1 where any failed. `options` go to pytest."""
    with ThreadPoolExecutor() as pool:
        running = [pool.submit(_check, name, command) for name, command in _checks().items()]
        outcomes = [_tell(check.result()) for check in as_completed(running)]
    outcomes.append(_tell(_run_tests(options)))
    failed = [outcome.name for outcome in outcomes if not outcome.passed]
    _say(f"\nFailed: {', '.join(failed)}." if failed else "\nEvery check passed.")
    return 1 if failed else 0


def bench(options: Sequence[str]) -> int:
    """Run the benchmarks and print one table of their ratios; --markdown FILE and --chart FILE keep it.

    --ten-million goes on to a book of that many invoices, --server measures PostgreSQL after the file, into the same
    table. Other options go to pytest.
    """
    parser = argparse.ArgumentParser(prog="dev.py bench", add_help=False, allow_abbrev=False)
    for name in ("--markdown", "--chart"):
        parser.add_argument(name)
    for name in ("--ten-million", "--server"):
        parser.add_argument(name, action="store_true")
    own, others = parser.parse_known_args(options)
    report = [part for name in ("markdown", "chart") if (place := getattr(own, name)) for part in (f"--{name}", place)]
    with tempfile.TemporaryDirectory() as folder:
        results = Path(folder) / "results.jsonl"
        results.touch()
        asked = os.environ | {"DUEDESK_BENCH_RESULTS": str(results)}
        asked |= {"DUEDESK_BENCH_TEN_MILLION": "1"} if own.ten_million else {}
        asked = {
            "DUEDESK_BENCH_BOOKS": str(Path(folder) / "books"),
            **asked,
        }  # made once for both, unless they are kept
        command = [*_tool("pytest"), "-m", "bench", "-s", "-q", *others]
        ended = subprocess.call([*command, str(BENCHMARKS)], cwd=ROOT, env=asked)
        if own.server:
            of_server = [str(BENCHMARKS / f"test_{name}_speed.py") for name in ("aging", "import", "list", "search")]
            ended = (
                subprocess.call([*command, *of_server], cwd=ROOT, env=asked | {"DUEDESK_BENCH_SERVER": "1"}) or ended
            )
        made = [str(PYTHON), str(BENCHMARKS / "report.py"), str(results), *report]
        return subprocess.call(made) or ended


def _checks() -> dict[str, list[str]]:
    return {
        "ruff check": [*_tool("ruff"), "check", "."],
        "ruff format": [*_tool("ruff"), "format", "--check", "."],
        "import contracts": [str(PROGRAMS / "lint-imports")],
        "mypy": _tool("mypy"),
    }


def _check(name: str, command: list[str]) -> Outcome:
    began = time.monotonic()
    done = subprocess.run(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False, env=_environment()
    )
    return Outcome(name, done.returncode == 0, time.monotonic() - began, done.stdout.decode("utf-8", "replace"))


def _run_tests(options: Sequence[str]) -> Outcome:
    began = time.monotonic()
    command = [*_tool("pytest"), "-q", "-rs", "-n", "logical", "--maxprocesses", "4", "--dist", "worksteal", *options]
    code = subprocess.call(command, cwd=ROOT, env=_environment() | _quick_folder())
    return Outcome("pytest", code == 0, time.monotonic() - began)


def _quick_folder() -> dict[str, str]:
    """Let tests write to memory where there is plenty: waiting for the disk at every commit doubles their time."""
    memory = Path("/dev/shm")  # noqa: S108 - pytest makes a folder of its own in it
    try:
        there = os.statvfs(memory)
    except (OSError, AttributeError):
        return {}
    roomy = there.f_bavail * there.f_frsize > PLENTY and not there.f_flag & os.ST_NOEXEC
    return {"TMPDIR": str(memory)} if roomy and os.access(memory, os.W_OK) else {}


def _tell(outcome: Outcome) -> Outcome:
    _say(f"{outcome.name:<18}{'passed' if outcome.passed else 'FAILED'}{outcome.seconds:>8.1f} s")
    if not outcome.passed and outcome.output:
        _say(outcome.output)
    return outcome


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONUTF8": "1"}


def _tool(name: str) -> list[str]:
    return [str(PYTHON), "-m", name]


def _duedesk(*options: str) -> int:
    return subprocess.call([str(PROGRAMS / "duedesk"), *options], cwd=ROOT)


def _sample_book() -> Path:
    """Give the sample book in the user's data folder, made where it is missing."""
    where = "import platformdirs; print(platformdirs.user_data_dir('duedesk', appauthor=False))"
    folder = Path(subprocess.check_output([str(PYTHON), "-c", where], text=True, env=_environment()).strip())
    book = folder / "sample.duedesk"
    if not book.exists():
        folder.mkdir(parents=True, exist_ok=True)
        if _duedesk("demo", str(book)) != 0:
            raise TroubleError(f"The sample book could not be made at {book}.")
    return book


def _fingerprint() -> str:
    """Name all that `.venv` depends on, so that a change of any of it sets up again."""
    asked = hashlib.sha256((ROOT / "pyproject.toml").read_bytes() + CONSTRAINTS.read_bytes()).hexdigest()
    return f"{sys.version_info[0]}.{sys.version_info[1]} {VENV} {asked}\n"


def _provide_libraries() -> None:
    if not sys.platform.startswith("linux"):
        return
    missing = missing_libraries(QT_LIBRARIES | SCREEN_LIBRARIES)
    if not missing:
        return
    packages = sorted(set(missing.values()))
    as_root = _as_root()
    if as_root is None:
        _name_libraries(missing)
        return
    _say(f"Installing {len(packages)} system packages that Qt needs: {' '.join(packages)}")
    _install_system_packages(as_root, packages)
    still_missing = missing_libraries(missing)
    if still_missing:
        _name_libraries(still_missing)


def missing_libraries(libraries: dict[str, str]) -> dict[str, str]:
    """Give those of `libraries` that this machine cannot load."""
    return {name: package for name, package in libraries.items() if not _loads(name)}


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _name_libraries(missing: dict[str, str]) -> None:
    """Say what is missing; TroubleError where nothing goes on without it."""
    if _has_apt():
        packages = " ".join(sorted(set(missing.values())))
        sentence = f"Qt needs system libraries that are missing here: sudo apt-get install {packages}"
    else:
        sentence = f"Qt needs system libraries that are missing here: {' '.join(sorted(missing))}"
    if missing.keys() & QT_LIBRARIES.keys():
        raise TroubleError(sentence)
    _say(f"{sentence} (for windows and printing; the rest goes on without)")


def _has_apt() -> bool:
    return Path("/etc/debian_version").exists() and shutil.which("apt-get") is not None


def _as_root() -> list[str] | None:
    """Give what to put before a command so that apt may install; None where it may not."""
    if not _has_apt():
        return None
    if os.geteuid() == 0:
        return []
    if (
        shutil.which("sudo")
        and subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode == 0
    ):
        return ["sudo", "-n"]
    return None


def _install_system_packages(as_root: list[str], packages: list[str]) -> None:
    quietly = [*as_root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q"]
    install = [*quietly, "install", "-y", "--no-install-recommends", *packages]
    subprocess.run([*quietly, "update"], capture_output=True, check=False)  # a failed one shows in the install
    done = subprocess.run(install, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    if done.returncode != 0:
        last_lines = done.stdout.decode("utf-8", "replace").strip().splitlines()[-5:]
        _say("\n".join(["apt-get could not install them:", *last_lines]))


def _is_usable() -> bool:
    """Tell whether `.venv` was made here, for this Python, and starts; its programs name their place in full."""
    settings = VENV / "pyvenv.cfg"
    if not settings.exists() or str(VENV) not in settings.read_text(encoding="utf-8"):
        return False
    question = [str(PYTHON), "-c", "import sys; print(*sys.version_info[:2])"]
    try:
        answer = subprocess.run(question, capture_output=True, text=True, check=False).stdout
    except OSError:
        return False
    return answer.split() == [str(part) for part in sys.version_info[:2]]


def _make_venv() -> None:
    if Path(sys.prefix) == VENV:
        raise TroubleError("Start this with the system's Python: the one in .venv cannot make itself anew.")
    has_ensurepip = importlib.util.find_spec("ensurepip") is not None
    if not has_ensurepip and importlib.util.find_spec("pip") is None:
        as_root = _as_root()
        if as_root is None:
            raise TroubleError("Python has no pip here: install it (Debian, Ubuntu: sudo apt-get install python3-pip).")
        _install_system_packages(as_root, ["python3-pip"])
        importlib.invalidate_caches()
    command = [sys.executable, "-m", "venv", "--clear", *([] if has_ensurepip else ["--without-pip"]), str(VENV)]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    if done.returncode != 0:
        raise TroubleError(f"Python could not make {VENV}: {done.stdout.decode('utf-8', 'replace').strip()}")


def _install_packages() -> None:
    _say("Installing the packages, some 270 MB the first time.")
    command = [*_pip(), "install", "--quiet", "--disable-pip-version-check", "--no-input", "--compile"]
    command += ["--constraint", str(CONSTRAINTS), "--editable", f"{ROOT}[postgres,dev]"]
    # What builds the project is pinned too: older pips read the first of these, newer ones the second.
    pinned = {"PIP_CONSTRAINT": str(CONSTRAINTS), "PIP_BUILD_CONSTRAINT": str(CONSTRAINTS)}
    if subprocess.call(command, cwd=ROOT, env={**_environment(), **pinned}) != 0:
        raise TroubleError("pip could not install the packages; what it says above tells why.")


def _pip() -> list[str]:
    """Give the pip of `.venv`, else the system's, told to work in `.venv`."""
    own = [*_tool("pip")]
    if subprocess.run([*own, "--version"], capture_output=True, check=False).returncode == 0:
        return own
    return [sys.executable, "-m", "pip", "--python", str(PYTHON)]


def _say(text: str) -> None:
    print(text, flush=True)


def _read(arguments: Sequence[str], commands: Sequence[str]) -> tuple[str, list[str]]:
    parser = argparse.ArgumentParser(prog="dev.py", description=(__doc__ or "").splitlines()[0])
    verbs = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    about = {"setup": set_up, "run": run, "test": test, "bench": bench, "tour": tour, "shots": shots}
    for name in commands:
        told = (about[name].__doc__ or "").splitlines()[0]
        verbs.add_parser(name, help=told, description=told)
    known, options = parser.parse_known_args(arguments)
    if options and known.command not in {"test", "bench"}:
        parser.error(f"{known.command} takes no options: {' '.join(options)}")
    return known.command, options


def main(arguments: Sequence[str]) -> int:
    """Do what the command line says; gives the exit code."""
    if sys.version_info < LOWEST_PYTHON:
        _say(f"Duedesk needs Python 3.11 or newer; this is {sys.version.split()[0]}.")
        return 1
    plain: dict[str, Callable[[], int]] = {"run": run, "tour": tour, "shots": shots, "setup": lambda: 0}
    testing: dict[str, Callable[[Sequence[str]], int]] = {"test": test, "bench": bench}
    command, options = _read(arguments, [*plain, *testing])
    try:
        set_up()
        return testing[command](options) if command in testing else plain[command]()
    except TroubleError as trouble:
        print(trouble, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
