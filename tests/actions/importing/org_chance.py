"""Chance as the makers of an org take it: a day, a moment, an amount, any record."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from actions.importing.org import AS_OF, FIRST, Org, Record

CENT = Decimal("0.01")


def any_day(org: Org, earliest: date = FIRST, latest: date = AS_OF - timedelta(days=3)) -> date:
    return earliest + timedelta(days=org.random.randrange(max((latest - earliest).days, 0) + 1))


def any_moment(org: Org, on: date) -> datetime:
    return datetime.combine(on, time(9, org.random.randrange(60), org.random.randrange(60)), UTC)


def any_amount(org: Org, least: int = 1, most: int = 900_00) -> Decimal:
    return Decimal(org.random.randrange(least, most)) * CENT


def any_record(org: Org, object_name: str) -> Record:
    return org.random.choice(org.records[object_name])


def any_owner(org: Org) -> str:
    return str(org.random.choice([*org.records["User"], *org.records["Group"]])["Id"])


def some_of(org: Org, amount: Decimal, currency: str) -> Decimal:
    """Give a part of an amount that can be paid, and never nothing."""
    digits = Decimal(1) if currency == "JPY" else CENT
    return max((amount / org.random.choice((1, 2, 3))).quantize(digits, "ROUND_DOWN"), digits)
