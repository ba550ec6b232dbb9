"""The opposite of issuing letters: all of the run is cancelled, and what it postponed may be dunned again."""

from functools import partial

from sqlalchemy import select

from duedesk.actions.dunning.cancelling import cancel_letters
from duedesk.actions.dunning.holds import release_holds
from duedesk.actions.undoing.naming import called
from duedesk.actions.undoing.opposite import Asked, Opposite, Planned, Step
from duedesk.domain.errors import RequestError
from duedesk.store.queries.letters.issued import delivered, issued_letters
from duedesk.store.tables.dunning import dunning_hold


def _cancel(asked: Asked) -> Planned:
    """Cancel what is not cancelled yet; a letter that was cancelled since needs nothing more."""
    keys = asked.entry.keys("DunningLetter")
    asked.require_untouched({"DunningHold": (holds := _holds(asked))})
    left = [one.key for one in issued_letters(asked.connection, keys=keys, status="Issued")]
    if not left and not holds:
        raise RequestError("All of its letters were cancelled already.")
    steps: list[Step] = []
    said: list[str] = []
    if left:
        steps.append(partial(cancel_letters, keys=left, reason=asked.reason))
        gone = len(delivered(asked.connection, left))
        mailed = f" ({gone:,} of them left by mail)" if gone else ""
        said.append(f"Cancel {called(asked.connection, 'DunningLetter', left)}{mailed}")
    if holds:
        steps.append(partial(release_holds, keys=holds, reason=asked.reason))
        what = called(asked.connection, "DunningHold", holds)
        said.append(f"and release {what}" if said else f"Release {what}")
    actions = (*(("cancel_letter",) if left else ()), *(("release_hold",) if holds else ()))
    return Planned(f"{', '.join(said)}, {asked.dated}", actions, tuple(steps))


def _holds(asked: Asked) -> list[int]:
    """Give the holds of what was postponed as the letters went out."""
    one = dunning_hold.c
    mine = select(one.id).where(one.journal_id == asked.entry.id, one.released_on.is_(None)).order_by(one.id)
    return list(asked.connection.scalars(mine))


OPPOSITES = {"issue_letters": Opposite(_cancel)}
