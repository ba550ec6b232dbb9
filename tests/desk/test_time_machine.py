"""The window in the past: the two dates of its toolbar move every page, clicks keep them, and the way back restores."""

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desk.small_book import AS_OF, Small
from desk.waiting import Settled
from duedesk.actions.calls.views import save_view, saved_views
from duedesk.desk import view_deeds
from duedesk.desk.finding.asking import offers_for
from duedesk.desk.main_window import MainWindow
from duedesk.desk.navigation import ShowAging, ShowInvoice, ShowQuery, Stand
from duedesk.desk.page import KNOWN_THEN
from duedesk.desk.pages.invoices.page import InvoicesPage
from duedesk.domain.aging import AgingRequest
from duedesk.domain.days import end_of_day

EARLY = date(2026, 1, 1)
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
Key = Qt.Key


def invoices(window: MainWindow) -> InvoicesPage:
    assert isinstance(window.page, InvoicesPage)
    return window.page


def press(window: MainWindow, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(QApplication.focusWidget() or window, key, modifier)


def test_what_was_known_then_is_known_on_every_page_and_only_read(
    window: MainWindow, settled: Settled, small: Small
) -> None:
    """Everything of the small book is recorded on its first days: a day before that it was not known."""
    before = end_of_day(date(2026, 1, 1))
    window.focus_known()
    field = window.frame.top.known_field
    QTest.keyClicks(field, "1 Foo 2026")
    press(window, Key.Key_Return)
    assert window.frame.notice.text.startswith("That is no day; the one before stays. Write one such as")
    field.selectAll()
    QTest.keyClicks(field, "1 Jan 2026")
    press(window, Key.Key_Return)
    settled()
    assert window.frame.notice.text == ""
    assert window.stand == Stand(AS_OF, before)
    assert invoices(window).table.records.rowCount() == 0
    assert invoices(window).barred() == KNOWN_THEN
    assert window.frame.foot._shown.text() == "0 of 0 invoices"
    window.undo()
    assert window.frame.notice.text.startswith("Undo: shown as it was known then.")
    window._tell_barred(f"Post: {KNOWN_THEN}.")
    assert "“Back to today”" in window.frame.notice.text

    window.go(ShowQuery("SELECT COUNT() FROM Invoice WHERE Status = 'Posted'"))
    settled()
    assert window.page is not None
    assert window.page.stand == Stand(AS_OF, before)
    window.go(ShowAging(AgingRequest(date(2026, 8, 31))))
    settled()
    assert window.stand == Stand(date(2026, 8, 31), before)

    window.go_back()  # what a click moved, going back moves back
    settled()
    assert window.stand == Stand(AS_OF, before)
    press(window, Key.Key_T, CONTROL | SHIFT)
    window.go_back()  # what the reader chose holds for the whole desk
    settled()
    assert window.stand == Stand(AS_OF)
    assert window.frame.top.back.isHidden()
    assert invoices(window).table.records.rowCount() == 6


def test_ctrl_k_finds_what_had_been_recorded_by_then(window: MainWindow, settled: Settled) -> None:
    assert _found(window, "INV-001", settled) == ["INV-001"]
    window.stand_on(Stand(AS_OF, end_of_day(date(2026, 1, 1))))
    settled()
    assert _found(window, "INV-001", settled) == []


def _found(window: MainWindow, text: str, settled: Settled) -> list[str]:
    offers = offers_for(window.workspace, text, window.stand, frozenset({ShowInvoice})) if window.workspace else ()
    settled()
    return [offer.title for offer in offers]


def test_a_view_is_counted_from_where_the_reader_stands(window: MainWindow, settled: Settled) -> None:
    workspace = window.workspace
    assert workspace is not None
    save_view(workspace, "Posted", "SELECT DocumentNumber FROM Invoice WHERE Status = 'Posted'")
    (view,) = saved_views(workspace)
    now, before = (view_deeds.count(workspace, view, Stand(AS_OF, known)) for known in (None, end_of_day(EARLY)))
    settled()
    assert now
    assert before == 0
