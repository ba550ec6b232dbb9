"""What a report of the forecast holds of one open item: its shares of the weeks, and how its account pays."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from duedesk.domain.forecast.error import ForecastError
from duedesk.domain.forecast.weeks import Forecast
from duedesk.domain.money import ZERO


@dataclass(frozen=True, slots=True)
class ForecastItem:
    """An open invoice or instalment. `shares` are what of it is expected in each week, later, never, and is disputed.

    `usual` is how many days late its account pays about, so `near` times of `times`; `known_from` says whose invoices
    tell that. `expected_on` is the day by which half of such are paid.
    """

    account_key: int
    account: str
    account_number: str
    number: str
    due: date
    days_overdue: int
    currency: str
    open: Decimal
    promised: Decimal
    shares: tuple[Decimal, ...]
    usual: int | None
    near: int
    times: int
    known_from: str
    expected_on: date | None


@dataclass(frozen=True, slots=True)
class ForecastReport:
    """A forecast with its items as they are read, what the aging has open, and past errors."""

    as_of: date
    weeks: Sequence[tuple[date, date]]
    forecasts: Sequence[Forecast]
    items: Iterable[ForecastItem]
    open: Mapping[str, Decimal]
    open_by_account: Mapping[tuple[int, str], Decimal]
    errors: Sequence[ForecastError]

    def open_in(self, currency: str) -> Decimal:
        """Give what the aging has open in a currency."""
        return self.open.get(currency, ZERO)
