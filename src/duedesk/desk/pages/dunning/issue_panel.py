"""Issuing: what will happen is said before it does, and afterwards what dropped out and why; it issues nothing."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from duedesk.actions.dunning.issuing import IssuedRun
from duedesk.desk import format as written
from duedesk.desk.pages.dunning.papers import Outlook
from duedesk.desk.pages.dunning.words import totals_of
from duedesk.desk.verbs.panel import VerbPanel
from duedesk.desk.widgets.buttons import button
from duedesk.desk.widgets.labels import Role, plain_label
from duedesk.desk.widgets.remark import Remark
from duedesk.domain.dunning.proposal import ProposedLetter
from duedesk.domain.dunning.send_guard import Dropped
from duedesk.domain.errors import DuedeskError, Question
from duedesk.domain.money import ZERO

_MOST_DROPPED = 200
"""Invoices told one by one; the terminal tells all."""


@dataclass(frozen=True, slots=True)
class IssueAsked:
    """Issue, with a note on the run, and why although the book is old."""

    override: str
    note: str


class IssuePanel(VerbPanel):
    """Begins on the command: nothing has to be typed unless the book is older than its guard allows."""

    def __init__(self) -> None:
        super().__init__("Issue the letters", "Issue", "Each is read again as it is issued: what changed drops out.")
        self.told = QVBoxLayout()
        self.told.setSpacing(4)
        self.fields.addLayout(self.told)
        self.fields.addSpacing(8)
        self.note = QLineEdit()
        self.override = QLineEdit()
        self.add_field("Note on the run", self.note)
        self._why = plain_label("Why they may go all the same", Role.QUIET)
        self.fields.addWidget(self._why)
        self.fields.addWidget(self.override)
        for widget in (self._why, self.override):
            widget.hide()
        self.set_busy(busy=True)  # until it can be said what will happen

    def last_field(self) -> QWidget | None:
        """Give the field after which the commands come."""
        return self.override

    def show_outlook(self, outlook: Outlook, taken_out: int) -> None:
        """Say what will happen."""
        count = written.plural(len(outlook.letters), "letter")
        self.title.setText(f"Issue {count}")
        for level, line in _by_level(outlook.letters):
            self._tell(level, line)
        if taken_out:
            self._tell("Taken out or postponed", written.plural(taken_out, "letter"))
        self.told.addWidget(Remark(outlook.freshness))
        for warning in outlook.warnings:
            self.told.addWidget(Remark(warning))
        self.set_busy(busy=False)
        self.begin()

    def gather(self) -> IssueAsked:
        """Give what was said."""
        return IssueAsked(self.override.text().strip(), self.note.text().strip())

    def has_input(self) -> bool:
        """Tell whether something was typed."""
        return bool(self.note.text().strip() or self.override.text().strip())

    def show_fault(self, error: DuedeskError | None) -> None:
        """Say what is in the way; where a person has to say why, there is a field for it."""
        super().show_fault(error)
        if isinstance(error, Question):
            for widget in (self._why, self.override):
                widget.show()
            self.override.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tell(self, name: str, text: str) -> None:
        self.told.addWidget(plain_label(name, Role.QUIET))
        self.told.addWidget(plain_label(text, wraps=True))


class IssuedPanel(VerbPanel):
    """What became of it, and where it goes on; Enter or Esc closes it."""

    def __init__(self, done: IssuedRun, ways: Sequence[tuple[str, Callable[[], None]]]) -> None:
        count = written.plural(len(done.letters), "letter")
        title = f"{done.name}: {count} issued" if done.name else "No letter was issued"
        says = "" if done.dropped else "Nothing had changed since the proposal."
        super().__init__(title, "Close", says)
        self.leave_button.hide()
        totals: dict[str, Decimal] = {}
        for one in done.letters:
            totals[one.currency] = totals.get(one.currency, ZERO) + one.total
        if done.letters:
            last = f" to {done.letters[-1].number}" if len(done.letters) > 1 else ""
            self._tell("Numbers", f"{done.letters[0].number}{last}")
            self._tell("To pay", ", ".join(written.money(total, code) for code, total in sorted(totals.items())))
            self._tell("Next", "Print what goes by post, and send what goes by mail.")
            for text, run in ways:
                self.fields.addWidget(button(text, run))
            self.fields.addSpacing(6)
        if done.dropped:
            self._tell("Dropped out", written.plural(len(done.dropped), "invoice"))
        for dropped in done.dropped[:_MOST_DROPPED]:
            self._tell_dropped(dropped)
        if len(done.dropped) > _MOST_DROPPED:
            self.fields.addWidget(plain_label(f"And {len(done.dropped) - _MOST_DROPPED:,} more."))
        for warning in done.warnings:
            self.fields.addWidget(Remark(warning))

    def first_field(self) -> QWidget | None:
        """Begin on the command."""
        return None

    def _tell(self, name: str, text: str) -> None:
        self.fields.addWidget(plain_label(name, Role.QUIET))
        self.fields.addWidget(plain_label(text, wraps=True, selectable=True))
        self.fields.addSpacing(6)

    def _tell_dropped(self, one: Dropped) -> None:
        self.fields.addWidget(plain_label(one.number or "No number", selectable=True))
        self.fields.addWidget(plain_label(one.reason, Role.QUIET, wraps=True))
        self.fields.addSpacing(6)


def _by_level(letters: Iterable[ProposedLetter]) -> list[tuple[str, str]]:
    """Say of each level how many letters there are and what they ask for, by currency."""
    by_level: dict[int, list[ProposedLetter]] = {}
    for one in letters:
        by_level.setdefault(one.level, []).append(one)
    said = []
    for level, found in sorted(by_level.items()):
        sums = ", ".join(written.money(total, code) for code, total in totals_of(found).items())
        name = f"Level {level}" if level else "Notices before the due date"
        said.append((name, f"{written.plural(len(found), 'letter')}: {sums}"))
    return said
