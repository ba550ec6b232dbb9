"""What a book knows already of the records a file brings, asked by Ids and numbers, a block of rows at a time."""

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeAlias

from sqlalchemy import (
    ARRAY,
    BigInteger,
    ColumnElement,
    Connection,
    RowMapping,
    String,
    Table,
    cast,
    func,
    literal,
    or_,
    select,
    type_coerce,
)

from duedesk.domain.invoice import OWED_STATUSES
from duedesk.store.settlement import NOTHING, chosen
from duedesk.store.tables.columns import Amount
from duedesk.store.tables.desk import import_batch, journal_entry
from duedesk.store.tables.ledger import application, credit_memo, invoice, invoice_line, payment
from duedesk.store.tables.party import account, contact, owner, payment_term


@dataclass(frozen=True, slots=True)
class KnownAccount:
    """An account of the book, by all it can be known by."""

    id: int
    external_id: str | None
    number: str | None
    name: str
    folded_name: str
    term_days: int | None


@dataclass(frozen=True, slots=True)
class KnownInvoice:
    """An invoice of the book, with what may not differ from a file."""

    id: int
    external_id: str | None
    number: str | None
    account_id: int
    currency: str
    status: str
    invoice_date: date | None
    posted_at: datetime | None
    total: Decimal
    open: Decimal
    """The total less what is applied, whether or not the figures were stated since."""
    journal_id: int | None


KnownFigures: TypeAlias = tuple[str, int, str, str, int, str]
"""What may not differ from a file, of an invoice of the book, as it is stored.

Number, account, currency, date, total; and the status.
"""


@dataclass(frozen=True, slots=True)
class KnownSource:
    """A payment or credit memo of the book."""

    id: int
    external_id: str | None
    number: str | None
    source_key: str | None
    account_id: int
    currency: str
    effective_date: date
    amount: Decimal
    recorded_at: datetime
    is_live: bool
    """It stands in the ledger: received, or posted, and not withdrawn."""


@dataclass(frozen=True, slots=True)
class KnownApplication:
    """An application of the book; `taken_back` is what later events took off again."""

    id: int
    external_id: str | None
    invoice_id: int
    source_id: int
    type: str
    amount: Decimal
    effective_date: date
    journal_id: int | None
    taken_back: Decimal


@dataclass(frozen=True, slots=True)
class KnownFile:
    """A file that came in before."""

    name: str
    recorded_at: datetime
    actor: str


def is_empty(connection: Connection, table: Table) -> bool:
    """Tell whether a table holds no row."""
    return connection.execute(select(table.c.id).limit(1)).first() is None


def known_file(connection: Connection, file_hash: str) -> KnownFile | None:
    """Find the import of a file by its hash."""
    row = connection.execute(
        select(import_batch.c.file_name, journal_entry.c.recorded_at, journal_entry.c.actor)
        .join(journal_entry, journal_entry.c.id == import_batch.c.journal_id)
        .where(import_batch.c.file_hash == file_hash)
    ).first()
    return None if row is None else KnownFile(row.file_name, row.recorded_at, row.actor)


def accounts(connection: Connection) -> Iterator[KnownAccount]:
    """Give every account."""
    query = select(
        account.c.id,
        account.c.external_id,
        account.c.account_number,
        account.c.name,
        account.c.folded_name,
        payment_term.c.period,
    ).select_from(account.outerjoin(payment_term, payment_term.c.id == account.c.payment_term_id))
    for row in connection.execute(query):
        yield KnownAccount(*row)


def contacts(connection: Connection) -> Iterator[tuple[int, str | None, int | None, str | None, str]]:
    """Give every contact: key, Id, account, address for mail, name."""
    columns = (contact.c.id, contact.c.external_id, contact.c.account_id, contact.c.email, contact.c.name)
    for row in connection.execute(select(*columns)):
        yield row.id, row.external_id, row.account_id, row.email, row.name


def owners(connection: Connection) -> Iterator[tuple[int, str | None, str]]:
    """Give every owner: key, Id, name."""
    for row in connection.execute(select(owner.c.id, owner.c.external_id, owner.c.name)):
        yield row.id, row.external_id, row.name


