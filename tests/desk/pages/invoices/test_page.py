"""The list of invoices as it is worked with: narrowed, read at the foot, previewed, opened, come back to."""

from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from build import Builder
from desk.small_book import AS_OF, Small
from desk.waiting import Settled
from duedesk.desk.bulk.panel import BulkPanel
from duedesk.desk.bulk.verbs import BulkVerb
from duedesk.desk.navigation import Destination, ShowExplanation, ShowImport, ShowInvoice, ShowInvoices, ShowLetter
from duedesk.desk.page import Desk, FootLine, Said
from duedesk.desk.pages.invoices.emptiness import Next
from duedesk.desk.pages.invoices.narrowing import EVERYTHING, Narrowing, State
from duedesk.desk.pages.invoices.page import InvoicesPage
from duedesk.desk.widgets.bucket_strip import BucketLine
from duedesk.domain.changes import Changes
from duedesk.domain.explaining.figures import ListFigure
from duedesk.domain.filters import OPEN, Filter, Order
from duedesk.resources import LookName, look
from duedesk.store.book import Book
from duedesk.store.queries.lists import listing


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, settled: Settled) -> InvoicesPage:
    made = InvoicesPage(desk, AS_OF)
    qtbot.addWidget(made)
    made.resize(1270, 760)
    made.show()
    qtbot.waitActive(made)
    made.show_invoices(None, "")
    settled()
    return made


@pytest.fixture
def gone(page: InvoicesPage) -> list[Destination]:
    destinations: list[Destination] = []
    page.navigated.connect(destinations.append)
    return destinations


@pytest.fixture
def said(page: InvoicesPage) -> list[FootLine]:
    lines: list[FootLine] = []
    page.footed.connect(lines.append)
    return lines


def texts(page: InvoicesPage) -> list[str]:
    return [label.text() for label in page.preview.findChildren(QLabel) if not label.isHidden()]


def listed(page: InvoicesPage) -> list[str]:
    model = page.table.records
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


pytestmark = pytest.mark.usefixtures("small")


def test_it_opens_on_what_is_open_oldest_first(page: InvoicesPage) -> None:
    assert listed(page) == ["INV-001", "INV-002", "INV-003", "INV-004", "INV-005", "INV-006"]
    page.begin()
    assert page.table.hasFocus()


def test_the_foot_counts_and_adds_up_and_proves(page: InvoicesPage, said: list[FootLine], settled: Settled) -> None:
    page.refresh()
    settled()

    assert said[-1] == FootLine(
        "6 of 9 invoices",
        ("EUR 17,130.40 (3, ⌀ 5,710.13)", "JPY 35,500", "USD 356.07 (2, ⌀ 178.04)"),
        "buckets + unapplied = balance ✓",
        ("EUR 17,130.40", "JPY 35,500", "USD 356.07"),
    )


def test_narrowing_changes_list_and_foot(page: InvoicesPage, said: list[FootLine], settled: Settled) -> None:
    page.show_narrowing(Narrowing(frozenset({State.SETTLED})))
    settled()

    assert listed(page) == ["INV-007"]
    assert said[-1].shown == "1 of 9 invoices"
    assert said[-1].totals == ("billed", "EUR 80.00")


def test_the_sums_can_be_explained_as_soon_as_they_are_there(page: InvoicesPage, settled: Settled) -> None:
    offered: list[list[str]] = []
    page.commands_changed.connect(lambda: offered.append([one.text for one in page.commands()]))
    page.show_narrowing(Narrowing(frozenset({State.SETTLED})))
    settled()
    page.refresh()
    settled()

    assert [[text for text in texts if "su&m" in text] for texts in offered] == [["Explain the su&m in EUR"]]


def test_an_invoice_that_was_not_there_on_that_day_is_not_previewed(page: InvoicesPage, settled: Settled) -> None:
    broke: list[object] = []
    page.desk.tasks.broke.connect(broke.append)
    page.stand_on(date(1999, 1, 1), None)
    settled()
    page._preview(page.desk.workspace.ask(listing.keys, Filter(AS_OF))[0])
    settled()
    assert (page._in_hand, page.preview._whole.isVisible(), broke) == (None, False, [])


