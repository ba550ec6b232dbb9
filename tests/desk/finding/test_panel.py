"""Ctrl+K as it is used: typed into, walked by arrows, opened by Enter, closed by Esc; late answers do not show."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desk.small_book import Small
from desk.waiting import Settled
from duedesk.actions.calls.views import save_view
from duedesk.actions.following.views import note_view
from duedesk.actions.workspace import Workspace
from duedesk.desk.finding.lines import Lines
from duedesk.desk.finding.offers import Group, Offer
from duedesk.desk.finding.panel import FindPanel
from duedesk.desk.main_window import MainWindow
from duedesk.domain.errors import BookError
from duedesk.resources import LookName, look

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def panel(window: MainWindow, settled: Settled) -> FindPanel:
    press(window, Key.Key_K, CONTROL)
    settled()
    return found(window)


def found(window: MainWindow) -> FindPanel:
    (made,) = window.findChildren(FindPanel)
    return made


def press(window: MainWindow, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(QApplication.focusWidget() or window, key, modifier)


def type_(panel: FindPanel, text: str, settled: Settled) -> None:
    panel.field.clear()
    QTest.keyClicks(panel.field, text)
    panel._ask()
    settled()


def offered(panel: FindPanel) -> list[tuple[str, str]]:
    lines = [panel.lines.line(at) for at in range(panel.lines.rowCount())]
    return [(one.group.value, one.title) for one in lines if isinstance(one, Offer)]


def test_ctrl_k_opens_over_the_page_and_esc_leads_back(window: MainWindow, panel: FindPanel, settled: Settled) -> None:
    assert panel.isVisible()
    assert panel.field.hasFocus()
    assert panel.geometry() == window.rect()

    press(window, Key.Key_Escape)
    assert not panel.isVisible()
    assert QApplication.focusWidget() is window.page.table  # type: ignore[union-attr]
    assert window.frame.top.title.text() == "Invoices"


def test_the_field_above_the_page_opens_it_too(window: MainWindow) -> None:
    window.frame.top.finder.click()
    assert found(window).isVisible()


def test_records_pages_and_commands_are_found(panel: FindPanel, settled: Settled) -> None:
    type_(panel, "inv", settled)
    assert offered(panel)[:2] == [("Go to", "Invoices"), ("Commands", "Open the invoice")]
    assert ("Invoices", "INV-008") in offered(panel)

    type_(panel, "tromsø", settled)
    assert offered(panel) == [("Accounts", "Tromsø Fisk AS")]


def test_a_name_that_looks_like_markup_is_shown_as_it_is(panel: FindPanel, settled: Settled) -> None:
    type_(panel, "harbor", settled)
    assert offered(panel) == [("Accounts", "Harbor & Finch <b>Ltd</b>")]


def test_enter_opens_what_is_found(window: MainWindow, panel: FindPanel, settled: Settled) -> None:
    type_(panel, "INV-002", settled)
    press(window, Key.Key_Return)
    settled()

    assert not panel.isVisible()
    assert window.frame.top.title.text() == "Invoice"


def test_an_account_opens_where_there_is_a_place_for_it(window: MainWindow, panel: FindPanel, settled: Settled) -> None:
    type_(panel, "sakura", settled)
    press(window, Key.Key_Return)
    settled()
    assert not panel.isVisible()


def test_while_nothing_is_typed_the_records_of_late_stand_first(
    window: MainWindow, panel: FindPanel, workspace: Workspace, small: Small, settled: Settled
) -> None:
    for key in (small.part, small.draft):
        note_view(workspace, "Invoice", key)
    note_view(workspace, "Account", small.harbor)
    panel.close_panel()
    window.find_anything()
    settled()

    assert {title for _, title in offered(panel)[:3]} == {"Draft", "Harbor & Finch <b>Ltd</b>", "INV-002"}
    assert offered(panel)[3:5] == [("Go to", "Query"), ("Go to", "Batch runs")]


def test_what_the_book_cannot_answer_leaves_what_is_known(
    window: MainWindow, panel: FindPanel, settled: Settled, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise BookError("The server does not answer.")

    monkeypatch.setattr("duedesk.desk.finding.panel.offers_for", refuse)
    type_(panel, "aging", settled)
    assert offered(panel) == [("Go to", "Aging")]


def test_a_query_says_live_whether_it_can_be_read_and_opens_its_result(
    window: MainWindow, panel: FindPanel, settled: Settled
) -> None:
    type_(panel, "SELECT Balanc FROM Invoice", settled)
    assert offered(panel)[0] == ("Query", "Invoice has no field “Balanc”, at character 8.")
    assert panel.current is not None
    assert panel.current.fault
    press(window, Key.Key_Return)
    assert panel.isVisible()

    type_(panel, "SELECT DocumentNumber, Balance FROM Invoice", settled)
    assert offered(panel) == [("Query", "Show the result")]
    assert panel.current.detail == "Invoices, 2 columns"
    press(window, Key.Key_Return)
    settled()
    assert window.frame.top.title.text() == "Query"
    assert window.frame.foot._shown.text() == "9 invoices"


def test_saved_views_are_offered_and_found_by_name(
    window: MainWindow, panel: FindPanel, workspace: Workspace, settled: Settled
) -> None:
    save_view(workspace, "My late payers", "SELECT DocumentNumber FROM Invoice WHERE DaysInvoiceOverdue > 30")
    panel._ask()
    settled()
    assert offered(panel)[0] == ("Views", "My late payers")
    type_(panel, "late", settled)
    assert offered(panel) == [("Views", "My late payers")]
    press(window, Key.Key_Return)
    settled()
    assert window.frame.top.title.text() == "My late payers"


def test_a_command_is_given(window: MainWindow, panel: FindPanel, settled: Settled) -> None:
    type_(panel, "aging", settled)
    press(window, Key.Key_Return)
    settled()
    assert window.frame.top.title.text() == "Aging"


def test_arrows_walk_over_headings_and_stay_where_one_stands(
    window: MainWindow, panel: FindPanel, settled: Settled
) -> None:
    type_(panel, "a", settled)
    titles = [title for _, title in offered(panel)]
    for title in titles[1:]:
        press(window, Key.Key_Down)
        assert panel.current is not None
        assert panel.current.title == title
        assert panel.field.accessibleDescription() == panel.current.spoken
    press(window, Key.Key_Down)
    assert panel.current is not None
    assert panel.current.title == titles[-1]
    press(window, Key.Key_PageUp)
    press(window, Key.Key_PageUp)
    press(window, Key.Key_Tab)
    press(window, Key.Key_Backtab)
    assert panel.current.title == titles[0]
    assert panel.field.hasFocus()


def test_records_that_come_do_not_move_what_is_in_hand(panel: FindPanel, settled: Settled) -> None:
    QTest.keyClicks(panel.field, "o")
    QTest.keyClick(panel.field, Key.Key_Down)
    in_hand = panel.current
    panel._ask()
    settled()

    assert panel.current == in_hand
    assert any(group == Group.ACCOUNTS for group, _ in offered(panel))


def test_a_late_answer_does_not_show(panel: FindPanel, settled: Settled) -> None:
    QTest.keyClicks(panel.field, "tromsø")
    panel._ask()
    panel.field.clear()
    QTest.keyClicks(panel.field, "aging")
    settled()

    assert ("Accounts", "Tromsø Fisk AS") not in offered(panel)
    panel._take_found("tromsø", (Offer(Group.ACCOUNTS, "Late"),))
    assert ("Accounts", "Late") not in offered(panel)


def test_what_is_called_nothing_is_said(panel: FindPanel, settled: Settled) -> None:
    type_(panel, "zzz", settled)
    assert offered(panel) == []
    assert panel._told.text() == "Nothing is called that."
    QTest.keyClick(panel.field, Key.Key_Return)
    assert panel.isVisible()


def test_a_click_opens_and_one_beside_the_card_closes(window: MainWindow, panel: FindPanel, settled: Settled) -> None:
    QTest.mouseClick(panel, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    assert not panel.isVisible()

    window.find_anything()
    type_(panel, "aging", settled)
    place = panel.list.visualRect(panel.list.currentIndex()).center()
    QTest.mouseClick(panel.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    settled()
    assert window.frame.top.title.text() == "Aging"


def test_it_follows_the_window_and_the_look(window: MainWindow, panel: FindPanel, settled: Settled) -> None:
    window.resize(1024, 700)
    QApplication.processEvents()
    assert panel.geometry() == window.rect()

    window.set_look(look(LookName.DARK))
    settled()
    assert panel._delegate._text.name().upper() == look(LookName.DARK).text


def test_going_elsewhere_closes_it(window: MainWindow, panel: FindPanel, settled: Settled) -> None:
    window.go_to_rail(1)
    settled()
    assert not panel.isVisible()


def test_without_a_book_there_is_nothing_to_find(window: MainWindow, settled: Settled) -> None:
    window.show_welcome()
    window.find_anything()
    settled()
    assert all(not one.isVisible() for one in window.findChildren(FindPanel))


def test_an_empty_list_has_no_steps() -> None:
    lines = Lines()
    assert lines.step(0, 1) == -1
    assert lines.place_of(None) == -1
    assert lines.offer(3) is None
