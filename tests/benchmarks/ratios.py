"""Two ways to do one thing, measured turn by turn in one run: what is told is their ratio, never a time alone.

Every result goes to the file that `DUEDESK_BENCH_RESULTS` names, one line of JSON each; `report` makes the table of it.
"""

import json
import os
import statistics
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TypeVar

ON_SERVER = bool(os.environ.get("DUEDESK_BENCH_SERVER"))
"""Whether PostgreSQL is measured, for which no bounds are set: what it takes is told."""


@dataclass(frozen=True, slots=True)
class Ratio:
    """How long ours takes against the other way in seconds, as the median of paired runs."""

    what: str
    against: str
    ours: float
    theirs: float
    bound: float | None = None
    """What the ratio may come to at most; None where it is only told."""
    in_the_way: str = ""
    """What keeps the bound from being met, shown where it is not."""

    @property
    def times(self) -> float:
        """Ours divided by theirs: below 1 we are quicker."""
        return self.ours / self.theirs

    @property
    def holds(self) -> bool:
        """Tell whether the bound is met."""
        return self.bound is None or self.times <= self.bound

    def __str__(self) -> str:
        figures = f"{self.ours * 1000:9.1f} ms {self.theirs * 1000:9.1f} ms"
        return f"{self.what:58} {figures}   {self.times:6.2f} x {self.against}{_judged(self.bound, holds=self.holds)}"


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure with what it may come to at most, such as 12 ms or 380 MB."""

    what: str
    value: float
    unit: str
    bound: float | None = None
    in_the_way: str = ""
    """What keeps the bound from being met, shown where it is not."""

    @property
    def holds(self) -> bool:
        """Tell whether the bound is met."""
        return self.bound is None or self.value <= self.bound

    def __str__(self) -> str:
        return f"{self.what:58} {self.value:9.1f} {self.unit}{_judged(self.bound, holds=self.holds)}"


Told = TypeVar("Told", Ratio, Figure)


def measure(
    what: str,
    ours: Callable[[], object],
    against: str,
    theirs: Callable[[], object],
    *,
    runs: int = 5,
    warm: int = 1,
    bound: float | None = None,
    in_the_way: str = "",
) -> Ratio:
    """Run both turn by turn after `warm` runs each that do not count, tell the ratio and give it."""
    spent: tuple[list[float], list[float]] = ([], [])
    for turn in range(runs + warm):
        for place, work in enumerate((ours, theirs)):
            start = time.perf_counter()
            work()
            if turn >= warm:
                spent[place].append(time.perf_counter() - start)
    return tell(Ratio(what, against, statistics.median(spent[0]), statistics.median(spent[1]), bound, in_the_way))


def note(what: str, value: float, unit: str, *, bound: float | None = None, in_the_way: str = "") -> Figure:
    """Tell a figure that stands for itself and give it."""
    return tell(Figure(what, value, unit, bound, in_the_way))


def tell(told: Told) -> Told:
    """Print a result, keep it for the table, and give it."""
    if ON_SERVER:
        from benchmarks.on_server import version  # which loads the book: the table can do without

        told = replace(told, what=f"{told.what} on PostgreSQL {version()}", bound=None)
    print(told, flush=True)
    place = os.environ.get("DUEDESK_BENCH_RESULTS")
    if place:
        with Path(place).open("a", encoding="utf-8") as file:
            file.write(json.dumps({type(told).__name__: asdict(told)}, ensure_ascii=False) + "\n")
    return told


def _judged(bound: float | None, *, holds: bool) -> str:
    return "" if bound is None else f"   (at most {bound:g}: {'holds' if holds else 'NOT MET'})"
