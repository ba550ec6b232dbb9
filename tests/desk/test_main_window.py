"""The window whole: opened over a book, walked by keys, back and forth, in two looks, with and without a book."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QEvent, QMimeData, QObject, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desk.small_book import AS_OF, Small
from desk.waiting import Settled
from duedesk.actions.workspace import Workspace
from duedesk.desk.background import Tasks
from duedesk.desk.main_window import MainWindow
from duedesk.desk.navigation import (
    Destination,
    GoBack,
    ShowAging,
    ShowBatchRuns,
    ShowImport,
    ShowInvoice,
    ShowInvoices,
    ShowLetter,
    ShowQuery,
    ShowSettings,
)
from duedesk.desk.pages.invoices.narrowing import Narrowing, State
from duedesk.desk.pages.invoices.page import InvoicesPage
from duedesk.desk.settings import Settings
from duedesk.desk.theme import LookChoice
from duedesk.domain.aging import AgingRequest
from duedesk.domain.changes import Changes
from duedesk.domain.filters import OPEN, Filter
from duedesk.domain.world import World
from duedesk.resources import Look, LookName, look

CONTROL = Qt.KeyboardModifier.ControlModifier
Key = Qt.Key


@pytest.fixture
def window(qtbot: QtBot, world: World, tasks: Tasks, light: Look, settings: Settings) -> MainWindow:
    """A window without a book."""
    made = MainWindow(world, tasks, light, settings)
    qtbot.addWidget(made)
    made.resize(1440, 900)
    made.show()
    qtbot.waitActive(made)
    return made


@pytest.fixture
def open_window(window: MainWindow, workspace: Workspace, small: Small, settled: Settled) -> MainWindow:
    """A window over the small book."""
    window.show_book(workspace)
    settled()
    return window


def invoices(window: MainWindow) -> InvoicesPage:
    assert isinstance(window.page, InvoicesPage)
    return window.page


def press(window: MainWindow, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    target = QApplication.focusWidget() or window
    QTest.keyClick(target, key, modifier)


def actions(window: MainWindow) -> dict[str, QAction]:
    return {
        action.text().replace("&", ""): action
        for menu in window.menuBar().actions()
        if menu.menu() is not None
        for action in menu.menu().actions()  # type: ignore[attr-defined] # the stub says QObject
        if action.text()
    }


def test_without_a_book_it_says_where_to_begin(window: MainWindow, qtbot: QtBot) -> None:
    assert window.page is None
    assert window.windowTitle() == "Duedesk"
    buttons = {one.text(): one for one in window.frame.welcome.findChildren(QPushButton)}
    assert list(buttons) == ["Make a sample book", "Import a file", "Open a book"]
    for text, asked in (
        ("Make a sample book", window.sample_asked),
        ("Import a file", window.import_asked),
        ("Open a book", window.open_asked),
    ):
        with qtbot.waitSignal(asked):
            buttons[text].click()


def test_without_a_book_nothing_that_needs_one_can_be_asked(window: MainWindow) -> None:
    for name in ("Refresh", "Invoices", "Back", "As of today"):
        assert not actions(window)[name].isEnabled()
    window.go(ShowInvoices())
    window.go_back()
    window.refresh()
    window.focus_filter()
    window.set_as_of(AS_OF)

    assert window.page is None


def test_a_book_opens_on_its_invoices(open_window: MainWindow) -> None:
    assert open_window.windowTitle() == "book.duedesk – Duedesk"
    assert open_window.frame.top.title.text() == "Invoices"
    assert invoices(open_window).table.records.rowCount() == 6
    assert open_window.frame.foot._shown.text() == "6 of 9 invoices"
    assert QApplication.focusWidget() is invoices(open_window).table


def test_enter_opens_the_record_and_escape_goes_back_to_the_row(
    open_window: MainWindow, settled: Settled, small: Small
) -> None:
    press(open_window, Key.Key_Down)
    press(open_window, Key.Key_Return)
    settled()
    assert open_window.frame.top.title.text() == "Invoice"

    press(open_window, Key.Key_Escape)
    settled()
    assert open_window.frame.top.title.text() == "Invoices"
    assert invoices(open_window).table.current_key == small.part


def test_every_page_of_the_rail_has_a_key(open_window: MainWindow, settled: Settled) -> None:
    press(open_window, Key.Key_2, CONTROL)
    settled()
    assert open_window.frame.top.title.text() == "Aging"

    press(open_window, Key.Key_1, CONTROL)
    settled()
    assert open_window.frame.top.title.text() == "Invoices"
    press(open_window, Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    settled()
    assert open_window.frame.top.title.text() == "Aging"
    open_window.go_to_rail(99)
    assert open_window.frame.top.title.text() == "Aging"


def test_going_back_undoes_a_narrowing(open_window: MainWindow, settled: Settled) -> None:
    invoices(open_window).show_narrowing(Narrowing(frozenset({State.SETTLED})))
    settled()
    open_window.go(ShowInvoices(Filter(AS_OF, where=OPEN), "All open"))
    settled()
    assert invoices(open_window).table.records.rowCount() == 6

    open_window.go(GoBack())
    settled()
    assert invoices(open_window).table.records.rowCount() == 1


def test_the_day_is_the_same_on_every_page(open_window: MainWindow, settled: Settled) -> None:
    open_window.focus_day()
    press(open_window, Key.Key_BracketLeft)
    settled()
    assert open_window.stand.as_of == date(2026, 10, 23)
    assert invoices(open_window).as_of == date(2026, 10, 23)
    assert invoices(open_window).table.records.rowCount() == 4

    open_window.go(ShowAging())
    settled()
    assert open_window.page is not None
    assert open_window.page.as_of == date(2026, 10, 23)
    press(open_window, Key.Key_T, CONTROL)
    open_window.go_to_rail(0)
    settled()
    assert invoices(open_window).table.records.rowCount() == 6


def test_a_destination_on_another_day_takes_the_reader_there(
    open_window: MainWindow, settled: Settled, small: Small
) -> None:
    open_window.go(ShowInvoice(small.late, date(2026, 9, 30)))
    assert open_window.stand.as_of == date(2026, 9, 30)

    open_window.go(ShowAging(AgingRequest(date(2026, 8, 31))))
    settled()
    assert open_window.stand.as_of == date(2026, 8, 31)
    open_window.go(ShowInvoices(Filter(AS_OF), "All"))
    settled()
    assert open_window.stand.as_of == AS_OF


def test_ctrl_f_searches_and_letters_are_typed_there(open_window: MainWindow, settled: Settled) -> None:
    press(open_window, Key.Key_F, CONTROL)
    QTest.keyClicks(invoices(open_window).bar.search, "l")

    assert invoices(open_window).bar.search.text() == "l"
    assert open_window.frame.top.title.text() == "Invoices"  # and no letter was begun


def test_f5_reads_the_book_again(open_window: MainWindow, settled: Settled, tasks: Tasks) -> None:
    press(open_window, Key.Key_F5)
    assert not tasks.is_idle()
    settled()


def test_what_changed_reaches_the_page_in_front_and_the_others_later(
    open_window: MainWindow, settled: Settled, tasks: Tasks
) -> None:
    open_window.go(ShowAging())
    settled()
    tasks.changed.emit(Changes(frozenset({"Invoice"})))
    settled()
    open_window.go_to_rail(0)
    settled()

    assert invoices(open_window).table.records.rowCount() == 6


def test_the_look_changes_on_every_page(open_window: MainWindow, settled: Settled) -> None:
    open_window.go(ShowAging())
    settled()
    dark = look(LookName.DARK)
    open_window.set_look(dark)
    settled()
    open_window.go_to_rail(0)
    settled()

    assert invoices(open_window).desk.look == dark


def test_a_look_is_chosen_from_the_menu(window: MainWindow, qtbot: QtBot) -> None:
    assert actions(window)["Look of the system"].isChecked()
    with qtbot.waitSignal(window.look_asked) as asked:
        actions(window)["Dark"].trigger()

    assert asked.args == [LookChoice.DARK]


def test_every_command_is_reached_by_keys_and_no_key_is_given_twice(
    open_window: MainWindow, settled: Settled, small: Small
) -> None:
    everywhere = [key for command in open_window.menus.commands for key in command.keys]
    assert {"Ctrl+Q", "Ctrl+O", "Ctrl+F", "F5", "F1", "Esc", "Ctrl+1", "Ctrl+2"} <= set(everywhere)
    lists: tuple[Destination, ...] = (ShowQuery(), ShowBatchRuns(), ShowSettings())
    for there in (ShowInvoice(small.late, AS_OF), ShowLetter(small.tromso, AS_OF), ShowAging(), ShowInvoices(), *lists):
        open_window.go(there)
        settled()
        assert open_window.page is not None
        commands = open_window.page.commands()
        keys = [*everywhere, *(key for command in commands for key in command.keys)]
        assert len(keys) == len(set(keys)), there
        assert [one.text for one in commands if not (one.keys or one.heard or "&" in one.text)] == [], there


@pytest.mark.parametrize(
    "name", ["invoices", "invoice", "aging", "letter", "import", "query", "batch runs", "settings"]
)
def test_every_part_of_a_page_is_reached_by_tab(
    open_window: MainWindow, settled: Settled, small: Small, name: str
) -> None:
    there: dict[str, Destination] = {
        "invoices": ShowInvoices(),
        "invoice": ShowInvoice(small.late, AS_OF),
        "aging": ShowAging(),
        "letter": ShowLetter(small.tromso, AS_OF),
        "import": ShowImport(),
        "query": ShowQuery("SELECT Balance FROM Invoice"),
        "batch runs": ShowBatchRuns(),
        "settings": ShowSettings("Sharing"),
    }
    open_window.go(there[name])
    settled()
    reached: set[QWidget] = set()
    for _ in range(80):
        QTest.keyClick(QApplication.focusWidget() or open_window, Key.Key_Tab)
        focused = QApplication.focusWidget()
        assert focused is not None
        reached.add(focused)
    parts = [one for one in open_window.frame.findChildren(QWidget) if takes_tab(one)]

    assert [repr(one) for one in parts if one not in reached] == []


def takes_tab(widget: QWidget) -> bool:
    """Tell whether a widget waits for the cursor; of buttons that exclude one another, the one that is on does."""
    is_alternative = isinstance(widget, QPushButton) and widget.group() is not None and widget.group().exclusive()
    if is_alternative and isinstance(widget, QPushButton) and not widget.isChecked():
        return False
    policy = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    return bool(policy) and widget.isVisible() and widget.isEnabled() and widget.focusProxy() is None


def test_files_are_dropped_anywhere(open_window: MainWindow, qtbot: QtBot) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile("/data/invoices.csv"), QUrl("https://example.com/x.csv")])
    at, left = QPoint(700, 400), Qt.MouseButton.LeftButton
    enter = QDragEnterEvent(at, Qt.DropAction.CopyAction, data, left, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(open_window, enter)
    assert enter.isAccepted()
    drop = QDropEvent(QPointF(at), Qt.DropAction.CopyAction, data, left, Qt.KeyboardModifier.NoModifier)
    with qtbot.waitSignal(open_window.dropped) as dropped:
        QApplication.sendEvent(open_window, drop)
    assert dropped.args == [("/data/invoices.csv",)]

    text = QMimeData()
    text.setText("not a file")
    other = QDragEnterEvent(at, Qt.DropAction.CopyAction, text, left, Qt.KeyboardModifier.NoModifier)
    other.ignore()
    QApplication.sendEvent(open_window, other)
    assert not other.isAccepted()


def test_the_menu_of_a_page_goes_with_it(open_window: MainWindow, settled: Settled) -> None:
    assert "Open the invoice\tEnter" in actions(open_window)
    open_window.show_welcome()

    assert "Open the invoice\tEnter" not in actions(open_window)
    assert open_window.workspace is None


def test_help_lists_the_keys_of_the_page_too(open_window: MainWindow) -> None:
    press(open_window, Key.Key_F1)
    dialog = open_window.findChild(QDialog)
    assert dialog is not None
    said = [label.text() for label in dialog.findChildren(QLabel)]
    assert {"On this page", "Open the invoice", "Ctrl+1", "a month back or on"} <= set(said)
    dialog.close()


def test_a_capital_in_the_list_begins_a_jump_and_is_no_command(open_window: MainWindow) -> None:
    table = invoices(open_window).table
    QTest.keyClicks(table, "Pn", Qt.KeyboardModifier.ShiftModifier)
    assert table.jump.typed == "Pn"


def test_about_says_which_version(window: MainWindow) -> None:
    actions(window)["About Duedesk"].trigger()
    box = window.findChild(QMessageBox)
    assert box is not None
    assert box.text().startswith("Duedesk 0.")
    box.close()


def test_what_failed_is_said_above_the_page(open_window: MainWindow) -> None:
    open_window.tell("book.duedesk is locked by another program.", "Nothing was changed.")

    assert open_window.frame.notice.text == "book.duedesk is locked by another program. Nothing was changed."


def test_another_book_takes_the_place_of_the_first(
    open_window: MainWindow, workspace: Workspace, settled: Settled
) -> None:
    first = open_window.page
    open_window.show_book(replace(workspace))
    settled()

    assert open_window.page is not first
    assert invoices(open_window).table.records.rowCount() == 6


def test_the_rail_gives_way_in_a_narrow_window(open_window: MainWindow) -> None:
    wide = open_window.frame.rail.width()
    open_window.resize(1024, 700)

    assert open_window.frame.rail.width() < wide


def test_closing_keeps_the_shape_and_ends_the_work(
    qtbot: QtBot, world: World, light: Look, settings: Settings, workspace: Workspace, small: Small
) -> None:
    first = MainWindow(world, Tasks(), light, settings)
    qtbot.addWidget(first)
    first.show_book(workspace)
    first.resize(1111, 777)
    first.show()
    actions(first)["Quit"].trigger()

    assert first.page is None
    assert not settings.state("window/geometry").isEmpty()


def test_no_page_opens_a_window_of_its_own(open_window: MainWindow, settled: Settled, small: Small) -> None:
    shown: list[str] = []

    class Watch(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's own name
            if event.type() is QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
                shown.append(repr(watched))
            return False

    watch = Watch()
    app = QApplication.instance()
    assert app is not None
    app.installEventFilter(watch)
    lists: tuple[Destination, ...] = (ShowQuery(), ShowBatchRuns(), ShowSettings("Groups"))
    for there in (ShowInvoice(small.late, AS_OF), ShowLetter(small.tromso, AS_OF), ShowAging(), ShowImport(), *lists):
        open_window.go(there)
        settled()
    app.removeEventFilter(watch)

    assert shown == []
    assert open_window.isActiveWindow()
