"""Mail servers on loopback: one that behaves, with encryption and logins, and one that misbehaves as it is told.

Both keep what they took, also where the sender never learns of it.
"""

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

HOST = "127.0.0.1"
USER, PASSWORD, TOKEN = "dunning@seller.test", "correct horse", "ya29.token"


@dataclass(frozen=True)
class Taken:
    """A message that a server took for its own."""

    sender: str
    recipients: tuple[str, ...]
    content: bytes

    @property
    def message(self) -> EmailMessage:
        """The message, read."""
        return message_from_bytes(self.content, policy=default)


@dataclass
class Inbox:
    """What a server took, and how to reach it."""

    port: int = 0
    taken: list[Taken] = field(default_factory=list)
    commands: list[str] = field(default_factory=list)

    def ids(self) -> list[str]:
        """Give the Message-IDs in the order they came."""
        return [str(one.message["Message-ID"]) for one in self.taken]


def make_certificate(folder: Path, name: str = "localhost") -> Path:
    """Make a certificate of this machine with its key, in one file."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    called = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    names = x509.SubjectAlternativeName([x509.DNSName(name), x509.IPAddress(ip_address(HOST))])
    begins = datetime.now(UTC) - timedelta(days=1)
    made = (
        x509.CertificateBuilder()
        .subject_name(called)
        .issuer_name(called)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(begins)
        .not_valid_after(begins + timedelta(days=2))
        .add_extension(names, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = folder / f"{name}.pem"
    unlocked = serialization.NoEncryption()
    pem = serialization.Encoding.PEM
    file.write_bytes(
        key.private_bytes(pem, serialization.PrivateFormat.PKCS8, unlocked) + made.public_bytes(pem),
    )
    return file


def trust_in(certificate: Path) -> ssl.SSLContext:
    """Give the trust in one certificate and no other."""
    return ssl.create_default_context(cafile=str(certificate))


class _Handler:
    def __init__(self, inbox: Inbox) -> None:
        self._inbox = inbox

    async def auth_XOAUTH2(  # noqa: N802 - its name is the way of logging in
        self, server: SMTP, args: list[str]
    ) -> AuthResult:
        """Take the right token; say why in a challenge first, as the large providers do."""
        from base64 import b64decode, b64encode

        said = b64decode(args[1]).decode()
        if said == f"user={USER}\x01auth=Bearer {TOKEN}\x01\x01":
            return AuthResult(success=True)
        await server.push("334 " + b64encode(b'{"status":"401"}').decode())
        await server._reader.readline()  # what the client says to it is empty
        return AuthResult(success=False, handled=False)

    async def handle_DATA(  # noqa: N802 - so the server calls it
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        """Take the message."""
        content = envelope.content
        assert isinstance(content, bytes)
        self._inbox.taken.append(Taken(str(envelope.mail_from), tuple(envelope.rcpt_tos), content))
        return "250 OK"


def _lets_in(_server: Any, _session: Any, _envelope: Any, _mechanism: str, data: Any) -> AuthResult:
    good = isinstance(data, LoginPassword) and (data.login, data.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=good, handled=False)


@contextmanager
def proper_server(certificate: Path, *, implicit: bool = False) -> Iterator[Inbox]:
    """Run a server that wants encryption and a login; with `implicit` it talks TLS from the first byte on."""
    inbox = Inbox()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    wants: dict[str, Any] = {"auth_required": True, "authenticator": _lets_in, "auth_require_tls": not implicit}
    if implicit:
        wants["ssl_context"] = context
    else:
        wants |= {"tls_context": context, "require_starttls": True}
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port = probe.getsockname()[1]
    controller = Controller(_Handler(inbox), hostname=HOST, port=port, **wants)
    controller.start()
    inbox.port = port
    try:
        yield inbox
    finally:
        controller.stop()


Behaviour = Callable[["Line", bytes], bool]
"""Answers a command in place of the server, and tells whether it did."""


class Line:
    """One connection of the server that misbehaves."""

    def __init__(self, connection: socket.socket, inbox: Inbox, behave: Behaviour) -> None:
        self.connection = connection
        self.inbox = inbox
        self.sender = ""
        self.recipients: list[str] = []
        self._file = connection.makefile("rb")
        self._behave = behave

    def say(self, line: str) -> None:
        """Send a line."""
        self.connection.sendall(f"{line}\r\n".encode())

    def hang_up(self) -> None:
        """End the connection without a word."""
        with suppress(OSError):
            self.connection.shutdown(socket.SHUT_RDWR)
        self.connection.close()

    def take(self) -> None:
        """Take the message that comes after DATA."""
        lines = []
        while (line := self._file.readline()) not in {b".\r\n", b""}:
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        if line:
            self.inbox.taken.append(Taken(self.sender, tuple(self.recipients), b"".join(lines)))

    def serve(self) -> None:
        """Talk until one of the two has enough."""
        with suppress(OSError, ValueError):
            if not self._behave(self, b""):
                self.say("220 test")
            while command := self._file.readline():
                self.inbox.commands.append(command.decode("ascii", "replace").strip())
                if not self._behave(self, command):
                    self._answer(command)
        self.hang_up()
        self._file.close()

    def _answer(self, command: bytes) -> None:
        verb, _, rest = command.decode().strip().partition(" ")
        match verb.upper():
            case "EHLO":
                self.say("250 test")
            case "MAIL":
                self.sender, self.recipients = rest[len("FROM:<") : rest.index(">")], []
                self.say("250 ok")
            case "RCPT":
                self.recipients.append(rest[len("TO:<") : rest.index(">")])
                self.say("250 ok")
            case "DATA":
                self.say("354 go on")
                self.take()
                self.say("250 taken")
            case "QUIT":
                self.say("221 bye")
                self.hang_up()
            case _:
                self.say("250 ok")


@contextmanager
def odd_server(behave: Behaviour = lambda _line, _command: False) -> Iterator[Inbox]:
    """Run a server without encryption that does as `behave` says, and else as it should."""
    inbox = Inbox()
    listening = socket.create_server((HOST, 0))
    inbox.port = listening.getsockname()[1]
    lines: list[Line] = []
    threads: list[threading.Thread] = []

    def accept() -> None:
        with suppress(OSError):
            while True:
                connection, _ = listening.accept()
                lines.append(Line(connection, inbox, behave))
                threads.append(threading.Thread(target=lines[-1].serve))
                threads[-1].start()

    threads.append(threading.Thread(target=accept))
    threads[0].start()
    try:
        yield inbox
    finally:
        with suppress(OSError):
            listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        threads[0].join()
        for line in lines:
            line.hang_up()
        for thread in threads[1:]:
            thread.join()


def refuses(recipient: str, answer: str) -> Behaviour:
    """Refuse one recipient."""

    def behave(line: Line, command: bytes) -> bool:
        if command.upper().startswith(b"RCPT") and recipient.encode() in command:
            line.say(answer)
            return True
        return False

    return behave


def at(verb: str, then: Callable[[Line], None]) -> Behaviour:
    """Do something else at one command; the greeting goes by an empty verb."""

    def behave(line: Line, command: bytes) -> bool:
        if command[: len(verb)].upper() == verb.encode() and bool(verb) == bool(command):
            then(line)
            return True
        return False

    return behave


def takes_and_hangs_up(line: Line) -> None:
    """Take the message and never say so."""
    line.say("354 go on")
    line.take()
    line.hang_up()


def hangs_up_in_data(line: Line) -> None:
    """Ask for the message and hang up in the middle of it."""
    line.say("354 go on")
    line.connection.recv(10)
    line.hang_up()


def takes_slowly(seconds: float) -> Callable[[Line], None]:
    """Take the message, and say so later."""

    def take(line: Line) -> None:
        line.say("354 go on")
        line.take()
        time.sleep(seconds)
        line.say("250 taken")

    return take


def refuses_after_data(answer: str) -> Callable[[Line], None]:
    """Read the message and refuse it."""

    def refuse(line: Line) -> None:
        line.say("354 go on")
        line.take()
        line.inbox.taken.pop()
        line.say(answer)

    return refuse


def drips(line: Line) -> None:
    """Answer a letter at a time, each within time, all of it never."""
    line.connection.sendall(b"250-")
    with suppress(OSError):
        while True:
            time.sleep(0.02)
            line.connection.sendall(b"x")
