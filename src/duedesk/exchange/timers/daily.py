"""What runs every day and when, and the files that a system takes for it; how each writes them stands beside."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time

from duedesk.domain.errors import RequestError


@dataclass(frozen=True, slots=True)
class DailyCommand:
    """A command that runs every day: its name among others, a sentence on it, program and arguments, time of day.

    `log` is a file that takes what it says, where the system keeps none of it itself.
    """

    name: str
    about: str
    command: tuple[str, ...]
    at: time
    log: str = ""


@dataclass(frozen=True, slots=True)
class TimerFile:
    """A file by its name, as it is to be written."""

    name: str
    content: bytes
    encoding: str = "utf-8"

    @property
    def text(self) -> str:
        """Give it as it is read."""
        return self.content.decode(self.encoding).replace("\r\n", "\n")


@dataclass(frozen=True, slots=True)
class Timer:
    """The files of a daily command, the folder they belong into, and what is typed there to begin with it."""

    files: tuple[TimerFile, ...]
    folder: str
    begin: tuple[str, ...]
    remarks: tuple[str, ...] = ()


def check_words(words: Sequence[str]) -> None:
    """RequestError where a word of a command cannot stand in a file: it holds a line break, or half a character."""
    for word in words:
        if any(ord(one) < 32 or ord(one) == 127 or "\ud800" <= one <= "\udfff" for one in word):
            raise RequestError(f"“{word}” holds a sign that no timer can pass on.", "Name the file or folder anew.")
