"""How the sample's customers pay: who they are by share, and how late; it knows no amounts and no dates."""

from enum import Enum
from random import Random


class Habit(Enum):
    """How a customer pays. The first figure is the share of all invoices, per mille; then days late, from and to."""

    PROMPT = (309, -9, 0)
    SOON = (150, 1, 13)
    BEFORE_30 = (90, 22, 29)
    BEFORE_60 = (115, 50, 59)
    BEFORE_90 = (120, 78, 89)
    AFTER_90 = (50, 96, 180)
    IN_PARTS = (60, 2, 20)
    DISPUTING = (45, 4, 25)
    STOPPED = (60, -4, 12)

    def __init__(self, share: int, earliest: int, latest: int) -> None:
        self.share = share
        self.earliest = earliest
        self.latest = latest


_STRAY = ((46, 1, 14), (68, 15, 40), (86, 41, 85), (100, 86, 190))
"""Any customer mislays an invoice now and then: percent up to, days late from and to."""

_MISLAID = 0.2


def days_late(random: Random, habit: Habit) -> int:
    """Draw how many days after its due date an invoice is paid; negative before."""
    if random.random() >= _MISLAID:
        return habit.earliest + int(random.random() * (habit.latest - habit.earliest + 1))
    percent = random.random() * 100
    for upto, earliest, latest in _STRAY:
        if percent < upto:
            return earliest + int(random.random() * (latest - earliest + 1))
    raise LookupError(percent)


class HabitDealer:
    """Deals habits so that each has its share of what is billed, however few customers there are."""

    def __init__(self) -> None:
        self._dealt = dict.fromkeys(Habit, 0)
        self._total = 0

    def deal(self, weight: int) -> Habit:
        """Give the habit that lacks most of its share to a customer of this weight."""
        self._total += weight
        habit = max(Habit, key=lambda one: one.share * self._total - 1000 * self._dealt[one])
        self._dealt[habit] += weight
        return habit
