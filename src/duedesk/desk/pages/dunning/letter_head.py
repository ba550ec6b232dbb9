"""The head of the letter in hand: whom it is to, what it asks for, what was decided on it; it reads nothing."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from duedesk.desk import format as written
from duedesk.desk.pages.dunning.papers import Paper
from duedesk.desk.pages.dunning.reading import LetterLine
from duedesk.desk.pages.dunning.words import facts_of
from duedesk.desk.widgets.labels import Role, elided_label, plain_label
from duedesk.domain.dunning.policy import Policy

_MARGIN = 16


class LetterHead(QWidget):
    """A few lines."""

    def __init__(self) -> None:
        super().__init__()
        self.account = elided_label("", Role.STRONG)
        self.total = plain_label("", Role.FIGURE, selectable=True)
        self.facts = plain_label("", Role.QUIET, wraps=True)
        self.decided = plain_label("", Role.OVERDUE, wraps=True)
        self.remarks = plain_label("", Role.QUIET, wraps=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN, 0, _MARGIN, 0)
        column.setSpacing(2)
        for widget in (self.account, self.total, self.facts, self.decided, self.remarks):
            column.addWidget(widget)

    def show_letter(self, line: LetterLine, policy: Policy | None) -> None:
        """Show a letter."""
        one = line.letter
        self.account.setText(one.to.name)
        self.total.setText(written.money(one.total, one.currency))
        self.facts.setText(facts_of(one, policy))
        self.decided.setText(f"{line.words}." if line.words else "")
        self.decided.setVisible(bool(line.words))
        self.remarks.hide()

    def show_paper(self, paper: Paper) -> None:
        """Show what it comes to with its interest, and what a person should know before it goes out."""
        one = paper.letter
        self.total.setText(written.money(one.total, one.currency))
        self.remarks.setText(" ".join(paper.remarks))
        self.remarks.setVisible(bool(paper.remarks))
