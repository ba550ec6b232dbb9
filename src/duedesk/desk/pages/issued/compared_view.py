"""The view that holds the proposal of the day against the last run: new, raised, asked again, gone and why."""

from operator import attrgetter
from typing import Any

from duedesk.actions.dunning.comparing import compare
from duedesk.desk import format as written
from duedesk.desk.navigation import ShowInvoice
from duedesk.desk.page import FootLine, Page, PageCommand
from duedesk.desk.pages.issued.line_table import Lines, LineTable
from duedesk.desk.pages.issued.view import IssuedView
from duedesk.desk.pages.issued.words import totals
from duedesk.desk.tables.columns import Column, Shown
from duedesk.domain.catalog import Kind
from duedesk.domain.days import in_words
from duedesk.domain.dunning.run_comparing import Change, ComparedItem, Comparison
from duedesk.domain.names import fold

_WORDS = {Change.NEW: "New", Change.RAISED: "Raised", Change.AGAIN: "Again", Change.GONE: "Gone"}
_COLUMNS = (
    Column("change", "Since", Kind.STRING, Shown.STATUS, 76),
    Column("number", "Invoice", Kind.STRING, Shown.NUMBER, 124),
    Column("account", "Account", Kind.STRING, Shown.TEXT, 140),
    Column("level", "Level", Kind.STRING, Shown.TEXT, 68),
    Column("then", "Asked then", Kind.CURRENCY, Shown.FIGURE, 124),
    Column("now", "Now", Kind.CURRENCY, Shown.BALANCE, 130),
    Column("why", "Why", Kind.STRING, Shown.TEXT, 180, stretches=True),
)


def _write(one: ComparedItem) -> dict[str, tuple[str, Any]]:
    levels = " → ".join("–" if level is None else str(level) for level in (one.level_then, one.level_now))
    return {
        "change": (_WORDS[one.change], _WORDS[one.change]),
        "number": (one.number, one.number),
        "account": (one.account, one.account),
        "level": (levels, levels),
        "then": (written.money(one.then, one.currency) if one.then is not None else "", one.then),
        "now": (written.amount(one.now, one.currency) if one.now is not None else "", one.now),
        "why": (one.why, one.why),
    }


_LINES: Lines[ComparedItem] = Lines(
    name="The proposal held against the last run",
    columns=_COLUMNS,
    write=_write,
    key=attrgetter("invoice_key"),
    rooms={"then": 1000},
    currency=lambda one: "" if one.now is None else one.currency,
    orders={
        "change": lambda one: (tuple(Change).index(one.change), fold(one.account)),
        "number": attrgetter("number"),
        "account": lambda one: (fold(one.account), one.number),
    },
)


class ComparedView(IssuedView):
    """Worked out when it is first looked at: it takes a whole proposal."""

    name = "Compared"
    hint = "Invoice, account, reason   Ctrl+F"
    concerns = ("Invoice", "Payment", "CreditMemo", "DunningLetter", "DunningHold", "PaymentPromise", "Dispute")
    states = (("All", ""), *((words, change.value) for change, words in _WORDS.items()))

    def __init__(self, page: Page) -> None:
        self.list: LineTable[ComparedItem] = LineTable(page.desk.look, page.desk.tasks, _LINES)
        super().__init__(page, self.list)
        self.found: Comparison | None = None
        self._is_wanted = False

    def begin(self) -> None:
        """Work it out where that was not done yet, and put the cursor into the list."""
        if not self._is_wanted:
            self._is_wanted = True
            self.read()
        super().begin()

    def read(self) -> None:
        """Work it out again, where it was looked at."""
        if not self._is_wanted:
            return
        workspace, as_of = self.page.desk.workspace, self.page.as_of
        if self.found is None:
            self.say(f"Comparing {in_words(as_of)} with the last run…", "")

        def take(found: Comparison) -> None:
            self.found = found
            self.show_found()

        self.page.desk.tasks.read(
            self, lambda: compare(workspace, as_of), take, failed=self.page.say_failed, slot="compared"
        )

    def show_found(self) -> None:
        """Show what fits."""
        found = self.found
        if found is None:
            return
        wanted = fold(self.text)
        shown = tuple(
            one
            for one in found.items
            if self.state in {"", one.change.value}
            and (not wanted or wanted in fold(f"{one.number} {one.account} {one.why}"))
        )
        self.list.show_lines(shown)
        against = f"against {found.run} of {written.day(found.run_date)}" if found.run else "no run was issued before"
        if shown:
            self.bring_list()
            counts = ((_WORDS[change].lower(), len(found.of(change))) for change in Change)
            said = ", ".join(f"{count:,} {words}" for words, count in counts if count)
            sums = totals((one.currency, one.now) for one in shown if one.now is not None)
            self.footed.emit(FootLine(f"{said}; {against}", sums))
        elif found.items:
            self.say("No invoice fits that", f"{len(found.items):,} are compared, {against}.")
        else:
            self.say("There is nothing to compare", f"No letter is due, {against}.")
        self.commands_changed.emit()

    def open(self) -> None:
        """Go to the invoice in hand."""
        line = self.list.line
        if line is not None and self.page.can_go(ShowInvoice):
            self.page.go(ShowInvoice(line.invoice_key, self.page.as_of))

    def offered(self) -> tuple[PageCommand, ...]:
        """Give what can be done with the invoice in hand."""
        none = "" if self.list.line is not None else "no invoice is selected"
        return (PageCommand("&Open the invoice", self.open, ("O",), heard="Enter", barred=lambda: none),)

    def account_in_hand(self) -> tuple[int, str] | None:
        """Give the account of the invoice in hand."""
        line = self.list.line
        return None if line is None else (line.account_key, line.account)
