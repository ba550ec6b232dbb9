"""The notes and files on an invoice, and what stands in a file; it tells nobody that they were read."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, literal, select

from duedesk.domain.errors import BookError, RequestError
from duedesk.store.tables.columns import Flag
from duedesk.store.tables.following import invoice_feed, stored_file
from duedesk.store.tables.ledger import invoice


@dataclass(frozen=True, slots=True)
class FeedPost:
    """A note or a file on an invoice.

    `name`, `media_type` and `size` are of the file, empty and nothing for a note; a file may have a text beside it.
    """

    key: int
    invoice_key: int
    invoice: str
    at: datetime
    who: str
    text: str
    is_taken_away: bool
    name: str
    media_type: str
    size: int

    @property
    def is_file(self) -> bool:
        """Tell whether it is a file."""
        return bool(self.name)


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file as it was attached."""

    name: str
    media_type: str
    content: bytes


def feed(connection: Connection, invoice_key: int, *, with_taken_away: bool = False) -> tuple[FeedPost, ...]:
    """Give the notes and files on an invoice, newest first."""
    query = _POSTS.where(invoice_feed.c.parent_id == invoice_key)
    if not with_taken_away:
        query = query.where(invoice_feed.c.is_deleted == literal(value=False, type_=Flag))
    newest_first = query.order_by(invoice_feed.c.created_date.desc(), invoice_feed.c.id.desc())
    return tuple(map(_post, connection.execute(newest_first)))


def feed_post(connection: Connection, key: int) -> FeedPost:
    """Give one note or file, also one that was taken away; RequestError where there is none."""
    found = connection.execute(_POSTS.where(invoice_feed.c.id == key)).first()
    if found is None:
        raise RequestError("That note is no longer in the book.", "Refresh the page.")
    return _post(found)


def kept_file(connection: Connection, key: int) -> KeptFile:
    """Give the file of a post; RequestError where it is none, BookError where it is not what was attached."""
    post = feed_post(connection, key)
    found = connection.execute(
        select(stored_file.c.content, stored_file.c.sha256)
        .join(invoice_feed, invoice_feed.c.related_record_id == stored_file.c.id)
        .where(invoice_feed.c.id == key)
    ).first()
    if found is None or post.is_taken_away:
        raise RequestError("That is no file." if found is None else f"{post.name} was taken away.")
    content = bytes(found.content)
    if hashlib.sha256(content).hexdigest() != found.sha256:
        raise BookError(f"{post.name} is not what was attached: the book is damaged.", "Open a backup of it.")
    return KeptFile(post.name, post.media_type, content)


_POSTS: Select[Any] = select(
    invoice_feed,
    invoice.c.document_number,
    stored_file.c.name.label("file_name"),
    stored_file.c.media_type,
    stored_file.c.size,
).select_from(
    invoice_feed.join(invoice, invoice.c.id == invoice_feed.c.parent_id).outerjoin(
        stored_file, stored_file.c.id == invoice_feed.c.related_record_id
    )
)


def _post(row: Row[Any]) -> FeedPost:
    return FeedPost(
        key=row.id,
        invoice_key=row.parent_id,
        invoice=row.document_number or "",
        at=row.created_date,
        who=row.inserted_by,
        text=row.body or "",
        is_taken_away=row.is_deleted,
        name=(row.title or row.file_name) if row.type == "ContentPost" else "",
        media_type=row.media_type or "",
        size=row.size or 0,
    )
