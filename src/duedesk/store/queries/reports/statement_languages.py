"""The language of the person at an account whom statements go to; what it is written in else is for others to say."""

from collections.abc import Collection

from sqlalchemy import Connection, func, select

from duedesk.store.settlement import chosen
from duedesk.store.tables.ledger import invoice
from duedesk.store.tables.party import contact


def languages_of(connection: Connection, accounts: Collection[int]) -> dict[int, str]:
    """Give the tag of a language by account: that of the contact billed last, else of the account's only one."""
    billed = (
        select(
            invoice.c.billing_account_id,
            invoice.c.bill_to_contact_id,
            func.row_number()
            .over(
                partition_by=invoice.c.billing_account_id,
                order_by=(invoice.c.invoice_date.desc(), invoice.c.id.desc()),
            )
            .label("place"),
        )
        .where(
            invoice.c.posted_at.is_not(None),
            invoice.c.bill_to_contact_id.is_not(None),
            chosen(connection, invoice.c.billing_account_id, accounts),
        )
        .subquery()
    )
    only = (
        select(contact.c.account_id, func.max(contact.c.language_code))
        .where(chosen(connection, contact.c.account_id, accounts))
        .group_by(contact.c.account_id)
        .having(func.count() == 1)
    )
    last = (
        select(billed.c.billing_account_id, contact.c.language_code)
        .join(contact, contact.c.id == billed.c.bill_to_contact_id)
        .where(billed.c.place == 1)
    )
    found = {key: code or "" for key, code in connection.execute(only)}
    return found | {key: code or "" for key, code in connection.execute(last)}
