"""What a typed query is to the desk: a list of records, or rows that stand for many; it reads, and shows nothing."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import islice

from duedesk.actions.workspace import Workspace
from duedesk.desk import format as written
from duedesk.desk.tables.columns import Column, Shown, columns_for
from duedesk.desk.tables.reading import Part
from duedesk.desk.tables.rows import ShownRow
from duedesk.domain.catalog import Kind
from duedesk.domain.errors import DuedeskError, RequestError
from duedesk.domain.filters import Filter
from duedesk.domain.objects import CATALOG
from duedesk.domain.query import Query, as_list
from duedesk.language.queries import parse_query
from duedesk.store.queries import soql
from duedesk.store.queries.soql import AnswerColumn, AnswerRow

MOST_ROWS = 10_000
"""Rows of groups that are shown; a list of records has no such end."""


@dataclass(frozen=True, slots=True)
class ListAnswer:
    """A query that finds records: they are listed as every list is."""

    asked: Filter
    columns: tuple[Column, ...]
    part: Part

    @property
    def object(self) -> str:
        """Give the object of the records."""
        return self.asked.object


@dataclass(frozen=True, slots=True)
class RowsAnswer:
    """A query that counts or groups: its rows as they are. `is_cut` where there are more of them."""

    object: str
    columns: tuple[Column, ...]
    rows: tuple[ShownRow, ...]
    is_cut: bool = False


Answer = ListAnswer | RowsAnswer


def read_query(text: str) -> Query:
    """Read a query; RequestError names the place at fault."""
    if not text.strip():
        raise RequestError("Type a query.", "SELECT DocumentNumber, Balance FROM Invoice")
    return parse_query(text, CATALOG)


def hint_of(error: DuedeskError) -> str:
    """Give what to do about a query at fault, without what only the terminal can do and what stands above anyway."""
    return "" if error.hint.startswith("In:") else error.hint.partition("`duedesk")[0].strip()


def answer(workspace: Workspace, text: str, as_of: date, known_on: datetime | None = None) -> Answer:
    """Answer a query as of a day and as known on another; RequestError where it is none.

    A list of records is told only by how it is asked for.
    """
    query = read_query(text)
    if _lists_records(query):
        listed = as_list(query, as_of)
        columns = columns_for(query.object, listed.columns)
        return ListAnswer(replace(listed.filter, known_on=known_on), columns, Part(listed.limit, listed.offset))
    with workspace.book.reading() as connection:
        rows = tuple(islice(soql.answer(connection, query, as_of, known_on=known_on), MOST_ROWS + 1))
        counted = soql.count(connection, query, as_of, known_on=known_on) if query.only_counts else 0
    if query.only_counts:
        return RowsAnswer(query.object, (_COUNT,), (ShownRow(0, (written.count(counted),), (counted,)),))
    columns = _columns(query, soql.answer_columns(query), rows)
    shown = tuple(_row(place, row, columns) for place, row in enumerate(rows[:MOST_ROWS]))
    return RowsAnswer(query.object, columns, shown, len(rows) > MOST_ROWS)


_COUNT = Column("COUNT()", "Count", Kind.INT, Shown.FIGURE, 120)


def _lists_records(query: Query) -> bool:
    return not (query.only_counts or query.is_grouped or any(one.term.function for one in query.columns))


def _columns(query: Query, answered: tuple[AnswerColumn, ...], rows: tuple[AnswerRow, ...]) -> tuple[Column, ...]:
    """Give the columns; amounts carry their currency where no column tells it and each row has but one."""
    tells = any(one.name.rpartition(".")[2] == "CurrencyIsoCode" for one in answered)
    alike = all(len(set(filter(None, row.currencies))) <= 1 for row in rows)
    columns = []
    for column, one in zip(query.columns, answered, strict=True):
        is_field = column.term.function is None and column.name == column.term.path
        heading = columns_for(query.object, [column.term.path])[0].label if is_field else one.heading
        kind = one.field.kind
        shown = Shown.FIGURE if one.field.is_figure else Shown.TEXT
        if kind is Kind.CURRENCY and not tells and alike:
            shown = Shown.MONEY
        columns.append(Column(one.name, heading, kind, shown, 148, sorts=False))
    wordy = next((place for place, made in enumerate(columns) if made.may_be_cut), None)
    if wordy is not None:
        columns[wordy] = replace(columns[wordy], stretches=True)
    return tuple(columns)


def _row(place: int, row: AnswerRow, columns: tuple[Column, ...]) -> ShownRow:
    own = next(filter(None, row.currencies), "")
    texts = []
    for column, value, currency in zip(columns, row.values, row.currencies, strict=True):
        text = written.value(value, column.kind, currency)
        is_bare = column.kind is Kind.CURRENCY and column.shown is Shown.FIGURE and text and currency
        texts.append(f"{text} {currency}" if is_bare and len(set(filter(None, row.currencies))) > 1 else text)
    return ShownRow(place, tuple(texts), row.values, own)
