"""Who is in the book, what each may do, and who sees an invoice and why; it changes nothing."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, select

from duedesk.domain.access import DUTIES, Level, Role, Standing, Visibility, members_within
from duedesk.domain.errors import RequestError
from duedesk.store.standing import standing_of
from duedesk.store.standing import visibility as default_visibility
from duedesk.store.tables.ledger import invoice
from duedesk.store.tables.party import group_member, owner
from duedesk.store.tables.sharing import invoice_owner_sharing_rule, invoice_share


@dataclass(frozen=True, slots=True)
class UserRow:
    """A user, and the groups they are in themselves."""

    key: int
    name: str
    login: str
    role: Role | None
    is_active: bool
    groups: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A group and who is in it: keys and names side by side."""

    key: int
    name: str
    member_keys: tuple[int, ...]
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A sharing rule."""

    key: int
    name: str
    owned_by_key: int
    owned_by: str
    shared_with_key: int
    shared_with: str
    level: Level


@dataclass(frozen=True, slots=True)
class ShareRow:
    """Somebody who has access to an invoice, how far, and why: Owner, Manual, or Rule with its name."""

    key: int
    name: str
    type: str
    level: Level
    reason: str
    rule: str = ""


@dataclass(frozen=True, slots=True)
class WhoAmI:
    """What the book makes of the person at the desk."""

    user: str
    name: str
    role: Role | None
    are_rules: bool
    visibility: Visibility
    groups: tuple[str, ...]
    sees_all: bool
    edits_all: bool
    may: tuple[str, ...]
    may_not: tuple[str, ...]


def who_am_i(connection: Connection) -> WhoAmI:
    """Give what the book makes of whoever reads."""
    standing: Standing = standing_of(connection, connection.get_execution_options().get("user", ""))
    names = _names(connection)
    groups = sorted(names[key] for key in standing.groups if key != standing.key)
    duties = {duty.words: standing.may(duty.actions[0]) for duty in DUTIES}
    return WhoAmI(
        standing.user,
        standing.name,
        standing.role,
        standing.are_rules,
        standing.visibility if standing.are_rules else default_visibility(connection),
        tuple(groups),
        standing.sees_all,
        standing.edits_all,
        tuple(words for words, may in duties.items() if may),
        tuple(words for words, may in duties.items() if not may),
    )


def users(connection: Connection) -> tuple[UserRow, ...]:
    """Give all users by name."""
    names = _names(connection)
    within: dict[int, list[str]] = {}
    for group, member in _members(connection):
        within.setdefault(member, []).append(names[group])
    found = connection.execute(select(owner).where(owner.c.type == "User").order_by(owner.c.name))
    return tuple(
        UserRow(
            row.id,
            row.name,
            row.login or "",
            Role(row.role) if row.role else None,
            row.is_active,
            tuple(sorted(within.get(row.id, ()))),
        )
        for row in found
    )


def groups(connection: Connection) -> tuple[GroupRow, ...]:
    """Give all groups by name."""
    names = _names(connection)
    found = connection.execute(select(owner.c.id, owner.c.name).where(owner.c.type == "Group").order_by(owner.c.name))
    members = _members(connection)
    rows = []
    for key, name in found:
        within = sorted((member for group, member in members if group == key), key=lambda one: names[one])
        rows.append(GroupRow(key, name, tuple(within), tuple(names[one] for one in within)))
    return tuple(rows)


def sharing_rules(connection: Connection) -> tuple[RuleRow, ...]:
    """Give all sharing rules by name."""
    names, rule = _names(connection), invoice_owner_sharing_rule
    return tuple(
        RuleRow(
            row.id,
            row.name,
            row.group_id,
            names[row.group_id],
            row.user_or_group_id,
            names[row.user_or_group_id],
            Level(row.invoice_access_level),
        )
        for row in connection.execute(select(rule).order_by(rule.c.name))
    )


def shares_of(connection: Connection, invoice_key: int) -> tuple[ShareRow, ...]:
    """Give who has access to an invoice beside those who see all: its owner, by hand, by rule.

    RequestError where it is gone.
    """
    found = connection.execute(select(invoice.c.id, invoice.c.owner_id).where(invoice.c.id == invoice_key)).first()
    if found is None:
        raise RequestError("That invoice is no longer in the book.", "Refresh the list.")
    people = {row.id: row for row in connection.execute(select(owner.c.id, owner.c.name, owner.c.type))}

    def given(key: int, level: Level, reason: str, rule: str = "") -> ShareRow:
        return ShareRow(key, people[key].name, people[key].type, level, reason, rule)

    rows = [] if found.owner_id is None else [given(found.owner_id, Level.ALL, "Owner")]
    by_hand = select(invoice_share).where(invoice_share.c.parent_id == invoice_key)
    rows += [given(row.user_or_group_id, Level(row.access_level), "Manual") for row in connection.execute(by_hand)]
    rows += [given(*one) for one in _by_rule(connection, found.owner_id)]
    return tuple(sorted(rows, key=lambda one: (_ORDER[one.reason], one.name, one.rule)))


def owner_key(connection: Connection, called: str) -> int:
    """Find a user or group by Id, login or name; RequestError where there is none."""
    for column in (owner.c.external_id, owner.c.login, owner.c.name):
        key = connection.scalar(select(owner.c.id).where(column == called.strip()))
        if key is not None:
            return int(key)
    near = connection.scalars(select(owner.c.name).where(owner.c.is_active).order_by(owner.c.name).limit(6)).all()
    hint = f"There is {', '.join(near)}." if near else "Make one first."
    raise RequestError(f"There is no user or group “{called}”.", hint)


_ORDER = {"Owner": 0, "Manual": 1, "Rule": 2}


def _by_rule(connection: Connection, owned_by: int | None) -> Iterator[tuple[int, Level, str, str]]:
    if owned_by is None:
        return
    members = _members(connection)
    for row in sharing_rules(connection):
        if owned_by in members_within(row.owned_by_key, members):
            yield row.shared_with_key, row.level, "Rule", row.name


def _names(connection: Connection) -> dict[int, str]:
    return {row.id: row.name for row in connection.execute(select(owner.c.id, owner.c.name))}


def _members(connection: Connection) -> list[tuple[int, int]]:
    return [(row.group_id, row.user_or_group_id) for row in connection.execute(select(group_member))]
