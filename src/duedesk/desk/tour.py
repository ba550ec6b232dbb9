"""The tour: a picture of every page in two sizes and two looks, every report and a letter of each level; no screen.

It shows the window as a reader would see it, waits for the book's answers instead of for time, and changes nothing.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from PySide6.QtCore import QEvent, QEventLoop
from PySide6.QtWidgets import QApplication

from duedesk.actions.workspace import Workspace, create_workspace
from duedesk.desk.application import application
from duedesk.desk.background import Tasks
from duedesk.desk.main_window import MainWindow
from duedesk.desk.settings import Settings
from duedesk.desk.theme import dress
from duedesk.desk.tour_of_lists import list_stops
from duedesk.desk.tour_papers import papers_of
from duedesk.desk.tour_stops import Facts, Stop, facts_of, stops_of
from duedesk.domain.errors import RequestError
from duedesk.domain.world import World
from duedesk.resources import LookName, look

SIZES = ((1440, 900), (1024, 700))

_LEAVE = "Esc"
"""The key that leaves a panel."""

_Answer = TypeVar("_Answer")
Told = Callable[[int, int], None]
"""Told how many of how many things are done."""


def make_tour(
    workspace: Workspace,
    out_dir: Path,
    *,
    pages_only: bool = False,
    as_of: date | None = None,
    progress: Told | None = None,
) -> list[Path]:
    """Draw the tour of a book, and of an empty one, into a folder; give the files in the order they were made.

    The reader stands on `as_of`; None is the last day of the book, or a month end before it with something late.
    RequestError where the folder cannot be written.
    """
    try:
        out_dir.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise RequestError(f"The folder {out_dir} cannot be made: {error.strerror}.", "Name another.") from error
    app = application()
    app.setCursorFlashTime(0)
    with TemporaryDirectory() as spare:
        return _Tour(app, workspace, out_dir, Path(spare), progress).make(as_of, pages_only=pages_only)


@dataclass(frozen=True, slots=True)
class _Show:
    """A book and where to go in it; without a book, what is shown before one is open."""

    workspace: Workspace | None
    stops: tuple[Stop, ...]
    suffix: str = ""


class _Tour:
    def __init__(
        self, app: QApplication, workspace: Workspace, out_dir: Path, spare: Path, progress: Told | None
    ) -> None:
        self._app = app
        self._workspace = workspace
        self._out_dir = out_dir
        self._spare = spare
        self._progress = progress
        self._tasks = Tasks()
        self._broken: list[BaseException] = []
        self._tasks.broke.connect(self._broken.append)
        self._made: list[Path] = []

    def make(self, as_of: date | None, *, pages_only: bool) -> list[Path]:
        """Draw everything."""
        empty: Workspace | None = None
        try:
            facts = self._ask(lambda: facts_of(self._workspace, as_of))
            world = self._workspace.world.standing_on(facts.as_of)
            empty = self._ask(lambda: create_workspace(str(self._spare / "empty.duedesk"), world))
            shows = (
                _Show(self._workspace, (*list_stops(), *stops_of(facts))),
                _Show(empty, (*list_stops(is_empty=True), *stops_of(Facts(facts.as_of))), "-empty"),
                _Show(None, (Stop("welcome", None),)),
            )
            papers = () if pages_only else self._ask(lambda: papers_of(self._workspace, facts, self._out_dir))
            total = len(papers) + len(LookName) * len(SIZES) * sum(len(show.stops) for show in shows)
            for name, show in product(LookName, shows):
                for file in self._pictures(show, name, world):
                    self._done(file, total)
            for paper in papers:
                self._done(self._ask(paper), total)
        finally:
            self._tasks.close()
            if empty is not None:
                empty.close()
        return self._made

    def _pictures(self, show: _Show, name: LookName, world: World) -> Iterator[Path]:
        dress(self._app, look(name))
        window = MainWindow(world, self._tasks, look(name), Settings(self._spare / "desk.ini"))
        if show.workspace is not None:
            window.show_book(show.workspace)
        for stop, size in product(show.stops, SIZES):
            window.resize(*size)
            window.show()
            if stop.destination is not None:
                window.go(stop.destination)
            self._settle()
            self._give(window, stop.key)
            if stop.find:
                window.find_anything(stop.find)
                self._settle()
            file = self._out_dir / f"{stop.name}{show.suffix}-{name}-{size[0]}x{size[1]}.png"
            if not window.grab().save(str(file)):
                raise RequestError(f"{file} cannot be written.", "Name another folder.")
            self._give(window, _LEAVE if stop.key else "")
            yield file
        window.leave_book()
        window.hide()
        window.deleteLater()
        self._settle()

    def _give(self, window: MainWindow, key: str) -> None:
        """Give the command of a key on the page that is shown, where it is offered."""
        offered = () if window.page is None or not key else window.page.commands()
        for command in offered:
            if key in {*command.keys, command.heard} and not command.barred():
                command.run()
                self._settle()
                return

    def _done(self, file: Path, total: int) -> None:
        self._made.append(file)
        if self._progress is not None:
            self._progress(len(self._made), total)

    def _ask(self, question: Callable[[], _Answer]) -> _Answer:
        """Ask behind the window, as a page does, and wait."""
        answers: list[_Answer] = []
        self._tasks.read(self._tasks, question, answers.append)
        self._settle()
        return answers[0]

    def _settle(self) -> None:
        """Let the window work until nothing is under way."""
        while True:
            self._app.processEvents()
            self._app.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
            if self._broken:
                raise self._broken[0]
            if self._tasks.is_idle():
                self._app.processEvents()  # what the last answer set off
                if self._tasks.is_idle():
                    return
            waiting = QEventLoop()
            self._tasks.settled.connect(waiting.quit)
            waiting.exec()
