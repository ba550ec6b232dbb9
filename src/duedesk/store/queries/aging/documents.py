"""The balances of an aging from the documents alone: invoiced less received and credited; the proof of its buckets.

Nothing here reads a stored balance.
"""

from typing import Any

from sqlalchemy import CTE, ColumnElement, Connection, Select, case, func, select, type_coerce

from duedesk.store.queries.aging.groups import keys_of
from duedesk.store.queries.aging.parts import Cut, Part
from duedesk.store.queries.asof import invoices_as_of
from duedesk.store.queries.by_instalment import has_instalments
from duedesk.store.queries.unapplied import SOURCES, is_given_back
from duedesk.store.settlement import NOTHING
from duedesk.store.tables.columns import Amount
from duedesk.store.tables.crediting import refund
from duedesk.store.tables.ledger import application, invoice
from duedesk.store.tables.party import account


def document_parts(cut: Cut) -> list[Part]:
    """Give the balances where the columns that parts carry say the group."""
    total = func.sum(invoice.c.total_amount_with_tax).label("amount")
    invoiced = cut.grouped(invoice.c.billing_account_id, invoice.c.owner_id, invoice.c.currency_iso_code, [total])
    owned_otherwise = _owned_otherwise(cut) if cut.by_owner else []
    return [invoiced.where(cut.standpoint.is_owed(invoice)), *_received(cut), *owned_otherwise]


def loose_parts(cut: Cut) -> list[Part]:
    """Give what was received and credited less what of it was applied: the balance of what stands on no invoice."""
    applied = cut.of_account(
        application, application.c.account_id, application.c.currency_iso_code, -application.c.impact_amount
    )
    return [*_received(cut), applied.where(cut.standpoint.counted)]


def invoiced_by(connection: Connection, cut: Cut) -> Select[Any]:
    """Give what was invoiced less what was applied to it, by fields of the invoices themselves."""
    by_instalment = has_instalments(connection)
    document = invoices_as_of(connection, cut.standpoint)
    keys, source = keys_of(document, cut.request.by, cut.request.as_of, by_instalment=by_instalment)
    applied: CTE = (
        select(application.c.invoice_id, func.sum(application.c.impact_amount).label("impact"))
        .where(cut.standpoint.counted)
        .group_by(application.c.invoice_id)
        .cte("applied")
    )
    total = case((cut.standpoint.is_owed(document), document.c.total_amount_with_tax), else_=NOTHING)
    amount = func.sum(type_coerce(total + func.coalesce(applied.c.impact, NOTHING), Amount)).label("amount")
    currency = document.c.currency_iso_code
    columns: list[ColumnElement[Any]] = [*keys, currency.label("currency"), amount]
    found: Select[Any] = (
        select(*columns)
        .select_from(source.outerjoin(applied, applied.c.invoice_id == document.c.id))
        .group_by(*keys, currency)
    )
    wanted = cut.request.currency
    return found if wanted is None else found.where(currency == wanted)


def _received(cut: Cut) -> list[Part]:
    counted = [cut.of_source(source, -source.total).where(source.is_counted(cut.standpoint)) for source in SOURCES]
    return [*counted, cut.refunded(refund.c.amount).where(is_given_back(cut.standpoint))]


def _owned_otherwise(cut: Cut) -> list[Part]:
    """Move what was applied to invoices that their account's owner does not own, from the one owner to the other."""
    otherwise = invoice.c.owner_id.is_distinct_from(account.c.owner_id)
    stray = (
        select(invoice.c.id, invoice.c.owner_id.label("its_owner"), account.c.owner_id.label("account_owner"))
        .join(account, account.c.id == invoice.c.billing_account_id)
        .where(otherwise, invoice.c.posted_at.is_not(None))
        .cte("stray")
        .prefix_with("MATERIALIZED")
    )
    parts = []
    for owned_by, amount in (
        (stray.c.its_owner, application.c.impact_amount),
        (stray.c.account_owner, -application.c.impact_amount),
    ):
        figures = [func.sum(amount).label("amount")]
        part = cut.grouped(application.c.account_id, owned_by, application.c.currency_iso_code, figures)
        on_these = stray.join(application, application.c.invoice_id == stray.c.id)
        parts.append(part.select_from(on_these).where(cut.standpoint.counted))
    return parts
