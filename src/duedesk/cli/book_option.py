"""The book a verb works in: the option that names it, opened and closed around the verb; it asks it nothing."""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from traceback import clear_frames

from duedesk.actions.recent import last_book, remember_book
from duedesk.actions.workspace import Workspace, open_workspace
from duedesk.cli.terminal import Terminal
from duedesk.domain.errors import RequestError


def add_book(parser: argparse.ArgumentParser) -> None:
    """Add `--book`."""
    parser.add_argument(
        "--book", metavar="B", help="the book: a file, or postgresql://user@host/database (the one last opened)"
    )


@contextmanager
def opened_book(options: argparse.Namespace, terminal: Terminal) -> Iterator[Workspace]:
    """Open the book that `--book` names, else the one last opened, and close it at the end."""
    location: str | None = last_book() if options.book is None else options.book
    if location is None:
        raise RequestError("No book has been opened yet.", "Name one: --book FILE.")
    workspace = open_workspace(location, terminal.world)
    try:
        remember_book(location)
        yield workspace
    except BaseException as stopped:
        _let_go(stopped)
        raise
    finally:
        workspace.close()


def _let_go(stopped: BaseException) -> None:
    """Let go of what was being read while the book is open: answers that end after it complain of its being closed."""
    error: BaseException | None = stopped
    while error is not None:
        clear_frames(error.__traceback__)
        error = error.__context__
