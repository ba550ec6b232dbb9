"""The calls that ask: query, retrieve and search, with records as mappings of field names to values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from duedesk.actions.workspace import Workspace
from duedesk.domain.describing import SEARCHED
from duedesk.domain.errors import RequestError
from duedesk.domain.filters import Compare, Operator, Value
from duedesk.domain.objects import CATALOG
from duedesk.domain.query import Column, Query, Term
from duedesk.language.queries import parse_query
from duedesk.store.queries import soql
from duedesk.store.queries.identity import find_record
from duedesk.store.queries.search import Found
from duedesk.store.queries.search import search as find
from duedesk.store.queries.soql import AnswerColumn

Record = Mapping[str, Value]
"""Values by field name, a dotted one where a path was asked: `BillingAccount.Name`."""


@dataclass(frozen=True, slots=True)
class QueryResult:
    """The answer to a query. `count` is the number of rows, or what `SELECT COUNT()` counted."""

    columns: tuple[AnswerColumn, ...]
    rows: tuple[Record, ...]
    count: int


def query(
    workspace: Workspace, text: str, *, as_of: date | None = None, known_on: datetime | None = None
) -> QueryResult:
    """Answer a query as of a day (None: today); RequestError names the place where it is none.

    All rows are held at once: `store.queries.soql.answer` gives them one by one.
    """
    asked = parse_query(text, CATALOG)
    day = as_of or workspace.world.today()
    with workspace.book.reading() as connection:
        if asked.only_counts:
            return QueryResult((), (), soql.count(connection, asked, day, known_on=known_on))
        columns = soql.answer_columns(asked)
        names = [column.name for column in columns]
        rows = tuple(
            dict(zip(names, row.values, strict=True)) for row in soql.answer(connection, asked, day, known_on=known_on)
        )
        return QueryResult(columns, rows, len(rows))


def retrieve(
    workspace: Workspace,
    object_name: str,
    called: str,
    fields: Sequence[str] = (),
    *,
    as_of: date | None = None,
    known_on: datetime | None = None,
) -> Record:
    """Give one record by its Id, number or key, with the fields named or all of them; RequestError where it is not."""
    described = CATALOG.object(object_name)
    named = [described.field(name).name for name in fields] or [field.name for field in described.read_fields]
    day = as_of or workspace.world.today()
    with workspace.book.reading() as connection:
        asked = record_query(described.name, named, find_record(connection, described.name, called))
        for row in soql.answer(connection, asked, day, known_on=known_on):
            return dict(zip(named, row.values, strict=True))
    raise RequestError(f"“{called}” was not in the book on {day}.", "Choose a later as-of date.")


def record_query(object_name: str, names: Sequence[str], key: int) -> Query:
    """Give the query for one record."""
    columns = tuple(Column(name, Term(name)) for name in names)
    return Query(object_name, columns, where=Compare("RecordKey", Operator.EQ, key))


def search(workspace: Workspace, text: str, *, objects: Sequence[str] = SEARCHED, limit: int = 20) -> tuple[Found, ...]:
    """Find at most `limit` records of each object whose number, name or reference holds the text."""
    named = [CATALOG.object(name).name for name in objects]
    if unsearched := [name for name in named if name not in SEARCHED]:
        raise RequestError(f"{unsearched[0]} is not searched.", f"There are {', '.join(SEARCHED)}.")
    return workspace.ask(find, text, objects=named, limit=limit)
