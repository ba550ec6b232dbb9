"""Agings: who owes what and how late, on any day and as known on any other; it shows nothing and writes nothing.

The buckets come from the open items; the balance beside them comes from the documents, another way, so that the rule
`not due + buckets + unapplied = balance` proves something each time it is shown. For a reader from whom something is
hidden it is their sum: what their payments did on hidden invoices is in no document they see.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Connection, FromClause, Select, and_, case, cast, func, null, select, union_all

from duedesk.domain.aging import Aging, AgingRequest, AgingRow, Basis, GroupBy, total_by_currency
from duedesk.domain.money import ZERO
from duedesk.store.queries.asof import Standpoint, invoices_as_of, is_present
from duedesk.store.queries.by_instalment import DUE, SCHEDULED, has_instalments, held, with_items
from duedesk.store.queries.unapplied import SOURCES, Source, is_given_back
from duedesk.store.settlement import NOTHING
from duedesk.store.tables.columns import Key
from duedesk.store.tables.crediting import refund
from duedesk.store.tables.hidden import hidden_application
from duedesk.store.tables.ledger import application, invoice
from duedesk.store.tables.party import account, owner

_Part = Select[*tuple[Any, ...]]
_Sums = dict[tuple[int | None, str], tuple[Decimal, ...]]


def aging(connection: Connection, request: AgingRequest) -> Aging:
    """Give the aging: one row an account, owner or currency and currency, by name; totals by currency.

    Rows in which everything is nothing are left out.
    """
    standpoint = Standpoint(request.as_of, request.known_on)
    present = is_present(connection, standpoint)
    open_ = _added_up(connection, _open_parts(connection, request, standpoint, present=present))
    unapplied = _added_up(connection, _unapplied_parts(request, standpoint, present=present))
    is_whole = not connection.get_execution_options().get("hides", False)
    balances = _added_up(connection, _document_parts(request, standpoint)) if is_whole else None
    names = _names(connection, request.by)
    nothing = (ZERO,) * len(request.buckets)
    rows = []
    for key, currency in open_.keys() | unapplied.keys() | (balances or {}).keys():
        name, number = (currency, "") if request.by is GroupBy.CURRENCY else names.get(key, ("No owner", ""))
        buckets = open_.get((key, currency), nothing)
        rest = sum(unapplied.get((key, currency), ()), ZERO)
        balance = sum(balances.get((key, currency), ()), ZERO) if balances is not None else sum(buckets, rest)
        row = AgingRow(key, name, currency, buckets, rest, balance, number)
        if any(row.buckets) or row.unapplied or row.balance:
            rows.append(row)
    rows.sort(key=lambda row: (row.name.casefold(), row.number, row.currency))
    return Aging(request, tuple(rows), total_by_currency(tuple(rows)))


def trend(
    connection: Connection, request: AgingRequest, days: Sequence[date]
) -> tuple[tuple[date, tuple[AgingRow, ...]], ...]:
    """Give for each of the days the open amounts by bucket, one row a currency; `balance` is what is open."""
    points = []
    for as_of in days:
        there = AgingRequest(
            as_of, request.known_on, GroupBy.CURRENCY, request.basis, request.buckets, request.currency
        )
        standpoint = Standpoint(as_of, request.known_on)
        present = is_present(connection, standpoint)
        sums = _added_up(connection, _open_parts(connection, there, standpoint, present=present))
        rows = (
            AgingRow(None, currency, currency, buckets, ZERO, sum(buckets, ZERO))
            for (_, currency), buckets in sorted(sums.items(), key=lambda item: item[0][1])
        )
        points.append((as_of, tuple(rows)))
    return tuple(points)


def _added_up(connection: Connection, parts: Sequence[_Part]) -> _Sums:
    """Add parts up by key and currency; each gives a key, a currency and the same number of amounts."""
    every = union_all(*parts).subquery("part")
    columns: list[ColumnElement[Any]] = list(every.c)
    keys, figures = columns[:2], columns[2:]
    summed: list[ColumnElement[Any]] = [*keys, *map(func.sum, figures)]
    whole: _Part = parts[0] if len(parts) == 1 else select(*summed).group_by(*keys)
    return {(key, currency): tuple(amounts) for key, currency, *amounts in connection.execute(whole)}


def _open_parts(connection: Connection, request: AgingRequest, standpoint: Standpoint, *, present: bool) -> list[_Part]:
    """Give what is open by bucket: what is open now, less what was done later, plus what was voided later.

    So far an invoice lies whole in the bucket of its due date; what its instalments hold is moved to theirs.
    """
    parts = _whole_parts(request, standpoint, present=present)
    if request.basis is Basis.DUE and has_instalments(connection):
        parts += _instalment_parts(connection, request, standpoint)
    return parts


def _whole_parts(request: AgingRequest, standpoint: Standpoint, *, present: bool) -> list[_Part]:
    now = _by_bucket(request, invoice.c.balance, invoice).where(
        invoice.c.balance != NOTHING, invoice.c.invoice_date <= request.as_of
    )
    if present:
        return [now]
    if request.known_on is not None:
        now = now.where(invoice.c.posted_at <= request.known_on)
    owed = standpoint.is_owed(invoice)
    undone = _by_bucket(request, -application.c.impact_amount, application.join(invoice)).where(standpoint.later, owed)
    whole = invoice.c.total_amount_with_tax - invoice.c.net_payments_applied - invoice.c.net_credits_applied
    unvoided = _by_bucket(request, whole, invoice).where(invoice.c.voided_date.is_not(None), owed)
    return [now, undone, unvoided]


def _instalment_parts(connection: Connection, request: AgingRequest, standpoint: Standpoint) -> list[_Part]:
    document = invoices_as_of(connection, standpoint, only=SCHEDULED, maybe_open=True)
    source, amount = with_items(document), held(document.c.balance)
    is_open = and_(document.c.balance != NOTHING, document.c.invoice_date <= request.as_of)
    taken_off = _by_bucket(request, -amount, source, document=document)
    put_on = _by_bucket(request, amount, source, document=document, day=DUE)
    return [taken_off.where(is_open), put_on.where(is_open)]


def _by_bucket(
    request: AgingRequest,
    amount: ColumnElement[Decimal],
    source: FromClause,
    *,
    document: FromClause = invoice,
    day: ColumnElement[date] | None = None,
) -> _Part:
    """Sum an amount into one column a bucket, by the one bucket rule of `domain.aging`.

    `document` is where in the source the invoices are, `day` the day that counts unless it is the invoice's own.
    """
    if day is None:
        day = document.c.due_date if request.basis is Basis.DUE else document.c.invoice_date
    oldest = request.buckets.oldest_dates(request.as_of)
    figures = []
    for index in range(len(request.buckets)):
        edges = [day < oldest[index - 1]] if index else []
        if index < len(oldest):
            edges.append(day >= oldest[index])
        figures.append(func.sum(case((and_(*edges), amount), else_=NOTHING)).label(f"bucket_{index}"))
    keys = {GroupBy.ACCOUNT: document.c.billing_account_id, GroupBy.OWNER: document.c.owner_id}
    return _grouped(request, keys.get(request.by), document.c.currency_iso_code, figures).select_from(source)


def _unapplied_parts(request: AgingRequest, standpoint: Standpoint, *, present: bool) -> list[_Part]:
    """Give what payments and credit memos leave unapplied, negative, the same way.

    An application carries its account and is never earlier than what it applies, so that what was applied later need
    not be looked up: what belongs to sources that came later altogether is taken off again by their net applied. The
    same holds for what is given back.
    """
    parts = [] if present else _given_back_otherwise(request, standpoint)
    for source in SOURCES:
        known = () if request.known_on is None else (source.recorded <= request.known_on,)
        rest_now = _of_source(request, source, -source.balance)
        parts.append(rest_now.where(source.balance != NOTHING, source.effective_date <= request.as_of, *known))
        if present:
            continue
        came_later = standpoint.is_later(source.effective_date, source.recorded)
        counted = source.is_counted(standpoint)
        parts += [
            _applied_later(request, source, standpoint, application),
            _applied_later(request, source, standpoint, hidden_application),
            _of_source(request, source, source.applied + source.refunded).where(came_later),
            _of_source(request, source, source.applied - source.total).where(source.withdrawn_on.is_not(None), counted),
        ]
    return parts


def _applied_later(request: AgingRequest, source: Source, standpoint: Standpoint, events: FromClause) -> _Part:
    later = standpoint.is_later(events.c.effective_date, events.c.recorded_at)
    return _impact(request, events, events.c.impact_amount).where(later, events.c.kind == source.application_kind)


def _impact(request: AgingRequest, events: FromClause, amount: ColumnElement[Decimal]) -> _Part:
    """Sum an amount of applications; they belong to their account's owner."""
    by_owner = request.by is GroupBy.OWNER
    joined = events.join(account, account.c.id == events.c.account_id)
    keys = {GroupBy.ACCOUNT: events.c.account_id, GroupBy.OWNER: account.c.owner_id}
    figures = [func.sum(amount).label("amount")]
    grouped = _grouped(request, keys.get(request.by), events.c.currency_iso_code, figures)
    return grouped.select_from(joined if by_owner else events)


