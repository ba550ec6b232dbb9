"""The aging by account: added up place by place, its rows made column by column; it proves nothing.

Each account has its places in a long list, one a bucket and one for what is unapplied. What is open today lies in an
index by account, and is grouped there. What was open on a past day lies in none of a file: its lines are read and added
up here, for to sort them would cost as much as to find them. A server groups: to hand over lines would cost it more.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise, repeat
from operator import sub
from typing import Any, cast

from sqlalchemy import Connection, select

from duedesk.domain.aging import Aging, AgingRow
from duedesk.domain.money import amounts_of
from duedesk.store.queries.aging.groups import raw_rows, raw_sums
from duedesk.store.queries.aging.parts import Cut, Part, open_parts, unapplied_parts
from duedesk.store.tables.party import account

_MOST_PLACES = 8_000_000
"""Places of a currency up to which it is done so: keys of accounts that lie far apart would only fill memory."""


_Places = dict[str, list[int]]
"""What each place holds, by currency."""
_Named = Sequence[tuple[int, str, str | None]]
"""The accounts by name: their keys, names and numbers."""


def aging_by_account(connection: Connection, cut: Cut) -> Aging | None:
    """Give the aging; None where it has to be made another way: an account is not seen, or keys lie too far apart."""
    by_name = select(account.c.id, account.c.name, account.c.account_number)
    named: _Named = raw_rows(
        connection, by_name.order_by(account.c.folded_name, account.c.name, account.c.account_number)
    )
    size = (max((one[0] for one in named), default=0) + 1) * cut.width
    if size > _MOST_PLACES:
        return None
    try:
        if connection.dialect.name == "sqlite":
            sums = _of_file(connection, cut, size)
        else:
            sums = _of_server(connection, cut, size)
    except IndexError:  # an account that is not seen
        return None
    made: list[dict[int, AgingRow]] = []
    totals: list[AgingRow] = []
    for currency in sorted(sums):
        columns = [sums[currency][place :: cut.width] for place in range(cut.width)]
        filled = list(map(any, zip(*columns, strict=True)))
        chosen = [one for one in named if filled[one[0]]]
        if len(chosen) < sum(filled):
            return None
        if chosen:
            rows, total = _rows(chosen, currency, columns)
            made.append(rows)
            totals.append(total)
    ordered = tuple([rows[one[0]] for one in named for rows in made if one[0] in rows])
    return Aging(cut.request, ordered, tuple(totals), is_proved=False)


def _of_file(connection: Connection, cut: Cut, size: int) -> _Places:
    """Add up what each place holds, currency by currency: today's groups, or a past day's lines."""
    lined = replace(cut, by_line=True)
    sums: _Places = defaultdict(lambda: [0] * size)
    if cut.present:
        for part in open_parts(connection, cut):
            _add_groups(sums, raw_rows(connection, part), cut.width)
    lines = [] if cut.present else open_parts(connection, lined)
    _add_lines(_ByCode(sums, cut.currencies), connection, [*lines, *unapplied_parts(lined)])
    return sums


class _ByCode(dict[int | str, list[int]]):
    """The places of a currency by its number among those that are known, or by its code."""

    def __init__(self, sums: _Places, currencies: Sequence[str]) -> None:
        super().__init__({number: sums[code] for number, code in enumerate(currencies)})
        self._sums = sums

    def __missing__(self, code: int | str) -> list[int]:
        places = self[code] = self._sums[str(code)]
        return places


def _add_lines(sums: _ByCode, connection: Connection, parts: Iterable[Part]) -> None:
    """Read the lines of parts and add up what is in each place."""
    at_once = {"yield_per": None, "stream_results": False}
    for part in parts:
        with connection.execute(part, execution_options=at_once) as found:
            for place, code, amount in cast("Iterable[tuple[int, int | str, int]]", found.cursor):
                sums[code][place] += amount


def _of_server(connection: Connection, cut: Cut, size: int) -> _Places:
    """Read what a server has added up by account, and put it into its places, currency by currency."""
    sums: _Places = defaultdict(lambda: [0] * size)
    for part in open_parts(connection, cut):
        _add_groups(sums, raw_sums(connection, part, keys=2), cut.width)
    for part in unapplied_parts(cut):
        for key, currency, amount in raw_sums(connection, part, keys=2):
            sums[currency][(key + 1) * cut.width - 1] += amount
    return sums


def _add_groups(sums: _Places, groups: Iterable[Sequence[Any]], width: int) -> None:
    """Put groups of an account and a currency into their places: what a bucket holds is what is not older.

    Column by column: a group at a time takes three times as long.
    """
    by_currency: dict[str, list[Sequence[Any]]] = defaultdict(list)
    for group in groups:
        by_currency[group[1]].append(group)
    for currency, rows in by_currency.items():
        places = sums[currency]
        keys, _, *older = zip(*rows, strict=True)
        first = [key * width for key in keys]
        for bucket, (amounts, older_yet) in enumerate(pairwise((*older, repeat(0, len(rows))))):
            for place, amount in zip(first, map(sub, amounts, older_yet), strict=True):
                places[place + bucket] += amount


def _rows(chosen: _Named, currency: str, columns: Sequence[list[int]]) -> tuple[dict[int, AgingRow], AgingRow]:
    """Give the rows of some accounts in a currency, and their total: made in columns they take half the time."""
    keys, names, numbers = zip(*chosen, strict=True)
    if not all(names):
        names = tuple(name or str(key) for key, name in zip(keys, names, strict=True))
    units: list[Sequence[int]] = [list(map(column.__getitem__, keys)) for column in columns]
    units.append(list(map(sum, zip(*units, strict=True))))
    *buckets, unapplied, balances = map(amounts_of, units)
    by_row = zip(*buckets, strict=True)
    rows = map(AgingRow, keys, names, repeat(currency), by_row, unapplied, balances, (one or "" for one in numbers))
    *sums, rest, balance = amounts_of(map(sum, units))
    return dict(zip(keys, rows, strict=True)), AgingRow(None, "Total", currency, tuple(sums), rest, balance)
