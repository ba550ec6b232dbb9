"""A file that takes what a verb says, for a timer whose system keeps none of it; it is added to and never cut."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from io import TextIOBase
from pathlib import Path
from typing import TextIO, cast

from duedesk.cli.layout import printable
from duedesk.cli.terminal import Terminal
from duedesk.domain.days import write_moment
from duedesk.domain.errors import DuedeskError, RequestError


@dataclass(slots=True)
class Heard:
    """A terminal whose words go to the file as well."""

    terminal: Terminal
    file: TextIO

    def ended(self, code: int) -> int:
        """Note how it ended."""
        self.file.write(f"ended with exit code {code}\n")
        return code


@contextmanager
def logged(terminal: Terminal, place: Path, arguments: Sequence[str]) -> Iterator[Heard]:
    """Give a terminal that is heard by a file; RequestError where that cannot be written."""
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        file = place.open("a", encoding="utf-8")
    except OSError as error:
        raise RequestError(f"{place} cannot be written: {error.strerror}.", "Name another file.") from error
    with file:
        file.write(f"{write_moment(terminal.world.now())} duedesk {printable(' '.join(arguments))}\n")
        out, err = (cast("TextIO", _Both(stream, file)) for stream in (terminal.out, terminal.err))
        try:
            yield Heard(replace(terminal, out=out, err=err), file)
        except DuedeskError as error:
            file.write(f"{printable(str(error))}\nended with exit code 1\n")
            raise
        except BaseException as error:
            with suppress(OSError):
                file.write(f"stopped: {type(error).__name__}\n")
            raise


class _Both(TextIOBase):
    """A stream whose words go to a file as well, except what comes and goes on a screen."""

    def __init__(self, stream: TextIO, file: TextIO) -> None:
        self._stream, self._file = stream, file

    def write(self, text: str) -> int:
        """Write to both."""
        if not text.startswith("\r"):
            self._file.write(text)
        return self._stream.write(text)

    def flush(self) -> None:
        """Write out what is held back."""
        self._file.flush()
        self._stream.flush()

    def isatty(self) -> bool:
        """Tell whether somebody watches."""
        return self._stream.isatty()
