"""What keeps invoices back from dunning on a day: disputes, promises, write-offs under way and holds, read at once."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select, type_coerce

from duedesk.domain.dunning.reasons import Reason, Why
from duedesk.domain.promises import Promise
from duedesk.store.queries.asof import Standpoint
from duedesk.store.queries.disputes import contested_by_invoice
from duedesk.store.settlement import NOTHING, Chosen, chosen
from duedesk.store.tables.columns import Amount
from duedesk.store.tables.crediting import approval_request
from duedesk.store.tables.dunning import dunning_hold, payment_promise
from duedesk.store.tables.ledger import application, invoice


def contested(connection: Connection, as_of: date) -> dict[int, Decimal]:
    """Give by invoice what is contested, which may be more than what is open."""
    found = contested_by_invoice(Standpoint(as_of))
    return {row[0]: row[1] for row in connection.execute(select(found.c.invoice_id, found.c.amount))}


def promises(connection: Connection, as_of: date, only: Chosen = None) -> dict[int, list[Promise]]:
    """Give the promises of open invoices (`only` says of which), with what was paid since each was recorded."""
    one = payment_promise.c
    columns = (one.invoice_id, one.promised_amount, one.promise_date, one.received_date, one.withdrawn_on)
    open_ = payment_promise.join(invoice, and_(invoice.c.id == one.invoice_id, invoice.c.balance != NOTHING))
    asked = select(*columns, paid_since(as_of).label("paid")).select_from(open_)
    asked = asked.where(one.received_date <= as_of, chosen(connection, one.invoice_id, only))
    found: dict[int, list[Promise]] = {}
    for key, amount, day, received, withdrawn, since in connection.execute(asked):
        found.setdefault(key, []).append(Promise(amount, day, received, withdrawn, since))
    return found


def paid_since(
    by: date | ColumnElement[date] | None = None, known_on: datetime | None = None
) -> ColumnElement[Decimal]:
    """Give what was paid on a promise's invoice after it was recorded, by a day; what was unapplied is taken off."""
    one, event = payment_promise.c, application.c
    counted = () if by is None else (event.effective_date <= by,)
    known = () if known_on is None else (event.recorded_at <= known_on,)
    paid = select(func.coalesce(func.sum(-event.impact_amount), NOTHING)).where(
        event.invoice_id == one.invoice_id,
        event.kind == "payment",
        event.recorded_at > one.recorded_at,
        *counted,
        *known,
    )
    return type_coerce(paid.correlate(payment_promise).scalar_subquery(), Amount)


def write_offs(connection: Connection) -> dict[int, Decimal]:
    """Give by invoice what waits to be written off."""
    one = approval_request.c
    total = func.sum(one.amount, type_=one.amount.type)
    waiting = select(one.invoice_id, total).where(one.status == "Pending").group_by(one.invoice_id)
    return {row[0]: row[1] for row in connection.execute(waiting)}


def holds(connection: Connection, as_of: date) -> tuple[dict[int, Reason], dict[int, Reason]]:
    """Give what holds invoices, and what holds accounts; where several do, the one that holds longest."""
    one = dunning_hold.c
    standing = (one.start_date <= as_of, one.end_date >= as_of, or_(one.released_on.is_(None), one.released_on > as_of))
    by_invoice: dict[int, Reason] = {}
    by_account: dict[int, Reason] = {}
    for row in connection.execute(select(dunning_hold).where(*standing).order_by(one.end_date)):
        reason = Reason(Why.ON_HOLD, day=row.end_date, words=row.reason_code, by=row.recorded_by)
        if row.invoice_id is not None:
            by_invoice[row.invoice_id] = reason
        else:
            by_account[row.account_id] = reason
    return by_invoice, by_account
