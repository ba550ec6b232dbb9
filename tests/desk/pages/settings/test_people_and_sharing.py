"""Users, groups and sharing in the settings: each change is an action, and how far it holds is said."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from desk.waiting import Settled
from duedesk.actions.workspace import Workspace
from duedesk.desk.page import Said
from duedesk.desk.pages.settings.page import SettingsPage
from duedesk.desk.pages.settings.people.people import GroupForm, UserForm
from duedesk.desk.pages.settings.people.sharing import DefaultForm, RuleForm
from duedesk.desk.pages.settings.section_view import SectionView
from duedesk.domain.access import ON_A_FILE, ON_A_SERVER, Level, Role, Visibility
from duedesk.store.queries.access import groups, sharing_rules, users, who_am_i


def section(page: SettingsPage, name: str, settled: Settled) -> SectionView:
    page.show_section(name)
    settled()
    return page.view


def make_user(page: SettingsPage, name: str, role: Role | None, settled: Settled) -> None:
    page.make()
    form = page.view.form
    assert isinstance(form, UserForm)
    form.name.setText(name)
    form.role.choose(role)
    form.do()
    settled()


@pytest.fixture
def peopled(page: SettingsPage, settled: Settled) -> SettingsPage:
    """The person at the desk keeps the book, and two clerks work in it."""
    section(page, "Users", settled)
    make_user(page, "Ana Reyes", Role.FINANCE, settled)
    make_user(page, "Ben Okafor", Role.CLERK, settled)
    make_user(page, "Cleo Brandt", None, settled)
    return page


def test_users_have_roles_and_are_sent_away(
    peopled: SettingsPage, workspace: Workspace, said: list[Said], settled: Settled
) -> None:
    view = peopled.view
    assert [entry.texts[:3] for entry in view.content.entries] == [
        ("Ana Reyes", "", "Finance"),
        ("Ben Okafor", "", "Clerk"),
        ("Cleo Brandt", "", ""),
    ]
    assert view.remark.text().startswith("A role says what a user may do")
    assert ON_A_FILE in view.remark.text()

    view.table.selectRow(2)
    assert view.remove_button.text() == "Send away"
    view.remove_button.click()
    settled()
    assert [user.is_active for user in workspace.ask(users)] == [True, True, False]
    view.table.selectRow(2)
    assert view.remove_button.isHidden()
    view.table.selectRow(0)
    peopled.remove()
    settled()
    assert not said[-1].done


def test_while_nobody_has_a_role_that_is_said(page: SettingsPage, settled: Settled) -> None:
    view = section(page, "Users", settled)
    assert view.remark.text().startswith("Nobody has a role yet")


def test_a_user_is_changed(peopled: SettingsPage, workspace: Workspace, settled: Settled) -> None:
    peopled.view.edit(1)
    form = peopled.view.form
    assert isinstance(form, UserForm)
    assert form.role.hasFocus()
    form.login.setText("ben")
    form.role.choose(Role.SUPERVISOR)
    form.do()
    settled()
    assert [(user.login, user.role) for user in workspace.ask(users)][1] == ("ben", Role.SUPERVISOR)


def test_a_group_has_members(peopled: SettingsPage, workspace: Workspace, said: list[Said], settled: Settled) -> None:
    view = section(peopled, "Groups", settled)
    peopled.make()
    form = view.form
    assert isinstance(form, GroupForm)
    form.name.setText("North")
    form.members.setFocus()
    QTest.keyClick(form.members, Qt.Key.Key_Space)
    QTest.keyClick(form.members, Qt.Key.Key_Down)
    QTest.keyClick(form.members, Qt.Key.Key_Space)
    place = form.members.visualItemRect(form.members.item(0)).center()
    QTest.mouseClick(form.members.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(place.x(), place.y()))
    assert len(form.members.ticked()) == 1
    form.do()
    settled()
    assert [(group.name, group.members) for group in workspace.ask(groups)] == [("North", ("Ben Okafor",))]
    assert said[-1].done

    view.edit(0)
    again = view.form
    assert isinstance(again, GroupForm)
    assert again.members.hasFocus()
    again.name.setText("South")
    again.do()
    settled()
    assert view.content.entries[0].texts == ("South", "Ben Okafor")


def test_the_default_and_rules_open_more(peopled: SettingsPage, workspace: Workspace, settled: Settled) -> None:
    view = section(peopled, "Sharing", settled)
    assert ON_A_FILE in view.remark.text()
    assert ON_A_SERVER in view.remark.text()
    view.edit(0)
    form = view.form
    assert isinstance(form, DefaultForm)
    form.default.choose(Visibility.PRIVATE)
    form.do()
    settled()
    assert workspace.ask(who_am_i).visibility is Visibility.PRIVATE
    assert view.content.entries[0].texts[-1] == "Nothing of it"
    assert view.remove_button.isHidden()

    peopled.make()
    rule = view.form
    assert isinstance(rule, RuleForm)
    rule.name.setText("Ben reads Ana")
    rule.owned_by.setCurrentText("Ana Reyes")
    rule.shared_with.setCurrentText("Ben Okafor")
    rule.do()
    settled()
    (made,) = workspace.ask(sharing_rules)
    assert (made.owned_by, made.shared_with, made.level) == ("Ana Reyes", "Ben Okafor", Level.READ)

    view.table.selectRow(1)
    view.edit(1)
    changed = view.form
    assert isinstance(changed, RuleForm)
    changed.level.choose(Level.EDIT)
    changed.do()
    settled()
    assert view.content.entries[1].texts[-1] == "They edit it"
    view.table.selectRow(1)
    peopled.remove()
    settled()
    assert workspace.ask(sharing_rules) == ()


def test_a_rule_needs_somebody_to_share_with(page: SettingsPage, settled: Settled) -> None:
    view = section(page, "Sharing", settled)
    page.make()
    form = view.form
    assert isinstance(form, RuleForm)
    form.do()
    assert form.fault == "There is nobody to share with. Make users or groups first."


def test_walking_along_the_sections_keeps_the_cursor_there(peopled: SettingsPage, settled: Settled) -> None:
    peopled.begin()
    peopled.view.edit(0)
    peopled.sections.setFocus()
    QTest.keyClick(peopled.sections, Qt.Key.Key_Down)
    settled()
    assert peopled.view.section.name == "Groups"
    assert peopled.sections.hasFocus()
    assert peopled.can_leave()
