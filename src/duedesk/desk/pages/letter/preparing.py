"""What the page of a letter asks the book and stores in it, each in one go behind the window; it shows nothing."""

from dataclasses import dataclass
from datetime import date

from duedesk.actions.letters import RenderedLetter, first_reminder
from duedesk.actions.settings import letterhead, save_letterhead
from duedesk.actions.workspace import Workspace
from duedesk.desk.pdf_pages import page_sizes
from duedesk.documents.letter import Letterhead, Paper
from duedesk.domain.changes import Changes


@dataclass(frozen=True, slots=True)
class Prepared:
    """A letter ready to leave the house: what is shown, printed and saved are the same bytes.

    `sizes` are width and height of its pages in points.
    """

    letter: RenderedLetter
    paper: Paper
    sizes: tuple[tuple[float, float], ...]
    has_letterhead: bool


def prepared(workspace: Workspace, account_key: int, as_of: date, paper: Paper) -> Prepared:
    """Prepare the first reminder to an account; RequestError where nothing is overdue or the account is gone."""
    letter = first_reminder(workspace, account_key, as_of=as_of, paper=paper)
    return Prepared(letter, paper, page_sizes(letter.pdf), has_letterhead=bool(stored_letterhead(workspace).name))


def stored_letterhead(workspace: Workspace) -> Letterhead:
    """Give the sender of the book's letters."""
    return letterhead(workspace.book)


def keep_letterhead(workspace: Workspace, given: Letterhead) -> Changes:
    """Store the sender of the book's letters; RequestError where a line is too long or there are too many."""
    return save_letterhead(workspace, given)
