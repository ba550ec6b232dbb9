"""Work off the window's thread: reads side by side, writes one after the other, files beside them one after the other.

It knows nothing of what they do.

What is promised: callbacks run on the window's thread; a later read in the same slot of an owner makes the earlier
answer void; nothing is delivered to an owner that is gone; a failure reaches the page that asked. What is forbidden:
touching a widget inside `question` or `action`, and keeping anything but values between them.
"""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Event
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from duedesk.domain.changes import Changes
from duedesk.domain.errors import Cancelled, DuedeskError

_log = logging.getLogger(__name__)
_Answer = TypeVar("_Answer")

READERS = 2
"""As many as keep a list and a chart going at once; more only contend for the same file."""


@dataclass(frozen=True, slots=True)
class Progress:
    """Handed to a write and to what makes a file: it says how far it is, and asks whether it shall stop."""

    report: Callable[[int, int], None]
    is_cancelled: Callable[[], bool]


@dataclass(slots=True)
class Ticket:
    """A piece of work under way."""

    title: str = ""
    stop: Event = field(default_factory=Event)
    makes_file: bool = False
    """It only reads the book, so that writes need not wait for it."""

    def cancel(self) -> None:
        """Ask the work to stop; its answer, if it still comes, is dropped for reads."""
        self.stop.set()


@dataclass(frozen=True, slots=True)
class _Delivery:
    ticket: Ticket
    owner: QObject
    slot: tuple[int, str] | None
    then: Callable[[Any], None]
    failed: Callable[[DuedeskError], None] | None
    answer: Any = None
    error: BaseException | None = None


class Tasks(QObject):
    """The only way to work off the window's thread."""

    started = Signal(object)
    """A write or a file was asked for: its Ticket."""
    progressed = Signal(object, object, object)
    """How far a write or a file is: its Ticket, done and total; a file says 0 of 0 as it begins."""
    finished = Signal(object)
    """A write or a file ended: its Ticket."""
    changed = Signal(object)
    """A write changed the book: its Changes."""
    broke = Signal(object)
    """Something failed that nobody asked to hear of: the exception."""
    settled = Signal()
    """Nothing is under way any more, and every answer has been delivered."""
    _arrived = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._readers = ThreadPoolExecutor(READERS, "duedesk-read")
        self._writer = ThreadPoolExecutor(1, "duedesk-write")
        self._maker = ThreadPoolExecutor(1, "duedesk-file")
        self._latest: dict[tuple[int, str], Ticket] = {}
        self._writing: list[Ticket] = []
        self._undelivered = 0
        self._is_closed = False
        self._arrived.connect(self._deliver)

    def read(
        self,
        owner: QObject,
        question: Callable[[], _Answer],
        then: Callable[[_Answer], None],
        *,
        failed: Callable[[DuedeskError], None] | None = None,
        slot: str = "",
    ) -> Ticket:
        """Ask a question behind the window; a later one in the same non-empty slot of the owner voids this one."""
        ticket = Ticket()
        place = (id(owner), slot) if slot else None
        if place is not None:
            earlier = self._latest.get(place)
            if earlier is not None:
                earlier.cancel()
            self._latest[place] = ticket
        self._submit(self._readers, question, _Delivery(ticket, owner, place, then, failed))
        return ticket

    def write(
        self,
        owner: QObject,
        action: Callable[[Progress], _Answer],
        then: Callable[[_Answer], None],
        *,
        title: str,
        failed: Callable[[DuedeskError], None] | None = None,
    ) -> Ticket:
        """Do an action behind the window, after those before it; what it changed is told to every page."""
        ticket = Ticket(title)
        progress = self._progress(ticket)
        delivery = _Delivery(ticket, owner, None, then, failed)
        self._begin(self._writer, lambda: action(progress), delivery)
        return ticket

    def make_file(
        self,
        owner: QObject,
        action: Callable[[Progress], _Answer],
        then: Callable[[_Answer], None],
        *,
        title: str,
        failed: Callable[[DuedeskError], None] | None = None,
    ) -> Ticket:
        """Make a file of what stands in the book, after those asked for before it and beside reads and writes.

        It reads for long and keeps nobody waiting who posts; one that was stopped before its turn never begins, and
        one whose owner is gone is stopped.
        """
        ticket = Ticket(title, makes_file=True)
        progress = self._progress(ticket)

        def begin() -> _Answer:
            if ticket.stop.is_set():
                raise Cancelled("Stopped; nothing was written.")
            progress.report(0, 0)
            return action(progress)

        owner.destroyed.connect(lambda *_: ticket.cancel())
        self._begin(self._maker, begin, _Delivery(ticket, owner, None, then, failed))
        return ticket

    def is_idle(self) -> bool:
        """Tell whether nothing is under way and every answer has been delivered."""
        return self._undelivered == 0

    def close(self) -> None:
        """Drop what waits, ask what runs to stop, and wait for it; what is asked for after that is dropped as well."""
        self._is_closed = True
        for ticket in (*self._latest.values(), *self._writing):
            ticket.cancel()
        self._readers.shutdown(wait=True, cancel_futures=True)
        self._writer.shutdown(wait=True, cancel_futures=True)
        self._maker.shutdown(wait=True, cancel_futures=True)

    def _progress(self, ticket: Ticket) -> Progress:
        return Progress(lambda done, total: self.progressed.emit(ticket, done, total), ticket.stop.is_set)

    def _begin(self, pool: ThreadPoolExecutor, work: Callable[[], Any], delivery: _Delivery) -> None:
        self._writing.append(delivery.ticket)
        self.started.emit(delivery.ticket)
        self._submit(pool, work, delivery)

    def _submit(self, pool: ThreadPoolExecutor, work: Callable[[], Any], empty: _Delivery) -> None:
        def run() -> None:
            answer: Any = None
            error: BaseException | None = None
            if empty.slot is not None and empty.ticket.stop.is_set():
                error = Cancelled()  # superseded before it began
            else:
                try:
                    answer = work()
                except BaseException as raised:  # noqa: BLE001 - it is handed to the page that asked, or reported
                    error = raised
            self._arrived.emit(
                _Delivery(empty.ticket, empty.owner, empty.slot, empty.then, empty.failed, answer, error)
            )

        if self._is_closed:  # an answer that came last may ask for more
            return
        self._undelivered += 1
        pool.submit(run)

    def _deliver(self, delivery: _Delivery) -> None:
        try:
            if delivery.ticket.title:
                self._writing.remove(delivery.ticket)
                self.finished.emit(delivery.ticket)
                changes = getattr(delivery.answer, "changes", delivery.answer)
                if isinstance(changes, Changes) and changes.objects:
                    self.changed.emit(changes)
            self._hand_over(delivery)
        finally:
            self._undelivered -= 1
            if self._undelivered == 0:
                self.settled.emit()

    def _hand_over(self, delivery: _Delivery) -> None:
        if not isValid(delivery.owner):
            return
        if delivery.slot is not None:
            if self._latest.get(delivery.slot) is not delivery.ticket:
                return  # a late answer to an old question
            del self._latest[delivery.slot]
        if delivery.error is None:
            delivery.then(delivery.answer)
        elif isinstance(delivery.error, DuedeskError) and delivery.failed is not None:
            delivery.failed(delivery.error)
        elif not isinstance(delivery.error, Cancelled):
            _log.error("work behind the window failed", exc_info=delivery.error)
            self.broke.emit(delivery.error)
