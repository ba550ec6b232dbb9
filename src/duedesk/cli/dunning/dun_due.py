"""What `duedesk dun --due` does for a timer: it issues what may go by itself, once a day, and has it leave."""

import argparse
from collections.abc import Sequence
from functools import partial

from duedesk.actions.delivering.queueing import queue
from duedesk.actions.dunning.guarding import parted
from duedesk.actions.dunning.proposing import proposal
from duedesk.actions.workspace import Workspace
from duedesk.cli.dunning.dun_issue import issue_it
from duedesk.cli.terminal import Terminal
from duedesk.domain.errors import RequestError
from duedesk.store.queries.letters.deliveries import deliveries


def issue_due(
    options: argparse.Namespace, terminal: Terminal, workspace: Workspace, chosen: Sequence[int] | None
) -> int:
    """Issue today what may go by itself, once a day whatever the timer does, and say how much waits for somebody.

    The day is the key of the run: of two timers one issues it, and the other is told of the same run.
    """
    today = terminal.world.today()
    if options.as_of not in {None, today}:
        raise RequestError("--due issues what is due today.", "For another day say --as-of D --commit.")
    alone, waiting = workspace.ask(parted, chosen)
    left = len(proposal(workspace, today, waiting).letters) if waiting else 0
    if left:
        waits = "letter waits" if left == 1 else "letters wait"
        terminal.complain(f"{left:,} {waits} for somebody to look: `duedesk dun`, then --commit.")
    if not alone:
        terminal.complain("No policy may go by itself: `duedesk send-guard --alone POLICY` says which may.")
    options.key = options.key or " ".join(("due", today.isoformat(), *(options.policy or ())))
    found = proposal(workspace, today, alone)
    return issue_it(options, terminal, workspace, found, partial(_queued, workspace))


def _queued(workspace: Workspace, letters: Sequence[int]) -> int:
    """Have letters leave that were not queued as they were issued, and give how many wait to."""
    queue(workspace, letters)
    return sum(one.status == "Waiting" for one in workspace.ask(deliveries, letters=letters))
