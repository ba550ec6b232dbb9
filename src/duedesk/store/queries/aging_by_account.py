"""The aging by account: lines of a file added up place by place, rows made column by column; it proves nothing.

Most invoices of a day are of an account of their own, so that grouping them in a file costs as much as finding them.
Here each account has its places in a long list, one a bucket and one for what is unapplied. A server groups them: to
hand over lines would cost it more.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise, repeat
from typing import cast

from sqlalchemy import Connection, select

from duedesk.domain.aging import Aging, AgingRow
from duedesk.domain.money import amounts_of
from duedesk.store.queries.aging_groups import raw_rows, raw_sums
from duedesk.store.queries.aging_parts import Cut, open_parts, unapplied_parts
from duedesk.store.tables.party import account

_MOST_PLACES = 8_000_000
"""Places of a currency up to which it is done so: keys of accounts that lie far apart would only fill memory."""


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
            sums = _added_up(connection, replace(cut, by_line=True), size)
        else:
            sums = _grouped(connection, cut, size)
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


def _added_up(connection: Connection, cut: Cut, size: int) -> dict[str, list[int]]:
    """Read the lines of all parts and add up what is in each place, currency by currency."""
    sums: dict[int | str, list[int]] = defaultdict(lambda: [0] * size)
    at_once = {"yield_per": None, "stream_results": False}
    for part in (*open_parts(connection, cut), *unapplied_parts(cut)):
        with connection.execute(part, execution_options=at_once) as found:
            for place, code, amount in cast("Iterable[tuple[int, int | str, int]]", found.cursor):
                sums[code][place] += amount
    return {cut.currencies[code] if isinstance(code, int) else code: places for code, places in sums.items()}


def _grouped(connection: Connection, cut: Cut, size: int) -> dict[str, list[int]]:
    """Read what a server has added up by account, and put it into its places, currency by currency."""
    sums: dict[str, list[int]] = defaultdict(lambda: [0] * size)
    for part in open_parts(connection, cut):
        for key, currency, *older in raw_sums(connection, part, keys=2):
            places, first = sums[currency], key * cut.width
            for bucket, (amount, older_yet) in enumerate(pairwise((*older, 0))):
                places[first + bucket] += amount - older_yet
    for part in unapplied_parts(cut):
        for key, currency, amount in raw_sums(connection, part, keys=2):
            sums[currency][(key + 1) * cut.width - 1] += amount
    return sums


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
