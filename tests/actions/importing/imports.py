"""Short ways to import in a test and to look at what came of it."""

from pathlib import Path
from typing import Any

from sqlalchemy import select

from duedesk.actions.importing.report import ImportReport
from duedesk.actions.importing.taking import import_files
from duedesk.actions.maintenance import check
from duedesk.actions.workspace import Workspace
from duedesk.domain.world import World
from duedesk.exchange.mapping import parse_mapping, parse_options
from duedesk.store.book import Book
from duedesk.store.tables import METADATA

_OF_AN_IMPORT = ("rejected_to", "progress", "cancelled")


def bring_in(
    book: Book,
    world: World,
    *files: Path,
    mapping: str = "",
    dry_run: bool = False,
    skip_bad: bool = False,
    **said: Any,
) -> ImportReport:
    """Import files; what else is said are options of [source], or of the import itself."""
    own = {name: said.pop(name) for name in _OF_AN_IMPORT if name in said}
    report = import_files(
        Workspace(book, world),
        files,
        mapping=parse_mapping(mapping) if mapping else None,
        options=parse_options(said),
        dry_run=dry_run,
        skip_bad=skip_bad,
        **own,
    )
    assert check(Workspace(book, world)).findings == ()
    return report


def texts(report: ImportReport) -> list[str]:
    """Give what the problems say, with their rows."""
    return [f"{problem.row}: {problem.text}" for problem in report.problems]


def made(report: ImportReport) -> dict[str, int]:
    """Give how many of each object were made."""
    return {count.object: count.made for count in report.counts if count.made}


def held(book: Book, table: str, *columns: str) -> list[tuple[Any, ...]]:
    """Give some columns of every record, in the order they were made."""
    found = METADATA.tables[table]
    with book.reading() as connection:
        query = select(*(found.c[column] for column in columns)).order_by(found.c.id)
        return [tuple(row) for row in connection.execute(query)]


def count(book: Book, table: str) -> int:
    """Count the records of a table."""
    return len(held(book, table, "id"))


def counts(book: Book) -> dict[str, int]:
    """Count the records of every table."""
    return {name: count(book, name) for name in METADATA.tables}
