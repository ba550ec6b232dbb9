"""Agings: who owes what and how late, on any day and as known on any other; it shows nothing and writes nothing.

The buckets come from the open items; the balance beside them comes from the documents, another way, so that the rule
`not due + buckets + unapplied = balance` proves something each time it is shown. For a reader from whom something is
hidden it is their sum: what their payments did on hidden invoices is in no document they see.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from operator import add, sub
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, select, union_all

from duedesk.domain.aging import Aging, AgingRequest, AgingRow, RowKey, added_up, total_by_currency
from duedesk.domain.grouping import ACCOUNT, CURRENCY
from duedesk.domain.money import ZERO, amounts_of
from duedesk.store.queries.aging.by_account import aging_by_account
from duedesk.store.queries.aging.by_field import open_by
from duedesk.store.queries.aging.disputed import disputed_by
from duedesk.store.queries.aging.documents import document_parts, invoiced_by, loose_parts
from duedesk.store.queries.aging.groups import COLUMNS, keys_of, names_of, of_invoices, plain_key, raw_sums
from duedesk.store.queries.aging.parts import (
    Cut,
    Part,
    open_parts,
    same_parts,
    since_part,
    unapplied_parts,
)
from duedesk.store.queries.aging.since import currencies_there, cut_of, reach_of
from duedesk.store.queries.disputes import has_disputes
from duedesk.store.queries.uncollected import nothing_collected

_Group = tuple[RowKey, ...]
"""The keys of a row of the last level, its currency behind them."""
_Sums = dict[_Group, Sequence[int]]
"""Figures by group in ten-thousandths: an amount each costs more to dress than to read."""


def aging(connection: Connection, request: AgingRequest) -> Aging:
    """Give the aging with its proof: one row a group and currency, by name; totals by currency.

    Rows in which everything is nothing are left out.
    """
    return proved(connection, open_aging(connection, request))


def open_aging(connection: Connection, request: AgingRequest) -> Aging:
    """Give the aging at once: its balances are the sums of what stands beside them, and prove nothing yet."""
    with nothing_collected():
        return _open_aging(connection, request)


def _open_aging(connection: Connection, request: AgingRequest) -> Aging:
    cut = cut_of(connection, request)
    if request.by == (ACCOUNT,) and not request.apart_disputed:
        at_once = aging_by_account(connection, cut)
        if at_once is not None:
            return at_once
    unapplied = _added_up(connection, cut, unapplied_parts(cut))
    if of_invoices(request.by):
        older = _read(connection, open_by(connection, cut))
    else:
        older = _added_up(connection, cut, open_parts(connection, cut))
    apart = _apart(connection, cut)
    found: _Sums = {}
    for group, sums in older.items():
        (rest,), (left, disputed) = unapplied.pop(group, (0,)), _without(sums, apart.get(group))
        if rest or disputed or any(left):
            found[group] = (*map(sub, left, left[1:]), left[-1], rest, disputed, left[0] + rest + disputed)
    empty = (0,) * len(request.buckets)
    found |= {group: [*empty, rest, 0, rest] for group, (rest,) in unapplied.items() if rest}
    return _arranged(connection, request, found, is_proved=False)


def proved(connection: Connection, found: Aging) -> Aging:
    """Give an aging with the balances of the documents; ask it of the state of the book that the aging is from."""
    if connection.get_execution_options().get("hides", False):
        return replace(found, is_proved=True)
    with nothing_collected():
        return _proved(connection, found)


def _proved(connection: Connection, found: Aging) -> Aging:
    request = found.request
    cut = cut_of(connection, request)
    if of_invoices(request.by):
        invoiced = _read(connection, invoiced_by(connection, cut))
        balances = _merged([invoiced, _added_up(connection, cut, loose_parts(cut))])
    else:
        balances = _added_up(connection, cut, document_parts(cut))
    if len(request.by) == 1:
        known = [balances.pop((row.key, row.currency), (0,))[0] for row in found.rows]
        if not any(balance for (balance,) in balances.values()):
            rows = tuple(map(_with_balance, found.rows, amounts_of(known)))
            return Aging(request, rows, total_by_currency(rows))
        balances |= {(row.key, row.currency): (one,) for row, one in zip(found.rows, known, strict=True)}
    return _arranged(connection, request, _beside(found, balances), is_proved=True)


def _with_balance(row: AgingRow, balance: Decimal) -> AgingRow:
    return AgingRow(
        row.key, row.name, row.currency, row.buckets, row.unapplied, balance, row.number, disputed=row.disputed
    )


def _beside(found: Aging, balances: _Sums) -> _Sums:
    """Put the balances of the documents beside the figures; one that no figure stands beside has a row as well."""
    rows: _Sums = {}
    for group, row in _last_level(found):
        (balance,) = balances.pop(group, (0,))
        rows[group] = (*map(_units, (*row.buckets, row.unapplied, row.disputed)), balance)
    empty = (0,) * (len(found.request.buckets) + 2)
    return rows | {group: (*empty, balance) for group, (balance,) in balances.items() if balance}


def trend(
    connection: Connection, request: AgingRequest, days: Sequence[date]
) -> tuple[tuple[date, tuple[AgingRow, ...]], ...]:
    """Give for each of the days the open amounts by bucket, one row a currency; `balance` is what is open."""
    currencies, points = currencies_there(connection, request.currency), []
    reach = reach_of(connection, request.currency)
    for as_of in days:
        cut = cut_of(connection, replace(request, as_of=as_of, by=(CURRENCY,)), reach)
        whole = {} if cut.present else _added_up(connection, cut, _but_alone(connection, cut))
        apart, rows = _apart(connection, cut), []
        for currency in currencies:
            sums: Sequence[int] = whole.get((currency, currency), ())
            if cut.present or cut.is_by_spans:
                alone = _alone(connection, cut, currency)
                sums = tuple(map(add, sums, alone)) if sums else alone
            if not any(sums):
                continue
            left, contested = _without(sums, apart.get((currency, currency)))
            *buckets, disputed, balance = amounts_of((*map(sub, left, left[1:]), left[-1], contested, sums[0]))
            rows.append(AgingRow(currency, currency, currency, tuple(buckets), ZERO, balance, disputed=disputed))
        points.append((as_of, tuple(rows)))
    return tuple(points)


def _but_alone(connection: Connection, cut: Cut) -> list[Part]:
    return same_parts(connection, cut) if cut.is_by_spans else open_parts(connection, cut)


def _alone(connection: Connection, cut: Cut, currency: str) -> tuple[int, ...]:
    """Give what most of the work is in one currency: nothing has to be sorted for it."""
    request = replace(cut.request, currency=currency)
    alone = replace(cut, request=request, carried=frozenset(), currencies=(currency,))
    parts = open_parts(connection, alone) if cut.present else [since_part(alone)]
    rows = [raw_sums(connection, part, keys=0)[0] for part in parts]
    return tuple(sum(int(amount or 0) for amount in column) for column in zip(*rows, strict=True))


def _apart(connection: Connection, cut: Cut) -> _Sums:
    """Give what is contested by group: in all, what of it is older than each bucket, and in all once more.

    Nothing is given where it is not asked apart.
    """
    if not cut.request.apart_disputed or not has_disputes(connection):
        return {}
    return _read(connection, disputed_by(connection, cut))


def _without(sums: Sequence[int], contested: Sequence[int] | None) -> tuple[Sequence[int], int]:
    """Take what is contested out of its buckets, and give it beside them."""
    if contested is None:
        return sums, 0
    return tuple(map(sub, sums, contested[:-1])), contested[-1]


def _added_up(connection: Connection, cut: Cut, parts: Sequence[Part]) -> _Sums:
    """Add parts up by the groups that their columns lead to; all have the same figures."""
    if set(cut.request.by) <= COLUMNS.keys():  # the parts are by these groups already
        return _merged([_read(connection, part, cut.request.by) for part in parts])
    every = union_all(*parts).subquery("part")
    keys, source = keys_of(every, cut.request.by, cut.request.as_of)
    figures: list[ColumnElement[Any]] = [func.sum(column) for column in every.c if column.name not in cut.carried]
    currency = every.c.currency_iso_code
    grouped = (*keys, currency.label("currency"))
    return _read(connection, select(*grouped, *figures).select_from(source).group_by(*keys, currency))


def _merged(parts: Sequence[_Sums]) -> _Sums:
    """Add sums by group, most of which stand in one part alone."""
    whole, *others = sorted(parts, key=len, reverse=True)
    for part in others:
        for group, sums in part.items():
            held = whole.get(group)
            whole[group] = sums if held is None else tuple(map(add, held, sums))
    return whole


def _read(connection: Connection, question: Select[Any], by: Sequence[str] = ()) -> _Sums:
    """Read sums by group, past the layer that makes amounts; `by` says that the keys are columns of parts."""
    columns = question.selected_columns.keys()
    at = columns.index("currency_iso_code" if by else "currency")
    if not by:
        found = connection.execute(question)
        return {(*map(plain_key, row[:at]), row[at]): tuple(map(_units, row[at + 1 :])) for row in found}
    rows = raw_sums(connection, question, keys=at + 1)
    places = [columns.index(COLUMNS[path]) for path in by]
    return {(*(row[place] for place in places), row[at]): row[at + 1 :] for row in rows}


def _units(amount: Decimal) -> int:
    """Give ten-thousandths of a sum, which may be larger than an amount may be."""
    return int(amount.scaleb(4))


def _last_level(found: Aging) -> Iterable[tuple[_Group, AgingRow]]:
    for row in found.rows:
        if not row.parts:
            yield (row.key, row.currency), row
        for part in row.parts:
            yield (row.key, part.key, part.currency), part


def _arranged(connection: Connection, request: AgingRequest, found: _Sums, *, is_proved: bool) -> Aging:
    """Name the rows and put them in order, those of the second level within those of the first."""
    first, *second = [
        names_of(connection, path, {group[level] for group in found}) for level, path in enumerate(request.by)
    ]
    under: dict[RowKey, dict[str, list[tuple[RowKey, Sequence[int]]]]] = {}
    for group in sorted(found, key=_currency):
        under.setdefault(group[0], {}).setdefault(str(group[-1]), []).append((group[-2], found[group]))
    rows: list[AgingRow] = []
    for key, (name, number) in first.items():
        for currency, inner in under.get(key, {}).items():
            if not second:
                rows.append(_row(key, name, currency, inner[0][1], number))
                continue
            held = dict(inner)
            parts = tuple(
                _row(part, *said[:1], currency, held[part], said[1]) for part, said in second[0].items() if part in held
            )
            rows.append(replace(added_up(parts, key, name, number), parts=parts))
    return Aging(request, tuple(rows), total_by_currency(tuple(rows)), is_proved=is_proved)


def _row(key: RowKey, name: str, currency: str, units: Sequence[int], number: str) -> AgingRow:
    *buckets, unapplied, disputed, balance = amounts_of(units)
    return AgingRow(key, name, currency, tuple(buckets), unapplied, balance, number, disputed=disputed)


def _currency(group: _Group) -> str:
    return str(group[-1])
