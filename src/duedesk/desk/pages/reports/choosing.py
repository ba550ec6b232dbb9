"""What the fields of a report choose from, and what a field of several parts is; which parts, each kind says."""

from dataclasses import dataclass
from datetime import date, datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from duedesk.desk.page import Desk
from duedesk.desk.pages.reports import time_words
from duedesk.desk.pages.reports.time_words import known_in_words
from duedesk.desk.pages.reports.typed_days import said_as_typed
from duedesk.domain.reports.offered import Parameter, ParameterKind


@dataclass(frozen=True, slots=True)
class Choosing:
    """The desk, where it stands in time, the currencies of the book, and the object a list is of."""

    desk: Desk
    day: date
    known_on: datetime | None = None
    currencies: tuple[str, ...] = ()
    object_name: str = "Invoice"

    def as_of(self, text: str) -> date | None:
        """Give the day that is said; nothing said is that of the desk, and None is no day."""
        return time_words.as_of_said(text, self.day, self.desk.workspace.world.today())

    def as_typed(self, kind: ParameterKind, text: str) -> str:
        """Say what was typed as a report takes it; what cannot be read stays as it is."""
        return said_as_typed(kind, text, self.day)

    def days(self) -> list[tuple[str, str]]:
        """Give the days to choose from, each with its text."""
        return time_words.offered_days(self.day)

    def periods(self, as_of: date | None) -> list[tuple[str, str]]:
        """Give the periods to choose from as they are on a day, each with its text."""
        return time_words.offered_periods(as_of)

    def known(self) -> str:
        """Say up to when is known where nothing is said."""
        return "All that is recorded" if self.known_on is None else f"{known_in_words(self.known_on)}, as shown"


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
