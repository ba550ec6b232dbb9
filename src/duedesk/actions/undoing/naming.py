"""What records of an undone action are called in a sentence; it changes none."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Row, Select, func, select

from duedesk.domain.errors import RequestError
from duedesk.domain.money import ZERO, grouped
from duedesk.domain.objects import CATALOG
from duedesk.store.settlement import chosen
from duedesk.store.tables import METADATA
from duedesk.store.tables.ledger import application, credit_memo, invoice, payment


@dataclass(frozen=True, slots=True)
class Applied:
    """An application as it was written: how much of what lies on which invoice."""

    key: int
    source: str
    source_key: int
    source_name: str
    invoice_key: int
    invoice: str
    amount: Decimal
    currency: str
    takes_back: int | None

    def money(self) -> str:
        """Write its amount for a sentence."""
        return money(self.amount, self.currency)


def money(amount: Decimal, currency: str) -> str:
    """Write an amount for a sentence: `1,200.00 EUR`."""
    return f"{grouped(amount, currency)} {currency}"


def called(connection: Connection, object_name: str, keys: Sequence[int]) -> str:
    """Give what records are called: `invoice I-7`, `draft #7`, `3 payments`; RequestError where one is gone."""
    described = CATALOG.object(object_name)
    if len(keys) != 1:
        return f"{len(keys):,} {described.plural.lower()}"
    row = found(connection, object_name, keys[0])
    number = row._mapping[described.field(described.name_field).column]  # noqa: SLF001 - its public name
    if number:
        return f"{described.label.lower()} {number}"
    return f"{'draft' if object_name == 'Invoice' else described.label.lower()} #{row.id}"


def found(connection: Connection, object_name: str, key: int) -> Row[Any]:
    """Give a record; RequestError where it is gone."""
    described = CATALOG.object(object_name)
    table = METADATA.tables[described.table]
    row = connection.execute(select(table).where(table.c.id == key)).first()
    if row is None:
        raise RequestError(f"That {described.label.lower()} is no longer in the book.")
    return row


def applied(connection: Connection, keys: Sequence[int]) -> list[Applied]:
    """Give applications in the order they were made; RequestError where one is not to be seen."""
    rows = connection.execute(_APPLIED.where(chosen(connection, application.c.id, keys))).all()
    if len(rows) != len(set(keys)):
        raise RequestError("What it applied is no longer all to be seen.")
    return [
        Applied(
            key=row.id,
            source="Payment" if row.kind == "payment" else "CreditMemo",
            source_key=row.payment_id or row.credit_memo_id,
            source_name=f"payment {row.payment_number or f'#{row.payment_id}'}"
            if row.kind == "payment"
            else f"credit memo {row.memo_number or f'#{row.credit_memo_id}'}",
            invoice_key=row.invoice_id,
            invoice=row.document_number or f"#{row.invoice_id}",
            amount=row.amount,
            currency=row.currency_iso_code,
            takes_back=row.reverses_id,
        )
        for row in rows
    ]


def taken_off_by(connection: Connection, keys: Sequence[int]) -> int | None:
    """Give the journal entry that first took something of these applications off again; None where none did."""
    entry: int | None = connection.scalar(
        select(func.min(application.c.journal_id)).where(chosen(connection, application.c.reverses_id, keys))
    )
    return entry


def sums(parts: Sequence[Applied]) -> str:
    """Write what parts come to, each currency for itself."""
    totals: dict[str, Decimal] = {}
    for part in parts:
        totals[part.currency] = totals.get(part.currency, ZERO) + part.amount
    return " and ".join(money(amount, currency) for currency, amount in totals.items())


_APPLIED: Select[Any] = (
    select(
        application,
        invoice.c.document_number,
        payment.c.payment_number,
        credit_memo.c.document_number.label("memo_number"),
    )
    .select_from(
        application.join(invoice, invoice.c.id == application.c.invoice_id)
        .outerjoin(payment, payment.c.id == application.c.payment_id)
        .outerjoin(credit_memo, credit_memo.c.id == application.c.credit_memo_id)
    )
    .order_by(application.c.id)
)
