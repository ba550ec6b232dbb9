"""Figures of pages as values, and how one is made up: the steps in order, with a sum that ends in the figure.

What the steps of a figure are is told in `telling`; nothing is asked of a book here.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from duedesk.domain.aging import AgingRequest
from duedesk.domain.days import in_words
from duedesk.domain.filters import Filter
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
    """The sum of a field over everything that a filter finds, in one currency."""

    asked: Filter
    path: str
    currency: str


@dataclass(frozen=True, slots=True)
class AgingFigure:
    """A figure of an aging, in one currency.

    `keys` are those of its row, one a level, empty for the total; `bucket` is its place, None where the figure is the
    balance of the row or, with `is_unapplied`, what is not applied, with `is_disputed`, what is contested.
    """

    request: AgingRequest
    keys: tuple[int | str | None, ...]
    currency: str
    bucket: int | None = None
    is_unapplied: bool = False
    is_disputed: bool = False


Figure = RecordFigure | ListFigure | AgingFigure


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


def moved(figure: Figure, as_of: date, known_on: datetime | None) -> Figure:
    """Give the same figure on other dates."""
    match figure:
        case RecordFigure():
            return replace(figure, as_of=as_of, known_on=known_on)
        case ListFigure():
            return replace(figure, asked=replace(figure.asked, as_of=as_of, known_on=known_on))
        case AgingFigure():
            return replace(figure, request=replace(figure.request, as_of=as_of, known_on=known_on))


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

DAYS = "days"
"""The unit of a figure that counts days."""


@dataclass(frozen=True, slots=True)
class Step:
    """One line of an explanation: what happened to what, when, by whom, and what it adds.

    `running` is the sum so far. A line of `level` 1 tells of the events within the item above it: it has an amount and
    no part in the sum. `object` and `key` say which record it leads to.
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


@dataclass(frozen=True, slots=True)
class Explanation:
    """How a figure is made up. `unit` is its currency, or days; `figure` None where there is none to explain.

    `left_out` items beyond the steps add `left_amount`; `listed` finds all of them.
    """

    title: str
    unit: str
    figure: Decimal | None
    said: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()
    left_out: int = 0
    left_amount: Decimal = ZERO
    listed: Filter | None = None

    @property
    def ends_in(self) -> Decimal:
        """Give what the steps and what is left out add up to."""
        last = next((one.running for one in reversed(self.steps) if one.running is not None), ZERO)
        return last + self.left_amount

    @property
    def holds(self) -> bool:
        """Tell whether the sum ends in the figure."""
        return self.figure is None or self.ends_in == self.figure


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
    """Write an amount, or days, for a sheet to calculate with."""
    if amount is None:
        return ""
    return f"{amount:.0f}" if unit == DAYS else plain(amount, unit)


def as_text(told: Explanation) -> str:
    """Write an explanation to be pasted: words above, the steps as columns parted by tabs, the figure at the end."""
    figure = "" if told.figure is None else f": {amount_text(told.figure, told.unit)} {told.unit}"
    lines = [f"{told.title}{figure}", *told.said, ""]
    if told.steps:
        lines.append("Effective\tRecorded\tWhat\tRecord\tBy\tAmount\tSum")
        lines += map("\t".join, _cells(told))
    return "\n".join(lines).rstrip() + "\n"


def left_out_in_words(told: Explanation) -> str:
    """Say how many items are not told one by one."""
    return f"and {told.left_out:,} more"


def _cells(told: Explanation) -> Iterator[tuple[str, ...]]:
    for one in told.steps:
        recorded = "" if one.recorded_at is None else f"{one.recorded_at:%Y-%m-%d %H:%M}"
        amounts = (amount_text(one.amount, told.unit), amount_text(one.running, told.unit))
        on = "" if one.on is None else one.on.isoformat()
        yield on, recorded, "  " * one.level + _one_line(one.what), _one_line(one.number), _one_line(one.who), *amounts
    if told.left_out:
        amounts = (amount_text(told.left_amount, told.unit), amount_text(told.ends_in, told.unit))
        yield "", "", left_out_in_words(told), "", "", *amounts


def _one_line(text: str) -> str:
    return " ".join(text.split())


def stood_in_words(as_of: date, known_on: datetime | None) -> str:
    """Say on which two dates a figure stands: `As of 23 Nov 2026, as known on 20 Nov 2026 23:59 UTC`."""
    known = "" if known_on is None else f", as known on {in_words(known_on.date())} {known_on:%H:%M} UTC"
    return f"As of {in_words(as_of)}{known}."
