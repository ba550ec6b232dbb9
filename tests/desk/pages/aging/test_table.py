"""The table of the aging: two levels opened by keys and clicks, buckets edited at heads, names found by typing."""

from decimal import Decimal

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from build import Builder
from desk.pages.aging.conftest import AS_OF
from duedesk.desk.navigation import ShowExplanation
from duedesk.desk.page import FootLine, Said
from duedesk.desk.pages.aging.edges import ending, merged, split
from duedesk.desk.pages.aging.grid import AgingGrid
from duedesk.desk.pages.aging.kinds import ChartKind
from duedesk.desk.pages.aging.model import NAME
from duedesk.desk.pages.aging.page import SORT_KEY, AgingPage
from duedesk.desk.tables.paint import PADDING
from duedesk.domain.aging import AgingRequest, Basis, Buckets
from duedesk.domain.errors import RequestError
from duedesk.domain.explaining.figures import AgingFigure, KeyFigure
from duedesk.domain.grouping import ACCOUNT, OWNER, groupable, in_parts
from duedesk.store.book import Book
from duedesk.store.queries.explaining.figures import explain
from duedesk.store.tables.ledger import invoice

ALOUD = Qt.ItemDataRole.AccessibleTextRole


def show(qtbot: QtBot, page: AgingPage, request: AgingRequest) -> AgingGrid:
    page.show_request(request)
    qtbot.waitUntil(page.desk.tasks.is_idle)
    return page.table.grid


def names(grid: AgingGrid) -> list[str]:
    rows = (grid.aging.row(at) for at in range(grid.aging.rowCount()))
    return [row.texts[0] for row in rows if row is not None]


def test_right_opens_the_second_level_and_left_closes_it(qtbot: QtBot, page: AgingPage) -> None:
    grid = show(qtbot, page, AgingRequest(AS_OF, by=(OWNER, ACCOUNT), currency="EUR"))
    assert names(grid) == ["Ana Reyes", "No owner"]

    QTest.keyClick(grid, Qt.Key.Key_Right)
    assert names(grid) == ["Ana Reyes", "Acme Ltd", "No owner"]
    QTest.keyClick(grid, Qt.Key.Key_Down)
    with qtbot.waitSignal(page.navigated) as went:
        QTest.keyClick(grid, Qt.Key.Key_Return)
    assert went.args[0].title == "Ana Reyes · Acme Ltd · all open · EUR · what is unapplied is not among them"
    QTest.keyClick(grid, Qt.Key.Key_Left)
    assert grid.currentIndex().row() == 0
    QTest.keyClick(grid, Qt.Key.Key_Left)
    assert names(grid) == ["Ana Reyes", "No owner"]


def test_all_rows_unfold_and_fold_at_once(qtbot: QtBot, page: AgingPage) -> None:
    grid = show(qtbot, page, AgingRequest(AS_OF, by=(OWNER, ACCOUNT), currency="EUR"))
    by_key = {key: command for command in page.commands() for key in command.keys}

    by_key["Ctrl+]"].run()
    assert names(grid) == ["Ana Reyes", "Acme Ltd", "No owner", "Bolt & Söhne <b>GmbH</b>"]
    grid.setCurrentIndex(grid.aging.index(3, 2))
    by_key["Ctrl+["].run()
    assert names(grid) == ["Ana Reyes", "No owner"]
    assert grid.currentIndex().row() == 1


def test_a_key_sorts_by_the_column_in_hand_and_the_head_says_so(qtbot: QtBot, page: AgingPage) -> None:
    grid = show(qtbot, page, AgingRequest(AS_OF, currency="EUR"))
    acme, bolt = "Acme Ltd", "Bolt & Söhne <b>GmbH</b>"
    by_key = {key: command for command in page.commands() for key in command.keys}
    balance = len(grid.aging.columns) - 2
    assert names(grid) == [acme, bolt]
    grid.setCurrentIndex(grid.aging.index(0, balance))

    by_key[SORT_KEY].run()
    assert names(grid) == [bolt, acme]
    assert (grid.currentIndex().row(), grid.currentIndex().column()) == (1, balance)  # the cell in hand goes along
    spoken = QAccessible.queryAccessibleInterface(grid)
    heard = [spoken.child(at).text(QAccessible.Text.Name) for at in range(spoken.childCount())]
    assert "Balance, sorted down" in heard
    by_key[SORT_KEY].run()
    assert names(grid) == [acme, bolt]
    assert grid.aging.headerData(balance, Qt.Orientation.Horizontal, ALOUD) == "Balance, sorted up"
    assert grid.aging.headerData(NAME, Qt.Orientation.Horizontal, ALOUD) == "Account"


