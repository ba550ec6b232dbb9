"""Two ways to do one thing, measured turn by turn in one run: what is told is their ratio, never a time alone."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ratio:
    """How long ours takes against the other way, as the median of paired runs."""

    what: str
    against: str
    ours: float
    theirs: float

    @property
    def times(self) -> float:
        """Ours divided by theirs: below 1 we are quicker."""
        return self.ours / self.theirs

    def __str__(self) -> str:
        figures = f"{self.ours * 1000:9.1f} ms {self.theirs * 1000:9.1f} ms"
        return f"{self.what:58} {figures}   {self.times:6.2f} x {self.against}"


def measure(
    what: str, ours: Callable[[], object], against: str, theirs: Callable[[], object], *, runs: int = 5
) -> Ratio:
    """Run both turn by turn after one warm run each, print the ratio and give it."""
    spent: tuple[list[float], list[float]] = ([], [])
    for turn in range(runs + 1):
        for place, work in enumerate((ours, theirs)):
            start = time.perf_counter()
            work()
            if turn:
                spent[place].append(time.perf_counter() - start)
    found = Ratio(what, against, statistics.median(spent[0]), statistics.median(spent[1]))
    print(found)
    return found
