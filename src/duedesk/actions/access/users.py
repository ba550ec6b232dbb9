"""Users and groups: made, changed, put into groups, and sent away; nobody is ever deleted, for history names them."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, or_, select, update

from duedesk.actions.deed import Deed, deed
from duedesk.actions.workspace import Workspace
from duedesk.domain.access import Role
from duedesk.domain.changes import Changes, Made
from duedesk.domain.errors import RequestError
from duedesk.domain.names import tidy
from duedesk.domain.people import Person, check_finance, check_members, check_roles
from duedesk.store.tables.party import group_member, owner

_LONGEST = 255


@dataclass(frozen=True, slots=True)
class UserDraft:
    """A user as somebody wants them. `login` is what the machine or the server calls them; empty: only the name."""

    name: str
    login: str = ""
    role: Role | None = None
    is_active: bool = True


def save_user(workspace: Workspace, draft: UserDraft, *, key: int | None = None) -> Made:
    """Make a user, or change the one with the key; nothing is written where nothing changed.

    RequestError where the name or login is somebody else's, or where nobody would be left to mind users.
    """
    values = {
        "name": _name(draft.name),
        "login": tidy(draft.login) or None,
        "role": draft.role,
        "is_active": draft.is_active,
    }
    with deed(workspace, "save_user") as act:
        stored = None if key is None else _hold(act, key, "User")
        _check_free(act.connection, values["name"], values["login"], key)
        before = _people(act.connection)
        changed = Person(key or 0, draft.name, draft.login, draft.role, draft.is_active)
        after = [*(one for one in before if one.key != key), changed]
        check_finance(act.permit.standing, before, changed, Role(stored.role) if stored and stored.role else None)
        check_roles(act.permit.standing, before, after)
        if stored is not None and key is not None:
            was = {name: stored._mapping[name] for name in values}  # noqa: SLF001 - its public name
            if was != values:
                act.record(f"User {values['name']} changed", _details([key], {str(key): was}))
                act.connection.execute(update(owner).where(owner.c.id == key).values(**values))
            made = key
        else:
            act.record(f"User {values['name']} made", _details([], {}))
            made = _insert(act, type="User", **values)
    return Made(made, act.changes)


def save_group(workspace: Workspace, name: str, *, key: int | None = None) -> Made:
    """Make a group (a queue, where it owns invoices), or rename the one with the key."""
    called = _name(name)
    with deed(workspace, "save_group") as act:
        stored = None if key is None else _hold(act, key, "Group")
        _check_free(act.connection, called, None, key)
        if stored is not None and key is not None:
            if stored.name != called:
                act.record(f"Group {stored.name} renamed {called}", _details([key], {str(key): {"name": stored.name}}))
                act.connection.execute(update(owner).where(owner.c.id == key).values(name=called))
            made = key
        else:
            act.record(f"Group {called} made", _details([], {}))
            made = _insert(act, type="Group", name=called)
    return Made(made, act.changes)


def set_members(workspace: Workspace, group: int, members: Collection[int]) -> Changes:
    """Say who is in a group: users, and groups with all who are in them. RequestError where a circle would close."""
    with deed(workspace, "set_members") as act:
        stored = _hold(act, group, "Group")
        wanted = set(members)
        known = set(act.connection.scalars(select(owner.c.id).where(owner.c.id.in_(wanted))))
        if wanted - known:
            raise RequestError("That user or group is no longer in the book.", "Refresh the list.")
        every = act.connection.execute(select(group_member)).all()
        others = [(row.group_id, row.user_or_group_id) for row in every if row.group_id != group]
        check_members(group, wanted, others)
        there = {row.user_or_group_id: row.id for row in every if row.group_id == group}
        added, gone = sorted(wanted - there.keys()), sorted(there.keys() - wanted)
        if not added and not gone:
            return Changes()
        act.record(
            f"Members of group {stored.name}: {len(added)} added, {len(gone)} taken out",
            {"User": [group], "before": {str(group): {"members": sorted(there)}}},
        )
        for member in added:
            row = {"group_id": group, "user_or_group_id": member, "journal_id": act.journal_id}
            adding = insert(group_member).values(**row).returning(group_member.c.id)
            act.made("GroupMember", act.connection.execute(adding).scalar_one())
        for member in gone:
            act.connection.execute(delete(group_member).where(group_member.c.id == there[member]))
            act.removed("GroupMember", there[member])
    return act.changes


def deactivate(workspace: Workspace, key: int) -> Changes:
    """Send a user away: they may do nothing any more, and what they own stays theirs until it is assigned.

    RequestError where they are the last who may mind users.
    """
    with deed(workspace, "deactivate") as act:
        stored = _hold(act, key, "User")
        if not stored.is_active:
            return Changes()
        before = _people(act.connection)
        role = Role(stored.role) if stored.role else None
        sent = Person(key, stored.name, stored.login or "", role, is_active=False)
        check_finance(act.permit.standing, before, sent, role)
        check_roles(act.permit.standing, before, [*(one for one in before if one.key != key), sent])
        act.record(f"User {stored.name} sent away", _details([key], {str(key): {"is_active": True}}))
        act.connection.execute(update(owner).where(owner.c.id == key).values(is_active=False))
    return act.changes


def _people(connection: Connection) -> list[Person]:
    found = connection.execute(select(owner).where(owner.c.type == "User").order_by(owner.c.name))
    return [
        Person(row.id, row.name, row.login or "", Role(row.role) if row.role else None, row.is_active) for row in found
    ]


def _hold(act: Deed, key: int, kind: str) -> Row[Any]:
    (stored,) = act.hold("User", [key])
    if stored.type != kind:
        raise RequestError(f"{stored.name} is a {stored.type.lower()}, not a {kind.lower()}.")
    return stored


def _insert(act: Deed, **values: Any) -> int:
    row = {"created_date": act.now, "journal_id": act.journal_id, **values}
    return act.made("User", act.connection.execute(insert(owner).values(**row).returning(owner.c.id)).scalar_one())


def _name(given: str) -> str:
    name = tidy(given)
    if not name or len(name) > _LONGEST:
        raise RequestError("A user or group needs a name.", f"Of at most {_LONGEST} characters.")
    return name


def _check_free(connection: Connection, name: Any, login: Any, key: int | None) -> None:
    """Make sure that nobody else goes by the name or the login: whoever is found by either must be one person."""
    called = {one for one in (name, login) if one}
    found = select(owner.c.name).where(or_(owner.c.name.in_(called), owner.c.login.in_(called)))
    other = connection.scalar(found if key is None else found.where(owner.c.id != key))
    if other is not None:
        raise RequestError(f"{other} goes by that name or login already.", "Choose another, or change that user.")


def _details(keys: list[int], before: dict[str, dict[str, Any]]) -> dict[str, Any]:
    return {"User": keys, "before": before}
