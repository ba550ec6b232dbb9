"""What a forecast is made of, as it stood and was known: how invoices were paid, what is open, promised and disputed.

One pass over what fell due in the year before, summed by account in the database; nothing is forecast here.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    BigInteger,
    Connection,
    FromClause,
    Select,
    func,
    select,
    type_coerce,
    union_all,
)

from duedesk.domain.forecast import LOOK_BACK, Expected, with_promises
from duedesk.domain.forecast_curves import Habits, Seen
from duedesk.store.queries.aging_groups import raw_rows
from duedesk.store.queries.asof import Standpoint, invoices_as_of, is_present, later_by_invoice
from duedesk.store.queries.by_instalment import has_instalments, parts_of
from duedesk.store.queries.fields import days_between
from duedesk.store.queries.forecast_kept_apart import contested, promises
from duedesk.store.settlement import NOTHING, Chosen, chosen
from duedesk.store.tables.ledger import application, invoice
from duedesk.store.tables.party import account

_NOTHING_PROMISED: tuple[tuple[date, int], ...] = ()


def open_items(connection: Connection, standpoint: Standpoint, *, only: Chosen = None) -> tuple[Expected, ...]:
    """Give what is open, each instalment for itself; what is disputed and promised is taken from the oldest part."""
    document = invoices_as_of(connection, standpoint, only=only, maybe_open=only is None)
    part = parts_of(document, by_instalment=has_instalments(connection))
    found = connection.execution_options(yield_per=2_000).execute(
        select(
            document.c.id,
            document.c.billing_account_id,
            document.c.currency_iso_code,
            part.due.label("due"),
            type_coerce(part.balance, BigInteger).label("open"),
        )
        .select_from(part.source)
        .where(
            *(document.c.balance != NOTHING, part.balance != NOTHING, document.c.invoice_date <= standpoint.as_of),
            chosen(connection, document.c.id, only),
        )
        .order_by(document.c.id, part.due)
    )
    disputed, promised = contested(connection, standpoint), promises(connection, standpoint)
    return tuple(_told(found, disputed, promised, standpoint.as_of))


def _told(
    rows: Any, disputed: dict[int, int], promised: dict[int, list[tuple[date, int]]], as_of: date
) -> Iterator[Expected]:
    for key, whose, currency, due, units in rows:
        open_ = int(units)  # a server multiplies into decimals
        apart, kept = 0, _NOTHING_PROMISED
        if key in disputed or key in promised:
            apart, kept = with_promises(open_, disputed.get(key, 0), promised.get(key, ()), as_of)
            if key in disputed:
                disputed[key] -= apart
            if kept:
                promised[key] = _left(promised[key], kept)
        yield Expected(key, whose, currency, due, open_, apart, kept)


def _left(promised: list[tuple[date, int]], kept: tuple[tuple[date, int], ...]) -> list[tuple[date, int]]:
    """Give what is promised beyond what an instalment took of it."""
    taken = dict(kept)
    return [(day, amount - taken.get(day, 0)) for day, amount in promised if amount > taken.get(day, 0)]


def habits(connection: Connection, standpoint: Standpoint, items: Iterable[Expected] | None = None) -> Habits:
    """Give the habits of all accounts, from what fell due in the year before; `items` is what is open, where known."""
    since = standpoint.as_of - timedelta(days=LOOK_BACK)
    seen: dict[int, Seen] = {}
    for whose, late, by_payment, count in raw_rows(connection, _settled(connection, standpoint, since)):
        one, times = seen.setdefault(whose, Seen()), int(count)  # a server counts twice in decimals
        if by_payment:
            one.paid[late] = one.paid.get(late, 0) + times
        else:
            one.closed += times
    unpaid = _unpaid(connection, standpoint) if items is None else ((item.account, item.due, 1) for item in items)
    for whose, due, count in unpaid:
        if due > since:
            age, one = (standpoint.as_of - due).days, seen.setdefault(whose, Seen())
            one.unpaid[age] = one.unpaid.get(age, 0) + count
    return Habits(seen, segments(connection))


def _unpaid(connection: Connection, standpoint: Standpoint) -> Iterator[tuple[int, date, int]]:
    """Count what is open, by account and due date."""
    document = invoices_as_of(connection, standpoint, maybe_open=True)
    part = parts_of(document, by_instalment=has_instalments(connection))
    keys = (document.c.billing_account_id, part.due)
    found = (
        select(*keys, func.count())
        .select_from(part.source)
        .where(document.c.balance != NOTHING, part.balance != NOTHING, document.c.invoice_date <= standpoint.as_of)
        .group_by(*keys)
    )
    yield from connection.execute(found)


def segments(connection: Connection) -> dict[int, str]:
    """Give by account whom it pays like where little is known of it: those of its type, else of its country."""
    found = raw_rows(connection, select(account.c.id, account.c.type, account.c.billing_country))
    return {
        key: f"accounts of type {type_}" if type_ else f"accounts in {country}"
        for key, type_, country in found
        if type_ or country
    }


def came_in(connection: Connection, then: Standpoint, now: Standpoint) -> dict[tuple[str, date], Decimal]:
    """Give by currency and day what payments brought in between two standpoints on what was owed at the first.

    What was recorded late, for a day before the first, came in on the day after it.
    """
    day, code, total = application.c.effective_date, invoice.c.currency_iso_code, func.sum(-application.c.impact_amount)
    found = connection.execute(
        select(code, day, type_coerce(total, application.c.amount.type))
        .select_from(application.join(invoice, invoice.c.id == application.c.invoice_id))
        .where(application.c.kind == "payment", then.later, now.counted, then.is_owed(invoice))
        .group_by(code, day)
    )
    came: dict[tuple[str, date], Decimal] = {}
    for currency, on, amount in found:
        place = (currency, max(on, then.as_of + timedelta(days=1)))
        came[place] = came.get(place, Decimal(0)) + amount
    return came


def _settled(connection: Connection, standpoint: Standpoint, since: date) -> Select[Any]:
    """Sum what was settled, by account, days late and whether payments did it; what changed since is rolled back."""
    if is_present(connection, standpoint):
        return _late(invoice, standpoint, since)
    touched = select(later_by_invoice(standpoint).c.invoice_id)
    posted = standpoint.happened(invoice.c.invoice_date, invoice.c.posted_at)
    same = _late(invoice, standpoint, since).where(invoice.c.id.not_in(touched), posted)
    then = _late(invoices_as_of(connection, standpoint, only=touched), standpoint, since)
    every = union_all(same, then).subquery("settled")
    keys = (every.c.billing_account_id, every.c.late, every.c.by_payment)
    return select(*keys, func.sum(every.c.invoices)).group_by(*keys)


def _late(document: FromClause, standpoint: Standpoint, since: date) -> Select[Any]:
    settled, due = document.c.full_settlement_date, document.c.due_date
    # Said so that no index is walked: half of the book is asked for, and is read sooner from one end to the other.
    in_time, of_late = func.coalesce(settled, standpoint.as_of + timedelta(days=1)), func.coalesce(due, since)
    late = days_between(due, settled).label("late")
    by_payment = (document.c.net_payments_applied != NOTHING).label("by_payment")
    return (
        select(document.c.billing_account_id, late, by_payment, func.count().label("invoices"))
        .where(in_time <= standpoint.as_of, of_late > since)
        .group_by(document.c.billing_account_id, late, by_payment)
    )
