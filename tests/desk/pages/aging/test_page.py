"""The aging on the screen: the same figures as the query, and every one of them leads to its invoices."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QItemSelection, QItemSelectionModel, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from desk.pages.aging.conftest import AS_OF, desk_over
from duedesk.actions.workspace import Workspace
from duedesk.desk.background import Tasks
from duedesk.desk.navigation import ShowImport, ShowInvoices
from duedesk.desk.page import FootLine
from duedesk.desk.pages.aging import chart_data
from duedesk.desk.pages.aging.behind import behind_row, behind_total
from duedesk.desk.pages.aging.grid import AgingGrid
from duedesk.desk.pages.aging.model import NAME
from duedesk.desk.pages.aging.page import AgingPage
from duedesk.desk.pages.aging.questions import Asked
from duedesk.desk.pages.aging.scenes import Totals, days_of_chart
from duedesk.desk.pages.aging.words import mismatch
from duedesk.domain.aging import Aging, AgingRequest, AgingRow, Basis, Buckets
from duedesk.domain.changes import Changes
from duedesk.domain.grouping import CURRENCY, OWNER
from duedesk.domain.money import grouped
from duedesk.domain.world import World
from duedesk.resources import LookName, look
from duedesk.store.book import Book
from duedesk.store.queries.aging.figures import aging
from duedesk.store.queries.lists import listing

OVER_90, UNAPPLIED, BALANCE = 5, 6, 7


def shown(qtbot: QtBot, page: AgingPage, request: AgingRequest | None = None) -> AgingPage:
    page.show_request(request)
    settle(qtbot, page)
    return page


def settle(qtbot: QtBot, page: AgingPage) -> None:
    qtbot.waitUntil(page.desk.tasks.is_idle)


def texts(grid: AgingGrid) -> list[tuple[str, ...]]:
    rows = [grid.aging.row(at) for at in range(grid.aging.rowCount())]
    return [row.texts for row in rows if row is not None]


def last_bar(page: AgingPage) -> tuple[Decimal, ...]:
    assert page.chart.stage.scene is not None
    return page.chart.stage.scene.columns[-1].amounts


def middle(grid: AgingGrid, place: int, section: int) -> QPoint:
    return grid.visualRect(grid.aging.index(place, section)).center()


@pytest.mark.parametrize(
    "request_",
    [
        AgingRequest(AS_OF),
        AgingRequest(date(2026, 10, 31), by=(OWNER,)),
        AgingRequest(AS_OF, datetime(2026, 11, 15, tzinfo=UTC), basis=Basis.INVOICE, buckets=Buckets((14,))),
        AgingRequest(AS_OF, by=(CURRENCY,)),
    ],
    ids=str,
)
def test_the_page_shows_what_the_query_says(qtbot: QtBot, page: AgingPage, request_: AgingRequest) -> None:
    said = page.desk.workspace.ask(aging, request_)

    shown(qtbot, page, request_)

    assert texts(page.table.grid) == [_in_words(row, row.name) for row in said.rows]
    totals = [] if request_.by == (CURRENCY,) else [_in_words(row, "")[1:] for row in said.totals]
    assert [row[1:] for row in texts(page.table.totals)] == totals


def test_a_click_on_a_figure_opens_the_invoices_behind_it(qtbot: QtBot, page: AgingPage) -> None:
    grid = shown(qtbot, page).table.grid
    row = grid.aging.aging_row(0)
    assert row is not None

    with qtbot.waitSignal(page.navigated) as went:
        QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=middle(grid, 0, OVER_90))

    to = went.args[0]
    assert to == behind_row(Asked(AgingRequest(AS_OF)), row, 4)
    assert isinstance(to, ShowInvoices)
    assert to.asked is not None
    (total,) = page.desk.workspace.ask(listing.totals, to.asked)
    assert grouped(total.balance, "EUR") == texts(grid)[0][OVER_90] == "650.00"


def test_a_click_on_the_name_opens_all_of_the_account(qtbot: QtBot, page: AgingPage) -> None:
    grid = shown(qtbot, page).table.grid

    with qtbot.waitSignal(page.navigated) as went:
        QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=middle(grid, 0, NAME))

    (total,) = page.desk.workspace.ask(listing.totals, went.args[0].asked)
    assert (total.currency, total.count, total.balance) == ("EUR", 3, Decimal(790))
    assert went.args[0].title == "Acme Ltd · all open · EUR · what is unapplied is not among them"


def test_a_click_on_a_total_opens_its_invoices(qtbot: QtBot, page: AgingPage) -> None:
    totals = shown(qtbot, page).table.totals

    with qtbot.waitSignal(page.navigated) as went:
        QTest.mouseClick(totals.viewport(), Qt.MouseButton.LeftButton, pos=middle(totals, 0, 4))

    assert went.args == [behind_total(AgingRequest(AS_OF), "EUR", 3)]


@pytest.mark.parametrize("section", [2, UNAPPLIED])
def test_nothing_opens_behind_a_dash_or_behind_cash_on_account(qtbot: QtBot, page: AgingPage, section: int) -> None:
    grid = shown(qtbot, page).table.grid
    usd = next(at for at, row in enumerate(texts(grid)) if row[-1] == "USD")

    with qtbot.assertNotEmitted(page.navigated):
        QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=middle(grid, usd, section))


def test_a_piece_of_a_bar_opens_what_was_open_then(qtbot: QtBot, page: AgingPage) -> None:
    view = shown(qtbot, page).chart.view
    assert view.picture is not None
    region = next(one for one in view.picture.regions if one.column_index == 10 and one.bucket_index == 2)
    at = QPoint(int(region.x + region.width / 2), int(region.y + region.height / 2))

    with qtbot.waitSignal(page.navigated) as went:
        QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=at)

    assert went.args == [behind_total(AgingRequest(date(2026, 10, 31)), "EUR", 2)]
    (total,) = page.desk.workspace.ask(listing.totals, went.args[0].asked)
    assert total.balance == region.amount == Decimal(3000)


def test_the_chart_tells_its_pieces_under_the_mouse_and_by_keys(qtbot: QtBot, page: AgingPage) -> None:
    view = shown(qtbot, page).chart.view
    QTest.keyClick(view, Qt.Key.Key_Left)
    assert page.chart.told.text() == "23 Nov 2026 · over 90 days overdue · 650.00 EUR"

    QTest.keyClick(view, Qt.Key.Key_Down)
    assert page.chart.told.text() == "23 Nov 2026 · 61–90 days overdue · 3,000.00 EUR"
    with qtbot.waitSignal(page.navigated) as went:
        QTest.keyClick(view, Qt.Key.Key_Return)

    assert went.args == [behind_total(AgingRequest(AS_OF), "EUR", 3)]
    assert "23 Nov 2026: 3,790.00 EUR, of which overdue 3,690.00 EUR" in view.accessibleDescription()


def test_the_last_bar_is_the_total_of_the_table(qtbot: QtBot, page: AgingPage) -> None:
    shown(qtbot, page)
    assert page.answer is not None
    (eur, usd) = page.answer.aging.totals
    assert last_bar(page) == eur.buckets

    menu = page.chart.currency_menu()
    menu.actions()[1].trigger()
    menu.deleteLater()
    settle(qtbot, page)

    assert last_bar(page) == usd.buckets


def test_the_foot_says_how_many_how_much_and_that_it_holds(qtbot: QtBot, page: AgingPage) -> None:
    said: list[FootLine] = []
    page.footed.connect(said.append)
    shown(qtbot, page)

    at_once = FootLine(
        "2 accounts",
        ("EUR 3,775.00 · overdue 3,690.00", "USD 77.00 · overdue 77.00"),
        "proving the balances…",
        ("overdue EUR 3,690.00", "USD 77.00"),
    )
    assert said == [at_once, replace(at_once, proof="not due + buckets + unapplied = balance ✓", proved=True)]


def test_a_broken_rule_is_named() -> None:
    row = AgingRow(1, "Acme Ltd", "EUR", (Decimal(1), Decimal(2)), Decimal(0), Decimal(4))
    broken = Aging(AgingRequest(AS_OF), (row,), (replace(row, name="Total"),))

    assert mismatch(broken) == "Acme Ltd, EUR: 3.00 by buckets, 4.00 by documents, and 1 more"


def test_heads_sort_figures_from_large_to_small_then_back(qtbot: QtBot, page: AgingPage) -> None:
    grid = shown(qtbot, page, AgingRequest(AS_OF, currency="EUR")).table.grid

    def click_balance() -> list[str]:
        at = QPoint(grid.head.sectionViewportPosition(BALANCE) + 20, grid.head.height() // 2)
        QTest.mouseClick(grid.head.viewport(), Qt.MouseButton.LeftButton, pos=at)
        return [row[BALANCE] for row in texts(grid)]

    assert click_balance() == ["3,000.00", "775.00"]
    assert click_balance() == ["775.00", "3,000.00"]


def test_currencies_stay_apart_when_figures_are_sorted(qtbot: QtBot, page: AgingPage) -> None:
    table = shown(qtbot, page).table
    table.sort_by(BALANCE, Qt.SortOrder.AscendingOrder)

    assert [(row[-1], row[BALANCE]) for row in texts(table.grid)] == [
        ("EUR", "775.00"),
        ("EUR", "3,000.00"),
        ("USD", "77.00"),
    ]


def test_enter_opens_the_cell_in_hand(qtbot: QtBot, page: AgingPage) -> None:
    grid = shown(qtbot, page).table.grid
    QTest.keyClick(grid, Qt.Key.Key_Right)

    with qtbot.waitSignal(page.navigated) as went:
        QTest.keyClick(grid, Qt.Key.Key_Return)

    assert went.args[0].title == "Acme Ltd · not due · EUR"


def test_copied_amounts_bring_their_currency(qtbot: QtBot, page: AgingPage) -> None:
    grid = shown(qtbot, page).table.grid
    chosen = QItemSelection(grid.aging.index(0, NAME), grid.aging.index(1, 1))
    grid.selectionModel().select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    QTest.keyClick(grid, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, page)

    assert QGuiApplication.clipboard().text() == (
        "Account\tNot due\tCurrency\nAcme Ltd\t100.00\tEUR\nAcme Ltd\t0.00\tUSD\n"
    )
    QGuiApplication.clipboard().clear()


def test_totals_stand_under_their_columns(qtbot: QtBot, page: AgingPage) -> None:
    table = shown(qtbot, page).table
    for width in (1300, 860):
        page.resize(width, 700)
        settle(qtbot, page)
        sections = range(len(table.grid.aging.columns) - 1)
        assert [table.grid.head.sectionViewportPosition(at) for at in sections] == [
            table.totals.head.sectionViewportPosition(at) for at in sections
        ]


def test_every_bucket_is_in_sight_when_there_are_more(qtbot: QtBot, page: AgingPage) -> None:
    grid = shown(qtbot, page).table.grid
    shown(qtbot, page, AgingRequest(AS_OF, buckets=Buckets((7, 14, 30, 60, 90, 180)), currency="EUR"))

    in_sight = [column.label for at, column in enumerate(grid.aging.columns) if not grid.isColumnHidden(at)]
    assert in_sight[1:-2] == ["Not due", "1–7", "8–14", "15–30", "31–60", "61–90", "91–180", "Over 180"]
    assert in_sight[-2:] == ["Unapplied", "Balance"]


@pytest.mark.parametrize("width", [860, 1000, 1060, 1100, 1300])
def test_nothing_in_the_bar_lies_over_another(qtbot: QtBot, page: AgingPage, width: int) -> None:
    page.resize(width, 700)
    shown(qtbot, page, AgingRequest(AS_OF, buckets=Buckets((7, 14, 30, 60, 90, 180)), currency="EUR"))
    places = [one.geometry() for one in page.bar.findChildren(QWidget) if one.isVisible() and one.parent() is page.bar]

    assert [(a, b) for at, a in enumerate(places) for b in places[at + 1 :] if a.intersects(b)] == []
    assert all(page.bar.rect().contains(place) for place in places)


def test_whose_rows_are_shown_makes_no_other_chart(
    qtbot: QtBot, page: AgingPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown(qtbot, page)
    asked: list[tuple[date, ...]] = []

    def remember(_: Workspace, __: Asked, days: tuple[date, ...]) -> dict[date, Totals]:
        asked.append(days)
        return {}

    monkeypatch.setattr(chart_data, "points_of", remember)
    QTest.mouseClick(page.bar.by.chips[OWNER], Qt.MouseButton.LeftButton)
    settle(qtbot, page)
    assert asked == []

    page.chart.stage.came.disconnect()  # what is remembered gives no days: the chart would ask for ever
    page.refresh()
    settle(qtbot, page)
    assert asked == [days_of_chart(AS_OF)[-2:-5:-1]]  # the latest month ends first


def test_a_late_answer_is_dropped(qtbot: QtBot, page: AgingPage) -> None:
    page.show_request(AgingRequest(AS_OF, by=(CURRENCY,)))
    page.show_request(AgingRequest(AS_OF, by=(OWNER,)))
    settle(qtbot, page)

    assert page.answer is not None
    assert page.answer.aging.request.by == (OWNER,)


def test_another_day_is_another_aging(qtbot: QtBot, page: AgingPage) -> None:
    shown(qtbot, page)
    page.stand_on(date(2026, 9, 30), None)
    settle(qtbot, page)

    assert page.answer is not None
    assert page.answer.aging == page.desk.workspace.ask(aging, AgingRequest(date(2026, 9, 30)))


def test_coming_back_finds_the_request_and_keeps_the_day_of_the_desk(qtbot: QtBot, page: AgingPage) -> None:
    shown(qtbot, page, AgingRequest(AS_OF, by=(OWNER,)))
    page.table.sort_by(BALANCE, Qt.SortOrder.DescendingOrder)
    here = page.table.current
    page.table.go_to(None if here is None else replace(here, section=BALANCE))
    left = page.bookmark()
    page.as_of = date(2026, 10, 31)

    page.return_to(left)
    settle(qtbot, page)

    assert page.request == AgingRequest(date(2026, 10, 31), by=(OWNER,))
    page.as_of = AS_OF
    page.return_to(left)
    settle(qtbot, page)
    assert page.bookmark() == left


def test_changes_elsewhere_are_not_read_again(qtbot: QtBot, page: AgingPage) -> None:
    shown(qtbot, page)
    page.refresh(Changes(frozenset({"Contact"})))
    assert page.desk.tasks.is_idle()

    page.refresh(Changes(frozenset({"Payment"})))
    assert not page.desk.tasks.is_idle()
    settle(qtbot, page)


def test_the_dark_look_is_drawn_from_what_is_there(qtbot: QtBot, page: AgingPage) -> None:
    view = shown(qtbot, page).chart.view
    before = view.picture

    page.set_look(look(LookName.DARK))
    settle(qtbot, page)

    assert view.picture is not None
    assert before is not None
    assert view.picture.rgba[:4] != before.rgba[:4]
    assert not page.grab().isNull()


def test_excel_writes_the_same_figures_and_says_where(
    qtbot: QtBot, page: AgingPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown(qtbot, page)
    chosen = tmp_path / "november"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(chosen), ""))

    QTest.mouseClick(page.bar.excel, Qt.MouseButton.LeftButton)
    settle(qtbot, page)

    workbook = load_workbook(chosen.with_suffix(".xlsx"), read_only=True)
    assert workbook.sheetnames
    workbook.close()
    assert page.export.said.text() == f"november.xlsx is in {tmp_path}."
    assert page.export.isVisible()


def test_an_empty_book_says_what_to_do_next(qtbot: QtBot, file_book: Book, world: World, tasks: Tasks) -> None:
    page = AgingPage(desk_over(file_book, world, tasks), AS_OF)
    qtbot.addWidget(page)
    page.show()
    shown(qtbot, page)

    assert page.content.is_empty
    with qtbot.waitSignal(page.navigated) as went:
        page.content.import_asked.emit()
    assert went.args == [ShowImport()]
    assert not page.bar.excel.isEnabled()


def test_before_the_first_invoice_the_last_day_is_offered(qtbot: QtBot, page: AgingPage) -> None:
    shown(qtbot, page, AgingRequest(date(2026, 5, 1) - timedelta(days=1)))

    assert page.content.is_empty
    with qtbot.waitSignal(page.day_asked) as asked:
        page.content.day_asked.emit(page.answer.book.last_day if page.answer and page.answer.book else None)
    assert asked.args == [date(2026, 11, 1)]


def _in_words(row: AgingRow, name: str) -> tuple[str, ...]:
    figures = (*row.buckets, row.unapplied, row.balance)
    return (name, *(grouped(amount, row.currency) if amount else "–" for amount in figures), row.currency)
