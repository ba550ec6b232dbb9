"""Notes and files on an invoice: added, taken away and put back, written to a file; what was posted stays in the book.

Whoever may see an invoice may write a note on it; taking one away is for who wrote it, or who keeps the book.
"""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import chain, count
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from duedesk.actions.deed import Deed, deed
from duedesk.actions.workspace import Workspace
from duedesk.domain.access import KEEPERS
from duedesk.domain.changes import Changes
from duedesk.domain.errors import RequestError
from duedesk.domain.objects import CATALOG
from duedesk.exchange.attachments import Attachment, read_attachment, safe_name
from duedesk.exchange.files import write_safely
from duedesk.store.bulk import Keys
from duedesk.store.queries.records.feed import FeedPost, feed_post, kept_file
from duedesk.store.settlement import chosen
from duedesk.store.tables.following import invoice_feed, stored_file

LONGEST_NOTE = CATALOG.object("InvoiceFeed").field("Body").max_length

_SHOWN = 40
"""Characters of a note that stand in the journal."""


@dataclass(frozen=True, slots=True)
class Added:
    """The note or file that was added."""

    key: int
    changes: Changes


def add_note(workspace: Workspace, invoice_key: int, text: str) -> Added:
    """Write a note on an invoice; RequestError where it says nothing or too much."""
    keys, changes = _note(workspace, [invoice_key], text)
    return Added(keys[0], changes)


def add_notes(workspace: Workspace, invoice_keys: Sequence[int], text: str) -> Changes:
    """Write the same note on several invoices as one action; RequestError where it says nothing or too much."""
    return _note(workspace, invoice_keys, text)[1]


def _note(workspace: Workspace, invoice_keys: Sequence[int], text: str) -> tuple[Sequence[int], Changes]:
    said = note_text(text)
    if not said:
        raise RequestError("The note says nothing.", "Write something.")
    with deed(workspace, "add_note") as act:
        rows = act.see("Invoice", invoice_keys)
        name = _name_of(rows[0]) if len(rows) == 1 else f"{len(rows):,} invoices"
        keys = list(Keys(act.connection).take(invoice_feed, len(rows)))
        act.record(f"Note on {name}: {_shortened(said)}", {"InvoiceFeed": keys, "Invoice": list(invoice_keys)})
        written = {"type": "TextPost", "body": said, **_by(act)}
        values = [{"id": key, "parent_id": at, **written} for key, at in zip(keys, invoice_keys, strict=True)]
        act.connection.execute(insert(invoice_feed), values)
        for key in keys:
            act.made("InvoiceFeed", key)
    return keys, act.changes


def attach_file(workspace: Workspace, invoice_key: int, path: Path, *, text: str = "") -> Added:
    """Keep a file with an invoice, whole; RequestError where it cannot be read or is too large.

    What stands in it is kept once, however often and under whatever names it is attached.
    """
    said, file = note_text(text), read_attachment(path)
    with deed(workspace, "attach_file") as act:
        name = _on(act, invoice_key)
        key = _next_key(act.connection)
        act.record(f"{file.name} attached to {name}", {"InvoiceFeed": [key], "Invoice": [invoice_key]})
        kept = _keep(act.connection, file)
        _add(act, key, invoice_key, type="ContentPost", title=file.name, body=said or None, related_record_id=kept)
    return Added(key, act.changes)


def take_away(workspace: Workspace, *feed_keys: int) -> Changes:
    """Take notes or files off their invoices; they stay in the book, marked. RequestError where one is another's."""
    with deed(workspace, "take_away") as act:
        _mark(act, feed_keys, is_taken_away=True)
    return act.changes


def put_back(workspace: Workspace, *feed_keys: int) -> Changes:
    """Put notes or files back that were taken away; RequestError where one is another's."""
    with deed(workspace, "put_back") as act:
        _mark(act, feed_keys, is_taken_away=False)
    return act.changes


