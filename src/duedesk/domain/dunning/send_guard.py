"""What drops out of a letter because it changed since it was proposed, and when the book is too old to dun by.

Pure rules: what was proposed and what stands now are told.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from duedesk.domain.days import in_words
from duedesk.domain.dunning.proposal import Proposal, ProposedItem, ProposedLetter
from duedesk.domain.dunning.reasons import Reason, Why
from duedesk.domain.errors import Question, RequestError
from duedesk.domain.names import tidy

LONGEST_REASON = 1_000
LONGEST_NOTE = 4_000


class Dropped(NamedTuple):
    """An invoice that was proposed and is in no letter that was issued: the code of the reason, and its sentence."""

    invoice_key: int
    number: str
    letter: str
    why: str
    reason: str


def what_changed(
    letter: ProposedLetter, item: ProposedItem, now: tuple[str, ProposedItem] | None, left_out: Reason | None
) -> Reason | None:
    """Say why a proposed item drops out; None where it stands as it was proposed.

    `now` is the letter it would be in now and how it would be there, `left_out` why it would be in none.
    """
    if now is None:
        return left_out or Reason(Why.SETTLED_SINCE)
    key, found = now
    if key != letter.key:
        return Reason(Why.ELSEWHERE_SINCE)
    if found.level_before != item.level_before:
        return Reason(Why.LEVEL_SINCE, level=found.level_before, needed=item.level_before)
    if found.asked != item.asked:
        return Reason(Why.CHANGED_SINCE, amount=found.asked, limit=item.asked)
    return None


def changes_since(seen: Proposal, now: Proposal) -> Mapping[int, Reason]:
    """Give by invoice why items that were proposed drop out, held against what would be proposed now."""
    there = {item.invoice_key: (letter.key, item) for letter, item in now.items}
    out = {one.invoice_key: one.reason for one in now.left_out}
    found = {
        item.invoice_key: what_changed(letter, item, there.get(item.invoice_key), out.get(item.invoice_key))
        for letter, item in seen.items
    }
    return {key: reason for key, reason in found.items() if reason is not None}


@dataclass(frozen=True, slots=True)
class Freshness:
    """How new the book is: the day of its newest payment, and of its newest import; None where there is none."""

    newest_payment: date | None = None
    newest_import: date | None = None

    def said(self, today: date) -> str:
        """Say it in a sentence."""
        paid, imported = "There is no payment in the book", "nothing was imported"
        if self.newest_payment is not None:
            paid = f"The newest payment is of {_ago(self.newest_payment, today)}"
        if self.newest_import is not None:
            imported = f"the newest import is of {_ago(self.newest_import, today)}"
        return f"{paid}; {imported}."

    def age(self, today: date) -> int | None:
        """Give the days since the newest payment; None where there never was one. An import may hold none."""
        return None if self.newest_payment is None else max(0, (today - self.newest_payment).days)


def check_fresh(freshness: Freshness, today: date, limit: int | None, override: str) -> str:
    """Refuse to issue by a book that is older than the limit (None: there is none), unless told why it may be.

    Question where that is to be said; gives the override where one was needed, else nothing.
    """
    said = _reason(override)
    age = freshness.age(today)
    if limit is None or (age is not None and age <= limit):
        return ""
    if said:
        return said
    days = f"{limit} day{'s'[: limit != 1]}"
    raise Question(
        f"{freshness.said(today)} Letters go out by a book that is at most {days} old: issue them all the same?",
        "Import the newest bank file first, or say why they may go.",
    )


def check_waiver(reason: str) -> str:
    """Give the reason tidied why a letter charges neither fee nor interest; RequestError where there is none."""
    said = _reason(reason)
    if not said:
        raise RequestError("A fee is waived for a reason.", "Say it in a few words.")
    return said


def check_note(note: str) -> str:
    """Give the note of a run without blanks around it; RequestError where it is too long."""
    said = note.strip()
    if len(said) > LONGEST_NOTE:
        raise RequestError(f"The note is longer than {LONGEST_NOTE:,} characters.")
    return said


def check_run_day(as_of: date, today: date) -> None:
    """Refuse letters dated on a day to come: RequestError."""
    if as_of > today:
        raise RequestError(
            f"Letters of {in_words(as_of)} cannot be issued yet: that day is to come.", "Issue them then."
        )


def _reason(reason: str) -> str:
    said = tidy(reason)
    if len(said) > LONGEST_REASON:
        raise RequestError(f"The reason is longer than {LONGEST_REASON:,} characters.")
    return said


def _ago(day: date, today: date) -> str:
    days = (today - day).days
    return f"{in_words(day)}, today" if days <= 0 else f"{in_words(day)}, {days:,} day{'s'[: days != 1]} ago"
