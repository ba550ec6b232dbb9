"""The settings of a book: read, checked and stored with a journal entry; nothing of one user's own taste."""

import json
from dataclasses import asdict, fields, replace
from typing import Any

from sqlalchemy import Connection, insert, update

from duedesk.actions.permission import permit
from duedesk.actions.workspace import Workspace
from duedesk.documents.letter import Letterhead
from duedesk.domain.changes import Changes
from duedesk.domain.errors import BookError, RequestError
from duedesk.domain.names import tidy
from duedesk.store import journal
from duedesk.store.book import Book
from duedesk.store.queries.settings import stored_setting
from duedesk.store.tables.desk import setting

LETTERHEAD = "letterhead"
MOST_LINES = 6
LONGEST_LINE = 80


def letterhead(book: Book) -> Letterhead:
    """Give the sender of the book's letters; an empty one where none was set. BookError where it cannot be read."""
    return _read(book.ask(stored_setting, LETTERHEAD))


def save_letterhead(workspace: Workspace, letterhead: Letterhead) -> Changes:
    """Store the sender of the book's letters and journal what it was before: a changed bank account is seen.

    Nothing is written where nothing changed. RequestError where a line is too long or there are too many.
    """
    tidied = _tidied(letterhead)
    written = _written(tidied)
    with workspace.book.writing() as connection:
        permit(connection, workspace.world.user, "save_letterhead")
        before = stored_setting(connection, LETTERHEAD)
        if before is not None and _read(before) == tidied:
            return Changes()
        summary = f"Letterhead of {tidied.name or 'nobody'} set"
        journal_id = journal.record(
            connection,
            workspace.world,
            action="save_letterhead",
            summary=summary,
            details={"before": before, "after": written},
        )
        _store(connection, written, journal_id)
    return Changes(frozenset({"Setting"}), journal_id, summary)


def store_letterhead(connection: Connection, letterhead: Letterhead, journal_id: int) -> None:
    """Store the sender of a new book's letters inside the action that makes the book; RequestError as above."""
    _store(connection, _written(_tidied(letterhead)), journal_id)


def _store(connection: Connection, written: str, journal_id: int) -> None:
    values = {"value": written, "journal_id": journal_id}
    changed = connection.execute(update(setting).where(setting.c.name == LETTERHEAD).values(**values))
    if changed.rowcount == 0:
        connection.execute(insert(setting).values(name=LETTERHEAD, **values))


def _written(letterhead: Letterhead) -> str:
    return json.dumps(asdict(letterhead), ensure_ascii=False, sort_keys=True)


def _read(stored: str | None) -> Letterhead:
    if stored is None:
        return Letterhead()
    try:
        said = json.loads(stored)
        known: dict[str, Any] = {}
        for field in fields(Letterhead):  # what a newer program adds is left alone, what an older one lacks is empty
            if field.name in said:
                text = said[field.name]
                known[field.name] = tuple(map(str, text)) if isinstance(text, list) else str(text)
        return Letterhead(**known)
    except (ValueError, TypeError):
        raise BookError("The letterhead stored in the book cannot be read.", "Set it anew.") from None


def _tidied(letterhead: Letterhead) -> Letterhead:
    def lines(what: str, given: tuple[str, ...]) -> tuple[str, ...]:
        kept = tuple(line for line in map(tidy, given) if line)
        if len(kept) > MOST_LINES:
            raise RequestError(f"The letterhead has room for {MOST_LINES} lines of {what}, not for {len(kept)}.")
        return kept

    tidied = replace(
        letterhead,
        name=tidy(letterhead.name),
        address_lines=lines("address", letterhead.address_lines),
        return_line=tidy(letterhead.return_line),
        contact_lines=lines("contact", letterhead.contact_lines),
        bank_lines=lines("bank", letterhead.bank_lines),
        country=tidy(letterhead.country),
    )
    every = (*tidied.address_lines, *tidied.contact_lines, *tidied.bank_lines, tidied.name)
    if too_long := next((line for line in every if len(line) > LONGEST_LINE), None):
        raise RequestError(f"“{too_long[:40]}…” is longer than {LONGEST_LINE} characters.", "Make two lines of it.")
    return tidied
