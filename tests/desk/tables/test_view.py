"""The record table under the hand: opened, sorted, copied, selected, its columns chosen and remembered."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QItemSelectionModel, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from desk.small_book import AS_OF, Small
from desk.waiting import Settled
from duedesk.desk.page import Desk
from duedesk.desk.tables import copy_rows, id_model, reading
from duedesk.desk.tables.block_cache import BlockCache
from duedesk.desk.tables.columns import INVOICE_COLUMNS
from duedesk.desk.tables.view import RecordTable
from duedesk.domain.errors import RequestError
from duedesk.domain.filters import OPEN, Filter, Order
from duedesk.resources import LookName, look

BY_AGE = Filter(AS_OF, where=OPEN, order_by=(Order("DaysInvoiceOverdue", descending=True),))
Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def table(qtbot: QtBot, desk: Desk, small: Small, settled: Settled) -> RecordTable:
    made = RecordTable(desk, "Invoice", INVOICE_COLUMNS)
    qtbot.addWidget(made)
    made.resize(900, 400)
    made.show()
    made.show_filter(BY_AGE)
    settled()
    return made


def column(table: RecordTable, path: str) -> int:
    return [one.path for one in table.records.columns].index(path)


def cells(table: RecordTable, path: str) -> list[str]:
    at = column(table, path)
    return [str(table.records.index(row, at).data()) for row in range(table.records.rowCount())]


def click_head(table: RecordTable, path: str) -> None:
    section = column(table, path)
    at = QPoint(table.head.sectionViewportPosition(section) + table.head.sectionSize(section) // 2, 18)
    QTest.mouseClick(table.head.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)


def test_the_first_record_is_in_hand_at_once(table: RecordTable, small: Small) -> None:
    assert table.current_key == small.late
    assert table.records.rowCount() == 6


def test_enter_opens_what_is_in_hand(table: RecordTable, qtbot: QtBot, small: Small) -> None:
    QTest.keyClick(table, Key.Key_Down)
    with qtbot.waitSignal(table.opened) as opened:
        QTest.keyClick(table, Key.Key_Return)

    assert opened.args == [small.part]


def test_a_double_click_opens(table: RecordTable, qtbot: QtBot, small: Small) -> None:
    at = table.visualRect(table.records.index(4, 1)).center()
    with qtbot.waitSignal(table.opened) as opened:
        QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
        QTest.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)

    assert opened.args == [small.not_due]


def test_home_and_end_go_to_the_ends_of_the_list(table: RecordTable) -> None:
    QTest.keyClick(table, Key.Key_End)
    assert table.currentIndex().row() == 5

    QTest.keyClick(table, Key.Key_Home)
    assert table.currentIndex().row() == 0


def test_letters_search_nothing(table: RecordTable) -> None:
    QTest.keyClicks(table, "INV")

    assert table.currentIndex().row() == 0


def test_a_click_on_a_head_sorts_and_a_second_turns_it_round(table: RecordTable, settled: Settled) -> None:
    click_head(table, "TotalAmountWithTax")
    settled()
    assert cells(table, "TotalAmountWithTax")[0] == "35,500"

    click_head(table, "TotalAmountWithTax")
    settled()
    assert cells(table, "TotalAmountWithTax")[0] == "99.99"

    click_head(table, "BillingAccount.Name")
    settled()
    assert cells(table, "BillingAccount.Name")[0].startswith("Harbor")


def test_the_record_in_hand_stays_in_hand_when_it_is_sorted_and_refreshed(
    table: RecordTable, settled: Settled, small: Small
) -> None:
    table.setCurrentIndex(table.records.index(4, 0))
    assert table.current_key == small.not_due
    table.show_filter(BY_AGE.sorted_by(Order("DocumentNumber", descending=True)), keep=table.current_key)
    settled()

    assert table.current_key == small.not_due
    assert table.currentIndex().row() == 1


def test_the_selected_rows_are_copied_in_the_order_of_the_list(table: RecordTable, settled: Settled) -> None:
    select = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    table.selectionModel().select(table.records.index(2, 0), select)
    QTest.keyClick(table, Key.Key_C, CONTROL)
    settled()
    data = QGuiApplication.clipboard().mimeData()

    assert data.text().splitlines() == [
        "Invoice\tAccount\tSettlement\tDue\tOverdue\tTotal\tBalance\tCurrency",
        "INV-001\tTromsø Fisk AS\tNot Settled\t2026-08-20\t95\t15400.00\t15400.00\tEUR",
        "INV-003\tTromsø Fisk AS\tNot Settled\t2026-10-31\t23\t1250.40\t1250.40\tEUR",
    ]
    assert "<td>15400.00</td>" in data.html()


def test_all_rows_are_selected_as_one_range(table: RecordTable) -> None:
    QTest.keyClick(table, Key.Key_A, CONTROL)

    assert table.selectionModel().selection().size() == 1
    assert len(table.selected_keys(100)) == 6


def test_more_rows_than_the_clipboard_takes_are_refused_in_words(
    table: RecordTable, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copy_rows, "MOST_COPIED", 5)
    told: list[BaseException] = []
    desk.tasks.broke.connect(told.append)
    table.selectAll()
    table.copy()

    assert isinstance(told[0], RequestError)
    assert told[0].message == "More than 5 rows are selected."


def test_before_a_list_has_come_nothing_is_copied(qtbot: QtBot, desk: Desk, settled: Settled) -> None:
    empty = RecordTable(desk, "Invoice", INVOICE_COLUMNS)
    qtbot.addWidget(empty)
    QGuiApplication.clipboard().setText("before")
    empty.copy()
    settled()

    assert QGuiApplication.clipboard().text() == "before"
    QTest.keyClick(empty, Key.Key_Return)  # and nothing is opened


def test_the_row_under_the_mouse_is_marked(table: RecordTable) -> None:
    over = QPointF(table.visualRect(table.records.index(2, 1)).center())
    none = Qt.MouseButton.NoButton
    move = QMouseEvent(QEvent.Type.MouseMove, over, over, none, none, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(table.viewport(), move)
    assert table.hovered_row == 2

    QApplication.sendEvent(table, QEvent(QEvent.Type.Leave))
    assert table.hovered_row == -1


def ink(image: QImage, rect: QRect, ground: QColor) -> tuple[int, int]:
    """Give the first and last column of pixels of a rectangle in which something is drawn."""
    drawn = [
        x
        for x in range(rect.left(), rect.right() + 1)
        if any(image.pixelColor(x, y) != ground for y in range(rect.top() + 4, rect.bottom() - 3))
    ]
    return drawn[0], drawn[-1]


@pytest.mark.parametrize("path", ["DocumentNumber", "DueDate", "TotalAmountWithTax"])
def test_head_and_cell_line_up_to_the_pixel(table: RecordTable, path: str) -> None:
    at, row = column(table, path), 4
    text = cells(table, path)[row]
    table.head.set_columns(tuple(replace(one, label=text) for one in table.records.columns))
    image = table.grab().toImage()
    head = QRect(table.head.sectionViewportPosition(at), 0, table.head.sectionSize(at), table.head.height())
    cell = table.visualRect(table.records.index(row, at)).translated(0, table.head.height())
    ground = QColor(look(LookName.LIGHT).panel)

    assert ink(image, head.translated(table.head.pos()), ground) == ink(image, cell, ground)


def test_a_column_of_figures_grows_to_its_figures(table: RecordTable, settled: Settled) -> None:
    section = column(table, "Balance")
    table.head.resizeSection(section, 60)
    table.show_filter(BY_AGE)
    settled()

    needed = table._delegate.width_of(table.records.columns[section], "15,400.00")
    assert table.head.sectionSize(section) >= needed


def test_reading_ahead_stops_at_the_blocks_beside(
    qtbot: QtBot, desk: Desk, small: Small, settled: Settled, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "BLOCK", 1)
    monkeypatch.setattr(id_model, "BlockCache", lambda: BlockCache(size=1))
    monkeypatch.setattr(id_model, "LATER_MS", 0)
    table = RecordTable(desk, "Invoice", ["DocumentNumber"])
    qtbot.addWidget(table)
    table.resize(300, 36 + 2 * 28)
    table.show()
    table.show_filter(Filter(AS_OF, order_by=(Order("DocumentNumber"),)))
    settled()
    table.repaint()
    settled()

    assert [table.records.known_row(place) is not None for place in range(9)] == [True] * 3 + [False] * 6


def test_names_take_the_room_that_the_others_leave(table: RecordTable) -> None:
    table.resize(1200, 400)
    QApplication.processEvents()
    assert table.head.length() == table.viewport().width()

    table.resize(500, 400)  # too narrow for all: the name keeps its least, and the rest is scrolled to
    QApplication.processEvents()
    assert table.head.sectionSize(column(table, "BillingAccount.Name")) == 100


def menu_texts(menu: QMenu) -> list[str]:
    return [action.text() for action in menu.actions() if action.text()]


def submenu(menu: QMenu, title: str) -> QMenu:
    return next(one for one in menu.findChildren(QMenu) if one.title() == title)


def choose(menu: QMenu, text: str) -> None:
    next(action for action in menu.actions() if action.text() == text).trigger()


def test_a_column_is_hidden_and_shown_by_menu_and_remembered(
    table: RecordTable, desk: Desk, settled: Settled, qtbot: QtBot
) -> None:
    menu = table.columns.menu(column(table, "TotalAmountWithTax"))
    assert menu_texts(menu)[:5] == [
        "Sort up by Total",
        "Sort down by Total",
        "Then up by Total",
        "Then down by Total",
        "Hide Total",
    ]
    choose(menu, "Hide Total")
    settled()
    choose(submenu(table.columns.menu(0), "Columns"), "Status")
    settled()

    expected = [*(path for path in INVOICE_COLUMNS if path != "TotalAmountWithTax"), "Status"]
    assert [one.path for one in table.records.columns] == expected
    assert cells(table, "Status") == ["Posted"] * 6
    again = RecordTable(desk, "Invoice", INVOICE_COLUMNS)
    qtbot.addWidget(again)
    assert [one.path for one in again.records.columns] == expected


def test_columns_can_be_as_they_were(table: RecordTable, settled: Settled) -> None:
    choose(table.columns.menu(0), "Hide Invoice")
    table.head.moveSection(0, 2)
    choose(table.columns.menu(0), "Columns as they were")
    settled()

    assert [one.path for one in table.columns.in_sight()] == list(INVOICE_COLUMNS)


def test_the_last_column_cannot_be_hidden(qtbot: QtBot, desk: Desk, small: Small) -> None:
    single = RecordTable(desk, "Invoice", ["DocumentNumber"])
    qtbot.addWidget(single)

    assert "Hide Invoice" not in menu_texts(single.columns.menu(0))


def test_sorting_is_in_the_menu_too(table: RecordTable, settled: Settled) -> None:
    choose(table.columns.menu(column(table, "Balance")), "Sort up by Balance")
    settled()

    assert cells(table, "Balance")[0] == "99.99"
    assert table.head.sortIndicatorSection() == column(table, "Balance")


def test_a_moved_and_widened_column_is_remembered(table: RecordTable, desk: Desk, qtbot: QtBot) -> None:
    table.head.moveSection(column(table, "Balance"), 0)
    table.head.resizeSection(column(table, "DueDate"), 171)
    table.head.resizeSection(column(table, "BillingAccount.Name"), 333)
    again = RecordTable(desk, "Invoice", INVOICE_COLUMNS)
    qtbot.addWidget(again)

    assert next(one.path for one in again.columns.in_sight()) == "Balance"
    assert again.head.sectionSize(column(again, "DueDate")) == 171
    assert table.head.sectionSize(column(table, "BillingAccount.Name")) == 333


def test_a_spoiled_memory_of_columns_is_passed_over(desk: Desk, qtbot: QtBot, small: Small) -> None:
    assert desk.settings is not None
    desk.settings.keep_words("columns/Invoice", ("Nonsense", "Balance=wide", "Balance=99", "DueDate=99999"))
    table = RecordTable(desk, "Invoice", INVOICE_COLUMNS)
    qtbot.addWidget(table)

    assert [one.path for one in table.records.columns] == ["Balance", "DueDate"]


def test_the_menu_of_columns_opens_at_the_key(table: RecordTable) -> None:
    table.open_column_menu()
    opened = QApplication.activePopupWidget()

    assert isinstance(opened, QMenu)
    assert "Sort up by Overdue" in menu_texts(opened)
    opened.close()


def test_another_look_is_drawn_at_once(table: RecordTable) -> None:
    before = table.viewport().grab().toImage()
    table.set_look(look(LookName.DARK))

    assert table.viewport().grab().toImage() != before


def test_frozen_columns_widths_and_orders_are_remembered(
    table: RecordTable, desk: Desk, settled: Settled, qtbot: QtBot
) -> None:
    choose(table.columns.menu(1), "Freeze up to Account")
    choose(table.columns.menu(0), "Sort down by Invoice")
    settled()
    choose(table.columns.menu(3), "Then up by Due")
    settled()
    choose(table.columns.menu(3), "Due as wide as it needs")
    again = RecordTable(desk, "Invoice", INVOICE_COLUMNS)
    qtbot.addWidget(again)

    assert again.columns.frozen == 2
    assert again.orders.remembered("Invoice") == (Order("DocumentNumber", descending=True), Order("DueDate"))
    assert again.head.sectionSize(3) == table.head.sectionSize(3) < 106
    choose(again.columns.menu(0), "Freeze nothing")
    assert RecordTable(desk, "Invoice", INVOICE_COLUMNS).columns.frozen == 0


def test_a_record_is_dragged_out_as_a_file_that_goes_with_the_list(
    table: RecordTable, settled: Settled, monkeypatch: pytest.MonkeyPatch
) -> None:
    table.drag_out(lambda key: (f"{key}.pdf", b"%PDF-"))
    drag = table.drag
    assert drag is not None
    places: list[Path] = []
    monkeypatch.setattr(drag, "_go_on", places.append)
    row = table.visualRect(table.records.index(0, 1)).center()
    QTest.mousePress(table.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, row)
    over = QPointF(row + QPoint(40, 30))
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    table.mouseMoveEvent(QMouseEvent(QEvent.Type.MouseMove, over, over, left, left, none))
    settled()

    assert len(table.selected_keys(10)) == 1  # nothing more was selected on the way
    assert places[0].read_bytes() == b"%PDF-"
    assert drag.mime(places[0]).urls()[0].fileName() == f"{table.current_key}.pdf"
    drag.begin(1)
    settled()
    assert not places[0].exists()
