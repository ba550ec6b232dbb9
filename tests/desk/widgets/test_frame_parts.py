"""The parts of the window around a page, each alone: rail, foot, notice, top line, empty list."""

from datetime import UTC, date, datetime
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from desk.waiting import Settled
from duedesk.desk.background import Progress, Tasks
from duedesk.desk.navigation import Stand
from duedesk.desk.page import FootLine
from duedesk.desk.widgets.empty_list import EmptyList
from duedesk.desk.widgets.foot import Foot
from duedesk.desk.widgets.notice import Notice
from duedesk.desk.widgets.rail import Rail
from duedesk.desk.widgets.top_line import TopLine
from duedesk.domain.changes import Changes
from duedesk.domain.days import end_of_day

pytestmark = pytest.mark.usefixtures("light")


@pytest.fixture
def rail(qtbot: QtBot) -> Rail:
    made = Rail()
    qtbot.addWidget(made)
    made.set_pages(("Invoices", "Aging"))
    made.show()
    return made


def pages(rail: Rail) -> list[QPushButton]:
    return [one for one in rail.findChildren(QPushButton) if one.property("rail") and not one.isHidden()]


def test_the_rail_marks_the_page_that_is_shown(rail: Rail) -> None:
    rail.set_current(1)
    assert [one.isChecked() for one in pages(rail)] == [False, True]

    rail.set_current(None)
    assert [one.isChecked() for one in pages(rail)] == [False, False]


def test_a_page_of_the_rail_is_chosen(rail: Rail, qtbot: QtBot) -> None:
    with qtbot.waitSignal(rail.chosen) as chosen:
        pages(rail)[1].click()

    assert chosen.args == [1]


def test_the_rail_is_walked_by_arrows(rail: Rail, qtbot: QtBot) -> None:
    qtbot.waitActive(rail)
    pages(rail)[0].setFocus()
    QTest.keyClick(pages(rail)[0], Qt.Key.Key_Down)
    assert pages(rail)[1].hasFocus()

    QTest.keyClick(pages(rail)[1], Qt.Key.Key_Up)
    assert pages(rail)[0].hasFocus()
    QTest.keyClick(pages(rail)[0], Qt.Key.Key_A)


def test_other_pages_take_the_place_of_those_before(rail: Rail) -> None:
    rail.set_pages(("Aging",))

    assert [one.text() for one in rail._buttons] == ["Aging"]


def test_the_foot_says_what_is_shown_and_whether_it_holds(qtbot: QtBot, tasks: Tasks) -> None:
    foot = Foot(tasks)
    qtbot.addWidget(foot)
    foot.show_line(FootLine("6 of 9 invoices", ("EUR 17,130.40", "USD 356.07"), "buckets + unapplied = balance ✓"))
    assert foot._shown.text() == "6 of 9 invoices"
    assert foot._totals.text().split() == ["EUR", "17,130.40", "USD", "356.07"]
    assert foot._proof.property("role") == "quiet"

    foot.show_line(FootLine("6 of 9 invoices", (), "buckets + unapplied ≠ balance", holds=False))
    assert foot._proof.property("role") == "overdue"


def test_averages_stay_in_a_narrow_foot_before_the_rule_that_holds(qtbot: QtBot, tasks: Tasks) -> None:
    foot = Foot(tasks)
    qtbot.addWidget(foot)
    totals = ("EUR 680,950.35 (176, ⌀ 3,869.04)", "JPY 19,624,070 (39, ⌀ 503,181)", "USD 377,203.40 (93, ⌀ 4,055.95)")
    brief = ("EUR 680,950.35", "JPY 19,624,070", "USD 377,203.40")
    rule = "buckets + unapplied = balance ✓"
    foot.show_line(FootLine("308 of 2,000 invoices", totals, rule, brief))
    foot.show()
    shown = {}
    for width in (1400, 896, 700):
        foot.resize(width, 32)
        shown[width] = (foot._totals.text().count("⌀"), foot._proof.text())
    assert shown == {1400: (3, rule), 896: (3, "✓"), 700: (0, rule)}
    assert "3,869.04" in foot._totals.toolTip()

    foot.resize(896, 32)
    assert rule in foot._proof.toolTip()
    assert foot._proof.accessibleDescription() == rule
    foot.show_line(FootLine("308 of 2,000 invoices", totals, "buckets + unapplied ≠ balance", brief, holds=False))
    assert foot._proof.text() == "buckets + unapplied ≠ balance"


