"""Which road the rows of a file take: a column at a time where they are plain, row by row around those that are not."""

from collections.abc import Iterable

from duedesk.actions.importing.blocks import Block
from duedesk.actions.importing.by_columns.lane import ColumnLane
from duedesk.actions.importing.control import ControlSums
from duedesk.actions.importing.takers import Taker
from duedesk.exchange.cells import Row, Run
from duedesk.exchange.reading import RowReader

FEW = 32
"""Rows that are taken one by one rather than halved once more to find the one that is not plain."""


class Roads:
    """The roads of one file: `lane` takes plain rows, if it has any, `taker` takes all."""

    def __init__(self, lane: ColumnLane | None, taker: Taker, reader: RowReader, sums: ControlSums | None) -> None:
        self._lane, self._taker, self._reader, self._sums = lane, taker, reader, sums
        self._is_halved = True
        self._one_by_one = 0

    def take(self, block: Block) -> None:
        """Take a block of rows."""
        self._one_by_one = 0
        if self._lane is None:
            self._each(block.rows())
        else:
            for part in block.stretches():
                if isinstance(part, Run):
                    self._run(part, self._lane)
                else:
                    self._each([part])
        if self._sums is not None:
            self._sums.see(block.controls)
        self._is_halved = 2 * self._one_by_one < block.count  # where few are plain, looking for them costs more

    def _run(self, run: Run, lane: ColumnLane) -> None:
        """Take rows that stand line after line."""
        come_to = lane.take(run)
        if come_to is not None:
            if self._sums is not None:
                self._sums.add(len(run), come_to)
        elif len(run) <= FEW or not self._is_halved:
            self._each(run.each())
        else:
            half = len(run) // 2
            self._run(run.part(0, half), lane)
            self._run(run.part(half), lane)

    def _each(self, rows: Iterable[Row]) -> None:
        """Take rows one by one."""
        reads = [self._reader.read(row) for row in rows]
        self._one_by_one += len(reads)
        self._taker.take(reads)
        if self._sums is not None:
            self._sums.add(len(reads), self._sums.added(reads))
