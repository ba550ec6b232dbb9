"""Duedesk starts light, says in a sentence why a desk cannot open, and leaves no traceback whatever ends it."""

import json
import os
import signal
import subprocess
import sys
import time
from datetime import UTC, timedelta
from pathlib import Path

import pytest

from duedesk import launch
from duedesk.cli.terminal import Terminal, heard_interrupts
from duedesk.cli.verbs import VERBS
from duedesk.domain.world import World

HEAVY = {"PySide6", "matplotlib", "openpyxl", "alembic", "typst", "numpy", "pypdfium2", "psycopg"}

NO_SCREEN = "There is no screen here to open the desk on."


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder in which these starts remember what they opened."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return tmp_path


def start(*arguments: str, **environment: str) -> subprocess.Popen[str]:
    """Start Duedesk in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "duedesk", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env={**os.environ, **environment},
    )


@pytest.fixture
def sample(home: Path, world: World) -> str:
    """A small sample book; where it stands."""
    from duedesk.actions.demo import make_demo

    place = str(home / "sample.duedesk")
    make_demo(place, world, invoices=40).close()
    return place


@pytest.mark.parametrize(
    ("arguments", "light"),
    [
        (("--help",), HEAVY | {"sqlalchemy", "pysqlite3"}),
        (("--version",), HEAVY | {"sqlalchemy", "pysqlite3"}),
        (("describe", "Invoice"), HEAVY | {"sqlalchemy", "pysqlite3"}),
        (("aging",), HEAVY),
        (("invoices", "--limit", "3"), HEAVY),
        (("check",), HEAVY),
        (("letter", "--help"), HEAVY - {"typst"}),
    ],
)
def test_a_verb_loads_what_it_needs_and_no_more(sample: str, arguments: tuple[str, ...], light: set[str]) -> None:
    book = ["--book", sample] if arguments[0] in {"aging", "invoices", "check"} else []
    script = (
        "import json, sys\nfrom duedesk.launch import main\ncode = main(sys.argv[1:])\n"
        "print('\\n' + json.dumps([code, sorted({name.partition('.')[0] for name in sys.modules})]))"
    )
    done = subprocess.run([sys.executable, "-c", script, *arguments, *book], capture_output=True, text=True, check=True)
    code, loaded = json.loads(done.stdout.splitlines()[-1])
    assert code == 0
    assert light.isdisjoint(loaded)


def test_the_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert launch.main(["--version"]) == 0
    assert capsys.readouterr().out == "duedesk 0.1.0\n"


def test_the_machine_gives_a_clock_a_day_chance_and_a_name() -> None:
    ours, theirs = launch.machine_world(), launch.machine_world()
    assert ours.now().utcoffset() == timedelta(0)
    assert abs((ours.now().astimezone().date() - ours.today()).days) <= 1
    assert ours.random.random() != theirs.random.random()
    assert ours.user
    assert ours.now().tzinfo is UTC


def test_a_user_without_a_name_is_still_someone(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_name() -> str:
        raise OSError("No username set in the environment")

    monkeypatch.setattr("getpass.getuser", no_name)
    assert launch.machine_world().user.startswith(("user ", "unknown user"))


@pytest.mark.parametrize("form", ["", "--book B", "--book=B", "B"])
def test_without_a_verb_the_desk_opens(home: Path, sample: str, monkeypatch: pytest.MonkeyPatch, form: str) -> None:
    opened: list[str | None] = []

    def run(world: World, location: str | None, folder: Path) -> int:
        assert folder == home / "state" / "duedesk"
        opened.append(location)
        return 0

    monkeypatch.setattr("duedesk.desk.application.run", run)
    assert launch.main(form.replace("B", sample).split()) == 0
    assert opened == [sample if form else None]


def test_a_verb_is_never_taken_for_a_file(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    monkeypatch.chdir(home)
    (home / "aging").write_text("a file named like a verb")
    assert launch.main(["aging"]) == 1
    assert "aging" in VERBS


@pytest.mark.skipif(sys.platform != "linux", reason="other systems always have a screen")
@pytest.mark.parametrize("display", ["", ":7654"])
def test_without_a_screen_one_sentence_says_what_works(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], display: str
) -> None:
    for name in ("QT_QPA_PLATFORM", "WAYLAND_DISPLAY", "DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    if display:
        monkeypatch.setenv("DISPLAY", display)
    assert launch.main([]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert len(said.err.splitlines()) == 1
    assert NO_SCREEN in said.err or "libxcb.so.1 is missing" in said.err


def test_a_desk_that_cannot_be_loaded_names_what_is_missing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def missing() -> None:
        raise ImportError("libEGL.so.1: cannot open shared object file: No such file or directory")

    monkeypatch.setattr(launch, "_check_qt", missing)
    assert launch.main([]) == 1
    assert capsys.readouterr().err == (
        "The desk cannot be loaded: libEGL.so.1 is missing or does not fit. "
        "Install it; from a clone, `python3 packaging/dev.py setup` does.\n"
    )


def test_a_desk_that_fails_leaves_a_report(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def run(world: World, location: str | None, folder: Path) -> int:
        raise RuntimeError("odd")

    monkeypatch.setattr("duedesk.desk.application.run", run)
    assert launch.main([]) == 1
    (report,) = (home / "state" / "duedesk").glob("fault-*.txt")
    assert str(report) in capsys.readouterr().err


def test_a_reader_that_goes_away_is_no_fault() -> None:
    started = start("describe", "Invoice")
    assert started.stdout is not None
    assert started.stderr is not None
    started.stdout.close()
    assert (started.wait(30), started.stderr.read()) == (0, "")
    started.stderr.close()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is always full")
def test_a_full_disk_is_said_once() -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "duedesk", "describe"], stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert done.returncode == 1
    assert done.stderr.startswith("The output could not be written: No space left on device.")
    assert len(done.stderr.splitlines()) == 1


def test_a_terminal_that_knows_few_letters_gets_their_numbers() -> None:
    started = start("aging", "--as-of", "12. März", PYTHONIOENCODING="ascii")
    out, err = started.communicate(timeout=30)
    assert (started.returncode, out) == (1, "")
    assert err.startswith("\\u201c12. M\\xe4rz\\u201d is not a date.")


def test_ctrl_c_that_falls_into_the_tidying_up_of_an_object_is_heard_and_writes_nothing(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    class Tidied:
        def __del__(self) -> None:
            signal.raise_signal(signal.SIGINT)

    with heard_interrupts():
        Tidied()
        with pytest.raises(KeyboardInterrupt):
            Terminal(world, sys.stdout, sys.stderr).progress("1 of 2")
    assert capsys.readouterr() == ("", "")


@pytest.mark.skipif(os.name != "posix", reason="Ctrl+C is a signal only there")
def test_ctrl_c_leaves_nothing_behind(home: Path) -> None:
    book = home / "large.duedesk"
    started = start("demo", str(book), "--invoices", "500000")
    until = time.monotonic() + 30
    while not book.exists() and time.monotonic() < until:
        time.sleep(0.05)
    started.send_signal(signal.SIGINT)
    out, err = started.communicate(timeout=60)
    assert (started.returncode, out, err) == (1, "", "Stopped; nothing was changed.\n")
    assert list(home.glob("large*")) == []


@pytest.mark.skipif(os.name != "posix", reason="only there is a stream closed before the start")
def test_an_answer_that_nobody_can_hear_ends_quietly(sample: str) -> None:
    for redirected in (">&-", "| head -1 >&2"):
        asked = (
            f'"{sys.executable}" -m duedesk query "SELECT Id FROM InvoiceLine" --book "{sample}" --json {redirected}'
        )
        done = subprocess.run(["bash", "-o", "pipefail", "-c", asked], check=False, capture_output=True, text=True)
        assert done.returncode == 0, redirected
        assert done.stderr in {"", '{"rows": [\n'}
