"""What the page of dunning asks the book and works out, behind the window; it shows nothing and stores nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from duedesk.actions.dunning.calendars import is_free
from duedesk.actions.dunning.proposing import proposal
from duedesk.actions.workspace import Workspace
from duedesk.desk.pages.dunning.words import decided_in_words
from duedesk.domain.aging import DEFAULT_BUCKETS
from duedesk.domain.dunning.proposal import LeftOut, Proposal, ProposedLetter
from duedesk.domain.dunning.reasons import sentence
from duedesk.domain.dunning.triage import Decision, Triage, triaged
from duedesk.domain.filters import Filter
from duedesk.domain.names import fold
from duedesk.store.queries.lists import listing


@dataclass(frozen=True, slots=True)
class Read:
    """A proposal, and the names of the accounts of what it leaves out."""

    proposal: Proposal
    names: dict[int, str]


@dataclass(frozen=True, slots=True)
class LetterLine:
    """A letter of the list: as proposed, and as it will be issued (None: it is taken out); `decided` in words."""

    proposed: ProposedLetter
    decided: ProposedLetter | None
    words: str
    out: Mapping[int, Decision] = field(default_factory=dict)
    """Its invoices that are taken out one by one."""
    waived: str = ""
    """Why it charges nothing."""

    @property
    def letter(self) -> ProposedLetter:
        """Give what is shown of it."""
        return self.decided or self.proposed

    @property
    def oldest(self) -> int:
        """Give the days overdue of its oldest invoice."""
        return max((one.days_overdue for one in self.letter.items), default=0)

    @property
    def bucket(self) -> int:
        """Give the bucket of its oldest invoice."""
        return DEFAULT_BUCKETS.index(self.oldest)


@dataclass(frozen=True, slots=True)
class Sifted:
    """A proposal after all decisions: a line a letter that was proposed, and what goes out of them."""

    proposal: Proposal
    lines: tuple[LetterLine, ...]


@dataclass(frozen=True, slots=True)
class LeftOutLine:
    """An overdue invoice that is in no letter, with the name of its account and why, in words."""

    one: LeftOut
    account: str
    why: str


def read_proposal(workspace: Workspace, as_of: date) -> Read:
    """Read what a run of a day would do."""
    found = proposal(workspace, as_of)
    keys = sorted({one.account_key for one in found.left_out})
    with workspace.book.reading() as connection:
        rows = listing.rows(connection, Filter(as_of, object="Account"), ("Name",), keys)
    return Read(found, {row.key: str(row.values[0] or "") for row in rows})


def sifted(found: Proposal, triage: Triage) -> Sifted:
    """Apply decisions; RequestError where one cannot be."""
    after = triaged(found, triage, is_free)
    decided = after.by_key
    lines = (
        LetterLine(
            one,
            decided.get(one.key),
            decided_in_words(one, decided.get(one.key), triage),
            _taken_out(one, triage),
            triage.waivers.get(one.key, ""),
        )
        for one in found.letters
    )
    return Sifted(after, tuple(lines))


def _taken_out(one: ProposedLetter, triage: Triage) -> Mapping[int, Decision]:
    if not triage.invoices:
        return {}
    keys = (item.invoice_key for item in one.items)
    return {key: triage.invoices[key] for key in keys if key in triage.invoices}


def left_out_lines(left_out: tuple[LeftOut, ...], names: dict[int, str], text: str) -> tuple[LeftOutLine, ...]:
    """Give what is left out and fits a text, the oldest first; each reason is worded once."""
    worded: dict[tuple[int, str], str] = {}
    wanted = fold(text)
    lines = []
    for one in sorted(left_out, key=lambda one: (one.due_date, one.number)):
        name = id(one.reason), one.currency
        if name not in worded:
            worded[name] = sentence(one.reason, one.currency)
        line = LeftOutLine(one, names.get(one.account_key, ""), worded[name])
        if not wanted or wanted in fold(f"{one.number} {line.account} {line.why}"):
            lines.append(line)
    return tuple(lines)
