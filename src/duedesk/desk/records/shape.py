"""What pages of one kind of record differ in, as a value; it reads and shows nothing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from duedesk.desk.records.head import HeadFacts
from duedesk.desk.records.sheet import Sheet
from duedesk.domain.forecast.words import Outlook

Record = TypeVar("Record")


@dataclass(frozen=True, slots=True)
class Shape(Generic[Record]):
    """Their tabs, the query they ask, and what they make of the answer.

    A change of one of the objects that a record `concerns` makes the page read again.
    """

    concerns: tuple[str, ...]
    tabs: tuple[str, ...]
    read: Callable[..., Record]
    head: Callable[[Record], HeadFacts]
    sheets: Callable[[Record, date], Mapping[str, Sheet | None]]
    counted: Callable[[Record], str]
    outlook: Callable[..., Outlook | None] | None = None
    """How it is expected to be paid: asked behind the record, of which it needs more than that."""
