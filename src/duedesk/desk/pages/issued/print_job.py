"""What printing letters does behind the window: one file of them, its pages onto paper, the note of it."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtPrintSupport import QPrinter

from duedesk.actions.delivering.queueing import mark_printed
from duedesk.actions.letter_printing import print_letters
from duedesk.actions.workspace import Workspace
from duedesk.desk.background import Progress
from duedesk.desk.pages.issued.print_panel import PrintAsked
from duedesk.desk.pdf_pages import page_sizes
from duedesk.desk.printing import print_letter, printer_for
from duedesk.documents.letter import Paper
from duedesk.documents.merging import Merged
from duedesk.domain.changes import Changes
from duedesk.domain.errors import Cancelled
from duedesk.store.queries.letters.documents import Stack, stack_of

_US_LETTER_WIDTH = 612
"""Points; what is not as wide is taken for A4."""


def stacks(workspace: Workspace, keys: Sequence[int]) -> tuple[Stack, Stack]:
    """Give what letters come to on paper, printed on one side and on both."""
    return workspace.ask(stack_of, keys, is_duplex=False), workspace.ask(stack_of, keys, is_duplex=True)


def merged(workspace: Workspace, keys: Sequence[int], asked: PrintAsked, path: Path, progress: Progress) -> Merged:
    """Put letters into one file; Cancelled where the reader stops it, and no file is left."""
    return print_letters(workspace, keys, path, is_duplex=asked.is_duplex, progress=partial(_report, progress))


def printer_of(path: Path, *, is_duplex: bool) -> tuple[QPrinter, int]:
    """Give a printer that is set up for the sheets of a file, and how many pages it has."""
    sizes = page_sizes(path)
    paper = Paper.US_LETTER if round(sizes[0][0]) == _US_LETTER_WIDTH else Paper.A4
    printer = printer_for(paper, "Dunning letters")
    both, one = QPrinter.DuplexMode.DuplexLongSide, QPrinter.DuplexMode.DuplexNone
    printer.setDuplex(both if is_duplex else one)
    return printer, len(sizes)


def printed(
    workspace: Workspace, printer: QPrinter, path: Path, keys: Sequence[int], asked: PrintAsked, progress: Progress
) -> tuple[int, Changes]:
    """Print a file, and note of its letters that they were printed where all of its pages were; gives the pages."""
    pages = print_letter(printer, path, progress)
    is_all = pages >= len(page_sizes(path))
    return pages, mark_printed(workspace, keys) if asked.marks and is_all else Changes()


def _report(progress: Progress, done: int, total: int) -> None:
    progress.report(done, total)
    if progress.is_cancelled():
        raise Cancelled
