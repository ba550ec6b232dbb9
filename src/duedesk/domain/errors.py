"""What can be wrong, said in the user's words; it does not decide how it is shown."""

from dataclasses import dataclass
from enum import StrEnum


class DuedeskError(Exception):
    """A fault that a person can do something about: one sentence, and what to do.

    Everything else that is raised is a fault of the program.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


class BookError(DuedeskError):
    """The book cannot be opened, read or written as asked."""


class RequestError(DuedeskError):
    """The request itself is at fault: an unknown field, a date that is none, a verb that is refused."""


class PlaceError(RequestError):
    """A file cannot be written where it was asked for; under another name or in another folder it may be."""


class Question(DuedeskError):  # noqa: N818 - a question is not an error, it only stops the work
    """Something only a person can decide; `hint` names the option that answers it."""


class Cancelled(DuedeskError):  # noqa: N818 - asked for by the user
    """The work was stopped on request and left nothing behind."""

    def __init__(self, message: str = "Stopped; nothing was changed.") -> None:
        super().__init__(message)


class Severity(StrEnum):
    """How a problem weighs: an error keeps its row out, a question keeps the file out, a warning neither."""

    ERROR = "error"
    QUESTION = "question"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with one place of a file.

    `row` is the line a person sees in the file (the header is row 1); None means the whole file.
    """

    file: str
    text: str
    remedy: str = ""
    row: int | None = None
    column: str = ""
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        place = self.file
        if self.row is not None:
            place += f", row {self.row}"
        if self.column:
            place += f", column {self.column}"
        return f"{place}: {self.text} {self.remedy}".rstrip()
