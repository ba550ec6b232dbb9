"""Figures of pages as values, and how one is made up: the steps in order, with a sum that ends in the figure.

What the steps of a figure are is told in `telling`; nothing is asked of a book here.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from duedesk.domain.aging import AgingRequest, RowKey
from duedesk.domain.days import in_words
from duedesk.domain.filters import Filter
from duedesk.domain.metrics import MONTHS, YEAR
from duedesk.domain.money import ZERO, plain


@dataclass(frozen=True, slots=True)
class RecordFigure:
    """One field of one record: an invoice, a payment or a credit memo."""

    object: str
    key: int
    path: str
    as_of: date
    known_on: datetime | None = None


@dataclass(frozen=True, slots=True)
class ListFigure:
    """The sum of a field over everything that a filter finds, in one currency; with `is_average` the average of it.

    `among` are the keys of records that were selected: the others that the filter finds do not count.
    """

    asked: Filter
    path: str
    currency: str
    is_average: bool = False
    among: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True)
class AgingFigure:
    """A figure of an aging, in one currency.

    `keys` are those of its row, one a level, empty for the total; `bucket` is its place, None where the figure is the
    balance of the row or, with `is_unapplied`, what is not applied, with `is_disputed`, what is contested, with
    `is_open`, what its invoices leave open. `without` are rows that are taken off the total: the figure is that of all
    others. With `is_converted`, figures of every currency stand in `currency`.
    """

    request: AgingRequest
    keys: tuple[RowKey, ...]
    currency: str
    bucket: int | None = None
    is_unapplied: bool = False
    is_disputed: bool = False
    is_open: bool = False
    without: tuple[RowKey, ...] = ()
    is_converted: bool = False


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """DSO or what goes with it, by its name in `metrics.KEY_FIGURES`: of a currency, at the end of a day.

    It is held against the invoices of the `over` months up to the day.
    """

    name: str
    as_of: date
    currency: str
    known_on: datetime | None = None
    over: int = MONTHS


@dataclass(frozen=True, slots=True)
class HabitFigure:
    """The days that an account takes to pay, over what payments settled in the `months` months up to a day."""

    account_key: int
    as_of: date
    currency: str
    known_on: datetime | None = None
    months: int = YEAR


@dataclass(frozen=True, slots=True)
class MovementFigure:
    """A line of a roll-forward by its name in `roll_forward.MOVEMENTS`: of a currency, in a period."""

    name: str
    first_day: date
    end: date
    currency: str
    known_on: datetime | None = None
    account_key: int | None = None


@dataclass(frozen=True, slots=True)
class ForecastFigure:
    """What is expected of open invoices in one currency, as a forecast over so many weeks from a day has it.

    `place` is the place of a week, from 0; behind the last stand what is later, not expected and disputed. None is all
    weeks together.
    """

    place: int | None
    as_of: date
    currency: str
    weeks: int
    known_on: datetime | None = None


@dataclass(frozen=True, slots=True)
class PayingFigure:
    """How many days late an account pays about, as a forecast from a day takes it."""

    account_key: int
    as_of: date
    known_on: datetime | None = None


Figure = (
    RecordFigure | ListFigure | AgingFigure | KeyFigure | HabitFigure | MovementFigure | ForecastFigure | PayingFigure
)


@dataclass(frozen=True, slots=True)
class Unexplained:
    """A figure that is in hand and cannot be told: why not, and what can be done."""

    why: str
    hint: str = ""


def stand_of(figure: Figure) -> tuple[date, datetime | None]:
    """Give the two dates of a figure."""
    match figure:
        case RecordFigure():
            return figure.as_of, figure.known_on
        case ListFigure():
            return figure.asked.as_of, figure.asked.known_on
        case AgingFigure():
            return figure.request.as_of, figure.request.known_on
        case MovementFigure():
            return figure.end, figure.known_on
        case KeyFigure() | HabitFigure() | ForecastFigure() | PayingFigure():
            return figure.as_of, figure.known_on


def moved(figure: Figure, as_of: date, known_on: datetime | None) -> Figure:
    """Give the same figure on other dates."""
    match figure:
        case RecordFigure():
            return replace(figure, as_of=as_of, known_on=known_on)
        case ListFigure():
            return replace(figure, asked=replace(figure.asked, as_of=as_of, known_on=known_on))
        case AgingFigure():
            return replace(figure, request=replace(figure.request, as_of=as_of, known_on=known_on))
        case MovementFigure():
            return replace(figure, end=max(as_of, figure.first_day), known_on=known_on)
        case KeyFigure() | HabitFigure() | ForecastFigure() | PayingFigure():
            return replace(figure, as_of=as_of, known_on=known_on)


EXPLAINED = {
    "Invoice": (
        "Balance",
        "TotalAmountWithTax",
        "NetPaymentsApplied",
        "NetCreditsApplied",
        "DaysInvoiceOverdue",
        "DaysInvoiceOpen",
    ),
    "Payment": ("Balance", "Amount", "NetApplied", "NetRefundApplied"),
    "CreditMemo": ("Balance", "TotalAmountWithTax", "NetCreditsApplied"),
}
"""The figures of a record that are explained."""

MOST_STEPS = 200
"""Items that are told one by one; the others are one line, and open as a list."""

DAYS, PERCENT = "days", "%"
"""The units of figures that are no money."""

_ONE, _TENTH, _EXACT = Decimal(1), Decimal("0.1"), Decimal("0.0001")
"""What is worked out by dividing is compared, and written for a sheet, to so much."""


@dataclass(frozen=True, slots=True)
class Step:
    """One line of an explanation: what happened to what, when, by whom, and what it adds.

    `running` is the sum so far. A line of `level` 1 tells of the events within the item above it: it has an amount and
    no part in the sum. `object` and `key` say which record it leads to, `figure` which figure is told of next.
    """

    what: str
    number: str = ""
    on: date | None = None
    recorded_at: datetime | None = None
    who: str = ""
    amount: Decimal | None = None
    running: Decimal | None = None
    object: str = ""
    key: int | None = None
    level: int = 0
    figure: "Figure | None" = None


@dataclass(frozen=True, slots=True)
class Explanation:
    """How a figure is made up. `unit` is its currency, days or per cent; `figure` None where there is none to explain.

    `left_out` items beyond the steps add `left_amount`; `listed` finds all of them. A figure that is no sum has a
    formula instead: the steps are what is put into it, in `unit_of_steps`, and it gives `worked_out`.
    """

    title: str
    unit: str
    figure: Decimal | None
    said: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()
    left_out: int = 0
    left_amount: Decimal = ZERO
    listed: Filter | None = None
    unit_of_steps: str = ""
    worked_out: Decimal | None = None

    @property
    def is_sum(self) -> bool:
        """Tell whether the steps add up to the figure."""
        return not self.unit_of_steps

    @property
    def steps_in(self) -> str:
        """Give the unit of the steps."""
        return self.unit_of_steps or self.unit

    @property
    def ends_in(self) -> Decimal:
        """Give what the steps and what is left out add up to, or what the formula gives."""
        if not self.is_sum:
            return ZERO if self.worked_out is None else self.worked_out
        last = next((one.running for one in reversed(self.steps) if one.running is not None), ZERO)
        return last + self.left_amount

    @property
    def holds(self) -> bool:
        """Tell whether the sum ends in the figure, or the formula gives it."""
        if self.figure is None or self.unit not in {DAYS, PERCENT}:
            return self.figure is None or self.ends_in == self.figure
        return abs(self.ends_in - self.figure) < _EXACT


def summed(steps: Iterable[Step], begun: Decimal = ZERO) -> tuple[Step, ...]:
    """Give steps with their running sum; those within an item have none."""
    found, running = [], begun
    for step in steps:
        if step.level == 0 and step.amount is not None:
            running += step.amount
            found.append(replace(step, running=running))
        else:
            found.append(step)
    return tuple(found)


def amount_text(amount: Decimal | None, unit: str) -> str:
    """Write an amount, days or per cent for a sheet to calculate with."""
    if amount is None:
        return ""
    if unit not in {DAYS, PERCENT}:
        return plain(amount, unit)
    return f"{amount:.0f}" if amount == amount.to_integral_value() else f"{amount.quantize(_EXACT, ROUND_HALF_UP):f}"


def in_units(value: Decimal) -> str:
    """Write days or per cent for people: `1,204`, `37.9`, `−0.4`."""
    whole = value == value.to_integral_value()
    return f"{value.quantize(_ONE if whole else _TENTH, ROUND_HALF_UP) + 0:,}".replace("-", "−")


_HEADINGS = ("Effective", "Recorded", "What", "Record", "By", "Amount")


def as_text(told: Explanation) -> str:
    """Write an explanation to be pasted: words above, the steps as columns parted by tabs, the figure at the end."""
    figure = "" if told.figure is None else f": {amount_text(told.figure, told.unit)} {told.unit}"
    lines = [f"{told.title}{figure}", *told.said, ""]
    if told.steps:
        lines.append("\t".join((*_HEADINGS, "Sum") if told.is_sum else _HEADINGS))
        lines += map("\t".join, _cells(told))
    return "\n".join(lines).rstrip() + "\n"


def left_out_in_words(told: Explanation) -> str:
    """Say how many items are not told one by one."""
    return f"and {told.left_out:,} more"


def _cells(told: Explanation) -> Iterator[tuple[str, ...]]:
    for one in told.steps:
        recorded = "" if one.recorded_at is None else f"{one.recorded_at:%Y-%m-%d %H:%M}"
        amounts = (amount_text(one.amount, told.steps_in), *_running(told, one))
        on = "" if one.on is None else one.on.isoformat()
        yield on, recorded, "  " * one.level + _one_line(one.what), _one_line(one.number), _one_line(one.who), *amounts
    if told.left_out:
        amounts = (amount_text(told.left_amount, told.unit), amount_text(told.ends_in, told.unit))
        yield "", "", left_out_in_words(told), "", "", *amounts


def _running(told: Explanation, one: Step) -> tuple[str, ...]:
    return (amount_text(one.running, told.unit),) if told.is_sum else ()


def _one_line(text: str) -> str:
    return " ".join(text.split())


def stood_in_words(as_of: date, known_on: datetime | None) -> str:
    """Say on which two dates a figure stands: `As of 23 Nov 2026, as known on 20 Nov 2026 23:59 UTC`."""
    known = "" if known_on is None else f", as known on {in_words(known_on.date())} {known_on:%H:%M} UTC"
    return f"As of {in_words(as_of)}{known}."