def test_a_group_in_hand_is_told_and_explained(page: InvoicesPage, gone: list[Destination], settled: Settled) -> None:
    told: list[Said] = []
    page.said.connect(told.append)
    page.table.group("BillingAccountId")
    settled()
    heads = [page.table.records.head(row) for row in range(page.table.records.rowCount())]
    assert [(one.label, one.sums) for one in heads if one] == [
        ("Harbor & Finch <b>Ltd</b>", (("356.07", "USD"),)),
        ("Sakura Trading 株式会社", (("35,500", "JPY"),)),
        ("Tromsø Fisk AS", (("17,130.40", "EUR"),)),
    ]
    page.table.setCurrentIndex(page.table.records.index(2, 0))
    assert texts(page)[:4] == ["Group of 3 invoices", "Tromsø Fisk AS", "17,130.40 EUR", "open"]
    page.body.bulk.begin(BulkVerb.NOTE)
    settled()
    panel = page.body.side.panel
    assert isinstance(panel, BulkPanel)
    assert panel.says.text().startswith("Group “Tromsø Fisk AS”: 3 invoices over")
    panel.leave()
    page.table.setCurrentIndex(page.table.records.index(2, 0))
    page.explain_number()
    (shown,) = gone
    assert isinstance(shown, ShowExplanation)
    assert isinstance(shown.figure, ListFigure)
    (total,) = page.desk.workspace.ask(listing.totals, shown.figure.asked)
    assert (total.balance, shown.figure.currency) == (Decimal("17130.40"), "EUR")

    page.table.group("Status")
    settled()
    page.explain_number()
    assert told[-1].sentence == "Explain this number: the group has a sum in each of its currencies."


def test_a_slow_book_is_waited_for_in_words(page: InvoicesPage, said: list[FootLine], settled: Settled) -> None:
    page._list()
    page._felt.timeout.emit()
    assert said[-1] == FootLine("Reading…")

    settled()
    assert said[-1].shown == "6 of 9 invoices"


def test_the_invoice_in_hand_is_previewed(page: InvoicesPage, settled: Settled) -> None:
    assert texts(page)[:4] == [
        "INV-001",
        "Tromsø Fisk AS",
        "15,400.00 EUR",
        "95 days overdue · due 20 Aug 2026",
    ]
    assert "17,130.40 EUR in 3 invoices" in texts(page)

    QTest.keyClick(page.table, Qt.Key.Key_Down)
    settled()
    assert texts(page)[:4] == [
        "INV-002",
        "Harbor & Finch <b>Ltd</b>",
        "256.08 USD",
        "34 days overdue · due 20 Oct 2026",
    ]
    assert "−384.12" in texts(page)


@pytest.mark.parametrize(
    ("state", "first"),
    [
        (State.SETTLED, ["INV-007", "Harbor & Finch <b>Ltd</b>", "80.00 EUR", "Settled · last payment 28 Sep 2026"]),
        (State.DRAFTS, ["No number yet", "Sakura Trading 株式会社", "55 JPY", "Draft"]),
        (State.VOIDED, ["INV-008", "Tromsø Fisk AS", "10.00 EUR", "Voided"]),
    ],
)
def test_what_is_not_owed_says_what_became_of_it(
    page: InvoicesPage, settled: Settled, state: State, first: list[str]
) -> None:
    page.show_narrowing(Narrowing(frozenset({state})))
    settled()

    assert texts(page)[:4] == first


def test_enter_and_the_button_open_the_record(page: InvoicesPage, gone: list[Destination], small: Small) -> None:
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    next(one for one in page.preview.findChildren(QPushButton) if "Open" in one.text()).click()

    assert gone == [ShowInvoice(small.late, AS_OF)] * 2


def test_a_letter_goes_to_the_account_in_hand(page: InvoicesPage, gone: list[Destination], small: Small) -> None:
    next(one for one in page.preview.findChildren(QPushButton) if "Letter" in one.text()).click()

    assert gone == [ShowLetter(small.tromso, AS_OF)]


def test_no_button_leads_where_there_is_no_page(qtbot: QtBot, desk: Desk, settled: Settled) -> None:
    alone = InvoicesPage(Desk(desk.workspace, desk.tasks, desk.look), AS_OF)
    qtbot.addWidget(alone)
    alone.show()
    alone.show_invoices(None, "")
    settled()
    went: list[Destination] = []
    alone.navigated.connect(went.append)
    QTest.keyClick(alone.table, Qt.Key.Key_Return)
    alone._write()

    assert went == []
    assert [one.text() for one in alone.preview.findChildren(QPushButton)] == []
    assert "&Letter to the account" not in [command.text for command in alone.commands()]


def test_every_command_of_the_page_has_a_key(page: InvoicesPage) -> None:
    without = [command.text for command in page.commands() if not (command.keys or command.heard)]
    assert [text for text in without if not text.startswith("Explain the su&m in")] == [], (
        "a sum is reached by its menu"
    )


def test_a_right_click_offers_what_can_be_done(page: InvoicesPage, gone: list[Destination], small: Small) -> None:
    page.table.customContextMenuRequested.emit(QPoint(40, 20))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    offered = {action.text(): action for action in menu.actions()}
    assert "&Letter to the account\tL" in offered

    offered["&Open the invoice\tEnter"].trigger()
    assert gone == [ShowInvoice(small.late, AS_OF)]
    menu.close()


def test_a_bucket_of_the_account_opens_its_invoices(
    page: InvoicesPage, gone: list[Destination], settled: Settled
) -> None:
    lines = [line for line in page.preview.findChildren(BucketLine) if not line.isHidden()]
    assert [line.accessibleName() for line in lines] == ["Not due: 480.00", "1–30: 1,250.40", "Over 90: 15,400.00"]
    lines[1].click()

    assert isinstance(gone[0], ShowInvoices)
    assert gone[0].title == "Tromsø Fisk AS, 1–30 days"
    page.show_invoices(gone[0].asked, gone[0].title)
    settled()
    assert listed(page) == ["INV-003"]


