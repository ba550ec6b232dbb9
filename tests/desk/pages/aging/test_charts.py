"""The charts of the aging page: chosen, told, walked over, opened, moved by the slider, copied and saved."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from desk.pages.aging.conftest import AS_OF
from duedesk.charts.chart import Chart
from duedesk.charts.picture import ChartRegion
from duedesk.desk.navigation import ShowInvoices
from duedesk.desk.page import FootLine
from duedesk.desk.pages.aging import ahead, drawing
from duedesk.desk.pages.aging.ahead import YEAR
from duedesk.desk.pages.aging.kinds import ChartKind
from duedesk.desk.pages.aging.page import AgingPage
from duedesk.desk.pages.aging.side_card import FORWARD
from duedesk.domain.aging import AgingRequest
from duedesk.domain.money import ZERO, grouped
from duedesk.resources import LookName, look
from duedesk.store.queries.aging.figures import aging
from duedesk.store.queries.lists import listing

PAID = date(2026, 10, 29)
"""A day before two payments came in."""


def settle(qtbot: QtBot, page: AgingPage) -> None:
    qtbot.waitUntil(page.desk.tasks.is_idle)


@pytest.fixture
def shown(qtbot: QtBot, page: AgingPage, monkeypatch: pytest.MonkeyPatch) -> AgingPage:
    monkeypatch.setattr(ahead, "HELD_BYTES", 1)  # no more days than the least: all of a year would take long here
    page.show_request(None)
    settle(qtbot, page)
    return page


def choose(qtbot: QtBot, page: AgingPage, kind: ChartKind) -> tuple[ChartRegion, ...]:
    QTest.mouseClick(page.chart.chips[kind], Qt.MouseButton.LeftButton)
    settle(qtbot, page)
    assert page.chart.view.picture is not None
    return page.chart.view.picture.regions


def slide_to(page: AgingPage, day: date) -> None:
    page.chart.slider.setSliderDown(True)
    page.chart.slider.setValue(YEAR - (AS_OF - day).days)


def balance_behind(page: AgingPage, to: object) -> Decimal:
    assert isinstance(to, ShowInvoices)
    assert to.asked is not None
    return sum((one.balance for one in page.desk.workspace.ask(listing.totals, to.asked)), ZERO)


def test_every_chart_is_told_walked_over_and_opened(qtbot: QtBot, shown: AgingPage) -> None:
    view = shown.chart.view
    told = {
        ChartKind.ACCOUNTS: "Bolt & Söhne <b>GmbH</b> · 61–90 days overdue · 3,000.00 EUR",
        ChartKind.CONCENTRATION: "Bolt & Söhne <b>GmbH</b> · 3,000.00 EUR · 79.2 % of all",
        ChartKind.HABITS: "Cask Brewing pays in 76.0 days, 46.0 days beyond terms of 30.0",
    }
    for kind, words in told.items():
        regions = choose(qtbot, shown, kind)
        QTest.keyClick(view, Qt.Key.Key_Down if kind is not ChartKind.CONCENTRATION else Qt.Key.Key_Right)
        assert shown.chart.told.text() == words
        assert words.split(" · ")[0].split(" pays")[0] in view.accessibleDescription()
        with qtbot.waitSignal(shown.navigated) as went:
            QTest.keyClick(view, Qt.Key.Key_Return)
        if kind is not ChartKind.HABITS:
            assert balance_behind(shown, went.args[0]) == regions[0].amount == Decimal(3000)


def test_the_figures_of_months_are_those_of_the_card_beside_them(qtbot: QtBot, shown: AgingPage) -> None:
    regions = choose(qtbot, shown, ChartKind.MONTHS)
    last = [region for region in regions if region.column_index == 11]

    assert shown.content.side.figures.figures["dso"].text() == f"{last[0].amount:,.1f} days"
    assert "23 Nov 2026: DSO" in shown.chart.view.accessibleDescription()


def test_the_slider_moves_chart_and_table_and_where_it_is_let_go_the_desk_stands(
    qtbot: QtBot, shown: AgingPage
) -> None:
    then = shown.desk.workspace.ask(aging, AgingRequest(PAID))
    said: list[FootLine] = []
    shown.footed.connect(said.append)
    slide_to(shown, PAID)
    settle(qtbot, shown)

    assert shown.chart.day.text() == "29 Oct 2026"
    assert shown.chart.stage.scene is not None
    assert shown.chart.stage.scene.columns[-1].amounts == then.totals[0].buckets
    grid, totals = shown.table.grid.aging, shown.table.totals.aging
    acme = next(row for row in then.rows if (row.name, row.currency) == ("Acme Ltd", "EUR"))
    row, total = grid.row(0), totals.row(0)
    assert row is not None
    assert total is not None
    assert row.texts[-2] == grouped(acme.balance, "EUR")
    assert total.texts[0] == "Total EUR, 3 accounts"
    assert total.texts[-2] == grouped(then.totals[0].balance, "EUR")
    assert said[-1].shown == "29 Oct 2026: 3 accounts"
    assert not shown.content.side.isEnabled()
    with qtbot.waitSignal(shown.day_asked) as asked:
        shown.chart.slider.setSliderDown(False)
    assert asked.args == [PAID]

    shown.stand_on(PAID, None)
    settle(qtbot, shown)
    assert shown.answer is not None
    assert shown.answer.aging.rows == then.rows
    assert shown.chart.slider.day == PAID


def test_days_are_read_before_the_slider_comes_to_them(qtbot: QtBot, shown: AgingPage) -> None:
    shown.chart.slider.reached_for.emit()
    settle(qtbot, shown)
    held = shown.chart.data.ahead.days

    assert {date(2026, 10, 31), date(2026, 1, 31)} < held
    slide_to(shown, date(2026, 9, 30))
    assert shown.table.grid.aging.shows_other_day  # at once, without a question to the book
    shown.chart.slider.setSliderDown(False)


def test_late_days_are_not_shown(qtbot: QtBot, shown: AgingPage) -> None:
    for back in (60, 40, 20):
        slide_to(shown, AS_OF - timedelta(days=back))
    settle(qtbot, shown)

    assert shown.chart.stage.scene is not None
    assert shown.chart.stage.scene.columns[-1].key == AS_OF - timedelta(days=20)
    slide_to(shown, AS_OF)
    shown.chart.slider.setSliderDown(False)
    assert not shown.table.grid.aging.shows_other_day


def test_keys_step_the_slider(qtbot: QtBot, shown: AgingPage) -> None:
    shown.chart.slider.setFocus()
    with qtbot.waitSignal(shown.day_asked) as asked:
        QTest.keyClick(shown.chart.slider, Qt.Key.Key_Left)
        QTest.keyClick(shown.chart.slider, Qt.Key.Key_PageDown)

    assert asked.args == [AS_OF - timedelta(days=31)]
    assert shown.chart.slider.accessibleDescription() == "23 Oct 2026"


def test_a_chart_is_copied_and_saved_in_light_colours(
    qtbot: QtBot, shown: AgingPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown.set_look(look(LookName.DARK))
    choose(qtbot, shown, ChartKind.CONCENTRATION)
    shown.chart.paper.copy()
    settle(qtbot, shown)
    image = QGuiApplication.clipboard().image()
    QGuiApplication.clipboard().clear()

    assert image.width() == 2 * (900 + 2 * 24)
    assert image.pixelColor(2, 2).name().upper() == look(LookName.LIGHT).panel
    for name, begins in (("chart.pdf", b"%PDF-"), ("chart.png", b"\x89PNG")):
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, name=name: (str(tmp_path / name), ""))
        shown.chart.paper.ask_and_save()
        settle(qtbot, shown)
        assert (tmp_path / name).read_bytes().startswith(begins)
    assert shown.chart.told.text() == "Saved as chart.png."
    printed = shown.chart.stage.printed()
    assert printed is not None
    assert (printed.title, printed.told) == ("Who owes most", "EUR · as of 23 Nov 2026")
    menu = shown.chart.paper.menu()
    assert [action.text() for action in menu.actions() if action.text()][1:] == [
        "Copy as picture",
        "Save as PDF or PNG…",
        "Print…",
    ]
    menu.deleteLater()


def test_a_roll_forward_of_a_period_adds_up(qtbot: QtBot, shown: AgingPage) -> None:
    side = shown.content.side
    side.show_card(FORWARD)
    settle(qtbot, shown)

    lines = [(label, figure.text()) for label, figure in side.forward.lines]
    assert lines == [
        ("Open 31 Oct 2026", "3,750.00"),
        ("Invoiced", "100.00"),
        ("Paid", "−15.00"),
        ("Invoices voided", "−60.00"),
        ("Open 23 Nov 2026", "3,775.00"),
    ]
    side.forward.first.set_day(date(2026, 12, 1))
    side.forward.days_changed.emit()
    settle(qtbot, shown)
    assert side.forward.lines == []


def test_a_step_is_drawn_on_what_is_kept(qtbot: QtBot, shown: AgingPage, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[object] = []
    whole = drawing._made

    def counted(scene: drawing.Scene, frame: drawing.Frame) -> Chart:
        drawn.append(scene)
        return whole(scene, frame)

    monkeypatch.setattr(drawing, "_made", counted)
    for back in (3, 2, 1):
        slide_to(shown, AS_OF - timedelta(days=back))
        settle(qtbot, shown)

    assert drawn == []
    shown.chart.slider.setSliderDown(False)


def test_chips_without_room_stand_in_a_menu(qtbot: QtBot, page: AgingPage) -> None:
    page.show_request(AgingRequest(AS_OF))
    settle(qtbot, page)
    assert page.chart.kinds.more.isHidden()
    page.resize(700, 620)
    settle(qtbot, page)
    kinds = page.chart.kinds
    shown = [one for one in kinds.chips.values() if not one.isHidden()]
    assert shown
    assert all(one.width() >= one.sizeHint().width() and one.geometry().right() <= kinds.width() for one in shown)

    menu = kinds.menu()
    menu.actions()[-1].trigger()
    menu.deleteLater()
    settle(qtbot, page)

    assert page.chart.kind is ChartKind.HABITS
    assert kinds.more.text() == "Days to pay  ▾"
    assert kinds.more.geometry().right() <= kinds.width()


def test_the_chart_is_copied_returned_to_and_says_what_is_left_out(qtbot: QtBot, page: AgingPage) -> None:
    page.show_request(AgingRequest(AS_OF, apart_disputed=True))
    settle(qtbot, page)
    assert page.chart.told.text() == "Receivables by month end without what is disputed, EUR"
    QGuiApplication.clipboard().clear()
    page.activateWindow()
    page.chart.view.setFocus()

    QTest.keyClick(page.chart.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, page)
    assert not QGuiApplication.clipboard().image().isNull()

    QTest.keyClick(page.chart.view, Qt.Key.Key_Left)
    QTest.keyClick(page.chart.view, Qt.Key.Key_Return)
    page.begin()
    assert page.focusWidget() is page.chart.view
    page.begin()
    assert page.focusWidget() is page.table.grid

    page.chart.slider.setValue(page.chart.slider.value() - 1)
    settle(qtbot, page)
    assert page.chart.told.text().startswith("Receivables by month end")
