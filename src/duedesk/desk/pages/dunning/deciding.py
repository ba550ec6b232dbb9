"""The commands of a clerk on the letters that are selected, and the panels some of them open; it draws no list."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

from duedesk.desk.page import Page, PageCommand
from duedesk.desk.pages.dunning.body import Body
from duedesk.desk.pages.dunning.decision_panel import Decided, DecisionAsked, DecisionPanel
from duedesk.desk.pages.dunning.item_deciding import ItemDeciding
from duedesk.desk.pages.dunning.proposing import Proposing
from duedesk.domain.dunning.policy import MAIL, MOST_LEVELS, PRINT
from duedesk.domain.dunning.send_guard import check_waiver
from duedesk.domain.errors import RequestError

_A_WEEK = timedelta(days=7)


class Deciding:
    """Each command changes the decisions, which are applied at once."""

    def __init__(self, page: Page, body: Body, proposing: Proposing) -> None:
        self._page = page
        self._side = body.side
        self._selected = body.letters.selected
        self._changed = proposing.sift
        self.sifting = proposing.sifting
        self.of_items = ItemDeciding(page, body.card, proposing, self._ask)

    def commands(self) -> tuple[PageCommand, ...]:
        """Give what can be decided."""
        none = self._none
        return (
            PageCommand("&Take out, or put back", self.take_out, ("Del",), barred=none),
            PageCommand("Take out for a &reason…", self.ask_reason, ("R",), barred=none),
            PageCommand("&Postpone…", self.ask_postpone, ("P",), barred=none),
            PageCommand("Print, or send by &mail", self.change_channel, ("M",), barred=none),
            PageCommand("Send to another &address…", self.ask_address, ("A",), barred=self._not_one),
            PageCommand("&Note…", self.ask_note, ("N",), barred=none),
            *(
                PageCommand(f"Level &{level}", partial(self.set_level, level), (str(level),), barred=none)
                for level in range(1, self._highest() + 1)
            ),
            PageCommand("&Waive fee and interest…", self.ask_waiver, ("W",), barred=none),
            *self.of_items.commands(),
            PageCommand("&Undo the last decision", self.undo, ("U",), barred=self._nothing_decided, follows_rule=True),
        )

    def take_out(self) -> None:
        """Take the selected letters out; put them back where all of them are out."""
        lines = self._selected()
        keys = [one.proposed.key for one in lines]
        if all(one.decided is None for one in lines):
            self.sifting.put_back(keys)
        else:
            self.sifting.take_out(keys)
        self._changed()

    def set_level(self, level: int) -> None:
        """Give the selected letters a level."""
        self.sifting.set_level([one.proposed for one in self._selected()], level)
        self._changed()

    def change_channel(self) -> None:
        """Print the selected letters where they would be mailed, else mail them."""
        lines = self._selected()
        channel = PRINT if any(one.letter.channel == MAIL for one in lines) else MAIL
        self.sifting.set_channel([one.proposed for one in lines], channel)
        self._changed()

    def undo(self) -> None:
        """Take the last decision back."""
        self.sifting.take_back()
        self._changed()

    def ask_reason(self) -> None:
        """Take the selected letters out for a reason."""
        keys = self._keys()
        asked = DecisionAsked(
            "Take out", "Take out", f"{self._named()} will not be sent in this run.", "Reason", self._words()
        )
        self._ask(asked, lambda said: self.sifting.take_out(keys, said.words))

    def ask_postpone(self) -> None:
        """Postpone the selected letters to a day."""
        keys = self._keys()
        day = self._page.as_of + _A_WEEK
        says = f"{self._named()} will not be sent; issuing the others holds these invoices back until the day."
        asked = DecisionAsked("Postpone", "Postpone", says, "Reason", self._words(), day)
        self._ask(asked, lambda said: self.sifting.take_out(keys, said.words, said.day))

    def ask_address(self) -> None:
        """Send the letter in hand elsewhere."""
        (line,) = self._selected()
        is_mail = line.letter.channel == MAIL
        label = "Address of mail" if is_mail else "Lines of the address"
        says = f"The letter to {line.letter.to.name} goes there, this time only. Empty: where it is proposed to go."
        asked = DecisionAsked("Another address", "Send there", says, label, line.letter.address)
        self._ask(asked, lambda said: self.sifting.set_address(line.proposed.key, said.words))

    def ask_waiver(self) -> None:
        """Let the selected letters charge neither fee nor interest, for a reason."""
        keys, lines = self._keys(), self._selected()
        waived = [one.waived for one in lines if one.waived]
        says = f"{self._named()} will charge neither fee nor interest. Interest so far is not asked for later either."
        if waived:
            says = f"{says} Empty: it is charged after all."
        held = waived[0] if len(lines) == 1 and waived else ""
        asked = DecisionAsked("Waive fee and interest", "Waive", says, "Reason", held)

        def decide(said: Decided) -> None:
            reason = check_waiver(said.words) if said.words or not waived else ""
            self.sifting.waive(keys, reason)

        self._ask(asked, decide)

    def ask_note(self) -> None:
        """Note something on the selected letters."""
        keys = self._keys()
        lines = self._selected()
        words = lines[0].letter.note if len(lines) == 1 else ""
        asked = DecisionAsked("Note", "Note", "It is kept with the letter and printed nowhere.", "Note", words)
        self._ask(asked, lambda said: self.sifting.set_note(keys, said.words))

    def _ask(self, asked: DecisionAsked, decide: Callable[[Decided], None]) -> None:
        panel = DecisionPanel(asked, self._page.desk.workspace.world.today)

        def done(said: Decided) -> None:
            try:
                decide(said)
            except RequestError as error:
                panel.show_fault(error)
                return
            self._side.close_panel()
            self._changed()

        panel.asked.connect(done)
        panel.left.connect(self._side.close_panel)
        self._side.open_panel(panel)
        panel.begin()

    def _keys(self) -> list[str]:
        return [one.proposed.key for one in self._selected()]

    def _named(self) -> str:
        lines = self._selected()
        return f"The letter to {lines[0].letter.to.name}" if len(lines) == 1 else f"{len(lines):,} letters"

    def _words(self) -> str:
        lines = self._selected()
        held = self.sifting.now.letters.get(lines[0].proposed.key) if len(lines) == 1 else None
        return "" if held is None else held.words

    def _highest(self) -> int:
        levels = [one.proposed.level for one in self._selected()]
        return min(max(levels, default=0), MOST_LEVELS)

    def _none(self) -> str:
        return self._page.barred() or ("" if self._selected() else "no letter is selected")

    def _not_one(self) -> str:
        return self._none() or ("" if len(self._selected()) == 1 else "select one letter")

    def _nothing_decided(self) -> str:
        return "" if self.sifting.has_any else "nothing was decided yet"
