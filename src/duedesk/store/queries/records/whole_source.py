"""One payment or credit memo with where the person at the desk stands, which says what they may do with it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, TypeVar

from sqlalchemy import Connection

from duedesk.domain.access import Standing
from duedesk.store.queries.records.credit_memo import MemoRecord, memo_record
from duedesk.store.queries.records.payment import PaymentRecord, payment_record
from duedesk.store.standing import standing_of

Source = TypeVar("Source", bound=PaymentRecord | MemoRecord)


@dataclass(frozen=True, slots=True)
class WholeSource(Generic[Source]):
    """A payment or credit memo as of a day, and who looks at it."""

    source: Source
    standing: Standing


def whole_payment(
    connection: Connection, key: int, *, as_of: date, known_on: datetime | None = None
) -> WholeSource[PaymentRecord]:
    """Give a payment, as the person at the desk sees it; RequestError where it is gone."""
    return WholeSource(payment_record(connection, key, as_of=as_of, known_on=known_on), _standing(connection))


def whole_memo(
    connection: Connection, key: int, *, as_of: date, known_on: datetime | None = None
) -> WholeSource[MemoRecord]:
    """Give a credit memo, as the person at the desk sees it; RequestError where it is gone."""
    return WholeSource(memo_record(connection, key, as_of=as_of, known_on=known_on), _standing(connection))


def _standing(connection: Connection) -> Standing:
    return standing_of(connection, connection.get_execution_options().get("user", ""))
