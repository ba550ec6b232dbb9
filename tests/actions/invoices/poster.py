"""A process of its own that posts, for tests to run beside another one or to kill: `poster.py BOOK VERB [KEY...]`.

`post` posts drafts one by one and says how many it posted; `run` posts every draft as a batch run. `between` and
`inside` begin a batch run and say `ready` behind its second chunk, or within it, and wait there to be killed.
"""

import sys
import time
from datetime import UTC, datetime
from random import Random
from typing import Any

from duedesk.actions.invoices import batch_chunks
from duedesk.actions.invoices.batch_runs import start_batch_run
from duedesk.actions.invoices.posting import post
from duedesk.actions.workspace import Workspace, open_workspace
from duedesk.domain.errors import RequestError
from duedesk.domain.filters import Filter
from duedesk.domain.world import World

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
CHUNK = 3


def _wait_to_be_killed() -> None:
    print("ready", flush=True)
    time.sleep(60)


def _post(workspace: Workspace, keys: list[int]) -> None:
    print("ready", flush=True)
    sys.stdin.readline()
    posted = 0
    for key in keys:
        try:
            post(workspace, [key])
        except RequestError:
            continue  # the other one was first
        posted += 1
    print(posted)


def _between(workspace: Workspace) -> None:
    def progress(done: int, _total: int) -> None:
        if done >= 2 * CHUNK:
            _wait_to_be_killed()

    start_batch_run(workspace, Filter(NOW.date()), progress=progress, chunk=CHUNK)


def _inside(workspace: Workspace) -> None:
    write, written = vars(batch_chunks)["write_posting"], []

    def write_and_wait(*said: Any) -> None:
        write(*said)
        written.append(said)
        if len(written) == CHUNK + 2:
            _wait_to_be_killed()

    vars(batch_chunks)["write_posting"] = write_and_wait
    start_batch_run(workspace, Filter(NOW.date()), chunk=CHUNK)


def main(location: str, verb: str, *keys: str) -> None:
    """Open the book and do it."""
    world = World(now=lambda: NOW, today=NOW.date, random=Random(0), user="Bo Lind")
    workspace = open_workspace(location, world)
    match verb:
        case "post":
            _post(workspace, [int(key) for key in keys])
        case "run":
            start_batch_run(workspace, Filter(NOW.date()), chunk=CHUNK)
        case "between":
            _between(workspace)
        case "inside":
            _inside(workspace)
    workspace.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
