"""The open book and the world around it, handed to every action; it does nothing by itself."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection

from duedesk.domain.world import World
from duedesk.store import book as store
from duedesk.store.book import Book

if TYPE_CHECKING:
    from duedesk.actions.deed import Deed  # which works in a workspace itself

_Arguments = ParamSpec("_Arguments")
_Answer = TypeVar("_Answer")


@dataclass(frozen=True, slots=True)
class Workspace:
    """What an action works in: one book, one world, and where it is a part of another action, that one."""

    book: Book
    world: World
    within: "Deed | None" = None

    def ask(
        self,
        query: Callable[Concatenate[Connection, _Arguments], _Answer],
        *args: _Arguments.args,
        **kwargs: _Arguments.kwargs,
    ) -> _Answer:
        """Ask one question of `store.queries`."""
        return self.book.ask(query, *args, **kwargs)

    def close(self) -> None:
        """Close the book."""
        self.book.close()


def open_workspace(location: str, world: World) -> Workspace:
    """Open a book that exists; BookError where it cannot be opened, or does not know the person at the desk.

    Where a server keeps who may do what, the person at the desk is whom the server knows them as.
    """
    book = store.open_book(location, now=world.now(), user=world.user)
    try:
        book.user = book.login or world.user
        with book.reading():  # whoever has no part in it is told now, and not page by page
            pass
    except BaseException:
        book.close()
        raise
    return Workspace(book, replace(world, user=book.user))


def create_workspace(location: str, world: World) -> Workspace:
    """Make an empty book and open it; BookError where something stands there already."""
    return Workspace(store.create_book(location, user=world.user), world)
