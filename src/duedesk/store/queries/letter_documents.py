"""Letters as they were issued: one to the byte, and in which order many go to the folding machine."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select

from duedesk.domain.errors import RequestError
from duedesk.store.settlement import chosen
from duedesk.store.tables.dunning import dunning_letter
from duedesk.store.tables.letters import issued_letter_document
from duedesk.store.tables.party import account

_document = issued_letter_document


@dataclass(frozen=True, slots=True)
class IssuedDocument:
    """A letter as it was issued: its bytes and their sum, the text it was made with, what it asked for as JSON."""

    letter_key: int
    number: str
    pdf: bytes
    sha256: str
    page_count: int
    language: str
    text_version: str
    items: str
    recorded_at: datetime


def issued_document(connection: Connection, letter_key: int) -> IssuedDocument:
    """Give a letter as it was issued; RequestError where none is kept."""
    row = _document.c
    asked = (
        select(dunning_letter.c.number, row.pdf, row.sha256, row.page_count, row.language_code, row.text_version)
        .add_columns(row["items"], row.recorded_at)
        .join(dunning_letter, dunning_letter.c.id == row.dunning_letter_id)
        .where(row.dunning_letter_id == letter_key)
    )
    found = connection.execute(asked).first()
    if found is None:
        raise RequestError("That letter is not kept as a document.", "Letters are kept when they are issued.")
    number, pdf, *rest = found
    return IssuedDocument(letter_key, number, bytes(pdf), *rest)


def folding_order(connection: Connection, letter_keys: Sequence[int]) -> tuple[int, ...]:
    """Give the letters that are kept in the order a folding machine takes them: by pages, country, postal code."""
    row, to = _document.c, account.c
    asked = (
        select(row.dunning_letter_id)
        .join(dunning_letter, dunning_letter.c.id == row.dunning_letter_id)
        .join(account, to.id == dunning_letter.c.account_id)
        .where(chosen(connection, row.dunning_letter_id, letter_keys))
        .order_by(
            row.page_count,
            func.coalesce(to.billing_country, ""),
            func.coalesce(to.billing_postal_code, ""),
            dunning_letter.c.number,
        )
    )
    return tuple(connection.scalars(asked))
