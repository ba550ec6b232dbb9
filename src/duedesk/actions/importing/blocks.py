"""The rows of a file in blocks that are taken together; what the rows hold is not looked at."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from duedesk.exchange.cells import Row, Run
from duedesk.exchange.source import Source
from duedesk.exchange.table import Control


@dataclass(slots=True)
class Block:
    """Rows that are taken together, and the control lines that stand among them."""

    parts: list[Run | Row] = field(default_factory=list)
    controls: list[Control] = field(default_factory=list)
    count: int = 0

    def rows(self) -> Iterator[Row]:
        """Give the rows one at a time."""
        for part in self.parts:
            if isinstance(part, Run):
                yield from part.each()
            else:
                yield part

    def stretches(self) -> Iterator[Run | Row]:
        """Give the rows as runs, as far as they stand line after line, and those that are broken by themselves."""
        found: list[Run] = []
        for part in self.parts:
            run = part if isinstance(part, Run) else _as_run(part)
            if found and (run is None or not found[-1].goes_on_in(run)):
                yield Run.joined(found)
                found = []
            if run is None:
                yield part
            else:
                found.append(run)
        if found:
            yield Run.joined(found)


def blocks(source: Source, size: int) -> Iterator[Block]:
    """Cut the rows of a file into blocks of at most a size; what was cut together stays together where it can."""
    block = Block()
    for item in source.runs():
        if isinstance(item, Control):
            block.controls.append(item)
            continue
        if isinstance(item, Run) and len(item) <= size < len(item) + block.count:
            yield block
            block = Block()
        rest: Run | Row | None = item
        while rest is not None:
            part, rest = _cut(rest, size - block.count)
            block.parts.append(part)
            block.count += len(part) if isinstance(part, Run) else 1
            if block.count == size:
                yield block
                block = Block()
    if block.parts or block.controls:
        yield block


def _cut(item: Run | Row, most: int) -> tuple[Run | Row, Run | None]:
    """Cut what is too many off a run."""
    if isinstance(item, Row) or len(item) <= most:
        return item, None
    return item.part(0, most), item.part(most)


def _as_run(row: Row) -> Run | None:
    """Give a row that is whole and all text as a run of one."""
    texts = [cell for cell in row.cells if isinstance(cell, str)]
    return (
        Run(row.number, [[text] for text in texts])
        if texts and len(texts) == len(row.cells) and not row.fault
        else None
    )
