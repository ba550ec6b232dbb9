"""What a dunning run of a day would do: letters, and every overdue invoice left out with why; it writes nothing.

Judged items are put together to letters: one an account (or invoice, or head office), currency and policy. What cash
and credits leave unapplied is taken off the letters of its account, those about what is overdue first.
"""

from collections.abc import Collection, Container, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from sqlalchemy import Connection

from duedesk.domain.business_days import IsFree, deadline, is_weekend
from duedesk.domain.days import on_calendar
from duedesk.domain.dunning.policy import HEAD_OFFICE, INVOICE, MAIL, PRINT, Policy, PolicyLevel
from duedesk.domain.dunning.proposal import Addressee, LeftOut, Proposal, ProposedItem, ProposedLetter, letter_key
from duedesk.domain.dunning.reasons import Reason
from duedesk.domain.dunning.rules import Sums, raised, sums_of
from duedesk.domain.money import ZERO
from duedesk.store.queries.dunning.addressees import addressees, not_due
from duedesk.store.queries.dunning.facts import Facts, facts
from duedesk.store.queries.dunning.items import Judge, Judged, judged
from duedesk.store.queries.dunning.policies import policies
from duedesk.store.queries.uncollected import nothing_collected

_Group = tuple[int, str, int, int, bool]
"""Account or head office, currency, policy, invoice where letters are per invoice, whether it is a notice."""


def propose(
    connection: Connection,
    as_of: date,
    policy_keys: Collection[int] | None = None,
    *,
    accounts: Collection[int] | None = None,
    is_free: IsFree = is_weekend,
    standing_on: date | None = None,
    only: Container[int] | None = None,
    among: Sequence[Policy] | None = None,
) -> Proposal:
    """Give what a run of a day would do, of these policies (None: all) and accounts (None: all).

    `is_free` knows the holidays that no deadline falls on. What is open, held, promised or disputed is that of the day
    of the run, and so are the levels; where `standing_on` says another day, it is that day's with the levels of now, as
    letters are issued. `only` leaves every other invoice aside, without a word; `among` are the policies to dun by in
    place of those of the book.
    """
    with nothing_collected():
        run = _Run(on_calendar(as_of), Facts(), is_free, standing_on or as_of, only, levels_now=standing_on is not None)
        return _propose(connection, run, policy_keys, accounts, policies(connection) if among is None else among)


def _propose(
    connection: Connection,
    run: "_Run",
    policy_keys: Collection[int] | None,
    accounts: Collection[int] | None,
    every: Sequence[Policy],
) -> Proposal:
    drafts = _drafts(connection, run, every, policy_keys, accounts)
    known = run.known
    to = addressees(connection, {draft.account: draft.contact for draft in drafts}, known)
    letters = [run.letter(draft, to[draft.account]) for draft in drafts]
    letters.sort(key=lambda one: (one.to.name.casefold(), one.to.number, one.currency, one.is_courtesy, one.key))
    proposal = Proposal(run.as_of, tuple(letters), tuple(run.left_out), {one.key: one for one in every})
    return _with_not_due(connection, proposal, run.standing_on)


def dunned(connection: Connection, as_of: date) -> list[int]:
    """Give the invoices that a run of a day would put into its letters, of which nothing else is made."""
    with nothing_collected():
        run = _Run(on_calendar(as_of), Facts(), is_weekend, as_of)
        drafts = _drafts(connection, run, policies(connection))
        return [one.key for draft in drafts for one in draft.items]


def _drafts(
    connection: Connection,
    run: "_Run",
    every: Sequence[Policy],
    policy_keys: Collection[int] | None = None,
    accounts: Collection[int] | None = None,
) -> "list[_Draft]":
    """Go through the open invoices, and give the letters that come of them."""
    run.known = facts(connection, run.standing_on, every, levels_now=run.levels_now)
    judge = Judge(run.as_of, every, run.known, policy_keys, run.standing_on)
    for one in judged(connection, judge, accounts):
        if run.only is None or one.key in run.only:
            run.take(one)
    return list(run.drafts())


@dataclass(slots=True)
class _Draft:
    """A letter whose items and sums are known, and not yet whom it goes to."""

    group: _Group
    policy: Policy
    level: PolicyLevel
    items: list[Judged]
    levels: list[int]
    sums: Sums

    @property
    def account(self) -> int:
        return self.group[0]

    @property
    def contact(self) -> int | None:
        return next((one.contact for one in self.items if one.contact is not None), None)