def test_a_click_on_the_arrow_opens_a_row_and_no_page(qtbot: QtBot, page: AgingPage) -> None:
    grid = show(qtbot, page, AgingRequest(AS_OF, by=(OWNER, ACCOUNT), currency="EUR"))
    at = grid.visualRect(grid.aging.index(1, NAME))

    with qtbot.assertNotEmitted(page.navigated):
        QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=at.topLeft() + QPoint(PADDING + 4, 12))

    assert len(names(grid)) == 3
    assert grid.aging.data(grid.aging.index(1, NAME), Qt.ItemDataRole.AccessibleTextRole).endswith(", open")
    grid.aging.sort(NAME, Qt.SortOrder.DescendingOrder)
    assert names(grid)[0] == "No owner"


def test_any_field_that_groups_is_offered(qtbot: QtBot, page: AgingPage) -> None:
    first, second = page.bar.by.first_menu(), page.bar.by.second_menu()
    common, others = in_parts(groupable())
    assert [action.text() for action in first.actions()] == [
        *(label for _, label in common),
        *(one for one, _ in others),
    ]
    assert len(common) < 13
    assert not {"Id", "Account, name, folded", "Account, phone"} & {label for _, label in groupable()}
    assert ("BillingAccount.Industry", "Industry") in dict(others)["Account"]

    next(action for action in second.actions() if action.text() == "Owner").trigger()
    qtbot.waitUntil(page.desk.tasks.is_idle)
    first.deleteLater()
    second.deleteLater()

    assert page.request.by == (ACCOUNT, OWNER)
    assert page.bar.by.then.text().startswith("then owner")


def test_buckets_are_split_merged_and_moved() -> None:
    default = Buckets()

    assert split(default, 1) == Buckets((15, 30, 60, 90))
    assert split(default, 4) == Buckets((30, 60, 90, 120))
    assert merged(default, 1) == Buckets((60, 90))
    assert merged(default, 3) == Buckets((30, 60))
    assert ending(default, 2, 75) == Buckets((30, 75, 90))
    with pytest.raises(RequestError, match="cannot be merged"):
        merged(Buckets((30,)), 1)
    with pytest.raises(RequestError, match="cannot be split"):
        split(Buckets((1, 2)), 2)


def test_a_bucket_is_edited_at_its_head(qtbot: QtBot, page: AgingPage) -> None:
    show(qtbot, page, AgingRequest(AS_OF))
    menu = page.table.buckets.menu(2)
    assert menu is not None
    assert [action.text() for action in menu.actions()] == [
        "Split into 1–15 and 16–30",
        "Merge with 31–60 to 1–60",
        "Change its last day…",
    ]
    menu.actions()[0].trigger()
    qtbot.waitUntil(page.desk.tasks.is_idle)
    menu.deleteLater()
    assert page.bar.buckets.text() == "15 · 30 · 60 · 90"

    page.table.buckets.edit_end(2)
    field = page.table.buckets.field
    field.setText("45")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert page.bar.wrong.text().startswith("Buckets 45,30,60,90 do not grow.")
    field.setText("10")
    QTest.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(page.desk.tasks.is_idle)
    assert page.request.buckets == Buckets((10, 30, 60, 90))
    assert page.table.buckets.menu(NAME) is None
    assert page.table.buckets.menu(1) is None


def test_a_name_is_found_by_typing(qtbot: QtBot, page: AgingPage) -> None:
    grid = show(qtbot, page, AgingRequest(AS_OF))
    said: list[FootLine] = []
    page.footed.connect(said.append)

    QTest.keyClicks(grid, "hne")
    assert names(grid)[grid.currentIndex().row()] == "Bolt & Söhne <b>GmbH</b>"
    QTest.keyClicks(grid, "x")
    assert said[-1].shown == "Looking for “hnex” is in no name here"
    QTest.keyClick(grid, Qt.Key.Key_Escape)
    assert said[-1].shown == "2 accounts"


def test_every_column_is_in_sight_with_eight_buckets_in_a_small_window(qtbot: QtBot, page: AgingPage) -> None:
    page.resize(896, 620)
    grid = show(qtbot, page, AgingRequest(AS_OF, buckets=Buckets((7, 14, 30, 60, 90, 180))))

    assert grid.horizontalScrollBar().maximum() == 0
    assert grid.drawn.spread > 0 or sum(grid.columnWidth(at) for at in range(11)) <= grid.viewport().width()


