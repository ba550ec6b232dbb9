"""What waits is mailed from the desk to a server on loopback, and what is in doubt is said there."""

from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from sqlalchemy import insert

from actions.delivering.issued import SERVER, Issued
from conftest import NOW
from connect.mailboxes import mbox, report
from connect.servers import Inbox, at, odd_server, refuses, takes_and_hangs_up
from desk.waiting import Settled
from duedesk.actions.delivering.mail_settings import save_mail_server
from duedesk.actions.delivering.queueing import queue
from duedesk.actions.workspace import Workspace
from duedesk.desk.page import Desk, Said
from duedesk.desk.pages.issued.page import IssuedPage
from duedesk.desk.pages.issued.sending import SendPanel
from duedesk.store.tables.letters import issued_letter_document

PDF = b"%PDF-1.7 kept"


@pytest.fixture
def issued(workspace: Workspace) -> Issued:
    """Two letters that wait to be mailed."""
    made = Issued(workspace.book, workspace.world)
    made.letter(made.account("Acme", "ap@acme.test"))
    made.letter(made.account("Else", "e@else.test"))
    with workspace.book.writing() as connection:
        for key in made.letters:
            values = {"dunning_letter_id": key, "language_code": "en", "text_version": "en/level-1/1", "items": "[]"}
            pdf = {"pdf": PDF, "sha256": sha256(PDF).hexdigest()}
            connection.execute(insert(issued_letter_document).values(**values, **pdf, recorded_at=NOW))
    queue(made.workspace, made.letters)
    return made


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, issued: Issued) -> IssuedPage:
    made = IssuedPage(desk, issued.world.today())
    qtbot.addWidget(made)
    made.resize(1240, 760)
    made.show()
    desk.tasks.changed.connect(made.refresh)
    made.refresh()
    made.bring("Deliveries")
    return made


def give(page: IssuedPage, key: str, settled: Settled) -> None:
    next(one for one in page.commands() if key in {*one.keys, one.heard}).run()
    settled()


def send(page: IssuedPage, issued: Issued, inbox: Inbox, settled: Settled) -> SendPanel:
    save_mail_server(issued.workspace, replace(SERVER, port=inbox.port))
    give(page, "S", settled)
    panel = page.view.side.panel
    assert isinstance(panel, SendPanel)
    panel.do()
    settled()
    return panel


def test_what_waits_is_sent_and_what_is_unknown_is_said(page: IssuedPage, issued: Issued, settled: Settled) -> None:
    said: list[Said] = []
    page.said.connect(said.append)
    settled()
    give(page, "S", settled)
    assert said[-1].sentence == "The book knows no mail server."
    with odd_server(at("DATA", takes_and_hangs_up)) as inbox:
        send(page, issued, inbox, settled)
    assert said[-1].sentence == "2 unknown: say of each whether it was sent."
    page.deliveries.narrow("acme", "Unknown")
    give(page, "W", settled)
    assert issued.states(issued.letters[0]) == ["mail Sent"]
    page.deliveries.narrow("else", "Unknown")
    give(page, "A", settled)
    give(page, "Ctrl+Return", settled)
    with odd_server() as inbox:
        send(page, issued, inbox, settled)
        assert [one.recipients for one in inbox.taken] == [("e@else.test",)]
    assert (said[-1].sentence, issued.states(issued.letters[1])) == ("1 sent.", ["mail Sent"])
    page.deliveries.narrow("", "")
    assert "sent" in next(one for one in page.commands() if "Del" in one.keys).barred()


def test_what_was_refused_or_came_back_is_printed_instead(
    page: IssuedPage, issued: Issued, settled: Settled, tmp_path: Path
) -> None:
    said: list[Said] = []
    page.said.connect(said.append)
    settled()
    with odd_server(refuses("ap@acme.test", "550 5.1.1 unknown")) as inbox:
        send(page, issued, inbox, settled)
    assert said[-1].sentence == "1 sent, 1 refused: those letters are printed instead."
    sent = issued.rows(issued.letters[1])[0]
    (tmp_path / "back.mbox").write_bytes(mbox(report(sent.message_id, "e@else.test")))
    page.deliveries.bouncing.read(tmp_path / "back.mbox")
    settled()
    assert said[-1].sentence.startswith("1 message read: 1 came back and is printed instead, 1 addresses are marked")
    assert [row.status for row in page.deliveries.list.lines].count("Waiting") == 2
    states = {row.account: (row.state, row.is_instead) for row in page.letters.rows}
    assert states == {"Acme": ("To print", True), "Else": ("To print", True)}


def test_who_has_no_mail_server_writes_drafts(
    page: IssuedPage, issued: Issued, settled: Settled, tmp_path: Path
) -> None:
    said: list[Said] = []
    page.said.connect(said.append)
    settled()
    page.deliveries.drafting.write(tmp_path)
    settled()
    assert len(list(tmp_path.glob("*.eml"))) == 2
    assert said[-1].sentence.startswith("2 drafts written")
    assert issued.states(issued.letters[0]) == ["mail Unknown"]
