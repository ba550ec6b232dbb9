"""A token is fetched anew with the one that was granted, from a server on loopback, and a mail server takes it."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from keyring import set_keyring

from connect.keyrings import KeyringOfTests
from connect.servers import TOKEN, USER, make_certificate, proper_server, trust_in
from duedesk.connect.mail import Mailer, MailError
from duedesk.connect.secrets import keep_secret
from duedesk.connect.signing_in import client_of, has_secret, refresh_of, secret_for
from duedesk.domain.errors import RequestError
from duedesk.domain.mailing import Answer, Login, MailServer, check_server

Asked = dict[str, str]
GRANTED = "granted-1"


@contextmanager
def provider(answer: Callable[[Asked], tuple[int, bytes]]) -> Iterator[tuple[str, list[Asked]]]:
    """Run a provider of tokens; gives its address and what it was asked."""
    asked: list[Asked] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            asked.append({name: values[0] for name, values in parse_qs(body).items()})
            code, content = answer(asked[-1])
            self.send_response(code)
            if code == 302:
                self.send_header("Location", content.decode())
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its signature
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/token", asked
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _grants(asked: Asked) -> tuple[int, bytes]:
    if asked["refresh_token"] != GRANTED:
        return 400, b'{"error": "invalid_grant", "error_description": "Token has been\\nrevoked"}'
    return 200, json.dumps({"access_token": TOKEN, "expires_in": 3599, "refresh_token": "granted-2"}).encode()


def _server(url: str, port: int = 587) -> MailServer:
    return check_server(
        MailServer("localhost", USER, port=port, login=Login.XOAUTH2, user=USER, token_url=url, client_id="desk-1")
    )


def test_a_fresh_token_lets_us_in_and_the_next_one_is_kept(tmp_path: Path) -> None:
    ring = KeyringOfTests()
    set_keyring(ring)
    certificate = make_certificate(tmp_path)
    with provider(_grants) as (url, asked), proper_server(certificate) as inbox:
        server = _server(url, inbox.port)
        assert (has_secret(server), secret_for(server)) == (False, None)
        keep_secret(server.host, refresh_of(server), "granted-1")
        keep_secret(server.host, client_of(server), "hush")
        with Mailer(server, secret_for(server), trust=trust_in(certificate)) as mailer:
            content = b"Message-ID: <1@seller.test>\r\nSubject: S\r\n\r\nHello\r\n"
            assert mailer.hand_over(content, USER, ["buyer@acme.test"]).answer is Answer.TAKEN
        assert asked == [
            {
                "grant_type": "refresh_token",
                "client_id": "desk-1",
                "client_secret": "hush",
                "refresh_token": "granted-1",
            }
        ]
        assert ring.kept["Duedesk mail", f"{USER} refresh at localhost"] == "granted-2"
        with pytest.raises(MailError, match=r"gave no token: invalid_grant \(Token has been revoked\)"):
            secret_for(server)


@pytest.mark.parametrize(
    ("code", "content", "said"),
    [
        (200, b"<html>", "answered without a token"),
        (200, b'{"access_token": 7}', "answered without a token"),
        (302, b"http://127.0.0.1:1/elsewhere", "gave no token: 302"),
        (500, b"oops", "gave no token: 500"),
    ],
)
def test_what_a_provider_answers_amiss_is_said(code: int, content: bytes, said: str) -> None:
    set_keyring(KeyringOfTests())
    with provider(lambda _: (code, content)) as (url, asked):
        server = _server(url)
        keep_secret(server.host, refresh_of(server), "granted-1")
        with pytest.raises(MailError, match=said):
            secret_for(server)
        assert len(asked) == 1
    with pytest.raises(MailError, match="gave no token"):
        secret_for(server)


def test_secrets_are_sent_where_nobody_listens() -> None:
    with pytest.raises(RequestError, match="everybody can read"):
        _server("http://login.example.com/token")
    with pytest.raises(RequestError, match="no address of tokens"):
        _server("file:///etc/passwd")
