"""The terminal as every verb gets it: the world, and where answers and complaints go; it lays nothing out.

A verb is a file with `add_parser(verbs)`, which adds its parser and says `set_defaults(run=...)`: a function that takes
the options and the terminal and gives the exit code back. Errors are raised; `application` puts them into words.
"""

import argparse
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from threading import Event, current_thread, main_thread
from types import FrameType
from typing import TYPE_CHECKING, TextIO, TypeAlias

from duedesk.cli.layout import cells, printable
from duedesk.domain.errors import RequestError
from duedesk.domain.world import World

if TYPE_CHECKING:
    from duedesk.actions.workspace import Workspace  # it loads SQLAlchemy, which `describe` has no use for

Verbs: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # noqa: SLF001 - it has no public name
"""Where a verb adds its parser."""

MakeTour: TypeAlias = Callable[["Workspace", Path, bool, date | None], None]
"""Draws the desk into a folder, only its pages where the flag says so, as of a day; the launch knows how."""

DONE = 0
AT_FAULT = 1
USAGE = 2

_PROGRESS_CELLS = 78


@dataclass(frozen=True, slots=True)
class Terminal:
    """What a verb works in. Text from outside reaches the screen by `say` and `complain` only."""

    world: World
    out: TextIO
    err: TextIO
    make_tour: MakeTour | None = None

    def say(self, line: str = "") -> None:
        """Write one line of the answer, without control characters."""
        self.write(printable(line).rstrip() + "\n")

    def write(self, text: str) -> None:
        """Write a part of the answer as it is; RequestError where the output takes no more."""
        try:
            self.out.write(text)
        except BrokenPipeError:
            raise
        except OSError as error:
            raise cannot_write(error) from error

    def complain(self, line: str) -> None:
        """Write one line beside the answer: what is wrong, or what a person should know."""
        self.clear_progress()
        self.err.write(printable(line).rstrip() + "\n")

    def progress(self, line: str) -> None:
        """Show how far the work is, on one line that the next one takes; nothing where nobody watches.

        KeyboardInterrupt where Ctrl+C was pressed and got lost.
        """
        if _INTERRUPTED.is_set():
            raise KeyboardInterrupt
        if self.err.isatty():
            shown = printable(line)[:_PROGRESS_CELLS]
            self.err.write("\r" + shown + " " * (_PROGRESS_CELLS - cells(shown)))
            self.err.flush()

    def clear_progress(self) -> None:
        """Take the progress line away."""
        if self.err.isatty():
            self.err.write("\r" + " " * _PROGRESS_CELLS + "\r")


_INTERRUPTED = Event()


@contextmanager
def heard_interrupts() -> Iterator[None]:
    """See that Ctrl+C is heard: Python drops the exception where it falls into the tidying up of an object.

    It would also write that it did, with a traceback; whoever asked to stop reads that the work has stopped.
    """
    told_otherwise = sys.unraisablehook

    def heard(_signal: int, _frame: FrameType | None) -> None:
        _INTERRUPTED.set()
        raise KeyboardInterrupt

    def told(dropped: "sys.UnraisableHookArgs") -> None:
        if not issubclass(dropped.exc_type, KeyboardInterrupt):
            told_otherwise(dropped)

    if current_thread() is not main_thread():  # only it is told of signals
        yield
        return
    _INTERRUPTED.clear()
    before = signal.signal(signal.SIGINT, heard)
    sys.unraisablehook = told
    try:
        yield
    finally:
        sys.unraisablehook = told_otherwise
        signal.signal(signal.SIGINT, before)
        _INTERRUPTED.clear()


def cannot_write(error: OSError) -> RequestError:
    """Say that the output takes no more."""
    reason = os.strerror(error.errno) if error.errno else "it was closed"
    return RequestError(f"The output could not be written: {reason}.", "What is shown is not all of it.")
