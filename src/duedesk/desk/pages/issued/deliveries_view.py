"""The view of deliveries: how each letter left, what a person says of those in doubt, and the way to mail them."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from duedesk.actions.delivering.deciding import send_again, was_sent
from duedesk.actions.delivering.queueing import withdraw
from duedesk.desk.page import Page, PageCommand
from duedesk.desk.pages.issued.bouncing import Bouncing
from duedesk.desk.pages.issued.delivery_lines import DELIVERY_LINES, STATES, fitting, foot_of
from duedesk.desk.pages.issued.drafting import Drafting
from duedesk.desk.pages.issued.line_table import LineTable
from duedesk.desk.pages.issued.sending import Sending
from duedesk.desk.pages.issued.view import IssuedView
from duedesk.desk.verbs.ask import Answers, AskPanel, Asks, WordsAsked
from duedesk.domain.changes import Changes
from duedesk.store.queries.letters.deliveries import DeliveryRow, deliveries

_DOUBT = "Unknown"


class DeliveriesView(IssuedView):
    """The list; what is said of several at once is one action."""

    name = "Deliveries"
    hint = "Letter, account, address   Ctrl+F"
    primary = ("Send now…", "S")
    concerns = ("LetterDelivery", "DunningLetter")
    states = STATES

    def __init__(self, page: Page) -> None:
        self.list: LineTable[DeliveryRow] = LineTable(page.desk.look, page.desk.tasks, DELIVERY_LINES)
        super().__init__(page, self.list)
        self.sending = Sending(page, self.open_panel, self.side.close_panel)
        self.drafting = Drafting(page)
        self.bouncing = Bouncing(page)
        self.rows: tuple[DeliveryRow, ...] = ()

    def read(self) -> None:
        """Read the deliveries."""
        workspace, then = self.page.desk.workspace, self.then
        now = workspace.world.now()

        def take(rows: tuple[DeliveryRow, ...]) -> None:
            self.rows = tuple(one.as_known(now) for one in rows)
            self.counted.emit(len(rows))
            self.show_found()

        self.page.desk.tasks.read(
            self, partial(workspace.ask, deliveries, then=then), take, failed=self.page.say_failed, slot="deliveries"
        )

    def show_found(self) -> None:
        """Show the deliveries that fit."""
        shown = fitting(self.rows, self.text, self.state)
        self.list.show_lines(shown)
        if shown:
            self.bring_list()
            self.footed.emit(foot_of(shown, is_todays=self.is_past))
        elif self.rows:
            self.say("No delivery fits that", "Search for another letter or address, or show all of them.")
        else:
            hint = "Letters are queued as they are issued, or from their list with Q."
            self.say(self.none_yet(f"letter {'was' if self.is_past else 'is'} queued"), hint, self.way_to_letters())
        self.commands_changed.emit()

    def open(self) -> None:
        """Show the letter of the delivery in hand."""
        line = self.list.line
        if line is not None:
            self.letter_asked.emit(line.letter_key)

    def offered(self) -> tuple[PageCommand, ...]:
        """Give what can be said of the deliveries that are selected."""
        none, barred = self._none, self.page.barred
        return (
            PageCommand("&Send now…", self.sending.begin, ("S",), barred=barred),
            PageCommand("Write d&rafts…", self.drafting.ask, ("D",), barred=barred),
            PageCommand("&Mail that came back…", self.bouncing.ask, ("B",), barred=barred),
            PageCommand("It was sen&t", self.say_sent, ("W",), barred=self._not_in_doubt, follows_rule=True),
            PageCommand("Send &again…", self.ask_again, ("A",), barred=self._not_again),
            PageCommand("With&draw…", self.ask_withdraw, ("Del",), barred=self._gone),
            PageCommand("&Open the letter", self.open, ("O",), heard="Enter", barred=none, follows_rule=True),
        )

    def account_in_hand(self) -> tuple[int, str] | None:
        """Give the account of the delivery in hand."""
        line = self.list.line
        return None if line is None else (line.account_key, line.account)

    def say_sent(self) -> None:
        """Say of the selected deliveries that they were sent, or printed and posted."""
        keys, workspace = self._keys(), self.page.desk.workspace
        self._do("Noting that it was sent", lambda: was_sent(workspace, keys), self.page.say_failed)

    def ask_again(self) -> None:
        """Ask where the selected deliveries are sent once more."""
        keys, workspace = self._keys(), self.page.desk.workspace
        together = "What left in the same message is sent again with it; a reader who has got it sees it once."
        asks = Asks("Send again", "Queue again", together, words=WordsAsked("To another address, or empty"))
        self._ask(asks, lambda answers: send_again(workspace, keys, answers.words or None))

    def ask_withdraw(self) -> None:
        """Ask why the selected deliveries do not leave."""
        keys, workspace = self._keys(), self.page.desk.workspace
        asks = Asks(
            "Withdraw",
            "Withdraw",
            f"{len(keys):,} of them will not leave; the letters stand.",
            words=WordsAsked("Why", required=True, lines=2, missing="A reason is needed."),
        )
        self._ask(asks, lambda answers: withdraw(workspace, keys, answers.words))

    def _ask(self, asks: Asks, action: Callable[[Answers], Changes]) -> None:
        panel = AskPanel(asks, self.page.desk.workspace.world.today)
        panel.asked.connect(lambda answers: self._do(asks.title, lambda: action(answers), panel.show_fault))
        self.open_panel(panel)

    def _do(self, title: str, action: Callable[[], Changes], failed: Callable[[Any], None]) -> None:
        def done(changes: Changes) -> None:
            self.side.close_panel()
            self.page.say_done(f"{changes.summary}.")

        self.page.desk.tasks.write(self, lambda _: action(), done, title=title, failed=failed)

    def _keys(self) -> Sequence[int]:
        return [one.key for one in self.list.selected()]

    def _none(self) -> str:
        return "" if self.list.selected() else "no delivery is selected"

    def _among(self, allowed: Callable[[DeliveryRow], bool], why: str) -> str:
        found = self.page.barred() or self._none()
        return found or ("" if all(map(allowed, self.list.selected())) else why)

    def _not_in_doubt(self) -> str:
        def allowed(one: DeliveryRow) -> bool:
            return one.status == _DOUBT or (one.channel, one.status) == ("print", "Waiting")

        return self._among(allowed, "that is said of what is unknown, or waits for print")

    def _not_again(self) -> str:
        def allowed(one: DeliveryRow) -> bool:
            return one.channel == "mail" and one.status in {_DOUBT, "Refused", "Failed"}

        return self._among(allowed, "that is said of mail that is unknown, refused or failed")

    def _gone(self) -> str:
        return self._among(
            lambda one: one.status not in {"Sent", "Claimed", "Withdrawn"}, "it was sent, is leaving, or is withdrawn"
        )
