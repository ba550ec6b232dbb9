"""Handing messages to a mail server: encrypted, within time, each answer told for what it is; it composes nothing.

smtplib raises the same error where a connection fell before a message was taken and where it fell after. So what
decides is how far the talk had come: from the moment the message itself is under way, no answer means unknown.
"""

import re
import smtplib
import socket
import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from threading import Timer
from types import TracebackType

from duedesk.domain.errors import DuedeskError
from duedesk.domain.mailing import Answer, Handed, Login, MailServer, Security, as_ascii

_DOT = re.compile(rb"^\.", re.MULTILINE)
_LONGEST_SAYING = 300
_CLOSING = 421


class MailError(DuedeskError):
    """The mail server cannot be reached, is not trusted, or lets nobody in; no message was handed over."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How many seconds to wait: for a connection, for an answer, for the last one, and for all of a message."""

    connect: float = 30
    answer: float = 60
    last: float = 300
    whole: float = 600


class Mailer:
    """A session with a mail server, opened when first needed, and anew when it fell."""

    def __init__(
        self,
        server: MailServer,
        secret: str | None = None,
        *,
        trust: ssl.SSLContext | None = None,
        patience: Patience = Patience(),
    ) -> None:
        self.server = server
        self._secret = secret
        self._trust = trust
        self._patience = patience
        self._smtp: smtplib.SMTP | None = None

    def __enter__(self) -> "Mailer":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def be_ready(self) -> None:
        """Have a session that answers; MailError where there can be none."""
        if self._smtp is not None:
            with suppress(smtplib.SMTPException, OSError):
                if self._smtp.rset()[0] == 250:
                    return
            self._drop()
        smtp = self._connected()
        try:
            self._greet(smtp)
        except BaseException:
            smtp.close()
            raise
        self._smtp = smtp

    def hand_over(self, content: bytes, sender: str, recipients: Sequence[str]) -> Handed:
        """Hand one message over and tell what came of it; MailError where the server cannot be reached at all."""
        self.be_ready()
        smtp = self._smtp
        if smtp is None:
            raise LookupError("the session is open")
        limit = smtp.esmtp_features.get("size", "")
        if limit.isdigit() and 0 < int(limit) < len(content):
            return Handed(Answer.NEVER, f"the message is larger than the {int(limit) // 1024} KB the server takes")
        talk = _Talk(smtp, self._patience)
        try:
            with self._within_time(smtp):
                handed = talk.hand_over(content, sender, recipients)
        except (smtplib.SMTPException, OSError) as error:
            handed = talk.broken_off(error)
        if handed.answer is Answer.UNKNOWN or handed.is_about_server or talk.is_closing:
            self._drop()
        return handed

    def close(self) -> None:
        """End the session."""
        smtp, self._smtp = self._smtp, None
        if smtp is not None:
            with suppress(smtplib.SMTPException, OSError):
                smtp.quit()
            smtp.close()

    def _drop(self) -> None:
        smtp, self._smtp = self._smtp, None
        if smtp is not None:
            smtp.close()

    def _connected(self) -> smtplib.SMTP:
        server, patience = self.server, self._patience
        where = f"{server.host}:{server.port}"
        try:
            if server.security is Security.TLS:
                smtp: smtplib.SMTP = smtplib.SMTP_SSL(
                    server.host, server.port, server.domain, timeout=patience.connect, context=self._context()
                )
            else:
                smtp = smtplib.SMTP(server.host, server.port, server.domain, timeout=patience.connect)
        except ssl.SSLError as error:
            raise _not_trusted(server, error) from error
        except socket.gaierror as error:
            raise MailError(f"The mail server {server.host} is not known here.", "Check its name.") from error
        except (OSError, smtplib.SMTPException) as error:
            raise MailError(f"The mail server {where} does not answer: {_said_by(error)}.") from error
        if smtp.sock is not None:
            smtp.sock.settimeout(patience.answer)
        return smtp

    def _greet(self, smtp: smtplib.SMTP) -> None:
        server = self.server
        try:
            smtp.ehlo()
            if server.security is Security.STARTTLS:
                if not smtp.has_extn("starttls"):
                    raise MailError(
                        f"{server.host} offers no encryption on port {server.port}.",
                        "Choose the security “tls” with its port, often 465.",
                    )
                smtp.starttls(context=self._context())
                smtp.ehlo()
            self._log_in(smtp)
        except ssl.SSLError as error:
            raise _not_trusted(server, error) from error
        except smtplib.SMTPAuthenticationError as error:
            raise MailError(
                f"{server.host} does not let {server.user} in: {_said(error.smtp_code, error.smtp_error)}.",
                "Check the password; some providers take no password here any more and ask for XOAUTH2.",
            ) from error
        except ValueError as error:  # smtplib writes names and passwords in ASCII
            raise MailError(
                "The name or the password holds a letter that this way of logging in cannot say."
            ) from error
        except (OSError, smtplib.SMTPException) as error:
            raise MailError(f"The mail server {server.host} broke off: {_said_by(error)}.") from error

    def _log_in(self, smtp: smtplib.SMTP) -> None:
        server = self.server
        if server.login is Login.NONE:
            return
        secret = self._secret
        if not secret:
            raise MailError(f"The password of {server.user} at {server.host} is not known.")
        if any(ord(one) < 32 or ord(one) == 127 for one in server.user + secret):
            raise MailError("The name or the password holds a character that none holds.")
        if not smtp.has_extn("auth"):
            raise MailError(f"{server.host} takes no login on port {server.port}.", "Choose another port.")
        if server.login is Login.XOAUTH2:
            bearer = f"user={server.user}\x01auth=Bearer {secret}\x01\x01"
            # Where the token is refused the server says why, and wants an empty line before it says no.
            smtp.auth("XOAUTH2", lambda challenge=None: bearer if challenge is None else "")
        else:
            smtp.login(server.user, secret)

    def _context(self) -> ssl.SSLContext:
        return self._trust or ssl.create_default_context()

    @contextmanager
    def _within_time(self, smtp: smtplib.SMTP) -> Iterator[None]:
        """Break off a talk that takes too long as a whole: a server may drip its answers."""
        sock = smtp.sock

        def end() -> None:
            with suppress(OSError):
                if sock is not None:
                    sock.shutdown(socket.SHUT_RDWR)

        timer = Timer(self._patience.whole, end)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
            timer.join()


