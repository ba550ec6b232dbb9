"""Late interest: simple, day by day on what was open, exact until it is rounded once; it posts and stores nothing.

Interest runs from the day after the due date up to and including the day of payment, on what was open at the end of
the day before. A time that was charged is not charged again: the next statement begins the day after.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import ROUND_CEILING, Decimal
from enum import StrEnum

from duedesk.domain.errors import RequestError
from duedesk.domain.interest.day_counts import YEAR, DayCount, days_counted, year_units
from duedesk.domain.interest.reference_rates import RateTable, checked_percent
from duedesk.domain.money import UNITS_PER_ONE, ZERO, minor_digits, to_units
from duedesk.domain.names import tidy

_DAY = timedelta(days=1)
_WHOLE = 100 * UNITS_PER_ONE * UNITS_PER_ONE * YEAR
"""What a balance and a rate in ten-thousandths and a part of a year, multiplied, are so many times too large by."""


class Fixing(StrEnum):
    """Which rate applies to a debt: that of each day, that of its first day, or that of the day it is paid."""

    FLOATING = "floating"
    AT_DUE = "at due date"
    AT_PAYMENT = "at payment"


@dataclass(frozen=True, slots=True)
class InterestTerms:
    """What is charged: a fixed rate (`percent`), or a reference rate with so many points above it.

    `step` rounds the sum up to a multiple (Belgium: half a point). `basis` says in a sentence what it rests on.
    """

    basis: str
    percent: Decimal | None = None
    series: str = ""
    margin: Decimal = ZERO
    step: Decimal | None = None
    fixing: Fixing = Fixing.FLOATING
    day_count: DayCount = DayCount.ACT_365

    def __post_init__(self) -> None:
        if (self.percent is None) is not bool(self.series):
            raise RequestError("Interest has a fixed rate or a reference rate, and not both or neither.")
        if self.percent is not None and checked_percent(self.percent) < 0:
            raise RequestError(f"{self.percent} is no rate of interest.", "Give 0 or more.")

    @property
    def in_short(self) -> str:
        """Say the rate in a few words: `ECB + 8`, `18%`."""
        if self.percent is not None:
            return f"{self.percent:f}%"
        above = f" + {self.margin:f}" if self.margin else ""
        rounded = "" if self.step is None else f", up to {self.step:f}"
        return f"{self.series}{above}{rounded}"

    def over(self, reference: Decimal) -> Decimal:
        """Give the rate over a reference rate: never below nothing."""
        rate = max(ZERO, reference + self.margin)
        if self.step is None:
            return rate
        return (rate / self.step).to_integral_value(ROUND_CEILING) * self.step


@dataclass(frozen=True, slots=True)
class Debt:
    """What was open of one due date, at the end of each day on which it changed, in order."""

    due_date: date
    balances: tuple[tuple[date, Decimal], ...]

    def open_after(self, day: date) -> Decimal:
        """Give what was open at the end of a day."""
        held = ZERO
        for on, balance in self.balances:
            if on > day:
                break
            held = balance
        return held


@dataclass(frozen=True, slots=True)
class Claim:
    """An invoice as interest sees it: one debt, or one for each instalment."""

    currency: str
    debts: tuple[Debt, ...]

    @classmethod
    def of(cls, currency: str, due_date: date, *balances: tuple[date, Decimal]) -> "Claim":
        """Make the claim of an invoice that is due on one day."""
        return cls(currency, (Debt(due_date, balances),))


@dataclass(frozen=True, slots=True)
class InterestPeriod:
    """Days on which balance and rate were the same; the amounts of all periods come to the total."""

    first_day: date
    last_day: date
    days: int
    balance: Decimal
    rate: Decimal
    amount: Decimal


@dataclass(frozen=True, slots=True)
class InterestStatement:
    """The interest of a claim up to a day.

    `charged_until` is the day that is charged with it: the day asked for, or the last before a rate is missing, so
    that no day is lost when the rate comes in. None where nothing was ever due.
    """

    currency: str
    terms: InterestTerms
    periods: tuple[InterestPeriod, ...]
    total: Decimal
    charged_until: date | None
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Days of one balance, and the rate in ten-thousandths of a percent; None where that is not known."""

    first_day: date
    last_day: date
    balance: Decimal
    rate: Decimal | None
    rated_on: date


def statement(
    claim: Claim, terms: InterestTerms, rates: RateTable, until: date, charged_until: date | None = None
) -> InterestStatement:
    """Work out the interest of a claim after what was charged, up to and including a day."""
    stretches = _stretches(claim, terms, rates, until, charged_until)
    lacking = [one for one in stretches if one.rate is None]
    warnings = tuple(dict.fromkeys(rates.missing_words(terms.series, one.rated_on) for one in lacking))
    if lacking and terms.fixing is Fixing.FLOATING:
        until = min(one.first_day for one in lacking) - _DAY
        stretches = _stretches(claim, terms, rates, until, charged_until)
    elif lacking:  # one rate for all of the time: none of it can be told
        return InterestStatement(claim.currency, terms, (), ZERO, charged_until, warnings)
    periods, total = _amounts(stretches, terms, claim.currency)
    is_late = any(debt.due_date < until for debt in claim.debts)
    reached = max(until, charged_until or until) if is_late else charged_until
    return InterestStatement(claim.currency, terms, periods, total, reached, warnings)


def _stretches(
    claim: Claim, terms: InterestTerms, rates: RateTable, until: date, charged_until: date | None
) -> list[_Stretch]:
    cut = _at_payment if terms.fixing is Fixing.AT_PAYMENT else _by_day
    found: list[_Stretch] = []
    for debt in claim.debts:
        after = debt.due_date if charged_until is None else max(debt.due_date, charged_until)
        if after < until:
            found += _merged(cut(debt, terms, rates, after, until))
    return sorted(found, key=lambda one: (one.first_day, one.last_day))


