"""Letters kept as they were issued, and given back to the byte; it issues and sends none."""

import hashlib

from sqlalchemy import insert

from duedesk.actions.deed import Deed
from duedesk.actions.workspace import Workspace
from duedesk.documents.attached_items import items_as_json
from duedesk.documents.dunning_letter import DunningLetter
from duedesk.documents.pages import page_count
from duedesk.domain.errors import BookError
from duedesk.store.queries.letter_documents import IssuedDocument, issued_document
from duedesk.store.tables.letters import issued_letter_document


def keep_document(act: Deed, letter_key: int, letter: DunningLetter, pdf: bytes) -> str:
    """Keep a letter inside the action that issues it, once, and give the sum of its bytes."""
    digest = hashlib.sha256(pdf).hexdigest()
    act.connection.execute(
        insert(issued_letter_document).values(
            dunning_letter_id=letter_key,
            sha256=digest,
            size=len(pdf),
            page_count=page_count(pdf),
            language_code=letter.language,
            text_version=letter.text_version,
            items=items_as_json(letter),
            pdf=pdf,
            recorded_at=act.now,
            journal_id=act.journal_id,
        )
    )
    return digest


def printed_again(workspace: Workspace, letter_key: int) -> IssuedDocument:
    """Give a letter as it was issued; BookError where its bytes are no longer what they were."""
    kept = workspace.ask(issued_document, letter_key)
    if hashlib.sha256(kept.pdf).hexdigest() != kept.sha256:
        raise BookError(
            f"The letter {kept.number} is not kept as it was issued: its bytes have changed.",
            "Take it from a backup.",
        )
    return kept
