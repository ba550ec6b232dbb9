"""Notes, files and views of records that go; `queries.feed` reads them, and `actions.following` writes them."""

from collections.abc import Collection

from sqlalchemy import Connection, delete

from duedesk.store.settlement import chosen
from duedesk.store.tables.following import invoice_feed, record_view


def remove_feed(connection: Connection, invoice_keys: Collection[int]) -> None:
    """Remove the notes and files of drafts that are deleted, and who looked at them.

    The content of a file stays in the book: another record may have it too.
    """
    connection.execute(delete(invoice_feed).where(chosen(connection, invoice_feed.c.parent_id, invoice_keys)))
    connection.execute(
        delete(record_view).where(
            record_view.c.object_name == "Invoice", chosen(connection, record_view.c.record_key, invoice_keys)
        )
    )
