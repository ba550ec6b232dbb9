"""Letters kept as they were issued, and given back to the byte; it issues and sends none."""

import hashlib

from sqlalchemy import insert

from duedesk.actions.deed import Deed
from duedesk.actions.dunning.putting_aside import PutAside
from duedesk.actions.workspace import Workspace
from duedesk.domain.errors import BookError
from duedesk.store.queries.letters.documents import IssuedDocument, issued_document
from duedesk.store.tables.letters import issued_letter_document


def keep_documents(act: Deed, put_aside: PutAside) -> None:
    """Keep letters that were put aside, inside the action that issues them; each once."""
    for row in put_aside.rows():
        kept = insert(issued_letter_document).values(**row, recorded_at=act.now, journal_id=act.journal_id)
        act.connection.execute(kept)


def printed_again(workspace: Workspace, letter_key: int) -> IssuedDocument:
    """Give a letter as it was issued; BookError where its bytes are no longer what they were."""
    kept = workspace.ask(issued_document, letter_key)
    if hashlib.sha256(kept.pdf).hexdigest() != kept.sha256:
        raise BookError(
            f"The letter {kept.number} is not kept as it was issued: its bytes have changed.",
            "Take it from a backup.",
        )
    return kept
