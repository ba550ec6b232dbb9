"""“Explain this number” in the window: from a list, a record, an account and an aging; by keys; copied as text."""

from datetime import date
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QContextMenuEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from desk.small_book import AS_OF, Small
from desk.waiting import Settled
from duedesk.desk.explaining.panel import ExplanationPanel
from duedesk.desk.main_window import MainWindow
from duedesk.desk.navigation import ShowAccount, ShowAging, ShowInvoice, Stand
from duedesk.desk.pages.aging.page import AgingPage
from duedesk.desk.pages.aging.side_card import FORWARD
from duedesk.desk.pages.invoices.page import InvoicesPage

CONTROL = Qt.KeyboardModifier.ControlModifier
Key = Qt.Key


def press(window: MainWindow, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(QApplication.focusWidget() or window, key, modifier)


def panel(window: MainWindow) -> ExplanationPanel:
    found = window.findChild(ExplanationPanel)
    assert found is not None
    return found


def test_a_balance_in_the_list_is_told_and_copied_and_follows_the_day(
    window: MainWindow, settled: Settled, small: Small
) -> None:
    page = window.page
    assert isinstance(page, InvoicesPage)
    press(window, Key.Key_Down)  # the invoice that is paid in part
    press(window, Key.Key_I, CONTROL)
    settled()
    beside = panel(window)
    assert beside.isVisible()
    assert beside.title.text() == "Balance of invoice INV-002"
    assert beside.proof.text() == "The sum ends in the figure ✓"
    told = beside.told
    assert told is not None
    assert told.holds
    assert len(told.steps) > 1

    press(window, Key.Key_C, CONTROL)
    assert QGuiApplication.clipboard().text().startswith("Balance of invoice INV-002: ")
    assert "Effective\tRecorded\tWhat" in QGuiApplication.clipboard().text()
    window.stand_on(Stand(date(2026, 1, 1)))
    settled()
    assert beside.title.text() == "That invoice is not in the book on that day."
    window.stand_on(Stand(AS_OF))
    settled()
    beside.table.setFocus()
    press(window, Key.Key_Escape)
    assert beside.isHidden()
    assert window.page is page
    assert page.table.hasFocus()


def test_a_cell_of_the_aging_and_what_an_account_owes_are_told(
    window: MainWindow, settled: Settled, small: Small
) -> None:
    window.go(ShowAging())
    settled()
    page = window.page
    assert isinstance(page, AgingPage)
    row = page.table.grid.aging.aging_row(0)
    assert row is not None
    place = next(at for at, amount in enumerate(row.buckets) if amount)
    page.table.grid.setCurrentIndex(page.table.grid.aging.index(0, place + 1))
    press(window, Key.Key_I, CONTROL)
    settled()
    told = panel(window).told
    assert told is not None
    assert (told.figure, told.holds) == (row.buckets[place], True)
    assert told.steps[-1].level == 1

    view = page.chart.stage.view
    view.setFocus()
    press(window, Key.Key_Right)  # the first piece of the chart
    assert view.pointed_at is not None
    window.explain()
    settled()
    told = panel(window).told
    assert told is not None
    assert told.holds
    assert told.figure == view.pointed_at.amount

    panel(window).open_list()
    settled()
    assert isinstance(window.page, InvoicesPage)
    assert panel(window).isHidden()

    window.go(ShowAccount(small.tromso, AS_OF))
    settled()
    press(window, Key.Key_I, CONTROL)
    settled()
    told = panel(window).told
    assert told is not None
    assert told.title.startswith("Balance of")
    assert told.holds


def test_what_stands_beside_the_chart_is_told_and_leads_on(window: MainWindow, settled: Settled, small: Small) -> None:
    window.go(ShowAging())
    settled()
    page = window.page
    assert isinstance(page, AgingPage)
    figures = page.content.side.figures
    figures.figures["cei"].setFocus()
    press(window, Key.Key_I, CONTROL)
    settled()
    told = panel(window).told
    assert told is not None
    assert told.title.startswith("CEI in ")
    assert panel(window).proof.text() == "The formula gives the figure ✓"
    assert told.said[2].startswith("= (")
    press(window, Key.Key_Return)  # the opening, which leads to its own explanation
    settled()
    told = panel(window).told
    assert told is not None
    assert (told.title, told.holds) == ("Open of all", True)
    assert panel(window).back_button.isVisible()
    press(window, Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    settled()
    told = panel(window).told
    assert told is not None
    assert told.title.startswith("CEI in ")
    assert panel(window).back_button.isHidden()
    assert panel(window).table.hasFocus()
    press(window, Key.Key_Return)
    settled()
    press(window, Key.Key_Escape)
    assert figures.figures["cei"].hasFocus()

    page.content.side.show_card(FORWARD)
    settled()
    label, shown = page.content.side.forward.lines[-2]
    assert label == "Invoiced"
    shown.setFocus()
    press(window, Key.Key_I, CONTROL)
    settled()
    told = panel(window).told
    assert told is not None
    assert (told.title, told.holds, told.steps[0].number) == ("Invoiced", True, "INV-005")


def test_the_sum_at_the_foot_and_a_field_are_told_also_in_a_narrow_window(
    window: MainWindow, settled: Settled, small: Small
) -> None:
    window.resize(1024, 700)
    page = window.page
    assert isinstance(page, InvoicesPage)
    next(one for one in page.commands() if one.text.startswith("Explain the su&m in")).run()
    settled()
    beside = panel(window)
    assert beside.told is not None
    assert beside.told.holds
    assert window.frame.stack.isHidden()
    press(window, Key.Key_Escape)
    assert not window.frame.stack.isHidden()

    window.go(ShowInvoice(small.late, AS_OF))
    settled()
    record = window.page
    assert record is not None
    next(one for one in record.commands() if one.heard == "Ctrl+I").run()
    settled()
    assert beside.told is not None
    assert beside.told.title.startswith("Balance of invoice")
    window.show_settings()
    settled()
    window.explain()
    assert window.frame.notice.text.startswith("Explain this number: no figure is in hand.")


def test_the_foot_answers_a_right_click_also_for_averages_and_a_selection(
    qtbot: QtBot, window: MainWindow, settled: Settled, small: Small
) -> None:
    page, foot = window.page, window.frame.foot
    assert isinstance(page, InvoicesPage)

    def offered() -> dict[str, QAction]:
        at = foot.rect().center()
        event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, foot.mapToGlobal(at))
        QApplication.sendEvent(foot.childAt(at) or foot, event)
        menu = foot.findChildren(QMenu)[-1]
        menu.close()
        return {action.text().replace("&", ""): action for action in menu.actions()}

    at_first = offered()
    assert list(at_first)[:2] == ["Explain the sum in EUR\tCtrl+Alt+1", "Explain the average in EUR\tCtrl+Alt+Shift+1"]
    at_first["Explain the average in EUR\tCtrl+Alt+Shift+1"].trigger()
    settled()
    told = panel(window).told
    assert told is not None
    assert (told.title, told.figure, told.holds) == ("Average of balance, 3 invoices", Decimal("5710.13"), True)
    assert told.said[2] == "= 17,130.40 / 3"
    press(window, Key.Key_Escape)

    page.table.setCurrentIndex(page.table.records.index(0, 0))
    QTest.keyClick(page.table, Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: page.table.sums.now is not None and page.table.sums.now.figures is not None)
    next(one for one in page.commands() if one.keys == ("Ctrl+Alt+1",)).run()
    settled()
    told, selected = panel(window).told, page.table.sums.now
    assert told is not None
    assert selected is not None
    assert selected.figures is not None
    assert told.title == "Sum of balance, 1 selected invoice", "the other is in another currency"
    assert (told.figure, told.holds, told.listed) == (selected.figures[0].balance, True, None)
    assert "Explain the selected sum in EUR\tCtrl+Alt+1" in offered()
    assert "Explain the sum in EUR" in offered()
