"""Letters set for print as they are issued, kept to the byte, and saved as files; it issues none."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from duedesk.actions.deed import Deed
from duedesk.actions.dunning.charging import NumberedLetter
from duedesk.actions.dunning.composing import compose, sender_of
from duedesk.actions.dunning.putting_aside import PutAside
from duedesk.actions.letter_documents import keep_documents, printed_again
from duedesk.actions.settings import letterhead
from duedesk.actions.workspace import Workspace
from duedesk.documents.dunning_pdf import render_dunning_letter
from duedesk.domain.dunning.proposal import Proposal
from duedesk.domain.errors import RequestError
from duedesk.exchange.files import file_stem, write_safely
from duedesk.store.queries.letters.issued import IssuedLetter

Progress = Callable[[int, int], None]
"""Called with the letters set and all there are; what it raises leaves nothing issued."""


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
