"""Who looked at which record, and when: one row a person and record, written in one statement; it is no history."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, func, select
from sqlalchemy.dialects import postgresql, sqlite

from duedesk.store.tables.following import record_view
from duedesk.store.tables.ledger import application, credit_memo, invoice, payment

Record = tuple[str, int]
"""An object and the key of one of its records."""

MOST_REFERRED = 200
"""Records that opening one refers to at most: a payment may lie on thousands of invoices."""


def note_views(
    connection: Connection, user: str, at: datetime, viewed: Collection[Record], referred: Collection[Record] = ()
) -> None:
    """Write that a person looked at records, and came by others on the way."""
    rows = [
        {
            "user_name": user,
            "object_name": name,
            "record_key": key,
            "last_viewed_date": at if (name, key) in viewed else None,
            "last_referenced_date": at,
        }
        for name, key in dict.fromkeys((*viewed, *referred))
    ]
    if not rows:
        return
    make = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    added = make(record_view).values(rows)
    own = (record_view.c.user_name, record_view.c.object_name, record_view.c.record_key)
    connection.execute(
        added.on_conflict_do_update(
            index_elements=own,
            set_={
                "last_viewed_date": func.coalesce(added.excluded.last_viewed_date, record_view.c.last_viewed_date),
                "last_referenced_date": added.excluded.last_referenced_date,
            },
        )
    )


def related(connection: Connection, object_name: str, key: int) -> list[Record]:
    """Give the records that one leads to: its account, and for what pays the invoices it lies or lay on."""
    match object_name:
        case "Invoice":
            return _account(connection, invoice.c.billing_account_id, invoice.c.id == key)
        case "Payment":
            found = _account(connection, payment.c.account_id, payment.c.id == key)
            return found + _invoices(connection, application.c.payment_id == key)
        case "CreditMemo":
            found = _account(connection, credit_memo.c.billing_account_id, credit_memo.c.id == key)
            return found + _invoices(connection, application.c.credit_memo_id == key)
        case _:
            return []


def _account(connection: Connection, column: ColumnElement[int], own: ColumnElement[bool]) -> list[Record]:
    return [("Account", account) for account in connection.scalars(select(column).where(own))]


def _invoices(connection: Connection, own: ColumnElement[bool]) -> list[Record]:
    newest = select(application.c.invoice_id).where(own).group_by(application.c.invoice_id)
    ordered = newest.order_by(func.max(application.c.id).desc()).limit(MOST_REFERRED)
    return [("Invoice", one) for one in connection.scalars(ordered)]
