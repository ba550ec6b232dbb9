"""One message as the mail takes it: headers, text, PDFs attached; it hands nothing over and words nothing.

Nothing from outside makes a header: line breaks are taken out of every value, and addresses are checked before.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from random import Random

from duedesk.domain.mailing import MailServer, as_ascii

_POLICY = SMTP.clone(cte_type="7bit")
"""Whatever a server can do, seven bits arrive."""

_MARK_BITS = 100
_BASE32 = "abcdefghijklmnopqrstuvwxyz234567"


@dataclass(frozen=True, slots=True)
class Attached:
    """A file of a message."""

    name: str
    content: bytes
    media_type: str = "application/pdf"


@dataclass(frozen=True, slots=True)
class Mail:
    """What is sent to whom, worded and dated."""

    message_id: str
    recipients: tuple[str, ...]
    subject: str
    text: str
    language: str
    date: datetime
    attached: Sequence[Attached] = ()


def new_mark(chance: Random) -> str:
    """Make the mark that a message and whatever comes back of it carry: nobody guesses one."""
    return "".join(_BASE32[chance.getrandbits(5)] for _ in range(_MARK_BITS // 5))


def message_id_of(mark: str, domain: str) -> str:
    """Give the Message-ID of a mark."""
    return f"<duedesk.{mark}@{domain}>"


def mark_of(message_id: str) -> str:
    """Give the mark of one of our own Message-IDs, nothing of any other."""
    body = message_id.strip().removeprefix("<").removesuffix(">")
    mark = body.partition("@")[0].removeprefix("duedesk.")
    is_ours = body.startswith("duedesk.") and len(mark) == _MARK_BITS // 5 and set(mark) <= set(_BASE32)
    return mark if is_ours else ""


def message(mail: Mail, server: MailServer) -> bytes:
    """Give the message as it is handed over."""
    composed = _composed(mail, server)
    composed["Message-ID"] = mail.message_id
    composed["Auto-Submitted"] = "auto-generated"
    composed["X-Auto-Response-Suppress"] = "OOF, AutoReply"  # what Exchange understands of it
    return composed.as_bytes(policy=_POLICY)


def draft(mail: Mail, server: MailServer) -> bytes:
    """Give the message as a draft that a mail program opens ready to be sent; that one gives it its Message-ID."""
    composed = _composed(mail, server)
    composed["X-Unsent"] = "1"
    return composed.as_bytes(policy=_POLICY)


def _composed(mail: Mail, server: MailServer) -> EmailMessage:
    composed = EmailMessage(policy=_POLICY)
    if server.sender:  # a mail program knows its own
        composed["From"] = _address(server.sender, server.sender_name)
    composed["To"] = [_address(one) for one in mail.recipients]
    if server.reply_to:
        composed["Reply-To"] = _address(server.reply_to)
    composed["Subject"] = _line(mail.subject)
    composed["Date"] = format_datetime(mail.date)
    composed.set_content(mail.text)
    for one in mail.attached:
        kind, _, subtype = one.media_type.partition("/")
        composed.add_attachment(one.content, maintype=kind, subtype=subtype, filename=_line(one.name))
    composed["Content-Language"] = _line(mail.language)  # after the parts: what begins so would go with the first
    return composed


def _address(address: str, name: str = "") -> Address:
    local, _, domain = as_ascii(address).rpartition("@")
    return Address(_line(name), local, domain)


def _line(text: str) -> str:
    return "".join(" " if one in "\r\n\t" else one for one in text if one in "\r\n\t" or _is_seen(one)).strip()


def _is_seen(character: str) -> bool:
    return unicodedata.category(character) not in {"Cc", "Cs", "Zl", "Zp"}
