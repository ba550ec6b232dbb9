"""Where the reader has been, so that one can go back; it shows nothing."""

from dataclasses import dataclass, replace

from duedesk.desk.navigation import Destination, Stand

LONGEST = 100
"""Steps that are kept."""


@dataclass(frozen=True, slots=True)
class Stop:
    """A place on the trail, and where in time it was; `bookmark` is what its page gave when it was left."""

    destination: Destination
    stand: Stand | None = None
    bookmark: object = None


class Trail:
    """The stops so far; the last one is where the reader stands."""

    def __init__(self) -> None:
        self._stops: list[Stop] = []

    @property
    def here(self) -> Stop | None:
        """Give where the reader stands."""
        return self._stops[-1] if self._stops else None

    @property
    def can_go_back(self) -> bool:
        """Tell whether there is a stop before this one."""
        return len(self._stops) > 1

    def step(self, destination: Destination, bookmark: object, stand: Stand | None = None) -> None:
        """Go on to `destination`, which is looked at from `stand`, leaving `bookmark` where the reader stood."""
        if self._stops:
            self._stops[-1] = replace(self._stops[-1], bookmark=bookmark)
        self._stops.append(Stop(destination, stand))
        del self._stops[:-LONGEST]

    def stand_everywhere(self, stand: Stand) -> None:
        """Look at every stop from there: what the reader chose for the desk is not undone by going back."""
        self._stops = [replace(stop, stand=stand) for stop in self._stops]

    def back(self) -> Stop | None:
        """Go one stop back and give it; None, and no step, where there is none."""
        if not self.can_go_back:
            return None
        self._stops.pop()
        return self._stops[-1]
