"""The view of all letters that were issued: looked up, opened as they are kept, taken back; it mails none."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent

from duedesk.desk.navigation import ShowAccount
from duedesk.desk.page import Page, PageCommand
from duedesk.desk.pages.issued.cancelling import ask_cancel
from duedesk.desk.pages.issued.letter_card import NARROW_WIDTH, WIDTH, IssuedCard
from duedesk.desk.pages.issued.letter_lines import LETTER_LINES, STATES, fitting, foot_of
from duedesk.desk.pages.issued.line_table import LineTable
from duedesk.desk.pages.issued.printing import Printing
from duedesk.desk.pages.issued.queueing import queue_letters
from duedesk.desk.pages.issued.reading import kept_paper, whole_letter
from duedesk.desk.pages.issued.saving import Saving
from duedesk.desk.pages.issued.view import IssuedView
from duedesk.store.queries.letters.lists import LetterRow, letter_rows

_NARROW = 1100


class LettersView(IssuedView):
    """The list, and beside it the letter in hand; `run` narrows it to the letters of one run: key and name."""

    run_changed = Signal(object)
    """The letters of another run are shown, or of all: the name of the run, or nothing."""

    name = "Letters"
    hint = "Number, account, run   Ctrl+F"
    primary = ("Print…", "Ctrl+P")
    concerns = ("DunningLetter", "LetterDelivery", "DunningRun", "Account")
    states = STATES

    def __init__(self, page: Page) -> None:
        self.list: LineTable[LetterRow] = LineTable(page.desk.look, page.desk.tasks, LETTER_LINES)
        self.card = IssuedCard(page.desk.look, page.desk.tasks)
        super().__init__(page, self.list, self.card)
        self.printing = Printing(page, self.open_panel, self.side.close_panel)
        self.saving = Saving(page)
        self.rows: tuple[LetterRow, ...] = ()
        self.is_read = False
        self._wanted: int | None = None
        self._run: tuple[int, str] | None = None
        self.list.chosen.connect(lambda _: self._show_letter())
        self.card.sheets_wanted.connect(self._show_sheets)

    def read(self) -> None:
        """Read all letters, a line each."""
        workspace, then = self.page.desk.workspace, self.then

        def take(rows: tuple[LetterRow, ...]) -> None:
            self.rows, self.is_read = rows, True
            self.counted.emit(len(rows))
            self.show_found()

        self.page.desk.tasks.read(
            self, partial(workspace.ask, letter_rows, then=then), take, failed=self.page.say_failed, slot="letters"
        )

    def show_of_run(self, run: tuple[int, str] | None) -> None:
        """Show the letters of one run alone; None shows all."""
        self._run = run
        self.run_changed.emit("" if run is None else run[1])
        self.show_found()

    def take_in_hand(self, key: int) -> None:
        """Show a letter by its key, on its sheets."""
        self._wanted = key
        self._run, self.text, self.state = None, "", ""
        self.run_changed.emit("")
        self.card.turn_to(sheets=True)
        self.show_found()

    def show_found(self) -> None:
        """Show the letters that fit."""
        if not self.is_read:
            return
        among = self.rows if self._run is None else tuple(one for one in self.rows if one.run_key == self._run[0])
        shown = fitting(among, self.text, self.state)
        wanted, self._wanted = self._wanted, None
        self.list.show_lines(shown, wanted)
        if shown:
            self.bring_list()
            self.footed.emit(foot_of(shown, way_is_todays=self.is_past))
        elif self.rows:
            self.say("No letter fits that", "Search for another number or account, or show all of them.")
        else:
            way = self.way_to_proposal()
            self.say(
                self.none_yet("letter was issued"), "The proposal of the day lists what would go out, and why.", way
            )
        self.commands_changed.emit()

    def open(self) -> None:
        """Show the letter in hand as it is kept."""
        self.card.turn_to(sheets=True)

    def offered(self) -> tuple[PageCommand, ...]:
        """Give what can be done with the letters that are selected."""
        none = self._none
        return (
            PageCommand("&The letter as it is kept", self.open, ("L",), heard="Enter", barred=none),
            PageCommand("What is known &of it", partial(self.card.turn_to, sheets=False), ("I",), barred=none),
            PageCommand("&Print…", self.ask_print, ("Ctrl+P",), barred=self._not_standing),
            PageCommand("&Save the PDF…", self.ask_and_save, ("Ctrl+S",), barred=self._not_one),
            PageCommand("&Queue to be sent", self.queue, ("Q",), barred=self._not_standing),
            PageCommand("&Cancel…", self.ask_cancel, ("Del",), barred=self._not_standing, follows_rule=True),
            PageCommand("Open the &account", self.open_account, ("O",), barred=none, follows_rule=True),
        )

    def account_in_hand(self) -> tuple[int, str] | None:
        """Give the account of the letter in hand."""
        line = self.list.line
        return None if line is None else (line.account_key, line.account)

    def take_look(self) -> None:
        """Draw in the look of the desk."""
        super().take_look()
        self.card.set_look(self.page.desk.look)
        self._show_letter()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the list the room it needs."""
        super().resizeEvent(event)
        self.card.setFixedWidth(NARROW_WIDTH if event.size().width() < _NARROW else WIDTH)

    def ask_cancel(self) -> None:
        """Ask why the selected letters are cancelled, and say what that does."""
        keys = [one.key for one in self._standing()]
        ask_cancel(self.page, keys, self.open_panel, self.side.close_panel)

    def ask_print(self) -> None:
        """Ask how the selected letters are printed, and say what that comes to."""
        self.printing.begin([one.key for one in self._standing()])

    def ask_and_save(self) -> None:
        """Ask where the letter shall be kept as a file, and save it there to the byte."""
        if self.list.line is not None:
            self.saving.ask(self.list.line)

    def queue(self) -> None:
        """Queue the selected letters on their way; what is under way stays as it is."""
        queue_letters(self.page, [one.key for one in self._standing()])

    def open_account(self) -> None:
        """Go to the account of the letter in hand."""
        line = self.list.line
        if line is not None and self.page.can_go(ShowAccount):
            self.page.go(ShowAccount(line.account_key, self.page.as_of))

    def _show_letter(self) -> None:
        line = self.list.line
        if line is None:
            self.card.show_letter(None)
            return
        workspace, key, then = self.page.desk.workspace, line.key, self.then
        self.page.desk.tasks.read(
            self,
            lambda: whole_letter(workspace, key, then),
            self.card.show_letter,
            failed=self.page.say_failed,
            slot="letter",
        )

    def _show_sheets(self) -> None:
        line = self.list.line
        if line is None:
            return
        workspace, key = self.page.desk.workspace, line.key
        self.page.desk.tasks.read(
            self, lambda: kept_paper(workspace, key), self.card.show_paper, failed=self.card.show_paper, slot="paper"
        )

    def _standing(self) -> Sequence[LetterRow]:
        return [one for one in self.list.selected() if not one.is_cancelled]

    def _none(self) -> str:
        return "" if self.list.line is not None else "no letter is selected"

    def _not_one(self) -> str:
        return self._none() or ("" if len(self.list.selected()) == 1 else "select one letter")

    def _not_standing(self) -> str:
        return self.page.barred() or self._none() or ("" if self._standing() else "it is cancelled already")
