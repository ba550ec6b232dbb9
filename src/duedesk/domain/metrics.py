"""What receivables tell of collecting: DSO, CEI, countback, days to pay, concentration; each with its formula in words.

Receivables are what invoices leave open, in one currency; current is what of that is not due yet. Nothing is rounded.
"""

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from duedesk.domain.aging import AgingRow, RowKey
from duedesk.domain.days import in_words
from duedesk.domain.errors import RequestError
from duedesk.domain.money import ZERO

MONTHS = 3
"""Months whose invoices a figure is held against: long enough to even out one large invoice."""

MOST_BACK = 12
"""Months that countback goes back; a balance that they do not use up has no countback."""

YEAR = 12
"""Months that how an account pays is looked at over."""

HUNDRED = Decimal(100)

FORMULAS = {
    "closing": "what invoices leave open at the end; payments and credits not applied yet are not taken off",
    "sales": "invoiced in the period, less what of it was voided by its end",
    "dso": "receivables ÷ invoiced in the period × days of the period",
    "best_possible_dso": "receivables not due yet ÷ invoiced in the period × days of the period",
    "add": "DSO − best possible DSO",
    "cei": "(opening + invoiced ÷ N − closing) ÷ (opening + invoiced ÷ N − closing not due yet) × 100, N months",
    "countback": "days of the newest months whose invoices the receivables use up, the last of them in part",
    "percent_current": "receivables not due yet ÷ receivables × 100",
    "percent_overdue": "receivables past due ÷ receivables × 100",
    "days_to_pay": "days from invoice date to settlement, weighted by the invoices' totals",
    "terms": "days from invoice date to due date, weighted by the invoices' totals",
    "days_late": "days to pay − terms",
    "share": "open amount of one ÷ open amount of all × 100",
    "herfindahl": "sum of the squared shares in per cent: 10,000 is one debtor alone, below 1,500 is well spread",
}
"""Every figure in words, as it stands beside it."""

FORMULAS_IN_SHORT = {
    "dso": "receivables ÷ invoiced × days",
    "best_possible_dso": "not due yet ÷ invoiced × days",
    "add": "DSO − best possible DSO",
    "cei": "(opening + invoiced ÷ N − closing) ÷ (opening + invoiced ÷ N − not due yet) × 100",
    "percent_overdue": "past due ÷ receivables × 100",
}
"""Formulas in as few words as they can be said in, for where there is little room."""

KEY_FIGURES = {
    "dso": ("DSO", "days"),
    "best_possible_dso": ("Best possible DSO", "days"),
    "add": ("Average days delinquent", "days"),
    "cei": ("CEI", "%"),
    "countback": ("Countback DSO", "days"),
    "percent_current": ("Current", "%"),
    "percent_overdue": ("Overdue", "%"),
}
"""The figures of a month: what people call each, and its unit."""


def dso(closing: Decimal, sales: Decimal, days: int) -> Decimal | None:
    """Give days sales outstanding, of what is current alone the best possible; None where nothing was invoiced."""
    return closing / sales * days if sales > 0 else None


def cei(opening: Decimal, sales: Decimal, closing: Decimal, current: Decimal, months: int = 1) -> Decimal | None:
    """Give the collection effectiveness index in per cent; None where nothing was there to be collected.

    With one month nothing is divided.
    """
    base = opening + sales / months
    possible = base - current
    return (base - closing) / possible * HUNDRED if possible > 0 else None


def countback(closing: Decimal, months: Sequence[tuple[Decimal, int]]) -> Decimal | None:
    """Give the days of sales that the receivables come to: months newest first, as what was invoiced and their days.

    None where the months do not use the receivables up.
    """
    rest, found = closing, ZERO
    for sales, days in months:
        if rest <= 0:
            break
        if sales >= rest:
            return found + rest / sales * days
        rest, found = rest - max(sales, ZERO), found + days
    return found if rest <= 0 else None


def used_up(closing: Decimal, months: Sequence[tuple[Decimal, int]]) -> tuple[tuple[Decimal, Decimal], ...]:
    """Give what of each month's invoices countback uses up, newest first, and the days that it comes to."""
    rest, found = closing, []
    for sales, days in months:
        if rest <= 0:
            break
        used = min(max(sales, ZERO), rest)
        found.append((used, used / sales * days if used == rest else Decimal(days)))
        rest -= used
    return tuple(found)


def percent(part: Decimal, whole: Decimal) -> Decimal | None:
    """Give a part in per cent of the whole; None where there is none."""
    return part / whole * HUNDRED if whole > 0 else None


