"""What a clerk does with a long list: sorted by several fields, grouped, jumped in, added up, and heard aloud."""

from decimal import Decimal

import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint, Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desk.small_book import AS_OF, put_small_book
from desk.waiting import Settled
from duedesk.actions.workspace import Workspace
from duedesk.desk.background import Tasks
from duedesk.desk.page import Desk
from duedesk.desk.tables.columns import INVOICE_COLUMNS
from duedesk.desk.tables.view import RecordTable
from duedesk.domain.filters import Filter, Order
from duedesk.domain.world import World
from duedesk.resources import Look
from duedesk.store.book import Book

ALL = Filter(AS_OF, order_by=(Order("DocumentNumber"),))
Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
NONE = Qt.KeyboardModifier.NoModifier
ROWS = QItemSelectionModel.SelectionFlag.Rows | QItemSelectionModel.SelectionFlag.ClearAndSelect


@pytest.fixture
def desk(book: Book, world: World, tasks: Tasks, light: Look) -> Desk:
    """A desk over the small book, on each database."""
    put_small_book(book)
    return Desk(Workspace(book, world), tasks, light)


@pytest.fixture
def table(qtbot: QtBot, desk: Desk, settled: Settled) -> RecordTable:
    return shown(qtbot, desk, settled)


def shown(qtbot: QtBot, desk: Desk, settled: Settled) -> RecordTable:
    made = RecordTable(desk, "Invoice", INVOICE_COLUMNS)
    qtbot.addWidget(made)
    made.resize(900, 500)
    made.show()
    made.show_filter(ALL)
    settled()
    return made


def column(table: RecordTable, path: str) -> int:
    return [one.path for one in table.records.columns].index(path)


def numbers(table: RecordTable) -> list[str]:
    return [str(table.records.index(row, 0).data()) for row in range(table.records.rowCount())]


def orders(table: RecordTable) -> tuple[Order, ...]:
    return table.records.asked.order_by if table.records.asked is not None else ()


def click_head(table: RecordTable, path: str, held: Qt.KeyboardModifier = NONE) -> None:
    section = column(table, path)
    at = QPoint(table.head.section_left(section) + table.head.sectionSize(section) // 2, 18)
    QTest.mouseClick(table.head.viewport(), Qt.MouseButton.LeftButton, held, at)


def test_a_list_is_sorted_by_several_fields(table: RecordTable, settled: Settled) -> None:
    click_head(table, "BillingAccount.Name")
    settled()
    click_head(table, "TotalAmountWithTax", SHIFT)
    settled()
    assert orders(table) == (Order("BillingAccount.Name"), Order("TotalAmountWithTax", descending=True))
    names = [table.records.index(row, 1).data() for row in range(9)]
    assert names == sorted(names)

    click_head(table, "TotalAmountWithTax", SHIFT)  # turned round
    settled()
    assert orders(table)[1] == Order("TotalAmountWithTax")
    said = [
        table.records.headerData(at, Qt.Orientation.Horizontal, Qt.ItemDataRole.AccessibleTextRole) for at in (1, 5)
    ]
    assert said == ["Account, sorted up, key 1 of 2", "Total, sorted up, key 2 of 2"]

    click_head(table, "TotalAmountWithTax", SHIFT)  # and taken out again
    settled()
    assert orders(table) == (Order("BillingAccount.Name"),)


def test_a_grouped_list_folds_and_stands_for_its_records(table: RecordTable, desk: Desk, settled: Settled) -> None:
    table.group("BillingAccountId")
    settled()
    heads = [table.records.head(row) for row in range(table.records.rowCount())]
    assert all(head is not None and head.is_folded for head in heads)
    assert [head.label for head in heads if head] == sorted(head.label for head in heads if head)
    assert table.records.key(0) is None

    QTest.keyClick(table, Key.Key_End)
    last = table.currentIndex().row()
    QTest.keyClick(table, Key.Key_Right)
    assert table.records.rowCount() > len(heads)
    assert table.currentIndex().row() == last
    in_group = table.selected_keys(100)
    assert len(in_group) == table.records.rowCount() - len(heads)
    QTest.keyClick(table, Key.Key_Down)
    assert table.current_key == in_group[0]
    QTest.keyClick(table, Key.Key_Left)
    assert table.currentIndex().row() == last

    table.selectAll()
    assert len(table.selected_keys(100)) == 9
    table.fold_all(is_open=True)
    assert table.records.rowCount() == 9 + len(heads)
    assert table.records.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole).endswith("unfolded")
    table.show_filter(ALL)  # read again: what stands open stays open
    settled()
    assert table.records.rowCount() == 9 + len(heads)
    table.group("")
    settled()
    assert numbers(table)[0] == "INV-001"


