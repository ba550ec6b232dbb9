"""How levels advance, what a letter may ask for, and why an item is left out: pure rules; nothing is read or stored.

The level belongs to the item. It rises by one, or to the level the age deserves where the policy says so; it rises once
a day at most, and never falls by itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from duedesk.domain.dunning.policy import DESERVED_LEVEL, Policy, PolicyLevel
from duedesk.domain.dunning.reasons import Reason, Why
from duedesk.domain.money import ZERO


@dataclass(frozen=True, slots=True)
class Item:
    """What is known of an open invoice: `overdue` is what of its balance is past due, which instalments make less.

    `age` is counted from the due date of its oldest open part, and is negative before it.
    """

    age: int
    overdue: Decimal
    level: int = 0
    last_dunned: date | None = None
    contested: Decimal = ZERO
    promised: Decimal = ZERO
    promised_for: date | None = None
    to_be_written_off: Decimal = ZERO
    hold: Reason | None = None
    is_charge: bool = False
    """It is over fees or interest of another letter."""
    is_noticed: bool = False
    """It had its notice before the due date."""

    @property
    def asked(self) -> Decimal:
        """Give what a letter may ask for: what is overdue less what is contested, promised or given up soon."""
        return max(ZERO, self.overdue - self.contested - self.promised - self.to_be_written_off)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a run does with an item: the level it reaches, or None where it is left out; and why."""

    level: int | None
    reason: Reason

    @property
    def is_dunned(self) -> bool:
        """Tell whether it goes into a letter."""
        return self.level is not None


def judge(item: Item, policy: Policy | None, as_of: date) -> Verdict:
    """Say whether a run of a day duns an item, to which level, and why or why not; of one not due, its notice."""
    if policy is None:
        return Verdict(None, Reason(Why.NO_POLICY))
    if item.is_charge and not policy.duns_charges:
        return Verdict(None, Reason(Why.CHARGE))
    if item.hold is not None:
        return Verdict(None, item.hold)
    if (kept := _kept_back(item)) is not None:
        return Verdict(None, kept)
    if item.age <= 0:
        return notice(policy, item.age, as_of, is_noticed=item.is_noticed)
    return advance(policy, item.level, item.last_dunned, item.age, as_of)


def advance(policy: Policy, level: int, last_dunned: date | None, age: int, as_of: date) -> Verdict:
    """Say which level an item reaches that nothing holds back, by its age and its last letter."""
    if last_dunned is not None and last_dunned >= as_of:
        why = Why.ALREADY_TODAY if last_dunned == as_of else Why.DUNNED_LATER
        return Verdict(None, Reason(why, day=last_dunned))
    ahead = [one for one in policy.steps if one.number > level]
    if not ahead:
        return Verdict(None, Reason(Why.LAST_LEVEL_REACHED, level=level))
    step = _deserved(ahead, age) if policy.catches_up == DESERVED_LEVEL else ahead[0]
    if age < step.needed:
        return Verdict(None, _about(Why.NOT_YET if age < step.days_overdue else Why.WITHIN_GRACE, step, age))
    if last_dunned is not None and (as_of - last_dunned).days < step.interval_days:
        until = last_dunned + timedelta(days=step.interval_days)
        return Verdict(None, Reason(Why.WAITS_FOR_INTERVAL, level=step.number, day=until))
    return Verdict(step.number, _about(Why.REACHED if step is ahead[0] else Why.JUMPED, step, age))


def notice(policy: Policy, age: int, as_of: date, *, is_noticed: bool = False) -> Verdict:
    """Say whether an item that is not due yet has a courtesy notice coming; one that was missed is caught up."""
    courtesy = policy.courtesy
    if courtesy is None or is_noticed or not courtesy.days_overdue <= age <= 0:
        return Verdict(None, Reason(Why.NOTHING_OVERDUE))
    return Verdict(courtesy.number, Reason(Why.COURTESY, days=age, day=as_of - timedelta(days=age)))


def raised(level: int, age: int) -> Reason:
    """Say that an item goes to the level of its letter, as the policy has it for whole accounts."""
    return Reason(Why.RAISED, days=age, level=level)


@dataclass(frozen=True, slots=True)
class Sums:
    """What a letter asks for: principal, fee and interest, less what is not applied yet (`unapplied` is negative)."""

    principal: Decimal
    unapplied: Decimal = ZERO
    fee: Decimal = ZERO
    interest: Decimal = ZERO

    @property
    def total(self) -> Decimal:
        """Give what is to be paid."""
        return self.principal + self.unapplied + self.fee + self.interest


def sums_of(
    level: PolicyLevel,
    asked: Sequence[Decimal],
    currency: str,
    *,
    unapplied: Decimal = ZERO,
    under_way: Decimal = ZERO,
    is_charged: bool = True,
) -> Sums | Reason:
    """Give what a letter of a level asks for, or why it is not written.

    `unapplied` is what cash and credits leave open (positive), `under_way` payments not booked yet. The minimum is
    held against what is left when these are taken off. `is_charged` is no for consumers, as a rule.
    """
    principal = sum(asked, ZERO)
    taken_off = max(ZERO, unapplied)
    if taken_off >= principal:
        return Reason(Why.COVERED_BY_UNAPPLIED, amount=taken_off)
    if under_way > 0 and under_way + taken_off >= principal:
        return Reason(Why.PAYMENT_UNDER_WAY, amount=under_way)
    minimum, net = level.minimums.get(currency, ZERO), principal - taken_off
    if net < minimum:
        return Reason(Why.BELOW_MINIMUM, amount=net, limit=minimum)
    fee = level.fee.of(principal, len(asked), currency) if level.fee is not None and is_charged else ZERO
    return Sums(principal, -taken_off, fee)


def _about(why: Why, step: PolicyLevel, age: int) -> Reason:
    return Reason(why, days=age, needed=step.needed, level=step.number)


def _deserved(ahead: Sequence[PolicyLevel], age: int) -> PolicyLevel:
    """Give the highest level that the age deserves and that may be jumped to; the next one where there is none."""
    reached = [one for one in ahead[1:] if one.may_be_jumped_to and age >= one.needed]
    return reached[-1] if reached else ahead[0]


def _kept_back(item: Item) -> Reason | None:
    """Say what leaves nothing to ask for; None where something is left."""
    if item.overdue <= 0:
        return Reason(Why.NOTHING_OVERDUE)
    if item.asked > 0:
        return None
    if item.contested >= item.overdue:
        return Reason(Why.DISPUTED, amount=min(item.contested, item.overdue))
    if item.to_be_written_off >= item.overdue - item.contested - item.promised and item.to_be_written_off:
        return Reason(Why.WRITE_OFF_UNDER_WAY, amount=item.to_be_written_off)
    if item.contested:
        return Reason(Why.DISPUTED_AND_PROMISED, amount=item.promised, limit=item.contested, day=item.promised_for)
    return Reason(Why.PROMISED, amount=item.promised, day=item.promised_for)