def test_a_click_elsewhere_narrows_the_list_and_says_so(page: InvoicesPage, settled: Settled) -> None:
    asked = Filter(AS_OF, where=OPEN, search="harbor", order_by=(Order("Balance"),))
    page.show_invoices(asked, "Harbor, all open")
    settled()

    assert listed(page) == ["INV-006", "INV-002"]
    assert "Harbor, all open  ×" in [one.text() for one in page.bar.findChildren(QPushButton)]


def test_coming_back_finds_the_list_as_it_was_left(page: InvoicesPage, settled: Settled, small: Small) -> None:
    page.show_narrowing(Narrowing(frozenset({State.OPEN}), days_to=0))
    settled()
    QTest.keyClick(page.table, Qt.Key.Key_Down)
    left = page.bookmark()
    page.show_invoices(Filter(AS_OF, where=OPEN), "All")
    settled()
    page.return_to(left)
    settled()

    assert listed(page) == ["INV-005", "INV-006"]
    assert page.table.currentIndex().row() == 1
    page.return_to("something else")
    assert listed(page) == ["INV-005", "INV-006"]


def test_another_day_shows_that_day(page: InvoicesPage, settled: Settled) -> None:
    page.stand_on(date(2026, 9, 30), None)
    settled()

    assert listed(page) == ["INV-001", "INV-002"]
    assert "41 days overdue · due 20 Aug 2026" in texts(page)


def test_what_concerns_it_is_read_again_and_nothing_else(
    page: InvoicesPage, settled: Settled, small: Small, file_book: Book
) -> None:
    with file_book.writing() as connection:
        build = Builder(connection)
        build.invoice("INV-010", small.tromso, "5.00", on="2026-11-22")
        build.settle()
    page.refresh(Changes(frozenset({"Letterhead"})))
    settled()
    assert "INV-010" not in listed(page)

    page.refresh(Changes(frozenset({"Invoice"})))
    settled()
    assert "INV-010" in listed(page)
    assert listed(page)[page.table.currentIndex().row()] == "INV-001"


def test_an_empty_list_says_what_to_do_next(page: InvoicesPage, settled: Settled) -> None:
    page.show_narrowing(Narrowing(text="nothing is called so"))
    settled()
    assert page.preview.isHidden()
    next(one for one in page.card.findChildren(QPushButton) if one.text() == "Show all invoices").click()
    settled()
    assert page.narrowing == EVERYTHING
    assert not page.preview.isHidden()
    assert not page.card.is_empty
    assert len(listed(page)) == 9


def test_on_a_day_without_anything_open_the_last_day_is_offered(
    page: InvoicesPage, settled: Settled, qtbot: QtBot
) -> None:
    page.stand_on(date(2025, 1, 1), None)
    settled()
    assert page.card.is_empty
    with qtbot.waitSignal(page.day_asked) as asked:
        next(one for one in page.card.findChildren(QPushButton) if one.text().startswith("Stand on")).click()

    assert asked.args == [date(2026, 11, 20)]


def test_ctrl_f_goes_to_the_search_and_enter_back_to_the_list(page: InvoicesPage, settled: Settled) -> None:
    page.focus_filter()
    assert page.bar.search.hasFocus()

    QTest.keyClicks(page.bar.search, "fisk")
    QTest.keyClick(page.bar.search, Qt.Key.Key_Return)
    settled()
    assert page.table.hasFocus()
    assert listed(page) == ["INV-001", "INV-003", "INV-005"]


def test_the_preview_gives_way_in_a_narrow_window(page: InvoicesPage, settled: Settled) -> None:
    page.resize(896, 560)
    assert page.preview.isHidden()
    QTest.keyClick(page.table, Qt.Key.Key_Down)
    settled()

    page.resize(1270, 760)
    settled()
    assert not page.preview.isHidden()
    assert texts(page)[0] == "INV-002"


def test_nothing_is_cut_in_a_small_window(page: InvoicesPage, settled: Settled) -> None:
    page.resize(896, 560)
    settled()

    assert page.table.horizontalScrollBar().maximum() == 0
    assert page.bar.sizeHint().width() <= 856


def test_another_look_is_taken_without_asking_the_book(page: InvoicesPage, desk: Desk) -> None:
    before = page.grab().toImage()
    page.set_look(look(LookName.DARK))

    assert desk.tasks.is_idle()
    assert page.grab().toImage() != before
    assert page.desk.look == look(LookName.DARK)


def test_the_import_is_one_of_the_ways_on(page: InvoicesPage, gone: list[Destination]) -> None:
    page._go_on(Next.IMPORT)

    assert gone == [ShowImport()]
