"""Logins of their own for tests on a server: each is a member of the group of its role, and of nothing else."""

import psycopg

from duedesk.domain.access import Role
from duedesk.store.book import Book


def keep_login(book: Book, user: str, role: Role | None) -> None:
    """Make a login on the server, once, a member of the group of its role alone."""
    with psycopg.connect(book.location, autocommit=True) as admin:
        if admin.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [user]).fetchone() is None:
            admin.execute(f'CREATE ROLE "{user}" LOGIN'.encode())
        for other in Role:
            verb, to = ("GRANT", "TO") if other is role else ("REVOKE", "FROM")
            admin.execute(f'{verb} duedesk_{other.lower()} {to} "{user}"'.encode())


def location_of(book: Book, user: str) -> str:
    """Give the address of a book for a login."""
    return book.location.replace("postgresql://duedesk@", f"postgresql://{user}@", 1)