def _document_parts(request: AgingRequest, standpoint: Standpoint) -> list[_Part]:
    """Give the balance from the documents alone: invoiced less received and credited."""
    keys = {GroupBy.ACCOUNT: invoice.c.billing_account_id, GroupBy.OWNER: invoice.c.owner_id}
    total = func.sum(invoice.c.total_amount_with_tax).label("amount")
    invoiced = _grouped(request, keys.get(request.by), invoice.c.currency_iso_code, [total])
    received = [_of_source(request, source, -source.total).where(source.is_counted(standpoint)) for source in SOURCES]
    given_back = _refunded(request, refund.c.amount).where(is_given_back(standpoint))
    owned_otherwise = _owned_otherwise(request, standpoint) if request.by is GroupBy.OWNER else []
    return [invoiced.where(standpoint.is_owed(invoice)), *received, given_back, *owned_otherwise]


def _owned_otherwise(request: AgingRequest, standpoint: Standpoint) -> list[_Part]:
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
        grouped = _grouped(request, owned_by, application.c.currency_iso_code, figures)
        on_these = stray.join(application, application.c.invoice_id == stray.c.id)
        parts.append(grouped.select_from(on_these).where(standpoint.counted))
    return parts


def _given_back_otherwise(request: AgingRequest, standpoint: Standpoint) -> list[_Part]:
    """Give the refunds that count now and did not then, and those canceled since."""
    now, then = refund.c.status == "Processed", is_given_back(standpoint)
    not_yet = _refunded(request, -refund.c.amount).where(now, ~then)
    still = _refunded(request, refund.c.amount).where(~now, then)
    return [not_yet, still]


