"""What a dunning letter says of its invoices beside what they ask for; and whom it goes to, with title and address."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import Connection, select

from duedesk.store.queries.letters.reminder import Recipient, recipient
from duedesk.store.settlement import chosen
from duedesk.store.tables.ledger import invoice
from duedesk.store.tables.party import account

__all__ = ["InvoiceFacts", "Recipient", "invoice_facts", "recipient"]


@dataclass(frozen=True, slots=True)
class InvoiceFacts:
    """An invoice as a letter lists it: its date and total, whose it is, and when it was dunned last."""

    invoice_date: date
    total: Decimal
    account_key: int
    account: str
    account_number: str
    city: str
    last_dunned: date | None


def invoice_facts(connection: Connection, keys: Collection[int]) -> dict[int, InvoiceFacts]:
    """Give the facts of invoices by their keys."""
    one, to = invoice.c, account.c
    asked = (
        select(one.id, one.invoice_date, one.total_amount_with_tax, to.id, to.name, to.account_number)
        .add_columns(to.billing_city, one.last_dunned_date)
        .join(account, to.id == one.billing_account_id)
        .where(chosen(connection, one.id, keys))
    )
    return {
        key: InvoiceFacts(day, total, account_key, name, number or "", city or "", last)
        for key, day, total, account_key, name, number, city, last in connection.execute(asked)
    }
