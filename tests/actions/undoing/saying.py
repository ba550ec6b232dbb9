"""Short ways for stories to undo: each gives the sentence that was said before."""

from duedesk.actions.undo import redo_plan, undo, undo_plan
from duedesk.actions.workspace import Workspace


def undone(desk: Workspace) -> str:
    """Undo the last thing done."""
    plan = undo_plan(desk)
    assert plan is not None, "nothing was done"
    assert plan.is_possible, plan.sentence
    undo(desk, plan)
    return plan.sentence


def redone(desk: Workspace) -> str:
    """Do again what was undone last."""
    plan = redo_plan(desk)
    assert plan is not None, "nothing was undone"
    assert plan.is_possible, plan.sentence
    undo(desk, plan)
    return plan.sentence


def refused(desk: Workspace) -> str:
    """Give why the last thing done cannot be undone."""
    plan = undo_plan(desk)
    assert plan is not None, "nothing was done"
    assert not plan.is_possible, plan.sentence
    return plan.sentence
