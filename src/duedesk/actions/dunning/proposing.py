"""What a dunning run would do, with the holidays of each customer's country; and why one invoice is dunned or not."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from duedesk.actions.dunning.calendars import is_free
from duedesk.actions.workspace import Workspace
from duedesk.domain.days import in_words
from duedesk.domain.dunning.proposal import Proposal
from duedesk.domain.dunning.reasons import sentence
from duedesk.domain.dunning.triage import Triage, triaged
from duedesk.domain.invoice import OWED_STATUSES
from duedesk.store.queries.dunning.family import family_of
from duedesk.store.queries.dunning.proposal import propose
from duedesk.store.queries.records.invoice import invoice_record


def proposal(
    workspace: Workspace,
    as_of: date,
    policy_keys: Collection[int] | None = None,
    *,
    accounts: Collection[int] | None = None,
    triage: Triage | None = None,
) -> Proposal:
    """Give what a run of a day would do, of these policies and accounts (None: all), after what was decided by hand."""
    found = workspace.ask(propose, as_of, policy_keys, accounts=accounts, is_free=is_free)
    return found if triage is None else triaged(found, triage, is_free)


@dataclass(frozen=True, slots=True)
class Answer:
    """Why an invoice is dunned on a day, or is not, in a sentence; `letter` is the letter it would be in."""

    number: str
    is_dunned: bool
    sentence: str
    letter: str = ""


def why(workspace: Workspace, invoice_key: int, as_of: date) -> Answer:
    """Say why a run of a day would dun an invoice or not; RequestError where it is not to be seen."""
    with workspace.book.reading() as connection:
        record = invoice_record(connection, invoice_key, as_of=as_of)
        found = propose(connection, as_of, accounts=family_of(connection, invoice_key), is_free=is_free)
    for letter, item in found.items:
        if item.invoice_key == invoice_key:
            said = (
                f"{sentence(item.reason, letter.currency)} The letter to {letter.to.name} is of level {letter.level}."
            )
            return Answer(record.number, is_dunned=True, sentence=said, letter=letter.key)
    for one in found.left_out:
        if one.invoice_key == invoice_key:
            return Answer(record.number, is_dunned=False, sentence=sentence(one.reason, one.currency))
    return Answer(record.number, is_dunned=False, sentence=_not_overdue(record.status, record.due_date, as_of))


def _not_overdue(status: str, due: date | None, as_of: date) -> str:
    if status not in OWED_STATUSES:
        return f"It is {status.lower()}: nothing is owed on it."
    if due is not None and due >= as_of:
        return f"It is not overdue: it falls due on {in_words(due)}."
    return "It is paid: nothing of it is open."
