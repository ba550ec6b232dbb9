"""Letters that were issued, in one PDF for the printer, in the order the folding machine wants; it issues none."""

from collections.abc import Callable, Sequence
from pathlib import Path

from duedesk.actions.letter_documents import printed_again
from duedesk.actions.workspace import Workspace
from duedesk.documents.merging import Merged, merge_letters
from duedesk.exchange.files import write_safely
from duedesk.store.queries.letters.documents import folding_order

Progress = Callable[[int, int], None]
"""Called with the letters done and all there are; what it raises ends the printing and leaves no file."""


def print_letters(
    workspace: Workspace,
    letter_keys: Sequence[int],
    path: Path,
    *,
    is_duplex: bool = True,
    progress: Progress | None = None,
) -> Merged:
    """Write the letters that are kept into one PDF: by sheets, then country and postal code; whole or not at all.

    Printed on both sides each begins on a front page. RequestError where none of them is kept.
    """
    order = workspace.ask(folding_order, letter_keys, is_duplex=is_duplex)

    def tell(done: int) -> None:
        if progress is not None:
            progress(done, len(order))

    with write_safely(path) as draft:
        pdfs = (printed_again(workspace, key).pdf for key in order)
        return merge_letters(pdfs, draft, is_duplex=is_duplex, title=path.stem, progress=tell)


def save_as_issued(workspace: Workspace, letter_key: int, path: Path) -> None:
    """Write one letter to a file, to the byte as it was issued."""
    kept = printed_again(workspace, letter_key)
    with write_safely(path) as draft:
        draft.write_bytes(kept.pdf)
