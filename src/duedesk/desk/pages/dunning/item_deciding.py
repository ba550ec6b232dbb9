"""What a clerk decides on one invoice of the letter in hand: taken out, postponed, put back; it draws no list."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

from duedesk.desk.page import Page, PageCommand
from duedesk.desk.pages.dunning.decision_panel import Decided, DecisionAsked
from duedesk.desk.pages.dunning.letter_card import LetterCard
from duedesk.desk.pages.dunning.proposing import Proposing
from duedesk.domain.dunning.proposal import ProposedItem

_A_WEEK = timedelta(days=7)

Ask = Callable[[DecisionAsked, Callable[[Decided], None]], None]


class ItemDeciding:
    """The rest of its letter goes on; the invoice in hand is the one to which the cursor came last."""

    def __init__(self, page: Page, card: LetterCard, proposing: Proposing, ask: Ask) -> None:
        self._page = page
        self._card = card
        self._sifting = proposing.sifting
        self._changed = proposing.sift
        self._ask = ask
        card.item_turned.connect(self.turn)

    def commands(self) -> tuple[PageCommand, ...]:
        """Give what can be decided on one invoice."""
        return (
            PageCommand("Go to the in&voices of the letter", self.begin, ("V",), barred=self._none, follows_rule=True),
            PageCommand("Take the invoice out, or put it &back", self.take_out, ("Shift+Del",), barred=self._none),
            PageCommand("Take the invoice out for a reas&on…", self.ask_reason, ("Shift+R",), barred=self._none),
            PageCommand("Postpone the in&voice…", self.ask_postpone, ("Shift+P",), barred=self._none),
        )

    def begin(self) -> None:
        """Put the cursor on the invoice in hand."""
        self._card.turn_to(sheets=False)
        self._card.begin_items()

    def turn(self, key: int) -> None:
        """Take an invoice out of its letter, or put it back."""
        line = self._card.line
        if line is not None and key in line.out:
            self._sifting.put_back_item(key)
        else:
            self._sifting.take_out_item(key)
        self._changed()

    def take_out(self) -> None:
        """Take the invoice in hand out, or put it back."""
        item = self._card.item
        if item is not None:
            self.turn(item.invoice_key)

    def ask_reason(self) -> None:
        """Take the invoice in hand out for a reason."""
        item = self._card.item
        if item is not None:
            says = f"{item.number} will not be in the letter of this run; the rest of it goes."
            asked = DecisionAsked("Take an invoice out", "Take out", says, "Reason", self._words(item))
            self._ask(asked, partial(self._take_out, item.invoice_key))

    def ask_postpone(self) -> None:
        """Postpone the invoice in hand to a day."""
        item = self._card.item
        if item is not None:
            says = f"{item.number} is left out; issuing the letters holds it back until the day."
            day = self._page.as_of + _A_WEEK
            asked = DecisionAsked("Postpone an invoice", "Postpone", says, "Reason", self._words(item), day)
            self._ask(asked, partial(self._take_out, item.invoice_key))

    def _take_out(self, key: int, said: Decided) -> None:
        self._sifting.take_out_item(key, said.words, said.day)

    def _words(self, item: ProposedItem) -> str:
        held = self._sifting.now.invoices.get(item.invoice_key)
        return "" if held is None else held.words

    def _none(self) -> str:
        return self._page.barred() or ("" if self._card.item is not None else "no invoice is in hand")
