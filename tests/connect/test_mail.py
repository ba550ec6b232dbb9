"""A message is handed over encrypted, and what came of it is told apart: taken, not now, never, unknown."""

import ssl
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from connect.servers import (
    HOST,
    PASSWORD,
    TOKEN,
    USER,
    Behaviour,
    at,
    drips,
    hangs_up_in_data,
    make_certificate,
    odd_server,
    proper_server,
    refuses,
    refuses_after_data,
    takes_and_hangs_up,
    takes_slowly,
    trust_in,
)
from duedesk.connect.mail import Mailer, MailError, Patience
from duedesk.domain.mailing import Answer, Login, MailServer, Security

CONTENT = b"Message-ID: <1@seller.test>\r\nSubject: S\r\n\r\nHello\r\n.\r\n..two\r\nMAIL FROM:<x@y.zz>\r\n"
PLAIN = MailServer(HOST, USER, security=Security.NONE, login=Login.NONE)
HASTY = Patience(connect=1, answer=0.2, last=0.3, whole=0.6)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_certificate(tmp_path_factory.mktemp("certificate"))


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")  # it is TLS from the first byte on
@pytest.mark.parametrize(
    ("security", "login", "secret"),
    [
        (Security.STARTTLS, Login.PASSWORD, PASSWORD),
        (Security.STARTTLS, Login.XOAUTH2, TOKEN),
        (Security.TLS, Login.PASSWORD, PASSWORD),
    ],
)
def test_a_message_arrives_as_it_was_written(security: Security, login: Login, secret: str, certificate: Path) -> None:
    with proper_server(certificate, implicit=security is Security.TLS) as inbox:
        server = MailServer("localhost", USER, port=inbox.port, security=security, login=login, user=USER)
        with Mailer(server, secret, trust=trust_in(certificate)) as mailer:
            for _ in range(2):  # in one session
                assert mailer.hand_over(CONTENT, USER, ["buyer@acme.test"]).answer is Answer.TAKEN
    assert [one.content for one in inbox.taken] == [CONTENT, CONTENT]
    assert inbox.taken[0].recipients == ("buyer@acme.test",)


def test_nothing_is_handed_to_whom_is_not_trusted(certificate: Path, tmp_path: Path) -> None:
    other = trust_in(make_certificate(tmp_path, "elsewhere.test"))
    with proper_server(certificate) as inbox:
        server = MailServer("localhost", USER, port=inbox.port, user=USER)

        def refused(server: MailServer, secret: str | None, trust: ssl.SSLContext) -> str:
            with pytest.raises(MailError) as told, Mailer(server, secret, trust=trust) as mailer:
                mailer.hand_over(CONTENT, USER, ["buyer@acme.test"])
            return str(told.value)

        trusted = trust_in(certificate)
        assert "certificate of localhost is not trusted" in refused(server, PASSWORD, other)
        assert "does not let dunning@seller.test in" in refused(server, "wrong", trusted)
        assert "does not let" in refused(replace(server, login=Login.XOAUTH2), "wrong", trusted)
        assert "No encrypted line" in refused(replace(server, security=Security.TLS), PASSWORD, trusted)
        assert "not known" in refused(server, None, trusted)
        assert "cannot say" in refused(server, "pässword", trusted)
        assert "no encryption" in _refused_by_plain_server(server)
        assert inbox.taken == []
    assert "does not answer" in refused(server, PASSWORD, trusted)


def _refused_by_plain_server(server: MailServer) -> str:
    with (
        odd_server() as plain,
        pytest.raises(MailError) as told,
        Mailer(replace(server, port=plain.port), "x") as mailer,
    ):
        mailer.be_ready()
    assert "AUTH" not in " ".join(plain.commands)
    return str(told.value)


def _slow(line: object) -> None:
    takes_slowly(0.8)(line)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("behave", "answer", "said", "arrived"),
    [
        (refuses("buyer", "550 5.1.1 no such user"), Answer.NEVER, "550 5.1.1 no such user", False),
        (refuses("buyer", "451 4.7.1 greylisted"), Answer.LATER, "451 4.7.1 greylisted", False),
        (at("MAIL", lambda line: line.say("421 too many")), Answer.LATER, "421 too many", False),
        (at("MAIL", lambda line: line.hang_up()), Answer.LATER, "hung up", False),
        (at("DATA", lambda line: line.hang_up()), Answer.LATER, "hung up", False),
        (at("DATA", lambda line: line.say("554 no")), Answer.NEVER, "554 no", False),
        (at("DATA", hangs_up_in_data), Answer.UNKNOWN, "before the server said", False),
        (at("DATA", takes_and_hangs_up), Answer.UNKNOWN, "hung up, before the server said", True),
        (at("DATA", _slow), Answer.UNKNOWN, "took too long", True),
        (at("DATA", refuses_after_data("452 full")), Answer.LATER, "452 full", False),
        (at("DATA", refuses_after_data("550 5.7.1 spam")), Answer.NEVER, "550 5.7.1 spam", False),
        (at("DATA", refuses_after_data("what?")), Answer.UNKNOWN, "cannot be read", False),
        (at("RCPT", drips), Answer.LATER, "broke off", False),
    ],
)
def test_what_the_server_does_is_told_for_what_it_is(
    behave: Behaviour, answer: Answer, said: str, *, arrived: bool
) -> None:
    with odd_server(behave) as inbox, Mailer(replace(PLAIN, port=inbox.port), patience=HASTY) as mailer:
        handed = mailer.hand_over(CONTENT, USER, ["buyer@acme.test"])
    assert (handed.answer, bool(inbox.taken)) == (answer, arrived)
    assert said in handed.said


def test_one_of_several_readers_is_refused() -> None:
    with odd_server(refuses("gone@acme.test", "550 gone")) as inbox:
        with Mailer(replace(PLAIN, port=inbox.port)) as mailer:
            handed = mailer.hand_over(CONTENT, USER, ["gone@acme.test", "here@bücher.test"])
        assert handed.answer is Answer.TAKEN
        assert handed.refused == {"gone@acme.test": "550 gone"}
        assert [one.recipients for one in inbox.taken] == [("here@xn--bcher-kva.test",)]


def test_a_session_that_fell_is_opened_anew(certificate: Path) -> None:
    falls: list[Callable[[], None]] = []

    def behave(line: object, command: bytes) -> bool:
        if not command:
            falls.append(line.hang_up)  # type: ignore[attr-defined]
        return False

    with odd_server(behave) as inbox, Mailer(replace(PLAIN, port=inbox.port)) as mailer:
        mailer.hand_over(CONTENT, USER, ["a@acme.test"])
        falls[0]()
        assert mailer.hand_over(CONTENT, USER, ["b@acme.test"]).answer is Answer.TAKEN
    assert len(inbox.taken) == len(falls) == 2