def test_typing_jumps(table: RecordTable, settled: Settled) -> None:
    QTest.keyClicks(table, "INV-004")
    assert table.jump.shown.isVisible()
    assert "INV-004" in table.jump.shown.text()
    settled()
    assert table.currentIndex().row() == 3

    QTest.keyClick(table, Key.Key_Escape)
    assert not table.jump.shown.isVisible()
    click_head(table, "BillingAccount.Name")
    settled()
    QTest.keyClicks(table, "/trom")
    settled()
    assert str(table.records.index(table.currentIndex().row(), 1).data()).startswith("Trom")
    QTest.keyClicks(table, "xx")
    settled()
    assert "Nothing under Account or Invoice begins with  tromxx" in table.jump.shown.text()


def test_what_is_selected_is_added_up(table: RecordTable, qtbot: QtBot, settled: Settled) -> None:
    with qtbot.waitSignal(table.sums.changed):
        table.selectAll()
    qtbot.waitUntil(lambda: table.sums.now is not None and table.sums.now.figures is not None)
    assert table.sums.now is not None
    assert table.sums.now.count == 9
    whole = {one.currency: one for one in table.sums.now.figures or ()}

    first = table.records.index(0, 0)
    table.selectionModel().select(
        first, QItemSelectionModel.SelectionFlag.Deselect | ROWS & ~QItemSelectionModel.SelectionFlag.Clear
    )
    qtbot.waitUntil(
        lambda: table.sums.now is not None and table.sums.now.count == 8 and table.sums.now.figures is not None
    )
    assert table.sums.now is not None
    rest = {one.currency: one for one in table.sums.now.figures or ()}
    assert whole["EUR"].balance - rest["EUR"].balance == Decimal(15400)
    assert whole["EUR"].count - rest["EUR"].count == 1

    table.selectRow(0)
    qtbot.waitUntil(lambda: table.sums.now is None)


def test_all_rows_are_copied(table: RecordTable, settled: Settled) -> None:
    table.selectAll()
    QTest.keyClick(table, Key.Key_C, CONTROL)
    settled()
    data = QGuiApplication.clipboard().mimeData()
    assert len(data.text().splitlines()) == 10
    assert data.hasFormat("text/csv")


def test_the_first_columns_stand_still(table: RecordTable) -> None:
    table.resize(500, 400)
    table.columns.freeze(1)
    QApplication.processEvents()
    table.horizontalScrollBar().setValue(200)
    assert table.head.frozen == (0,)
    assert table.visualRect(table.records.index(0, 0)).left() == 0
    assert table.indexAt(QPoint(20, 10)).column() == 0
    table.setCurrentIndex(table.records.index(0, 1))
    assert table.visualRect(table.records.index(0, 1)).left() >= table.head.frozen_width
    table.grab()


def test_the_table_is_read_aloud(table: RecordTable, settled: Settled) -> None:
    click_head(table, "BillingAccount.Name")
    settled()
    spoken = QAccessible.queryAccessibleInterface(table)
    heard = [spoken.child(at).text(QAccessible.Text.Name) for at in range(spoken.childCount())]

    assert spoken.text(QAccessible.Text.Name) == "Records"
    assert spoken.role() is QAccessible.Role.Table
    assert "Account, sorted up" in heard
    assert "Balance: 15,400.00 EUR" in heard
