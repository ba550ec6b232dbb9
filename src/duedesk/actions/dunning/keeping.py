"""Letters set for print as they are issued, kept to the byte, shown before that, and saved as files; it issues none."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from duedesk.actions.deed import Deed
from duedesk.actions.dunning.charging import NumberedLetter, with_charges
from duedesk.actions.dunning.composing import compose, sender_of
from duedesk.actions.dunning.putting_aside import PutAside
from duedesk.actions.letter_documents import keep_documents, printed_again
from duedesk.actions.letter_texts import Texts
from duedesk.actions.settings import letterhead
from duedesk.actions.workspace import Workspace
from duedesk.documents.dunning_pdf import render_dunning_letter
from duedesk.domain.dunning_proposal import Proposal
from duedesk.domain.errors import RequestError
from duedesk.exchange.files import file_stem, write_safely
from duedesk.store.queries.dunning_letters import IssuedLetter

Progress = Callable[[int, int], None]
"""Called with the letters set and all there are; what it raises leaves nothing issued."""

NOT_NUMBERED = "PREVIEW"
"""Stands for the number of a letter that is only looked at, in its payment reference too: letters and digits."""


def print_all(
    workspace: Workspace,
    act: Deed,
    proposal: Proposal,
    letters: Sequence[NumberedLetter],
    addresses: Mapping[str, str],
    progress: Progress | None,
) -> PutAside:
    """Set letters that are about to be issued and put them aside; RequestError names the one that cannot be set."""
    sender = sender_of(act.connection, letterhead(workspace.book), workspace.world.user, addresses)
    printed = PutAside()
    try:
        for one, letter in zip(letters, compose(act.connection, sender, proposal, letters), strict=True):
            printed.add(one.key, letter, render_dunning_letter(letter))
            if progress is not None:
                progress(len(printed), len(letters))
    except BaseException:
        printed.close()
        raise
    return printed


def keep_all(act: Deed, printed: PutAside) -> None:
    """Keep letters that were issued, inside the action that issues them."""
    keep_documents(act, printed)


def preview(
    workspace: Workspace,
    proposal: Proposal,
    letter_key: str,
    addresses: Mapping[str, str] | None = None,
    texts: Texts | None = None,
) -> bytes:
    """Give a proposed letter as the PDF it would be, without a number; LookupError where it is not in the proposal.

    `addresses` are those chosen by hand, as lines, by letter; `texts` stand in place of those that hold now.
    """
    letter = proposal.by_key[letter_key]
    one = Proposal(proposal.as_of, (letter,), (), proposal.policies)
    with workspace.book.reading() as connection:
        sender = sender_of(connection, letterhead(workspace.book), workspace.world.user, addresses)
        charged = with_charges(connection, one)
        (shown,) = charged.proposal.letters
        numbered = NumberedLetter(0, NOT_NUMBERED, shown, one.level_of(shown), charged.interest.get(letter_key))
        (document,) = compose(connection, sender, charged.proposal, [numbered], texts)
    return render_dunning_letter(document)


def ready_folder(folder: Path) -> None:
    """Make a folder that letters can be written to, before any is issued; RequestError where there can be none."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise RequestError(f"{folder} cannot be made a folder: {error.strerror}.", "Choose another one.") from error


def save_letters(workspace: Workspace, letters: Sequence[IssuedLetter], folder: Path) -> tuple[Path, ...]:
    """Write issued letters into a folder, one file each, to the byte as they are kept; RequestError for the folder."""
    paths = []
    for one in letters:
        path = folder / f"{file_stem(one.number, one.account)}.pdf"
        with write_safely(path) as draft:
            draft.write_bytes(printed_again(workspace, one.key).pdf)
        paths.append(path)
    return tuple(paths)
