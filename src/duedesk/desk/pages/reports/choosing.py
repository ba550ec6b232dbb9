"""What the fields of a report choose from, and what a field of several parts is; which parts, each kind says."""

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from duedesk.desk.page import Desk
from duedesk.domain.reports import Parameter


@dataclass(frozen=True, slots=True)
class Choosing:
    """The desk, in what words it says its day, the currencies of the book, and the object a list is of."""

    desk: Desk
    day_words: str = "Today"
    currencies: tuple[str, ...] = ()
    object_name: str = "Invoice"


class SaidEntry(QWidget):
    """Holds a text as the terminal takes it, and shows it in the words of people."""

    changed = Signal()
    """It holds another text, said by a person."""
    parts_changed = Signal()
    """Other widgets take the cursor."""

    def __init__(self, parameter: Parameter, choosing: Choosing) -> None:
        super().__init__()
        self.parameter, self.choosing = parameter, choosing

    @property
    def text(self) -> str:
        """Give what it holds; nothing where it holds the default."""
        return ""

    def set_text(self, text: str) -> None:
        """Show what was said before."""

    def parts(self) -> tuple[QWidget, ...]:
        """Give what takes the cursor, in the order of the eye."""
        return ()
