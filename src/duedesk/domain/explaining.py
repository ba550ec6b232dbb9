"""Figures as values: which figure of which page, on which two dates; how one is made up is told elsewhere."""

from dataclasses import dataclass
from datetime import date, datetime

from duedesk.domain.aging import AgingRequest
from duedesk.domain.filters import Filter


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
    balance of the row or, with `is_unapplied`, what is not applied.
    """

    request: AgingRequest
    keys: tuple[int | str | None, ...]
    currency: str
    bucket: int | None = None
    is_unapplied: bool = False


Figure = RecordFigure | ListFigure | AgingFigure
