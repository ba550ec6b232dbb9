"""The items behind an aging: open invoices and what is not applied yet, as they stood; it adds nothing up."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, case, literal, select, type_coerce

from duedesk.domain.aging import AgingRequest, Basis, OpenItem
from duedesk.domain.invoice import days_overdue
from duedesk.domain.money import ZERO
from duedesk.store.queries.aging.disputed import contested_part
from duedesk.store.queries.aging.groups import keys_of, plain_key
from duedesk.store.queries.asof import Standpoint, invoices_as_of, is_present
from duedesk.store.queries.by_instalment import has_instalments, parts_of
from duedesk.store.queries.disputes import contested_by_invoice, has_disputes
from duedesk.store.queries.unapplied import SOURCES, Source
from duedesk.store.settlement import NOTHING
from duedesk.store.tables.columns import Amount
from duedesk.store.tables.party import account, owner

_NONE: ColumnElement[Decimal] = literal(ZERO, Amount)


def open_items(connection: Connection, request: AgingRequest) -> Iterator[OpenItem]:
    """Give the items of an aging by account and age; they are read as they are taken, whatever their number."""
    standpoint = Standpoint(request.as_of, request.known_on)
    for row in connection.execution_options(yield_per=2_000).execute(_invoices(connection, request, standpoint)):
        days = days_overdue(row.due_date, request.as_of)
        age = days if request.basis is Basis.DUE else days_overdue(row.invoice_date, request.as_of)
        yield OpenItem(
            kind="Invoice",
            number=row.document_number or "",
            account=row.account,
            account_number=row.account_number or "",
            owner=row.owner or "",
            currency=row.currency_iso_code,
            item_date=row.invoice_date,
            due_date=row.due_date,
            days_overdue=days,
            bucket=request.buckets.index(age),
            total=row.total,
            balance=row.balance,
            key=plain_key(row.key_0),
            part=plain_key(row.key_1) if len(request.by) > 1 else None,
            instalment=row.position,
            disputed=row.disputed,
        )
    present = is_present(connection, standpoint)
    for source in SOURCES:
        found = _unapplied(request, standpoint, source, present=present)
        for row in connection.execution_options(yield_per=2_000).execute(found):
            yield OpenItem(
                kind=source.kind,
                number=row.number or "",
                account=row.account,
                account_number=row.account_number or "",
                owner=row.owner or "",
                currency=row.currency_iso_code,
                item_date=row.effective_date,
                due_date=None,
                days_overdue=None,
                bucket=None,
                total=-row.total,
                balance=-row.rest,
                key=plain_key(row.key_0),
                part=plain_key(row.key_1) if len(request.by) > 1 else None,
            )


def _invoices(connection: Connection, request: AgingRequest, standpoint: Standpoint) -> Select[Any]:
    document = invoices_as_of(connection, standpoint, maybe_open=True)
    by_instalment = has_instalments(connection)
    keys, rows = keys_of(document, request.by, request.as_of, by_instalment=by_instalment)
    part = parts_of(document, by_instalment=by_instalment, onto=rows)
    source, disputed = part.source, _NONE
    if request.apart_disputed and has_disputes(connection):
        contested = contested_by_invoice(standpoint)
        source = source.outerjoin(contested, contested.c.invoice_id == document.c.id)
        moved = contested_part(contested, document, part, by_instalment=by_instalment)
        disputed = type_coerce(case((contested.c.amount.is_(None), NOTHING), else_=moved), Amount)
    found = (
        select(
            document.c.document_number,
            document.c.currency_iso_code,
            document.c.invoice_date,
            part.due.label("due_date"),
            part.total.label("total"),
            part.balance.label("balance"),
            part.position.label("position"),
            account.c.name.label("account"),
            account.c.account_number,
            owner.c.name.label("owner"),
            disputed.label("disputed"),
            *keys,
        )
        .select_from(
            source.join(account, account.c.id == document.c.billing_account_id).outerjoin(
                owner, owner.c.id == document.c.owner_id
            )
        )
        .where(document.c.balance != NOTHING, part.balance != NOTHING, document.c.invoice_date <= request.as_of)
        .order_by(account.c.folded_name, account.c.id, part.due, document.c.id)
    )
    return found if request.currency is None else found.where(document.c.currency_iso_code == request.currency)


def _unapplied(request: AgingRequest, standpoint: Standpoint, source: Source, *, present: bool) -> Select[Any]:
    rest = source.balance if present else source.left(standpoint)
    found = (
        select(
            source.table.c.id,
            source.number.label("number"),
            source.table.c.currency_iso_code,
            source.effective_date.label("effective_date"),
            source.total.label("total"),
            rest.label("rest"),
            source.account_id.label("billing_account_id"),
            account.c.owner_id,
        )
        .join(account, account.c.id == source.account_id)
        .where(source.is_counted(standpoint), rest != NOTHING)
    )
    if request.currency is not None:
        found = found.where(source.table.c.currency_iso_code == request.currency)
    loose = found.subquery("loose")
    keys, rows = keys_of(loose, request.by, request.as_of)
    named = rows.join(account, account.c.id == loose.c.billing_account_id).outerjoin(
        owner, owner.c.id == loose.c.owner_id
    )
    return (
        select(loose, account.c.name.label("account"), account.c.account_number, owner.c.name.label("owner"), *keys)
        .select_from(named)
        .order_by(account.c.folded_name, account.c.id, loose.c.effective_date, loose.c.id)
    )
