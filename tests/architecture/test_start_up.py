"""The window stands before anything heavy is loaded, and Qt does not wear out the interpreter."""

import json
import os
import subprocess
import sys
from pathlib import Path

from duedesk.store.book import Book

HEAVY = {"matplotlib", "openpyxl", "alembic", "lark"}
"""Loaded behind the window, or when first needed."""

LOADED = "print('LOADED', json.dumps(sorted({name.split('.')[0] for name in sys.modules})), flush=True)"

NEVER_BEFORE_THE_WINDOW = HEAVY | {"sqlalchemy", "typst", "pypdfium2", "numpy"}

AS_SHOWN = f"""
import json, os, sys
from PySide6.QtWidgets import QApplication
def look_around(*_):
    assert any(widget.isVisible() for widget in QApplication.topLevelWidgets()), "no window"
    {LOADED}
    os._exit(0)
QApplication.exec = look_around
from duedesk.launch import main
main(sys.argv[1:])
"""
"""Starts the desk as a user does, and stops where Qt would begin to wait for the mouse."""

AS_FILLED = f"""
import json, os, sys, time
from PySide6.QtWidgets import QApplication
def wait_for_a_page(*_):
    app, end = QApplication.instance(), time.monotonic() + 15
    while time.monotonic() < end:
        app.processEvents()
        if any(getattr(widget, "page", None) is not None for widget in app.topLevelWidgets()):
            break
    else:
        os._exit(3)
    for _ in range(50):
        app.processEvents()
        time.sleep(0.01)
    {LOADED}
    os._exit(0)
QApplication.exec = wait_for_a_page
from duedesk.launch import main
main(sys.argv[1:])
"""
"""Starts the desk on a book and waits until its first page stands."""


def loaded(script: str, *arguments: str, home: Path) -> set[str]:
    """Run a script in a process of its own and give the packages that it says are loaded."""
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        env=_environment(home),
    )
    told = [line for line in done.stdout.splitlines() if line.startswith("LOADED ")]
    logs = "".join(log.read_text(encoding="utf-8") for log in home.rglob("*.log"))
    assert told, f"exit {done.returncode}\n{done.stdout}{done.stderr}{logs}"
    return set(json.loads(told[0].removeprefix("LOADED ")))


def _environment(home: Path) -> dict[str, str]:
    return {**os.environ, "HOME": str(home), "XDG_STATE_HOME": str(home), "LOCALAPPDATA": str(home)}


def test_the_launch_loads_nothing_heavy(tmp_path: Path) -> None:
    script = f"import json, sys\nimport duedesk.launch\n{LOADED}"

    assert loaded(script, home=tmp_path).isdisjoint(HEAVY | {"PySide6", "typst"})


def test_the_window_stands_before_anything_heavy(tmp_path: Path) -> None:
    assert loaded(AS_SHOWN, home=tmp_path).isdisjoint(NEVER_BEFORE_THE_WINDOW)


def test_the_first_page_needs_nothing_heavy_either(tmp_path: Path, file_book: Book) -> None:
    assert loaded(AS_FILLED, "--book", file_book.location, home=tmp_path).isdisjoint(HEAVY)


def test_qt_keeps_its_hands_off_none(qapp: object) -> None:
    # PySide6 6.12.0 loses a reference to None in every call that returns nothing, and aborts after some 5,000 of them.
    from PySide6.QtWidgets import QLabel

    label = QLabel()
    before = sys.getrefcount(None)
    for number in range(1_000):
        label.setText(str(number))

    lost = before - sys.getrefcount(None)
    label.deleteLater()
    assert lost < 100
