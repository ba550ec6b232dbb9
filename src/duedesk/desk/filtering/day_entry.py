"""The field for a day in the filter builder: one of the calendar, or one named from where the reader stands."""

from collections.abc import Callable
from datetime import date, datetime

from PySide6.QtWidgets import QHBoxLayout

from duedesk.desk.filtering.entries import Entry, TypedEntry, read_whole
from duedesk.desk.filtering.spans import span_words, spans
from duedesk.desk.widgets.choice import Choice
from duedesk.desk.widgets.date_field import OptionalDateField
from duedesk.domain.building import Values
from duedesk.domain.filters import Operand
from duedesk.domain.relative_days import RelativeDays, parse_relative_days

_A_DAY, _AGO = "a day", "days ago"


class DayEntry(Entry):
    """A choice of how the day is named, and behind it the day, or how many days ago."""

    def __init__(self, values: Values, today: Callable[[], date]) -> None:
        super().__init__()
        held = values[0] if values else None
        self._kept = held if isinstance(held, datetime) else None
        ago = _days_ago(held)
        answers: list[tuple[str, object]] = [("the day", _A_DAY), (_AGO, _AGO)]
        answers += [(span_words(span), span) for span in spans()]
        if isinstance(held, RelativeDays) and ago is None and held not in spans():
            answers.append((span_words(held), held))
        self.way = Choice(answers, _AGO if ago is not None else held if isinstance(held, RelativeDays) else _A_DAY)
        self.way.setMinimumContentsLength(6)
        self.day = OptionalDateField(_day(held), today)
        self.count = TypedEntry((ago if ago is not None else 30,), read_whole, str)
        self.count.setFixedWidth(64)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        for widget in (self.count, self.way, self.day):
            line.addWidget(widget)
        self.setFocusProxy(self.way)
        self.way.currentIndexChanged.connect(self._on_way)
        self.day.day_changed.connect(self._on_day)
        self.count.changed.connect(self.changed)
        self._fit()

    def values(self) -> Values | None:
        """Give the day, or the span that is chosen."""
        way = self.way.currentData()
        if isinstance(way, RelativeDays):
            return (way,)
        if way == _AGO:
            count = self.count.values()
            named = parse_relative_days(f"N_DAYS_AGO:{count[0]}") if count else None
            return None if named is None else (named,)
        if self._kept is not None:
            return (self._kept,)
        return () if self.day.value is None else (self.day.value,)

    def say(self, name: str) -> None:
        """Name the fields."""
        self.way.setAccessibleName(f"{name}, how")
        self.day.setAccessibleName(name)
        self.count.say(f"{name}, days ago")

    def _on_way(self) -> None:
        self._fit()
        self.changed.emit()

    def _on_day(self) -> None:
        self._kept = None
        self.changed.emit()

    def _fit(self) -> None:
        way = self.way.currentData()
        self.day.setVisible(way == _A_DAY)
        self.count.setVisible(way == _AGO)


def _day(held: Operand) -> date | None:
    if isinstance(held, datetime):
        return held.date()
    return held if isinstance(held, date) else None


def _days_ago(held: Operand) -> int | None:
    if isinstance(held, RelativeDays) and held.text.startswith("N_DAYS_AGO:"):
        return int(held.text.partition(":")[2])
    return None
