"""One file of an import from its first row to its last: which rules its rows meet, in blocks that can be stopped."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date

from duedesk.actions.importing.blocks import blocks
from duedesk.actions.importing.by_columns.lane import ColumnLane, has_columns
from duedesk.actions.importing.control import ControlSums
from duedesk.actions.importing.indexes import indexes_after
from duedesk.actions.importing.invoices import InvoiceRows
from duedesk.actions.importing.roads import Roads
from duedesk.actions.importing.rows import FileRows, Shared
from duedesk.actions.importing.takers import Taker, takers
from duedesk.domain.errors import Problem

BLOCK = 1_000
"""Rows taken together: what the book knows is asked once for them."""

Heard = Callable[[int], None]
"""Told how many rows of the file are done; it raises to stop the work."""


def take_file(shared: Shared, file: FileRows, latest: date, heard: Heard) -> list[Problem]:
    """Take a file's rows and give what stands in the way of all of them; dates after `latest` are refused."""
    sums = ControlSums(file)
    problems: list[Problem] = []
    with indexes_after(shared, file) as aside, _few_collections():
        for place, taker in enumerate(takers(shared, file)):
            for count in _taken(file, taker, latest, sums if place == 0 else None, shared):
                if place == 0 and count <= BLOCK:
                    aside.look()
                heard(count)
            problems += taker.end()
            file.tell()
        shared.stage.write()
    file.source.file.check_unchanged()
    return [*problems, *([] if shared.tally.questions else sums.problems())]


def _taken(file: FileRows, taker: Taker, latest: date, sums: ControlSums | None, shared: Shared) -> Iterator[int]:
    """Take the rows of a file, plain blocks of invoices a column at a time, all others row by row; count them."""
    lane = _lane(shared, file, taker, latest) if isinstance(taker, InvoiceRows) else None
    roads = Roads(lane, taker, file.source.reader(latest=latest, notes=file.notes), sums)
    count = 0
    for block in blocks(file.source, BLOCK):
        roads.take(block)
        file.tell()
        shared.stage.write()
        if shared.tally.questions:
            break
        count += block.count
        yield count


def _lane(shared: Shared, file: FileRows, invoices: InvoiceRows, latest: date) -> ColumnLane | None:
    """Give what takes plain blocks of a file of invoices, None where the file has none."""
    if not invoices.drafts.defines or not has_columns(file):
        return None
    return ColumnLane(shared, file, invoices.drafts, invoices.cash, latest, was_empty=invoices.was_empty)


@contextmanager
def _few_collections() -> Iterator[None]:
    """Look for cycles of objects seldom: rows make none, and looking takes a quarter of the time."""
    before = gc.get_threshold()
    gc.set_threshold(max(before[0], 100_000), *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
