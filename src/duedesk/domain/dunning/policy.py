"""What a dunning policy is: its levels, their minimums and fees, and which policy an invoice has; it duns nothing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import pairwise

from duedesk.domain.currencies import is_currency
from duedesk.domain.errors import RequestError
from duedesk.domain.money import ZERO, is_payable, round_amount
from duedesk.domain.names import tidy

LETTER_PER = ACCOUNT, INVOICE, HEAD_OFFICE = ("account", "invoice", "head office")
CATCHES_UP = ONE_LEVEL, DESERVED_LEVEL = ("one level", "deserved level")
FEE_KINDS = FIXED, PERCENT = ("fixed", "percent")
FEE_PER = LETTER, ITEM = ("letter", "item")
CHANNELS = PRINT, MAIL = ("print", "mail")
TONES = ("friendly", "firm", "final")
AT_THE_END = ("final demand", "credit hold", "hand-over")

MOST_LEVELS = 9
MOST_DAYS = 3_650
LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class Fee:
    """What a letter costs the customer: a fixed amount by currency, or a percentage of what is asked for.

    In a currency for which no amount is named nothing is charged: amounts are never converted.
    """

    kind: str = FIXED
    per: str = LETTER
    percent: Decimal | None = None
    amounts: Mapping[str, Decimal] = field(default_factory=dict)

    def of(self, asked: Decimal, items: int, currency: str) -> Decimal:
        """Give the fee of a letter with so many items that asks for so much in all; rounded once."""
        if self.kind == PERCENT:
            return round_amount(asked * (self.percent or ZERO) / 100, currency)
        amount = self.amounts.get(currency, ZERO)
        return amount * items if self.per == ITEM else amount


@dataclass(frozen=True, slots=True)
class PolicyLevel:
    """One step of a policy. A courtesy notice goes before the due date: number 0, days overdue negative."""

    number: int
    name: str
    days_overdue: int
    grace_days: int = 0
    interval_days: int = 0
    minimums: Mapping[str, Decimal] = field(default_factory=dict)
    fee: Fee | None = None
    charges_interest: bool = False
    deadline_days: int = 0
    channel: str = PRINT
    tone: str = TONES[0]
    lists_not_due: bool = False
    at_the_end: str | None = None
    is_courtesy: bool = False
    is_active: bool = True
    may_be_jumped_to: bool = True
    """By an item that is old enough, where its policy catches up to the level deserved."""

    @property
    def needed(self) -> int:
        """Give the days overdue from which on it is reached: its days and the grace."""
        return self.days_overdue + self.grace_days


@dataclass(frozen=True, slots=True)
class Policy:
    """A dunning procedure. Its levels are numbered 1 to n in the order in which they are reached."""

    key: int
    name: str
    levels: tuple[PolicyLevel, ...]
    letter_per: str = ACCOUNT
    catches_up: str = ONE_LEVEL
    whole_account_at_highest: bool = False
    is_default: bool = False
    account_type: str | None = None
    description: str = ""
    duns_charges: bool = False
    """Whether invoices over fees and interest are dunned as well."""
    charges_consumers: bool = False
    promise_grace_days: int = 0
    is_active: bool = True
    version: int = field(default=0, compare=False)
    """As which it was read; 0 is none, and nothing is held against it."""

    @property
    def steps(self) -> tuple[PolicyLevel, ...]:
        """Give the levels in use, in order; a courtesy notice is none."""
        return tuple(one for one in self.levels if one.is_active and not one.is_courtesy)

    @property
    def courtesy(self) -> PolicyLevel | None:
        """Give the notice before the due date, where it is in use."""
        return next((one for one in self.levels if one.is_active and one.is_courtesy), None)

    def level(self, number: int) -> PolicyLevel:
        """Give a level by its number; LookupError where there is none."""
        for one in self.levels:
            if one.number == number:
                return one
        raise LookupError(f"{self.name} has no level {number}")


def chosen_policy(
    own: int | None, of_account: int | None, account_type: str | None, policies: Iterable[Policy]
) -> Policy | None:
    """Give the policy of an invoice: its own, else its account's, else its account's type's, else the default.

    One that is not in use is passed over; None where nothing is left.
    """
    used = [one for one in policies if one.is_active]
    by_key = {one.key: one for one in used}
    for key in (own, of_account):
        if key in by_key:
            return by_key[key]
    of_type = (one for one in used if account_type is not None and one.account_type == account_type)
    return next(of_type, next((one for one in used if one.is_default), None))


def check_policy(policy: Policy) -> Policy:
    """Give a policy with its names tidied; RequestError where it makes no sense, with the level and the field."""
    if not (name := tidy(policy.name)) or len(name) > LONGEST_NAME:
        raise RequestError("A dunning policy needs a name.", f"Of at most {LONGEST_NAME} characters.")
    _one_of(policy.letter_per, LETTER_PER, "One letter per")
    _one_of(policy.catches_up, CATCHES_UP, "Catches up")
    _days(policy.promise_grace_days, "The grace for promises")
    if policy.is_default and not policy.is_active:
        raise RequestError("The default policy has to be in use.", "Make another one the default first.")
    levels = sorted(policy.levels, key=lambda one: one.number)
    if not [one for one in levels if not one.is_courtesy]:
        raise RequestError(f"{name} has no level.", "Give it one at least.")
    if len(levels) > MOST_LEVELS + 1:
        raise RequestError(f"A policy has at most {MOST_LEVELS} levels.")
    for one in levels:
        _check_level(one)
    steps = [one for one in levels if not one.is_courtesy]
    if [one.number for one in steps] != list(range(1, len(steps) + 1)) or len(levels) - len(steps) > 1:
        raise RequestError("Levels are numbered 1, 2, 3 without a gap.", "The notice before the due date is number 0.")
    for before, after in pairwise(steps):
        if after.days_overdue <= before.days_overdue or after.needed <= before.needed:
            raise RequestError(
                f"Level {after.number} begins {after.needed} days after the due date, no later than level "
                f"{before.number} with {before.needed}.",
                "Each level begins later than the one before, with grace and without.",
            )
        if before.at_the_end is not None:
            raise RequestError(f"Level {before.number} is not the last.", "Only the last level has an end.")
    return _tidied(policy, name, tuple(levels))


def _tidied(policy: Policy, name: str, levels: tuple[PolicyLevel, ...]) -> Policy:
    account_type = tidy(policy.account_type or "") or None
    named = tuple(replace(one, name=tidy(one.name)) for one in levels)
    return replace(policy, name=name, levels=named, account_type=account_type, description=policy.description.strip())


def _check_level(one: PolicyLevel) -> None:
    what = "The notice before the due date" if one.is_courtesy else f"Level {one.number}"
    if not tidy(one.name) or len(tidy(one.name)) > LONGEST_NAME:
        raise RequestError(f"{what} needs a name.", f"Of at most {LONGEST_NAME} characters.")
    if one.is_courtesy != (one.number == 0) or one.is_courtesy != (one.days_overdue < 0):
        raise RequestError(
            f"{what} cannot begin {one.days_overdue} days after the due date.",
            "A notice before the due date is number 0 with a negative number of days; levels have 0 days or more.",
        )
    _days(abs(one.days_overdue), f"{what}: days overdue")
    for days, said in ((one.grace_days, "grace"), (one.interval_days, "interval"), (one.deadline_days, "deadline")):
        _days(days, f"{what}: {said}")
    for value, offered, said in ((one.channel, CHANNELS, "channel"), (one.tone, TONES, "tone")):
        _one_of(value, offered, f"{what}: {said}")
    if one.at_the_end is not None:
        _one_of(one.at_the_end, AT_THE_END, f"{what}: at the end")
    if one.is_courtesy and (one.fee is not None or one.charges_interest or one.at_the_end is not None):
        raise RequestError(f"{what} charges nothing.", "Nothing is owed for what is not due yet.")
    _amounts(one.minimums, f"{what}: minimum")
    if one.fee is not None:
        _check_fee(one.fee, what)


def _check_fee(fee: Fee, what: str) -> None:
    _one_of(fee.kind, FEE_KINDS, f"{what}: fee")
    _one_of(fee.per, FEE_PER, f"{what}: fee per")
    _amounts(fee.amounts, f"{what}: fee")
    if fee.kind == PERCENT and (fee.percent is None or not 0 < fee.percent <= 100 or fee.amounts):
        raise RequestError(f"{what}: the fee is above 0 and up to 100 percent.", "And no amount beside it.")
    if fee.kind == PERCENT and fee.per == ITEM:
        raise RequestError(f"{what}: a fee in percent is of the letter.", "Of each item it comes to the same.")
    if fee.kind == FIXED and (fee.percent is not None or not any(fee.amounts.values())):
        raise RequestError(f"{what}: a fixed fee needs an amount.", "In one currency at least, such as EUR 5.00.")


def _amounts(amounts: Mapping[str, Decimal], what: str) -> None:
    for currency, amount in amounts.items():
        if not is_currency(currency):
            raise RequestError(f"{what}: “{currency}” is no currency.", "Write its code of three letters: USD.")
        if amount < 0 or not is_payable(amount, currency):
            raise RequestError(f"{what}: {amount} {currency} is no amount of 0 or more.")


def _days(days: int, what: str) -> None:
    if not 0 <= days <= MOST_DAYS:
        raise RequestError(f"{what}: {days} days are not from 0 to {MOST_DAYS:,}.")


def _one_of(value: str, offered: tuple[str, ...], what: str) -> None:
    if value not in offered:
        raise RequestError(f"{what} cannot be “{value}”.", f"There are {', '.join(offered)}.")