class _Talk:
    """One message's part of a session, and how far it has come."""

    def __init__(self, smtp: smtplib.SMTP, patience: Patience) -> None:
        self._smtp = smtp
        self._patience = patience
        self._is_under_way = False
        self.is_closing = False

    def hand_over(self, content: bytes, sender: str, recipients: Sequence[str]) -> Handed:
        """Say whom it is from and to, then the message; the last answer decides."""
        smtp = self._smtp
        code, said = smtp.mail(as_ascii(sender))
        if code != 250:
            return self._refusal(code, said, is_about_server=True)
        refusals = {}
        for recipient in recipients:
            code, said = smtp.rcpt(as_ascii(recipient))
            if code not in {250, 251}:
                refusals[recipient] = self._refusal(code, said)
        refused = {one: refusal.said for one, refusal in refusals.items()}
        if len(refused) == len(recipients):
            later = any(refusal.answer is Answer.LATER for refusal in refusals.values())
            return Handed(Answer.LATER if later else Answer.NEVER, "; ".join(dict.fromkeys(refused.values())), refused)
        code, said = smtp.docmd("DATA")
        if code != 354:
            return self._refusal(code, said)
        self._is_under_way = True
        if smtp.sock is not None:
            smtp.sock.settimeout(self._patience.last)  # sending all of it counts as one step
        smtp.send(_as_data(content))
        code, said = smtp.getreply()
        self._is_under_way = False
        if smtp.sock is not None:
            smtp.sock.settimeout(self._patience.answer)
        if 200 <= code < 300:
            return Handed(Answer.TAKEN, _said(code, said), refused)
        if 400 <= code < 600:
            return self._refusal(code, said)
        return Handed(Answer.UNKNOWN, f"the server's last answer cannot be read: {_said(code, said)}", refused)

    def broken_off(self, error: Exception) -> Handed:
        """Tell what an error in the middle means."""
        said = f"the connection broke off: {_said_by(error)}"
        if self._is_under_way:
            return Handed(Answer.UNKNOWN, f"{said}, before the server said whether it took the message")
        return Handed(Answer.LATER, said, is_about_server=True)

    def _refusal(self, code: int, said: bytes, *, is_about_server: bool = False) -> Handed:
        self.is_closing = self.is_closing or code == _CLOSING
        never = 500 <= code < 600
        server = (is_about_server and not never) or code == _CLOSING
        return Handed(Answer.NEVER if never else Answer.LATER, _said(code, said), is_about_server=server)


def _as_data(content: bytes) -> bytes:
    ended = content if content.endswith(b"\r\n") else content + b"\r\n"
    return _DOT.sub(b"..", ended) + b".\r\n"


def _said(code: int, said: bytes | str) -> str:
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    line = "".join(one if one.isprintable() else " " for one in text)
    return f"{code} {' '.join(line.split())}"[:_LONGEST_SAYING].strip()


def _said_by(error: Exception) -> str:
    if isinstance(error, TimeoutError):
        return "it took too long"
    if isinstance(error, smtplib.SMTPResponseException):
        return _said(error.smtp_code, error.smtp_error)
    if isinstance(error, smtplib.SMTPServerDisconnected):
        cause = error.__context__
        return "it took too long" if isinstance(cause, TimeoutError) else "the server hung up"
    text = str(error.strerror or error) if isinstance(error, OSError) else str(error)
    return " ".join(text.split())[:_LONGEST_SAYING] or type(error).__name__


def _not_trusted(server: MailServer, error: ssl.SSLError) -> MailError:
    if isinstance(error, ssl.SSLCertVerificationError):
        return MailError(
            f"The certificate of {server.host} is not trusted: {error.verify_message.rstrip('.')}.",
            "No letter is sent there; ask who keeps the mail server.",
        )
    return MailError(
        f"No encrypted line to {server.host}:{server.port} came about.",
        "Port 465 goes with “tls”, port 587 with “starttls”.",
    )
