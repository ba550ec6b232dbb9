"""When what is billed is earned: straight line by day over the service, by month (ASC 606, IFRS 15); it asks no book.

Amounts are before tax. What names no service is earned on the day of its document. A credit takes back what it
credits as it is earned: what had been earned by then in the month of the credit, the rest in the months to come.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from duedesk.domain.money import UNITS_PER_ONE, ZERO, from_units, is_payable, minor_digits, to_units

Earned = tuple[tuple[date, Decimal], ...]
"""What is earned in each month, by its first day, oldest first; it adds up to the whole exactly."""

Service = tuple[date | None, date | None]
"""The first and last day of a service, as a line names them."""


@dataclass(frozen=True, slots=True)
class BilledLine:
    """A charge or adjustment of a posted invoice; an adjustment without days of its own has those of its charge."""

    key: int
    name: str
    kind: str
    amount: Decimal
    service: Service = (None, None)
    related: int | None = None


@dataclass(frozen=True, slots=True)
class BilledInvoice:
    """A posted invoice before tax, of which no line may be known; `voided` is the day on which it went."""

    key: int
    number: str
    account: str
    account_number: str
    currency: str
    dated: date
    amount: Decimal
    voided: date | None = None
    lines: tuple[BilledLine, ...] = ()


@dataclass(frozen=True, slots=True)
class CreditPart:
    """What a credit memo takes back before tax: of one line, or of the whole invoice; above nothing."""

    amount: Decimal
    line_key: int | None = None
    service: Service = (None, None)


@dataclass(frozen=True, slots=True)
class Credit:
    """A credit memo, all of it or what of it is one invoice's; `voided` is the day on which it was taken back."""

    number: str
    account: str
    account_number: str
    currency: str
    dated: date
    parts: tuple[CreditPart, ...]
    voided: date | None = None


@dataclass(frozen=True, slots=True)
class RevenueLine:
    """One row of the schedule: what was billed on a day, or taken back (below nothing), and when it is earned.

    `first_day` and `last_day` are empty where no service is named.
    """

    kind: str
    account: str
    account_number: str
    invoice: str
    document: str
    line: str
    currency: str
    dated: date
    first_day: date | None
    last_day: date | None
    amount: Decimal
    earned: Earned


@dataclass(frozen=True, slots=True)
class Spread:
    """What of a line is earned before some months, in each of them, and after them."""

    before: Decimal
    months: tuple[Decimal, ...]
    later: Decimal


_NOTHING = ZERO.scaleb(-4)
"""Nothing, with the digits that amounts of a book have: a sheet of many noughts is written the quicker."""


def shared_out(amount: Decimal, weights: Sequence[int], currency: str) -> tuple[Decimal, ...]:
    """Share an amount out by weight in whole minor units: each has its share rounded down, the largest rests one more.

    The parts add up to the amount. Where the weights come to nothing the first has all of it.
    """
    whole = sum(weights)
    if whole <= 0 or len(weights) == 1:
        return (amount, *([ZERO] * (len(weights) - 1)))
    step = UNITS_PER_ONE // 10 ** minor_digits(currency) if is_payable(amount, currency) else 1
    sign = -1 if amount < 0 else 1
    units = abs(to_units(amount)) // step
    shares, rests = zip(*(divmod(units * weight, whole) for weight in weights), strict=True)
    parts = list(shares)
    missing = units - sum(parts)
    for place in sorted(range(len(parts)), key=lambda one: (-rests[one], one))[:missing]:
        parts[place] += 1
    return tuple(from_units(sign * part * step) for part in parts)


def service_days(dated: date, service: Service) -> tuple[date, date]:
    """Give the days over which a line is earned: one where it names one or none, or an end before the beginning."""
    first, last = service
    if first is None or last is None:
        day = first or last or dated
        return day, day
    return (first, last) if first <= last else (dated, dated)


def straight_line(amount: Decimal, currency: str, first: date, last: date) -> Earned:
    """Spread an amount over days, each of which earns the same, and give it by month."""
    months, days = [], []
    month = first.replace(day=1)
    while month <= last:
        following = next_month(month)
        months.append(month)
        days.append((min(last + timedelta(days=1), following) - max(first, month)).days)
        month = following
    return tuple(zip(months, shared_out(amount, days, currency), strict=True))


def taken_back(amount: Decimal, currency: str, days: tuple[date, date], on: date) -> Earned:
    """Spread what changes on a day: what would have been earned by the end of that month, in that month."""
    month = on.replace(day=1)
    by_month = straight_line(amount, currency, *days)
    so_far = sum((part for when, part in by_month if when <= month), ZERO)
    return ((month, so_far), *((when, part) for when, part in by_month if when > month))


