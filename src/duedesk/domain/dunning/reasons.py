"""Why an item is dunned or not: codes with their data, and one sentence each when somebody asks; it decides nothing.

A run leaves out a hundred thousand items: their reasons are shared values, and sentences are made when they are shown.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from duedesk.domain.days import in_words
from duedesk.domain.money import ZERO, grouped


class Why(StrEnum):
    """What a reason says, as machines read it."""

    # it is in a letter
    REACHED = "level reached"
    JUMPED = "level deserved by age"
    RAISED = "raised to the letter's level"
    COURTESY = "due soon"
    CHANGED = "level changed by hand"
    # it is not
    NOT_YET = "not yet"
    WITHIN_GRACE = "within grace"
    WAITS_FOR_INTERVAL = "waits for interval"
    BELOW_MINIMUM = "below minimum"
    ON_HOLD = "on hold"
    DISPUTED = "disputed"
    PROMISED = "promised"
    DISPUTED_AND_PROMISED = "disputed and promised"
    PAYMENT_UNDER_WAY = "payment under way"
    WRITE_OFF_UNDER_WAY = "write-off under way"
    COVERED_BY_UNAPPLIED = "covered by unapplied"
    LAST_LEVEL_REACHED = "last level reached"
    NO_POLICY = "no policy"
    NOT_CHOSEN = "policy not chosen"
    CHARGE = "fee or interest"
    NOTHING_OVERDUE = "nothing overdue"
    ALREADY_TODAY = "already today"
    DUNNED_LATER = "dunned later"
    TAKEN_OUT = "taken out"
    POSTPONED = "postponed"
    # it dropped out between proposal and issue
    SETTLED_SINCE = "settled since"
    CHANGED_SINCE = "changed since"
    LEVEL_SINCE = "level changed since"
    ELSEWHERE_SINCE = "another letter since"


@dataclass(frozen=True, slots=True)
class Reason:
    """A code with its data; what a code has no use for is empty."""

    why: Why
    days: int = 0
    needed: int = 0
    level: int = 0
    amount: Decimal = ZERO
    limit: Decimal = ZERO
    day: date | None = None
    words: str = ""
    by: str = ""


def sentence(reason: Reason, currency: str) -> str:
    """Say a reason in one sentence."""
    return _SENTENCES[reason.why](reason, currency)


def _days(days: int) -> str:
    return f"{days} day{'s'[: days != 1]}"


def _money(amount: Decimal, currency: str) -> str:
    return f"{grouped(amount, currency)} {currency}"


def _day(reason: Reason) -> str:
    return "" if reason.day is None else in_words(reason.day)


def _level(reason: Reason, currency: str) -> str:  # noqa: ARG001 - one signature for all
    return f"It is {_days(reason.days)} overdue; level {reason.level} begins after {reason.needed}."


def _because(reason: Reason) -> str:
    by = f" by {reason.by}" if reason.by else ""
    return f"{by}{': ' if reason.words else ''}{reason.words}".rstrip(".")


_SENTENCES: Mapping[Why, Callable[[Reason, str], str]] = {
    Why.REACHED: _level,
    Why.JUMPED: lambda one, _: (
        f"It is {_days(one.days)} overdue and deserves level {one.level}, which begins after {one.needed}."
    ),
    Why.RAISED: lambda one, _: (
        f"It is {_days(one.days)} overdue and goes to level {one.level} with the other items of its letter."
    ),
    Why.COURTESY: lambda one, _: (
        f"It falls due on {_day(one)}, in {_days(-one.days)}." if one.days else "It falls due today."
    ),
    Why.CHANGED: lambda one, _: f"Level {one.level} was chosen{_because(one)}.",
    Why.NOT_YET: _level,
    Why.WITHIN_GRACE: lambda one, _: (
        f"It is {_days(one.days)} overdue and within the grace of level {one.level}, which ends after {one.needed}."
    ),
    Why.WAITS_FOR_INTERVAL: lambda one, _: f"Level {one.level} waits until {_day(one)}: the last letter is too recent.",
    Why.BELOW_MINIMUM: lambda one, currency: (
        f"The letter would ask for {_money(one.amount, currency)}, less than the minimum of "
        f"{_money(one.limit, currency)}."
    ),
    Why.ON_HOLD: lambda one, _: f"It is on hold until {_day(one)}{_because(one)}.",
    Why.DISPUTED: lambda one, currency: f"{_money(one.amount, currency)} of it is disputed, all that is overdue.",
    Why.PROMISED: lambda one, currency: f"{_money(one.amount, currency)} of it is promised for {_day(one)}.",
    Why.DISPUTED_AND_PROMISED: lambda one, currency: (
        f"{_money(one.limit, currency)} of it is disputed and {_money(one.amount, currency)} promised for {_day(one)}."
    ),
    Why.PAYMENT_UNDER_WAY: lambda one, currency: f"A payment of {_money(one.amount, currency)} is under way.",
    Why.WRITE_OFF_UNDER_WAY: lambda one, currency: f"A write-off of {_money(one.amount, currency)} waits for approval.",
    Why.COVERED_BY_UNAPPLIED: lambda one, currency: (
        f"{_money(one.amount, currency)} of cash and credits that are not applied yet cover the letter."
    ),
    Why.LAST_LEVEL_REACHED: lambda one, _: f"It has reached level {one.level}, the last of its policy.",
    Why.NO_POLICY: lambda *_: "No dunning policy applies to it, and none is the default.",
    Why.NOT_CHOSEN: lambda one, _: f"Its dunning policy, {one.words}, is not part of this run.",
    Why.CHARGE: lambda *_: "It is over fees or interest, which its policy does not dun.",
    Why.NOTHING_OVERDUE: lambda *_: "Nothing of it is overdue.",
    Why.ALREADY_TODAY: lambda one, _: f"It was dunned on {_day(one)} already.",
    Why.DUNNED_LATER: lambda one, _: f"It was dunned on {_day(one)}, later than the day of this run.",
    Why.TAKEN_OUT: lambda one, _: f"It was taken out{_because(one)}.",
    Why.POSTPONED: lambda one, _: f"It was postponed to {_day(one)}{_because(one)}.",
    Why.SETTLED_SINCE: lambda *_: "Nothing of it is owed any more.",
    Why.CHANGED_SINCE: lambda one, currency: (
        f"{_money(one.amount, currency)} of it is asked for now, and {_money(one.limit, currency)} was proposed."
    ),
    Why.LEVEL_SINCE: lambda one, _: f"It is at level {one.level} now, and was at level {one.needed} when proposed.",
    Why.ELSEWHERE_SINCE: lambda *_: "It goes into another letter now: its account or its dunning policy was changed.",
}
