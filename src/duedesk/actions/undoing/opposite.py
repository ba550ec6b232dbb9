"""What the opposite of an action consists of: a sentence that says it, and the verbs that do it; it does nothing."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from duedesk.actions.undoing.entries import Entry, since
from duedesk.actions.workspace import Workspace
from duedesk.domain.days import in_words
from duedesk.domain.errors import RequestError

Step = Callable[[Workspace], object]
"""A verb with all it is told, ready to be done in a workspace."""

DOCUMENTS = ("Invoice", "Payment", "CreditMemo")
"""What is locked before anything else, in this order."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the opposite is asked of: an entry of the journal, in a state of the book, by somebody on a day."""

    connection: Connection
    entry: Entry
    user: str
    today: date

    @property
    def dated(self) -> str:
        """Give the words that say from when the opposite counts."""
        return f"dated today, {in_words(self.today)}"

    @property
    def reason(self) -> str:
        """Give the reason that a void takes."""
        return f"Undone by {self.user}"

    def require_untouched(self, records: Mapping[str, Collection[int]]) -> None:
        """Make sure that nothing has happened to records since; RequestError names what has."""
        later = since(self.connection, self.entry, records)
        if later is not None:
            who = "you have" if later.actor == self.user else f"{later.actor} has"
            raise RequestError(f"{who[0].upper()}{who[1:]} since done this: {later.summary}.", "Undo that first.")


@dataclass(frozen=True, slots=True)
class Planned:
    """What will be done: in a sentence that begins with a verb, the actions it takes, and the steps of it."""

    sentence: str
    actions: tuple[str, ...]
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Opposite:
    """How an action is undone: `plan` raises RequestError where it cannot be any more; `holds` are locked before."""

    plan: Callable[[Asked], Planned]
    holds: tuple[str, ...] = DOCUMENTS
