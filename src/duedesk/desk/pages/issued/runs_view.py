"""The view of the runs: who issued how many letters and when, and what dropped out of each with why; it issues none."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal

from duedesk.desk import format as written
from duedesk.desk.page import FootLine, Page, PageCommand
from duedesk.desk.pages.issued.cancelling import ask_cancel
from duedesk.desk.pages.issued.line_table import LineTable
from duedesk.desk.pages.issued.printing import Printing
from duedesk.desk.pages.issued.run_card import RunCard
from duedesk.desk.pages.issued.run_lines import RUN_LINES, dropped_of, said_of, searched
from duedesk.desk.pages.issued.view import IssuedView
from duedesk.domain.errors import RequestError
from duedesk.domain.names import fold
from duedesk.store.queries.letters.issued import Run, runs
from duedesk.store.queries.letters.lists import letter_rows


class RunsView(IssuedView):
    """The list, and beside it the run in hand."""

    letters_asked = Signal(object)
    """The letters of a run are wanted: its key and name."""

    name = "Runs"
    hint = "Run, by whom, policy   Ctrl+F"
    primary = ("Print…", "Ctrl+P")
    concerns = ("DunningRun", "DunningLetter")

    def __init__(self, page: Page) -> None:
        self.list: LineTable[Run] = LineTable(page.desk.look, page.desk.tasks, RUN_LINES)
        self.card = RunCard()
        super().__init__(page, self.list, self.card)
        self.printing = Printing(page, self.open_panel, self.side.close_panel)
        self.runs: tuple[Run, ...] = ()
        self.list.chosen.connect(lambda _: self._show_run())

    def read(self) -> None:
        """Read the runs."""
        workspace, then = self.page.desk.workspace, self.then

        def take(found: tuple[Run, ...]) -> None:
            self.runs = found
            self.counted.emit(len(found))
            self.show_found()

        self.page.desk.tasks.read(
            self, partial(workspace.ask, runs, then=then), take, failed=self.page.say_failed, slot="runs"
        )

    def show_found(self) -> None:
        """Show the runs that fit."""
        wanted = fold(self.text)
        shown = tuple(one for one in self.runs if not wanted or wanted in fold(searched(one)))
        self.list.show_lines(shown)
        if shown:
            self.bring_list()
            letters = sum(one.letter_count for one in shown)
            said = f"{written.plural(len(shown), 'run')}, {written.plural(letters, 'letter')}"
            self.footed.emit(FootLine(said))
        elif self.runs:
            self.say("No run fits that", "Search for another name.")
        else:
            self.say(
                self.none_yet("run was issued"), "Issuing the letters of a proposal makes one.", self.way_to_proposal()
            )
        self.commands_changed.emit()

    def open(self) -> None:
        """Show the letters of the run in hand."""
        line = self.list.line
        if line is not None:
            self.letters_asked.emit((line.key, line.name))

    def offered(self) -> tuple[PageCommand, ...]:
        """Give what can be done with the run in hand."""
        return (
            PageCommand("Its &letters", self.open, ("L",), heard="Enter", barred=self._none),
            PageCommand(
                "&Print its letters…", partial(self._with_letters, self.printing.begin), ("Ctrl+P",), barred=self._none
            ),
            PageCommand("&Cancel its letters…", partial(self._with_letters, self._cancel), ("Del",), barred=self._over),
        )

    def _with_letters(self, do: Callable[[list[int]], None]) -> None:
        """Read which letters of the run in hand stand, and do something with them."""
        line, workspace = self.list.line, self.page.desk.workspace
        if line is None:
            return
        key = line.key

        def read() -> list[int]:
            keys = [one.key for one in workspace.ask(letter_rows, run_key=key) if not one.is_cancelled]
            if not keys:
                raise RequestError("No letter of that run stands.", "They are all cancelled.")
            return keys

        self.page.desk.tasks.read(self, read, do, failed=self.page.say_failed, slot="letters of run")

    def _cancel(self, keys: list[int]) -> None:
        ask_cancel(self.page, keys, self.open_panel, self.side.close_panel)

    def _show_run(self) -> None:
        line = self.list.line
        self.card.show_run(line, () if line is None else dropped_of(line), said_of(line))

    def _none(self) -> str:
        return "" if self.list.line is not None else "no run is selected"

    def _over(self) -> str:
        line = self.list.line
        is_over = line is not None and line.status == "Cancelled"
        return self.page.barred() or self._none() or ("it is cancelled already" if is_over else "")
