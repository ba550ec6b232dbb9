"""Who may do what: duties by role, groups in groups, and what sharing rules open."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duedesk.domain.access import (
    DUTIES,
    Level,
    Role,
    SharingRule,
    Standing,
    Visibility,
    duty_of,
    groups_with,
    members_within,
    owners_shared_with,
)


def _stands(role: Role | None, visibility: Visibility = Visibility.WRITE) -> Standing:
    return Standing("ana", are_rules=True, key=1, name="Ana Reyes", role=role, visibility=visibility)


@pytest.mark.parametrize(
    ("action", "roles"),
    [
        ("create_draft", "Clerk Supervisor Finance"),
        ("apply", "Clerk Supervisor Finance"),
        ("void", "Supervisor Finance"),
        ("approve", "Supervisor Finance"),
        ("assign_owner", "Supervisor Finance"),
        ("save_user", "Supervisor Finance"),
        ("post_memo", "Finance"),
        ("save_letterhead", "Finance"),
        ("check", "Clerk Supervisor Finance Auditor"),
        ("an action nobody has thought of", "Finance"),
    ],
)
def test_who_may_do_what(action: str, roles: str) -> None:
    assert {role for role in Role if _stands(role).may(action)} == {Role(name) for name in roles.split()}


def test_an_auditor_changes_nothing() -> None:
    allowed = {action for duty in DUTIES for action in duty.actions if _stands(Role.AUDITOR).may(action)}
    assert allowed == {"check", "backup"}


def test_without_roles_there_are_no_rules() -> None:
    alone = Standing("ana")
    assert alone.sees_all
    assert alone.edits_all
    assert not alone.is_shut_out
    assert all(alone.may(action) for duty in DUTIES for action in duty.actions)


def test_whoever_is_not_known_does_nothing() -> None:
    unknown = _stands(None)
    assert unknown.is_shut_out
    assert not unknown.sees_all
    assert not unknown.may("check")


def test_what_touches_the_whole_book_takes_somebody_who_reaches_all_of_it() -> None:
    assert _stands(Role.CLERK).may("import")
    assert not _stands(Role.CLERK, Visibility.READ).may("import")
    assert _stands(Role.CLERK, Visibility.READ).may("check")
    assert not _stands(Role.CLERK, Visibility.PRIVATE).may("check")
    assert _stands(Role.SUPERVISOR, Visibility.PRIVATE).may("import")


def test_an_action_belongs_to_one_duty() -> None:
    actions = [action for duty in DUTIES for action in duty.actions]
    assert len(actions) == len(set(actions))
    assert duty_of("undo_post") is duty_of("undo")
    assert duty_of("save_report").words == "keep views and reports", "what is refused is said by its name"


def test_groups_in_groups_are_followed_both_ways() -> None:
    members = [(10, 1), (11, 10), (12, 11), (10, 12)]  # the last closes a circle
    assert groups_with(1, members) == {1, 10, 11, 12}
    assert members_within(11, members) == {1, 10, 11, 12}
    assert groups_with(2, members) == {2}


def test_a_rule_shares_what_a_group_and_its_members_own() -> None:
    members = [(10, 1), (10, 2), (20, 3)]
    rules = [SharingRule(owned_by=10, shared_with=20, level=Level.READ)]
    groups = groups_with(3, members)
    assert owners_shared_with(groups, members, rules, Level.READ) == {3, 20, 10, 1, 2}
    assert owners_shared_with(groups, members, rules, Level.EDIT) == {3, 20}


@given(st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8)), max_size=30), st.integers(0, 8))
def test_who_is_within_a_group_has_it_among_theirs(members: list[tuple[int, int]], group: int) -> None:
    assert members_within(group, members) == {one for one in range(9) if group in groups_with(one, members)}