def next_month(month: date) -> date:
    """Give the first day of the month after; of the last month there is, the last day there is."""
    return date.max if (month.year, month.month) == (date.max.year, 12) else _following(month)


def months_from(first: date, last: date) -> tuple[date, ...]:
    """Give the first days of the months from that of one day to that of another."""
    found, month = [], first.replace(day=1)
    while month <= last:
        found.append(month)
        month = next_month(month)
    return tuple(found)


def spread(earned: Earned, months: Sequence[date]) -> Spread:
    """Give what is earned before, in and after months that follow each other."""
    by_month: Mapping[date, Decimal] = dict(earned)
    return Spread(
        sum((part for when, part in earned if when < months[0]), _NOTHING),
        tuple(by_month.get(month, _NOTHING) for month in months),
        sum((part for when, part in earned if when > months[-1]), _NOTHING),
    )


def rows_of_invoice(invoice: BilledInvoice, credits_: Iterable[Credit] = ()) -> Iterator[RevenueLine]:
    """Give the rows of an invoice: its lines, or the whole without any; what credits and a voiding take back."""
    lines = _with_services(invoice.lines) or (BilledLine(0, "", "Invoice", invoice.amount),)
    for line in lines:
        yield _row(invoice, line, line.amount)
    for credit in credits_:
        for line, part in _of_lines(lines, credit.parts, invoice.currency):
            yield _row(invoice, line, -part, ("Credit memo", credit.number, credit.dated))
            if credit.voided is not None:
                yield _row(invoice, line, part, ("Credit memo voided", credit.number, credit.voided))
    if invoice.voided is not None:
        for line in lines:
            yield _row(invoice, line, -line.amount, ("Invoice voided", invoice.number, invoice.voided))


def rows_of_credit(credit: Credit) -> Iterator[RevenueLine]:
    """Give the rows of a credit memo that is no invoice's: each part over its own days, from the credit's day on."""
    for part in credit.parts:
        for kind, amount, on in (
            ("Credit memo", -part.amount, credit.dated),
            ("Credit memo voided", part.amount, credit.voided),
        ):
            if on is not None:
                days = service_days(credit.dated, part.service)
                earned = taken_back(amount, credit.currency, days, on)
                who = (credit.account, credit.account_number, "", credit.number, "")
                yield RevenueLine(kind, *who, credit.currency, on, *_named(days, part.service), amount, earned)


def _row(
    invoice: BilledInvoice, line: BilledLine, amount: Decimal, change: tuple[str, str, date] | None = None
) -> RevenueLine:
    """Give the row of a line, or of a change to it: its kind, its document and the day from which on it counts."""
    days = service_days(invoice.dated, line.service)
    kind, document, on = change or (line.kind, invoice.number, invoice.dated)
    if change is None:
        earned = straight_line(amount, invoice.currency, *days)
    else:
        earned = taken_back(amount, invoice.currency, days, on)
    who = (invoice.account, invoice.account_number, invoice.number, document, line.name)
    return RevenueLine(kind, *who, invoice.currency, on, *_named(days, line.service), amount, earned)


def _named(days: tuple[date, date], service: Service) -> Service:
    """Give the days of a service as they are shown: none where none are named."""
    return (None, None) if service == (None, None) else days


def _with_services(lines: Sequence[BilledLine]) -> tuple[BilledLine, ...]:
    """Give the lines with their services; an adjustment that names none has that of the line it adjusts."""
    own = {line.key: line.service for line in lines}
    return tuple(
        replace(line, service=own.get(line.related, line.service))
        if line.service == (None, None) and line.related is not None
        else line
        for line in lines
    )


def _of_lines(
    lines: Sequence[BilledLine], parts: Iterable[CreditPart], currency: str
) -> Iterator[tuple[BilledLine, Decimal]]:
    """Give what a credit takes back of which line; what names none is shared out over all by what they billed."""
    by_key = {line.key: line for line in lines}
    loose = ZERO
    for part in parts:
        if part.line_key in by_key:
            yield by_key[part.line_key], part.amount
        elif None not in part.service:
            yield BilledLine(0, "", "", part.amount, part.service), part.amount
        else:
            loose += part.amount
    if loose:
        shares = shared_out(loose, [to_units(line.amount) for line in lines], currency)
        yield from ((line, share) for line, share in zip(lines, shares, strict=True) if share)


def _following(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)
