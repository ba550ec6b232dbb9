"""The panel beside the list in which a verb is said to many invoices: what will happen, and then what did."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from duedesk.desk.bulk.doing import Asked
from duedesk.desk.bulk.outlook import AllOutlook, Outlook
from duedesk.desk.bulk.sentences import command, left_out_lines, left_out_title, title, what_will_happen
from duedesk.desk.bulk.verbs import BulkVerb
from duedesk.desk.verbs.panel import VerbPanel
from duedesk.desk.widgets.choice import Choice
from duedesk.desk.widgets.date_field import DateField
from duedesk.desk.widgets.labels import Role, plain_label, set_role
from duedesk.desk.widgets.tick import Tick
from duedesk.domain.errors import RequestError

_ON = {
    BulkVerb.POST: "Posted on",
    BulkVerb.VOID: "Voided on",
    BulkVerb.WRITE_OFF: "Written off on",
}

_NOT_CHOSEN = ""
"""Stands for an owner that is still to be chosen: Nobody is an answer, and never the first."""


class BulkPanel(VerbPanel):
    """Says what a verb will do to what it fits, and which are left out; asks for what it needs beside."""

    def __init__(
        self,
        outlook: Outlook | AllOutlook,
        today: Callable[[], date],
        *,
        owners: Sequence[tuple[int, str]] = (),
        reasons: Sequence[str] = (),
        group: str = "",
    ) -> None:
        """Make a panel; `group` is what the group is called whose head was selected."""
        said = what_will_happen(outlook)
        super().__init__(title(outlook), command(outlook), f"Group “{group}”: {said}" if group else said)
        self._outlook = outlook
        self._has_items = outlook.count > 0
        set_role(self.says, Role.TEXT)
        self.leave_button.setText("Leave  Esc")
        verb = outlook.verb
        self.reason: QLineEdit | Choice | None = None
        self.day: DateField | None = None
        self.owner: Choice | None = None
        self.note: QPlainTextEdit | None = None
        self.converts: Tick | None = None
        self.memos: Choice | None = None
        if self._has_items:
            self._add_fields(verb, today, owners, reasons)
        self.do_button.setEnabled(self._has_items)
        self._list_left_out()

    def first_field(self) -> QWidget | None:
        """Begin where something has to be said."""
        return next((one for one in (self.reason, self.note, self.owner) if one is not None), None)

    def gather(self) -> Asked:
        """Give the verb as it is asked for; RequestError where a reason, an owner or a text is missing."""
        reason, text = self._reason(), "" if self.note is None else self.note.toPlainText().strip()
        if self._outlook.verb is BulkVerb.NOTE and not text:
            raise RequestError("The note is empty.", "Write what shall be remembered.")
        owner = None if self.owner is None else self.owner.currentData()
        if owner == _NOT_CHOSEN:
            raise RequestError("No owner is chosen.", "Choose who shall have it, or Nobody.")
        return Asked(
            self._outlook,
            on=None if self.day is None else self.day.day,
            reason=reason,
            comments=text,
            owner=owner,
            converts=self.converts is not None and self.converts.isChecked(),
            with_credit_memos=None if self.memos is None else bool(self.memos.chosen),
        )

    def has_input(self) -> bool:
        """Tell whether something was typed."""
        return bool((self.note is not None and self.note.toPlainText()) or self._reason())

    def set_busy(self, *, busy: bool) -> None:
        """Take no second command while one is under way, and none where there is nothing to do."""
        self.do_button.setEnabled(not busy and getattr(self, "_has_items", True))

    def _add_fields(
        self, verb: BulkVerb, today: Callable[[], date], owners: Sequence[tuple[int, str]], reasons: Sequence[str]
    ) -> None:
        match verb:
            case BulkVerb.VOID | BulkVerb.CANCEL:
                self.reason = QLineEdit()
                self.reason.setMaxLength(1000)
                self.add_field("Reason" if verb is BulkVerb.VOID else "Reason, if there is one", self.reason)
            case BulkVerb.WRITE_OFF:
                self.reason = Choice([(reason, reason) for reason in reasons])
                self.reason.setEditable(True)
                self.add_field("Reason", self.reason)
            case BulkVerb.ASSIGN:
                self.owner = Choice(
                    [("Choose…", _NOT_CHOSEN), *((name, key) for key, name in owners), ("Nobody", None)], _NOT_CHOSEN
                )
                self.add_field("Owner", self.owner)
            case BulkVerb.POST:
                self.converts = Tick("Turn negative lines into a credit memo")
                self.fields.addWidget(self.converts)
                self.fields.addSpacing(6)
        if verb in {BulkVerb.NOTE, BulkVerb.WRITE_OFF}:
            self.note = _text_field()
            self.add_field("Note" if verb is BulkVerb.NOTE else "Comments", self.note)
        if verb is BulkVerb.VOID:
            self.memos = Choice([("Keep them", False), ("Void them too", True)])
            self.add_field("Credit memos that came from them", self.memos)
        if verb in _ON:
            self.day = DateField(today(), today)
            self.add_field(_ON[verb], self.day)

    def _list_left_out(self) -> None:
        if not self._outlook.left_count:
            return
        self.fields.addSpacing(4)
        self.fields.addWidget(plain_label(left_out_title(self._outlook), Role.STRONG))
        for line in left_out_lines(self._outlook):
            label = plain_label(line, Role.QUIET, wraps=True)
            label.setAlignment(Qt.AlignmentFlag.AlignTop)
            self.fields.addWidget(label)

    def _reason(self) -> str:
        if isinstance(self.reason, Choice):
            return self.reason.currentText().strip()
        return "" if self.reason is None else self.reason.text().strip()


def _text_field() -> QPlainTextEdit:
    field = QPlainTextEdit()
    field.setTabChangesFocus(True)
    field.setFixedHeight(84)
    return field