@dataclass(frozen=True, slots=True)
class MonthFigures:
    """One currency at the end of a month, or on the as-of day: what the figures are made of, and the figures.

    The period is the `months` months up to `end`, from the day after `start`; `opening` is what was open on `start`.
    """

    currency: str
    start: date
    end: date
    months: int
    opening: Decimal
    closing: Decimal
    current: Decimal
    sales: Decimal
    countback_dso: Decimal | None

    @property
    def first_day(self) -> date:
        """Give the first day of the period, within it."""
        return self.start + timedelta(days=1)

    @property
    def days(self) -> int:
        """Give the days of the period."""
        return (self.end - self.start).days

    @property
    def dso(self) -> Decimal | None:
        """Give days sales outstanding."""
        return dso(self.closing, self.sales, self.days)

    @property
    def best_possible_dso(self) -> Decimal | None:
        """Give what it would be if nothing were overdue."""
        return dso(self.current, self.sales, self.days)

    @property
    def average_days_delinquent(self) -> Decimal | None:
        """Give by how much the one is above the other."""
        actual, best = self.dso, self.best_possible_dso
        return None if actual is None or best is None else actual - best

    @property
    def cei(self) -> Decimal | None:
        """Give the collection effectiveness index over the months of the period."""
        return cei(self.opening, self.sales, self.closing, self.current, self.months)

    @property
    def percent_current(self) -> Decimal | None:
        """Give how much of the receivables is not due yet."""
        return percent(self.current, self.closing)

    @property
    def percent_overdue(self) -> Decimal | None:
        """Give how much of the receivables is past due."""
        return percent(self.closing - self.current, self.closing)

    def key_figure(self, name: str) -> Decimal | None:
        """Give one of the `KEY_FIGURES` by its name."""
        return {
            "dso": self.dso,
            "best_possible_dso": self.best_possible_dso,
            "add": self.average_days_delinquent,
            "cei": self.cei,
            "countback": self.countback_dso,
            "percent_current": self.percent_current,
            "percent_overdue": self.percent_overdue,
        }[name]


@dataclass(frozen=True, slots=True)
class AccountHabit:
    """How an account pays in one currency: over the invoices that payments settled, weighted by their totals."""

    key: int
    name: str
    number: str
    currency: str
    invoices: int
    settled: Decimal
    """What these invoices came to."""
    days_to_pay: Decimal
    terms: Decimal

    @property
    def days_late(self) -> Decimal:
        """Give the days beyond the terms; below nothing where it pays early."""
        return self.days_to_pay - self.terms


@dataclass(frozen=True, slots=True)
class Share:
    """What one group has of all that is open in a currency, and the groups up to it together."""

    key: RowKey
    name: str
    amount: Decimal
    percent: Decimal
    cumulative: Decimal


def concentration(rows: Iterable[AgingRow], currency: str) -> tuple[Share, ...]:
    """Give the shares of what is open in a currency, largest first: Pareto's order."""
    held = sorted((row for row in rows if row.currency == currency and row.open > 0), key=lambda row: -row.open)
    total = sum((row.open for row in held), ZERO)
    shares, sofar = [], ZERO
    for row in held:
        sofar += row.open
        shares.append(Share(row.key, row.name, row.open, row.open / total * HUNDRED, sofar / total * HUNDRED))
    return tuple(shares)


def herfindahl(shares: Iterable[Share]) -> Decimal:
    """Give how concentrated the shares are, from next to nothing up to 10,000 of one that has all."""
    return sum((one.percent**2 for one in shares), ZERO)


def ends_until(as_of: date, months: int) -> tuple[date, ...]:
    """Give the ends of the months before a day, and the day itself: so many in all, oldest first.

    RequestError where there are not as many.
    """
    days = [as_of]
    while len(days) < months:
        if days[-1].replace(day=1) == date.min:
            raise _too_early(as_of)
        days.append(days[-1].replace(day=1) - timedelta(days=1))
    return tuple(reversed(days))


def months_before(day: date, months: int) -> date:
    """Give the day so many months earlier, of the end of a month the end of that one; RequestError before year 1."""
    years, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    if years < date.min.year:
        raise _too_early(day)
    last = monthrange(years, month + 1)[1]
    is_end = day.day == monthrange(day.year, day.month)[1]
    return date(years, month + 1, last if is_end else min(day.day, last))


def _too_early(day: date) -> RequestError:
    return RequestError(f"There are not so many months before {in_words(day)}.", "Choose a later day.")
