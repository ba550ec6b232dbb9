"""What follows the letters of a run in the same action: they are queued, and what was postponed is held."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from duedesk.actions.deed import Deed
from duedesk.actions.delivering.mail_settings import queues_as_issued
from duedesk.actions.delivering.queueing import queue
from duedesk.actions.dunning.holds import hold_invoices
from duedesk.actions.workspace import Workspace

POSTPONED = "Postponed"


def follow(
    workspace: Workspace, act: Deed, letters: Sequence[int], postponed: Mapping[tuple[date, str], list[int]]
) -> None:
    """Queue letters where the book says so, and keep back until its day what was postponed."""
    within = replace(workspace, within=act)
    if letters and queues_as_issued(act.connection):
        queue(within, letters)
    for (until, words), keys in postponed.items():
        last = until - timedelta(days=1)
        hold_invoices(within, keys, reason_code=POSTPONED, until=last, words=words)
