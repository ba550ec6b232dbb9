"""Disputes as of a day, as known on another: of one invoice, or all; and what they contest of each invoice."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Connection, FromClause, Row, and_, func, or_, select, true

from duedesk.domain.disputes import still_contested
from duedesk.domain.errors import RequestError
from duedesk.domain.money import ZERO, grouped
from duedesk.store.queries.asof import Standpoint, invoices_as_of
from duedesk.store.queries.records.histories import Happening
from duedesk.store.tables.disputes import dispute
from duedesk.store.tables.ledger import invoice
from duedesk.store.tables.party import account, owner


@dataclass(frozen=True, slots=True)
class DisputeRow:
    """A dispute of an invoice. `resolved_on` is empty while it stands by the day and moment that were asked for."""

    key: int
    name: str
    invoice_key: int
    invoice: str
    account: str
    account_number: str
    owner: str
    currency: str
    amount: Decimal
    reason: str
    words: str
    received_date: date
    recorded_at: datetime
    recorded_by: str
    resolved_on: date | None
    resolved_at: datetime | None
    resolved_by: str
    resolution: str
    resolution_words: str
    open_amount: Decimal
    """What was open of its invoice: no more than that is contested."""
    contested: Decimal
    """What of that it contests while it stands: of several the one that was received first comes first."""
    journal_id: int | None

    @property
    def stands(self) -> bool:
        """Tell whether it is not resolved."""
        return self.resolved_on is None


def has_disputes(connection: Connection) -> bool:
    """Tell whether anything was ever contested in the book."""
    return connection.scalar(select(dispute.c.id).limit(1)) is not None


def stands(standpoint: Standpoint) -> ColumnElement[bool]:
    """Give the condition that a dispute stood: received, and not resolved, as far as was known."""
    return and_(
        standpoint.happened(dispute.c.received_date, dispute.c.recorded_at),
        or_(dispute.c.resolved_on.is_(None), standpoint.is_later(dispute.c.resolved_on, dispute.c.resolved_at)),
    )


def contested_by_invoice(standpoint: Standpoint) -> FromClause:
    """Give by invoice what all disputes that stood come to, which may be more than what was open."""
    total = func.sum(dispute.c.disputed_amount, type_=dispute.c.disputed_amount.type)
    found = select(dispute.c.invoice_id, total.label("amount")).where(stands(standpoint))
    return found.group_by(dispute.c.invoice_id).cte("contested")


def disputes_of(connection: Connection, invoice_key: int, standpoint: Standpoint) -> tuple[DisputeRow, ...]:
    """Give the disputes of an invoice that were known, by the day they were received."""
    return tuple(_rows(connection, standpoint, dispute.c.invoice_id == invoice_key))


def standing_disputes(connection: Connection, standpoint: Standpoint) -> tuple[DisputeRow, ...]:
    """Give all disputes that stood, oldest first."""
    return tuple(_rows(connection, standpoint, stands(standpoint)))


def disputes_between(
    connection: Connection, first_day: date | None, standpoint: Standpoint, *conditions: ColumnElement[bool]
) -> Iterator[DisputeRow]:
    """Give the disputes that stood on any day from the first (None: ever) to the standpoint, by the day received.

    `conditions` may leave invoices out, and no dispute of one that stays.
    """
    since = () if first_day is None else (or_(dispute.c.resolved_on.is_(None), dispute.c.resolved_on >= first_day),)
    return _rows(connection, standpoint, and_(true(), *since, *conditions))


def dispute_key(connection: Connection, called: str) -> int:
    """Find a dispute by its name, or by its invoice where one dispute of that stands; RequestError otherwise."""
    wanted = called.strip()
    key = connection.scalar(select(dispute.c.id).where(or_(dispute.c.name == wanted, dispute.c.external_id == wanted)))
    if key is not None:
        return int(key)
    standing = (
        select(dispute.c.id, dispute.c.name)
        .join(invoice, invoice.c.id == dispute.c.invoice_id)
        .where(invoice.c.document_number == wanted, dispute.c.resolved_on.is_(None))
        .order_by(dispute.c.id)
    )
    found = connection.execute(standing).all()
    if len(found) > 1:
        names = " and ".join(row.name for row in found)
        raise RequestError(f"Several disputes of {wanted} stand: {names}.", "Name one of them.")
    if not found:
        raise RequestError(f"No dispute “{called}” stands.", "`duedesk dispute` lists them.")
    return int(found[0].id)


def told_of(connection: Connection, invoice_key: int, standpoint: Standpoint) -> Iterator[Happening]:
    """Tell the time line of an invoice what was contested of it and how that ended."""
    for one in disputes_of(connection, invoice_key, standpoint):
        amount = f"{grouped(one.amount, one.currency)} {one.currency}"
        said = f": {one.words}" if one.words else ""
        yield Happening(
            one.recorded_at,
            one.received_date,
            one.recorded_by,
            f"Disputed {amount}, {one.reason}{said}",
            one.journal_id,
            action="Dispute",
        )
        if one.resolved_on is not None and one.resolved_at is not None:
            said = f": {one.resolution_words}" if one.resolution_words else ""
            what = f"Dispute of {amount} resolved, {one.resolution}{said}"
            yield Happening(one.resolved_at, one.resolved_on, one.resolved_by, what, action="Resolve")


def _rows(connection: Connection, standpoint: Standpoint, condition: ColumnElement[bool]) -> Iterator[DisputeRow]:
    of_these = select(dispute.c.invoice_id).where(condition)
    document = invoices_as_of(connection, standpoint, only=of_these)
    found = connection.execute(
        select(
            dispute,
            document.c.document_number,
            document.c.balance,
            account.c.name.label("account"),
            account.c.account_number,
            owner.c.name.label("owner"),
            stands(standpoint).label("stands"),
        )
        .select_from(
            dispute.join(document, document.c.id == dispute.c.invoice_id)
            .join(account, account.c.id == document.c.billing_account_id)
            .outerjoin(owner, owner.c.id == document.c.owner_id)
        )
        .where(condition, standpoint.happened(dispute.c.received_date, dispute.c.recorded_at))
        .order_by(dispute.c.received_date, dispute.c.id)
    )
    left: dict[int, Decimal] = {}
    for row in found:
        before = left.get(row.invoice_id, row.balance)
        contested = still_contested(row.disputed_amount, before) if row.stands else ZERO
        left[row.invoice_id] = before - contested
        yield _row(row, contested)


def _row(row: Row[Any], contested: Decimal) -> DisputeRow:
    is_resolved = not row.stands
    return DisputeRow(
        key=row.id,
        name=row.name,
        invoice_key=row.invoice_id,
        invoice=row.document_number or "",
        account=row.account,
        account_number=row.account_number or "",
        owner=row.owner or "",
        currency=row.currency_iso_code,
        amount=row.disputed_amount,
        reason=row.reason_code,
        words=row.description or "",
        received_date=row.received_date,
        recorded_at=row.recorded_at,
        recorded_by=row.recorded_by,
        resolved_on=row.resolved_on if is_resolved else None,
        resolved_at=row.resolved_at if is_resolved else None,
        resolved_by=(row.resolved_by or "") if is_resolved else "",
        resolution=(row.resolution or "") if is_resolved else "",
        resolution_words=(row.resolution_description or "") if is_resolved else "",
        open_amount=row.balance,
        contested=contested,
        journal_id=row.journal_id,
    )
