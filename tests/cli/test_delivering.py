"""Letters are mailed from the terminal, and what is in doubt is said there."""

from hashlib import sha256
from pathlib import Path

import pytest
from keyring import set_keyring
from keyring.backends.fail import Keyring as NoKeyring
from sqlalchemy import insert

from actions.delivering.issued import Issued
from cli.sessions import say
from conftest import NOW
from connect.keyrings import KeyringOfTests
from connect.mailboxes import mbox, report
from connect.servers import at, odd_server, takes_and_hangs_up
from duedesk.domain.world import World
from duedesk.store.book import Book
from duedesk.store.tables.letters import issued_letter_document


@pytest.fixture
def issued(file_book: Book, world: World) -> Issued:
    made = Issued(file_book, world)
    made.letter(made.account("Acme", "ap@acme.test"))
    made.letter(made.account("Else", "e@else.test"))
    with file_book.writing() as connection:
        for key in made.letters:
            values = {"dunning_letter_id": key, "language_code": "en", "text_version": "en/level-1/1", "items": "[]"}
            pdf = {"pdf": b"%PDF-1.7", "sha256": sha256(b"%PDF-1.7").hexdigest()}
            connection.execute(insert(issued_letter_document).values(**values, **pdf, recorded_at=NOW))
    return made


def test_a_round_from_queue_to_bounce(issued: Issued, world: World, tmp_path: Path) -> None:
    set_keyring(NoKeyring())  # type: ignore[no-untyped-call]
    book = ("--book", issued.book.location)
    assert "knows no mail server" in say(world, "deliver", "DL-1", *book).err
    assert (
        "everybody can read"
        in say(
            world,
            "mail-settings",
            *book,
            "--host",
            "smtp.seller.test",
            "--sender",
            "us@seller.test",
            "--security",
            "none",
        ).err
    )
    assert say(world, "deliver", "DL-9", *book).err.startswith("There is no letter DL-9")
    with odd_server(at("DATA", takes_and_hangs_up)) as inbox:
        to = ("--host", "127.0.0.1", "--port", str(inbox.port), "--security", "none", "--sender", "us@seller.test")
        assert say(world, "mail-settings", *book, *to).out.splitlines()[-1] == "password       asked for"
        asked = say(world, "deliver", *book)
        assert (asked.code, asked.err.partition("?")[0]) == (1, "What is the password of us@seller.test at 127.0.0.1")
        assert say(world, "mail-settings", *book, "--login", "none", "--test").out.endswith("127.0.0.1 lets us in.\n")
        refused = say(world, "mail-settings", *book, "--test-to", "it@seller.test").err
        assert refused.startswith("127.0.0.1 did not take the test: the connection broke off"), "it hung up after it"
        done = say(world, "deliver", "DL-1", *book, "--json").document
        assert (done["sent"], done["unknown"], done["stopped"]) == (0, 1, None)
    (row,) = say(world, "deliveries", *book, "--status", "Unknown", "--json").document["deliveries"]
    assert (row["letter"], row["address"], row["message_id"]) == ("DL-1", "ap@acme.test", inbox.ids()[1])
    assert say(world, "deliveries", "DL-1", *book, "--was-sent").out == "1 letter said to be sent.\n"
    assert say(world, "deliveries", *book, "--status", "Unknown").out.startswith("None is Unknown; ")
    (tmp_path / "box").write_bytes(mbox(report(row["message_id"])))
    came = say(world, "bounces", str(tmp_path / "box"), *book).out
    assert came.endswith("1 messages: 1 came back.\n")
    assert say(world, "bounces", str(tmp_path), *book).err == f"There is no .eml file in {tmp_path}.\n"
    assert say(world, "deliver", "DL-2", *book, "--drafts", str(tmp_path)).out == f"{tmp_path / 'DL-2-Else.eml'}\n"
    told = say(world, "deliveries", *book).out
    assert told.splitlines()[-1] == "1 unknown, 1 waiting, 1 failed"


def test_the_password_is_kept_by_the_keyring_alone(issued: Issued, world: World, tmp_path: Path) -> None:
    book = ("--book", issued.book.location)
    (tmp_path / "secret").write_text("hunter2\n")
    say(world, "mail-settings", *book, "--host", "smtp.seller.test", "--sender", "us@seller.test")
    keep = ("mail-settings", *book, "--keep-password", "--password-from", str(tmp_path / "secret"))
    set_keyring(NoKeyring())  # type: ignore[no-untyped-call]
    assert say(world, *keep).err == (
        "This machine has no keyring that could keep the password. It is asked for in every session.\n"
    )
    ring = KeyringOfTests()
    set_keyring(ring)
    assert say(world, *keep).out.splitlines()[-1] == "password       in the keyring"
    assert ring.kept == {("Duedesk mail", "us@seller.test at smtp.seller.test"): "hunter2"}
    assert b"hunter2" not in Path(issued.book.location).read_bytes()
    say(world, "mail-settings", *book, "--forget-password")
    assert ring.kept == {}
