"""`check` holds letters against what was issued: their bytes, what they ask for, how they left, what they charge."""

from datetime import date

import pytest
from sqlalchemy import Connection, text

from actions.dunning.dunned import dunned, findings, run
from duedesk.actions.workspace import Workspace
from duedesk.domain.world import World
from duedesk.store.book import Book

MARCH = date(2026, 3, 10)
DELIVERY = (
    "INSERT INTO letter_delivery (dunning_letter_id, channel, address, status, message_id, attempts, sent_at, "
    "created_date) SELECT id, 'mail', 'a@b.example', 'Sent', {}, 1, issued_at, issued_at FROM dunning_letter "
    "WHERE number = 'DL-2026-00002'"
)

DAMAGES = (
    ("invoice", "UPDATE invoice SET reference_entity_id = 'DL-2026-00002' WHERE document_number = 'INV-2026-00001'"),
    ("issued_letter_document", "UPDATE issued_letter_document SET pdf = {blob} WHERE dunning_letter_id = 1"),
    ("issued_letter_document", "UPDATE issued_letter_document SET items = '{{}}' WHERE dunning_letter_id = 1"),
    ("issued_letter_document", "UPDATE issued_letter_document SET items = replace(items, '502.50', '5.00')"),
    ("issued_letter_document", "DELETE FROM issued_letter_document WHERE dunning_letter_id = 1"),
    ("letter_delivery", DELIVERY.format("NULL")),
)

FOUND = (
    "Invoice INV-2026-00001: its letter is DL-2026-00002, but it should be one that charges it. Cancel",
    "Letter DL-2026-00001: its PDF is missing, but it should be kept as it was issued. Take the letter from a backup",
    "Letter DL-2026-00001: its fee is invoice INV-2026-00001, which refers to DL-2026-00002, but it should be an inv",
    "Letter DL-2026-00002: the message to a@b.example is empty, but it should be the Message-ID it was sent with. See",
    "Letter DL-2026-00002: total in the document is 5.00, but it should be 502.50. Take the letter from a backup",
)


def unguarded(connection: Connection, table: str) -> None:
    """Let a table be changed in ways that the program itself refuses."""
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))
        return
    named = text("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = :table AND name LIKE '%keeps%'")
    for (name,) in connection.execute(named, {"table": table}).all():
        connection.execute(text(f"DROP TRIGGER {name}"))


@pytest.fixture
def desk(book: Book, world: World) -> Workspace:
    """Two letters, each with a fee."""
    made = Workspace(book, world)
    dunned(made)
    run(made, MARCH)
    return made


def test_what_became_of_a_letter_behind_the_program_is_named_with_what_to_do(desk: Workspace) -> None:
    assert findings(desk, MARCH) == []
    blob = {"sqlite": "x'00'", "postgresql": "'\\x00'::bytea"}
    said = []
    for table, statement in DAMAGES:
        with desk.book.writing() as connection:
            unguarded(connection, table)
            connection.execute(text(statement.format(blob=blob[connection.dialect.name])))
        said.append([one for one in findings(desk, MARCH) if "Letter" in one or "its letter" in one])
    assert any("its PDF is 1 bytes" in one for one in said[1])
    assert any("what it asked for is unreadable" in one for one in said[2])
    last = sorted(said[-1])
    assert [one[: len(wanted)] for one, wanted in zip(last, FOUND, strict=True)] == list(FOUND)
