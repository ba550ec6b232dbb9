"""A proposed letter on its sheets, and what issuing all of them would do; read behind the window, nothing is shown."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from duedesk.actions.dunning.charging import with_charges
from duedesk.actions.dunning.previewing import preview
from duedesk.actions.dunning.unprintable import unprintable
from duedesk.actions.settings import letterhead
from duedesk.actions.workspace import Workspace
from duedesk.desk.pages.dunning.reading import LetterLine
from duedesk.desk.pdf_pages import page_sizes
from duedesk.domain.dunning.proposal import Proposal, ProposedLetter
from duedesk.store.queries.letters.issued import freshness


@dataclass(frozen=True, slots=True)
class Paper:
    """A letter as PDF with the sizes of its pages in points, its sums, and what a person should know before it goes."""

    letter: ProposedLetter
    pdf: bytes
    sizes: tuple[tuple[float, float], ...]
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outlook:
    """What issuing would do: the letters with their interest, how new the book is, and what is missing for it."""

    letters: tuple[ProposedLetter, ...]
    freshness: str
    warnings: tuple[str, ...]


def draw(workspace: Workspace, found: Proposal, line: LetterLine) -> Paper:
    """Draw a letter as decided; one that is taken out as it was proposed. RequestError where it has no text."""
    one = line.letter
    addresses = {one.key: one.to.postal} if one.to.postal != line.proposed.to.postal else {}
    alone = replace(found, letters=(one,), left_out=())
    waivers = {one.key: line.waived} if line.waived else {}
    pdf = preview(workspace, alone, one.key, addresses, waivers=waivers)
    with workspace.book.reading() as connection:
        charged = with_charges(connection, alone, waivers)
    said = (*charged.warnings, *unprintable([one]))
    if not letterhead(workspace.book).name:
        said = (*said, "The book has no letterhead: the letter names no sender and no bank account.")
    return Paper(charged.proposal.letters[0], pdf, page_sizes(pdf), said)


def outlook(workspace: Workspace, found: Proposal, waivers: Mapping[str, str]) -> Outlook:
    """Work out what issuing would do, with the interest of each letter."""
    today = workspace.world.today()
    with workspace.book.reading() as connection:
        charged = with_charges(connection, found, waivers)
        said = freshness(connection, today).said(today)
    return Outlook(charged.proposal.letters, said, (*charged.warnings, *unprintable(found.letters)))