def test_disputed_apart_is_a_column_of_its_own(qtbot: QtBot, page: AgingPage, filled: Book) -> None:
    grid = show(qtbot, page, AgingRequest(AS_OF))
    QTest.mouseClick(page.bar.disputed, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(page.desk.tasks.is_idle)

    assert [column.label for column in grid.aging.columns][-4:-1] == ["Disputed", "Unapplied", "Balance"]
    assert page.answer is not None
    assert page.answer.aging.is_proved
    assert not page.answer.aging.mismatches


def test_what_is_contested_is_told_and_its_bucket_says_that_its_list_counts_it(
    qtbot: QtBot, page: AgingPage, filled: Book
) -> None:
    with filled.writing() as connection:
        bolt = connection.scalar(select(invoice.c.id).where(invoice.c.document_number == "B-1"))
        assert bolt is not None
        build = Builder(connection)
        build.dispute(bolt, "1000.00", on="2026-09-20")
        build.dispute(bolt, "2500.00", on="2026-10-20")
    grid = show(qtbot, page, AgingRequest(AS_OF, apart_disputed=True))
    place = next(at for at, name in enumerate(names(grid)) if name.startswith("Bolt"))

    grid.setCurrentIndex(grid.aging.index(place, 6))
    with qtbot.waitSignal(page.navigated) as went:
        QTest.keyClick(grid, Qt.Key.Key_Return)
    told = page.desk.workspace.ask(explain, went.args[0].figure)
    assert told.title == "Disputed of Bolt & Söhne <b>GmbH</b>"
    assert told.holds
    assert [(one.number, one.amount) for one in told.steps] == [("B-1", Decimal(1000)), ("B-1", Decimal(2000))]
    assert page.table.figure_in_hand() == went.args[0].figure

    with qtbot.waitSignal(page.navigated) as went:
        QTest.mouseClick(
            grid.viewport(), Qt.MouseButton.LeftButton, pos=grid.visualRect(grid.aging.index(0, 5)).center()
        )
    assert went.args[0].title == "Acme Ltd · over 90 days overdue · EUR · contested parts counted in their balances"


def test_what_is_not_applied_is_told(qtbot: QtBot, page: AgingPage) -> None:
    grid = show(qtbot, page, AgingRequest(AS_OF))
    grid.setCurrentIndex(grid.aging.index(0, 6))

    with qtbot.waitSignal(page.navigated) as went:
        QTest.keyClick(grid, Qt.Key.Key_Return)

    assert page.desk.workspace.ask(explain, went.args[0].figure).figure == Decimal(-15)


def test_no_day_is_due_where_age_is_counted_from_the_invoice(qtbot: QtBot, page: AgingPage) -> None:
    said: list[FootLine] = []
    page.footed.connect(said.append)
    grid = show(qtbot, page, AgingRequest(AS_OF, basis=Basis.INVOICE))

    assert grid.aging.columns[1].label == "That day"
    assert page.table.buckets._labels(page.table.buckets._buckets)[0] == "That day"
    assert page.chart.stage.scene is not None
    assert page.chart.stage.scene.basis is Basis.INVOICE
    assert "overdue" not in page.chart.view.accessibleDescription()
    assert said[-1].proof == "buckets + unapplied = balance ✓"
    assert said[-1].totals == ("EUR 3,775.00", "USD 77.00")


def test_each_chart_is_told_where_a_piece_is_marked(qtbot: QtBot, page: AgingPage) -> None:
    show(qtbot, page, AgingRequest(AS_OF))
    said: list[Said] = []
    page.said.connect(said.append)
    page.activateWindow()
    page.chart.view.setFocus()
    page.explain_number()
    assert [one.sentence for one in said] == ["Explain this number: no piece of the chart is marked."]
    asked: list[object] = []
    page.navigated.connect(asked.append)
    for kind in (ChartKind.CONCENTRATION, ChartKind.MONTHS):
        page.chart.show_kind(kind)
        qtbot.waitUntil(page.desk.tasks.is_idle)
        QTest.keyClick(page.chart.view, Qt.Key.Key_Right)
        page.explain_number()
    share, metric = (one.figure for one in asked if isinstance(one, ShowExplanation))
    assert isinstance(share, AgingFigure)
    assert (share.is_open, len(share.keys)) == (True, 1)
    assert isinstance(metric, KeyFigure)
    assert metric.name in {"dso", "best_possible_dso", "cei"}


def test_all_in_one_currency_says_at_which_rate_or_that_there_is_none(
    qtbot: QtBot, page: AgingPage, filled: Book
) -> None:
    grid = show(qtbot, page, AgingRequest(AS_OF))
    menu = page.bar.choices()
    menu.actions()[-2].trigger()
    menu.deleteLater()
    qtbot.waitUntil(page.desk.tasks.is_idle)
    assert page.bar.wrong.text().startswith("There is no rate of exchange from USD to EUR on or before 23 Nov 2026.")
    assert len(names(grid)) == 3

    with filled.writing() as connection:
        Builder(connection).rate("USD", "1.25", on="2026-11-20")
    page.refresh()
    menu = page.bar.choices()
    menu.actions()[-2].trigger()
    menu.deleteLater()
    qtbot.waitUntil(page.desk.tasks.is_idle)
    assert page.bar.told.text() == "Converted at 1 USD = 0.8 EUR of 20 Nov 2026."
    assert names(grid) == ["Acme Ltd", "Bolt & Söhne <b>GmbH</b>"]
    acme = grid.aging.row(0)
    assert acme is not None
    assert acme.texts[-2:] == ("836.60", "EUR")
    told = page.table.figure_in_hand()
    assert told is not None
    assert (told.currency, told.is_converted) == ("EUR", True)
