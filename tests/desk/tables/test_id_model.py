"""The model of a long list: what Qt asks of one, rows that come when they are looked at, answers that come too late."""

from array import array
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from desk.small_book import AS_OF, Small
from desk.waiting import Settled
from duedesk.actions.workspace import Workspace
from duedesk.desk.background import Tasks
from duedesk.desk.tables import id_model, reading
from duedesk.desk.tables.block_cache import BlockCache, Wanted
from duedesk.desk.tables.columns import INVOICE_COLUMNS, columns_of
from duedesk.desk.tables.id_model import VALUE_ROLE, IdModel
from duedesk.desk.tables.rows import ShownRow
from duedesk.domain.errors import BookError
from duedesk.domain.filters import OPEN, Compare, Filter, Operator, Order

OFFERED = {column.path: column for column in columns_of("Invoice")}
BY_NUMBER = (Order("DocumentNumber"),)
EVERYTHING = Filter(AS_OF, order_by=BY_NUMBER)


@pytest.fixture
def model(workspace: Workspace, tasks: Tasks, small: Small) -> IdModel:
    return IdModel(workspace, tasks, [OFFERED[path] for path in INVOICE_COLUMNS])


@pytest.fixture
def blocks_of_two(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let a list of nine have blocks."""
    monkeypatch.setattr(reading, "BLOCK", 2)
    monkeypatch.setattr(id_model, "BlockCache", lambda: BlockCache(size=2, kept=4))
    monkeypatch.setattr(id_model, "LATER_MS", 0)
    return iter(())


def numbers(model: IdModel) -> list[str]:
    return [str(model.index(place, 0).data()) for place in range(model.rowCount())]


def test_it_does_all_that_qt_asks_of_a_model(model: IdModel, settled: Settled) -> None:
    # What Qt's own tester finds it warns of, and a warning fails the test.
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    model.ask(EVERYTHING)
    settled()
    model.set_columns([OFFERED["Balance"], OFFERED["DueDate"]])
    settled()
    model.sort(0, Qt.SortOrder.DescendingOrder)
    settled()
    model.ask(Filter(AS_OF, search="nothing is called so"))
    settled()

    assert tester.model() is model
    assert model.rowCount() == 0


def test_a_list_is_its_keys_in_the_order_of_the_book(model: IdModel, settled: Settled, small: Small) -> None:
    model.ask(Filter(AS_OF, where=OPEN, order_by=(Order("DaysInvoiceOverdue", descending=True),)))
    settled()

    assert numbers(model) == ["INV-001", "INV-002", "INV-003", "INV-004", "INV-005", "INV-006"]
    assert model.key(0) == small.late
    assert model.key(99) is None


def test_a_cell_says_what_it_shows_and_what_it_is(model: IdModel, settled: Settled) -> None:
    model.ask(EVERYTHING)
    settled()
    balance = model.index(1, 6)

    assert balance.data() == "256.08"
    assert balance.data(VALUE_ROLE) == Decimal("256.08")
    assert balance.data(Qt.ItemDataRole.AccessibleTextRole) == "Balance: 256.08 USD"
    assert balance.data(Qt.ItemDataRole.TextAlignmentRole) & Qt.AlignmentFlag.AlignRight
    assert balance.data(Qt.ItemDataRole.DecorationRole) is None
    assert QModelIndex().data() is None
    assert model.headerData(6, Qt.Orientation.Horizontal) == "Balance"
    assert model.headerData(6, Qt.Orientation.Vertical) is None
    assert model.headerData(99, Qt.Orientation.Horizontal) is None


def test_figures_are_sorted_from_the_largest_first(model: IdModel) -> None:
    role = Qt.ItemDataRole.InitialSortOrderRole

    assert model.headerData(6, Qt.Orientation.Horizontal, role) is Qt.SortOrder.DescendingOrder
    assert model.headerData(1, Qt.Orientation.Horizontal, role) is Qt.SortOrder.AscendingOrder


def test_sorting_asks_the_book(model: IdModel, settled: Settled) -> None:
    model.ask(Filter(AS_OF, where=OPEN))
    settled()
    model.sort(6, Qt.SortOrder.AscendingOrder)
    settled()

    assert [model.index(place, 6).data() for place in range(6)] == [
        "99.99",
        "256.08",
        "480.00",
        "1,250.40",
        "15,400.00",
        "35,500",
    ]
    assert model.asked is not None
    assert model.asked.order_by == (Order("Balance"),)


def test_sorting_by_what_cannot_be_sorted_changes_nothing(model: IdModel, settled: Settled) -> None:
    model.ask(EVERYTHING)
    settled()
    model.sort(99)
    settled()

    assert model.asked == EVERYTHING


@pytest.mark.usefixtures("blocks_of_two")
def test_rows_come_in_blocks_when_they_are_looked_at(
    workspace: Workspace, tasks: Tasks, small: Small, settled: Settled
) -> None:
    model = IdModel(workspace, tasks, [OFFERED["DocumentNumber"]])
    model.ask(EVERYTHING)
    settled()
    assert model.index(1, 0).data() == "INV-002"  # came with the list
    assert model.index(7, 0).data() is None  # on its way

    settled()
    assert model.index(7, 0).data() == "INV-008"
    assert model.index(6, 0).data() == "INV-007"
    assert model.index(4, 0).data() == "INV-005"  # read ahead
    assert model.row(99) is None


@pytest.mark.usefixtures("blocks_of_two")
def test_what_is_scrolled_past_is_not_read(
    workspace: Workspace, tasks: Tasks, small: Small, settled: Settled, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = IdModel(workspace, tasks, [OFFERED["DocumentNumber"]])
    model.ask(EVERYTHING)
    settled()
    model._wanted = Wanted(waiting=1)
    read: list[int] = []
    reads = reading.read_rows

    def counted(*given: Any) -> tuple[ShownRow, ...]:
        read.extend(given[3])
        return reads(*given)

    monkeypatch.setattr(id_model, "read_rows", counted)
    for place in (2, 4, 8):
        model.row(place)
    settled()

    assert read[0] == model.key(8)
    assert model.row(8) is not None


@pytest.mark.usefixtures("blocks_of_two")
def test_the_list_comes_with_the_rows_around_the_record_in_hand(
    workspace: Workspace, tasks: Tasks, small: Small, settled: Settled
) -> None:
    model = IdModel(workspace, tasks, [OFFERED["DocumentNumber"]])
    places: list[int | None] = []
    model.listed.connect(places.append)
    model.ask(EVERYTHING, keep=small.not_due)
    settled()
    model.ask(EVERYTHING, keep=123_456)
    settled()

    assert places == [4, None]


def test_a_late_answer_to_an_old_question_is_dropped(model: IdModel, settled: Settled, small: Small) -> None:
    listed: list[int] = []
    model.listed.connect(lambda _: listed.append(model.rowCount()))
    model.ask(EVERYTHING)
    model.ask(Filter(AS_OF, where=OPEN))
    model.ask(Filter(AS_OF, where=Compare("Status", Operator.EQ, "Draft")))
    settled()

    assert listed == [1]
    assert list(model.keys) == [small.draft]


def test_rows_of_a_list_that_is_gone_are_dropped(model: IdModel, settled: Settled) -> None:
    model.ask(EVERYTHING)
    settled()
    stale = (ShownRow(1, ("INV-OLD",) * 7),) * 9
    model._take_rows(model._list_number - 1, (0,), stale)

    assert numbers(model)[0] == "INV-001"


def test_a_record_that_is_gone_stands_empty(model: IdModel, settled: Settled) -> None:
    model.ask(EVERYTHING)
    settled()
    model.beginResetModel()
    model._keys = array("q", [1, 999_999, 2])
    model._forget_rows()
    model.endResetModel()
    model.row(0)
    settled()

    assert numbers(model) == ["INV-001", "None", "INV-002"]


def test_a_book_that_cannot_be_read_is_told_of_once(
    model: IdModel, settled: Settled, tasks: Tasks, monkeypatch: pytest.MonkeyPatch
) -> None:
    model.ask(EVERYTHING)
    settled()
    told: list[BaseException] = []
    tasks.broke.connect(told.append)

    def refuse(*_: object) -> None:
        raise BookError("book.duedesk is locked by another program.")

    monkeypatch.setattr(id_model, "read_rows", refuse)
    model._forget_rows()
    model.row(0)
    settled()

    assert [str(error) for error in told] == ["book.duedesk is locked by another program."]
    monkeypatch.undo()
    model.row(0)
    settled()
    assert numbers(model)[0] == "INV-001"


def test_other_columns_of_the_same_records(model: IdModel, settled: Settled) -> None:
    model.ask(EVERYTHING)
    settled()
    model.set_columns([OFFERED["CurrencyIsoCode"], OFFERED["DocumentNumber"]])
    model.row(0)
    settled()

    assert model.columnCount() == 2
    assert model.index(1, 0).data() == "USD"
    assert model.index(1, 1).data() == "INV-002"
