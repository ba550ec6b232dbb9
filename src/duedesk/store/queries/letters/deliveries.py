"""Deliveries of letters: what waits, what is on its way, what is not known; whether it may leave is asked elsewhere."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, or_, select

from duedesk.domain.errors import RequestError
from duedesk.domain.mailing import LEASE
from duedesk.store.queries.asof import Standpoint
from duedesk.store.settlement import chosen
from duedesk.store.tables.delivering import letter_delivery as delivery
from duedesk.store.tables.desk import journal_entry
from duedesk.store.tables.dunning import dunning_letter as letter
from duedesk.store.tables.party import account, contact


@dataclass(frozen=True, slots=True)
class DeliveryRow:
    """A delivery, with the letter and the account it is about."""

    key: int
    letter_key: int
    letter: str
    account_key: int
    account: str
    channel: str
    address: str
    status: str
    message_id: str
    attempts: int
    last_error: str
    next_try_at: datetime | None
    claimed_at: datetime | None
    claimed_by: str
    sent_at: datetime | None
    bounced_at: datetime | None
    queued_at: datetime

    def is_lost(self, now: datetime) -> bool:
        """Tell whether whoever took it up has had time enough: it is not known what became of it."""
        return self.status == "Claimed" and self.claimed_at is not None and self.claimed_at + LEASE <= now

    def as_known(self, now: datetime) -> "DeliveryRow":
        """Give it as it is known: what was taken up by somebody who is gone is unknown."""
        return replace(self, status="Unknown") if self.is_lost(now) else self


@dataclass(frozen=True, slots=True)
class LetterToSend:
    """What a message says of a letter, and whom it goes to."""

    key: int
    number: str
    account_key: int
    account_name: str
    account_number: str
    language: str
    channel: str
    address: str
    status: str
    contact_key: int | None
    contact_email: str
    may_be_mailed: bool
    has_bounced: bool


@dataclass(frozen=True, slots=True)
class WaitingMessage:
    """Deliveries that leave as one message: of one account, to one address."""

    account_key: int
    address: str
    deliveries: tuple[int, ...]
    letters: tuple[int, ...]


def deliveries(
    connection: Connection,
    *,
    statuses: Collection[str] = (),
    letters: Sequence[int] | None = None,
    keys: Sequence[int] | None = None,
    then: Standpoint | None = None,
) -> tuple[DeliveryRow, ...]:
    """Give deliveries, the newest letter first; all of them, or of a status, of letters, or by their keys.

    Those of letters that had been issued `then`, and known to be queued, are as they stand now.
    """
    asked = _asked().where(chosen(connection, delivery.c.id, keys), chosen(connection, letter.c.id, letters))
    if statuses:
        asked = asked.where(delivery.c.status.in_(statuses))
    if then is not None:
        asked = asked.where(then.happened(letter.c.letter_date, letter.c.issued_at))
        asked = asked.where(then.is_known(delivery.c.created_date))
    return tuple(map(_row, connection.execute(asked.order_by(letter.c.id.desc(), delivery.c.id.desc()))))


def by_mail(connection: Connection, letters: Sequence[int]) -> int:
    """Give how many of these letters leave by mail, or may have left by it."""
    found = deliveries(connection, letters=letters, statuses=("Waiting", "Claimed", "Sent", "Unknown"))
    return len({one.letter_key for one in found if one.channel == "mail"})


def deliveries_called(connection: Connection, called: Sequence[str]) -> tuple[DeliveryRow, ...]:
    """Give the newest delivery by mail or print of each letter that is named; RequestError where one has none."""
    found = []
    for name in called:
        rows = connection.execute(_asked().where(letter.c.number == name.strip()).order_by(delivery.c.id.desc())).all()
        if not rows:
            raise RequestError(f"No delivery of a letter “{name}” is known.", "`duedesk deliveries` lists them.")
        mail = next((row for row in rows if row.channel == "mail"), rows[0])
        found.append(_row(mail))
    return tuple(found)


def letters_to_send(connection: Connection, keys: Sequence[int]) -> tuple[LetterToSend, ...]:
    """Give what a message says of letters, in the order of their keys."""
    asked = (
        select(
            letter,
            account.c.name.label("account_name"),
            account.c.account_number,
            contact.c.email,
            contact.c.do_not_mail,
            contact.c.email_bounced_date,
        )
        .select_from(
            letter.join(account, account.c.id == letter.c.account_id).outerjoin(
                contact, contact.c.id == letter.c.contact_id
            )
        )
        .where(chosen(connection, letter.c.id, keys))
        .order_by(letter.c.id)
    )
    return tuple(
        LetterToSend(
            key=row.id,
            number=row.number,
            account_key=row.account_id,
            account_name=row.account_name,
            account_number=row.account_number or "",
            language=row.language_code or "",
            channel=row.channel,
            address=row.address or "",
            status=row.status,
            contact_key=row.contact_id,
            contact_email=row.email or "",
            may_be_mailed=not row.do_not_mail,
            has_bounced=row.email_bounced_date is not None,
        )
        for row in connection.execute(asked)
    )


def is_due(now: datetime) -> ColumnElement[bool]:
    """Give the condition that a delivery by mail waits and may be tried now."""
    return and_(
        delivery.c.status == "Waiting",
        delivery.c.channel == "mail",
        or_(delivery.c.next_try_at.is_(None), delivery.c.next_try_at <= now),
    )


def waiting_messages(
    connection: Connection, now: datetime, letters: Sequence[int] | None = None
) -> tuple[WaitingMessage, ...]:
    """Give what waits to be mailed and may be tried now, an account and address each, the oldest first."""
    asked = (
        select(delivery.c.id, delivery.c.address, delivery.c.dunning_letter_id, letter.c.account_id)
        .join(letter, letter.c.id == delivery.c.dunning_letter_id)
        .where(is_due(now), chosen(connection, letter.c.id, letters))
        .order_by(delivery.c.id)
    )
    found: dict[tuple[int, str], dict[int, int]] = {}
    for row in connection.execute(asked):
        found.setdefault((row.account_id, row.address), {})[row.id] = row.dunning_letter_id
    return tuple(
        WaitingMessage(account, address, tuple(of), tuple(of.values())) for (account, address), of in found.items()
    )


def lost_claims(connection: Connection, now: datetime) -> tuple[int, ...]:
    """Give the deliveries that were taken up so long ago that whoever did it is gone."""
    lost = (delivery.c.status == "Claimed", delivery.c.claimed_at <= now - LEASE)
    return tuple(connection.scalars(select(delivery.c.id).where(*lost).order_by(delivery.c.id)))


def sent_with(connection: Connection, keys: Sequence[int]) -> tuple[int, ...]:
    """Give deliveries and whatever left, or may have left, in the same messages."""
    ids = select(delivery.c.message_id).where(chosen(connection, delivery.c.id, keys), delivery.c.status == "Unknown")
    fellow = and_(delivery.c.message_id.in_(ids), delivery.c.status == "Unknown")
    both = select(delivery.c.id).where(or_(chosen(connection, delivery.c.id, keys), fellow))
    return tuple(connection.scalars(both.order_by(delivery.c.id)))


def is_sample_book(connection: Connection) -> bool:
    """Tell whether the book is a sample, whose customers are made up."""
    return (
        connection.scalar(select(journal_entry.c.id).where(journal_entry.c.action == "make_demo").limit(1)) is not None
    )


def _asked() -> Select[Any]:
    return select(delivery, letter.c.number, letter.c.account_id, account.c.name.label("account_name")).select_from(
        delivery.join(letter, letter.c.id == delivery.c.dunning_letter_id).join(
            account, account.c.id == letter.c.account_id
        )
    )


def _row(row: Row[Any]) -> DeliveryRow:
    return DeliveryRow(
        key=row.id,
        letter_key=row.dunning_letter_id,
        letter=row.number,
        account_key=row.account_id,
        account=row.account_name,
        channel=row.channel,
        address=row.address or "",
        status=row.status,
        message_id=row.message_id or "",
        attempts=row.attempts,
        last_error=row.last_error or "",
        next_try_at=row.next_try_at,
        claimed_at=row.claimed_at,
        claimed_by=row.claimed_by or "",
        sent_at=row.sent_at,
        bounced_at=row.bounced_at,
        queued_at=row.created_date,
    )
