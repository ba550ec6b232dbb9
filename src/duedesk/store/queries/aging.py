"""Agings: who owes what and how late, on any day and as known on any other; it shows nothing and writes nothing.

The buckets come from the open items; the balance beside them comes from the documents, another way, so that the rule
`not due + buckets + unapplied = balance` proves something each time it is shown. For a reader from whom something is
hidden it is their sum: what their payments did on hidden invoices is in no document they see.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, select, union_all

from duedesk.domain.aging import Aging, AgingRequest, AgingRow, Basis, RowKey, added_up, total_by_currency
from duedesk.domain.grouping import CURRENCY, sorts_by_value
from duedesk.domain.money import ZERO
from duedesk.store.queries.aging_disputed import disputed_by
from duedesk.store.queries.aging_documents import document_parts, invoiced_by, loose_parts
from duedesk.store.queries.aging_groups import carried, keys_of, names_of, of_invoices, plain_key
from duedesk.store.queries.aging_parts import Cut, Part, in_buckets, open_parts, unapplied_parts
from duedesk.store.queries.asof import Standpoint, invoices_as_of, is_present
from duedesk.store.queries.by_instalment import has_instalments, parts_of
from duedesk.store.queries.disputes import has_disputes
from duedesk.store.settlement import NOTHING

_Group = tuple[RowKey, ...]
"""The keys of a row of the last level, its currency behind them."""
_Sums = dict[_Group, tuple[Decimal, ...]]


def aging(connection: Connection, request: AgingRequest) -> Aging:
    """Give the aging with its proof: one row a group and currency, by name; totals by currency.

    Rows in which everything is nothing are left out.
    """
    return proved(connection, open_aging(connection, request))


def open_aging(connection: Connection, request: AgingRequest) -> Aging:
    """Give the aging at once: its balances are the sums of what stands beside them, and prove nothing yet."""
    cut = _cut(connection, request)
    if of_invoices(request.by):
        open_ = _read(connection, _open_by(connection, cut))
    else:
        open_ = _folded(connection, cut, open_parts(connection, cut))
    apart = _apart(connection, cut)
    unapplied = _folded(connection, cut, unapplied_parts(cut))
    nothing = (ZERO,) * len(request.buckets)
    found = {}
    for group in open_.keys() | unapplied.keys():
        buckets, disputed = _moved(open_.get(group, nothing), apart.get(group))
        rest = sum(unapplied.get(group, ()), ZERO)
        if rest or disputed or any(buckets):
            balance = sum(buckets, rest + disputed)
            found[group] = AgingRow(None, "", str(group[-1]), buckets, rest, balance, disputed=disputed)
    return _arranged(connection, request, found, is_proved=False)


def proved(connection: Connection, found: Aging) -> Aging:
    """Give an aging with the balances of the documents, from the same state of the book."""
    if connection.get_execution_options().get("hides", False):
        return replace(found, is_proved=True)
    request = found.request
    cut = _cut(connection, request)
    if of_invoices(request.by):
        balances = _added(_read(connection, invoiced_by(connection, cut)), _folded(connection, cut, loose_parts(cut)))
    else:
        balances = _folded(connection, cut, document_parts(cut))
    nothing = (ZERO,) * len(request.buckets)
    rows = {
        group: replace(row, balance=sum(balances.pop(group, ()), ZERO), parts=()) for group, row in _last_level(found)
    }
    for group, balance in balances.items():
        if any(balance):
            rows[group] = AgingRow(None, "", str(group[-1]), nothing, ZERO, sum(balance, ZERO))
    return _arranged(connection, request, rows, is_proved=True)


def trend(
    connection: Connection, request: AgingRequest, days: Sequence[date]
) -> tuple[tuple[date, tuple[AgingRow, ...]], ...]:
    """Give for each of the days the open amounts by bucket, one row a currency; `balance` is what is open."""
    points = []
    for as_of in days:
        there = replace(request, as_of=as_of, by=(CURRENCY,))
        cut = _cut(connection, there)
        sums, apart = _folded(connection, cut, open_parts(connection, cut)), _apart(connection, cut)
        rows = []
        for group, whole in sorted(sums.items(), key=lambda item: str(item[0][-1])):
            currency, (buckets, disputed) = str(group[-1]), _moved(whole, apart.get(group))
            balance = sum(whole, ZERO)
            rows.append(AgingRow(currency, currency, currency, buckets, ZERO, balance, disputed=disputed))
        points.append((as_of, tuple(rows)))
    return tuple(points)


def _cut(connection: Connection, request: AgingRequest) -> Cut:
    standpoint = Standpoint(request.as_of, request.known_on)
    return Cut(request, standpoint, is_present(connection, standpoint), carried(request.by))


def _open_by(connection: Connection, cut: Cut) -> Select[Any]:
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


def _apart(connection: Connection, cut: Cut) -> _Sums:
    """Give what is contested by group: of each bucket, and last the sum; nothing where it is not asked apart."""
    if not cut.request.apart_disputed or not has_disputes(connection):
        return {}
    return _read(connection, disputed_by(connection, cut))


def _moved(buckets: tuple[Decimal, ...], apart: tuple[Decimal, ...] | None) -> tuple[tuple[Decimal, ...], Decimal]:
    """Take what is contested out of its buckets, and give it beside them."""
    if apart is None:
        return buckets, ZERO
    *of_each, disputed = apart
    return tuple(whole - contested for whole, contested in zip(buckets, of_each, strict=True)), disputed


def _folded(connection: Connection, cut: Cut, parts: Sequence[Part]) -> _Sums:
    """Add parts up by the groups that their columns lead to; all have the same figures."""
    every = union_all(*parts).subquery("part")
    keys, source = keys_of(every, cut.request.by, cut.request.as_of)
    figures: list[ColumnElement[Any]] = [func.sum(column) for column in every.c if column.name not in cut.carried]
    currency = every.c.currency_iso_code
    grouped = (*keys, currency.label("currency"))
    return _read(connection, select(*grouped, *figures).select_from(source).group_by(*keys, currency))


def _read(connection: Connection, question: Select[Any]) -> _Sums:
    """Read sums by group: the keys and the currency stand before the figures."""
    keys = [column.name for column in question.selected_columns].index("currency") + 1
    return {
        (*map(plain_key, row[: keys - 1]), row[keys - 1]): tuple(row[keys:]) for row in connection.execute(question)
    }


def _added(some: _Sums, others: _Sums) -> _Sums:
    """Add sums of one figure each."""
    return {
        group: (sum((*some.get(group, ()), *others.get(group, ())), ZERO),) for group in some.keys() | others.keys()
    }


def _last_level(found: Aging) -> Iterable[tuple[_Group, AgingRow]]:
    for row in found.rows:
        if not row.parts:
            yield (row.key, row.currency), row
        for part in row.parts:
            yield (row.key, part.key, part.currency), part


def _arranged(
    connection: Connection, request: AgingRequest, found: dict[_Group, AgingRow], *, is_proved: bool
) -> Aging:
    """Name the rows and put them in order, those of the second level within those of the first."""
    levels = [names_of(connection, path, {group[level] for group in found}) for level, path in enumerate(request.by)]
    inner: dict[_Group, list[AgingRow]] = {}
    for group, row in found.items():
        name, number = levels[-1][group[-2]]
        named = replace(row, key=group[-2], name=name, number=number)
        inner.setdefault((*group[:-2], named.currency), []).append(named)
    if len(request.by) == 1:
        rows = [row for named in inner.values() for row in named]
    else:
        rows = [
            replace(added_up(parts, key, *levels[0][key]), parts=_in_order(parts, request.by[1]))
            for (key, _), parts in inner.items()
        ]
    in_order = _in_order(rows, request.by[0])
    return Aging(request, in_order, total_by_currency(in_order), is_proved=is_proved)


def _in_order(rows: Iterable[AgingRow], path: str) -> tuple[AgingRow, ...]:
    if sorts_by_value(path):
        return tuple(sorted(rows, key=lambda row: (row.key is None, row.key or 0, row.currency)))
    return tuple(sorted(rows, key=lambda row: (row.name.casefold(), row.number, row.currency)))
