"""Letters as they were issued: one to the byte, and in which order many go to the folding machine."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, func, select

from duedesk.domain.errors import RequestError
from duedesk.store.settlement import chosen
from duedesk.store.tables.dunning import dunning_letter, dunning_run
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


@dataclass(frozen=True, slots=True)
class Stack:
    """Letters on paper: how many are kept, on how many pages and sheets."""

    letters: int
    pages: int
    sheets: int


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


def folding_order(connection: Connection, letter_keys: Sequence[int], *, is_duplex: bool = False) -> tuple[int, ...]:
    """Give the letters that are kept in the order a folding machine takes them: by sheets, country, postal code."""
    row, to = _document.c, account.c
    asked = (
        select(row.dunning_letter_id)
        .join(dunning_letter, dunning_letter.c.id == row.dunning_letter_id)
        .join(account, to.id == dunning_letter.c.account_id)
        .where(chosen(connection, row.dunning_letter_id, letter_keys))
        .order_by(
            _sheets(is_duplex=is_duplex),
            func.coalesce(to.billing_country, ""),
            func.coalesce(to.billing_postal_code, ""),
            dunning_letter.c.number,
        )
    )
    return tuple(connection.scalars(asked))


def stack_of(connection: Connection, letter_keys: Sequence[int], *, is_duplex: bool) -> Stack:
    """Give how many of letters are kept, and what they come to on paper."""
    row = _document.c
    asked = select(func.count(), func.coalesce(func.sum(row.page_count), 0))
    asked = asked.add_columns(func.coalesce(func.sum(_sheets(is_duplex=is_duplex)), 0))
    found = connection.execute(asked.where(chosen(connection, row.dunning_letter_id, letter_keys))).one()
    return Stack(*map(int, found))


def _sheets(*, is_duplex: bool) -> ColumnElement[int]:
    pages = _document.c.page_count
    return (pages + 1) // 2 if is_duplex else pages


def letters_named(connection: Connection, numbers: Sequence[str]) -> tuple[int, ...]:
    """Give the letters with these numbers in their order; RequestError names the first that there is not."""
    row = dunning_letter.c
    asked = connection.execute(select(row.number, row.id).where(row.number.in_(numbers)))
    found = {number: key for number, key in asked}  # noqa: C416 - rows are no pairs to `dict`
    if missing := next((number for number in numbers if number not in found), None):
        raise RequestError(f"There is no letter {missing}.", "Letters have numbers like DL-2026-00001.")
    return tuple(found[number] for number in numbers)


def letters_of_run(connection: Connection, run: str) -> tuple[int, ...]:
    """Give the letters of a run that are not cancelled; RequestError where there is no such run."""
    key = connection.scalar(select(dunning_run.c.id).where(dunning_run.c.name == run))
    if key is None:
        raise RequestError(f"There is no run {run}.")
    row = dunning_letter.c
    standing = select(row.id).where(row.dunning_run_id == key, row.status == "Issued").order_by(row.number)
    return tuple(connection.scalars(standing))
