"""What a dunning run has to know beside open balances: levels, disputes, promises, holds, cash; it judges nothing.

All of it is read at once, never by invoice: of most invoices and accounts there is nothing to know.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Connection, not_, or_, select

from duedesk.domain.dunning.policy import Policy
from duedesk.domain.dunning.reasons import Reason
from duedesk.domain.promises import Promise
from duedesk.store.queries.aging.groups import raw_rows
from duedesk.store.queries.asof import Standpoint
from duedesk.store.queries.dunning.cash import unapplied, under_way
from duedesk.store.queries.dunning.dunned import dunned_invoices
from duedesk.store.queries.dunning.kept_back import contested, holds, promises, write_offs
from duedesk.store.tables.dunning import dunning_letter, dunning_letter_item
from duedesk.store.tables.party import account


@dataclass(frozen=True, slots=True)
class Own:
    """What dunning knows of one invoice: its level, its last letter, its own policy."""

    level: int = 0
    last_dunned: date | None = None
    policy: int | None = None


@dataclass(frozen=True, slots=True)
class AccountFacts:
    """What dunning knows of one account."""

    policy: int | None = None
    type: str | None = None
    is_consumer: bool = False


@dataclass(slots=True)
class Facts:
    """What is to know of the book's invoices and accounts on a day, by their keys."""

    own: Mapping[int, Own] = field(default_factory=dict)
    contested: Mapping[int, Decimal] = field(default_factory=dict)
    promises: Mapping[int, Sequence[Promise]] = field(default_factory=dict)
    write_offs: Mapping[int, Decimal] = field(default_factory=dict)
    held: Mapping[int, Reason] = field(default_factory=dict)
    charges: frozenset[int] = frozenset()
    noticed: frozenset[int] = frozenset()
    accounts: Mapping[int, AccountFacts] = field(default_factory=dict)
    held_accounts: Mapping[int, Reason] = field(default_factory=dict)
    unapplied: dict[tuple[int, str], Decimal] = field(default_factory=dict)
    """By account and currency, positive."""
    under_way: Mapping[tuple[int, str], Decimal] = field(default_factory=dict)
    """Payments that are drafts yet."""
    heads: Mapping[int, int] = field(default_factory=dict)
    """The parent of each account that has one."""

    @property
    def special(self) -> frozenset[int]:
        """Give the invoices of which more is to know than their balance."""
        known = (self.own, self.contested, self.promises, self.write_offs, self.held, self.charges, self.noticed)
        return frozenset().union(*known)

    def head_of(self, key: int) -> int:
        """Give the head office of an account: its parent's parent, as far as they go."""
        seen = {key}
        while (parent := self.heads.get(key)) is not None and parent not in seen:
            seen.add(parent)
            key = parent
        return key


def facts(connection: Connection, as_of: date, among: Sequence[Policy], *, levels_now: bool = False) -> Facts:
    """Give what is to know on a day; `among` are the policies there are, `levels_now` counts every letter there is."""
    held, held_accounts = holds(connection, as_of)
    return Facts(
        own={
            row.id: Own(row.dunning_level, row.last_dunned_date, row.dunning_policy_id)
            for row in dunned_invoices(connection, None if levels_now else Standpoint(as_of))
        },
        contested=contested(connection, as_of),
        promises=promises(connection, as_of),
        write_offs=write_offs(connection),
        held=held,
        charges=charges(connection),
        noticed=_noticed(connection),
        accounts=_accounts(connection, among),
        held_accounts=held_accounts,
        unapplied=unapplied(connection, as_of),
        under_way=under_way(connection, as_of),
        heads=dict(
            raw_rows(connection, select(account.c.id, account.c.parent_id).where(account.c.parent_id.is_not(None)))
        ),
    )


def charges(connection: Connection) -> frozenset[int]:
    """Give the invoices over fees and interest of letters."""
    one = dunning_letter.c
    found = (connection.scalars(select(column).where(column.is_not(None))) for column in _charging(one))
    return frozenset().union(*found)


def _charging(one: Any) -> tuple[ColumnElement[int], ...]:
    return one.fee_invoice_id, one.interest_invoice_id


def _noticed(connection: Connection) -> frozenset[int]:
    one = dunning_letter_item.c
    found = select(one.invoice_id).where(one.level_after == 0, not_(one.is_cancelled))
    return frozenset(connection.scalars(found))


def _accounts(connection: Connection, among: Sequence[Policy]) -> dict[int, AccountFacts]:
    types = [one.account_type for one in among if one.account_type is not None]
    one = account.c
    found = select(one.id, one.dunning_policy_id, one.type, one.is_person_account).where(
        or_(one.dunning_policy_id.is_not(None), one.is_person_account, one.type.in_(types))
    )
    return {key: AccountFacts(policy, type_, person) for key, policy, type_, person in connection.execute(found)}
