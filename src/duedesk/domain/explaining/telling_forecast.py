"""How a forecast is told where it is explained: what of an invoice is expected, how sure a week is, in words."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from duedesk.domain.days import in_words
from duedesk.domain.forecast.curves import ONE
from duedesk.domain.forecast.habits import Habit
from duedesk.domain.forecast.promises import Word
from duedesk.domain.forecast.weeks import Expected, Forecast
from duedesk.domain.forecast.words import whole_percent
from duedesk.domain.money import from_units, grouped

_HUNDRED = Decimal(100)


def place_in_words(made: Forecast, place: int | None) -> str:
    """Say what is explained: a week, all of them, or what is left of what is open."""
    weeks = len(made.weeks)
    if place is None:
        return f"Expected in {weeks} week{'' if weeks == 1 else 's'}"
    if place < weeks:
        return f"Expected {in_words(made.weeks[place].first)} to {in_words(made.weeks[place].last)}"
    return ("Expected later", "Not expected", "Disputed")[place - weeks]


def band_in_words(made: Forecast, place: int | None) -> tuple[str, ...]:
    """Say how sure a week is; of what is left, what it is."""
    if place is None or place < len(made.weeks):
        week, code = made.total if place is None else made.weeks[place], made.currency
        low, middle, high = (grouped(figure, code) for figure in (week.low, week.middle, week.high))
        said = f"In 8 of 10 cases {low} to {high} {code} come in (P10 to P90), in half of them no more than {middle}."
        return (said,)
    return (
        (f"Later is what is expected after {in_words(made.total.last)}.",),
        ("Not expected is the share of invoices as late that nobody was seen to pay.",),
        ("What is disputed is held apart until the dispute ends.",),
    )[place - len(made.weeks)]


def item_in_words(item: Expected, part: int, as_of: date, name: str) -> str:
    """Say what of an invoice is expected: `34 % of 1,200.00, Acme Ltd, due 12 Nov 2026, 11 days ago`."""
    age, code = (as_of - item.due).days, item.currency
    days = f"{abs(age):,} day{'' if abs(age) == 1 else 's'}"
    when = "today" if age == 0 else f"{days} ago" if age > 0 else f"in {days}"
    share = whole_percent(part * _HUNDRED / item.open)
    return f"{share} % of {grouped(from_units(item.open), code)}, {name}, due {in_words(item.due)}, {when}"


def promises_in_words(item: Expected, word: Word) -> Iterator[str]:
    """Say what of an item is promised, and how far that is believed."""
    for day, amount in item.promised:
        why = f", {word.sentence}" if word.sentence else ", taken at its word: no promise fell due yet"
        believed = whole_percent(word.chance * _HUNDRED / Decimal(ONE))
        yield f"{grouped(from_units(amount), item.currency)} promised for {in_words(day)}: {believed} %{why}"


def paid_in_words(habit: Habit) -> Iterator[str]:
    """Say how the usual day comes about: by then half is paid, and not a day before."""
    usual, curve = habit.usual, habit.curve if habit.is_own else habit.segment.curve
    if usual is None:
        return
    before, then = (whole_percent((ONE - curve.unpaid(day)) * _HUNDRED / Decimal(ONE)) for day in (usual - 1, usual))
    day = "on the due date" if usual == 0 else f"{abs(usual)} days {'late' if usual > 0 else 'early'}"
    yield f"Half are paid by then: {before} % a day before, {then} % {day}."
    yield "What is open counts as late as it is already, what credit settled as never paid (Kaplan and Meier)."
