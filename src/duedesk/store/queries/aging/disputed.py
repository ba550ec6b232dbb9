"""What is contested of open invoices, by the groups and buckets of an aging it is moved out of; it moves nothing.

Of an invoice that is paid in instalments the oldest part is contested first: what a payment would fill first.
"""

from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Connection, FromClause, Select, case, func, select, type_coerce

from duedesk.domain.aging import Basis
from duedesk.store.queries.aging.groups import keys_of
from duedesk.store.queries.aging.parts import Cut, in_buckets
from duedesk.store.queries.asof import invoices_as_of
from duedesk.store.queries.by_instalment import Parts, has_instalments, open_part, parts_of
from duedesk.store.queries.disputes import contested_by_invoice
from duedesk.store.settlement import NOTHING
from duedesk.store.tables.columns import Amount


def disputed_by(connection: Connection, cut: Cut) -> Select[Any]:
    """Give by group and currency what is contested in each bucket, and in all; never more than is open."""
    request, any_instalments = cut.request, has_instalments(connection)
    by_instalment = any_instalments and request.basis is Basis.DUE
    contested = contested_by_invoice(cut.standpoint)
    document = invoices_as_of(connection, cut.standpoint, only=select(contested.c.invoice_id))
    keys, source = keys_of(document, request.by, request.as_of, by_instalment=any_instalments)
    part = parts_of(document, by_instalment=by_instalment, onto=source)
    moved = contested_part(contested, document, part, by_instalment=by_instalment)
    day = part.due if request.basis is Basis.DUE else document.c.invoice_date
    currency = document.c.currency_iso_code
    figures = [*in_buckets(request, day, moved), func.sum(moved).label("disputed")]
    columns: list[ColumnElement[Any]] = [*keys, currency.label("currency"), *figures]
    found: Select[Any] = (
        select(*columns)
        .select_from(part.source.join(contested, contested.c.invoice_id == document.c.id))
        .where(document.c.balance != NOTHING, document.c.invoice_date <= request.as_of)
        .group_by(*keys, currency)
    )
    return found if request.currency is None else found.where(currency == request.currency)


def contested_part(
    contested: FromClause, document: FromClause, part: Parts, *, by_instalment: bool
) -> ColumnElement[Decimal]:
    """Give what is contested of an invoice, or of an instalment of one, joined with what its disputes come to."""
    left = type_coerce(
        case((contested.c.amount >= document.c.balance, NOTHING), else_=document.c.balance - contested.c.amount), Amount
    )
    return type_coerce(part.balance - (open_part(left) if by_instalment else left), Amount)
