"""The proposal of a day held against the last run before it, or another one; nothing is written."""

from datetime import date

from duedesk.actions.dunning.proposing import proposal
from duedesk.actions.workspace import Workspace
from duedesk.domain.dunning.run_comparing import Comparison, compared
from duedesk.store.queries.dunning.runs import items_of_run, last_run, run_called


def compare(workspace: Workspace, as_of: date, run: str = "") -> Comparison:
    """Say what is new since a run, raised in level, asked again, and gone with why; empty takes the last run."""
    now = proposal(workspace, as_of)
    with workspace.book.reading() as connection:
        found = run_called(connection, run) if run else last_run(connection, as_of)
        then = () if found is None else items_of_run(connection, found.key)
    if found is None:
        return Comparison(as_of, "", None, compared(then, now))
    return Comparison(as_of, found.name, found.run_date, compared(then, now))
