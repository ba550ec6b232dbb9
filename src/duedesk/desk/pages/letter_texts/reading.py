"""What the page of letter texts asks the book, behind the window; it shows nothing and stores nothing."""

from dataclasses import dataclass
from datetime import date

from duedesk.actions.dunning.text_preview import sample_letters, text_on_letter
from duedesk.actions.letter_texts import Text, versions_of
from duedesk.actions.workspace import Workspace
from duedesk.desk.pdf_pages import page_sizes
from duedesk.documents.dunning_wording import Kind
from duedesk.documents.wording import Wording
from duedesk.domain.dunning.proposal import Proposal
from duedesk.domain.errors import RequestError


@dataclass(frozen=True, slots=True)
class Sheets:
    """A letter with a text, as PDF with the sizes of its pages in points."""

    pdf: bytes
    sizes: tuple[tuple[float, float], ...]


def read_versions(workspace: Workspace, kind: Kind, language: str) -> tuple[Text, ...]:
    """Read all versions of a text, the one that holds first."""
    with workspace.book.reading() as connection:
        return versions_of(connection, kind, language)


def read_samples(workspace: Workspace, as_of: date) -> Proposal | RequestError:
    """Read letters to see a text on, or say why there is none."""
    try:
        return sample_letters(workspace, as_of)
    except RequestError as error:
        return error


def draw(workspace: Workspace, samples: Proposal, letter: str, language: str, wording: Wording) -> Sheets:
    """Set a letter with a text; RequestError where it lacks a field."""
    pdf = text_on_letter(workspace, samples, letter, language, wording)
    return Sheets(pdf, page_sizes(pdf))
