"""What comes back is noted once: the letter is printed, the address marked, and nobody else's report believed."""

from pathlib import Path

import pytest
from sqlalchemy import select, update

from actions.delivering.issued import SERVER, Issued, documents
from connect.mailboxes import mbox, report
from connect.servers import odd_server
from duedesk.actions.delivering.bouncing import CameBack, note_bounces
from duedesk.actions.delivering.deciding import send_again, was_sent
from duedesk.actions.delivering.drafting import write_drafts
from duedesk.actions.delivering.handing_over import Round, deliver
from duedesk.actions.delivering.queueing import queue
from duedesk.connect.bounces import read_bounces
from duedesk.connect.mail import Mailer
from duedesk.domain.errors import RequestError
from duedesk.domain.mailing import MailServer
from duedesk.domain.world import World
from duedesk.store.book import Book
from duedesk.store.tables.party import contact


@pytest.fixture
def issued(book: Book, world: World) -> Issued:
    return Issued(book, world)


def test_what_came_back_is_noted_once(issued: Issued, tmp_path: Path) -> None:
    acme = issued.account("Acme", "AP@acme.test")
    both = issued.account("Both", "a@both.test")
    issued.letter(acme), issued.letter(acme), issued.letter(both, address="a@both.test, b@both.test")
    queue(issued.workspace, issued.letters)
    with odd_server() as inbox:
        server = MailServer(
            SERVER.host,
            SERVER.sender,
            port=inbox.port,
            security=SERVER.security,
            login=SERVER.login,
            per_minute=6000,
            marks_bounces=True,
        )
        with Mailer(server) as mailer:
            deliver(issued.workspace, mailer, Round(documents))
    envelope = inbox.taken[0].sender
    assert envelope.startswith("dunning+")

    def noted(*reports: bytes) -> CameBack:
        (tmp_path / "box").write_bytes(mbox(*reports))
        return note_bounces(issued.workspace, read_bounces(tmp_path / "box").bounces)

    forged = report("<duedesk.aaaaaaaaaaaaaaaaaaaa@seller.test>"), report(inbox.ids()[0], "other@acme.test")
    assert (noted(*forged).not_ours, noted(*forged).changes.journal_id) == (2, None)
    done = noted(report("<x@y.test>", "ap@acme.test", to=envelope), report(inbox.ids()[1], "b@both.test"))
    assert sorted(row.letter for row in done.failed) == ["DL-1", "DL-2"]
    assert done.contacts == (acme[1],)
    assert [issued.states(key) for key in issued.letters] == [["mail Failed", "print Waiting"]] * 2 + [["mail Sent"]]
    assert issued.rows(issued.letters[2])[0].last_error.startswith("Came back from b@both.test: 5.1.1")
    assert noted(report(inbox.ids()[0])).known == 1

    again = issued.letter(acme)
    assert queue(issued.workspace, [again]).printed_instead == 1
    assert issued.rows(again)[0].last_error == "Mail to AP@acme.test came back before."
    with issued.book.writing() as connection:
        marked = connection.scalar(select(contact.c.email_bounced_date).where(contact.c.id == acme[1]))
        assert marked is not None
        connection.execute(update(contact).values(email_bounced_date=None))
    send_again(issued.workspace, [row.key for row in done.failed], "new@acme.test")
    assert issued.states(issued.letters[0]) == ["mail Waiting", "print Withdrawn"]


def test_drafts_are_written_once_and_a_person_says_what_became_of_them(issued: Issued, tmp_path: Path) -> None:
    letter = issued.letter(issued.account("Évil/../Ltd\u202e", "ap@acme.test"), language="de")
    (key,) = queue(issued.workspace, [letter]).keys
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(RequestError, match="cannot be made a folder"):
        write_drafts(issued.workspace, tmp_path / "taken", Round(documents))
    with pytest.raises(RequestError, match="as it was issued"):
        write_drafts(issued.workspace, tmp_path, Round(lambda _c, _l: {}))
    assert issued.states(letter) == ["mail Waiting"]
    assert [*tmp_path.glob("*.eml")] == []
    with issued.book.writing() as connection:
        connection.exec_driver_sql("UPDATE letter_delivery SET next_try_at = NULL")
    (file,) = write_drafts(issued.workspace, tmp_path, Round(documents)).files
    assert file.name == "DL-1-Évil-Ltd.eml"
    content = file.read_bytes()
    assert b"X-Unsent: 1\r\n" in content
    assert b"\r\nFrom: " not in content
    assert write_drafts(issued.workspace, tmp_path, Round(documents)).files == ()
    assert issued.states(letter) == ["mail Unknown"]
    was_sent(issued.workspace, [key])
    assert issued.states(letter) == ["mail Sent"]
