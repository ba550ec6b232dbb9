"""What is said aloud: notices at once, what failed before what was done, the foot once it stands."""

import sys
from collections.abc import Iterator
from ctypes import CDLL, CFUNCTYPE, c_void_p, cast
from pathlib import Path

import PySide6
import pytest
import shiboken6
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleEvent
from pytestqt.qtbot import QtBot

from duedesk.desk.background import Tasks
from duedesk.desk.page import FootLine
from duedesk.desk.verbs.panel import VerbPanel
from duedesk.desk.widgets.foot import Foot
from duedesk.desk.widgets.notice import Notice
from duedesk.domain.errors import RequestError

pytestmark = [
    pytest.mark.usefixtures("light"),
    pytest.mark.skipif(sys.platform != "linux", reason="Qt's handler of announcements is reached by its Linux name"),
]

_INSTALL = "_ZN11QAccessible20installUpdateHandlerEPFvP16QAccessibleEventE"
URGENT, POLITE = QAccessible.AnnouncementPoliteness.Assertive, QAccessible.AnnouncementPoliteness.Polite

Heard = list[tuple[str, QAccessible.AnnouncementPoliteness]]


@pytest.fixture
def heard() -> Iterator[Heard]:
    """Give what Qt is told to announce: its own handler, which a screen reader's bridge stands behind."""
    said: Heard = []

    def hear(event: int) -> None:
        told = shiboken6.wrapInstance(event, QAccessibleEvent)
        if isinstance(told, QAccessibleAnnouncementEvent):
            said.append((told.message(), told.politeness()))

    library = next((Path(PySide6.__file__).parent / "Qt" / "lib").glob("libQt6Gui.so*"))
    install = CDLL(str(library))[_INSTALL]
    install.restype, install.argtypes = c_void_p, [c_void_p]
    handler = CFUNCTYPE(None, c_void_p)(hear)
    before = install(cast(handler, c_void_p))
    was_active = QAccessible.isActive()
    QAccessible.setActive(True)
    yield said
    QAccessible.setActive(was_active)
    install(before)


def test_a_notice_is_heard_at_once(qtbot: QtBot, heard: Heard) -> None:
    notice = Notice()
    qtbot.addWidget(notice)
    spoken = QAccessible.queryAccessibleInterface(notice)

    notice.show_text("The file could not be read.", "Close it in Excel first.")
    assert heard == [("The file could not be read. Close it in Excel first.", URGENT)]
    assert spoken.role() is QAccessible.Role.AlertMessage
    assert spoken.text(QAccessible.Text.Name) == "Not done"
    assert spoken.text(QAccessible.Text.Description) == heard[0][0]
    notice.show_text("3 invoices posted.", done=True)
    assert heard[1:] == [("3 invoices posted.", POLITE)]
    assert spoken.text(QAccessible.Text.Name) == "Done"


def test_a_refusal_in_a_form_is_heard(qtbot: QtBot, heard: Heard) -> None:
    panel = VerbPanel("Hold", "Hold it")
    qtbot.addWidget(panel)
    panel.show_fault(RequestError("No day is named.", "Say until when."))
    panel.show_fault(None)
    assert heard == [("No day is named. Say until when.", URGENT)]


def test_the_foot_is_heard_whole_once_it_stands(qtbot: QtBot, tasks: Tasks, heard: Heard) -> None:
    foot = Foot(tasks)
    qtbot.addWidget(foot)
    foot.resize(300, 32)
    foot.show()
    line = FootLine("2 invoices", ("EUR 300.00 (⌀ 150.00)",), "buckets ✓", ("EUR 300.00",))
    foot.show_line(FootLine("1 invoice"))
    foot.show_line(line)
    qtbot.waitUntil(lambda: bool(heard))
    assert heard == [("2 invoices. EUR 300.00 (average 150.00)", POLITE)]

    foot.show_line(line)  # the same again is not said again
    broken = FootLine("2 invoices", (), "buckets + unapplied ≠ balance", holds=False)
    foot.show_line(broken)
    spoken = QAccessible.queryAccessibleInterface(foot)
    assert spoken.text(QAccessible.Text.Description) == "2 invoices. buckets + unapplied is not balance"
    assert spoken.text(QAccessible.Text.Name) == "What is shown, and what it adds up to"
