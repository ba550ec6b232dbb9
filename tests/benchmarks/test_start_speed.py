"""From the start to the painted window, against a bare PySide6 window; and on to the first rows of a large book."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.conftest import sample_file
from benchmarks.ratios import measure, note

pytestmark = [pytest.mark.bench, pytest.mark.usefixtures("file_alone")]

BARE = """
import os
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication([])
class Window(QMainWindow):
    def paintEvent(self, event):
        os._exit(0)
window = Window()
window.resize(1440, 900)
window.show()
app.exec()
"""

OURS = """
import os, sys
from PySide6.QtWidgets import QMainWindow
import duedesk.desk.main_window as desk
desk.MainWindow.paintEvent = lambda *_: os._exit(0)
from duedesk.launch import main
main(sys.argv[1:])
"""

FILLED = """
import os, sys, time
from PySide6.QtWidgets import QApplication
import duedesk.desk.main_window as desk
began = []
def wait_for_rows(*_):
    app, end = QApplication.instance(), time.monotonic() + 60
    window = next(one for one in app.topLevelWidgets() if isinstance(one, desk.MainWindow))
    while time.monotonic() < end:
        app.processEvents()
        if window.is_furnished and not began:
            began.append(time.perf_counter())
        page = window.page if began else None
        if page is not None and page.table.records.rowCount() and page.table.isVisible():
            page.table.grab()
            print(time.perf_counter() - began[0], flush=True)
            os._exit(0)
    os._exit(3)
QApplication.exec = wait_for_rows
from duedesk.launch import main
main(sys.argv[1:])
"""


def run(script: str, home: Path, *arguments: str) -> str:
    """Run a script in a process of its own, as a user with a home of their own, and give what it says.

    Byte code is kept, as it is where Duedesk is installed.
    """
    home_of = {"HOME": str(home), "XDG_STATE_HOME": str(home), "LOCALAPPDATA": str(home)}
    home_of |= {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(home / "compiled")}
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", **home_of},
        capture_output=True,
        text=True,
        check=True,
        timeout=90,
    )
    return done.stdout


def test_the_window_is_painted(tmp_path: Path) -> None:
    measure(
        "start to the painted window",
        lambda: run(OURS, tmp_path),
        "a bare PySide6 window",
        lambda: run(BARE, tmp_path),
        runs=9,
        warm=2,
        bound=1.3,
    )


def test_a_large_book_adds_little(tmp_path: Path) -> None:
    small, large = (sample_file(tmp_path, invoices) for invoices in (100, 1_000_000))
    spent = {}
    for book in (small, large):
        run(FILLED, tmp_path, "--book", str(book))
        spent[book] = min(float(run(FILLED, tmp_path, "--book", str(book))) for _ in range(3))
    added = (spent[large] - spent[small]) * 1000
    note("a book of 1,000,000 to its first rows, more than one of 100", added, "ms", bound=500)
