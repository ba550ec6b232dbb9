"""Whom letters go to: account and contact with their addresses, read once for a whole run; and what is not due yet."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, Table, select

from duedesk.domain.dunning.proposal import Addressee, ListedItem
from duedesk.store.queries.aging.groups import raw_rows
from duedesk.store.queries.asof import Standpoint, invoices_as_of
from duedesk.store.queries.dunning.facts import Facts
from duedesk.store.settlement import NOTHING, chosen
from duedesk.store.tables.party import account, contact


def addressees(connection: Connection, billed: Mapping[int, int | None], known: Facts) -> dict[int, Addressee]:
    """Give by account whom to write to; `billed` says which contact was billed.

    That is the contact that was billed, else the account's only one, else nobody by name. The address is the account's;
    where it has none, the contact's.
    """
    people, alone = _people(connection, billed)
    asked = select(*_ACCOUNT, *_address(account, "billing")).where(chosen(connection, account.c.id, billed.keys()))
    made = {}
    for key, name, number, *address in raw_rows(connection, asked):
        reached = billed[key]
        person = people.get(reached) if reached is not None else alone.get(key)
        facts = known.accounts.get(key)
        is_consumer = facts is not None and facts.is_consumer
        made[key] = _addressee((key, name, number or ""), _Place(*address), person, is_consumer=is_consumer)
    return made


def not_due(
    connection: Connection, accounts: Collection[int], as_of: date, standing_on: date
) -> dict[tuple[int, str], list[ListedItem]]:
    """Give by account and currency the invoices that are not due on a day and open on another, the next due first."""
    document = invoices_as_of(connection, Standpoint(standing_on), maybe_open=True)
    one = document.c
    asked = select(
        one.billing_account_id, one.currency_iso_code, one.id, one.document_number, one.due_date, one.balance
    ).where(
        one.balance != NOTHING,
        one.invoice_date <= as_of,
        one.due_date >= as_of,
        chosen(connection, one.billing_account_id, accounts),
    )
    found: dict[tuple[int, str], list[ListedItem]] = {}
    for key, currency, invoice, number, due, balance in connection.execute(asked.order_by(one.due_date, one.id)):
        found.setdefault((key, currency), []).append(ListedItem(invoice, number or "", due, balance))
    return found


def _people(
    connection: Connection, billed: Mapping[int, int | None]
) -> tuple[dict[int, "_Person"], dict[int, "_Person"]]:
    """Give contacts by key, and of each account with a single contact that one."""
    asked = select(*_CONTACT, *_address(contact, "mailing"))
    of_accounts = asked.where(chosen(connection, contact.c.account_id, billed.keys()))
    people = {one.key: one for one in _read(connection, of_accounts)}
    elsewhere = [key for key in billed.values() if key is not None and key not in people]
    if elsewhere:
        others = asked.where(chosen(connection, contact.c.id, elsewhere))
        people |= {one.key: one for one in _read(connection, others)}
    by_account: dict[int, list[_Person]] = {}
    for one in people.values():
        if one.account is not None:
            by_account.setdefault(one.account, []).append(one)
    return people, {key: several[0] for key, several in by_account.items() if len(several) == 1}


class _Place(NamedTuple):
    """An address as it is stored."""

    street: str | None
    city: str | None
    state: str | None
    code: str | None
    country: str | None

    @property
    def lines(self) -> str:
        """Give the address as lines; nothing where only the country is known."""
        if not (self.street or self.city or self.code):
            return ""
        place = " ".join(part for part in (self.code, self.city, self.state) if part)
        return "\n".join(part for part in (self.street, place, self.country) if part)


class _Person(NamedTuple):
    """A contact as far as a letter has to know it."""

    key: int
    account: int | None
    name: str
    email: str | None
    language: str | None
    may_not: bool
    bounced: object
    place: _Place


_ACCOUNT = (account.c.id, account.c.name, account.c.account_number)
_CONTACT = (
    *(contact.c.id, contact.c.account_id, contact.c.name, contact.c.email, contact.c.language_code),
    *(contact.c.do_not_mail, contact.c.email_bounced_date),
)


def _address(whose: Table, kind: str) -> list[ColumnElement[str]]:
    return [whose.c[f"{kind}_{part}"] for part in ("street", "city", "state", "postal_code", "country")]


def _read(connection: Connection, asked: Select[Any]) -> Iterator[_Person]:
    for row in raw_rows(connection, asked):
        key, of_account, name, email, language, may_not, bounced, *place = row
        yield _Person(key, of_account, name, email, language, bool(may_not), bounced, _Place(*place))


def _addressee(whose: tuple[int, str, str], place: _Place, person: _Person | None, *, is_consumer: bool) -> Addressee:
    country, postal = place.country or "", place.lines
    if person is None:
        return Addressee(*whose, country, is_consumer, postal=postal)
    email = "" if person.may_not or person.bounced is not None else person.email or ""
    country, postal = country or person.place.country or "", postal or person.place.lines
    return Addressee(*whose, country, is_consumer, person.key, person.name, email, person.language or "", postal)
