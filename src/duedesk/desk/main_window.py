"""The main window: it holds the frame, the menus and the open book together; no page and no rule is known to it.

It stands on the screen before it is furnished: what it holds is loaded behind its first painting.
"""

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray, QMimeData, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QPaintEvent
from PySide6.QtWidgets import QMainWindow

if TYPE_CHECKING:  # all of it loads behind the window that is shown first
    from duedesk.actions.workspace import Workspace
    from duedesk.desk.background import Tasks
    from duedesk.desk.navigation import Destination, Stand
    from duedesk.desk.open_book import OpenBook
    from duedesk.desk.page import Page, Said
    from duedesk.desk.settings import Settings
    from duedesk.domain.changes import Changes
    from duedesk.domain.world import World
    from duedesk.resources import Look

_DAY_HINT = "Write one such as 23 Nov 2026, or press F4 for a calendar."
_BACK_HINT = "“Back to today” (Ctrl+Shift+T) leads to what is known now."
GEOMETRY = "window/geometry"
"""What the settings call the shape of the window."""


class MainWindow(QMainWindow):
    """One window over one book."""

    sample_asked = Signal()
    import_asked = Signal()
    open_asked = Signal()
    look_asked = Signal(object)
    """Another look: a LookChoice."""
    dropped = Signal(object)
    """Files were dropped on the window: a tuple of their paths."""
    broke = Signal(object)
    """Something failed that nobody caught: the exception."""

    painted = Signal()
    """The window stands on the screen."""

    def __init__(self, *furnishing: Any) -> None:
        """Make a bare window; what `furnish` takes furnishes it at once."""
        super().__init__()
        self._book: OpenBook | None = None
        self._was_painted = self.is_furnished = False
        self.setAcceptDrops(True)
        self.setMinimumSize(880, 560)
        self.resize(1440, 900)
        if furnishing:
            self.furnish(*furnishing)

    def furnish(self, world: "World", tasks: "Tasks", look: "Look", settings: "Settings") -> None:
        """Put everything into the window, in the shape it had."""
        from duedesk.desk.commands import commands_of  # noqa: PLC0415 - here and below: not before the first painting
        from duedesk.desk.frame import Frame  # noqa: PLC0415
        from duedesk.desk.menus import Menus  # noqa: PLC0415

        self.is_furnished = True
        self._world = world
        self._tasks = tasks
        self._look = look
        self._settings = settings
        self.frame = Frame(tasks, world.today(), world.today, can_import=self.can_import)
        self.setCentralWidget(self.frame)
        if not self._was_painted:
            self.restoreGeometry(settings.state(GEOMETRY))
        self.frame.welcome.sample_asked.connect(self.sample_asked)
        self.frame.welcome.import_asked.connect(self.import_asked)
        self.frame.welcome.open_asked.connect(self.open_asked)
        self.menus = Menus(self, self._tell_barred)
        self.menus.build(commands_of(self, settings.look))
        self.frame.rail.chosen.connect(self.go_to_rail)
        self.frame.top.refused.connect(lambda: self.tell("That is no day; the one before stays.", _DAY_HINT))
        self.frame.top.stand_changed.connect(lambda _: self.frame.notice.clear())  # what was said is of another day
        self.frame.top.stand_changed.connect(self.stand_on)
        self.frame.top.back_asked.connect(self.go_back_to_today)
        self.frame.top.finder.clicked.connect(lambda *_: self.find_anything())
        tasks.changed.connect(self._on_changed)
        self.show_welcome()

    @property
    def page(self) -> "Page | None":
        """Give the page that is shown; None while no book is open."""
        return None if self._book is None else self._book.page

    @property
    def can_import(self) -> bool:
        """Tell whether there is a page that takes files in."""
        from duedesk.desk.navigation import ShowImport  # noqa: PLC0415
        from duedesk.desk.open_book import can_reach  # noqa: PLC0415

        return can_reach(ShowImport)

    @property
    def workspace(self) -> "Workspace | None":
        """Give the open book."""
        return None if self._book is None else self._book.workspace

    @property
    def stand(self) -> "Stand":
        """Give where in time the reader stands."""
        return self.frame.top.stand

    def show_welcome(self) -> None:
        """Show where to begin."""
        from duedesk.desk.page import FootLine  # noqa: PLC0415

        self.leave_book()
        self.frame.stack.setCurrentWidget(self.frame.welcome)
        self.frame.rail.set_pages(())
        self.frame.rail.set_book("")
        self.frame.top.setVisible(False)
        self.frame.foot.show_line(FootLine())
        self.menus.set_has_book(has_book=False)
        self.menus.show_page_commands(())
        self.setWindowTitle("Duedesk")
        self.frame.welcome.setFocus()

    def show_book(self, workspace: "Workspace") -> None:
        """Show a book in place of the one before."""
        from duedesk.desk.navigation import ShowInvoices  # noqa: PLC0415
        from duedesk.desk.open_book import OpenBook  # noqa: PLC0415
        from duedesk.desk.page import Desk  # noqa: PLC0415

        self.leave_book()
        desk = Desk(workspace, self._tasks, self._look, self._settings)
        self._book = OpenBook(desk, self.stand, self, self.frame, self.menus)
        self._book.router.arrived.connect(self._on_arrived)
        self._book.router.footed.connect(self.frame.foot.show_line)
        self._book.router.stood.connect(self.frame.top.set_stand)
        self._book.router.day_asked.connect(self.set_as_of)
        self._book.router.now_asked.connect(lambda: self.stand_on(replace(self.stand, known_on=None)))
        self._book.router.said.connect(self._on_said)
        self._book.router.commands_changed.connect(self._on_commands_changed)
        self._book.went.connect(self.go)
        self._book.said.connect(self._on_said)
        self.frame.notice.clear()
        self.frame.rail.set_pages(self._book.rail_names())
        self.frame.rail.set_book(workspace.book.name)
        self.frame.top.setVisible(True)
        self.menus.set_has_book(has_book=True)
        self.setWindowTitle(f"{workspace.book.name} – Duedesk")
        self.go(ShowInvoices())

    def go(self, destination: "Destination") -> None:
        """Go where a destination says."""
        if self._book is not None:
            self._book.router.go(destination)

    def go_back(self) -> None:
        """Go to the page before this one."""
        if self._book is not None:
            self._book.router.go_back()

    def go_to_rail(self, place: int) -> None:
        """Go to the page at a place in the rail, as it was left."""
        start = None if self._book is None else self._book.start_of(place)
        if start is not None:
            self.go(start)

    def stand_on(self, stand: "Stand") -> None:
        """Stand elsewhere in time; not in a past that is only read while a page holds what is not done yet."""
        if self._book is not None and stand != self._book.router.stand:
            page = self._book.page
            if stand.known_on is not None and page is not None and not page.can_leave():
                stand = self._book.router.stand
            else:
                self._book.stand_on(stand)
        self.frame.top.set_stand(stand)

    def set_as_of(self, day: date) -> None:
        """Stand on another day, with what is known there."""
        self.stand_on(replace(self.stand, as_of=day))

    def go_back_to_today(self) -> None:
        """Stand on today, and count all that is recorded by now."""
        self.stand_on(replace(self.stand, as_of=self._world.today(), known_on=None))

    def stand_on_today(self) -> None:
        """Stand on today."""
        self.set_as_of(self._world.today())

    def set_look(self, look: "Look") -> None:
        """Take another look on."""
        self._look = look
        if self._book is not None:
            self._book.set_look(look)

    def refresh(self) -> None:
        """Read the book again."""
        if self._book is not None:
            self._book.refresh()

    def undo(self) -> None:
        """Ask what undoing the last action would do, and do it."""
        self._undo(again=False)

    def redo(self) -> None:
        """Ask what doing again what was undone last would do, and do it."""
        self._undo(again=True)

    def show_query(self) -> None:
        """Go to the query that was shown last, or to a new one."""
        from duedesk.desk.navigation import ShowQuery  # noqa: PLC0415

        self.go(ShowQuery())

    def show_batch_runs(self) -> None:
        """Go to the batch runs."""
        from duedesk.desk.navigation import ShowBatchRuns  # noqa: PLC0415

        self.go(ShowBatchRuns())

    def show_changes(self) -> None:
        """Go to what changed since, of the account in hand where there is one."""
        if self.page is not None:
            self.page.show_changes()

    def explain(self) -> None:
        """Tell how the figure in hand is made up."""
        if self.page is not None:
            self.page.explain_number()

    def show_settings(self) -> None:
        """Go to the settings of the book."""
        from duedesk.desk.navigation import ShowSettings  # noqa: PLC0415

        self.go(ShowSettings())

    def find_anything(self, text: str = "") -> None:
        """Open the field that finds anything, with a text in it."""
        if self._book is not None:
            self._book.find(text)

    def focus_filter(self) -> None:
        """Put the cursor where the page is searched."""
        if self.page is not None:
            self.page.focus_filter()

    def focus_day(self) -> None:
        """Put the cursor into the as-of date."""
        from PySide6.QtCore import Qt  # noqa: PLC0415 - its many names take 12 ms, which the first painting spares

        self.frame.top.date_field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def focus_known(self) -> None:
        """Put the cursor into the known-on date."""
        from PySide6.QtCore import Qt  # noqa: PLC0415

        self.frame.top.known_field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def tell(self, sentence: str, hint: str = "") -> None:
        """Say what failed and what to do, above the page."""
        self.frame.notice.show_text(sentence, hint)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tell once that the window stands on the screen."""
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self, self.painted.emit)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files that are dragged in, wherever they are dropped."""
        if _files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Say which files were dropped."""
        event.acceptProposedAction()
        self.dropped.emit(_files(event.mimeData()))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep the shape of the window and end the work behind it; not while a page must not be left."""
        if not self.is_furnished:
            super().closeEvent(event)
            return
        if self.page is not None and not self.page.can_leave():
            event.ignore()
            return
        self._settings.keep_state(GEOMETRY, QByteArray(self.saveGeometry()))
        self._settings.write()
        self._tasks.close()
        self.leave_book()
        super().closeEvent(event)

    def leave_book(self) -> None:
        """Take the pages down and give the book's connections back."""
        if self._book is not None:
            self._book.close()
            self._book = None

    def _tell_barred(self, sentence: str) -> None:
        """Say what bars a command; where that is the past, the way back as well. With nothing, what was said goes."""
        if not sentence:
            self.frame.notice.clear()
            return
        is_past = self.page is not None and bool(self.page.barred()) and self.page.barred() in sentence
        self.tell(sentence, _BACK_HINT if is_past else "")

    def _undo(self, *, again: bool) -> None:
        if self.page is not None and self.page.barred():
            self.tell(f"{'Redo' if again else 'Undo'}: {self.page.barred()}.", _BACK_HINT)
        elif self._book is not None:
            self._book.undo(again=again)

    def _on_arrived(self, page: "Page") -> None:
        self.frame.notice.clear()  # what failed there is behind the reader
        self.frame.top.title.setText(page.title)
        self.frame.rail.set_current(None if self._book is None else self._book.place_in_rail())
        self.menus.show_page_commands(page.commands())
        page.begin()

    def _on_commands_changed(self) -> None:
        if self.page is not None:
            self.menus.show_page_commands(self.page.commands())

    def _on_said(self, said: "Said") -> None:
        self.frame.notice.show_text(said.sentence, said.hint, done=said.done)

    def _on_changed(self, changes: "Changes") -> None:
        if self._book is not None:
            self._book.refresh(changes)


def _files(data: QMimeData) -> tuple[str, ...]:
    return tuple(url.toLocalFile() for url in data.urls() if url.isLocalFile())
