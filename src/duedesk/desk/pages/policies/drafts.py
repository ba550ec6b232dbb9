"""Policies as they are edited: what is changed and not saved stands over what the book holds; it stores nothing."""

from dataclasses import dataclass, field, replace

from duedesk.domain.dunning.policy import MOST_LEVELS, TONES, Policy, PolicyLevel, check_policy
from duedesk.domain.errors import DuedeskError, RequestError

_BETWEEN = 14
"""Days that a level which is added begins after the one before."""

_NOTICE_DAYS = 5


@dataclass(slots=True)
class Drafts:
    """A policy that the book has not yet has a key below 0."""

    saved: tuple[Policy, ...] = ()
    _changed: dict[int, Policy] = field(default_factory=dict)
    _faults: dict[int, DuedeskError] = field(default_factory=dict)
    _made: int = 0

    @property
    def policies(self) -> tuple[Policy, ...]:
        """Give all policies as they are edited, the new ones last."""
        there = {one.key for one in self.saved}
        new = (one for key, one in self._changed.items() if key not in there)
        return (*(self._changed.get(one.key, one) for one in self.saved), *new)

    @property
    def changed(self) -> tuple[Policy, ...]:
        """Give what is not saved."""
        return tuple(self._changed.values())

    def take(self, saved: tuple[Policy, ...]) -> None:
        """Take what the book holds now; what was typed stays, unless its policy is gone or holds it already."""
        self.saved = saved
        there = {one.key: one for one in saved}
        self._changed = {
            key: one for key, one in self._changed.items() if key < 0 or (key in there and there[key] != one)
        }
        self._faults = {key: one for key, one in self._faults.items() if key in self._changed or key in there}

    def policy(self, key: int) -> Policy | None:
        """Give a policy as it is edited."""
        return next((one for one in self.policies if one.key == key), None)

    def is_changed(self, key: int) -> bool:
        """Tell whether something of a policy is not saved."""
        return key in self._changed or key in self._faults

    def put(self, policy: Policy) -> None:
        """Take a policy as it was typed; one that is what the book holds is changed no more."""
        self._faults.pop(policy.key, None)
        if policy in (one for one in self.saved if one.key == policy.key):
            self._changed.pop(policy.key, None)
        else:
            self._changed[policy.key] = policy

    def refuse(self, key: int, fault: DuedeskError) -> None:
        """Keep why what was typed into a policy cannot be read."""
        self._faults[key] = fault

    def drop(self, key: int) -> None:
        """Forget what was typed into a policy."""
        self._changed.pop(key, None)
        self._faults.pop(key, None)

    def make(self) -> Policy:
        """Begin a policy of one level."""
        self._made -= 1
        names = {one.name.casefold() for one in self.policies}
        name = next(one for one in _names() if one.casefold() not in names)
        made = Policy(self._made, name, (PolicyLevel(1, "First reminder", 5, deadline_days=10),))
        self._changed[made.key] = made
        return made

    def fault(self, key: int) -> DuedeskError | None:
        """Say what is wrong with a policy; None where it could be saved."""
        if key in self._faults:
            return self._faults[key]
        policy = self._changed.get(key)
        if policy is None:
            return None
        try:
            check_policy(policy)
        except RequestError as error:
            return error
        return None


def with_another_level(policy: Policy) -> Policy:
    """Give a policy a level after its last; what happened at the end happens at the new end."""
    steps = [one for one in policy.levels if not one.is_courtesy]
    if len(steps) >= MOST_LEVELS:
        raise RequestError(f"A policy has at most {MOST_LEVELS} levels.")
    if not steps:
        return replace(policy, levels=(*policy.levels, PolicyLevel(1, "First reminder", 5)))
    last = steps[-1]
    made = replace(
        last,
        number=last.number + 1,
        name=f"Level {last.number + 1}",
        days_overdue=last.needed + _BETWEEN,
        interval_days=max(last.interval_days, _BETWEEN // 2),
        tone=TONES[min(TONES.index(last.tone) + 1, len(TONES) - 1)] if last.tone in TONES else TONES[-1],
    )
    levels = [replace(one, at_the_end=None) if one is last else one for one in policy.levels]
    return replace(policy, levels=(*levels, made))


def with_notice(policy: Policy) -> Policy:
    """Give a policy a notice before the due date."""
    if any(one.is_courtesy for one in policy.levels):
        raise RequestError(f"{policy.name} has a notice before the due date already.")
    made = PolicyLevel(0, "Friendly notice", -_NOTICE_DAYS, is_courtesy=True)
    return replace(policy, levels=(made, *policy.levels))


def without_level(policy: Policy, number: int) -> Policy:
    """Take a level away; those after it move up."""
    left = [one for one in policy.levels if one.number != number]
    moved = (replace(one, number=one.number - 1) if 0 < number < one.number else one for one in left)
    return replace(policy, levels=tuple(moved))


def with_level(policy: Policy, level: PolicyLevel) -> Policy:
    """Give a policy a level in place of the one of its number."""
    return replace(policy, levels=tuple(level if one.number == level.number else one for one in policy.levels))


def _names() -> list[str]:
    return ["New policy", *(f"New policy {number}" for number in range(2, 1000))]
