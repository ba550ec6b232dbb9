"""What a proof finds, and how proofs read: a stream of documents beside their events; it proves nothing itself."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Row, Select

from duedesk.domain.money import plain

AT_A_TIME = 5_000
"""Rows in memory at once."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something stored that its events do not bear out; `advice` says what to do where it is no mere figure."""

    record: str
    field: str
    stored: str
    proved: str
    advice: str = ""

    def __str__(self) -> str:
        made = "but it should be" if self.advice else "its events make it"
        said = f"{self.record}: {self.field} is {self.stored or 'empty'}, {made} {self.proved or 'empty'}."
        return f"{said} {self.advice}".rstrip()


def differences(name: str, currency: str, pairs: Iterable[tuple[str, Decimal, Decimal]]) -> Iterator[Finding]:
    """Give a finding for each figure, by its label, that is stored as something else than it is proved to be."""
    for label, stored, right in pairs:
        if stored != right:
            yield Finding(name, label, plain(stored, currency), plain(right, currency))


def beside(documents: Iterator[Row[Any]], events: Iterator[Row[Any]]) -> Iterator[tuple[Row[Any], list[Row[Any]]]]:
    """Put each document beside its events; both come in the order of the document's key."""
    groups = groupby(events, key=itemgetter(0))
    key, group = next(groups, (None, None))
    for row in documents:
        its_own: list[Row[Any]] = []
        if key is not None and group is not None and key == row[0]:
            its_own = list(group)
            key, group = next(groups, (None, None))
        yield row, its_own


def stream(connection: Connection, query: Select[*tuple[Any, ...]]) -> Iterator[Row[Any]]:
    """Read rows as they are taken, a few thousand at a time."""
    yield from connection.execution_options(yield_per=AT_A_TIME).execute(query)


def day_text(day: date | None) -> str:
    """Write a day, empty where there is none."""
    return "" if day is None else day.isoformat()