def _merged(stretches: Iterator[_Stretch]) -> Iterator[_Stretch]:
    """Make one of stretches that follow each other with the same balance and the same rate."""
    held: _Stretch | None = None
    for one in stretches:
        if (
            held is not None
            and (held.balance, held.rate) == (one.balance, one.rate)
            and held.rate is not None
            and held.last_day + _DAY == one.first_day
        ):
            held = replace(held, last_day=one.last_day)
            continue
        if held is not None:
            yield held
        held = one
    if held is not None:
        yield held


def _by_day(debt: Debt, terms: InterestTerms, rates: RateTable, after: date, until: date) -> Iterator[_Stretch]:
    changes = [day for day, _ in debt.balances if after < day < until]
    for begun, ended in zip([after, *changes], [*changes, until], strict=True):
        balance = debt.open_after(begun)
        if balance <= 0 or begun >= ended:
            continue
        if terms.percent is not None:
            yield _Stretch(begun + _DAY, ended, balance, terms.percent, ended)
        elif terms.fixing is Fixing.AT_DUE:
            first = debt.due_date + _DAY
            yield _Stretch(begun + _DAY, ended, balance, _rate_on(terms, rates, first), first)
        else:
            for first, last, rate in rates.spans(terms.series, begun + _DAY, ended):
                yield _Stretch(first, last, balance, None if rate is None else terms.over(rate.percent), first)


def _at_payment(debt: Debt, terms: InterestTerms, rates: RateTable, after: date, until: date) -> Iterator[_Stretch]:
    """Give each part of a debt from when it was owed until it was paid, the oldest first, at the rate of that day."""
    held = debt.open_after(after)
    parts = [(after, held)]
    for day, balance in debt.balances:
        if not after < day < until:
            continue
        paid, held = held - balance, balance
        if paid < 0:
            parts.append((day, -paid))
        while paid > 0:
            begun, part = parts[0]
            taken = min(part, paid)
            yield from _paid(terms, rates, begun, day, taken)
            paid -= taken
            parts[:1] = [(begun, part - taken)] if part > taken else []
    for begun, part in parts:
        if part > 0:
            yield from _paid(terms, rates, begun, until, part)


def _paid(terms: InterestTerms, rates: RateTable, begun: date, day: date, part: Decimal) -> Iterator[_Stretch]:
    if begun < day:
        rate = terms.percent if terms.percent is not None else _rate_on(terms, rates, day)
        yield _Stretch(begun + _DAY, day, part, rate, day)


def _rate_on(terms: InterestTerms, rates: RateTable, day: date) -> Decimal | None:
    found = rates.on(terms.series, day)
    return None if found is None else terms.over(found.percent)


def _amounts(
    stretches: Sequence[_Stretch], terms: InterestTerms, currency: str
) -> tuple[tuple[InterestPeriod, ...], Decimal]:
    """Add up exactly and round once; each period shows by how much the rounded sum grew, so that they come to it."""
    periods, exact, told = [], 0, ZERO
    for one in stretches:
        rate = one.rate or ZERO
        after = one.first_day - _DAY
        exact += to_units(one.balance) * to_units(rate) * year_units(after, one.last_day, terms.day_count)
        grown = _rounded(exact, currency)
        days = days_counted(after, one.last_day, terms.day_count)
        periods.append(InterestPeriod(one.first_day, one.last_day, days, one.balance, rate, grown - told))
        told = grown
    return tuple(periods), told


def _rounded(exact: int, currency: str) -> Decimal:
    """Round half up to the currency's minor unit; nothing is negative here."""
    digits = minor_digits(currency)
    return Decimal((2 * exact * 10**digits + _WHOLE) // (2 * _WHOLE)).scaleb(-digits)


class NotCharged(StrEnum):
    """Why interest that has run is not charged."""

    NOTHING = "no interest has run"
    BELOW_MINIMUM = "the interest is below the least that is charged"
    WAIVED = "the interest is waived"


@dataclass(frozen=True, slots=True)
class InterestCharge:
    """What a letter charges of the statements of its invoices, all of one currency.

    Where it is waived the time counts as charged and does not come back; where it is too little it waits for more.
    """

    statements: tuple[InterestStatement, ...]
    total: Decimal
    run: Decimal
    """What has run, charged or not."""
    why_not: NotCharged | None = None
    reason: str = ""
    """Why it was waived, in the words of whoever waived it."""

    @property
    def counts_as_charged(self) -> bool:
        """Tell whether the days of the statements are done with."""
        return self.why_not in {None, NotCharged.WAIVED}


def charge(statements: Sequence[InterestStatement], minimum: Decimal = ZERO) -> InterestCharge:
    """Decide what is charged of what has run: all of it, or nothing where it does not come to the minimum."""
    currencies = {one.currency for one in statements}
    if len(currencies) > 1:
        raise RequestError(f"Interest in {' and '.join(sorted(currencies))} is not added up.")
    run = sum((one.total for one in statements), ZERO)
    why_not = NotCharged.NOTHING if run == 0 else NotCharged.BELOW_MINIMUM if run < minimum else None
    return InterestCharge(tuple(statements), ZERO if why_not else run, run, why_not)


def waive(charged: InterestCharge, reason: str) -> InterestCharge:
    """Charge nothing of what has run, and keep the reason; RequestError where none is given or nothing has run."""
    said = tidy(reason)
    if not said:
        raise RequestError("Interest is waived for a reason.", "Say it in a few words.")
    if charged.run == 0:
        raise RequestError("There is no interest to waive.")
    return replace(charged, total=ZERO, why_not=NotCharged.WAIVED, reason=said)
