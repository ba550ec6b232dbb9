"""Queries kept under a name: each person's own, shared to be read, undone by their opposite."""

from dataclasses import replace
from datetime import date

import pytest

from build import Builder
from duedesk.actions.calls import delete_view, find_view, save_view, saved_views
from duedesk.actions.calls.views import ListKept, begin_with_view, count_view, list_of, rename_view, share_view
from duedesk.actions.undo import undo, undo_plan
from duedesk.actions.workspace import Workspace
from duedesk.domain.errors import RequestError
from duedesk.domain.world import World
from duedesk.store.book import Book
from duedesk.store.queries.views import default_view

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


MAY = "SELECT DocumentNumber, Balance FROM Invoice WHERE DueDate = LAST_MONTH ORDER BY Balance DESC"


def test_a_list_keeps_its_search_its_groups_and_its_relative_days(ana: Workspace, book: Book) -> None:
    with book.writing() as connection:
        build = Builder(connection)
        account = build.account("Acme Ltd", "0001")
        for number, due in (("A-1", "2026-10-31"), ("A-2", "2026-11-01"), ("B-1", "2026-10-01")):
            build.invoice(number, account, "5.00", on="2026-09-01", due=due)
        build.settle()
    save_view(ana, "Fell due", MAY, as_list=ListKept("a-", "BillingAccountId"))
    (view,) = saved_views(ana)
    assert (view.is_list, view.search, view.group_by) == (True, "a-", "BillingAccountId")
    listed = list_of(view, date(2026, 11, 23))
    assert (listed.columns, listed.filter.search) == (("DocumentNumber", "Balance"), "a-")
    assert count_view(ana, view, date(2026, 11, 23)) == 1
    assert count_view(ana, view, date(2026, 12, 23)) == 1, "the month goes with the day one stands on"
    save_view(ana, "Of accounts", "SELECT BillingAccountId, COUNT(Id) FROM Invoice GROUP BY BillingAccountId")
    assert count_view(ana, find_view(ana, "Of accounts"), date(2026, 11, 23)) is None


def test_names_are_ones_own_and_said_where_they_are_taken(ana: Workspace, bo: Workspace) -> None:
    save_view(ana, "Late", MAY, as_list=ListKept())
    save_view(ana, "May", MAY, as_list=ListKept())
    save_view(bo, "Late", MAY, as_list=ListKept())
    with pytest.raises(RequestError, match="You have a view “Late” already"):
        save_view(ana, "Late", LATE, replaces=False)
    with pytest.raises(RequestError, match="You have a view “Late” already"):
        rename_view(ana, "May", "Late")
    rename_view(ana, "May", "Due in May")
    share_view(ana, "Due in May", shared=True)
    assert [view.name for view in saved_views(bo)] == ["Late", "Due in May"]
    with pytest.raises(RequestError, match="You have no view “Due in May”"):
        share_view(bo, "Due in May", shared=False)
    for said in ("Share the view Due in May no longer.", "Call the view Due in May May again."):
        plan = undo_plan(ana)
        assert plan is not None
        assert plan.sentence == said
        undo(ana, plan)
    assert [view.name for view in saved_views(bo)] == ["Late"]


def test_each_person_begins_with_a_view_of_their_choice(ana: Workspace, bo: Workspace) -> None:
    save_view(ana, "Late", MAY, shared=True, as_list=ListKept())
    save_view(ana, "Query", LATE)
    key = find_view(ana, "Late").key
    begin_with_view(bo, key)
    chosen = bo.ask(default_view, "Bo Lind")
    assert chosen is not None
    assert chosen.name == "Late"
    assert ana.ask(default_view, "Ana Reyes") is None
    with pytest.raises(RequestError, match="no view of a list"):
        begin_with_view(bo, find_view(ana, "Query").key)
    assert begin_with_view(bo, key).summary == ""
    plan = undo_plan(bo)
    assert plan is not None
    undo(bo, plan)
    assert bo.ask(default_view, "Bo Lind") is None
    begin_with_view(bo, key)
    delete_view(ana, "Late")
    assert bo.ask(default_view, "Bo Lind") is None


@pytest.mark.parametrize(
    ("query", "kept", "message"),
    [
        ("SELECT Name FROM Account", ListKept(), "A view of a list is one of invoices."),
        ("SELECT COUNT() FROM Invoice", ListKept(), "A list shows records, and this query counts or groups them."),
        (LATE, ListKept(group_by="Description.Name"), "Invoice refers to nothing called “Description”."),
    ],
)
def test_what_is_no_list_is_refused(ana: Workspace, query: str, kept: ListKept, message: str) -> None:
    with pytest.raises(RequestError) as refused:
        save_view(ana, "x", query, as_list=kept)
    assert refused.value.message == message
