"""What the desk holds in memory while a reader goes through a book of a million invoices."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.conftest import sample_file
from benchmarks.ratios import note

pytestmark = [pytest.mark.bench, pytest.mark.usefixtures("file_alone")]

WALK = """
import os, sys, time
from PySide6.QtWidgets import QApplication
import duedesk.desk.main_window as desk
def megabytes(name):
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) / 1024 for line in status if line.startswith(name))
def walk(*_):
    app = QApplication.instance()
    window = next(one for one in app.topLevelWidgets() if isinstance(one, desk.MainWindow))
    def settle():
        end = time.monotonic() + 120
        while time.monotonic() < end:
            app.processEvents()
            if window.is_furnished and window.page is not None and window._tasks.is_idle():
                app.processEvents()
                return
            time.sleep(0.005)
        os._exit(3)
    def tell(what):
        print(f"{what}|{megabytes('VmRSS')}", flush=True)
    settle()
    tell("list opened")
    table = window.page.table
    count = table.records.rowCount()
    for place in range(50):
        table.scrollTo(table.model().index(place * count // 50, 0))
        settle()
    tell("scrolled through")
    table.selectAll()
    settle()
    tell("all selected")
    window.find_anything("inv")
    settle()
    tell("searched")
    window.go_to_rail(list(window._book.rail_names()).index("Aging"))
    settle()
    window.grab()
    settle()
    tell("aging with its chart")
    print(f"at most|{megabytes('VmHWM')}", flush=True)
    os._exit(0)
QApplication.exec = walk
from duedesk.launch import main
main(sys.argv[1:])
"""


@pytest.mark.skipif(sys.platform != "linux", reason="memory is read from /proc")
def test_the_desk_on_a_million_invoices(tmp_path: Path) -> None:
    book = sample_file(tmp_path, 1_000_000)
    homes = {"HOME": str(tmp_path), "XDG_STATE_HOME": str(tmp_path), "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", WALK, "--book", str(book)],
        env={**os.environ, **homes},
        capture_output=True,
        text=True,
        check=True,
        timeout=600,
    )
    for line in done.stdout.splitlines():
        what, _, held = line.partition("|")
        note(f"memory of the desk, {what}", float(held), "MB", bound=400)
