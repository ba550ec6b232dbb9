"""Verbs said to all that matched: how far each run is, and which invoices were refused and why; it does none."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Row, func, select

from duedesk.domain.errors import RequestError
from duedesk.store.tables.following import bulk_run, bulk_run_item
from duedesk.store.tables.ledger import invoice
from duedesk.store.tables.party import account


@dataclass(frozen=True, slots=True)
class BulkRun:
    """A run: what was said to how many, and how far it is."""

    key: int
    verb: str
    said: str
    criteria: str
    status: str
    total: int
    started: datetime
    done: int
    refused: int
    pending: int

    @property
    def is_over(self) -> bool:
        """Tell whether it goes on no more."""
        return self.status != "Started"


@dataclass(frozen=True, slots=True)
class Refused:
    """One invoice that a verb was refused of, and why."""

    invoice_key: int
    number: str
    account: str
    reason: str


def bulk_run_of(connection: Connection, key: int, user: str) -> BulkRun:
    """Give a person's run; RequestError where there is none."""
    row = connection.execute(select(bulk_run).where(bulk_run.c.id == key, bulk_run.c.user_name == user)).first()
    if row is None:
        raise RequestError(f"You have started nothing of number {key}.", "`duedesk bulk list` shows them.")
    return _run(connection, row)


def bulk_runs(connection: Connection, user: str, *, unfinished: bool = False, most: int = 50) -> tuple[BulkRun, ...]:
    """Give a person's runs, the newest first; only those that can be gone on with where that is asked for."""
    mine = select(bulk_run).where(bulk_run.c.user_name == user)
    if unfinished:
        mine = mine.where(bulk_run.c.status == "Started")
    rows = connection.execute(mine.order_by(bulk_run.c.id.desc()).limit(most)).all()
    return tuple(_run(connection, row) for row in rows)


def pending(connection: Connection, key: int, most: int) -> list[tuple[int, int]]:
    """Give the next items of a run that are still to be done: the item's key and the invoice's."""
    item = bulk_run_item.c
    left = select(item.id, item.invoice_key).where(item.bulk_run_id == key, item.status == "Pending")
    return [(row[0], row[1]) for row in connection.execute(left.order_by(item.id).limit(most))]


def refused(connection: Connection, key: int, most: int) -> tuple[Refused, ...]:
    """Give what a run was refused, in its order."""
    item = bulk_run_item.c
    found = connection.execute(
        select(item.invoice_key, invoice.c.document_number, account.c.name, item.reason)
        .select_from(
            bulk_run_item.outerjoin(invoice, invoice.c.id == item.invoice_key).outerjoin(
                account, account.c.id == invoice.c.billing_account_id
            )
        )
        .where(item.bulk_run_id == key, item.status == "Refused")
        .order_by(item.id)
        .limit(most)
    )
    return tuple(Refused(row[0], row[1] or f"#{row[0]}", row[2] or "", row[3] or "") for row in found)


def _run(connection: Connection, row: Row[tuple[object, ...]]) -> BulkRun:
    item = bulk_run_item.c
    counted = connection.execute(
        select(item.status, func.count()).where(item.bulk_run_id == row.id).group_by(item.status)
    )
    counts: dict[str, int] = {one[0]: one[1] for one in counted}
    return BulkRun(
        row.id,
        row.verb,
        row.said,
        row.criteria or "",
        row.status,
        row.total,
        row.created_date,
        counts.get("Done", 0),
        counts.get("Refused", 0),
        counts.get("Pending", 0),
    )
