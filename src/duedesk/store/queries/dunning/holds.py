"""Holds and promises as people read them: those that stand on a day, or all of an invoice; it holds nothing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, func, or_, select

from duedesk.domain.errors import RequestError
from duedesk.domain.money import ZERO
from duedesk.store.queries.dunning.kept_back import paid_since
from duedesk.store.settlement import NOTHING
from duedesk.store.tables.dunning import dunning_hold, payment_promise
from duedesk.store.tables.ledger import invoice
from duedesk.store.tables.party import account


@dataclass(frozen=True, slots=True)
class HoldRow:
    """A hold of an invoice, or of an account where there is none."""

    key: int
    name: str
    account_key: int
    account: str
    invoice_key: int | None
    invoice: str
    reason: str
    words: str
    start: date
    end: date
    recorded_at: datetime
    recorded_by: str
    released_on: date | None
    released_at: datetime | None
    released_by: str
    release_reason: str

    def stands(self, on: date) -> bool:
        """Tell whether it holds on a day."""
        return self.start <= on <= self.end and (self.released_on is None or on < self.released_on)


@dataclass(frozen=True, slots=True)
class PromiseRow:
    """A promise on an invoice. `paid` is what of it was paid after it was recorded."""

    key: int
    name: str
    invoice_key: int
    invoice: str
    account_key: int
    account: str
    currency: str
    amount: Decimal
    paid: Decimal
    day: date
    received: date
    words: str
    recorded_at: datetime
    recorded_by: str
    withdrawn_on: date | None
    withdrawal_reason: str

    def state(self, on: date) -> str:
        """Say how it stands on a day: open, kept, broken or withdrawn; the grace of a policy is not counted."""
        if self.withdrawn_on is not None and self.withdrawn_on <= on:
            return "withdrawn"
        if self.paid >= self.amount:
            return "kept"
        return "open" if on <= self.day else "broken"


def standing_holds(connection: Connection, on: date) -> tuple[HoldRow, ...]:
    """Give the holds that stand on a day, the first to end first."""
    one = dunning_hold.c
    return tuple(
        _holds(
            connection, one.start_date <= on, one.end_date >= on, or_(one.released_on.is_(None), one.released_on > on)
        )
    )


def holds_of(
    connection: Connection, *, invoice_key: int | None = None, account_key: int | None = None
) -> tuple[HoldRow, ...]:
    """Give all holds there ever were of an invoice, with those of its account, or of an account and its invoices."""
    one = dunning_hold.c
    if invoice_key is not None:
        its_account = select(invoice.c.billing_account_id).where(invoice.c.id == invoice_key).scalar_subquery()
        return tuple(_holds(connection, or_(one.invoice_id == invoice_key, one.account_id == its_account)))
    return tuple(_holds(connection, account.c.id == account_key))


def holds_named(connection: Connection, names: Sequence[str]) -> tuple[HoldRow, ...]:
    """Give holds by their names."""
    return tuple(_holds(connection, dunning_hold.c.name.in_(names)))


def hold_keys(connection: Connection, called: str, on: date) -> list[int]:
    """Find holds by their name, or those that stand on an invoice by its number; RequestError where there are none."""
    wanted = called.strip()
    keys = list(connection.scalars(select(dunning_hold.c.id).where(dunning_hold.c.name == wanted)))
    keys = keys or [one.key for one in standing_holds(connection, on) if one.invoice == wanted]
    if not keys:
        raise RequestError(f"No hold “{called}” stands.", "`duedesk hold` lists them.")
    return keys


def open_promises(connection: Connection, on: date) -> tuple[PromiseRow, ...]:
    """Give the promises that are open or broken on a day, on invoices that are open, by the day they are for."""
    found = _promises(connection, payment_promise.c.received_date <= on, invoice.c.balance != NOTHING)
    return tuple(one for one in found if one.state(on) in {"open", "broken"})


def promises_on(
    connection: Connection, *, invoice_key: int | None = None, account_key: int | None = None
) -> tuple[PromiseRow, ...]:
    """Give all promises there ever were on an invoice, or on an account's invoices."""
    whose = invoice.c.id == invoice_key if invoice_key is not None else invoice.c.billing_account_id == account_key
    return tuple(_promises(connection, whose))


def promises_named(connection: Connection, names: Sequence[str]) -> tuple[PromiseRow, ...]:
    """Give promises by their names."""
    return tuple(_promises(connection, payment_promise.c.name.in_(names)))


def promise_keys(connection: Connection, called: str, on: date) -> list[int]:
    """Find promises by their name, or those not withdrawn on an invoice by its number; RequestError otherwise."""
    wanted = called.strip()
    keys = list(connection.scalars(select(payment_promise.c.id).where(payment_promise.c.name == wanted)))
    keys = keys or [one.key for one in open_promises(connection, on) if one.invoice == wanted]
    if not keys:
        raise RequestError(f"There is no promise “{called}”.", "`duedesk promise` lists them.")
    return keys


def _holds(connection: Connection, *conditions: ColumnElement[bool]) -> Iterator[HoldRow]:
    one = dunning_hold.c
    whose = func.coalesce(one.account_id, invoice.c.billing_account_id)
    source = dunning_hold.outerjoin(invoice, invoice.c.id == one.invoice_id).join(account, account.c.id == whose)
    columns = (account.c.id.label("whose"), account.c.name.label("account"), invoice.c.document_number)
    found = select(dunning_hold, *columns).select_from(source).where(and_(*conditions))
    for row in connection.execute(found.order_by(one.end_date, one.id)):
        yield HoldRow(
            key=row.id,
            name=row.name,
            account_key=row.whose,
            account=row.account,
            invoice_key=row.invoice_id,
            invoice=row.document_number or "",
            reason=row.reason_code,
            words=row.description or "",
            start=row.start_date,
            end=row.end_date,
            recorded_at=row.recorded_at,
            recorded_by=row.recorded_by,
            released_on=row.released_on,
            released_at=row.released_at,
            released_by=row.released_by or "",
            release_reason=row.release_reason or "",
        )


def _promises(connection: Connection, *conditions: ColumnElement[bool]) -> Sequence[PromiseRow]:
    one = payment_promise.c
    source = payment_promise.join(invoice, invoice.c.id == one.invoice_id).join(
        account, account.c.id == invoice.c.billing_account_id
    )
    columns = (account.c.id.label("whose"), account.c.name.label("account"), invoice.c.document_number)
    found = select(payment_promise, *columns, paid_since().label("paid")).select_from(source).where(and_(*conditions))
    rows = connection.execute(found.order_by(one.promise_date, one.id)).all()
    left: dict[int, Decimal] = {}
    for row in rows:
        left[row.invoice_id] = max(left.get(row.invoice_id, ZERO), row.paid)
    made = []
    for row in rows:
        rest = left[row.invoice_id]
        paid = max(ZERO, min(row.promised_amount, row.paid, rest))
        left[row.invoice_id] = rest - paid
        made.append(_promise(row, paid))
    return made


def _promise(row: Row[Any], paid: Decimal) -> PromiseRow:
    return PromiseRow(
        key=row.id,
        name=row.name,
        invoice_key=row.invoice_id,
        invoice=row.document_number or "",
        account_key=row.whose,
        account=row.account,
        currency=row.currency_iso_code,
        amount=row.promised_amount,
        paid=paid,
        day=row.promise_date,
        received=row.received_date,
        words=row.description or "",
        recorded_at=row.recorded_at,
        recorded_by=row.recorded_by,
        withdrawn_on=row.withdrawn_on,
        withdrawal_reason=row.withdrawal_reason or "",
    )
