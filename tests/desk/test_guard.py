"""The guard of these tests bites: SQL on the window's thread is refused, behind it it is not."""

import pytest
from PySide6.QtCore import QObject

from desk.guard import SqlOnTheWindowsThreadError, refuse_on_the_windows_thread
from desk.small_book import AS_OF, Small
from desk.waiting import Settled
from duedesk.actions.workspace import Workspace
from duedesk.desk.background import Tasks
from duedesk.desk.page import Desk
from duedesk.desk.pages.invoices import questions
from duedesk.desk.tables.view import RecordTable
from duedesk.domain.filters import Filter
from duedesk.store.queries.overview import overview


def test_a_widget_that_asks_on_the_windows_thread_is_refused(
    desk: Desk, small: Small, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = RecordTable(desk, "Invoice", ["DocumentNumber"])
    monkeypatch.setattr(Tasks, "read", lambda *given, **_: given[3](given[2]()))

    with pytest.raises(SqlOnTheWindowsThreadError):
        table.show_filter(Filter(AS_OF))


def test_the_same_question_behind_the_window_is_answered(
    workspace: Workspace, small: Small, tasks: Tasks, settled: Settled
) -> None:
    answers: list[questions.Totals] = []
    tasks.read(tasks, lambda: questions.totals(workspace, Filter(AS_OF)), answers.append)
    settled()

    assert [total.currency for total in answers[0]] == ["EUR", "JPY", "USD"]


def test_a_test_may_look_into_the_book_itself(workspace: Workspace, small: Small) -> None:
    assert workspace.ask(overview).invoices == 9


def test_a_qt_object_of_a_test_is_none_of_the_desk() -> None:
    class Here(QObject):
        def ask(self) -> None:
            refuse_on_the_windows_thread()

    Here().ask()