def terms(connection: Connection) -> Iterator[tuple[int, str | None, str, int]]:
    """Give every payment term: key, Id, name, days."""
    columns = (payment_term.c.id, payment_term.c.external_id, payment_term.c.name, payment_term.c.period)
    for row in connection.execute(select(*columns)):
        yield row.id, row.external_id, row.name, row.period


def invoices(connection: Connection, ids: Collection[str], numbers: Collection[str]) -> list[KnownInvoice]:
    """Find invoices by their Ids in another system or by their numbers."""
    applied = (
        select(func.coalesce(func.sum(application.c.impact_amount), NOTHING))
        .where(application.c.invoice_id == invoice.c.id)
        .correlate(invoice)
        .scalar_subquery()
    )
    total = invoice.c.total_amount_with_tax
    query = select(
        invoice.c.id,
        invoice.c.external_id,
        invoice.c.document_number,
        invoice.c.billing_account_id,
        invoice.c.currency_iso_code,
        invoice.c.status,
        invoice.c.invoice_date,
        invoice.c.posted_at,
        total,
        type_coerce(total + applied, Amount).label("open"),
        invoice.c.journal_id,
    )
    found = _by_either(connection, query, (invoice.c.external_id, ids), (invoice.c.document_number, numbers))
    return [KnownInvoice(*row) for row in found]


def invoice_figures(connection: Connection, numbers: Collection[str]) -> dict[str, KnownFigures]:
    """Give by number what a file may not say otherwise of invoices."""
    figures = figures_of(is_server=connection.dialect.name == "postgresql")
    query = select(*figures).where(_among(connection, invoice.c.document_number, numbers))
    return {row[0]: row for row in connection.execute(query).cursor.fetchall()}


def key_of_number(connection: Connection, number: str) -> int:
    """Give the key of the invoice with this number, which is there."""
    return int(connection.execute(select(invoice.c.id).where(invoice.c.document_number == number)).scalar_one())


def figures_of(*, is_server: bool) -> tuple[ColumnElement[Any], ...]:
    """Give number, account, currency, date, total and status of invoices as `KnownFigures` has them."""
    return (
        invoice.c.document_number,
        invoice.c.billing_account_id,
        invoice.c.currency_iso_code,
        as_text(invoice.c.invoice_date, is_server=is_server).label("invoice_day"),
        type_coerce(invoice.c.total_amount_with_tax, BigInteger).label("total"),
        invoice.c.status,
    )


def payment_figures(
    connection: Connection, numbers: Collection[str], keys: Collection[str]
) -> dict[str, tuple[int, str, str]]:
    """Give amount, currency and day of payments by number or by the key made from the row of a file."""
    name = payment.c.payment_number if numbers else payment.c.source_key
    query = select(
        name,
        type_coerce(payment.c.amount, BigInteger),
        payment.c.currency_iso_code,
        as_text(payment.c.effective_date, is_server=connection.dialect.name == "postgresql"),
    ).where(_among(connection, name, numbers or keys))
    return {row[0]: (row[1], row[2], row[3]) for row in connection.execute(query)}


def as_text(day: ColumnElement[date], *, is_server: bool) -> ColumnElement[str]:
    """Give a day as ISO text, as SQLite keeps it."""
    return cast(day, String) if is_server else type_coerce(day, String)


def lines(connection: Connection, ids: Collection[str]) -> dict[str, int]:
    """Find invoice lines by their Ids: Id to key."""
    query = select(invoice_line.c.id, invoice_line.c.external_id)
    found = _by_either(connection, query, (invoice_line.c.external_id, ids))
    return {external_id: key for key, external_id in found}


def line_counts(connection: Connection, invoice_ids: Collection[int]) -> dict[int, int]:
    """Count the lines of invoices."""
    query = (
        select(invoice_line.c.invoice_id, func.count())
        .where(chosen(connection, invoice_line.c.invoice_id, invoice_ids))
        .group_by(invoice_line.c.invoice_id)
    )
    return {row[0]: row[1] for row in connection.execute(query)}


