"""`packaging/dev.py` starts on a bare Python, knows what Qt needs, and every package it installs is pinned."""

import ast
import re
import subprocess
import sys
import tomllib
from importlib.metadata import PackageNotFoundError, distribution
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from architecture.source import CHECKOUT

SCRIPT = CHECKOUT / "packaging" / "dev.py"
BUILD_TOOLS = {"hatchling", "editables", "tomlkit", "trove-classifiers"}
"""Installed by pip where it builds the project, and nowhere else."""
ON_WINDOWS_ALONE = {"colorama", "pywin32-ctypes", "tzdata"}
LOADED_BY_THE_DESK = ("QtCore", "QtGui", "QtWidgets", "QtPrintSupport", "QtSvg", "QtTest")
DOORS = (
    "platforms/libqoffscreen.so",
    "platforms/libqxcb.so",
    "platforms/libqwayland.so",
    "printsupport/libcupsprintersupport.so",
    "iconengines/libqsvgicon.so",
    "imageformats/libqsvg.so",
)


@pytest.fixture(scope="module")
def dev() -> ModuleType:
    spec = spec_from_file_location("duedesk_dev", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def pins() -> dict[str, str]:
    lines = (CHECKOUT / "packaging" / "constraints.txt").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if not re.fullmatch(r"[a-z0-9-]+==[\w.+!-]+", line)] == []
    return dict(line.split("==") for line in lines)


def declared(extras: frozenset[str]) -> list[str]:
    """Give what the checkout says it needs: what was installed from it may be older."""
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    optional = project["optional-dependencies"]
    return [*project["dependencies"], *(line for extra in extras for line in optional[extra])]


def needed(extras: frozenset[str]) -> dict[str, str]:
    """Give what the project needs on this machine, with the version installed, and what that needs in turn."""
    found: dict[str, str] = {}
    waiting = [("duedesk", extras)]
    seen = set(waiting)
    while waiting:
        one, asked = waiting.pop()
        for line in declared(asked) if one == "duedesk" else distribution(one).requires or []:
            requirement = Requirement(line)
            marker = requirement.marker
            if marker and not any(marker.evaluate({"extra": extra}) for extra in asked | {""}):
                continue
            dependency = canonicalize_name(requirement.name)
            try:
                found[dependency] = distribution(dependency).version
            except PackageNotFoundError:
                found[dependency] = "0"  # not installed, so not pinned to what is
                continue
            step = (dependency, frozenset(requirement.extras))
            if step not in seen:
                seen.add(step)
                waiting.append(step)
    return found


def test_every_package_is_pinned_to_what_is_installed(pins: dict[str, str]) -> None:
    installed = needed(frozenset({"postgres", "dev"}))

    unpinned = {
        f"{name}=={version}"
        for name, version in installed.items()
        if name not in pins or Version(pins[name]) != Version(version)
    }
    assert unpinned == set()
    assert pins.keys() - installed.keys() == BUILD_TOOLS | ON_WINDOWS_ALONE


def test_only_libraries_that_set_up_knows_can_be_missing_from_qt(dev: ModuleType) -> None:
    if not sys.platform.startswith("linux"):
        pytest.skip("Qt brings all it needs on this system")
    folder = Path(str(distribution("PySide6-Essentials").locate_file("PySide6")))
    loaded = [folder / f"{name}.abi3.so" for name in LOADED_BY_THE_DESK]
    loaded += [folder / "Qt" / "plugins" / door for door in DOORS]
    told = subprocess.run(["ldd", *loaded], capture_output=True, text=True, check=False).stdout

    assert told.count(":\n") == len(loaded)
    missing = set(re.findall(r"^\s*(\S+) => not found$", told, re.MULTILINE))
    assert missing <= dev.missing_libraries(dev.QT_LIBRARIES | dev.SCREEN_LIBRARIES).keys()


def test_an_older_python_can_still_read_that_it_is_too_old() -> None:
    ast.parse(SCRIPT.read_text(encoding="utf-8"), feature_version=(3, 8))


def test_the_script_stands_on_the_standard_library_alone() -> None:
    imported = {
        name.split(".")[0]
        for node in ast.walk(ast.parse(SCRIPT.read_text(encoding="utf-8")))
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }

    assert imported <= sys.stdlib_module_names


def test_the_commands_are_those_of_the_readme() -> None:
    told = subprocess.run([sys.executable, str(SCRIPT), "--help"], capture_output=True, text=True, check=True).stdout

    assert re.findall(r"^    (\w+) ", told, re.MULTILINE) == ["run", "tour", "shots", "setup", "test", "bench"]


def test_an_unknown_option_is_a_usage_error() -> None:
    done = subprocess.run([sys.executable, str(SCRIPT), "tour", "--fast"], capture_output=True, text=True, check=False)

    assert done.returncode == 2
    assert "tour takes no options: --fast" in done.stderr


def test_the_second_start_starts_nothing(dev: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    started: list[object] = []
    stamp = tmp_path / "set-up.txt"
    stamp.write_text(dev._fingerprint(), encoding="utf-8")
    monkeypatch.setattr(dev, "STAMP", stamp)
    monkeypatch.setattr(dev, "PYTHON", Path(sys.executable))
    monkeypatch.setattr(dev.subprocess, "run", started.append)
    monkeypatch.setattr(dev.subprocess, "call", started.append)

    dev.set_up()

    assert started == []


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems always have a display")
def test_without_a_display_the_tour_is_written_instead(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setattr(dev, "tour", lambda: 0)

    assert dev.run() == 0
    assert capsys.readouterr().out == "There is no display here, so the tour is written instead.\n"


def test_libraries_that_cannot_be_installed_are_named_in_one_sentence(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(dev, "_as_root", lambda: None)
    monkeypatch.setattr(dev, "_has_apt", lambda: True)
    monkeypatch.setattr(dev.sys, "platform", "linux")
    monkeypatch.setattr(dev, "missing_libraries", lambda _: {"libEGL.so.1": "libegl1", "libGL.so.1": "libgl1"})

    with pytest.raises(dev.TroubleError) as trouble:
        dev._provide_libraries()

    sentence = "Qt needs system libraries that are missing here: sudo apt-get install libegl1 libgl1"
    assert str(trouble.value) == sentence

    monkeypatch.setattr(dev, "missing_libraries", lambda _: {"libcups.so.2": "libcups2"})
    dev._provide_libraries()

    assert "sudo apt-get install libcups2 (for windows and printing; the rest goes on" in capsys.readouterr().out


def test_every_check_runs_though_one_fails(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    checks = {"spelling": [sys.executable, "-c", "print('a word is wrong'); exit(3)"], "sums": [sys.executable, "-V"]}
    monkeypatch.setattr(dev, "_checks", lambda: checks)
    monkeypatch.setattr(dev, "_run_tests", lambda options: dev.Outcome(f"pytest {options}", passed=True, seconds=60.0))

    assert dev.test(["-k", "money"]) == 1

    told = capsys.readouterr().out
    assert re.search(r"^spelling +FAILED +\d+\.\d s\na word is wrong$", told, re.MULTILINE)
    assert re.search(r"^sums +passed +\d+\.\d s$", told, re.MULTILINE)
    assert "pytest ['-k', 'money']" in told
    assert told.endswith("\nFailed: spelling.\n")


def test_ci_runs_the_command_of_the_readme() -> None:
    lines = (CHECKOUT / ".ci" / "run").read_text(encoding="utf-8").splitlines()

    assert lines[-1] == 'exec python3 packaging/dev.py test "$@"'