def _refunded(request: AgingRequest, amount: ColumnElement[Decimal]) -> _Part:
    by_owner = request.by is GroupBy.OWNER
    joined = refund.join(account, account.c.id == refund.c.account_id)
    keys = {GroupBy.ACCOUNT: refund.c.account_id, GroupBy.OWNER: account.c.owner_id}
    figures = [func.sum(amount).label("amount")]
    grouped = _grouped(request, keys.get(request.by), refund.c.currency_iso_code, figures)
    return grouped.select_from(joined if by_owner else refund)


def _of_source(request: AgingRequest, source: Source, amount: ColumnElement[Decimal]) -> _Part:
    """Sum an amount of payments or credit memos; they belong to their account's owner."""
    by_owner = request.by is GroupBy.OWNER
    joined = source.table.join(account, account.c.id == source.account_id)
    keys = {GroupBy.ACCOUNT: source.account_id, GroupBy.OWNER: account.c.owner_id}
    figures = [func.sum(amount).label("amount")]
    grouped = _grouped(request, keys.get(request.by), source.table.c.currency_iso_code, figures)
    return grouped.select_from(joined if by_owner else source.table)


def _grouped(
    request: AgingRequest,
    key: ColumnElement[int] | None,
    currency: ColumnElement[str],
    figures: Sequence[ColumnElement[Decimal]],
) -> _Part:
    shown = cast(null(), Key) if key is None else key
    columns: list[ColumnElement[Any]] = [shown.label("key"), currency.label("currency"), *figures]
    found: _Part = select(*columns)
    found = found.group_by(currency) if key is None else found.group_by(key, currency)
    return found if request.currency is None else found.where(currency == request.currency)


def _names(connection: Connection, by: GroupBy) -> dict[int | None, tuple[str, str]]:
    if by is GroupBy.ACCOUNT:
        found = connection.execute(select(account.c.id, account.c.name, account.c.account_number))
        return {key: (name, number or "") for key, name, number in found}
    if by is GroupBy.OWNER:
        return {key: (name, "") for key, name in connection.execute(select(owner.c.id, owner.c.name))}
    return {}
