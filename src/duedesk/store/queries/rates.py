"""Rates of exchange: all of them, the newest by a day, those from any currency to one, and an aging at them."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy import Connection, func, select

from duedesk.domain.aging import Aging, AgingRequest
from duedesk.domain.converting import convert
from duedesk.domain.rates import Listed, Rate, crossed
from duedesk.store.queries.aging.figures import aging
from duedesk.store.tables.rates import dated_conversion_rate

_listed = dated_conversion_rate.c


def base_currency(connection: Connection) -> str | None:
    """Give the currency that all rates of the book stand over; None while there are none."""
    return connection.scalar(select(_listed.base_iso_code).limit(1))


def listed_rates(connection: Connection, currency: str | None = None) -> Iterator[Listed]:
    """Give all rates, or those of one currency: newest first, then by currency; they are read as they are taken."""
    asked = _RATES.order_by(_listed.start_date.desc(), _listed.iso_code)
    if currency is not None:
        asked = asked.where(_listed.iso_code == currency)
    for row in connection.execution_options(yield_per=2_000).execute(asked):
        yield Listed(*row)


def newest_rates(connection: Connection, day: date) -> tuple[Listed, ...]:
    """Give the rate of each currency that holds on a day: the newest on or before it."""
    newest = (
        select(_listed.iso_code, func.max(_listed.start_date).label("start_date"))
        .where(_listed.start_date <= day)
        .group_by(_listed.iso_code)
        .subquery("newest")
    )
    joined = _RATES.join(
        newest, (newest.c.iso_code == _listed.iso_code) & (newest.c.start_date == _listed.start_date)
    ).order_by(_listed.iso_code)
    return tuple(Listed(*row) for row in connection.execute(joined))


def rates_on(connection: Connection, day: date, to_currency: str) -> tuple[Rate, ...]:
    """Give what one of each currency is worth in one of them on a day."""
    return crossed(newest_rates(connection, day), to_currency, day)


def aging_in(connection: Connection, request: AgingRequest, to_currency: str | None) -> Aging:
    """Give an aging with its proof, in one currency where one is named; from one state of the book."""
    found = aging(connection, request)
    return found if to_currency is None else converted(connection, found, to_currency)


def converted(connection: Connection, aging: Aging, to_currency: str) -> Aging:
    """Give an aging in one currency, at the rates of its as-of day."""
    return convert(aging, rates_on(connection, aging.request.as_of, to_currency), to_currency)


_RATES = select(_listed.base_iso_code, _listed.iso_code, _listed.start_date, _listed.conversion_rate)
