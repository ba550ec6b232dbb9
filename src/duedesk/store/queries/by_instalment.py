"""Instalments in SQL, as `domain.instalments` says it: what each holds of a balance, which is the oldest.

Few invoices have them. Queries ask first whether there are any, so that a book without them pays
nothing; nothing is added up here.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Integer,
    Select,
    and_,
    case,
    cast,
    exists,
    func,
    null,
    or_,
    select,
    type_coerce,
)

from duedesk.store.settlement import NOTHING
from duedesk.store.tables.columns import Amount, Day
from duedesk.store.tables.instalments import payment_schedule, payment_schedule_item

item = payment_schedule_item
DUE = item.c.target_payment_processing_date
SCHEDULED: Select[tuple[int]] = select(payment_schedule.c.invoice_id)
"""The invoices that are paid in instalments."""


def has_instalments(connection: Connection) -> bool:
    """Tell whether any invoice of the book is paid in instalments."""
    return connection.scalar(SCHEDULED.limit(1)) is not None


def with_items(document: FromClause, *, outer: bool = False, onto: FromClause | None = None) -> FromClause:
    """Join invoices with their instalments; `outer` keeps those that have none.

    `onto` is what the invoices are joined with already.
    """
    schedule = payment_schedule.c.invoice_id == document.c.id
    source = document if onto is None else onto
    return source.join(payment_schedule, schedule, isouter=outer).join(
        item, item.c.payment_schedule_id == payment_schedule.c.id, isouter=outer
    )


def held(balance: ColumnElement[Decimal]) -> ColumnElement[Decimal]:
    """Give what an instalment joined by `with_items` holds of its invoice's balance."""
    requested, later, asked = item.c.requested_amount, item.c.later_amount, payment_schedule.c.total_requested_amount
    return type_coerce(
        case(
            (balance <= later, NOTHING),
            (and_(later == NOTHING, balance > asked), requested + balance - asked),
            (balance >= later + requested, requested),
            else_=balance - later,
        ),
        Amount,
    )


@dataclass(frozen=True, slots=True)
class Parts:
    """What is open of invoices, whole or by instalment: where it is read, when it is due, its amount, what is open."""

    source: FromClause
    due: ColumnElement[date]
    total: ColumnElement[Decimal]
    balance: ColumnElement[Decimal]
    position: ColumnElement[int]


def parts_of(document: FromClause, *, by_instalment: bool, onto: FromClause | None = None) -> Parts:
    """Give invoices, each instalment of one on its own where the book has any; `onto` as in `with_items`."""
    due, total, balance = document.c.due_date, document.c.total_amount_with_tax, document.c.balance
    if not by_instalment:
        source = document if onto is None else onto
        return Parts(source, due, total, balance, cast(null(), Integer))
    return Parts(
        with_items(document, outer=True, onto=onto),
        type_coerce(func.coalesce(DUE, due), Day),
        type_coerce(func.coalesce(item.c.requested_amount, total), Amount),
        open_part(balance),
        item.c.position,
    )


def open_part(balance: ColumnElement[Decimal]) -> ColumnElement[Decimal]:
    """Give what an instalment joined outer holds of a balance: all of it where there are none."""
    return type_coerce(case((item.c.id.is_(None), balance), else_=held(balance)), Amount)


def oldest_due(document: FromClause) -> ColumnElement[date]:
    """Give the day that an invoice's days overdue are counted from: its first open instalment's, else its own."""
    first = select(func.min(DUE)).where(item.c.invoice_id == document.c.id, item.c.later_amount < document.c.balance)
    return type_coerce(func.coalesce(first.correlate(document).scalar_subquery(), document.c.due_date), Day)


def is_open_between(document: FromClause, first: date | None, last: date | None) -> ColumnElement[bool]:
    """Give the condition that something of an invoice is open that is due from `first` to `last` (None: no limit)."""

    def within(day: ColumnElement[date]) -> ColumnElement[bool]:
        return due_between(day, first, last)

    part = exists().where(item.c.invoice_id == document.c.id, item.c.later_amount < document.c.balance, within(DUE))
    whole = and_(document.c.id.not_in(SCHEDULED), within(document.c.due_date))
    return or_(whole, part.correlate(document))


def overdue_amount(document: FromClause, as_of: date) -> ColumnElement[Decimal]:
    """Give what of an invoice's balance is past due."""
    schedule = payment_schedule.join(item, item.c.payment_schedule_id == payment_schedule.c.id)
    late = (
        select(func.sum(held(document.c.balance)))
        .select_from(schedule)
        .where(payment_schedule.c.invoice_id == document.c.id, as_of > DUE)
        .correlate(document)
    )
    whole = case((document.c.due_date < as_of, document.c.balance), else_=NOTHING)
    by_item = func.coalesce(late.scalar_subquery(), NOTHING)
    return type_coerce(case((document.c.id.in_(SCHEDULED), by_item), else_=whole), Amount)


def due_between(day: ColumnElement[date], first: date | None, last: date | None) -> ColumnElement[bool]:
    """Give the condition that a day lies from `first` to `last` (None: no limit)."""
    return and_(*([day >= first] if first else []), *([day <= last] if last else []), day.is_not(None))
