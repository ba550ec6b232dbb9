"""A clerk's program that mails what waits, to be run in a process of its own."""

from dataclasses import replace
from datetime import datetime
from random import Random

from actions.delivering.issued import SERVER, documents
from duedesk.actions.delivering.handing_over import Round, deliver
from duedesk.actions.workspace import open_workspace
from duedesk.connect.mail import Mailer
from duedesk.domain.world import World


def main(location: str, port: str, seed: str, moment: str) -> None:
    """Mail what waits; the clock stands still."""
    now = datetime.fromisoformat(moment)
    workspace = open_workspace(location, World(lambda: now, now.date, Random(int(seed)), "Ana Reyes"))
    try:
        with Mailer(replace(SERVER, port=int(port))) as mailer:
            deliver(workspace, mailer, Round(documents))
    finally:
        workspace.close()
