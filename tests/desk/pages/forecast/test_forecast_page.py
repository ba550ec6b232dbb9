"""The forecast on the screen: weeks that add up, the invoices behind each, past errors, what a record says."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from build import Builder
from desk.waiting import Settled
from duedesk.actions.workspace import Workspace
from duedesk.desk.navigation import Destination, ShowExplanation, ShowImport, ShowInvoices, ShowReports
from duedesk.desk.page import Desk, FootLine, Said
from duedesk.desk.pages.account.page import AccountPage
from duedesk.desk.pages.forecast.page import ForecastPage
from duedesk.domain.explaining.figures import AgingFigure, ForecastFigure
from duedesk.store.queries.lists import listing

AS_OF = date(2026, 11, 23)


@pytest.fixture
def acme(workspace: Workspace) -> int:
    """An account that pays 12 days late, and owes two invoices; another owes yen."""
    with workspace.book.writing() as connection:
        build = Builder(connection)
        acme, other = build.account("Acme Ltd", "A-1"), build.account("Other", "O-1")
        for number in range(12):
            due = date(2026, 1, 5) + timedelta(days=24 * number)
            one = build.invoice(f"I-{number}", acme, "100.00", on="2025-12-20", due=due.isoformat())
            build.pay(one, "100.00", on=(due + timedelta(days=12)).isoformat(), account=acme)
        build.invoice("I-20", acme, "500.00", on="2026-10-20", due="2026-11-19")
        build.invoice("I-21", acme, "300.00", on="2026-11-20", due="2026-12-20")
        build.invoice("I-22", other, "7000", on="2026-11-20", due="2026-12-20", currency="JPY")
        build.settle()
    return acme


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, acme: int, settled: Settled) -> ForecastPage:
    made = ForecastPage(desk, AS_OF)
    qtbot.addWidget(made)
    made.resize(1240, 800)
    made.show()
    made.refresh()
    settled()
    return made


def test_a_week_leads_to_its_invoices_by_click_and_by_key(page: ForecastPage, workspace: Workspace) -> None:
    gone: list[Destination] = []
    page.navigated.connect(gone.append)
    texts = [row.texts for row in page.body.tab.sheet.rows]
    assert [text[0] for text in texts[-5:]] == ["In 13 weeks", "Later", "Not expected", "Disputed", "Open"]
    assert texts[-1][-1] == "800.00"
    assert texts[1][0] == "01 Dec – 07 Dec 2026"
    picture = page.body.chart.view.picture
    assert picture is not None
    assert len(picture.regions) == 13
    page.body.chart.view.chosen.emit(picture.regions[1])
    page.table.setCurrentIndex(page.table.records.index(5, 0))
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    page.bar.excel.click()
    assert gone[-1] == ShowReports("forecast", (("weeks", "13"),)), (
        "kept as said, a day would stay when the desk moves on"
    )
    found = [to for to in gone if isinstance(to, ShowInvoices)]
    assert [to.title for to in found] == [
        "Forecast EUR, usually paid by then: 01 Dec – 07 Dec 2026",
        "Forecast EUR, usually paid by then: 29 Dec 2026 – 04 Jan 2027",
    ]
    for to, number in zip(found, ("I-20", "I-21"), strict=True):
        assert to.asked is not None
        (row,) = workspace.ask(listing.rows, to.asked, ["DocumentNumber"], workspace.ask(listing.keys, to.asked))
        assert row.values == (number,)


def test_a_cell_and_a_bar_are_explained_and_the_chart_is_kept(
    page: ForecastPage, settled: Settled, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone: list[Destination] = []
    said: list[Said] = []
    page.navigated.connect(gone.append)
    page.said.connect(said.append)
    for row, column in ((1, 5), (13, 5), (14, 5), (17, 5), (1, 1)):
        page.table.setCurrentIndex(page.table.records.index(row, column))
        page.explain_number()
    QTest.keyClick(page.body.chart.view, Qt.Key.Key_Right)
    page.body.chart.paper.menu().actions()[0].trigger()
    asked = [to.figure for to in gone if isinstance(to, ShowExplanation)]
    assert [one.place for one in asked if isinstance(one, ForecastFigure)] == [1, None, 13, 0]
    assert isinstance(asked[3], AgingFigure)
    (why,) = (one.sentence for one in said)
    assert why == "Explain this number: P10 is drawn, 500 cases by the chances of all invoices."
    for name, begins in (("chart.pdf", b"%PDF-"), ("chart.png", b"\x89PNG")):
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, name=name: (str(tmp_path / name), ""))
        page.body.chart.paper.ask_and_save()
        settled()
        assert (tmp_path / name).read_bytes().startswith(begins)


def test_other_weeks_another_currency_and_the_error(page: ForecastPage, settled: Settled) -> None:
    said: list[FootLine] = []
    page.footed.connect(said.append)
    within, _, tested = page.body.errors.lines["Within P10 to P90"].partition(" of ")
    assert 0 < int(within) <= int(tested) < 6 * 13  # weeks without money say nothing
    assert page.body.chart.told.text().startswith("Expected by week of what is open · ")
    assert "within P10–P90 (80 % is meant)" in page.body.chart.tested.text()
    assert page.body.errors.said.text().startswith("On 6 past days a week was off by ")
    assert page.body.errors.inside.minimumSizeHint().width() < 150, "beside a narrow table no figure is cut"
    page.bar.chips[6].click()
    settled()
    assert len(page.body.tab.sheet.rows) == 6 + 5
    (to_yen,) = (one for one in page.bar.currency_menu().actions() if one.text() == "JPY")
    to_yen.trigger()
    assert page.body.tab.sheet.rows[-1].texts[-1] == "7,000"
    assert said[-1].totals == ("7,000 JPY",)
    assert said[-1].holds
    assert page.body.errors.said.text().startswith("No past day of this currency")
    page.return_to(page.bookmark())
    page.as_of = date(2020, 1, 1)
    page.refresh()
    settled()
    assert page.body.empty.isVisible()


def test_an_account_says_how_it_pays_and_why(qtbot: QtBot, desk: Desk, acme: int, settled: Settled) -> None:
    page = AccountPage(desk, AS_OF)
    qtbot.addWidget(page)
    page.show_record(acme)
    settled()
    assert page.head.outlook.text().startswith("Pays about 12 days late, 12 of 12 times – 12 of its invoices were paid")


def test_where_nothing_is_open_there_is_a_way_on(
    qtbot: QtBot, desk: Desk, workspace: Workspace, settled: Settled
) -> None:
    page = ForecastPage(desk, AS_OF)
    qtbot.addWidget(page)
    page.show()
    gone: list[object] = []
    page.navigated.connect(gone.append)
    page.day_asked.connect(gone.append)

    def ways() -> dict[str, QPushButton]:
        page.refresh()
        settled()
        return {one.text(): one for one in page.body.empty.findChildren(QPushButton) if one.isVisible()}

    ways()["Import a file"].click()
    with workspace.book.writing() as connection:
        build = Builder(connection)
        acme = build.account("Acme Ltd", "A-1")
        build.pay(build.invoice("I-1", acme, "100.00", on="2026-09-01"), "100.00", on="2026-10-02", account=acme)
        build.settle()
    ways()["Stand on 02 Oct 2026"].click()
    assert gone == [ShowImport(), date(2026, 10, 2)]
