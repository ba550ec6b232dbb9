"""Says a verb to many invoices behind the window: all in one go, else one by one; what became of each is told.

In one go they stand in the journal as one entry, and are undone as one. Where that is refused, each is tried by itself,
so that one at fault does not keep the others back.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

from duedesk.actions.workspace import Workspace
from duedesk.desk.background import Progress
from duedesk.desk.bulk.outlook import AllOutlook, Item, Outlook, read_items
from duedesk.desk.bulk.verbs import BulkVerb
from duedesk.domain.changes import Changes
from duedesk.domain.errors import Question, RequestError

Deed = Callable[[Sequence[int]], tuple[Changes, str]]
"""Does a verb to these invoices, in one transaction, and says what came of it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A verb as it was asked for: to which invoices, on which day, and what it needs beside."""

    outlook: Outlook | AllOutlook
    on: date | None = None
    reason: str = ""
    comments: str = ""
    owner: int | None = None
    converts: bool = False
    """Negative lines become a credit memo."""
    with_credit_memos: bool | None = None
    """Credit memos that came from what is voided are voided too."""


@dataclass(frozen=True, slots=True)
class Told:
    """What became of one invoice."""

    key: int
    name: str
    account: str
    done: bool
    text: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of all of them; `changes` tells the pages."""

    verb: BulkVerb
    told: tuple[Told, ...]
    changes: Changes = field(default_factory=Changes)
    all_done: int | None = None
    all_refused: int | None = None
    """Where it was said to all that match, only what was refused is told one by one, and of many not all."""
    left: int = 0
    """How many it was stopped before."""

    @property
    def done(self) -> int:
        """Give how many it was done to."""
        return sum(one.done for one in self.told) if self.all_done is None else self.all_done

    @property
    def refused(self) -> int:
        """Give how many it was refused of."""
        return len(self.told) - self.done if self.all_refused is None else self.all_refused


def do(workspace: Workspace, asked: Asked, deed: Deed, progress: Progress) -> Outcome:
    """Say the verb to all that it fits; RequestError only where all are refused alike."""
    if not isinstance(asked.outlook, Outlook):
        raise TypeError("that is said to all that match")
    items = asked.outlook.items
    told: list[Told] = []
    made: list[Changes] = []
    if asked.outlook.verb not in _ONE_BY_ONE:
        try:
            changes, text = deed([item.key for item in items])
        except (RequestError, Question):
            if len(items) == 1:
                raise
        else:
            told = [Told(item.key, item.name, item.account, done=True, text=text) for item in items]
            made = [changes]
    if not told:
        told, made = _one_by_one(items, deed, progress)
    if not made and len({one.text for one in told}) == 1:
        raise RequestError(told[0].text)  # what stands in the way of all alike is no matter of a list
    objects = frozenset[str]().union(*(changes.objects for changes in made))
    last = made[-1] if made else Changes()
    return Outcome(asked.outlook.verb, _as_called_now(workspace, told), Changes(objects, last.journal_id, last.summary))


_STOPPED = "Stopped before it"

_ONE_BY_ONE = {BulkVerb.WRITE_OFF}
"""Verbs whose action takes one invoice."""


def _one_by_one(items: Sequence[Item], deed: Deed, progress: Progress) -> tuple[list[Told], list[Changes]]:
    told: list[Told] = []
    made: list[Changes] = []
    for place, item in enumerate(items):
        if progress.is_cancelled():
            told += [Told(left.key, left.name, left.account, done=False, text=_STOPPED) for left in items[place:]]
            break
        try:
            changes, text = deed([item.key])
        except (RequestError, Question) as refused:
            if len(items) == 1:
                raise
            told.append(Told(item.key, item.name, item.account, done=False, text=str(refused)))
        else:
            told.append(Told(item.key, item.name, item.account, done=True, text=text))
            made.append(changes)
        progress.report(place + 1, len(items))
    return told, made


def _as_called_now(workspace: Workspace, told: Sequence[Told]) -> tuple[Told, ...]:
    """Call each by the number it has now: posting gave it one."""
    names = {item.key: item.name for item in read_items(workspace, [one.key for one in told])}
    return tuple(Told(one.key, names.get(one.key, one.name), one.account, done=one.done, text=one.text) for one in told)