def test_the_foot_shows_work_under_way_and_stops_it(qtbot: QtBot, tasks: Tasks, settled: Settled) -> None:
    foot = Foot(tasks)
    qtbot.addWidget(foot)
    foot.show()
    was_told, may_end = Event(), Event()

    def work(progress: Progress) -> Changes:
        progress.report(30, 120)
        was_told.set()
        may_end.wait(10)
        return Changes()

    with qtbot.waitSignal(tasks.progressed):
        ticket = tasks.write(foot, work, lambda _: None, title="Making the sample book")
    QApplication.processEvents()
    assert was_told.is_set()
    assert foot._work.text() == "Making the sample book"
    assert (foot._bar.value(), foot._bar.maximum()) == (250, 1000)
    assert "30 of 120" in foot._bar.toolTip()
    assert foot._totals.isHidden()

    foot._stop.click()
    assert ticket.stop.is_set()
    assert foot._work.text() == "Stopping…"
    tasks.make_file(foot, lambda _: may_end.wait(10), lambda _: None, title="Writing aging.xlsx")
    assert foot._work.text() == "Stopping…", "a write goes before a file"
    with qtbot.waitSignal(tasks.finished, check_params_cb=lambda ended: ended is ticket):
        may_end.set()
    assert ticket not in foot._tickets
    settled()
    assert foot._work.isHidden()
    may_end.clear()
    tasks.make_file(foot, lambda _: may_end.wait(10), lambda _: None, title="Writing aging.xlsx")
    assert (foot._work.text(), foot._totals.isHidden()) == ("Writing 1 file", False)
    may_end.set()
    settled()
    assert not foot._totals.isHidden()
    foot._stop.click()  # nothing is left to stop


def test_the_notice_says_what_failed_until_it_is_closed(qtbot: QtBot) -> None:
    notice = Notice()
    qtbot.addWidget(notice)
    assert notice.text == ""

    notice.show_text("There is no book <b>x</b>.", "Choose another.")
    assert notice.text == "There is no book <b>x</b>. Choose another."
    close = notice.findChild(QToolButton)
    assert close is not None
    close.click()
    assert notice.text == ""

    notice.show_text("It is locked.")
    assert notice.text == "It is locked."


def test_the_top_line_says_where_in_time_one_stands(qtbot: QtBot) -> None:
    today = date(2026, 11, 23)
    top = TopLine(today, lambda: today)
    qtbot.addWidget(top)
    told: list[Stand] = []
    top.stand_changed.connect(told.append)
    assert top.back.isHidden()
    assert top.known_field.placeholderText() == "now"

    QTest.keyClicks(top.known_field, "[-")
    then = end_of_day(date(2026, 10, 22))
    assert told[-1] == top.stand == Stand(today, then)
    assert top.known_field.text() == "22 Oct 2026"
    assert (top.known_field.property("tinted"), top.date_field.property("tinted")) == (True, None)
    assert not top.back.isHidden()

    QTest.keyClicks(top.known_field, "now")
    QTest.keyClick(top.known_field, Qt.Key.Key_Return)
    assert told[-1] == Stand(today)
    assert (top.known_field.text(), top.known_field.property("tinted")) == ("", False)
    assert top.back.isHidden()

    top.set_stand(Stand(date(2026, 10, 31), datetime(2026, 11, 2, 14, 30, tzinfo=UTC)))
    assert top.known_field.text() == "02 Nov 2026 14:30"
    assert top.stand.known_on == datetime(2026, 11, 2, 14, 30, tzinfo=UTC)
    QTest.keyClicks(top.known_field, "t")
    assert told[-1] == Stand(date(2026, 10, 31), end_of_day(today))


def test_an_empty_list_offers_ways_on(qtbot: QtBot) -> None:
    empty = EmptyList()
    qtbot.addWidget(empty)
    taken: list[str] = []
    ways = (("Import a file", lambda: taken.append("import")), ("Show all", lambda: taken.append("all")))
    empty.say("Nothing here", "Because there is not.", ways)
    first, second = empty.findChildren(QPushButton)
    first.click()
    second.click()

    assert taken == ["import", "all"]
    assert first.property("primary")
    assert not second.property("primary")
    empty.say("Still nothing", "", ())
    assert empty._ways.count() == 2  # only what keeps them in the middle
