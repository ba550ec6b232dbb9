"""One file of an import from its first row to its last: which rules its rows meet, in blocks that can be stopped."""

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from itertools import islice
from typing import Protocol

from duedesk.actions.importing.applications import ApplicationRows
from duedesk.actions.importing.cash_rows import CashRows
from duedesk.actions.importing.control import ControlSums
from duedesk.actions.importing.indexes import indexes_after
from duedesk.actions.importing.invoices import InvoiceRows
from duedesk.actions.importing.lines import LineRows
from duedesk.actions.importing.other_rows import plain_rows
from duedesk.actions.importing.party_rows import PartyRows
from duedesk.actions.importing.rows import FileRows, Shared
from duedesk.domain.errors import Problem
from duedesk.exchange.reading import ReadRow
from duedesk.exchange.table import Control

BLOCK = 1_000
"""Rows taken together: what the book knows is asked once for them."""

Heard = Callable[[int], None]
"""Told how many rows of the file are done; it raises to stop the work."""


class Taker(Protocol):
    """What knows the rules of a file's rows."""

    def take(self, rows: Sequence[ReadRow]) -> None:
        """Take a block of rows."""

    def end(self) -> list[Problem]:
        """Give what stands in the way once all rows have gone by."""


def take_file(shared: Shared, file: FileRows, latest: date, heard: Heard) -> list[Problem]:
    """Take a file's rows and give what stands in the way of all of them; dates after `latest` are refused."""
    sums = ControlSums(file)
    problems: list[Problem] = []
    with indexes_after(shared, file), _few_collections():
        for place, taker in enumerate(_takers(shared, file)):
            for rows in _blocks(file, latest, sums if place == 0 else None, heard):
                taker.take(rows)
                shared.stage.write()
                if shared.tally.questions:
                    break
            problems += taker.end()
        shared.stage.write()
    file.source.file.check_unchanged()
    return [*problems, *([] if shared.tally.questions else sums.problems())]


def _takers(shared: Shared, file: FileRows) -> list[Taker]:
    """Choose the rules by what the file speaks of; applications are gone through twice."""
    for name in ("PaymentLineInvoice", "CreditMemoInvApplication"):
        if file.has(name):
            rows = ApplicationRows(shared, file, name)
            return [_Only(rows, "Applied"), _Only(rows, "Unapplied")]
    plain = plain_rows(shared, file)
    if plain is not None:
        return [plain]
    if file.has("Invoice"):
        return [InvoiceRows(shared, file)]
    if file.has("InvoiceLine"):
        return [LineRows(shared, file)]
    for name in ("Payment", "CreditMemo"):
        if file.has(name):
            return [CashRows(shared, file, name)]
    return [PartyRows(shared, file)]


def _blocks(file: FileRows, latest: date, sums: ControlSums | None, heard: Heard) -> Iterator[list[ReadRow]]:
    reader = file.source.reader(latest=latest, notes=file.notes)

    def read() -> Iterator[ReadRow]:
        for row in file.source.rows():
            if isinstance(row, Control):
                if sums is not None:
                    sums.see(row)
                continue
            done = reader.read(row)
            if sums is not None:
                sums.add(done)
            yield done

    rows, count = read(), 0
    while block := list(islice(rows, BLOCK)):
        yield block
        count += len(block)
        heard(count)


@contextmanager
def _few_collections() -> Iterator[None]:
    """Look for cycles of objects seldom: rows make none, and looking takes a quarter of the time."""
    before = gc.get_threshold()
    gc.set_threshold(max(before[0], 100_000), *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


class _Only:
    """One of the two passes over a file of applications."""

    def __init__(self, rows: ApplicationRows, wanted: str) -> None:
        self._rows, self._wanted = rows, wanted

    def take(self, rows: Sequence[ReadRow]) -> None:
        self._rows.take(rows, wanted=self._wanted)

    def end(self) -> list[Problem]:
        return self._rows.end() if self._wanted == "Unapplied" else []
