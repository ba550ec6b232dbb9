"""Opening, painting and scrolling the list against what the bare library needs for the same rows."""

import gc
import time
from collections.abc import Callable, Iterator
from random import Random

import pytest
from PySide6.QtCore import QEventLoop, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QApplication, QStyledItemDelegate, QTableView

from benchmarks.conftest import AS_OF
from benchmarks.ratios import measure, note
from duedesk.actions.workspace import Workspace
from duedesk.desk import fonts
from duedesk.desk.background import Tasks
from duedesk.desk.page import Desk
from duedesk.desk.tables.calm import settle_looks
from duedesk.desk.tables.columns import INVOICE_COLUMNS, Shown
from duedesk.desk.tables.view import RecordTable
from duedesk.desk.theme import dress
from duedesk.domain.filters import OPEN, Filter, Order
from duedesk.resources import LookName, look
from duedesk.store.queries.lists import figures as list_figures
from duedesk.store.queries.lists import groups as list_groups
from duedesk.store.queries.lists import jump as list_jump
from duedesk.store.queries.lists import listing

pytestmark = pytest.mark.bench

PATHS = ("DocumentNumber", "BillingAccount.Name", "SettlementStatus", "DueDate", "DaysInvoiceOverdue", "Balance")

BARE = """
    SELECT i.id, i.document_number, a.name, i.settlement_status, i.due_date, i.balance
    FROM invoice i JOIN account a ON a.id = i.billing_account_id ORDER BY i.due_date LIMIT 100
"""


def test_opening_the_list(measured_book: Workspace, request: pytest.FixtureRequest) -> None:
    asked = Filter(AS_OF, order_by=(Order("DueDate"),))

    def ours() -> object:
        with measured_book.book.reading() as connection:
            keys = listing.keys(connection, asked)
            return listing.rows(connection, asked, PATHS, keys[:100])

    def theirs() -> object:
        with measured_book.book.reading() as connection:
            return connection.exec_driver_sql("SELECT id FROM invoice ORDER BY due_date").fetchall()

    measure(f"list opened by due date, {request.node.callspec.id}", ours, "fetchall of the ids", theirs)


def test_opening_the_open_ones(measured_book: Workspace, request: pytest.FixtureRequest) -> None:
    asked = Filter(AS_OF, where=OPEN, order_by=(Order("DaysInvoiceOverdue", descending=True),))

    def theirs() -> object:
        with measured_book.book.reading() as connection:
            query = "SELECT id FROM invoice WHERE balance <> 0 ORDER BY due_date"
            return connection.exec_driver_sql(query).fetchall()

    where = request.node.callspec.id
    measure(f"open invoices, oldest first, {where}", lambda: measured_book.ask(listing.keys, asked), "fetchall", theirs)


def test_a_block_in_the_middle(measured_book: Workspace, request: pytest.FixtureRequest) -> None:
    asked = Filter(AS_OF, order_by=(Order("DueDate"),))
    keys = measured_book.ask(listing.keys, asked)
    middle = len(keys) // 2
    offset = BARE.replace("LIMIT 100", f"LIMIT 100 OFFSET {middle}")

    def theirs() -> object:
        with measured_book.book.reading() as connection:
            return connection.exec_driver_sql(offset).fetchall()

    measure(
        f"100 rows from the middle, {request.node.callspec.id}",
        lambda: measured_book.ask(listing.rows, asked, PATHS, keys[middle : middle + 100]),
        "OFFSET",
        theirs,
    )


PAINTED = 200
"""Rows of the table that Qt paints by itself: more than are in sight."""


@pytest.fixture
def table(measured_book: Workspace, qapp: QApplication) -> Iterator[RecordTable]:
    """The table of a whole screen, all invoices in it."""
    shown = look(LookName.LIGHT)
    dress(qapp, shown)
    tasks = Tasks()
    made = RecordTable(Desk(measured_book, tasks, shown), "Invoice", INVOICE_COLUMNS)
    made.resize(1920, 1080)
    made.show()
    made.activateWindow()
    made.show_filter(Filter(AS_OF, where=OPEN, order_by=(Order("DaysInvoiceOverdue", descending=True),)))
    wait(tasks)
    gc.freeze()  # as the desk does once it stands
    yield made
    gc.unfreeze()
    made.close()
    made.deleteLater()  # and with it the timers of what it would have read next
    tasks.close()


def wait(tasks: Tasks) -> None:
    """Let the window stand still until every answer has come: a thread that polls would hold the readers up."""
    QApplication.processEvents()
    while not tasks.is_idle():
        loop = QEventLoop()
        tasks.settled.connect(loop.quit)
        loop.exec()
    QApplication.processEvents()


