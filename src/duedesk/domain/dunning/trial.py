"""What other policies would do to a run: letters by level, and what is new, gone or changed; it proposes nothing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from duedesk.domain.dunning.policy import INVOICE
from duedesk.domain.dunning.proposal import Proposal, ProposedLetter
from duedesk.domain.money import ZERO


class Turn(StrEnum):
    """What becomes of a letter."""

    NEW = "new"
    GONE = "gone"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Sum:
    """So many letters in one currency about so many invoices, which ask for so much; interest is not among it."""

    letters: int = 0
    items: int = 0
    total: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class LevelSum:
    """What goes out of a level of a policy in a currency, and what would by the policies as they were."""

    policy_key: int
    level: int
    currency: str
    now: Sum
    before: Sum


@dataclass(frozen=True, slots=True)
class Turned:
    """A letter that is new or gone, or of which level, sum or policy is another."""

    turn: Turn
    now: ProposedLetter | None
    before: ProposedLetter | None

    @property
    def letter(self) -> ProposedLetter:
        """Give the letter, as it would be where it would be."""
        found = self.now or self.before
        if found is None:
            raise LookupError("a letter that never was")
        return found


@dataclass(frozen=True, slots=True)
class Trial:
    """A run by other policies, held against that by those of the book."""

    levels: tuple[LevelSum, ...]
    turned: tuple[Turned, ...]
    letters: int
    totals: Mapping[str, Decimal]
    """What the letters ask for, by currency."""
    left_out: int
    left_out_before: int

    def of(self, policy_key: int) -> tuple[LevelSum, ...]:
        """Give the levels of a policy, by currency."""
        return tuple(one for one in self.levels if one.policy_key == policy_key)

    def beside(self, policy_key: int) -> Mapping[str, tuple[Sum, Sum]]:
        """Give by currency what goes out of all other policies, and what would by those of the book."""
        others: dict[str, list[LevelSum]] = {}
        for one in self.levels:
            if one.policy_key != policy_key:
                others.setdefault(one.currency, []).append(one)
        return {
            code: (_all([one.now for one in found]), _all([one.before for one in found]))
            for code, found in sorted(others.items())
        }


def held_against(before: Proposal, now: Proposal) -> Trial:
    """Hold a proposal by other policies against the one by those of the book."""
    sums = [_by_group(proposal.letters) for proposal in (before, now)]
    levels = tuple(
        LevelSum(*group, sums[1].get(group, Sum()), sums[0].get(group, Sum())) for group in sorted({*sums[0], *sums[1]})
    )
    totals: dict[str, Decimal] = {}
    for one in now.letters:
        totals[one.currency] = totals.get(one.currency, ZERO) + one.total
    turned = tuple(_turned(before, now))
    letters = len(now.letters)
    return Trial(levels, turned, letters, dict(sorted(totals.items())), len(now.left_out), len(before.left_out))


def _by_group(letters: Iterable[ProposedLetter]) -> Mapping[tuple[int, int, str], Sum]:
    found: dict[tuple[int, int, str], Sum] = {}
    for one in letters:
        group = one.policy_key, one.level, one.currency
        found[group] = _all([found.get(group, Sum()), Sum(1, len(one.items), one.total)])
    return found


def _all(sums: Sequence[Sum]) -> Sum:
    return Sum(sum(one.letters for one in sums), sum(one.items for one in sums), sum((one.total for one in sums), ZERO))


def _turned(before: Proposal, now: Proposal) -> Iterable[Turned]:
    """Give what differs, letters to the same account in the same currency being the same."""
    held, wanted = _by_place(before), _by_place(now)
    for place, letter in wanted.items():
        was = held.get(place)
        if was is None:
            yield Turned(Turn.NEW, letter, None)
        elif _content(was) != _content(letter):
            yield Turned(Turn.CHANGED, letter, was)
    for place, was in held.items():
        if place not in wanted:
            yield Turned(Turn.GONE, None, was)


def _by_place(proposal: Proposal) -> dict[tuple[object, ...], ProposedLetter]:
    """Give the letters by account, currency and whether they are notices; letters of one invoice by that too."""
    found: dict[tuple[object, ...], ProposedLetter] = {}
    for one in proposal.letters:
        place: tuple[object, ...] = (one.account_key, one.currency, one.is_courtesy)
        if place in found or proposal.policies[one.policy_key].letter_per == INVOICE:
            place = (*place, min(item.invoice_key for item in one.items))
        found[place] = one
    return found


def _content(letter: ProposedLetter) -> tuple[object, ...]:
    items = frozenset(item.invoice_key for item in letter.items)
    return letter.level, letter.total, letter.channel, letter.deadline, items
