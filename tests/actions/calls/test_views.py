"""Queries kept under a name: each person's own, shared to be read, undone by their opposite."""

from dataclasses import replace

import pytest

from duedesk.actions.calls import delete_view, find_view, save_view, saved_views
from duedesk.actions.undo import undo, undo_plan
from duedesk.actions.workspace import Workspace
from duedesk.domain.errors import RequestError
from duedesk.domain.world import World
from duedesk.store.book import Book

LATE = "SELECT DocumentNumber, Balance FROM Invoice WHERE DueDate < TODAY AND Balance > 0"
DRAFTS = "SELECT Id FROM Invoice WHERE Status = 'Draft'"


@pytest.fixture
def ana(book: Book, world: World) -> Workspace:
    return Workspace(book, world)


@pytest.fixture
def bo(book: Book, world: World) -> Workspace:
    return Workspace(book, replace(world, user="Bo Lind"))


def listed(workspace: Workspace) -> list[tuple[str, str, bool]]:
    return [(view.name, view.query, view.is_own) for view in saved_views(workspace)]


def test_a_view_is_kept_and_saved_anew(ana: Workspace) -> None:
    changes = save_view(ana, " Late  ones ", LATE)
    assert changes.concern("SavedView")
    assert listed(ana) == [("Late ones", LATE, True)]
    save_view(ana, "Late ones", DRAFTS)
    assert listed(ana) == [("Late ones", DRAFTS, True)]


def test_own_views_are_ones_own_and_shared_ones_are_read_by_all(ana: Workspace, bo: Workspace) -> None:
    save_view(ana, "Late", LATE, shared=True)
    save_view(ana, "Secret", LATE)
    assert listed(bo) == [("Late", LATE, False)]
    save_view(bo, "Late", DRAFTS)
    assert listed(bo) == [("Late", DRAFTS, True), ("Late", LATE, False)]
    assert find_view(bo, "late").query == DRAFTS, "one's own comes first"
    delete_view(bo, "Late")
    assert find_view(bo, "LATE").query == LATE
    with pytest.raises(RequestError, match="You have no view “Late”"):
        delete_view(bo, "Late")
    with pytest.raises(RequestError, match="There is no view “Secret”"):
        find_view(bo, "Secret")


@pytest.mark.parametrize(
    ("name", "query", "message"),
    [
        (" ", LATE, "A view needs a name."),
        ("x" * 81, LATE, "A view needs a name."),
        ("x", "SELECT Balanc FROM Invoice", "Invoice has no field “Balanc”, at character 8."),
        ("x", "Balance > 0", "At character 1 there is “Balance” where SELECT should stand."),
    ],
)
def test_what_is_no_view_is_refused(ana: Workspace, name: str, query: str, message: str) -> None:
    with pytest.raises(RequestError) as refused:
        save_view(ana, name, query)
    assert refused.value.message == message


def test_saving_and_deleting_are_undone(ana: Workspace) -> None:
    def take_back() -> str:
        plan = undo_plan(ana)
        assert plan is not None
        undo(ana, plan)
        return plan.sentence

    save_view(ana, "Late", LATE)
    save_view(ana, "Late", DRAFTS, shared=True)
    assert take_back() == "Save the view Late as it was."
    assert listed(ana) == [("Late", LATE, True)]
    delete_view(ana, "Late")
    take_back()
    assert listed(ana) == [("Late", LATE, True)]
    assert take_back() == "Delete the view Late."
    assert listed(ana) == []
