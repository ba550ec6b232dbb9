"""The sections of users and of groups: who works in the book, in which role, and in which queues."""

from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QLineEdit, QWidget

from duedesk.actions.access.users import UserDraft, deactivate, save_group, save_user, set_members
from duedesk.actions.workspace import Workspace
from duedesk.desk.pages.settings.section import Content, Entry, Section, Store, text_column
from duedesk.desk.verbs.panel import VerbPanel
from duedesk.desk.widgets.choice import Choice
from duedesk.desk.widgets.tick import Tick
from duedesk.desk.widgets.tick_list import TickList
from duedesk.domain.access import ON_A_FILE, ON_A_SERVER, Role
from duedesk.domain.changes import Changes
from duedesk.store.queries.access import GroupRow, UserRow, groups, users

_NO_RULES = "Nobody has a role yet, so everybody may do everything. Give the first role to whoever keeps the book."
_ROLES = "A role says what a user may do; an auditor reads only."


class UsersSection(Section):
    """Users and their roles."""

    name = "Users"
    nouns = ("user", "users")
    new = "New user…"
    nothing = "Whoever opens the book works in it under the name of the machine."
    concerns = ("User", "GroupMember")
    columns = (
        text_column("Name", "Name", 150, stretches=True),
        text_column("Login", "Login", 120),
        text_column("Role", "Role", 100),
        text_column("Groups", "Groups", 150),
        text_column("Active", "Active", 70),
    )

    def read(self, workspace: Workspace) -> Content:
        """Read the users by name."""
        found = workspace.ask(users)
        has_rules = any(user.role is not None for user in found)
        how_far = ON_A_FILE if workspace.book.is_file else ON_A_SERVER
        remark = f"{_ROLES if has_rules else _NO_RULES} {how_far}"
        return Content(tuple(map(_user_entry, found)), remark=remark)

    def form(self, entry: Entry | None, content: Content) -> VerbPanel:  # noqa: ARG002 - one signature for all
        """Make the form of a user."""
        held = None if entry is None else entry.held
        return UserForm(held if isinstance(held, UserRow) else None)

    def removing(self, entry: Entry) -> tuple[str, Store] | None:
        """Send a user away who is there."""
        user = entry.held
        if not isinstance(user, UserRow) or not user.is_active:
            return None
        return "Send away", partial(deactivate, key=user.key)


class UserForm(VerbPanel):
    """Name, login, role, and whether they are there."""

    def __init__(self, held: UserRow | None) -> None:
        super().__init__("New user" if held is None else held.name, "Save")
        self._held = held
        self.name = QLineEdit("" if held is None else held.name)
        self.login = QLineEdit("" if held is None else held.login)
        roles: list[tuple[str, object]] = [("No role", None), *((role.value, role) for role in Role)]
        self.role = Choice(roles, None if held is None else held.role)
        self.active = Tick("Works here")
        self.active.setChecked(held is None or held.is_active)
        self.add_field("Name", self.name)
        self.add_field("Login", self.login, "What their machine or the server calls them; empty where it is the name.")
        self.add_field("Role", self.role)
        self.fields.addWidget(self.active)

    def first_field(self) -> QWidget:
        """Begin at the name of a new one, at the role of another."""
        return self.name if self._held is None else self.role

    def gather(self) -> Store:
        """Give what stores the user."""
        role = self.role.currentData()
        draft = UserDraft(self.name.text(), self.login.text(), role, self.active.isChecked())
        return partial(_save_user, draft=draft, key=None if self._held is None else self._held.key)


@dataclass(frozen=True, slots=True)
class _Beside:
    """Who can be in a group."""

    members: tuple[tuple[str, int], ...]


class GroupsSection(Section):
    """Groups and who is in them."""

    name = "Groups"
    nouns = ("group", "groups")
    new = "New group…"
    remark = "A group owns invoices as a queue, and what it owns all who are in it see. Groups can be in groups."
    nothing = "A group can own invoices: whoever is in it takes them from there."
    concerns = ("User", "GroupMember")
    columns = (
        text_column("Name", "Group", 180),
        text_column("Members", "Members", 200, stretches=True),
    )

    def read(self, workspace: Workspace) -> Content:
        """Read the groups by name."""
        with workspace.book.reading() as connection:
            found, people = groups(connection), users(connection)
        members = tuple((user.name, user.key) for user in people if user.is_active)
        members += tuple((f"{group.name} (group)", group.key) for group in found)
        entries = tuple(Entry((group.name, ", ".join(group.members)), group) for group in found)
        return Content(entries, _Beside(members))

    def form(self, entry: Entry | None, content: Content) -> VerbPanel:
        """Make the form of a group."""
        held = None if entry is None else entry.held
        offered = content.beside.members if isinstance(content.beside, _Beside) else ()
        return GroupForm(held if isinstance(held, GroupRow) else None, offered)


class GroupForm(VerbPanel):
    """The name of a group, and who is in it."""

    def __init__(self, held: GroupRow | None, offered: tuple[tuple[str, int], ...]) -> None:
        super().__init__("New group" if held is None else held.name, "Save")
        self._held = held
        own = None if held is None else held.key
        self.name = QLineEdit("" if held is None else held.name)
        within = () if held is None else held.member_keys
        self.members = TickList([(name, key) for name, key in offered if key != own], within)
        self.members.setMinimumHeight(220)
        self.add_field("Name", self.name)
        self.add_field("Members", self.members, "The space bar ticks.")

    def first_field(self) -> QWidget:
        """Begin at the name of a new one, at the members of another."""
        return self.name if self._held is None else self.members

    def gather(self) -> Store:
        """Give what stores the group."""
        key = None if self._held is None else self._held.key
        return partial(_save_group, name=self.name.text(), key=key, members=self.members.ticked())


def _user_entry(user: UserRow) -> Entry:
    role = "" if user.role is None else user.role.value
    texts = (user.name, user.login, role, ", ".join(user.groups), "Yes" if user.is_active else "No")
    return Entry(texts, user)


def _save_user(workspace: Workspace, draft: UserDraft, key: int | None) -> Changes:
    return save_user(workspace, draft, key=key).changes


def _save_group(workspace: Workspace, name: str, key: int | None, members: tuple[int, ...]) -> Changes:
    """Save a group, and then who is in it."""
    made = save_group(workspace, name, key=key)
    changed = set_members(workspace, made.key, members)
    summaries = [one.summary for one in (made.changes, changed) if one.summary]
    objects = made.changes.objects | changed.objects
    return Changes(objects, changed.journal_id or made.changes.journal_id, "; ".join(summaries))
