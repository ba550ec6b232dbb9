"""Words and rules of mail: addresses, the server that takes it, what it answered, when to try again; it sends nothing.

An answer has four meanings. What is not known is never taken for what did not happen.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from ipaddress import ip_address

from duedesk.domain.errors import RequestError
from duedesk.domain.names import tidy

MOST_ADDRESSES = 10
LONGEST_ADDRESS = 254
MOST_ATTEMPTS = 8
LEASE = timedelta(minutes=15)
"""How long whoever took a message up is believed to be at it: longer than handing it over may take."""

_FIRST_WAIT = timedelta(minutes=5)
_LONGEST_WAIT = timedelta(hours=12)
_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_LABEL = re.compile(r"[^\W_](?:[\w-]{0,61}[^\W_])?")
_TOKEN_URL = re.compile(r"(?P<scheme>https?)://(?P<host>[A-Za-z0-9.-]{1,253})(?::\d{1,5})?(?:/[^\s\x00-\x1f]*)?")
_HOST = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?")


class Security(StrEnum):
    """How the way to a mail server is kept from others' eyes."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"


class Login(StrEnum):
    """How a mail server is told who asks."""

    PASSWORD = "password"  # noqa: S105 - the name of a way
    XOAUTH2 = "xoauth2"
    NONE = "none"


