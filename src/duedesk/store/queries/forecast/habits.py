"""How accounts pay, as it stood and was known: what fell due in the year before, counted by account and days late.

Of one account only what tells of it is read: its own invoices and those that stand for its segment.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    FromClause,
    Integer,
    Select,
    case,
    cast,
    func,
    literal_column,
    select,
    true,
    union_all,
)

from duedesk.domain.forecast.curves import Seen
from duedesk.domain.forecast.habits import Habits, seen_in
from duedesk.domain.forecast.weeks import LOOK_BACK, Expected
from duedesk.store.queries.aging.groups import raw_rows
from duedesk.store.queries.asof import Standpoint, invoices_as_of, is_present, later_by_invoice
from duedesk.store.queries.by_instalment import has_instalments, parts_of
from duedesk.store.queries.lists.fields import days_between
from duedesk.store.settlement import NOTHING, Chosen, chosen
from duedesk.store.tables.ledger import application, invoice
from duedesk.store.tables.party import account

_LATE_BITS = 20
"""Bits of days late, beside an account in one number: the database sorts such three times as fast as three columns."""

_MIDDLE = 1 << _LATE_BITS - 2


def habits(connection: Connection, standpoint: Standpoint, items: Iterable[Expected]) -> Habits:
    """Give the habits of all accounts; `items` is what is open."""
    unpaid = ((item.account, item.due, 1) for item in items)
    return Habits(seen_in(_seen(connection, standpoint, unpaid, None)), members(connection))


def habits_of_few(connection: Connection, standpoint: Standpoint) -> Habits:
    """Give the habits of accounts where few are asked for: of each is read what it needs."""

    def seen_of(accounts: Sequence[int]) -> Iterable[Seen]:
        return _seen(connection, standpoint, _unpaid(connection, standpoint, accounts), accounts).values()

    return Habits(seen_of, members(connection))


def members(connection: Connection) -> dict[int, str]:
    """Give by account whom it pays like where little is known of it: those of its type, else of its country."""
    found = raw_rows(connection, select(account.c.id, account.c.type, account.c.billing_country))
    return {
        key: f"accounts of type {type_}" if type_ else f"accounts in {country}" if country else ""
        for key, type_, country in found
    }


@dataclass(frozen=True, slots=True)
class PaidInvoice:
    """An invoice that tells how late its account pays. `days` is how late it was paid or is; None where credit did."""

    key: int
    number: str
    due: date
    settled: date | None
    is_paid: bool
    days: int | None

    @property
    def in_words(self) -> str:
        """Say how late it was paid, or is."""
        if self.days is None:
            return "settled by credit: never paid"
        if not self.is_paid and self.days <= 0:
            return "open, not overdue"
        late = "on the due date" if self.days == 0 else f"{abs(self.days):,} day{'' if abs(self.days) == 1 else 's'}"
        late += "" if self.days == 0 else " late" if self.days > 0 else " early"
        return f"paid {late}" if self.is_paid else f"open, {late} already"


def paid_invoices(connection: Connection, standpoint: Standpoint, account_key: int) -> tuple[PaidInvoice, ...]:
    """Give the invoices of an account that its habit is known from, what was paid soonest first, what is open last."""
    since = standpoint.as_of - timedelta(days=LOOK_BACK)
    only = select(invoice.c.id).where(invoice.c.billing_account_id == account_key)
    document = invoices_as_of(connection, standpoint, only=only)
    part = parts_of(document, by_instalment=has_instalments(connection))
    named = (document.c.id, document.c.document_number)
    whose = document.c.billing_account_id == account_key
    settled = select(
        *named, document.c.due_date, document.c.full_settlement_date, document.c.net_payments_applied != NOTHING
    ).where(whose, document.c.full_settlement_date <= standpoint.as_of, document.c.due_date > since)
    open_ = (
        select(*named, part.due)
        .select_from(part.source)
        .where(
            *(whose, document.c.balance != NOTHING, part.balance != NOTHING, part.due > since),
            document.c.invoice_date <= standpoint.as_of,
        )
    )
    found = [
        PaidInvoice(key, number or "", due, on, bool(paid), (on - due).days if paid else None)
        for key, number, due, on, paid in connection.execute(settled)
    ]
    found += [
        PaidInvoice(key, number or "", due, None, is_paid=False, days=(standpoint.as_of - due).days)
        for key, number, due in connection.execute(open_)
    ]
    return tuple(sorted(found, key=lambda one: (not one.is_paid, one.days is None, one.days or 0, one.due, one.key)))


def _seen(
    connection: Connection, standpoint: Standpoint, unpaid: Iterable[tuple[int, date, int]], accounts: Chosen
) -> dict[int, Seen]:
    since = standpoint.as_of - timedelta(days=LOOK_BACK)
    seen: dict[int, Seen] = {}
    whose, one = 0, Seen()
    for packed, count in raw_rows(connection, _settled(connection, standpoint, since, accounts)):
        key, late = packed >> _LATE_BITS, (packed >> 1 & 2 * _MIDDLE - 1) - _MIDDLE
        if key != whose:
            whose, one = key, seen.get(key) or Seen()
            seen[whose] = one
        if packed & 1:
            one.paid[late] = one.paid.get(late, 0) + int(count)  # a server counts twice in decimals
        else:
            one.closed += int(count)
    for whose, due, count in unpaid:
        if due > since:
            found = seen.get(whose)
            if found is None:
                found = seen[whose] = Seen()
            age = (standpoint.as_of - due).days
            found.unpaid[age] = found.unpaid.get(age, 0) + count
    return seen


def _unpaid(connection: Connection, standpoint: Standpoint, accounts: Chosen) -> Iterator[tuple[int, date, int]]:
    """Count what is open, by account and due date."""
    only = select(invoice.c.id).where(chosen(connection, invoice.c.billing_account_id, accounts))
    document = invoices_as_of(connection, standpoint, only=only, maybe_open=True)
    part = parts_of(document, by_instalment=has_instalments(connection))
    keys = (document.c.billing_account_id, part.due)
    found = (
        select(*keys, func.count())
        .select_from(part.source)
        .where(
            *(document.c.balance != NOTHING, part.balance != NOTHING, document.c.invoice_date <= standpoint.as_of),
            chosen(connection, document.c.billing_account_id, accounts),
        )
        .group_by(*keys)
    )
    yield from connection.execute(found)


def _settled(connection: Connection, standpoint: Standpoint, since: date, accounts: Chosen) -> Select[Any]:
    """Count what was settled by account, days late and whether payments did it; what changed since is rolled back."""
    within = chosen(connection, invoice.c.billing_account_id, accounts)
    if is_present(connection, standpoint):
        return _late(invoice, standpoint, since, within)
    of_them = true() if accounts is None else application.c.invoice_id.in_(select(invoice.c.id).where(within))
    touched = select(later_by_invoice(standpoint, of_them).c.invoice_id)
    posted = standpoint.happened(invoice.c.invoice_date, invoice.c.posted_at)
    same = _late(invoice, standpoint, since, invoice.c.id.not_in(touched), posted, within)
    then = _late(invoices_as_of(connection, standpoint, only=touched), standpoint, since)
    every = union_all(same, then).subquery("settled")
    return select(every.c.packed, func.sum(every.c.invoices)).group_by(every.c.packed)


def _late(document: FromClause, standpoint: Standpoint, since: date, *conditions: ColumnElement[bool]) -> Select[Any]:
    settled, due = document.c.full_settlement_date, document.c.due_date
    # Said so that no index is walked: half of the book is asked for, and is read sooner from one end to the other.
    in_time, of_late = func.coalesce(settled, standpoint.as_of + timedelta(days=1)), func.coalesce(due, since)
    late = (days_between(due, settled) + _whole(_MIDDLE)) * _whole(2)
    whose = cast(document.c.billing_account_id, BigInteger) * _whole(1 << _LATE_BITS)
    by_payment = case((document.c.net_payments_applied != NOTHING, _whole(1)), else_=_whole(0))
    packed = (whose + late + by_payment).label("packed")
    columns: tuple[ColumnElement[Any], ...] = (packed, func.count().label("invoices"))
    return select(*columns).where(in_time <= standpoint.as_of, of_late > since, *conditions).group_by(packed)


def _whole(number: int) -> ColumnElement[int]:
    """Write a number out: a server groups by no expression with values put in."""
    return literal_column(str(number), Integer())
