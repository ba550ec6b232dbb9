"""Letters are mailed: one message an account and address, each claimed, handed over, noted; at the pace that is set.

The claim is committed before the message is handed over, and nothing is handed over within a transaction.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlalchemy import Connection

from duedesk.actions.delivering.claiming import Claimed, Guard, claim, note, note_lost
from duedesk.actions.delivering.wording import worded
from duedesk.actions.workspace import Workspace
from duedesk.connect.mail import Mailer, MailError
from duedesk.connect.message import Attached, Mail, mark_of, message, message_id_of, new_mark
from duedesk.domain.errors import RequestError
from duedesk.domain.mailing import Answer, Handed, addresses
from duedesk.exchange.files import file_stem
from duedesk.store.queries.letters.deliveries import (
    LetterToSend,
    WaitingMessage,
    is_sample_book,
    letters_to_send,
    waiting_messages,
)
from duedesk.store.queries.letters.delivery_guard import why_it_stays

Documents = Callable[[Connection, Sequence[int]], Mapping[int, bytes]]
"""Gives letters as they were issued, as PDFs by key."""

_MOST_FAILURES = 3
"""So many messages in a row that the server did not talk about: it is no use to go on."""


@dataclass(slots=True)
class Delivered:
    """What came of a round: messages by status, letters withdrawn, and why it ended before its time."""

    sent: int = 0
    later: int = 0
    refused: int = 0
    unknown: int = 0
    withdrawn: dict[int, str] = field(default_factory=dict)
    stopped: str = ""

    def count(self, status: str) -> None:
        """Count one message."""
        match status:
            case "Sent":
                self.sent += 1
            case "Waiting":
                self.later += 1
            case "Refused" | "Failed":
                self.refused += 1
            case _:
                self.unknown += 1


def _sleep(span: timedelta) -> None:
    time.sleep(span.total_seconds())


@dataclass(frozen=True, slots=True)
class Round:
    """How a round is done: where letters come from, what is asked of each, who watches, how it waits."""

    documents: Documents
    guard: Guard | None = None
    progress: Callable[[int, int], None] = lambda _done, _all: None
    is_stopped: Callable[[], bool] = lambda: False
    pause: Callable[[timedelta], None] = _sleep

    def asked(self, today: date) -> Guard:
        """Give what is asked of letters at the last moment: the guard, or whether they are still owed as they say."""
        return self.guard or (lambda connection, letters: why_it_stays(connection, letters, today))


def deliver(workspace: Workspace, mailer: Mailer, how: Round, letters: Sequence[int] | None = None) -> Delivered:
    """Mail all that waits, or of these letters what does; MailError where the server takes nobody in.

    What cannot be known is left as Unknown for a person. It may be stopped between two messages.
    """
    with workspace.book.reading_all() as connection:
        if is_sample_book(connection):
            raise RequestError("This is a sample book: its letters go to nobody.", "Write drafts to see them.")
    note_lost(workspace)
    waiting = workspace.ask(waiting_messages, workspace.world.now(), letters)
    done = Delivered()
    pace = _Pace(mailer.server.per_minute, workspace.world.now, how.pause)
    failures = 0
    for place, one in enumerate(waiting):
        if how.is_stopped():
            done.stopped = "Stopped; what was not handed over waits."
            break
        how.progress(place, len(waiting))
        pace.wait()
        try:
            mailer.be_ready()
        except MailError as error:
            if not place:
                raise
            done.stopped = str(error)
            break
        handed = _deliver_one(workspace, mailer, how, one, done)
        failures = failures + 1 if handed is not None and handed.is_about_server else 0
        if failures == _MOST_FAILURES and handed is not None:
            done.stopped = f"{mailer.server.host} takes nothing at the moment: {handed.said}"
            break
    return done


def compose(
    letters: Sequence[LetterToSend],
    documents: Mapping[int, bytes],
    sender: str,
    *,
    to: str,
    message_id: str,
    now: datetime,
) -> Mail:
    """Put the message of letters of one account together: worded in their language, their PDFs attached.

    RequestError where one of them is not in the book as it was issued.
    """
    for one in letters:
        if one.key not in documents:
            raise RequestError(f"The letter {one.number} as it was issued is not in the book.")
    subject, text, language = worded(letters, sender)
    attached = [Attached(f"{file_stem(one.number)}.pdf", documents[one.key]) for one in letters]
    return Mail(message_id, addresses(to), subject, text, language, now, attached)


def _deliver_one(
    workspace: Workspace, mailer: Mailer, how: Round, one: WaitingMessage, done: Delivered
) -> Handed | None:
    """Claim, hand over and note one message; None where nothing of it was left to send."""
    server = mailer.server
    found = workspace.ask(how.documents, one.letters)
    claimed = claim(
        workspace,
        one.deliveries,
        token=f"{workspace.world.user} {new_mark(workspace.world.random)}",
        message_id=message_id_of(new_mark(workspace.world.random), server.domain),
        guard=how.asked(workspace.world.today()),
    )
    done.withdrawn |= claimed.withdrawn
    if not claimed.keys:
        return None
    try:
        handed = _hand_over(workspace, mailer, claimed, found)
    except BaseException:
        # Whatever stopped it may have stopped it at any point.
        done.count(note(workspace, claimed, Handed(Answer.UNKNOWN, "stopped while it was handed over")))
        raise
    done.count(note(workspace, claimed, handed))
    return handed


def _hand_over(workspace: Workspace, mailer: Mailer, claimed: Claimed, documents: Mapping[int, bytes]) -> Handed:
    server = mailer.server
    letters, now = workspace.ask(letters_to_send, claimed.letters), workspace.world.now()
    try:
        mail = compose(
            letters,
            documents,
            server.sender_name or server.sender,
            to=claimed.address,
            message_id=claimed.message_id,
            now=now,
        )
        content = message(mail, server)
        return mailer.hand_over(content, server.envelope_sender(mark_of(claimed.message_id)), mail.recipients)
    except MailError as error:  # the session fell after the claim, before a word of the message
        return Handed(Answer.LATER, error.message, is_about_server=True)
    except RequestError as error:
        return Handed(Answer.LATER, error.message)


class _Pace:
    """Lets so many messages a minute pass."""

    def __init__(self, per_minute: int, now: Callable[[], datetime], pause: Callable[[timedelta], None]) -> None:
        self._gap = timedelta(minutes=1) / per_minute
        self._now = now
        self._pause = pause
        self._last: datetime | None = None

    def wait(self) -> None:
        """Wait until the next one may leave."""
        now = self._now()
        if self._last is not None:
            left = self._gap - (now - self._last)
            if timedelta() < left <= self._gap:
                self._pause(left)
        self._last = self._now()
