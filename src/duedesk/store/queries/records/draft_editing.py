"""A draft as it is edited: its fields as they are stored, its lines as a person writes them, and what may be chosen."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, select

from duedesk.domain.errors import RequestError
from duedesk.domain.filters import Value
from duedesk.domain.line_pricing import LineDraft
from duedesk.domain.objects import CATALOG
from duedesk.store.queries.records.line_drafts import line_drafts
from duedesk.store.tables.ledger import invoice
from duedesk.store.tables.party import account, contact, owner, payment_term
from duedesk.store.tables.posting import number_series

Named = tuple[tuple[int, str], ...]
"""Records by key, and what they are called."""


@dataclass(frozen=True, slots=True)
class EditableDraft:
    """A draft in hand. `values` are its fields that people set, by API name; `choices` what a reference may name."""

    key: int
    version: int
    values: dict[str, Value]
    account: str
    lines: tuple[LineDraft, ...]
    choices: dict[str, Named]


def editable_draft(connection: Connection, key: int) -> EditableDraft:
    """Give a draft to be edited; RequestError where it is gone."""
    found = select(invoice, account.c.name.label("account")).join(account, account.c.id == invoice.c.billing_account_id)
    row = connection.execute(found.where(invoice.c.id == key)).first()
    if row is None:
        raise RequestError("That draft is no longer in the book.", "Refresh the list.")
    held: Any = row._mapping  # noqa: SLF001 - its public name
    fields = CATALOG.object("Invoice").fields
    return EditableDraft(
        key=key,
        version=row.version,
        values={field.name: held[field.column] for field in fields if field.update},
        account=row.account,
        lines=line_drafts(connection, key),
        choices={
            "PaymentTermId": _named(connection, select(payment_term.c.id, payment_term.c.name), payment_term.c.name),
            "OwnerId": _named(connection, select(owner.c.id, owner.c.name), owner.c.name),
            "NumberSeriesId": _series(connection),
            "BillToContactId": contacts_of(connection, row.billing_account_id),
        },
    )


def contacts_of(connection: Connection, account_key: int) -> Named:
    """Give the contacts of an account by name."""
    own = select(contact.c.id, contact.c.name).where(contact.c.account_id == account_key)
    return _named(connection, own, contact.c.name)


def _series(connection: Connection) -> Named:
    own = select(number_series.c.id, number_series.c.name).where(number_series.c.object_name == "Invoice")
    return _named(connection, own, number_series.c.name)


def _named(connection: Connection, query: Any, by: Any) -> Named:
    rows: list[Row[Any]] = list(connection.execute(query.order_by(by)))
    return tuple((row.id, row.name) for row in rows)