class Answer(StrEnum):
    """What a mail server answered: taken, not now, never; or nothing that can be known."""

    TAKEN = "taken"
    LATER = "later"
    NEVER = "never"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Handed:
    """What came of handing a message over; `refused` says by address why some of its readers were not accepted."""

    answer: Answer
    said: str = ""
    refused: Mapping[str, str] = field(default_factory=dict)
    is_about_server: bool = False
    """It was not about this message: the next one would fare no better."""


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mail is handed over, and whom it comes from; a secret is kept elsewhere."""

    host: str
    sender: str
    sender_name: str = ""
    port: int = 587
    security: Security = Security.STARTTLS
    login: Login = Login.PASSWORD
    user: str = ""
    reply_to: str = ""
    per_minute: int = 30
    marks_bounces: bool = False
    """The envelope's sender carries the message's mark (`dunning+MARK@...`), so that whatever comes back tells."""
    token_url: str = ""
    """Where tokens for XOAUTH2 are fetched with one that was granted once; empty: the kept secret is the token."""
    client_id: str = ""
    scope: str = ""

    @property
    def fetches_tokens(self) -> bool:
        """Tell whether a token is fetched anew for each session."""
        return self.login is Login.XOAUTH2 and bool(self.token_url)

    @property
    def domain(self) -> str:
        """Give the domain of the sender."""
        return as_ascii(self.sender).rpartition("@")[2]

    def envelope_sender(self, mark: str) -> str:
        """Give the address that bounces go to."""
        local, _, domain = self.sender.rpartition("@")
        return f"{local}+{mark}@{domain}" if self.marks_bounces else self.sender


def check_server(server: MailServer) -> MailServer:
    """Give the settings tidied; RequestError where one cannot be, or a secret would travel for all to read."""
    host = server.host.strip()
    if not _HOST.fullmatch(host) and not _is_ip(host):
        what = f"“{host}” is no name of a mail server." if host else "The name of the mail server is missing."
        raise RequestError(what, "Write it as smtp.example.com.")
    if not 0 < server.port < 65536:
        raise RequestError(f"{server.port} is no port.", "587 is usual with STARTTLS, 465 with TLS.")
    if server.security is Security.NONE and not _is_this_machine(host):
        raise RequestError(
            "Letters are not sent over a line that everybody can read.", "Choose starttls (587) or tls (465)."
        )
    user = server.user.strip()
    if any(unicodedata.category(one)[0] == "C" for one in user) or len(user) > LONGEST_ADDRESS:
        raise RequestError("The name to log in with holds what no name holds.")
    if server.login is not Login.NONE and not user:
        raise RequestError("To log in takes a name.", "Give it, or choose the login “none”.")
    if not 0 < server.per_minute <= 6000:
        raise RequestError(f"{server.per_minute} messages a minute is no limit.", "Choose 1 to 6000.")
    token_url = _checked_token_url(server.token_url.strip())
    reply_to = one_address(server.reply_to) if server.reply_to.strip() else ""
    return MailServer(
        host=host,
        sender=one_address(server.sender),
        sender_name=_one_line(server.sender_name),
        port=server.port,
        security=server.security,
        login=server.login,
        user=user if server.login is not Login.NONE else "",
        reply_to=reply_to,
        per_minute=server.per_minute,
        marks_bounces=server.marks_bounces,
        token_url=token_url,
        client_id=_one_line(server.client_id),
        scope=_one_line(server.scope),
    )


def _checked_token_url(url: str) -> str:
    """Give the address of tokens; RequestError where a secret sent there could be read by others."""
    if not url:
        return ""
    found = _TOKEN_URL.fullmatch(url)
    if found is None:
        raise RequestError(
            f"“{_shown(url)}” is no address of tokens.", "It is one like https://login.example.com/token."
        )
    if found["scheme"] == "http" and not _is_this_machine(found["host"]):
        raise RequestError("Secrets are not sent over a line that everybody can read.", "Give an address with https.")
    return url


def one_address(text: str) -> str:
    """Read one address for mail; RequestError where it is none, or there are several."""
    found = addresses(text)
    if len(found) != 1:
        raise RequestError(f"“{_shown(text)}” is more than one address.")
    return found[0]


def addresses(text: str) -> tuple[str, ...]:
    """Read addresses that stand apart by commas or semicolons, each once; RequestError names what is none."""
    found: dict[str, str] = {}
    for part in re.split("[,;]", text):
        address = part.strip(" \t")
        if address:
            _check_address(address)
            found.setdefault(address.casefold(), address)
    if not found:
        raise RequestError("There is no address for mail.")
    if len(found) > MOST_ADDRESSES:
        raise RequestError(f"There are {len(found)} addresses: more than {MOST_ADDRESSES} are not written to at once.")
    return tuple(found.values())


def as_ascii(address: str) -> str:
    """Give an address as servers know it, its domain in ASCII; RequestError where it has no such form."""
    local, _, domain = address.rpartition("@")
    try:
        return f"{local}@{domain.encode('idna').decode('ascii')}"
    except UnicodeError:
        raise RequestError(f"“{_shown(address)}” is no address for mail.") from None


def next_try(attempts: int, now: datetime) -> datetime | None:
    """Give when to try again after so many attempts, ever later; None where it is given up."""
    if attempts >= MOST_ATTEMPTS:
        return None
    wait: timedelta = _FIRST_WAIT * 2 ** max(attempts - 1, 0)
    return now + min(wait, _LONGEST_WAIT)


def language_of(code: str | None, among: Mapping[str, object] | frozenset[str]) -> str:
    """Give the language of a tag (`de-CH` is `de`) where there is a text in it, else English."""
    wanted = (code or "").replace("_", "-").partition("-")[0].casefold()
    return wanted if wanted in among else "en"


def _check_address(address: str) -> None:
    local, at, domain = address.rpartition("@")
    labels = domain.split(".")
    good = (
        bool(at)
        and len(address) <= LONGEST_ADDRESS
        and len(local) <= 64
        and not any(unicodedata.category(one)[0] in "CZ" for one in address)
        and _LOCAL.fullmatch(local) is not None
        and all(_LABEL.fullmatch(label) for label in labels)
        and (len(labels) > 1 or domain == "localhost")
    )
    if not good:
        raise RequestError(f"“{_shown(address)}” is no address for mail.")
    as_ascii(address)


def _is_ip(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _is_this_machine(host: str) -> bool:
    return host == "localhost" or (_is_ip(host) and ip_address(host).is_loopback)


def _one_line(text: str) -> str:
    return "".join(one for one in tidy(text) if unicodedata.category(one)[0] != "C")[:120]


def _shown(text: str) -> str:
    return _one_line(text)[:80]
