"""The invoice register: every invoice posted in a period with what became of it since; it adds nothing up.

An invoice that was voided since stays in it and says so: total = payments + credits + voided + balance.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, select

from duedesk.domain.filters import Filter
from duedesk.domain.invoice import days_overdue
from duedesk.domain.money import ZERO
from duedesk.domain.reports.ledger import RegisteredInvoice
from duedesk.store.queries.asof import Standpoint, invoices_as_of
from duedesk.store.queries.lists import listing
from duedesk.store.queries.reports.scope import ReportScope, in_blocks
from duedesk.store.settlement import Chosen, chosen
from duedesk.store.tables.ledger import invoice
from duedesk.store.tables.party import account, owner, payment_term


def registered_invoices(
    connection: Connection, scope: ReportScope, as_of: date, where: Filter | None = None
) -> Iterator[RegisteredInvoice]:
    """Give the invoices dated in the scope's period by day and number, as they stood at the end of `as_of`.

    `where` leaves those out that a filter of invoices does not find.
    """
    standpoint = Standpoint(as_of, scope.known_on)
    dated = scope.within(invoice.c.invoice_date, invoice.c.posted_at) & invoice.c.posted_at.is_not(None)
    narrows = scope.narrows(connection, invoice.c.billing_account_id, invoice.c.currency_iso_code)
    posted = select(invoice.c.id).where(dated, *narrows)
    only: Chosen = posted
    if where is not None:
        inside = set(connection.scalars(posted))
        only = [key for key in listing.keys(connection, where) if key in inside]
    document = invoices_as_of(connection, standpoint, only=only)
    asked = (
        select(
            document,
            account.c.name.label("account"),
            account.c.account_number,
            owner.c.name.label("owner"),
            payment_term.c.name.label("terms"),
        )
        .select_from(
            document.join(account, account.c.id == document.c.billing_account_id)
            .outerjoin(owner, owner.c.id == document.c.owner_id)
            .outerjoin(payment_term, payment_term.c.id == document.c.payment_term_id)
        )
        .where(chosen(connection, document.c.id, only))
        .order_by(document.c.invoice_date, document.c.document_number, document.c.id)
    )
    for row in in_blocks(connection, asked):
        yield _registered(row, as_of)


def _registered(row: Row[Any], as_of: date) -> RegisteredInvoice:
    is_voided = row.status == "Voided"
    rest = row.total_amount_with_tax - row.net_payments_applied - row.net_credits_applied
    return RegisteredInvoice(
        key=row.id,
        number=row.document_number or "",
        account=row.account,
        account_number=row.account_number or "",
        owner=row.owner or "",
        invoice_date=row.invoice_date,
        due_date=row.due_date,
        days_overdue=days_overdue(row.due_date, as_of) if row.balance else None,
        terms=row.terms or "",
        currency=row.currency_iso_code,
        net=row.total_amount,
        tax=row.total_tax_amount,
        total=row.total_amount_with_tax,
        payments=row.net_payments_applied,
        credits=row.net_credits_applied,
        voided=rest if is_voided else ZERO,
        balance=row.balance,
        status=row.status,
        settlement=row.settlement_status,
        settled_on=row.full_settlement_date,
        voided_on=row.voided_date if is_voided else None,
    )
