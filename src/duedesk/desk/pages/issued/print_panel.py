"""What printing letters comes to: how many, on how many sheets, in which order; nothing is printed here."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from duedesk.desk import format as written
from duedesk.desk.verbs.panel import VerbPanel
from duedesk.desk.widgets.buttons import button
from duedesk.desk.widgets.labels import Role, plain_label
from duedesk.desk.widgets.remark import Remark
from duedesk.desk.widgets.tick import Tick
from duedesk.store.queries.letters.documents import Stack


@dataclass(frozen=True, slots=True)
class PrintAsked:
    """Print on both sides or one, and say afterwards that they were printed, or not."""

    is_duplex: bool
    marks: bool


class PrintPanel(VerbPanel):
    """Two boxes to tick; the letters may be saved as one file instead."""

    saving = Signal(object)
    """They are to be saved as one file: a PrintAsked."""

    def __init__(self, one_sided: Stack, both_sides: Stack, missing: int, by_mail: int = 0) -> None:
        count = f"{both_sides.letters:,} letter{'s'[: both_sides.letters != 1]}"
        super().__init__(
            f"Print {count}",
            "Print…",
            "Sorted for the folding machine: by sheets, then country and postal code.",
        )
        self._stacks = {False: one_sided, True: both_sides}
        self.duplex = Tick("On both sides")
        self.duplex.setChecked(True)
        self.marks = Tick("Say afterwards that they were printed")
        self.marks.setChecked(True)
        self.sheets = plain_label("", wraps=True)
        self.fields.addWidget(self.sheets)
        self.fields.addSpacing(6)
        self.fields.addWidget(self.duplex)
        self.fields.addWidget(plain_label("Each letter begins on a front page.", Role.SMALL, wraps=True))
        self.fields.addWidget(self.marks)
        if missing:
            kept = "1 letter is" if missing == 1 else f"{missing:,} letters are"
            self.fields.addWidget(plain_label(f"{kept} not kept as a document, or cancelled.", wraps=True))
        if by_mail:
            mailed = (
                f"{by_mail:,} of them {'goes' if by_mail == 1 else 'go'} by mail: on paper the customer has it twice."
            )
            hint = "“To print” in the list of letters has those that go by post alone."
            self.fields.addWidget(Remark(f"{mailed} {hint}"))
        self.fields.addSpacing(6)
        self.save_button = button("Save as one PDF…", lambda: self.saving.emit(self.gather()))
        self.fields.addWidget(self.save_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.duplex.toggled.connect(lambda _: self._tell())
        self._tell()

    def first_field(self) -> QWidget | None:
        """Begin on the command."""
        return None

    def gather(self) -> PrintAsked:
        """Give what was chosen."""
        return PrintAsked(self.duplex.isChecked(), self.marks.isChecked())

    def _tell(self) -> None:
        stack = self._stacks[self.duplex.isChecked()]
        self.sheets.setText(f"{written.plural(stack.pages, 'page')} on {written.plural(stack.sheets, 'sheet')}")
