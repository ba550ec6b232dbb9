"""What of open invoices no habit tells: what is promised for a day, how far that is believed, and what is disputed.

All of it as it stood and was known.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Select,
    and_,
    case,
    func,
    null,
    select,
    type_coerce,
)

from duedesk.domain.forecast.curves import NEAR
from duedesk.domain.forecast.promises import Kept, Words, kept
from duedesk.domain.forecast.weeks import LOOK_BACK
from duedesk.domain.money import to_units
from duedesk.domain.promises import Promise, promised_by_day
from duedesk.store.queries.asof import Standpoint
from duedesk.store.queries.disputes import contested_by_invoice, has_disputes
from duedesk.store.queries.lists.fields import days_between
from duedesk.store.settlement import NOTHING, chosen
from duedesk.store.tables.dunning import payment_promise
from duedesk.store.tables.ledger import application, invoice


def promises(connection: Connection, standpoint: Standpoint) -> dict[int, list[tuple[date, int]]]:
    """Give by invoice what is promised for which day and was not paid yet, of promises that stood and were known."""
    told = _by_invoice(connection, _promises(standpoint, standpoint.counted))
    held = {key: promised_by_day(every, standpoint.as_of) for key, every in told.items()}
    return {key: [(day, to_units(left)) for day, left in every] for key, every in held.items() if every}


def words(connection: Connection, standpoint: Standpoint, members: Mapping[int, str]) -> Words:
    """Give what promises of accounts are worth, by those for the year before that are a week late or were kept."""
    one, first = payment_promise.c, standpoint.as_of - timedelta(days=LOOK_BACK)
    in_time = days_between(one.promise_date, application.c.effective_date) <= NEAR
    fell_due = one.promise_date > first, one.promise_date <= standpoint.as_of - timedelta(days=NEAR)
    told = _by_invoice(connection, _promises(standpoint, and_(standpoint.counted, in_time)).where(*fell_due))
    found: dict[int, Kept] = {}
    whose = select(invoice.c.id, invoice.c.billing_account_id).where(chosen(connection, invoice.c.id, told))
    for key, account in connection.execute(whose):
        found[account] = found.get(account, Kept()) + kept(told[key])
    return Words(found, members)


def _promises(standpoint: Standpoint, counted: ColumnElement[bool]) -> Select[Any]:
    """Ask for promises that were known, each with what was paid on its invoice since, of what is counted."""
    one, event = payment_promise.c, application.c
    withdrawn = case((standpoint.is_later(one.withdrawn_on, one.withdrawn_at), null()), else_=one.withdrawn_on)
    paid = select(func.coalesce(func.sum(-event.impact_amount), NOTHING)).where(
        event.invoice_id == one.invoice_id, event.kind == "payment", event.recorded_at > one.recorded_at, counted
    )
    since = type_coerce(paid.correlate(payment_promise).scalar_subquery(), one.promised_amount.type)
    withdrawn_on = type_coerce(withdrawn, one.withdrawn_on.type)
    columns = (one.invoice_id, one.promised_amount, one.promise_date, one.received_date, withdrawn_on, since)
    return select(*columns).where(standpoint.happened(one.received_date, one.recorded_at))


def _by_invoice(connection: Connection, asked: Select[Any]) -> dict[int, list[Promise]]:
    found: dict[int, list[Promise]] = {}
    for key, *told in connection.execute(asked):
        found.setdefault(key, []).append(Promise(*told))
    return found


def contested(connection: Connection, standpoint: Standpoint) -> dict[int, int]:
    """Give by invoice what is contested, which may be more than what is open."""
    if not has_disputes(connection):
        return {}
    contested = contested_by_invoice(standpoint)
    found = select(contested.c.invoice_id, type_coerce(contested.c.amount, BigInteger))
    return {key: int(amount) for key, amount in connection.execute(found)}
