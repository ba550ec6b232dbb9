"""The outside that the program depends on, handed down from the launch; nothing below asks for it by itself."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from random import Random

from duedesk.domain.days import in_words
from duedesk.domain.errors import RequestError


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

    def day(self, on: date | None) -> date:
        """Give the day that something is booked on, today unless told; RequestError where it is to come."""
        today = self.today()
        if on is not None and on > today:
            raise RequestError(
                f"Nothing is booked on {in_words(on)}: that day is to come.", "Choose today or an earlier day."
            )
        return on or today

    def standing_on(self, day: date) -> "World":
        """Give this world as it stands still at noon of a day, in UTC: what is made in it is the same each time."""
        noon = datetime.combine(day, time(12), UTC)
        return replace(self, now=lambda: noon, today=lambda: day)