@dataclass(slots=True)
class _Run:
    """A run under way: items by letter, and what is left out."""

    as_of: date
    known: Facts
    is_free: IsFree
    standing_on: date
    only: Container[int] | None = None
    levels_now: bool = False
    left_out: list[LeftOut] = field(default_factory=list)
    _groups: dict[_Group, list[Judged]] = field(default_factory=dict)
    _deadlines: dict[tuple[str, int], date] = field(default_factory=dict)

    def take(self, one: Judged) -> None:
        """Put an item to its letter, or to what is left out."""
        if one.verdict.level is None or one.policy is None:
            if one.age > 0:
                self.left_out.append(_left_out(one, one.verdict.reason))
            return
        policy = one.policy
        account = self.known.head_of(one.account) if policy.letter_per == HEAD_OFFICE else one.account
        alone = one.key if policy.letter_per == INVOICE else 0
        self._groups.setdefault((account, one.currency, policy.key, alone, one.age <= 0), []).append(one)

    def drafts(self) -> Iterator[_Draft]:
        """Give the letters that are written, what is overdue first; the items of others are left out."""
        rest = dict(self.known.unapplied)
        for group, items in sorted(self._groups.items(), key=lambda one: one[0][4]):
            policy = items[0].policy
            if policy is None:
                continue
            level = policy.level(max(one.verdict.level or 0 for one in items))
            of = dict.fromkeys((one.account, one.currency) for one in items)
            available = sum((rest.get(key, ZERO) for key in of), ZERO)
            consumer = (facts := self.known.accounts.get(group[0])) is not None and facts.is_consumer
            found = sums_of(
                level,
                [one.asked for one in items],
                group[1],
                unapplied=available,
                under_way=sum((self.known.under_way.get(key, ZERO) for key in of), ZERO),
                is_charged=policy.charges_consumers or not consumer,
            )
            _use_up(rest, list(of), sum((one.asked for one in items), ZERO))
            if isinstance(found, Reason):
                self.left_out += [_left_out(one, found) for one in items if one.age > 0]
                continue
            whole = policy.whole_account_at_highest
            levels = [level.number if whole else one.verdict.level or 0 for one in items]
            yield _Draft(group, policy, level, items, levels, found)

    def letter(self, draft: _Draft, to: Addressee) -> ProposedLetter:
        """Give the letter of a draft to somebody."""
        account, currency, policy, alone, is_courtesy = draft.group
        items = tuple(map(_item, draft.items, draft.levels))
        level = draft.level
        return ProposedLetter(
            key=letter_key(account, currency, policy, alone or None, is_courtesy=is_courtesy),
            to=to,
            currency=currency,
            policy_key=policy,
            level=level.number,
            items=items,
            unapplied=draft.sums.unapplied,
            fee=draft.sums.fee,
            deadline=max(one.due for one in draft.items) if is_courtesy else self._deadline(to.country, level),
            channel=PRINT if level.channel == MAIL and not to.email else level.channel,
            is_courtesy=is_courtesy,
        )

    def _deadline(self, country: str, level: PolicyLevel) -> date:
        asked = (country, level.deadline_days)
        if asked not in self._deadlines:
            self._deadlines[asked] = deadline(self.as_of, level.deadline_days, country, self.is_free)
        return self._deadlines[asked]


def _item(one: Judged, level: int) -> ProposedItem:
    reason = one.verdict.reason if level == one.verdict.level else raised(level, one.age)
    return ProposedItem(
        one.key, one.number, one.due, one.age, one.balance, one.asked, one.level, level, reason, one.contested,
        one.promised,
    )  # fmt: skip


def _left_out(one: Judged, reason: Reason) -> LeftOut:
    return LeftOut(one.key, reason, one.number, one.account, one.currency, one.due, one.balance)


def _use_up(rest: dict[tuple[int, str], Decimal], of: Sequence[tuple[int, str]], asked: Decimal) -> None:
    """Take what a letter counts off from what is there for the next."""
    for key in of:
        used = min(asked, rest.get(key, ZERO))
        if used:
            rest[key] -= used
            asked -= used


def _with_not_due(connection: Connection, proposal: Proposal, standing_on: date) -> Proposal:
    """List what is not due yet in the letters whose level wants it."""
    wanting = [one for one in proposal.letters if not one.is_courtesy and proposal.level_of(one).lists_not_due]
    if not wanting:
        return proposal
    listed = not_due(connection, {one.account_key for one in wanting}, proposal.as_of, standing_on)
    more = {
        one.key: replace(one, not_due_items=tuple(listed.get((one.account_key, one.currency), ()))) for one in wanting
    }
    return replace(proposal, letters=tuple(more.get(one.key, one) for one in proposal.letters))
