"""Users, groups and roles: made and changed, and never so that nobody is left to mind them."""

from dataclasses import replace

import pytest

from actions.access.people import at_the_desk, keep_person
from duedesk.actions.access.users import UserDraft, deactivate, save_group, save_user, set_members
from duedesk.actions.maintenance import check
from duedesk.actions.workspace import Workspace, open_workspace
from duedesk.domain.access import Role
from duedesk.domain.errors import BookError, RequestError
from duedesk.domain.world import World
from duedesk.store.book import Book
from duedesk.store.queries.access import groups, users, who_am_i

ANA = UserDraft("Ana Reyes", role=Role.SUPERVISOR)


@pytest.fixture
def desk(book: Book, world: World) -> Workspace:
    """Ana's desk, in a book in which nobody has a role yet."""
    return Workspace(book, world)


def test_a_user_is_made_and_changed(desk: Workspace) -> None:
    made = save_user(desk, UserDraft(" Bo  Lind ", login="bo"))
    assert made.changes.concern("User")
    assert made.changes.summary == "User Bo Lind made"
    (row,) = desk.ask(users)
    assert (row.name, row.login, row.role, row.is_active, row.groups) == ("Bo Lind", "bo", None, True, ())
    save_user(desk, UserDraft("Bo Lindqvist", login="bo"), key=made.key)
    assert [one.name for one in desk.ask(users)] == ["Bo Lindqvist"]
    assert save_user(desk, UserDraft("Bo Lindqvist", login="bo"), key=made.key).changes.journal_id is None
    assert check(desk).findings == ()


@pytest.mark.parametrize(("name", "login"), [("Bo Lind", ""), ("Another", "bo"), ("bo", ""), ("Another", "Bo Lind")])
def test_nobody_goes_by_the_name_of_another(desk: Workspace, name: str, login: str) -> None:
    save_user(desk, UserDraft("Bo Lind", login="bo"))
    with pytest.raises(RequestError, match="Bo Lind goes by that name or login already"):
        save_user(desk, UserDraft(name, login))


def test_the_first_role_is_ones_own(desk: Workspace) -> None:
    with pytest.raises(RequestError) as refused:
        save_user(desk, UserDraft("Bo Lind", role=Role.SUPERVISOR))
    assert str(refused.value) == (
        "As soon as anybody has a role, everybody needs one, and you are “Ana Reyes”. "
        "First make a user of your own with the login Ana Reyes and the role Supervisor or Finance."
    )
    with pytest.raises(RequestError, match="everybody needs one"):
        save_user(desk, replace(ANA, role=Role.CLERK))
    save_user(desk, ANA)
    save_user(desk, UserDraft("Bo Lind", role=Role.CLERK))


def test_the_last_keeper_can_neither_be_sent_away_nor_demoted(desk: Workspace) -> None:
    ana = save_user(desk, ANA).key
    last = "Ana Reyes is the last active Supervisor or Finance user"
    save_user(desk, UserDraft("Bo Lind", role=Role.CLERK))
    for fewer in (replace(ANA, role=Role.CLERK), replace(ANA, role=None), replace(ANA, is_active=False)):
        with pytest.raises(RequestError, match=last):
            save_user(desk, fewer, key=ana)
    with pytest.raises(RequestError, match=last):
        deactivate(desk, ana)
    save_user(desk, UserDraft("Cy Dent", role=Role.SUPERVISOR))
    deactivate(desk, ana)
    with pytest.raises(RequestError, match="does not know “Ana Reyes”, or no longer"):
        save_user(desk, UserDraft("Di Ems"))


def test_a_clerk_minds_no_users(desk: Workspace, book: Book, world: World) -> None:
    save_user(desk, ANA)
    bo = save_user(desk, UserDraft("Bo Lind", role=Role.CLERK)).key
    with pytest.raises(RequestError, match=r"Bo Lind \(Clerk\) may not mind users and sharing rules"):
        save_user(at_the_desk(book, world, "Bo Lind"), UserDraft("Bo Lind", role=Role.FINANCE), key=bo)


def test_a_supervisor_makes_nobody_finance_but_the_first_and_not_themselves(desk: Workspace) -> None:
    ana = save_user(desk, ANA).key
    with pytest.raises(RequestError, match="may neither give nor take the role Finance"):
        save_user(desk, replace(ANA, role=Role.FINANCE), key=ana)
    fay = save_user(desk, UserDraft("Fay Orr", role=Role.FINANCE)).key
    for change in (UserDraft("Fay Orr", role=Role.CLERK), UserDraft("Fay Orr", role=Role.FINANCE, is_active=False)):
        with pytest.raises(RequestError, match="may neither give nor take the role Finance"):
            save_user(desk, change, key=fay)
    with pytest.raises(RequestError, match="may neither give nor take"):
        deactivate(desk, fay)
    with pytest.raises(RequestError, match="may neither give nor take"):
        save_user(desk, UserDraft("Gil Ito", role=Role.FINANCE))


def test_groups_and_their_members(desk: Workspace) -> None:
    bo, cy = (save_user(desk, UserDraft(name)).key for name in ("Bo", "Cy"))
    north, all_ = save_group(desk, "North").key, save_group(desk, "Everybody").key
    set_members(desk, north, [bo, cy])
    set_members(desk, all_, [north])
    assert [(one.name, one.members) for one in desk.ask(groups)] == [("Everybody", ("North",)), ("North", ("Bo", "Cy"))]
    assert [one.groups for one in desk.ask(users)] == [("North",), ("North",)]
    assert set_members(desk, north, [cy, bo]).journal_id is None
    set_members(desk, north, [cy])
    save_group(desk, "Northwest", key=north)
    assert [(one.name, one.members) for one in desk.ask(groups)] == [
        ("Everybody", ("Northwest",)),
        ("Northwest", ("Cy",)),
    ]
    for group, member in ((north, all_), (north, north)):
        with pytest.raises(RequestError, match="A group cannot be within itself"):
            set_members(desk, group, [member])
    with pytest.raises(RequestError, match="Bo is a user, not a group"):
        set_members(desk, bo, [cy])


def test_who_am_i(desk: Workspace, book: Book, world: World) -> None:
    me = desk.ask(who_am_i)
    assert (me.user, me.role, me.are_rules, me.sees_all, me.may_not) == ("Ana Reyes", None, False, True, ())
    save_user(desk, ANA)
    bo = save_user(desk, UserDraft("Bo Lind", login="bo", role=Role.CLERK)).key
    set_members(desk, save_group(desk, "North").key, [bo])
    clerk = at_the_desk(book, world, "bo").ask(who_am_i)
    assert (clerk.user, clerk.name, clerk.role, clerk.groups) == ("bo", "Bo Lind", Role.CLERK, ("North",))
    assert "post invoices" in clerk.may
    assert "void what is posted" in clerk.may_not


def test_a_book_opens_for_whom_it_knows(desk: Workspace, book: Book, world: World) -> None:
    save_user(desk, ANA)
    open_workspace(book.location, world).close()
    with pytest.raises(BookError, match=r"does not know “bo”, or no longer\. Ask Ana Reyes \(Supervisor\)\."):
        open_workspace(book.location, replace(world, user="bo"))


def test_an_imported_owner_has_no_part_until_they_get_a_role(desk: Workspace, book: Book, world: World) -> None:
    keep_person(book, "Bo Lind")
    save_user(desk, ANA)
    with pytest.raises(RequestError, match="does not know “Bo Lind”"):
        save_user(at_the_desk(book, world, "Bo Lind"), UserDraft("Di Ems"))
