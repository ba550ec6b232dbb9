"""The outside that the program depends on, handed down from the launch; nothing below asks for it by itself."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from random import Random


@dataclass(frozen=True, slots=True)
class World:
    """Clock, chance and the name of the person at the desk.

    `now` gives an aware moment in UTC, `today` the day on the user's wall calendar. Tests pass a world
    that stands still, so that a failure can be played again from its seed.
    """

    now: Callable[[], datetime]
    today: Callable[[], date]
    random: Random
    user: str
