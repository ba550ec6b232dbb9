"""One account whole, as of a day: what it owes by age and currency, item by item, and every field of it."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import Connection, select

from duedesk.domain.aging import DEFAULT_BUCKETS
from duedesk.domain.errors import RequestError
from duedesk.domain.money import ZERO
from duedesk.store.queries.asof import Standpoint
from duedesk.store.queries.letters.lists import LetterRow, letter_rows
from duedesk.store.queries.records.account_items import OpenInvoice, SourceItem, open_invoices, received, unapplied
from duedesk.store.queries.records.invoice import FieldValue, record_fields
from duedesk.store.tables.party import account


@dataclass(frozen=True, slots=True)
class Debt:
    """What an account owes in one currency: open by bucket, what is not applied (negative), and the balance of both."""

    currency: str
    buckets: tuple[Decimal, ...]
    unapplied: Decimal

    @property
    def balance(self) -> Decimal:
        """Give what is left when all is counted."""
        return sum(self.buckets, self.unapplied)

    @property
    def overdue(self) -> Decimal:
        """Give what is past due."""
        return sum(self.buckets[1:], ZERO)


@dataclass(frozen=True, slots=True)
class AccountRecord:
    """One account as of a day; of what was received, the newest."""

    key: int
    name: str
    number: str
    country: str
    fields: tuple[FieldValue, ...]
    debts: tuple[Debt, ...]
    invoices: tuple[OpenInvoice, ...]
    unapplied: tuple[SourceItem, ...]
    received: tuple[SourceItem, ...]
    letters: tuple[LetterRow, ...] = ()
    """Letters to it by the day, the newest first."""


def account_record(connection: Connection, key: int, *, as_of: date, known_on: datetime | None = None) -> AccountRecord:
    """Give an account as of a day; RequestError where it is gone."""
    stored = connection.execute(select(account).where(account.c.id == key)).first()
    if stored is None:
        raise RequestError("That account is no longer in the book.", "Refresh the list.")
    standpoint = Standpoint(as_of, known_on)
    invoices = open_invoices(connection, key, standpoint)
    rests = unapplied(connection, key, standpoint)
    return AccountRecord(
        key=key,
        name=stored.name,
        number=stored.account_number or "",
        country=stored.billing_country or "",
        fields=record_fields(connection, "Account", key, as_of=as_of, known_on=known_on),
        debts=_debts(invoices, rests),
        invoices=invoices,
        unapplied=rests,
        received=received(connection, key, standpoint),
        letters=tuple(one for one in letter_rows(connection, account_key=key) if one.day <= as_of),
    )


def _debts(invoices: tuple[OpenInvoice, ...], rests: tuple[SourceItem, ...]) -> tuple[Debt, ...]:
    """Add up by currency, the largest debt first; currencies are never added together."""
    buckets: dict[str, list[Decimal]] = {}
    for one in invoices:
        held = buckets.setdefault(one.currency, [ZERO] * len(DEFAULT_BUCKETS))
        held[DEFAULT_BUCKETS.index(one.days_overdue)] += one.balance
    for currency in {item.currency for item in rests} - buckets.keys():
        buckets[currency] = [ZERO] * len(DEFAULT_BUCKETS)
    debts = [
        Debt(currency, tuple(held), -sum((item.rest for item in rests if item.currency == currency), ZERO))
        for currency, held in buckets.items()
    ]
    return tuple(sorted(debts, key=lambda debt: (-debt.balance, debt.currency)))
