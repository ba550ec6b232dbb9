"""Why a file, or a value in it, cannot be taken as it stands; it shows nothing and decides nothing."""

from duedesk.domain.errors import Problem, Question, RequestError, Severity


class FileRefused(RequestError):  # noqa: N818 - named by what becomes of the file
    """Nothing of the file can be taken; `row` is the line a person sees, where one is at fault."""

    def __init__(self, file: str, message: str, hint: str = "", *, row: int | None = None, column: str = "") -> None:
        super().__init__(message, hint)
        self.file, self.row, self.column = file, row, column

    @property
    def problem(self) -> Problem:
        """Give the fault as a problem of its file."""
        return Problem(self.file, self.message, self.hint, self.row, self.column)


class FileQuestion(Question):
    """The file can be read in more than one way; the hint names the option that says which."""

    def __init__(self, file: str, message: str, hint: str, *, row: int | None = None, column: str = "") -> None:
        super().__init__(message, hint)
        self.file, self.row, self.column = file, row, column

    @property
    def problem(self) -> Problem:
        """Give the question as a problem of its file."""
        return Problem(self.file, self.message, self.hint, self.row, self.column, Severity.QUESTION)


class FileLeftOut(Exception):  # noqa: N818 - nothing is wrong with the file
    """Nothing of the file is taken, and the rest of the import goes on; it says why."""


class Unreadable(Exception):  # noqa: N818 - it never leaves the room: the row's reader makes a Problem of it
    """One value that is not what its field holds."""

    def __init__(self, text: str, remedy: str = "", severity: Severity = Severity.ERROR) -> None:
        super().__init__(text)
        self.text, self.remedy, self.severity = text, remedy, severity
