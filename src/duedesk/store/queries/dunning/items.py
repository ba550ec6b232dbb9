"""Open invoices as a dunning run goes through them, judged by the rules of the domain; no letter is made here.

An item of which nothing is known but its balance is judged by its due date alone, once for all that fall due that day.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, FromClause, Select, select

from duedesk.domain.dunning.policy import Policy, chosen_policy
from duedesk.domain.dunning.reasons import Reason, Why
from duedesk.domain.dunning.rules import Item, Verdict, judge
from duedesk.domain.money import ZERO, amounts_of
from duedesk.domain.promises import still_promised
from duedesk.store.queries.aging.groups import raw_rows
from duedesk.store.queries.asof import Standpoint, invoices_as_of
from duedesk.store.queries.by_instalment import SCHEDULED, has_instalments, oldest_due, overdue_amount
from duedesk.store.queries.dunning.facts import AccountFacts, Facts, Own
from duedesk.store.settlement import NOTHING, chosen

_NOTHING_KNOWN = AccountFacts()
_NEW = Own()


@dataclass(slots=True, unsafe_hash=True)
class Judged:
    """An open invoice with what becomes of it; never changed, as there are a hundred thousand."""

    key: int
    account: int
    currency: str
    due: date
    age: int
    balance: Decimal
    number: str
    contact: int | None
    policy: Policy | None
    verdict: Verdict
    level: int
    asked: Decimal
    contested: Decimal = ZERO
    promised: Decimal = ZERO


@dataclass(slots=True)
class Judge:
    """Judges the items of a run of a day by what is known; `only` are the policies the run is of (None: all).

    Ages are those of the day of the run; what is open and promised is that of `standing_on`, the same day as a rule.
    """

    as_of: date
    policies: Sequence[Policy]
    facts: Facts
    only: Collection[int] | None = None
    standing_on: date | None = None
    _chosen_policies: dict[tuple[int | None, int | None, str | None], Policy | None] = field(default_factory=dict)
    _plain: dict[tuple[int, date], Verdict] = field(default_factory=dict)

    def policy_of(self, account: int, own: int | None = None) -> Policy | None:
        """Give the policy of an account's invoices, or of one that has its own."""
        facts = self.facts.accounts.get(account, _NOTHING_KNOWN)
        asked = (own, facts.policy, facts.type)
        if asked not in self._chosen_policies:
            self._chosen_policies[asked] = chosen_policy(*asked, self.policies)
        return self._chosen_policies[asked]

    def plain(self, policy: Policy | None, due: date) -> Verdict:
        """Judge what is due on a day and has nothing special about it."""
        key = (0 if policy is None else policy.key, due)
        found = self._plain.get(key)
        if found is None:
            found = self._plain[key] = self._chosen(policy) or judge(
                Item((self.as_of - due).days, Decimal(1)), policy, self.as_of
            )
        return found

    def special(self, row: "Row", balance: Decimal) -> Judged:
        """Judge an item of which something is known."""
        key, account, currency, due, age, _, overdue, number, contact = row
        known = self.facts
        own = known.own.get(key, _NEW)
        policy = self.policy_of(account, own.policy)
        promises = known.promises.get(key, ())
        grace = policy.promise_grace_days if policy is not None else 0
        promised, promised_for = still_promised(promises, self.standing_on or self.as_of, grace)
        item = Item(
            age=age,
            overdue=overdue,
            level=own.level,
            last_dunned=own.last_dunned,
            contested=min(known.contested.get(key, ZERO), balance),
            promised=min(promised, balance),
            promised_for=promised_for,
            to_be_written_off=known.write_offs.get(key, ZERO),
            hold=known.held.get(key) or known.held_accounts.get(account),
            is_charge=key in known.charges,
            is_noticed=key in known.noticed,
        )
        verdict = self._chosen(policy) or judge(item, policy, self.as_of)
        return Judged(
            key, account, currency, due, age, balance, number, contact, policy, verdict, own.level, item.asked,
            item.contested, item.promised,
        )  # fmt: skip

    def _chosen(self, policy: Policy | None) -> Verdict | None:
        """Say that a policy is no part of the run."""
        if policy is None or self.only is None or policy.key in self.only:
            return None
        return Verdict(None, Reason(Why.NOT_CHOSEN, words=policy.name))


Row = tuple[int, int, str, date, int, Decimal, Decimal, str, int | None]
"""Key, account, currency, due date, age, balance, what is overdue of it, number, contact."""


def judged(connection: Connection, judge_: Judge, accounts: Collection[int] | None = None) -> Iterator[Judged]:
    """Give every open invoice that a run goes through, those of an account and currency together, oldest first."""
    special, held = judge_.facts.special, judge_.facts.held_accounts
    for row in _rows(connection, judge_, accounts):
        key, account, currency, due, age, balance, overdue, number, contact = row
        if key in special or account in held or overdue != balance:
            yield judge_.special(row, balance)
            continue
        policy = judge_.policy_of(account)
        verdict = judge_.plain(policy, due)
        yield Judged(key, account, currency, due, age, balance, number, contact, policy, verdict, 0, balance)


def _rows(connection: Connection, judge_: Judge, accounts: Collection[int] | None) -> Iterator[Row]:
    as_of = judge_.as_of
    noticing = [one.courtesy.days_overdue for one in judge_.policies if one.is_active and one.courtesy is not None]
    upto = as_of + timedelta(days=-min(noticing, default=1))
    document = invoices_as_of(connection, Standpoint(judge_.standing_on or as_of), maybe_open=True)
    by_instalment = has_instalments(connection)
    question = _question(document, document.c.due_date, document.c.balance, as_of)
    question = question.where(chosen(connection, document.c.billing_account_id, accounts), document.c.due_date <= upto)
    if by_instalment:
        question = question.where(document.c.id.not_in(SCHEDULED))
    rows = raw_rows(connection, question)
    if by_instalment:
        oldest = oldest_due(document)
        of_these = _question(document, oldest, overdue_amount(document, as_of), as_of)
        of_these = of_these.where(chosen(connection, document.c.billing_account_id, accounts))
        rows += raw_rows(connection, of_these.where(document.c.id.in_(SCHEDULED), oldest < as_of))
        rows.sort(key=lambda row: (row[1], row[2], row[3]))
    if not rows:
        return
    keys, account_keys, currencies, dues, balances, overdue, numbers, contacts = zip(*rows, strict=True)
    days = cache(lambda due: due if isinstance(due, date) else date.fromisoformat(due))
    due_days = list(map(days, dues))
    ages = [(as_of - due).days for due in due_days]
    amounts, late = amounts_of(map(int, balances)), amounts_of(map(int, overdue))
    said = (number or "" for number in numbers)
    yield from zip(keys, account_keys, currencies, due_days, ages, amounts, late, said, contacts, strict=True)


def _question(
    document: FromClause, due: ColumnElement[date], overdue: ColumnElement[Decimal], as_of: date
) -> Select[Any]:
    one = document.c
    columns = (one.billing_account_id, one.currency_iso_code, due.label("due"), one.balance, overdue.label("overdue"))
    asked: Select[Any] = select(one.id, *columns, one.document_number, one.bill_to_contact_id)
    order = (one.billing_account_id, one.currency_iso_code, due)
    return asked.where(one.balance != NOTHING, one.invoice_date <= as_of).order_by(*order)