def payments(
    connection: Connection, ids: Collection[str], numbers: Collection[str], keys: Collection[str] = ()
) -> list[KnownSource]:
    """Find payments by Id, number or the key made from the row of a file."""
    query = select(
        payment.c.id,
        payment.c.external_id,
        payment.c.payment_number,
        payment.c.source_key,
        payment.c.account_id,
        payment.c.currency_iso_code,
        payment.c.effective_date,
        payment.c.amount,
        payment.c.created_date,
        (payment.c.status == "Processed").label("is_live"),
    )
    found = _by_either(
        connection,
        query,
        (payment.c.external_id, ids),
        (payment.c.payment_number, numbers),
        (payment.c.source_key, keys),
    )
    return [KnownSource(*row) for row in found]


def credit_memos(connection: Connection, ids: Collection[str], numbers: Collection[str]) -> list[KnownSource]:
    """Find credit memos by Id or number."""
    query = select(
        credit_memo.c.id,
        credit_memo.c.external_id,
        credit_memo.c.document_number,
        literal(None, String).label("source_key"),
        credit_memo.c.billing_account_id,
        credit_memo.c.currency_iso_code,
        credit_memo.c.effective_date,
        credit_memo.c.total_amount_with_tax,
        func.coalesce(credit_memo.c.posted_at, credit_memo.c.created_date).label("recorded_at"),
        credit_memo.c.status.in_(OWED_STATUSES).label("is_live"),
    )
    found = _by_either(connection, query, (credit_memo.c.external_id, ids), (credit_memo.c.document_number, numbers))
    return [KnownSource(*row) for row in found]


def applications(
    connection: Connection, invoice_ids: Collection[int], ids: Collection[str], kind: str
) -> list[KnownApplication]:
    """Find the applications of a kind on invoices, and those with the Ids, in the order they were made."""
    back = application.alias("back")
    taken = select(func.coalesce(func.sum(back.c.amount), NOTHING)).where(back.c.reverses_id == application.c.id)
    query = select(
        application.c.id,
        application.c.external_id,
        application.c.invoice_id,
        func.coalesce(application.c.payment_id, application.c.credit_memo_id).label("source_id"),
        application.c.type,
        application.c.amount,
        application.c.effective_date,
        application.c.journal_id,
        taken.correlate(application).scalar_subquery().label("taken_back"),
    ).where(
        application.c.kind == kind,
        or_(
            chosen(connection, application.c.invoice_id, invoice_ids),
            _among(connection, application.c.external_id, ids),
        ),
    )
    return [KnownApplication(*row) for row in connection.execute(query.order_by(application.c.id))]


def brought(
    connection: Connection, object_name: str, journal_id: int, ids: Collection[str], numbers: Collection[str]
) -> list[RowMapping]:
    """Give the documents that one import brought, whole, with their number as `number`."""
    table = {"Invoice": invoice, "Payment": payment, "CreditMemo": credit_memo}[object_name]
    number = table.c["payment_number" if table is payment else "document_number"]
    query = select(table, number.label("number")).where(table.c.journal_id == journal_id)
    found: dict[int, RowMapping] = {}
    for column, texts in ((table.c.external_id, ids), (number, numbers)):
        if texts:
            rows = connection.execute(query.where(_among(connection, column, texts))).mappings()
            found.update({row["id"]: row for row in rows})
    return list(found.values())


def _by_either(
    connection: Connection, query: Any, *asked: tuple[ColumnElement[Any], Collection[str]]
) -> Iterator[tuple[Any, ...]]:
    """Ask for rows by any of several columns, each by its own index."""
    seen: set[int] = set()
    for column, texts in asked:
        if not texts:
            continue
        for row in connection.execute(query.where(_among(connection, column, texts))):
            if row[0] not in seen:
                seen.add(row[0])
                yield tuple(row)


def _among(connection: Connection, column: ColumnElement[Any], texts: Collection[str]) -> ColumnElement[bool]:
    """Give the condition that a text is among many, passed as one value."""
    if connection.dialect.name == "postgresql":
        return column.in_(select(func.unnest(cast(list(texts), ARRAY(String)))))
    listed = json.dumps(list(texts), ensure_ascii=False)
    return column.in_(select(func.json_each(literal(listed, String)).table_valued("value").c.value))
