"""What is open by bucket, grouped by fields of the invoices themselves, as they stood; it names no groups."""

from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, select

from duedesk.domain.aging import Basis
from duedesk.store.queries.aging.groups import keys_of
from duedesk.store.queries.aging.parts import Cut, in_buckets
from duedesk.store.queries.asof import invoices_as_of
from duedesk.store.queries.by_instalment import has_instalments, parts_of
from duedesk.store.settlement import NOTHING


def open_by(connection: Connection, cut: Cut) -> Select[Any]:
    """Give what is open by bucket, by fields of the invoices themselves."""
    request, by_instalment = cut.request, has_instalments(connection)
    document = invoices_as_of(connection, cut.standpoint, maybe_open=True)
    keys, source = keys_of(document, request.by, request.as_of, by_instalment=by_instalment)
    part = parts_of(document, by_instalment=by_instalment and request.basis is Basis.DUE, onto=source)
    day = part.due if request.basis is Basis.DUE else document.c.invoice_date
    currency = document.c.currency_iso_code
    columns: list[ColumnElement[Any]] = [*keys, currency.label("currency"), *in_buckets(request, day, part.balance)]
    found: Select[Any] = (
        select(*columns)
        .select_from(part.source)
        .where(document.c.balance != NOTHING, document.c.invoice_date <= request.as_of)
        .group_by(*keys, currency)
    )
    return found if request.currency is None else found.where(currency == request.currency)
