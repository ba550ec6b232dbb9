"""What the keeper of a server has to run so that the users of a book have logins there; it runs nothing itself.

The program makes no logins: whoever may make them may do anything on the server.
"""

from collections.abc import Iterator

from sqlalchemy import Connection, select, text

from duedesk.domain.access import Role
from duedesk.store.tables.party import owner


def login_statements(connection: Connection) -> tuple[str, ...]:
    """Give SQL statements for what is missing: the four groups, a login a user, and the one group of their role.

    Nobody is given a password: how people prove who they are is the server's own matter.
    """
    groups = {role: f"duedesk_{role.lower()}" for role in Role}
    known = set(connection.scalars(text("SELECT rolname FROM pg_roles")))
    missing = [group for group in groups.values() if group not in known]
    statements = [f"CREATE ROLE {group} NOLOGIN;" for group in missing]
    if missing:
        statements.append("SELECT duedesk_grant();")
    found = select(owner.c.login, owner.c.role, owner.c.is_active).where(owner.c.login.is_not(None))
    for login, role, is_active in connection.execute(found.order_by(owner.c.login)):
        wanted = groups[Role(role)] if role and is_active else None
        if login not in known:
            if wanted is None:
                continue
            statements.append(f"CREATE ROLE {_quoted(login)} LOGIN;")
        within = set(_groups_of(connection, login)) if login in known else set()
        statements += [f"REVOKE {group} FROM {_quoted(login)};" for group in sorted(within - {wanted})]
        if wanted is not None and wanted not in within:
            statements.append(f"GRANT {wanted} TO {_quoted(login)};")
    return tuple(statements)


def _groups_of(connection: Connection, login: str) -> Iterator[str]:
    found = text(
        "SELECT g.rolname FROM pg_auth_members m JOIN pg_roles g ON g.oid = m.roleid "
        "JOIN pg_roles u ON u.oid = m.member WHERE u.rolname = :login AND g.rolname LIKE 'duedesk\\_%'"
    )
    yield from connection.scalars(found, {"login": login})


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
