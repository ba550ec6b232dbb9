"""The last business action undone by its opposite, which says what it will do before it does; and done again.

Nothing is taken out of the book: the opposite is an action of its own, in the same transaction that makes sure that
nothing has happened since which makes it wrong. The ledger shows both, each on its day.
"""

from dataclasses import dataclass, replace

from sqlalchemy import Connection

from duedesk.actions.deed import deed
from duedesk.actions.undoing.entries import Entry, stacks
from duedesk.actions.undoing.opposite import Asked, Planned
from duedesk.actions.undoing.registry import CANNOT, OPPOSITES
from duedesk.actions.workspace import Workspace
from duedesk.domain.changes import Changes
from duedesk.domain.days import in_words
from duedesk.domain.errors import RequestError
from duedesk.store.standing import standing_of


@dataclass(frozen=True, slots=True)
class UndoPlan:
    """What undoing will do, or why it cannot be done.

    `entry` is the journal's entry that is undone, `done` what it says of it; `sentence` says what will be done.
    """

    entry: int
    action: str
    done: str
    sentence: str
    is_possible: bool = True
    is_redo: bool = False


def undo_plan(workspace: Workspace) -> UndoPlan | None:
    """Say what undoing the last action of the person at the desk will do; None where they have done nothing."""
    return _plan(workspace, is_redo=False)


def redo_plan(workspace: Workspace) -> UndoPlan | None:
    """Say what doing again what was undone last will do; None where nothing was undone since the last new action."""
    return _plan(workspace, is_redo=True)


def undo(workspace: Workspace, plan: UndoPlan) -> Changes:
    """Do what a plan said; RequestError where that is not the last action any more or something stands in the way."""
    with deed(workspace, f"undo_{plan.action}", undoes=plan.entry) as act:
        entry = _top(act.connection, workspace.world.user, is_redo=plan.is_redo)
        if entry is None or entry.id != plan.entry:
            what = f": {entry.summary}" if entry is not None else ""
            raise RequestError(f"That is not the last thing done any more{what}.", "Look again at what undoing does.")
        opposite = OPPOSITES.get(entry.action)
        if opposite is None:
            raise _cannot(entry)
        for object_name in opposite.holds:
            if keys := entry.keys(object_name):
                act.hold(object_name, keys)
        planned = opposite.plan(Asked(act.connection, entry, workspace.world.user, act.today))
        within = replace(workspace, within=act)
        for step in planned.steps:
            step(within)
        if not act.is_recorded:
            raise RequestError("Everything is as it was before already.")
    return act.changes


def _plan(workspace: Workspace, *, is_redo: bool) -> UndoPlan | None:
    world = workspace.world
    with workspace.book.reading() as connection:
        entry = _top(connection, world.user, is_redo=is_redo)
        if entry is None:
            return None
        plan = UndoPlan(entry.id, entry.action, entry.summary, "", is_redo=is_redo)
        opposite = OPPOSITES.get(entry.action)
        try:
            if opposite is None:
                raise _cannot(entry)
            planned = opposite.plan(Asked(connection, entry, world.user, world.today()))
            _require_leave(connection, world.user, planned)
        except RequestError as error:
            when = in_words(entry.at.date())
            why = f"{entry.summary} ({when}) cannot be undone: {error}"
            return replace(plan, sentence=why, is_possible=False)
        return replace(plan, sentence=f"{planned.sentence}.")


def _top(connection: Connection, user: str, *, is_redo: bool) -> Entry | None:
    lying = stacks(connection, user)
    return next(reversed(lying.undone if is_redo else lying.done), None)


def _cannot(entry: Entry) -> RequestError:
    return RequestError(CANNOT.get(entry.action, "It has no opposite."))


def _require_leave(connection: Connection, user: str, planned: Planned) -> None:
    """Say beforehand that the opposite is not the person's to do."""
    standing = standing_of(connection, user)
    if any(not standing.may(action) for action in planned.actions):
        raise RequestError(f"{standing.title} may not do what undoes it.", standing.whom_to_ask)
