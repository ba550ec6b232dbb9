"""What a section of the settings is: a list of entries, a form for one of them, and the action that stores it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from duedesk.actions.workspace import Workspace
from duedesk.desk.tables.columns import Column, Shown
from duedesk.desk.tables.rows import ShownRow
from duedesk.desk.verbs.panel import VerbPanel
from duedesk.domain.catalog import Kind
from duedesk.domain.changes import Changes
from duedesk.domain.filters import Filter, Order, Value
from duedesk.store.queries.lists import listing

Store = Callable[[Workspace], Changes]
"""Stores or removes an entry: one action, called behind the window."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: its texts in the order of the columns, and what the section knows it by."""

    texts: tuple[str, ...]
    held: object = None

    def row(self, place: int) -> ShownRow:
        """Give it as a row of a table."""
        return ShownRow(place, self.texts, self.texts)


@dataclass(frozen=True, slots=True)
class Content:
    """All entries, and what the forms need to know beside."""

    entries: tuple[Entry, ...]
    beside: object = None
    remark: str = ""
    """A sentence about the whole, in place of the section's own."""


class Section:
    """One section; what reads and stores is called behind the window."""

    name = ""
    nouns = ("entry", "entries")
    """What one entry is called, and several."""
    new = ""
    """What the command says that makes an entry; empty where none is made by hand."""
    remark = ""
    nothing = ""
    """What stands there while there is no entry."""
    concerns: tuple[str, ...] = ()
    """The objects whose changes are seen here."""
    columns: tuple[Column, ...] = ()

    def read(self, workspace: Workspace) -> Content:
        """Read the entries."""
        raise LookupError(workspace.book.name)

    def form(self, entry: Entry | None, content: Content) -> VerbPanel:
        """Make the form for an entry, or for a new one; what it gathers is a Store."""
        raise LookupError(f"{entry} of {len(content.entries)}")

    def removing(self, entry: Entry) -> tuple[str, Store] | None:
        """Give what the command says that removes an entry, and what removes it; None where it stays."""
        del entry
        return None


def text_column(path: str, label: str, width: int, *, stretches: bool = False) -> Column:
    """Make a column of words."""
    return Column(path, label, Kind.STRING, Shown.TEXT, width, stretches=stretches)


def figure_column(path: str, label: str, width: int) -> Column:
    """Make a column of figures."""
    return Column(path, label, Kind.STRING, Shown.FIGURE, width)


def records(
    workspace: Workspace, object_name: str, paths: tuple[str, ...], by: str
) -> tuple[tuple[int, tuple[Value, ...]], ...]:
    """Read all records of a small object in order: key and values."""
    asked = Filter(date.max, object=object_name, order_by=(Order(by),))
    with workspace.book.reading() as connection:
        rows = listing.rows(connection, asked, paths, listing.keys(connection, asked))
    return tuple((row.key, row.values) for row in rows)
