"""Rows kept in blocks, and which blocks are wanted next; plain Python: it reads nothing and knows no window.

A list of a million rows is looked at through a hole of some thirty. Blocks that were looked at last are kept, the
others forgotten; of the blocks that are wanted, the one asked for last is the one still in sight.
"""

from collections import OrderedDict
from collections.abc import Sequence
from typing import Generic, TypeVar

Row = TypeVar("Row")

BLOCK = 48
"""Rows a block: a screen shows parts of two at most, and those are read at once."""

KEPT = 160
"""Blocks kept."""

WAITING = 4
"""Blocks that wait to be read; what was wanted before them has been scrolled past."""


class BlockCache(Generic[Row]):
    """A bounded number of blocks of rows by their place in the list."""

    def __init__(self, *, size: int = BLOCK, kept: int = KEPT) -> None:
        self.size = size
        self._kept = kept
        self._blocks: OrderedDict[int, tuple[Row, ...]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._blocks)

    def __contains__(self, block: int) -> bool:
        return block in self._blocks

    def block_of(self, place: int) -> int:
        """Give the block that a place in the list belongs to."""
        return place // self.size

    def places(self, block: int, count: int) -> range:
        """Give the places of a block in a list of `count` rows."""
        return range(block * self.size, min((block + 1) * self.size, count))

    def row(self, place: int) -> Row | None:
        """Give the row at a place; None where it has not been read."""
        block, within = divmod(place, self.size)
        rows = self._blocks.get(block)
        if rows is None or within >= len(rows):
            return None
        self._blocks.move_to_end(block)
        return rows[within]

    def put(self, block: int, rows: Sequence[Row]) -> None:
        """Keep a block, and forget the one that was not looked at for longest if there are too many."""
        self._blocks[block] = tuple(rows)
        self._blocks.move_to_end(block)
        while len(self._blocks) > self._kept:
            self._blocks.popitem(last=False)

    def clear(self) -> None:
        """Forget all."""
        self._blocks.clear()


class Wanted:
    """The blocks to be read, the one wanted last first."""

    def __init__(self, *, waiting: int = WAITING) -> None:
        self._waiting = waiting
        self._blocks: OrderedDict[int, None] = OrderedDict()

    def __bool__(self) -> bool:
        return bool(self._blocks)

    def ask(self, block: int) -> None:
        """Want a block."""
        self._blocks[block] = None
        self._blocks.move_to_end(block)
        while len(self._blocks) > self._waiting:
            self._blocks.popitem(last=False)

    def take(self) -> int | None:
        """Give the block to read next; None where nothing is wanted."""
        return self._blocks.popitem(last=True)[0] if self._blocks else None

    def take_beside(self, block: int) -> int | None:
        """Give a block next to one that is read, to be read with it; None where neither is wanted."""
        beside = next((one for one in (block + 1, block - 1) if one in self._blocks), None)
        if beside is not None:
            del self._blocks[beside]
        return beside

    def clear(self) -> None:
        """Want nothing."""
        self._blocks.clear()
