"""The keeper of a server: a book whose owner may make no roles works all the same, and says what is missing."""

from contextlib import closing

import psycopg
import pytest

from conftest import NOW, Databases
from duedesk.domain.errors import BookError
from duedesk.store.book import Book, create_book, open_book
from duedesk.store.queries.access import who_am_i
from duedesk.store.queries.server_logins import login_statements
from duedesk.store.tables.party import owner
from store.access.logins import keep_login, location_of


def _keep(book: Book, login: str, role: str | None, *, is_active: bool = True) -> None:
    row = {"name": login.title(), "type": "User", "login": login, "role": role, "is_active": is_active}
    with book.writing() as connection:
        connection.execute(owner.insert().values(**row, created_date=NOW))


def test_a_book_is_made_by_whoever_may_make_no_roles(server_databases: Databases) -> None:
    name = server_databases.make(template="template0")
    with psycopg.connect(server_databases.url(name), autocommit=True) as admin:
        admin.execute(b"DROP ROLE IF EXISTS plain_owner")
        admin.execute(b"CREATE ROLE plain_owner LOGIN")
        admin.execute(f"ALTER DATABASE {name} OWNER TO plain_owner".encode())
    location = server_databases.url(name).replace("duedesk@", "plain_owner@", 1)
    with closing(create_book(location, user="Ana Reyes")) as made:
        assert not made.is_enforced, "who owns the tables keeps the rules by courtesy"
        assert made.ask(who_am_i).sees_all
    server_databases.drop(name)


def test_what_is_missing_is_said_in_sql_that_mends_it(server_book: Book) -> None:
    keep_login(server_book, "moved", None)
    with psycopg.connect(server_book.location, autocommit=True) as admin:
        admin.execute(b'DROP ROLE IF EXISTS "new""one"')
        admin.execute(b"GRANT duedesk_clerk TO moved")
    _keep(server_book, "moved", "Auditor")
    _keep(server_book, 'new"one', "Clerk")
    _keep(server_book, "left", "Clerk", is_active=False)
    _keep(server_book, "norole", None)
    with server_book.reading_all() as connection:
        said = login_statements(connection)
    assert said == (
        'REVOKE duedesk_clerk FROM "moved";',
        'GRANT duedesk_auditor TO "moved";',
        'CREATE ROLE "new""one" LOGIN;',
        'GRANT duedesk_clerk TO "new""one";',
    )
    with psycopg.connect(server_book.location, autocommit=True) as admin:
        for statement in said:
            admin.execute(statement.encode())
    with server_book.reading_all() as connection:
        assert login_statements(connection) == ()


def test_a_login_that_was_granted_nothing_is_told_so(server_book: Book) -> None:
    keep_login(server_book, "stranger", None)
    with pytest.raises(BookError, match="is closed to this login"):
        open_book(location_of(server_book, "stranger"), now=NOW)
