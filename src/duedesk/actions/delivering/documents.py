"""The PDFs that a message brings: letters as they were issued, to the byte; it makes none."""

import hashlib
from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, select

from duedesk.domain.errors import BookError
from duedesk.store.settlement import chosen
from duedesk.store.tables.letters import issued_letter_document as document


def issued_documents(connection: Connection, letters: Sequence[int]) -> Mapping[int, bytes]:
    """Give the PDFs of letters by key, of those that are kept; BookError where one is not what it was."""
    asked = select(document.c.dunning_letter_id, document.c.pdf, document.c.sha256)
    found = connection.execute(asked.where(chosen(connection, document.c.dunning_letter_id, letters))).all()
    for row in found:
        if hashlib.sha256(row.pdf).hexdigest() != row.sha256:
            raise BookError(
                "A letter is not kept as it was issued: its bytes have changed.",
                "Take it from a backup; none was sent.",
            )
    return {row.dunning_letter_id: bytes(row.pdf) for row in found}
