"""The sample's rates of exchange: one a week over the euro, wandering a little, the same for every book of a day."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from sqlalchemy import Connection

from duedesk.actions.demo.days import SPAN
from duedesk.domain.rates import DECIMALS
from duedesk.store.bulk import StoredValue, insert_rows
from duedesk.store.tables.rates import dated_conversion_rate

_BASE = "EUR"
_BEGIN = (("JPY", 16_120, 2), ("USD", 10_780, 4))
"""Each currency with its first rate as a whole number, and the decimals of that."""

_COLUMNS = ("base_iso_code", "iso_code", "start_date", "conversion_rate", "journal_id")


def write_rates(connection: Connection, journal_id: int, as_of: date) -> None:
    """Write the rates of every Monday from a week before the first invoice to the as-of date."""
    insert_rows(connection, dated_conversion_rate, _COLUMNS, _rows(journal_id, as_of))


def _rows(journal_id: int, as_of: date) -> Iterator[tuple[StoredValue, ...]]:
    chance = Random(1)  # noqa: S311 - apart from the story's: the same rates whatever its seed
    first = as_of - timedelta(days=SPAN + 7)
    monday = first - timedelta(days=first.weekday())
    for currency, rate, decimals in _BEGIN:
        day, now = monday, rate
        while day <= as_of:
            yield (_BASE, currency, day.isoformat(), now * 10 ** (DECIMALS - decimals), journal_id)
            now = max(rate // 2, now + chance.randint(-rate // 100, rate // 100))
            day += timedelta(days=7)
