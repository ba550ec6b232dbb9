"""Where a person stands in a book: found by login, else by name, with role, groups and rules; it restricts nothing."""

import json
from dataclasses import replace

from sqlalchemy import Connection, select

from duedesk.domain.access import (
    KEEPERS,
    Level,
    Role,
    SharingRule,
    Standing,
    Visibility,
    groups_with,
    owners_shared_with,
)
from duedesk.store.tables.desk import setting
from duedesk.store.tables.party import group_member, owner
from duedesk.store.tables.sharing import invoice_owner_sharing_rule

VISIBILITY = "invoice_visibility"
"""The setting that says what clerks may do with what others own."""


def standing_of(connection: Connection, user: str) -> Standing:
    """Give where a person stands, by one small question while nobody has a role."""
    columns = (owner.c.id, owner.c.name, owner.c.login, owner.c.role, owner.c.is_active)
    people = connection.execute(select(*columns).where(owner.c.role.is_not(None)).order_by(owner.c.name)).all()
    if not people:
        return Standing(user)
    keepers = tuple(f"{one.name} ({one.role})" for one in people if one.is_active and one.role in KEEPERS)
    known = Standing(user, are_rules=True, keepers=keepers)
    called = next((one for one in people if one.login == user), None)
    called = called or next((one for one in people if one.name == user), None)
    if called is None or not called.is_active:
        return known
    role, seen = Role(called.role), visibility(connection)
    known = replace(known, key=called.id, name=called.name, role=role, visibility=seen)
    return _with_owners(connection, known, called.id) if role is Role.CLERK else known


def _with_owners(connection: Connection, known: Standing, key: int) -> Standing:
    """Add whose invoices a clerk reaches; the others reach all."""
    members = [(row.group_id, row.user_or_group_id) for row in connection.execute(select(group_member))]
    rules = [
        SharingRule(row.group_id, row.user_or_group_id, Level(row.invoice_access_level))
        for row in connection.execute(select(invoice_owner_sharing_rule))
    ]
    groups = groups_with(key, members)
    return replace(
        known,
        groups=groups,
        readable=owners_shared_with(groups, members, rules, Level.READ),
        editable=owners_shared_with(groups, members, rules, Level.EDIT),
    )


def visibility(connection: Connection) -> Visibility:
    """Give what clerks may do with what others own: everything, unless somebody said otherwise."""
    stored = connection.scalar(select(setting.c.value).where(setting.c.name == VISIBILITY))
    return Visibility.WRITE if stored is None else Visibility(json.loads(stored))
