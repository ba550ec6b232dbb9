"""A text of letters that is not saved, seen on a letter to a real account of the book; nothing is written."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from duedesk.actions.dunning.calendars import is_free
from duedesk.actions.dunning.previewing import preview
from duedesk.actions.letter_texts import SHIPPED, Text, Texts
from duedesk.actions.workspace import Workspace
from duedesk.documents.dunning_wording import Kind
from duedesk.documents.wording import Wording
from duedesk.domain.dunning.proposal import Proposal
from duedesk.domain.errors import RequestError
from duedesk.domain.filters import OPEN, Compare, Filter, Operator, Order
from duedesk.store.queries.dunning.proposal import propose
from duedesk.store.queries.lists import listing

_MOST_INVOICES = 200
"""The longest overdue among which letters are looked for: a book of a million invoices is not gone through."""
_LATER = (0, 60, 400)
"""Days to look ahead where nothing is due for a letter yet."""


@dataclass(slots=True)
class _OneText(Texts):
    """The same text, whatever is asked for."""

    kept: Mapping[tuple[str, str], object] = field(default_factory=dict)  # type: ignore[assignment] # it keeps none
    wording: Wording | None = None

    def text(self, kind: Kind, language: str) -> Text:
        if self.wording is None:
            raise LookupError("no text")
        return Text(kind, language, SHIPPED, self.wording)


def sample_letters(workspace: Workspace, as_of: date) -> Proposal:
    """Give letters that a run of a day would send, or of a later day where none is due; RequestError in a bare book."""
    with workspace.book.reading() as connection:
        asked = Filter(as_of, where=OPEN, order_by=(Order("DaysInvoiceOverdue", descending=True),))
        keys = listing.keys(connection, asked.narrowed(Compare("Status", Operator.EQ, "Posted")))[:_MOST_INVOICES]
        rows = listing.rows(connection, asked, ("BillingAccount.RecordKey",), keys)
        accounts = sorted({int(str(row.values[0])) for row in rows if row.values[0] is not None})
        for days in _LATER:
            day = as_of + timedelta(days=days)
            found = propose(connection, day, accounts=accounts, is_free=is_free, standing_on=as_of)
            if found.letters:
                return found
    raise RequestError("There is no letter to show the text on.", "Something has to be open first.")


def text_on_letter(workspace: Workspace, samples: Proposal, letter_key: str, language: str, wording: Wording) -> bytes:
    """Give the PDF of a letter with a text in a language in place of its own; RequestError where it lacks a field."""
    letter = samples.by_key[letter_key]
    other = replace(letter, to=replace(letter.to, language_code=language))
    alone = replace(samples, letters=(other,), left_out=())
    return preview(workspace, alone, letter_key, texts=_OneText(wording=wording))