def plain_table(like: RecordTable) -> QTableView:
    """Give the same rows in Qt's own model, painted by its own delegate: selection, focus, elision and bold."""
    columns = like.records.columns
    model = QStandardItemModel(PAINTED, len(columns))
    strong = fonts.font(strong=True)
    for place in range(PAINTED):
        row = like.records.row(place % 100)
        for section, column in enumerate(columns):
            item = QStandardItem(row.texts[section] if row is not None else "")
            if column.is_right:
                item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            if column.shown is Shown.BALANCE:
                item.setFont(strong)
            model.setItem(place, section, item)
    plain = QTableView()
    model.setParent(plain)
    plain.setModel(model)
    plain.setItemDelegate(QStyledItemDelegate(plain))
    settle_looks(plain)
    plain.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    plain.resize(like.size())
    for section in range(len(columns)):
        plain.setColumnWidth(section, like.columnWidth(section))
    plain.show()
    plain.selectRow(0)
    QApplication.processEvents()
    return plain


def painting(view: QTableView, times: int = 10) -> Callable[[], None]:
    def paint() -> None:
        for _ in range(times):
            view.viewport().repaint()

    return paint


def test_painting_a_whole_screen(table: RecordTable, qapp: QApplication, request: pytest.FixtureRequest) -> None:
    plain = plain_table(table)
    qapp.setStyleSheet("")  # which would slow Qt's delegate down, and not ours
    where = request.node.callspec.id
    ratio = measure(
        f"repaint of 1920x1080, {where}", painting(table), "QStandardItemModel", painting(plain), runs=9, bound=1.3
    )
    plain.close()

    assert ratio.holds


def test_jumping_anywhere(table: RecordTable, request: pytest.FixtureRequest) -> None:
    where, chance = request.node.callspec.id, Random(0)
    table.show_filter(Filter(AS_OF, order_by=(Order("DueDate"),)))
    wait(table.sums._desk.tasks)
    bar, placeholders, rows = table.verticalScrollBar(), [], []
    for _ in range(60):
        start = time.perf_counter()
        bar.setValue(chance.randrange(bar.maximum()))
        table.viewport().repaint()
        placeholders.append(time.perf_counter() - start)
        while any(table.records.known_row(place) is None for place in in_sight(table)):
            loop = QEventLoop()
            table.records.dataChanged.connect(loop.quit)
            loop.exec()
        table.viewport().repaint()
        rows.append(time.perf_counter() - start)
        wait(table.sums._desk.tasks)
    note(f"jump, something painted, median, {where}", middle(placeholders), "ms")
    note(f"jump, something painted, p95, {where}", late(placeholders), "ms", bound=16)
    note(f"jump, rows painted, median, {where}", middle(rows), "ms")
    note(f"jump, rows painted, p95, {where}", late(rows), "ms", bound=16)


def in_sight(table: RecordTable) -> tuple[int, int]:
    return table.rowAt(0), table.rowAt(table.viewport().height() - 1)


def middle(spent: list[float]) -> float:
    return sorted(spent)[len(spent) // 2] * 1000


def late(spent: list[float]) -> float:
    return sorted(spent)[int(len(spent) * 0.95)] * 1000


def test_typing_to_jump(measured_book: Workspace, request: pytest.FixtureRequest) -> None:
    spent = []
    for path, words in (("BillingAccount.Name", ("K", "Kow", "Zz")), ("DueDate", ("2026-03", "INV-2026-01"))):
        asked = Filter(AS_OF, order_by=(Order(path),))
        keys = measured_book.ask(listing.keys, asked)
        for typed in words * 5:
            start = time.perf_counter()
            measured_book.ask(list_jump.place_of, asked, keys, typed)
            spent.append(time.perf_counter() - start)
    note(f"typed to jump, p95, {request.node.callspec.id}", late(spent), "ms", bound=50)


def test_groups_and_figures(measured_book: Workspace, request: pytest.FixtureRequest) -> None:
    asked, where = Filter(AS_OF, order_by=(Order("DueDate"),)), request.node.callspec.id
    keys = measured_book.ask(listing.keys, asked)
    ungrouped = "the keys alone"
    measure(
        f"grouped by account, with sums, {where}",
        lambda: measured_book.ask(list_groups.grouped_keys, asked, "BillingAccountId"),
        ungrouped,
        lambda: measured_book.ask(listing.keys, asked),
        runs=3,
    )
    measure(
        f"a tenth of the list added up, {where}",
        lambda: measured_book.ask(list_figures.figures, asked, keys[: len(keys) // 10]),
        "all of it",
        lambda: measured_book.ask(list_figures.figures, asked),
        runs=3,
    )
