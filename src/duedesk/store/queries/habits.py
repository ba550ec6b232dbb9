"""How accounts pay: days to pay against terms, weighted, over what payments settled in the months before a day.

One pass over what was settled then, summed by account in the database.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Connection, FromClause, Select, func, select, type_coerce, union_all

from duedesk.domain.metrics import AccountHabit, months_before
from duedesk.store.queries.asof import Standpoint, invoices_as_of, is_present, later_by_invoice
from duedesk.store.queries.lists.fields import days_between
from duedesk.store.settlement import NOTHING
from duedesk.store.tables.ledger import invoice
from duedesk.store.tables.party import account

_HUNDREDTHS = 100
"""Weights are whole hundredths, so that amounts times days stay within 64 bits."""


def days_to_pay(
    connection: Connection,
    as_of: date,
    known_on: datetime | None = None,
    currency: str | None = None,
    *,
    months: int = 12,
) -> tuple[AccountHabit, ...]:
    """Give one row an account and currency, by currency, whoever settled most first.

    What credit alone settled says nothing. It looks at what was settled in the `months` months up to the day.
    """
    standpoint, since = Standpoint(as_of, known_on), months_before(as_of, months)
    if is_present(connection, standpoint):
        parts = [_sums(invoice, standpoint, since, currency)]
    else:
        undone = later_by_invoice(standpoint)
        touched = select(undone.c.invoice_id)
        as_now = _sums(invoice, standpoint, since, currency).where(
            invoice.c.id.not_in(touched), standpoint.happened(invoice.c.invoice_date, invoice.c.posted_at)
        )
        parts = [
            as_now,
            _sums(invoices_as_of(connection, standpoint, only=touched), standpoint, since, currency),
        ]
    every = union_all(*parts).subquery("part")
    keys = (every.c.billing_account_id, every.c.currency_iso_code)
    summed = (func.sum(every.c[name]).label(name) for name in ("invoices", "settled", "weight", "paid", "terms"))
    by_account = select(*keys, *summed).group_by(*keys).subquery("habit")
    found = connection.execute(
        select(by_account, account.c.name, account.c.account_number)
        .join(account, account.c.id == by_account.c.billing_account_id)
        .order_by(by_account.c.currency_iso_code, by_account.c.settled.desc(), account.c.folded_name, account.c.id)
    )
    return tuple(
        AccountHabit(
            key=row.billing_account_id,
            name=row.name,
            number=row.account_number or "",
            currency=row.currency_iso_code,
            invoices=int(row.invoices),
            settled=row.settled,
            days_to_pay=Decimal(int(row.paid)) / int(row.weight),
            terms=Decimal(int(row.terms)) / int(row.weight),
        )
        for row in found
        if row.weight
    )


@dataclass(frozen=True, slots=True)
class Settled:
    """An invoice that payments settled, with what its days weigh."""

    key: int
    number: str
    dated: date
    due: date
    settled: date
    total: Decimal

    @property
    def weight(self) -> int:
        """Give by how much its days count: its total in whole hundredths."""
        return int(self.total * _HUNDREDTHS)

    @property
    def days(self) -> int:
        """Give how many days it took to be paid."""
        return (self.settled - self.dated).days

    @property
    def terms(self) -> int:
        """Give how many days it had."""
        return (self.due - self.dated).days


def settled_by(
    connection: Connection, account_key: int, standpoint: Standpoint, currency: str, months: int
) -> tuple[Settled, ...]:
    """Give the invoices behind the days to pay of an account, those that weigh most first."""
    only = select(invoice.c.id).where(invoice.c.billing_account_id == account_key)
    document = invoices_as_of(connection, standpoint, only=only)
    found = connection.execute(
        select(
            document.c.id,
            document.c.document_number,
            document.c.invoice_date,
            document.c.due_date,
            document.c.full_settlement_date,
            document.c.total_amount_with_tax,
        ).where(
            document.c.billing_account_id == account_key,
            document.c.full_settlement_date <= standpoint.as_of,
            document.c.full_settlement_date > months_before(standpoint.as_of, months),
            document.c.net_payments_applied != NOTHING,
            document.c.currency_iso_code == currency,
        )
    )
    settled = (Settled(row[0], row[1] or "", *row[2:]) for row in found)
    return tuple(sorted(settled, key=lambda one: (-one.weight, one.dated, one.key)))


def _sums(document: FromClause, standpoint: Standpoint, since: date, currency: str | None) -> Select[Any]:
    """Sum what payments settled, by account: how many, their totals, and these times the days each took and had."""
    total, settled = document.c.total_amount_with_tax, document.c.full_settlement_date
    keys = (document.c.billing_account_id, document.c.currency_iso_code)
    weight = type_coerce(total, BigInteger) // _HUNDREDTHS
    began = document.c.invoice_date
    figures: tuple[ColumnElement[Any], ...] = (
        func.count().label("invoices"),
        func.sum(total).label("settled"),
        func.sum(weight).label("weight"),
        func.sum(weight * days_between(began, settled)).label("paid"),
        func.sum(weight * days_between(began, document.c.due_date)).label("terms"),
    )
    found = (
        select(*keys, *figures)
        .where(settled <= standpoint.as_of, settled > since, document.c.net_payments_applied != NOTHING)
        .group_by(*keys)
    )
    return found if currency is None else found.where(document.c.currency_iso_code == currency)
