"""A letter leaves once: queued, claimed, handed over, noted; whatever is in doubt is for a person to say."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import pytest
from sqlalchemy import insert, select, text, update
from sqlalchemy.exc import DBAPIError

from actions.delivering.issued import PDF, SERVER, Issued, documents
from actions.dunning.dunned import run, standing_on, write
from conftest import NOW
from connect.servers import (
    Behaviour,
    Inbox,
    at,
    odd_server,
    refuses,
    refuses_after_data,
    takes_and_hangs_up,
)
from duedesk.actions.delivering.claiming import claim, note, note_lost
from duedesk.actions.delivering.deciding import send_again, was_sent
from duedesk.actions.delivering.documents import issued_documents
from duedesk.actions.delivering.handing_over import Delivered, Round, deliver
from duedesk.actions.delivering.mail_settings import set_queueing
from duedesk.actions.delivering.queueing import queue, withdraw
from duedesk.actions.disputes import dispute
from duedesk.actions.dunning.cancelling import cancel_letter
from duedesk.actions.dunning.promises import Part, promise
from duedesk.actions.workspace import Workspace
from duedesk.connect.mail import Mailer, Patience
from duedesk.domain.dunning.policy import PolicyLevel
from duedesk.domain.errors import RequestError
from duedesk.domain.mailing import LEASE, MOST_ATTEMPTS, Answer, Handed, next_try
from duedesk.domain.world import World
from duedesk.store.book import Book
from duedesk.store.queries.letters.deliveries import deliveries
from duedesk.store.queries.letters.documents import issued_document
from duedesk.store.tables.delivering import letter_delivery
from duedesk.store.tables.dunning import dunning_letter
from duedesk.store.tables.party import contact
from dunning_records import DunningBuilder

HOW = Round(documents)


@pytest.fixture
def issued(book: Book, world: World) -> Issued:
    return Issued(book, world)


def mailed(issued: Issued, inbox: Inbox, how: Round = HOW) -> Delivered:
    """Run a round against the server."""
    server = replace(SERVER, port=inbox.port)
    with Mailer(server, patience=Patience(connect=1, answer=1, last=1, whole=2)) as mailer:
        return deliver(issued.workspace, mailer, how)


@pytest.fixture
def inbox() -> Iterator[Inbox]:
    with odd_server() as running:
        yield running


def test_one_message_an_account_with_its_letters_and_each_once(issued: Issued, inbox: Inbox) -> None:
    acme = issued.account("Acme", "ap@acme.test")
    lenoir = issued.account("Société Lenoir", "x@lenoir.test")
    first, second = issued.letter(acme), issued.letter(acme)
    third = issued.letter(lenoir, address="compta@lenoir.test, chef@lenoir.test", language="fr-FR")
    done = queue(issued.workspace, issued.letters)
    assert (len(done.keys), done.printed_instead) == (3, 0)
    assert queue(issued.workspace, issued.letters).keys == (), "what is queued stays as it is"

    assert mailed(issued, inbox).sent == 2
    assert mailed(issued, inbox).sent == 0

    english, french = inbox.taken
    assert english.recipients == ("ap@acme.test",)
    assert french.recipients == ("compta@lenoir.test", "chef@lenoir.test")
    assert [part.get_filename() for part in english.message.iter_attachments()] == ["DL-1.pdf", "DL-2.pdf"]
    assert [part.get_content() for part in french.message.iter_attachments()] == [PDF + str(third).encode()]
    assert str(french.message["Subject"]) == "Notre courrier DL-3"
    assert "Madame, Monsieur," in french.message.get_body().get_content()  # type: ignore[union-attr]
    assert french.message["Auto-Submitted"] == "auto-generated"
    assert {row.message_id for row in issued.rows(first) + issued.rows(second)} == {inbox.ids()[0]}
    assert issued.states(third) == ["mail Sent"]
    with pytest.raises(RequestError, match="sent"):
        send_again(issued.workspace, done.keys)
    with pytest.raises(RequestError, match="sent"):
        withdraw(issued.workspace, done.keys, "too late")


def test_without_a_good_address_a_letter_is_printed(issued: Issued) -> None:
    for to in (
        issued.account("None"),
        issued.account("Bad", "who knows"),
        issued.account("Never", "a@b.test", do_not_mail=True),
        issued.account("Bounced", "a@b.test", email_bounced_date=NOW),
    ):
        issued.letter(to)
    paper = issued.letter(issued.account("Paper", "a@b.test"), channel="print")
    done = queue(issued.workspace, issued.letters)
    assert done.printed_instead == 4
    assert {row.channel for row in issued.rows()} == {"print"}
    was_sent(issued.workspace, [row.key for row in issued.rows(paper)])
    assert issued.states(paper) == ["print Sent"]


def test_what_was_paid_contested_or_cancelled_meanwhile_stays(issued: Issued, inbox: Inbox) -> None:
    to = issued.account("Acme", "ap@acme.test")
    paid, contested, cancelled, good, promised, broken = (issued.letter(to) for _ in range(6))
    came_in = issued.letter(issued.account("Else", "e@else.test"))
    queue(issued.workspace, issued.letters)
    with issued.book.writing() as connection:
        build = DunningBuilder(connection)
        build.pay(issued.invoices[0], "60.00", on="2026-11-22", account=to[0])
        other = connection.scalar(select(dunning_letter.c.account_id).where(dunning_letter.c.id == came_in))
        assert other is not None
        build.payment(other, "5.00", on="2026-11-24")
        build.payment(to[0], "5.00", on="2026-11-20")  # before the letter, which took it off
        build.settle()
        values = {"status": "Cancelled", "cancelled_on": NOW.date(), "cancelled_at": NOW, "cancelled_by": "Bo"}
        connection.execute(update(dunning_letter).where(dunning_letter.c.id == cancelled).values(**values))
    later = replace(issued.world, now=lambda: NOW + timedelta(minutes=1))
    dispute(replace(issued.workspace, world=later), issued.invoices[1], reason_code="Quality")
    for invoice, day in ((issued.invoices[4], NOW.date()), (issued.invoices[5], NOW.date() - timedelta(days=1))):
        there = replace(later, today=partial(day.replace))
        promise(replace(issued.workspace, world=there), [Part(invoice)], day=day)

    done = mailed(issued, inbox)

    assert sorted(done.withdrawn.values()) == [
        "INV-1 was paid or credited meanwhile (23 Nov 2026)",
        "INV-2 is contested since (23 Nov 2026)",
        "INV-5 was promised to be paid since (23 Nov 2026)",
        "Money came in that is not applied yet (23 Nov 2026)",
        "The letter was cancelled.",
    ]
    (message,) = inbox.taken
    assert [part.get_filename() for part in message.message.iter_attachments()] == ["DL-4.pdf", "DL-6.pdf"]
    stayed = (paid, contested, cancelled, promised, came_in)
    assert [issued.states(key) for key in stayed] == [["mail Withdrawn"]] * 5
    assert [issued.states(key) for key in (good, broken)] == [["mail Sent"]] * 2, "a broken promise keeps nothing back"


@pytest.mark.parametrize(
    ("behave", "states", "arrived"),
    [
        (at("MAIL", lambda line: line.say("451 later")), ["mail Waiting"], 0),
        (refuses("ap@acme.test", "550 unknown"), ["mail Refused", "print Waiting"], 0),
        (at("DATA", refuses_after_data("552 too much")), ["mail Refused", "print Waiting"], 0),
        (at("DATA", takes_and_hangs_up), ["mail Unknown"], 1),
    ],
)
def test_each_answer_leaves_its_mark(issued: Issued, behave: Behaviour, states: list[str], arrived: int) -> None:
    letter = issued.letter(issued.account("Acme", "ap@acme.test"))
    queue(issued.workspace, [letter])
    with odd_server(behave) as inbox:
        for _ in range(2):  # the second finds nothing to do
            mailed(issued, inbox)
        assert len(inbox.taken) == arrived
    assert issued.states(letter) == states
    mail = issued.rows(letter)[-1]
    assert mail.attempts == 1
    assert (mail.next_try_at == NOW + timedelta(minutes=5)) == (states == ["mail Waiting"])


def test_a_person_says_what_was_unknown(issued: Issued, inbox: Inbox) -> None:
    to = issued.account("Acme", "ap@acme.test")
    issued.letter(to), issued.letter(to), issued.letter(issued.account("Else", "e@else.test"))
    queue(issued.workspace, issued.letters)
    with odd_server(at("DATA", takes_and_hangs_up)) as lossy:
        assert mailed(issued, lossy).unknown == 2
    unknown = {row.letter_key: row for row in issued.rows()}
    assert mailed(issued, inbox).sent == 0, "nobody sends it again by themselves"
    was_sent(issued.workspace, [unknown[issued.letters[2]].key])
    assert issued.states(issued.letters[2]) == ["mail Sent"]

    send_again(issued.workspace, [unknown[issued.letters[0]].key])

    assert mailed(issued, inbox).sent == 1
    assert inbox.ids() == [lossy.ids()[0]], "the message is the same, both letters in it"
    assert [issued.states(key) for key in issued.letters] == [["mail Sent"]] * 3


def test_mail_to_another_address_after_a_refusal_and_paper_stays(issued: Issued, inbox: Inbox) -> None:
    letter = issued.letter(issued.account("Acme", "old@acme.test"))
    (key,) = queue(issued.workspace, [letter]).keys
    with odd_server(refuses("old@acme.test", "550 gone")) as refusing:
        assert mailed(issued, refusing).refused == 1
    send_again(issued.workspace, [key], "new@acme.test")
    assert issued.states(letter) == ["mail Waiting", "print Withdrawn"]
    assert mailed(issued, inbox).sent == 1
    assert inbox.taken[0].recipients == ("new@acme.test",)


def test_it_is_given_up_after_a_while_and_the_server_is_left_alone(issued: Issued) -> None:
    for name in "abcd":
        issued.letter(issued.account(name, f"{name}@acme.test"))
    queue(issued.workspace, issued.letters)
    with issued.book.writing() as connection:
        connection.execute(update(letter_delivery).values(attempts=MOST_ATTEMPTS - 1))
    with odd_server(at("MAIL", lambda line: line.say("421 too many"))) as busy:
        done = mailed(issued, busy)
    assert (done.refused, done.stopped) == (3, "127.0.0.1 takes nothing at the moment: 421 too many")
    assert issued.states(issued.letters[0]) == ["mail Failed", "print Waiting"]
    assert issued.states(issued.letters[3]) == ["mail Waiting"]
    waits = [next_try(attempts, NOW) for attempts in range(1, MOST_ATTEMPTS)]
    assert [wait - NOW for wait in waits if wait][::3] == [
        timedelta(minutes=5),
        timedelta(minutes=40),
        timedelta(hours=5, minutes=20),
    ]


def test_two_clerks_never_claim_the_same(issued: Issued) -> None:
    letter = issued.letter(issued.account("Acme", "ap@acme.test"))
    keys = queue(issued.workspace, [letter]).keys
    nothing = dict[int, str]

    def claimed(token: str) -> tuple[int, ...]:
        return claim(
            issued.workspace, keys, token=token, message_id=f"<{token}@a.test>", guard=lambda _c, _l: nothing()
        ).keys

    first = claim(issued.workspace, keys, token="ana", message_id="<1@a.test>", guard=lambda _c, _l: nothing())  # noqa: S106
    assert (first.keys, claimed("bo")) == (keys, ())
    assert note_lost(issued.workspace) == 0
    issued.world = replace(issued.world, now=lambda: NOW + LEASE)
    assert note_lost(issued.workspace) == 1
    assert issued.states(letter) == ["mail Unknown"]
    assert note(issued.workspace, first, Handed(Answer.TAKEN)) == "Sent", "she was only slow: what is known counts"
    assert note(issued.workspace, first, Handed(Answer.LATER)) == ""
    with pytest.raises(DBAPIError), issued.book.writing() as connection:
        connection.execute(update(letter_delivery).values(status="Waiting"))
    with pytest.raises(DBAPIError), issued.book.writing() as connection:
        connection.execute(text("DELETE FROM letter_delivery"))


def test_what_stops_a_round_leaves_nothing_claimed(issued: Issued, inbox: Inbox) -> None:
    for name in "ab":
        issued.letter(issued.account(name, f"{name}@acme.test"))
    queue(issued.workspace, issued.letters)

    stops = iter([False, True])
    assert mailed(issued, inbox, replace(HOW, is_stopped=lambda: next(stops))).stopped.startswith("Stopped")
    assert [row.status for row in issued.rows()] == ["Waiting", "Sent"]


def test_a_letter_that_was_issued_arrives_to_the_byte(book: Book, world: World, inbox: Inbox) -> None:
    desk = Workspace(book, world)
    level = PolicyLevel(1, "First", 5, deadline_days=10, channel="mail")

    def work(build: DunningBuilder) -> None:
        build.policy(level)
        acme = build.account("Acme Ltd", "10")
        values = {"account_id": acme, "last_name": "Buyer", "name": "Buyer", "email": "ap@acme.test"}
        build.connection.execute(insert(contact).values(**values, language_code="nl", created_date=NOW))
        build.invoice("I-1", acme, "1000", on="2026-01-01", due="2026-01-31")

    write(desk, work)
    (one,) = run(desk, date(2026, 2, 10)).letters
    there = standing_on(desk, date(2026, 2, 10))
    assert queue(there, [one.key]).keys == (), "it was queued as it was issued"
    with Mailer(replace(SERVER, port=inbox.port)) as mailer:
        assert deliver(there, mailer, Round(issued_documents)).sent == 1
    (attached,) = inbox.taken[0].message.iter_attachments()
    assert attached.get_content() == desk.ask(issued_document, one.key).pdf
    assert str(inbox.taken[0].message["Subject"]) == f"Onze brief {one.number}"
    told = cancel_letter(there, one.key, "Wrong").remarks
    set_queueing(there, as_issued=False)
    (again,) = run(desk, date(2026, 2, 10)).letters
    assert desk.ask(deliveries, letters=[again.key]) == (), "letters wait until somebody says so"
    (key,) = queue(there, [again.key]).keys
    cancel_letter(there, again.key, "Wrong")
    assert [row.status for row in desk.ask(deliveries, keys=[key])] == ["Withdrawn"]
    assert told == (f"letter {one.number} has left by mail to ap@acme.test: tell the customer",)
