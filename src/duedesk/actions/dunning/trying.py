"""What tomorrow's run would be by policies that are not saved, against those of the book; nothing is written."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from duedesk.actions.dunning.calendars import is_free
from duedesk.actions.workspace import Workspace
from duedesk.domain.dunning.policy import Policy, check_policy
from duedesk.domain.dunning.trial import Trial, held_against
from duedesk.store.queries.dunning.policies import policies
from duedesk.store.queries.dunning.proposal import propose


def tried(workspace: Workspace, as_of: date, drafts: Sequence[Policy]) -> Trial:
    """Say what a run of a day would be by these policies in place of those with their keys.

    One that is not in the book has a key below 0. RequestError where a policy makes no sense.
    """
    checked = [check_policy(one) for one in drafts]
    with workspace.book.reading() as connection:
        held = policies(connection)
        among = _among(held, checked)
        before = propose(connection, as_of, is_free=is_free)
        now = propose(connection, as_of, is_free=is_free, among=among) if among != held else before
    return held_against(before, now)


def _among(held: Sequence[Policy], drafts: Sequence[Policy]) -> tuple[Policy, ...]:
    """Give the policies as they would be: what becomes the default, or the one of a type, takes that from others."""
    changed = {one.key: one for one in drafts}
    every = [changed.pop(one.key, one) for one in held]
    every += changed.values()
    default = next((one.key for one in drafts if one.is_default), None)
    if default is not None:
        every = [replace(one, is_default=one.key == default) for one in every]
    return tuple(sorted(every, key=lambda one: not one.is_default))
