"""What of open invoices no habit tells: what is promised for a day and what is disputed, as it stood and was known."""

from datetime import date
from decimal import Decimal

from sqlalchemy import BigInteger, ColumnElement, Connection, case, func, null, select, type_coerce

from duedesk.domain.money import to_units
from duedesk.domain.promises import Promise, promised_by_day
from duedesk.store.queries.asof import Standpoint
from duedesk.store.queries.disputes import contested_by_invoice, has_disputes
from duedesk.store.settlement import NOTHING
from duedesk.store.tables.dunning import payment_promise
from duedesk.store.tables.ledger import application


def promises(connection: Connection, standpoint: Standpoint) -> dict[int, list[tuple[date, int]]]:
    """Give by invoice what is promised for which day and was not paid yet, of promises that stood and were known."""
    one, event = payment_promise.c, application.c
    withdrawn = case((standpoint.is_later(one.withdrawn_on, one.withdrawn_at), null()), else_=one.withdrawn_on)
    paid = select(func.coalesce(func.sum(-event.impact_amount), NOTHING)).where(
        event.invoice_id == one.invoice_id,
        event.kind == "payment",
        event.recorded_at > one.recorded_at,
        standpoint.counted,
    )
    since: ColumnElement[Decimal] = type_coerce(
        paid.correlate(payment_promise).scalar_subquery(), one.promised_amount.type
    )
    withdrawn_on = type_coerce(withdrawn, one.withdrawn_on.type)
    asked = select(one.invoice_id, one.promised_amount, one.promise_date, one.received_date, withdrawn_on, since).where(
        standpoint.happened(one.received_date, one.recorded_at)
    )
    by_invoice: dict[int, list[Promise]] = {}
    for key, *told in connection.execute(asked):
        by_invoice.setdefault(key, []).append(Promise(*told))
    held = {key: promised_by_day(every, standpoint.as_of) for key, every in by_invoice.items()}
    return {key: [(day, to_units(left)) for day, left in every] for key, every in held.items() if every}


def contested(connection: Connection, standpoint: Standpoint) -> dict[int, int]:
    """Give by invoice what is contested, which may be more than what is open."""
    if not has_disputes(connection):
        return {}
    contested = contested_by_invoice(standpoint)
    found = select(contested.c.invoice_id, type_coerce(contested.c.amount, BigInteger))
    return {key: int(amount) for key, amount in connection.execute(found)}
