"""What is posted stays: the database itself refuses what no action would do."""

import pytest
from sqlalchemy import insert, text
from sqlalchemy.exc import DBAPIError

from build import Builder
from duedesk.domain.world import World
from duedesk.store.book import Book
from duedesk.store.journal import record
from duedesk.store.tables.following import invoice_feed


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM application",
        "UPDATE application SET comments = 'x'",
        "DELETE FROM journal_entry",
        "UPDATE journal_entry SET summary = 'x'",
        "DELETE FROM invoice WHERE status = 'Posted'",
        "UPDATE invoice SET total_amount_with_tax = 1 WHERE status = 'Posted'",
        "UPDATE invoice SET due_date = '2027-01-01' WHERE status = 'Posted'",
        "UPDATE invoice SET balance = -1",
        "UPDATE invoice SET status = 'Paid'",
        "UPDATE payment SET amount = 1",
        "UPDATE payment SET net_applied = amount + 1",
        "UPDATE credit_memo SET total_amount_with_tax = 1",
        "UPDATE invoice_feed SET body = 'x'",
        "UPDATE invoice_feed SET inserted_by = 'Somebody else'",
        "DELETE FROM invoice_feed",
        "INSERT INTO owner (name, type, created_date) SELECT name, type, created_date FROM owner",
    ],
)
def test_refused(book: Book, world: World, statement: str) -> None:
    with book.writing() as connection:
        build = Builder(connection)
        build.owner("Ana Reyes")
        acme = build.account()
        build.pay(build.invoice("I-1", acme, "50.00", on="2026-01-01"), "40.00", on="2026-01-10", account=acme)
        build.credit_memo(acme, "5.00", on="2026-01-10")
        build.settle()
        record(connection, world, action="test", summary="One entry")
        note = {"parent_id": 1, "type": "TextPost", "inserted_by": "Ana Reyes", "created_date": world.now()}
        connection.execute(insert(invoice_feed).values(note))
    with pytest.raises(DBAPIError), book.writing() as connection:
        connection.execute(text(statement))


def test_a_draft_may_be_changed_and_deleted(book: Book) -> None:
    with book.writing() as connection:
        build = Builder(connection)
        build.invoice(None, build.account(), "50.00", on="2026-01-01", status="Draft")
        connection.execute(text("UPDATE invoice SET total_amount_with_tax = 1"))
        connection.execute(text("DELETE FROM invoice"))
