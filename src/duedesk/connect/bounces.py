"""What came back: delivery reports (RFC 3464) read out of a mailbox file or a folder of messages; it changes nothing.

Anybody can write a report. So it says which of our messages it speaks of, and is believed only where that is known.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, message_from_string
from email.errors import MessageError
from email.message import Message
from itertools import islice
from pathlib import Path
from typing import Any, TypeAlias

from duedesk.connect.message import mark_of
from duedesk.domain.errors import RequestError

LARGEST_MESSAGE = 1 << 20
"""Bytes that are read of a message: a report stands at its beginning, before whatever it returns."""

MOST_FILES = 10_000
MOST_MESSAGES = 100_000
Read: TypeAlias = "Message[Any, Any]"  # which Python cannot say when it runs

_LONGEST_LINE = 1 << 16
_MOST_PARTS = 30
_MOST_REPORTED = 50
_LONGEST_SAYING = 300
_BEGINS = re.compile(rb"(?:From |[!-9;-~]+:)")
_SEPARATES = re.compile(rb"From \S+ .*\d\d:\d\d")
"""A line between messages says when; one of a letter that begins with the same word does not."""

_BOM = b"\xef\xbb\xbf"
_MARKED = re.compile(r"\+([a-z2-7]{20})@")
_BROKEN = (ValueError, LookupError, TypeError, AttributeError, RecursionError, MessageError)
"""What Python's parser raises where a message is not one."""


@dataclass(frozen=True, slots=True)
class Bounce:
    """A message of ours that did not reach a reader."""

    message_ids: tuple[str, ...]
    marks: tuple[str, ...]
    recipient: str
    status: str
    said: str

    @property
    def is_for_good(self) -> bool:
        """Tell whether the address is at fault, not the day."""
        return self.status.startswith("5")


@dataclass(frozen=True, slots=True)
class MailRead:
    """What was found in a mailbox: how many messages, how many could not be read, and what came back."""

    messages: int
    unreadable: int
    bounces: tuple[Bounce, ...]


def read_bounces(path: Path) -> MailRead:
    """Read a mailbox file, a message or a folder of messages; RequestError where it is none of them."""
    messages, unreadable = 0, 0
    found: list[Bounce] = []
    try:
        for content in islice(_messages(path), MOST_MESSAGES):
            messages += 1
            try:
                found += _bounces(message_from_bytes(content.removeprefix(_BOM)))
            except _BROKEN:
                unreadable += 1
    except OSError as error:
        raise RequestError(f"{path} cannot be read: {error.strerror or error}.") from error
    return MailRead(messages, unreadable, tuple(found))


def _messages(path: Path) -> Iterator[bytes]:
    if not path.exists():
        raise RequestError(f"There is no file {path}.")
    if path.is_dir():
        files = sorted(one for one in path.iterdir() if one.suffix.lower() == ".eml" and one.is_file())
        if not files:
            raise RequestError(f"There is no .eml file in {path}.")
        if len(files) > MOST_FILES:
            raise RequestError(f"There are more than {MOST_FILES} files in {path}.", "Name a part of them.")
        for file in files:
            with file.open("rb") as opened:
                yield opened.read(LARGEST_MESSAGE)
        return
    if not path.is_file():
        raise RequestError(f"{path} is a device.", "Name a file.")
    yield from _of_file(path)


def _of_file(path: Path) -> Iterator[bytes]:
    """Give the messages of an mbox file, or the one that a file holds, each no further than it is looked at."""
    lines: list[bytes] = []
    size, is_after_blank, is_mbox = 0, True, False
    with path.open("rb") as file:
        first = file.readline(_LONGEST_LINE)
        if not _BEGINS.match(first.removeprefix(_BOM)):
            raise RequestError(f"{path.name} is no mailbox file.", "Save the messages as mbox or as .eml files.")
        line = first.removeprefix(_BOM)
        while line:
            if is_after_blank and _SEPARATES.match(line):
                is_mbox = True
                if lines:
                    yield b"".join(lines)
                lines, size = [], 0
            elif size < LARGEST_MESSAGE:
                lines.append(line)
                size += len(line)
            is_after_blank = line in {b"\n", b"\r\n"}
            line = file.readline(_LONGEST_LINE)
    if lines or not is_mbox:
        yield b"".join(lines)


def _bounces(message: Read) -> Iterator[Bounce]:
    report = next((part for part in islice(message.walk(), _MOST_PARTS) if _is_report(part)), None)
    if report is None:
        return
    ids, marks = set[str](), set[str]()
    for name in ("To", "Delivered-To", "X-Original-To", "Envelope-To"):
        for value in message.get_all(name, []):
            marks.update(_MARKED.findall(str(value)))
    blocks: list[Read] = []
    for part in islice(report.get_payload(), _MOST_PARTS):
        match part.get_content_type():
            case "message/delivery-status":
                blocks += islice(_blocks(part), _MOST_REPORTED)
            case "message/rfc822" | "message/global" | "text/rfc822-headers" | "message/rfc822-headers":
                ids.update(_message_ids(part))
    for header in ("In-Reply-To", "References"):
        ids.update(str(message.get(header, "")).split())
    ours = tuple(sorted(one for one in ids if mark_of(one)))
    for block in blocks:
        if (bounce := _bounce(block, ours, tuple(sorted(marks)))) is not None:
            yield bounce


def _is_report(part: Read) -> bool:
    return part.get_content_type() == "multipart/report" and isinstance(part.get_payload(), list)


def _blocks(part: Read) -> Iterator[Read]:
    payload = part.get_payload()
    if isinstance(payload, list):
        yield from (one for one in payload if isinstance(one, Message))
        return
    for text in re.split(r"\r?\n\r?\n", _decoded(part)):  # in an encoding that has no place there
        yield message_from_string(text)


def _message_ids(part: Read) -> Iterator[str]:
    payload = part.get_payload()
    inner = next((one for one in payload if isinstance(one, Message)), None) if isinstance(payload, list) else None
    returned = message_from_string(_decoded(part)) if inner is None else inner
    yield str(returned.get("Message-ID", "")).strip()


def _decoded(part: Read) -> str:
    content = part.get_payload(decode=True)
    return content.decode("utf-8", "replace") if isinstance(content, bytes) else ""


def _bounce(block: Read, ids: tuple[str, ...], marks: tuple[str, ...]) -> Bounce | None:
    if _line(block.get("Action")).lower() != "failed":
        return None
    recipient = _line(block.get("Original-Recipient") or block.get("Final-Recipient"))
    kind, semicolon, address = recipient.partition(";")
    if semicolon and kind.strip().lower() not in {"rfc822", "utf-8"}:
        return None
    status = _line(block.get("Status")).partition(" ")[0] or "5.0.0"
    said = _line(block.get("Diagnostic-Code")).partition(";")[2].strip()
    shown = (address if semicolon else recipient).strip().strip("<>")
    return Bounce(ids, marks, shown, status, f"{status} {said}".strip()[:_LONGEST_SAYING])


def _line(value: object) -> str:
    text = "" if value is None else str(value)
    return " ".join("".join(one if one.isprintable() else " " for one in text).split())[: 2 * _LONGEST_SAYING]
