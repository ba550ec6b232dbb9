"""The dunning run of a day: the letters it proposes, decided one by one and issued, and what it leaves out."""

from datetime import date
from functools import partial

from PySide6.QtWidgets import QVBoxLayout

from duedesk.desk.navigation import ShowAccount, ShowImport, ShowInvoice, ShowIssued, ShowLetterTexts, ShowPolicies
from duedesk.desk.page import Desk, FootLine, Page, PageCommand, Said
from duedesk.desk.pages.dunning.bar import HOLDS, LEFT_OUT, LETTERS, DunningBar
from duedesk.desk.pages.dunning.body import Body
from duedesk.desk.pages.dunning.deciding import Deciding
from duedesk.desk.pages.dunning.holding import Holding
from duedesk.desk.pages.dunning.issuing import Issuing
from duedesk.desk.pages.dunning.proposing import Proposing
from duedesk.desk.pages.dunning.words import foot_of_left_out, foot_of_letters, no_letters, proposing
from duedesk.desk.theme import GAP, PAGE_MARGIN
from duedesk.desk.verbs.keys import panel_commands
from duedesk.domain.changes import Changes


class DunningPage(Page):
    """One view at a time; the proposal is read again when the book or the day changes, and the decisions stay."""

    title = "Dunning"

    def __init__(self, desk: Desk, as_of: date) -> None:
        super().__init__(desk, as_of)
        self.bar = DunningBar()
        self.body = Body(desk)
        self.letters, self.left_out = self.body.letters, self.body.left_out
        self.card, self.side = self.body.card, self.body.side
        self.proposing = Proposing(self)
        self.deciding = Deciding(self, self.body, self.proposing)
        self.holding = Holding(self, self.body.holds)
        self.issuing = Issuing(self, self.side, self.proposing)
        column = QVBoxLayout(self)
        column.setContentsMargins(PAGE_MARGIN, 0, PAGE_MARGIN, GAP)
        column.setSpacing(GAP)
        column.addWidget(self.bar)
        column.addWidget(self.body, 1)
        self._connect()

    def show_view(self, name: str = "") -> None:
        """Bring a view to the front; nothing keeps the one that is."""
        if name:
            self.bar.show_view(name)
        if self.proposing.read is None:
            self.refresh()
        else:
            self._show_view()
        self.commands_changed.emit()

    def refresh(self, changes: Changes | None = None) -> None:
        """Propose again; the decisions stay with the letters that are proposed again."""
        if changes is None or changes.objects:
            self.proposing.ask()
            self.holding.ask()

    def begin(self) -> None:
        """Begin in the list."""
        if self.body.is_empty:
            self.body.empty.begin()
        else:
            {LETTERS: self.letters, LEFT_OUT: self.left_out, HOLDS: self.body.holds}[self.bar.view].setFocus()

    def focus_filter(self) -> None:
        """Put the cursor into the search."""
        self.bar.search.setFocus()
        self.bar.search.selectAll()

    def take_look(self) -> None:
        """Draw in the look of the desk."""
        self.body.set_look(self.desk.look)

    def can_leave(self) -> bool:
        """Tell whether the panel holds nothing that would have to be typed again."""
        return self.side.can_leave()

    def bookmark(self) -> object:
        """Remember the view in front."""
        return self.bar.view

    def return_to(self, bookmark: object) -> None:
        """Bring the view to the front again."""
        self.show_view(str(bookmark))

    def account_in_hand(self) -> tuple[int, str] | None:
        """Give the account of the line in hand."""
        line, left = self.letters.line, self.left_out.line
        if self.bar.view == LETTERS:
            return None if line is None else (line.letter.account_key, line.letter.to.name)
        hold = self.body.holds.hold
        if self.bar.view == HOLDS:
            return None if hold is None else (hold.account_key, hold.account)
        return None if left is None else (left.one.account_key, left.account)

    def commands(self) -> tuple[PageCommand, ...]:
        """Give what can be decided on the letters that are selected, or what opens."""
        panel = panel_commands(self.side.panel)
        if panel:
            return panel
        also = self._ways_on()
        if self.bar.view == HOLDS:
            opening = PageCommand("&Open the account or invoice", self.open, heard="Enter")
            copying = PageCommand("&Copy the selected rows", self.body.holds.copy, heard="Ctrl+C")
            return (self.holding.command(), opening, copying, *also)
        if self.bar.view == LEFT_OUT:
            return (
                PageCommand("&Open the invoice", self.open, heard="Enter"),
                PageCommand("&Copy the selected rows", self.left_out.copy, heard="Ctrl+C"),
                *also,
            )
        return (
            self.issuing.command(),
            *self.deciding.commands(),
            PageCommand("The &invoices of the letter", partial(self.card.turn_to, sheets=False), ("I",)),
            PageCommand("The &letter itself", partial(self.card.turn_to, sheets=True), ("L",)),
            PageCommand("&Open the account", self.open, ("O",), heard="Enter"),
            PageCommand("&Copy the selected rows", self.letters.copy, heard="Ctrl+C"),
            *also,
        )

    def _ways_on(self) -> tuple[PageCommand, ...]:
        """Give the commands that lead to the other views, and to what belongs to dunning."""
        return (
            *(
                PageCommand(f"Show: {name}", partial(self.show_view, name), (f"Alt+{at}",), follows_rule=at == 1)
                for at, name in enumerate(self.bar.chips, 1)
            ),
            PageCommand("Dunning pol&icies…", self.show_policies, ("Ctrl+L",), follows_rule=True),
            PageCommand("Letter te&xts", partial(self.go, ShowLetterTexts()), heard="Ctrl+Shift+W"),
            PageCommand("Letters i&ssued", partial(self.go, ShowIssued()), heard="Ctrl+Shift+L"),
        )

    def open(self) -> None:
        """Go to the account of the letter in hand, or to the invoice that is left out."""
        line, left = self.letters.line, self.left_out.line
        if self.bar.view == LETTERS and line is not None and self.can_go(ShowAccount):
            self.go(ShowAccount(line.letter.account_key, self.as_of))
        elif self.bar.view == LEFT_OUT and left is not None and self.can_go(ShowInvoice):
            self.go(ShowInvoice(left.one.invoice_key, self.as_of))
        elif self.bar.view == HOLDS and (hold := self.body.holds.hold) is not None:
            key = hold.invoice_key
            self.go(ShowAccount(hold.account_key, self.as_of) if key is None else ShowInvoice(key, self.as_of))

    def show_policies(self) -> None:
        """Go to the policies by which it is dunned."""
        self.go(ShowPolicies())

    def stop(self) -> None:
        """Wait no longer for the proposal."""
        self.proposing.stop()
        self.body.say("Stopped", "Nothing was proposed.", ("Propose again", self.proposing.ask))

    def _connect(self) -> None:
        self.bar.view_chosen.connect(self.show_view)
        self.bar.searched.connect(lambda _: self._show_view())
        self.bar.issue_asked.connect(self.issuing.begin)
        self.bar.issued_asked.connect(lambda: self.go(ShowIssued()))
        self.bar.policies_asked.connect(self.show_policies)
        self.letters.chosen.connect(lambda _: self._show_letter())
        self.letters.selectionModel().selectionChanged.connect(lambda *_: self.commands_changed.emit())
        for table in (self.letters, self.left_out, self.body.holds):
            table.cell_opened.connect(lambda _: self.open())
            table.doubleClicked.connect(lambda _: self.open())
        self.card.sheets_wanted.connect(self._draw)
        self.side.changed.connect(self.commands_changed)
        self.side.changed.connect(self._offer_issue)
        self.side.changed.connect(lambda: self.begin() if self.side.panel is None else None)
        self.proposing.found.connect(self._on_found)
        self.holding.found.connect(self._on_holds)
        self.proposing.failed.connect(self._fail)
        self.proposing.waits.connect(self._show_waiting)
        self.proposing.left_out.connect(self._show_left_out)
        self.proposing.drawn.connect(self.card.show_paper)

    def _on_found(self) -> None:
        found = self.proposing.sifted
        if found is not None:
            self.bar.count(LETTERS, len(found.proposal.letters))
            self.bar.count(LEFT_OUT, len(found.proposal.left_out))
        self._show_view()
        self.commands_changed.emit()

    def _on_holds(self) -> None:
        self.bar.count(HOLDS, len(self.holding.holds))
        if self.bar.view == HOLDS:
            self._show_holds()

    def _show_holds(self) -> None:
        self.footed.emit(self.holding.show(self.bar.text))
        if self.body.holds.holds:
            self.body.bring(self.body.holds)
        elif self.holding.holds:
            self.body.say("No hold fits that", "Search for another account or reason.", ("Show all", self._clear))
        else:
            self.body.say("No hold stands", "An invoice or account is held on its own page, with H.")
        self.commands_changed.emit()

    def _show_view(self) -> None:
        if self.bar.view == HOLDS:
            self.bar.offer_issue(offers=False)
            self._show_holds()
            return
        found = self.proposing.sifted
        self._offer_issue()
        if found is None:
            return
        if self.bar.view == LEFT_OUT:
            self.proposing.search_left_out(self.bar.text)
            return
        self.letters.show_lines(found.lines, self.bar.text)
        lines = self.letters.lines
        going = tuple(one.decided for one in lines if one.decided is not None)
        self.footed.emit(foot_of_letters(going, len(lines) - len(going)))
        left = len(found.proposal.left_out)
        if lines:
            self.body.bring(self.letters)
        elif found.lines:
            self.body.say("No letter fits that", "Search for another account or invoice.", ("Show all", self._clear))
        elif left:
            way = (f"Show the {left:,} left out", partial(self.show_view, LEFT_OUT))
            self.body.say(no_letters(self.as_of), "Every overdue invoice is left out, each for a reason.", way)
        else:
            way = ("Import a file", partial(self.go, ShowImport()))
            self.body.say(no_letters(self.as_of), "Nothing is overdue. Invoices come in by importing them.", way)

    def _offer_issue(self) -> None:
        """Offer to issue where there are letters, and no panel is open that does that or something else."""
        found = self.proposing.sifted
        can = self.bar.view == LETTERS and bool(found and found.lines) and not self.barred()
        self.bar.offer_issue(offers=can and self.side.panel is None)

    def _show_left_out(self, lines: object) -> None:
        found = self.proposing.sifted
        if self.bar.view != LEFT_OUT or found is None or not isinstance(lines, tuple):
            return
        self.left_out.show_lines(lines, self.as_of.toordinal())
        among = len(found.proposal.left_out)
        self.footed.emit(foot_of_left_out(((one.one.currency, one.one.balance) for one in lines), len(lines), among))
        if lines:
            self.body.bring(self.left_out)
        elif among:
            self.body.say("No invoice fits that", "It may be in a letter, or not overdue.", ("Show all", self._clear))
        else:
            self.body.say("Nothing is left out", "Every overdue invoice is in a letter.")

    def _show_waiting(self) -> None:
        self.footed.emit(FootLine("Proposing…"))
        if self.proposing.read is None:
            self.body.say(proposing(self.as_of), "", ("Stop", self.stop))

    def _fail(self, why: Said) -> None:
        self.footed.emit(FootLine())
        self.bar.offer_issue(offers=False)
        self.body.say(why.sentence, why.hint)

    def _clear(self) -> None:
        self.bar.search.clear()

    def _show_letter(self) -> None:
        line, found = self.letters.line, self.proposing.sifted
        policies = {} if found is None else found.proposal.policies
        self.card.show_letter(line, None if line is None else policies.get(line.letter.policy_key))
        self.commands_changed.emit()

    def _draw(self) -> None:
        line = self.letters.line
        if line is not None:
            self.proposing.draw(line)
