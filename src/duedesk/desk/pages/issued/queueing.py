"""Queueing letters that were issued on their way: done behind the window as one action, and told; it sends nothing."""

from collections.abc import Sequence

from duedesk.actions.delivering.queueing import Queued, queue
from duedesk.desk.page import Page


def queue_letters(page: Page, keys: Sequence[int]) -> None:
    """Queue letters, and say how many of them are printed for want of an address."""
    workspace = page.desk.workspace

    def done(queued: Queued) -> None:
        count = len(queued.keys)
        if not count:
            page.say_done("They are under way already.")
            return
        said = f"{count:,} letter{'s'[: count != 1]} queued"
        instead = f"; {queued.printed_instead:,} printed for want of an address" if queued.printed_instead else ""
        page.say_done(f"{said}{instead}.")

    page.desk.tasks.write(page, lambda _: queue(workspace, keys), done, title="Queueing", failed=page.say_failed)
