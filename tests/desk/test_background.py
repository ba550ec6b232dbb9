"""Work behind the window: what is promised of it holds."""

import threading
from collections.abc import Callable
from functools import partial
from threading import Barrier, Event

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from desk.waiting import Settled
from duedesk.desk.background import Progress, Tasks, Ticket
from duedesk.domain.changes import Changes
from duedesk.domain.errors import BookError, Cancelled, DuedeskError


@pytest.fixture
def owner(qtbot: QtBot) -> QObject:
    return QObject()


def test_a_question_is_asked_behind_and_answered_in_front(tasks: Tasks, owner: QObject, settled: Settled) -> None:
    threads: list[threading.Thread] = []

    def answer(thread: threading.Thread) -> None:
        threads.extend((thread, threading.current_thread()))

    tasks.read(owner, threading.current_thread, answer)
    assert not tasks.is_idle()
    settled()

    assert threads[0] is not threading.main_thread()
    assert threads[1] is threading.main_thread()
    assert tasks.is_idle()


def test_reads_go_side_by_side(tasks: Tasks, owner: QObject, settled: Settled) -> None:
    together = Barrier(2)
    answers: list[int] = []
    for _ in range(2):
        tasks.read(owner, lambda: together.wait(10), answers.append)
    settled()

    assert sorted(answers) == [0, 1]


def test_a_later_question_in_the_same_slot_voids_the_earlier(tasks: Tasks, owner: QObject, settled: Settled) -> None:
    may_answer = Event()
    answers: list[str] = []

    def slow() -> str:
        may_answer.wait(10)
        return "old"

    tasks.read(owner, slow, answers.append, slot="list")
    tasks.read(owner, lambda: "new", answers.append, slot="list")
    tasks.read(owner, lambda: "beside", answers.append, slot="totals")
    may_answer.set()
    settled()

    assert sorted(answers) == ["beside", "new"]


def test_what_was_voided_before_it_began_is_not_asked(tasks: Tasks, owner: QObject, settled: Settled) -> None:
    may_go_on = Event()
    asked: list[int] = []
    for _ in range(2):  # both readers have something to do
        tasks.read(owner, lambda: may_go_on.wait(10), lambda _: None)
    for number in range(50):
        tasks.read(owner, partial(asked.append, number), lambda _: None, slot="list")
    may_go_on.set()
    settled()

    assert asked == [49]


def test_writes_go_one_after_the_other_and_tell_what_they_changed(
    tasks: Tasks, owner: QObject, settled: Settled
) -> None:
    done: list[str] = []
    changed: list[Changes] = []
    tasks.changed.connect(changed.append)

    def write(name: str) -> Callable[[Progress], Changes]:
        def action(progress: Progress) -> Changes:
            done.append(f"{name} begins")
            progress.report(1, 2)
            done.append(f"{name} ends")
            return Changes(frozenset({name}))

        return action

    for name in ("Invoice", "Payment"):
        tasks.write(owner, write(name), lambda _: None, title=name)
    settled()

    assert done == ["Invoice begins", "Invoice ends", "Payment begins", "Payment ends"]
    assert [one.objects for one in changed] == [{"Invoice"}, {"Payment"}]


def test_a_write_that_changed_nothing_tells_nobody(
    tasks: Tasks, owner: QObject, settled: Settled, qtbot: QtBot
) -> None:
    with qtbot.assertNotEmitted(tasks.changed):
        tasks.write(owner, lambda _: Changes(), lambda _: None, title="Nothing")
        settled()


def test_a_write_is_asked_to_stop(tasks: Tasks, owner: QObject, settled: Settled, qtbot: QtBot) -> None:
    finished: list[Ticket] = []
    tasks.finished.connect(finished.append)

    def action(progress: Progress) -> None:
        while not progress.is_cancelled():
            began.set()
        raise Cancelled

    began = Event()
    ticket = tasks.write(owner, action, lambda _: pytest.fail("it was stopped"), title="Long")
    with qtbot.assertNotEmitted(tasks.broke):
        began.wait(10)
        ticket.cancel()
        settled()

    assert finished == [ticket]


def test_a_fault_of_the_user_goes_to_who_asked(tasks: Tasks, owner: QObject, settled: Settled, qtbot: QtBot) -> None:
    def refuse() -> None:
        raise BookError("book.duedesk is locked by another program.")

    failed: list[DuedeskError] = []
    with qtbot.assertNotEmitted(tasks.broke):
        tasks.read(owner, refuse, lambda _: None, failed=failed.append)
        settled()
    assert [error.message for error in failed] == ["book.duedesk is locked by another program."]

    with qtbot.waitSignal(tasks.broke):
        tasks.read(owner, refuse, lambda _: None)


def test_a_fault_of_the_program_is_reported(
    tasks: Tasks, owner: QObject, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    with qtbot.waitSignal(tasks.broke) as broke:
        tasks.read(owner, lambda: 1 // 0, lambda _: None, failed=lambda _: None)

    assert isinstance(broke.args[0], ZeroDivisionError)
    assert "work behind the window failed" in caplog.text


def test_nothing_is_delivered_to_an_owner_that_is_gone(tasks: Tasks, settled: Settled) -> None:
    may_answer = Event()
    answers: list[object] = []
    owner = QObject()
    tasks.read(owner, lambda: may_answer.wait(10), answers.append)
    owner.deleteLater()
    from PySide6.QtCore import QCoreApplication, QEvent

    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    may_answer.set()
    settled()

    assert answers == []


def test_closing_drops_what_waits(qtbot: QtBot) -> None:
    tasks = Tasks()
    owner = QObject()
    may_go_on = Event()
    asked: list[int] = []
    for _ in range(2):
        tasks.read(owner, lambda: may_go_on.wait(10), lambda _: None)
    tasks.read(owner, lambda: asked.append(1), lambda _: None, slot="list")
    may_go_on.set()
    tasks.close()

    assert asked in ([], [1])  # it may just have begun; it was not waited for twice


def test_closing_asks_a_write_to_stop(qtbot: QtBot) -> None:
    tasks = Tasks()
    owner = QObject()
    began = Event()

    def action(progress: Progress) -> None:
        began.set()
        while not progress.is_cancelled():
            pass

    tasks.write(owner, action, lambda _: None, title="Import")
    began.wait(10)
    tasks.close()  # and comes back


def test_what_is_asked_for_after_the_end_is_dropped(tasks: Tasks, owner: QObject) -> None:
    tasks.close()
    tasks.read(owner, lambda: 1, lambda _: pytest.fail("nobody is there to answer"))
    assert tasks.is_idle()
