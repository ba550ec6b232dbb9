"""Users, groups and roles for tests of who may do what."""

from dataclasses import replace

from sqlalchemy import insert

from conftest import NOW
from duedesk.actions.workspace import Workspace
from duedesk.domain.access import Role, Visibility
from duedesk.domain.world import World
from duedesk.store.book import Book
from duedesk.store.standing import VISIBILITY
from duedesk.store.tables.desk import setting
from duedesk.store.tables.party import group_member, owner


def keep_person(
    book: Book, name: str, role: Role | None = None, *, kind: str = "User", login: str | None = None
) -> int:
    """Put a user or a group into a book."""
    values = {"name": name, "type": kind, "role": role, "login": login, "created_date": NOW}
    with book.writing() as connection:
        return int(connection.execute(insert(owner).values(**values).returning(owner.c.id)).scalar_one())


def keep_members(book: Book, group: int, *members: int) -> None:
    """Put members into a group."""
    with book.writing() as connection:
        connection.execute(insert(group_member), [{"group_id": group, "user_or_group_id": one} for one in members])


def keep_visibility(book: Book, visibility: Visibility) -> None:
    """Set what clerks may do with what others own."""
    with book.writing() as connection:
        connection.execute(insert(setting).values(name=VISIBILITY, value=f'"{visibility}"'))


def at_the_desk(book: Book, world: World, user: str) -> Workspace:
    """Give the workspace of somebody else in the same book; its connections are those of the book."""
    other = Book(book.location, book.engine, user)
    other._restricted = book._restricted
    return Workspace(other, replace(world, user=user))
