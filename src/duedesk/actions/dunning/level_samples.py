"""One letter of each level of a policy, to be looked at: of an account that is late, as it would be; none is issued."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from duedesk.actions.dunning.calendars import is_free
from duedesk.actions.dunning.previewing import preview
from duedesk.actions.dunning.text_preview import sample_letters
from duedesk.actions.workspace import Workspace
from duedesk.domain.business_days import deadline
from duedesk.domain.dunning.policy import PolicyLevel
from duedesk.domain.dunning.proposal import Proposal, ProposedLetter
from duedesk.domain.dunning.rules import Sums, sums_of


@dataclass(frozen=True, slots=True)
class LevelSample:
    """A letter of a level, alone in a proposal."""

    level: int
    alone: Proposal

    def pdf(self, workspace: Workspace) -> bytes:
        """Give it as the PDF it would be."""
        (letter,) = self.alone.letters
        return preview(workspace, self.alone, letter.key)


def samples_by_level(workspace: Workspace, as_of: date) -> tuple[LevelSample, ...]:
    """Give a letter of each level of the policy that most letters of a day are by; none where none is due.

    It is one of the run's where the run has one of that level, else one of another level written as if its invoices
    had come to it. RequestError in a book where nothing is open.
    """
    samples = sample_letters(workspace, as_of)
    dunning = [one for one in samples.letters if not one.is_courtesy]
    if not dunning:
        return ()
    by_policy = [one.policy_key for one in dunning]
    policy_key = max(by_policy, key=by_policy.count)
    of_policy = [one for one in dunning if one.policy_key == policy_key]
    return tuple(
        LevelSample(step.number, replace(samples, letters=(_of_level(samples, of_policy, step),), left_out=()))
        for step in samples.policies[policy_key].steps
    )


def _of_level(samples: Proposal, letters: Sequence[ProposedLetter], step: PolicyLevel) -> ProposedLetter:
    """Give the letter with the most items: it shows most of what a letter can say."""
    there = [one for one in letters if one.level == step.number]
    longest = max(there or letters, key=lambda one: (len(one.items), one.key))
    return longest if there else _as_if(samples, longest, step)


def _as_if(samples: Proposal, letter: ProposedLetter, step: PolicyLevel) -> ProposedLetter:
    """Give a letter as if its items had come to a level: by its fee and its deadline."""
    policy = samples.policies[letter.policy_key]
    is_charged = policy.charges_consumers or not letter.to.is_consumer
    asked = [item.asked for item in letter.items]
    sums = sums_of(step, asked, letter.currency, unapplied=-letter.unapplied, is_charged=is_charged)
    return replace(
        letter,
        level=step.number,
        items=tuple(item._replace(level_after=step.number) for item in letter.items),
        fee=sums.fee if isinstance(sums, Sums) else letter.fee,
        deadline=deadline(samples.as_of, step.deadline_days, letter.to.country, is_free),
    )
