"""A policy that somebody else changed meanwhile: both states of what differs, of which the reader takes one."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from duedesk.desk.verbs.panel import VerbPanel
from duedesk.desk.widgets.buttons import button
from duedesk.desk.widgets.labels import Role, plain_label
from duedesk.domain.dunning.policy import Policy
from duedesk.domain.dunning.policy_words import differing


class ConflictPanel(VerbPanel):
    """Keeps what was typed until the reader says which of both shall be."""

    theirs_taken = Signal()
    """What is in the book is taken, and what was typed dropped."""

    def __init__(self, there: Policy, here: Policy) -> None:
        super().__init__(
            f"{there.name} was changed meanwhile",
            "Save mine",
            "Somebody else saved it while you typed. Nothing of either is lost yet.",
        )
        for what, theirs, own in differing(there, here):
            self.fields.addWidget(plain_label(what, Role.QUIET, wraps=True))
            self.fields.addWidget(plain_label(f"In the book: {theirs}", wraps=True, selectable=True))
            self.fields.addWidget(plain_label(f"Yours: {own}", wraps=True, selectable=True))
            self.fields.addSpacing(6)
        self.theirs_button = button("Take what is in the book", self.theirs_taken.emit)
        line = QHBoxLayout()
        line.addWidget(self.theirs_button)
        line.addStretch(1)
        self.fields.addLayout(line)
        self.leave_button.setText("Back  Esc")
