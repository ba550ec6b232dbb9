"""Which of some records had been recorded by a moment, on whatever day they count; it finds none itself."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol, TypeVar

from sqlalchemy import Connection

from duedesk.domain.days import LATEST_DAY
from duedesk.domain.filters import Filter
from duedesk.store.queries.lists import listing

_OF_THE_LEDGER = {"Invoice", "Payment", "CreditMemo"}


class _Named(Protocol):
    @property
    def object(self) -> str: ...

    @property
    def key(self) -> int: ...


Named = TypeVar("Named", bound=_Named)


def known_by(connection: Connection, records: Sequence[Named], known_on: datetime | None) -> tuple[Named, ...]:
    """Leave out what had not been recorded by then (None: by now); what has no day, such as an account, stays."""
    if known_on is None:
        return tuple(records)
    known: set[tuple[str, int]] = set()
    for name in _OF_THE_LEDGER & {one.object for one in records}:
        asked = Filter(LATEST_DAY, object=name, known_on=known_on)
        found = listing.rows(connection, asked, [], [one.key for one in records if one.object == name])
        known.update((name, row.key) for row in found)
    return tuple(one for one in records if one.object not in _OF_THE_LEDGER or (one.object, one.key) in known)
