"""The page of what changed since, over the small ledger: laid out three ways, narrowed, walked by keys, and proved."""

import threading
from datetime import date, datetime
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from build import Builder
from desk.waiting import Settled
from duedesk.actions.workspace import Workspace
from duedesk.desk.background import Tasks
from duedesk.desk.navigation import Destination, ShowAccount, ShowInvoice, ShowPayment
from duedesk.desk.page import Desk, FootLine
from duedesk.desk.pages.changes import content
from duedesk.desk.pages.changes import page as changes_page
from duedesk.desk.pages.changes.content import Layout
from duedesk.desk.pages.changes.page import ChangesPage
from duedesk.desk.pages.changes.questions import answer
from duedesk.domain.days import end_of_day
from duedesk.resources import Look

AS_OF = date(2026, 2, 10)
SINCE = end_of_day(date(2026, 2, 1))


@pytest.fixture
def page(qtbot: QtBot, workspace: Workspace, tasks: Tasks, light: Look, settled: Settled) -> ChangesPage:
    """What came after the first of February: money that was dated back, and an invoice."""
    with workspace.book.writing() as connection:
        build = Builder(connection)
        acme, other = build.account("Acme Ltd", "A-1"), build.account("Other", "O-1")
        key = build.invoice("I-1", acme, "100.00", on="2026-01-01", due="2026-01-31")
        build.invoice("I-2", other, "50.00", on="2026-02-03")
        money = build.payment(acme, "60.00", on="2026-01-31", recorded="2026-02-04", number="P-1")
        build.apply(key, "60.00", on="2026-01-31", account=acme, payment=money, recorded="2026-02-04")
        build.settle()
    made = ChangesPage(Desk(workspace, tasks, light), AS_OF)
    qtbot.addWidget(made)
    made.resize(1240, 700)
    made.show()
    made.show_of(None, "", SINCE)
    settled()
    return made


def rows(page: ChangesPage) -> list[tuple[str, str, str, str]]:
    shown = filter(None, map(page.table.records.row, range(page.table.records.rowCount())))
    return [(row.texts[0].strip(), row.texts[1], row.texts[3], row.texts[-1]) for row in shown]


def test_each_account_has_its_events_and_their_sum(page: ChangesPage) -> None:
    assert rows(page) == [
        ("All accounts", "3 events", "2 back-dated", "−10.00"),
        ("Acme Ltd  ·  A-1", "2 events", "2 back-dated", "−60.00"),
        ("Payment received", "P-1", "Back-dated", "−60.00"),
        ("Payment P-1 applied", "I-1", "Back-dated", "0.00"),
        ("Other  ·  O-1", "1 event", "", "50.00"),
        ("Invoice posted", "I-2", "", "50.00"),
    ]


def test_keys_lay_it_out_otherwise_and_leave_what_was_not_dated_back(page: ChangesPage) -> None:
    press = {command.keys[0]: command.run for command in page.commands() if command.keys}
    press["3"]()
    assert [one[0] for one in rows(page)] == [
        "All",
        "Invoice posted  ·  Other",
        "Payment received  ·  Acme Ltd",
        "Payment P-1 applied  ·  Acme Ltd",
    ]
    press["B"]()
    assert [one[1] for one in rows(page)] == ["2 events", "P-1", "I-1"]
    assert page.bar.layout_asked is Layout.AS_RECORDED
    page.resize(800, 600)
    assert len(page.table.records.columns) < len(rows(page)[0]) + 3


def test_a_row_leads_to_its_record_and_one_account_is_told_alone(
    qtbot: QtBot, page: ChangesPage, settled: Settled
) -> None:
    went: list[Destination] = []
    feet: list[FootLine] = []
    page.navigated.connect(went.append)
    page.footed.connect(feet.append)
    for row in (1, 2, 3):
        page.table.setCurrentIndex(page.table.records.index(row, 0))
        QTest.keyClick(page.table, Qt.Key.Key_Return)
    account, payment, invoice = went
    assert isinstance(account, ShowAccount)
    assert isinstance(payment, ShowPayment)
    assert isinstance(invoice, ShowInvoice)

    left = page.bookmark()
    page.show_of(account.key, "Acme Ltd", None)
    settled()
    assert [one[0] for one in rows(page)][1:] == ["Acme Ltd  ·  A-1", "Payment received", "Payment P-1 applied"]
    assert feet[-1] == FootLine("2 events, 2 back-dated", ("−60.00 EUR",))
    page.return_to(left)
    settled()
    assert feet[-1].totals == ("−10.00 EUR",)
    assert feet[-1].proof == "aging now − aging then = these events ✓"


def test_what_the_desk_knows_is_where_it_ends(page: ChangesPage, settled: Settled) -> None:
    page.stand_on(AS_OF, end_of_day(date(2026, 2, 3)))
    settled()
    assert [one[0] for one in rows(page)] == ["All accounts", "Other  ·  O-1", "Invoice posted"]
    page.stand_on(date(2026, 1, 20), None)
    settled()
    assert rows(page) == []
    page.stand_on(AS_OF, datetime(2026, 1, 31, 12, tzinfo=SINCE.tzinfo))  # before what is asked since
    settled()
    assert page.request.since < (page.request.until or SINCE)


def test_in_a_narrow_window_the_bar_is_said_whole_in_fewer_words(page: ChangesPage, settled: Settled) -> None:
    page.resize(950, 600)
    page.show_of(1, "A company of a very long name and more", SINCE)
    settled()
    assert page.bar._line.minimumSize().width() <= page.bar.width()
    assert page.bar.until.sizeHint().width() <= page.bar.until.width()


def test_of_very_many_events_the_first_are_listed_and_all_are_summed(
    page: ChangesPage, settled: Settled, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(content, "MOST_LISTED", 1)
    monkeypatch.setattr(changes_page, "MOST_LISTED", 1)  # so that it is laid out behind the window
    feet: list[FootLine] = []
    page.footed.connect(feet.append)
    page.refresh()
    settled()
    assert [one[0] for one in rows(page)] == ["All accounts", "Acme Ltd  ·  A-1", "Payment received"]
    assert [one[-1] for one in rows(page)] == ["−10.00", "−60.00", "−60.00"]
    assert feet[-1].shown == "3 events, 2 back-dated; the first 1 are listed, and the sums are of all"
    assert feet[-1].holds


def test_what_takes_long_is_stopped(page: ChangesPage, settled: Settled, monkeypatch: pytest.MonkeyPatch) -> None:
    pressed = threading.Event()

    def late(*asked: Any) -> Any:
        assert pressed.wait(10)
        return answer(*asked)

    monkeypatch.setattr(changes_page, "answer", late)
    feet: list[FootLine] = []
    page.footed.connect(feet.append)
    page.refresh()
    page.bar.stop.click()
    pressed.set()
    settled()
    assert rows(page) == []
    assert feet[-1].shown == "Stopped"
    assert not page.bar.stop.isVisibleTo(page)
    page.refresh()
    settled()
    assert len(rows(page)) > 1
