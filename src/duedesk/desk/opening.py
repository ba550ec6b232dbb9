"""Opening and making books from the window: it asks for the file, works behind the window and hands the book over."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from duedesk.desk.background import Progress, Tasks
from duedesk.desk.navigation import ShowImport
from duedesk.desk.router import load_first_page
from duedesk.domain.errors import Cancelled, DuedeskError
from duedesk.domain.world import World

if TYPE_CHECKING:  # loaded behind the window, see `_open`
    from duedesk.actions.workspace import Workspace

FILES = "Tables (*.csv *.tsv *.txt *.xlsx);;All files (*)"
BOOKS = "Duedesk books (*.duedesk)"
SUFFIX = ".duedesk"


class Opening(QObject):
    """Makes workspaces; the window shows them."""

    opened = Signal(object)
    """A book is open: its Workspace."""
    failed = Signal(object)
    """A book could not be opened or made: the DuedeskError."""
    go_asked = Signal(object)
    """Where to go once the book is open: a Destination."""

    def __init__(self, window: QWidget, tasks: Tasks, world: World) -> None:
        super().__init__(window)
        self._window = window
        self._tasks = tasks
        self._world = world

    def open(self, location: str) -> None:
        """Open a book, or one on a server by its URL."""
        self._tasks.read(
            self, lambda: _open(location, self._world), self.opened.emit, failed=self.failed.emit, slot="book"
        )

    def ask_and_open(self) -> None:
        """Ask for a book and open it."""
        chosen, _ = QFileDialog.getOpenFileName(self._window, "Open book", "", BOOKS)
        if chosen:
            self.open(chosen)

    def open_last(self, location: str | None) -> None:
        """Open the book that was asked for, else the one last opened, if it is still there."""
        if location is not None:
            self.open(location)
            return
        self._tasks.read(self, _last_book, lambda last: None if last is None else self.open(last), slot="last")

    def ask_and_make_sample(self) -> None:
        """Ask where a sample book shall be kept, make it and open it."""
        location = self._ask_for_new("Keep the sample book as", "sample")
        if location:
            self._tasks.write(
                self,
                lambda progress: _make_sample(location, self._world, progress),
                self.opened.emit,
                title="Making the sample book",
                failed=self._fail,
            )

    def ask_and_import(self, workspace: "Workspace | None") -> None:
        """Ask for files to take in; where no book is open, ask first where a new one shall be kept."""
        files, _ = QFileDialog.getOpenFileNames(self._window, "Import", "", FILES)
        if files:
            self._import(tuple(files), workspace)

    def take(self, files: tuple[str, ...], workspace: "Workspace | None") -> None:
        """Take files as they were dropped: open a book, take in everything else."""
        if len(files) == 1 and files[0].endswith(SUFFIX):
            self.open(files[0])
        elif files:
            self._import(files, workspace)

    def _import(self, files: tuple[str, ...], workspace: "Workspace | None") -> None:
        chosen = ShowImport(files)
        if workspace is not None:
            self.go_asked.emit(chosen)
            return
        location = self._ask_for_new("Keep the new book as", "book")
        if location:
            self._tasks.write(
                self,
                lambda progress: _create(location, self._world),  # noqa: ARG005 - too short to report on
                lambda made: self._begin_with(made, chosen),
                title="Making the book",
                failed=self._fail,
            )

    def _fail(self, error: DuedeskError) -> None:
        if not isinstance(error, Cancelled):  # who stopped it knows
            self.failed.emit(error)

    def _begin_with(self, workspace: "Workspace", chosen: ShowImport) -> None:
        self.opened.emit(workspace)
        self.go_asked.emit(chosen)

    def _ask_for_new(self, title: str, name: str) -> str:
        chosen, _ = QFileDialog.getSaveFileName(self._window, title, f"{name}{SUFFIX}", BOOKS)
        if not chosen:
            return ""
        return chosen if Path(chosen).suffix else f"{chosen}{SUFFIX}"


def _open(location: str, world: World) -> "Workspace":
    from duedesk.actions.recent import remember_book  # noqa: PLC0415 - loaded behind the window
    from duedesk.actions.workspace import open_workspace  # noqa: PLC0415 - loaded behind the window

    workspace = open_workspace(location, world)
    remember_book(location)
    load_first_page()
    return workspace


def _last_book() -> str | None:
    from duedesk.actions.recent import last_book  # noqa: PLC0415 - loaded behind the window

    last = last_book()
    return last if last is not None and ("://" in last or Path(last).exists()) else None


def _create(location: str, world: World) -> "Workspace":
    from duedesk.actions.recent import remember_book  # noqa: PLC0415 - loaded behind the window
    from duedesk.actions.workspace import create_workspace  # noqa: PLC0415 - loaded behind the window

    workspace = create_workspace(location, world)
    remember_book(location)
    load_first_page()
    return workspace


def _make_sample(location: str, world: World, progress: Progress) -> "Workspace":
    from duedesk.actions.demo import make_demo  # noqa: PLC0415 - loaded behind the window
    from duedesk.actions.recent import remember_book  # noqa: PLC0415 - loaded behind the window

    def report(done: int, total: int) -> None:
        if progress.is_cancelled():
            raise Cancelled
        progress.report(done, total)

    workspace = make_demo(location, world, with_letters=True, progress=report)
    remember_book(location)
    load_first_page()
    return workspace
