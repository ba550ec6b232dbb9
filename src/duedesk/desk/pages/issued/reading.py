"""What the page of issued letters asks the book, behind the window; it shows nothing and stores nothing."""

from collections.abc import Sequence
from dataclasses import dataclass

from duedesk.actions.letter_documents import printed_again
from duedesk.actions.workspace import Workspace
from duedesk.desk.pdf_pages import page_sizes
from duedesk.domain.errors import RequestError
from duedesk.store.queries.asof import Standpoint
from duedesk.store.queries.letters.deliveries import DeliveryRow, deliveries
from duedesk.store.queries.letters.issued import IssuedLetter, LetterItem, issued_letters, letter_items


@dataclass(frozen=True, slots=True)
class WholeLetter:
    """A letter with its invoices, and on which ways it left, the first one first."""

    letter: IssuedLetter
    items: tuple[LetterItem, ...]
    ways: tuple[DeliveryRow, ...]


@dataclass(frozen=True, slots=True)
class KeptPaper:
    """A letter to the byte as it was issued, with the sizes of its pages in points."""

    letter_key: int
    number: str
    pdf: bytes
    sizes: tuple[tuple[float, float], ...]


def whole_letter(workspace: Workspace, key: int, then: Standpoint | None = None) -> WholeLetter:
    """Read a letter as it stood `then`; RequestError where it is not there."""
    with workspace.book.reading() as connection:
        found = issued_letters(connection, keys=[key], then=then)
        if not found:
            raise RequestError("That letter is not in the book, or not for you to see.", "Refresh the list.")
        items = letter_items(connection, [key]).get(key, [])
        ways: Sequence[DeliveryRow] = deliveries(connection, letters=[key])
    return WholeLetter(found[0], tuple(items), tuple(reversed(ways)))


def kept_paper(workspace: Workspace, key: int) -> KeptPaper:
    """Read a letter's PDF; RequestError where none is kept, BookError where its bytes have changed."""
    kept = printed_again(workspace, key)
    return KeptPaper(key, kept.number, kept.pdf, page_sizes(kept.pdf))