def save_file(
    workspace: Workspace, feed_key: int, target: Path, *, over: bool = False, beside: Collection[Path] = ()
) -> Path:
    """Write a kept file to `target`, in a folder under its own name made safe, and give where it is.

    RequestError where something stands there already, unless `over` says that it may go. In a folder another name is
    taken where the first is among `beside`, the files just written.
    """
    file = workspace.ask(kept_file, feed_key)
    path = _free_name(target / safe_name(file.name), beside) if target.is_dir() else target
    if not over and (path.exists() or path.is_symlink()):
        raise RequestError(f"{path} exists already.", "Choose another name; nothing is written over.")
    with write_safely(path) as draft:
        draft.write_bytes(file.content)
    return path


def _free_name(path: Path, taken: Collection[Path]) -> Path:
    names = {one.name.casefold() for one in taken}
    numbered = (path.with_name(f"{path.stem}-{number}{path.suffix}") for number in count(2))
    return next(one for one in chain((path,), numbered) if one.name.casefold() not in names)


def note_text(text: str) -> str:
    """Give a text as it is kept: its lines, without what cannot be seen; RequestError where it is too long."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    said = "".join(one for one in lines if one in "\n\t" or (one.isprintable() and not "\ud800" <= one <= "\udfff"))
    said = said.strip()
    if len(said) > LONGEST_NOTE:
        raise RequestError(
            f"The note has {len(said):,} characters; {LONGEST_NOTE:,} is the most.", "Attach a file instead."
        )
    return said


def _on(act: Deed, invoice_key: int) -> str:
    """Make sure that an invoice is there to be written on, and give its name."""
    (row,) = act.see("Invoice", [invoice_key])
    return _name_of(row)


def _name_of(row: Row[Any]) -> str:
    return f"invoice {row.document_number}" if row.document_number else "a draft"


def _by(act: Deed) -> dict[str, Any]:
    """Give who writes, when, and in which action."""
    return {"inserted_by": act.world.user, "created_date": act.now, "journal_id": act.journal_id}


def _next_key(connection: Connection) -> int:
    return Keys(connection).take(invoice_feed, 1)[0]


def _add(act: Deed, key: int, invoice_key: int, **values: Any) -> None:
    act.connection.execute(insert(invoice_feed).values(id=key, parent_id=invoice_key, **_by(act), **values))
    act.made("InvoiceFeed", key)


def _keep(connection: Connection, file: Attachment) -> int:
    """Store what stands in a file, where it does not stand in the book already; the journal's turn keeps it one."""
    digest = hashlib.sha256(file.content).hexdigest()
    there = connection.scalar(select(stored_file.c.id).where(stored_file.c.sha256 == digest).limit(1))
    if there is not None:
        return int(there)
    values = {"name": file.name, "media_type": file.media_type, "size": len(file.content), "sha256": digest}
    added = insert(stored_file).values(**values, content=file.content).returning(stored_file.c.id)
    return int(connection.execute(added).scalar_one())


def _mark(act: Deed, feed_keys: Sequence[int], *, is_taken_away: bool) -> None:
    names = [_on(act, feed_post(act.connection, key).invoice_key) for key in feed_keys]
    for key in feed_keys:
        _require_own(act, feed_post(act.connection, key))
    act.hold("InvoiceFeed", feed_keys)
    posts = [feed_post(act.connection, key) for key in feed_keys]
    what, is_one = posts[0].name or "A note", len(posts) == 1
    if all(post.is_taken_away == is_taken_away for post in posts):
        raise RequestError(f"{what} {'was taken away already' if is_taken_away else 'stands there'}.")
    done = "taken away from" if is_taken_away else "put back on"
    summary = f"{what} {done} {names[0]}" if is_one else f"Notes {done} {len(posts):,} invoices"
    act.record(summary, {"InvoiceFeed": list(feed_keys), "Invoice": [post.invoice_key for post in posts]})
    marked = update(invoice_feed).where(chosen(act.connection, invoice_feed.c.id, feed_keys))
    act.connection.execute(marked.values(is_deleted=is_taken_away))


def _require_own(act: Deed, post: FeedPost) -> None:
    standing = act.permit.standing
    if not standing.are_rules or post.who == act.world.user or standing.role in KEEPERS:
        return
    raise RequestError(f"{post.who} wrote that; it is not for {standing.title} to take away.", standing.whom_to_ask)


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN].rstrip()}…"
