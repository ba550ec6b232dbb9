"""The claims of invoices that late interest runs on, each with what was charged of it.

The claims of any number of invoices come from one statement for each kind of record, whatever their number.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select

from duedesk.domain.instalments import in_order
from duedesk.domain.interest.accrual import Claim
from duedesk.domain.interest.claims import Applied, Owed
from duedesk.store.queries.by_instalment import SCHEDULED
from duedesk.store.queries.interest_kept import charged_until, charges
from duedesk.store.settlement import chosen
from duedesk.store.tables.columns import Day
from duedesk.store.tables.disputes import dispute
from duedesk.store.tables.instalments import payment_schedule_item
from duedesk.store.tables.ledger import application, credit_memo, invoice, payment
from duedesk.store.tables.party import account


@dataclass(frozen=True, slots=True)
class InvoiceClaim:
    """The claim of an invoice, whose it is, and the last day that was charged (None: none was)."""

    key: int
    number: str
    country: str
    is_consumer: bool
    claim: Claim
    charged_until: date | None
    is_charge: bool = False
    """It is over the fee or the interest of a letter."""


def claims(connection: Connection, keys: Sequence[int] | None, until: date) -> Iterator[InvoiceClaim]:
    """Give the claims of posted invoices (None: of all that are late) up to a day, in the order of their keys."""
    wanted = chosen(connection, invoice.c.id, keys)
    owed = _invoices(connection, wanted, until)
    _add_instalments(connection, owed, keys)
    _add_applied(connection, owed, keys, until)
    _add_contested(connection, owed, keys, until)
    charged, over_charges = charged_until(connection, keys), charges(connection)
    for key, (number, country, is_consumer, one) in owed.items():
        yield InvoiceClaim(key, number, country, is_consumer, one.claim(), charged.get(key), key in over_charges)


_Owed = dict[int, tuple[str, str, bool, Owed]]


def _invoices(connection: Connection, wanted: ColumnElement[bool], until: date) -> _Owed:
    asked = (
        select(
            invoice.c.id,
            invoice.c.document_number,
            account.c.billing_country,
            account.c.is_person_account,
            invoice.c.currency_iso_code,
            invoice.c.due_date,
            invoice.c.total_amount_with_tax,
            invoice.c.voided_date,
        )
        .join(account, account.c.id == invoice.c.billing_account_id)
        .where(wanted, _late(until))
        .order_by(invoice.c.id)
    )
    return {
        key: (number or "", country or "", is_consumer, Owed(currency, due, total, voided is not None))
        for key, number, country, is_consumer, currency, due, total, voided in connection.execute(asked)
    }


def _add_instalments(connection: Connection, owed: _Owed, keys: Sequence[int] | None) -> None:
    item = payment_schedule_item.c
    asked = select(item.invoice_id, item.target_payment_processing_date, item.requested_amount)
    parts: dict[int, list[tuple[date, Decimal]]] = {}
    for key, due, requested in connection.execute(asked.where(chosen(connection, item.invoice_id, keys))):
        parts.setdefault(key, []).append((due, requested))
    for key in parts.keys() & owed.keys():
        owed[key][3].instalments = in_order(parts[key])


def _add_applied(connection: Connection, owed: _Owed, keys: Sequence[int] | None, until: date) -> None:
    """Add what was applied; a source that is hidden from the reader counts from the day it was put on the invoice."""
    row = application.c
    of_source = func.coalesce(payment.c.effective_date, credit_memo.c.effective_date, type_=Day)
    asked = (
        select(row.invoice_id, row.effective_date, of_source, row.impact_amount)
        .select_from(application)
        .outerjoin(payment, payment.c.id == row.payment_id)
        .outerjoin(credit_memo, credit_memo.c.id == row.credit_memo_id)
        .where(chosen(connection, row.invoice_id, keys), row.effective_date <= until)
    )
    if keys is None:
        asked = asked.join(invoice, invoice.c.id == row.invoice_id).where(_late(until))
    for key, on, source_day, impact in connection.execute(asked):
        if key in owed:
            owed[key][3].applied.append(Applied(on, source_day, impact))


def _add_contested(connection: Connection, owed: _Owed, keys: Sequence[int] | None, until: date) -> None:
    row = dispute.c
    stands = (row.received_date <= until, or_(row.resolved_on.is_(None), row.resolved_on > until))
    asked = select(row.invoice_id, row.received_date, row.disputed_amount)
    for key, day, contested in connection.execute(asked.where(chosen(connection, row.invoice_id, keys), *stands)):
        if key in owed:
            owed[key][3].contested.append((day, contested))


def _late(until: date) -> ColumnElement[bool]:
    return and_(invoice.c.posted_at.is_not(None), or_(invoice.c.due_date < until, invoice.c.id.in_(SCHEDULED)))
