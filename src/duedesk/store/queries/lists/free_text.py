"""The condition that a record's numbers, names and references hold a text: read in the index of three letters.

What the index finds is looked at again in the record itself, so that the answer is that of reading every record.
"""

from enum import Enum

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    FromClause,
    Select,
    TextualSelect,
    and_,
    bindparam,
    column,
    false,
    or_,
    select,
    text,
    union_all,
)

from duedesk.domain.literals import unstorable
from duedesk.domain.names import fold
from duedesk.domain.objects import CATALOG
from duedesk.domain.searching import SEARCHED_FIELDS
from duedesk.store.queries.by_database import by_database
from duedesk.store.search_index import ALL, BETWEEN, COLUMNS, has_words, is_in_step, is_odd, words_of
from duedesk.store.tables import METADATA
from duedesk.store.tables.columns import Key

LETTERS = 3
"""As many letters stand together in the index; a shorter text is looked for in every record."""

_MOST_LOOKED_UP = 16
"""Threes of letters that say enough of a long text: the record itself says the rest."""


class Way(Enum):
    """How a text stands in a field: it is the whole of it, its beginning, or anywhere in it."""

    WHOLE = (BETWEEN, BETWEEN)
    BEGINNING = (BETWEEN, "")
    WITHIN = ("", "")


def matches(rows: FromClause, object_name: str, sought: str, way: Way = Way.WITHIN) -> ColumnElement[bool]:
    """Give the condition that a record holds a text; no index is asked for one or two letters."""
    folded, table = fold(sought), CATALOG.object(object_name).table
    if not folded or unstorable(sought) is not None:
        return false()
    asked = _in_words if is_in_index(folded, way) else _in_rows
    spellings = dict.fromkeys((folded, sought.strip().lower()))
    on_server = or_(*(_is_like(rows.c[name], one, way) for name in COLUMNS[table] for one in spellings))
    return by_database(rows.c.id.in_(asked(table, folded, way)), on_server)


def keys_matching(object_name: str, sought: str) -> Select[tuple[int]]:
    """Give the keys of the records of an object that hold a text."""
    rows = METADATA.tables[CATALOG.object(object_name).table].alias("searched")
    return select(rows.c.id).where(matches(rows, object_name, sought))


def matches_or_its_account(rows: FromClause, object_name: str, sought: str) -> ColumnElement[bool]:
    """Give the condition that a record of a list holds a text, or the name or number of its account does."""
    there = CATALOG.object(object_name)
    if object_name in SEARCHED_FIELDS:
        itself = matches(rows, object_name, sought)
    else:
        itself = rows.c[there.field(there.name_field).column].icontains(sought.strip(), autoescape=True)
    accounts, stored = keys_matching("Account", sought), METADATA.tables[there.table]
    whose = [name for name in ("billing_account_id", "account_id") if name in rows.c]
    either = or_(itself, *(rows.c[name].in_(accounts) for name in whose))
    if object_name not in SEARCHED_FIELDS or not whose:
        return either
    # A server looks into an index for each of two questions, and into none for one with an “or” between tables.
    others = [select(stored.c.id).where(stored.c[name].in_(accounts)) for name in whose]
    return by_database(either, rows.c.id.in_(union_all(keys_matching(object_name, sought), *others)))


def newest_matching(connection: Connection, object_name: str, sought: str, way: Way, limit: int) -> list[int]:
    """Give the newest keys of records that hold a text, found without looking for any more."""
    folded, table = fold(sought), CATALOG.object(object_name).table
    if not folded or unstorable(sought) is not None:
        return []
    if is_in_index(folded, way) and has_words(connection) and is_in_step(connection):
        found = (
            f"SELECT r.id FROM search_{table} w CROSS JOIN {table} r ON r.id = w.rowid "
            f"WHERE w.search_{table} MATCH :asked AND {_holds(table, 'r')} ORDER BY w.rowid DESC LIMIT :most"
        )
        asked = {"asked": _threes(folded, way), "sought": folded.join(way.value)}
        return list(connection.scalars(text(found), {**asked, "most": limit}))
    rows = METADATA.tables[table]
    condition = matches(rows, object_name, sought, way)
    if has_words(connection) and not is_in_index(folded, way):
        if way is Way.BEGINNING:
            return _beginning_with(connection, table, folded, limit)
        question, bound = _in_every_row(table, folded, way)
        return list(connection.scalars(text(f"{question} ORDER BY r.id DESC LIMIT :most"), {**bound, "most": limit}))
    return list(connection.scalars(select(rows.c.id).where(condition).order_by(rows.c.id.desc()).limit(limit)))


def _beginning_with(connection: Connection, table: str, letter: str, limit: int) -> list[int]:
    """Give keys of records whose number begins with a letter, by the index of numbers."""
    number = METADATA.tables[table].c[COLUMNS[table][0]]
    key = METADATA.tables[table].c.id
    cases = dict.fromkeys((letter.upper(), letter))
    begins = or_(*(and_(number >= one, number < chr(ord(one[0]) + 1)) for one in cases))
    return list(connection.scalars(select(key).where(begins).order_by(number.desc()).limit(limit)))


def is_in_index(folded: str, way: Way) -> bool:
    """Tell whether a text is long enough for the index of a file."""
    return len(folded.join(way.value)) >= LETTERS


def _in_words(table: str, folded: str, way: Way) -> TextualSelect:
    """Find keys in the index, and look at what it does not know yet: rows that have changed in this transaction."""
    sought = folded.join(way.value)
    late = f"SELECT key FROM search_pending WHERE source = '{table}'"
    known = f"SELECT rowid FROM search_{table} WHERE search_{table} MATCH :asked AND rowid NOT IN ({late})"
    if len(sought) > LETTERS:
        known = f"SELECT r.id FROM {table} r WHERE r.id IN ({known}) AND {_holds(table, 'r')}"
    found = (
        f"{known} UNION ALL SELECT r.id FROM {table} r WHERE r.id IN ({late}) AND {_holds(table, 'r')} "
        f"UNION ALL SELECT r.id FROM {table} r WHERE EXISTS ({late} AND key = {ALL}) AND {_holds(table, 'r')}"
    )
    return _asked(found, asked=_threes(folded, way), sought=sought)


def _in_rows(table: str, folded: str, way: Way) -> TextualSelect:
    """Look for a text in every row."""
    question, bound = _in_every_row(table, folded, way)
    return _asked(question, **bound)


def _in_every_row(table: str, folded: str, way: Way) -> tuple[str, dict[str, str]]:
    question, sought = f"SELECT r.id FROM {table} r WHERE ", folded.join(way.value)
    if way is not Way.WITHIN or not folded.isascii():
        return f"{question}{_holds(table, 'r')}", {"sought": sought}
    like = " OR ".join(f"r.{name} LIKE :pattern ESCAPE '\\'" for name in COLUMNS[table])
    either = f"CASE WHEN {is_odd(table, 'r')} THEN {_holds(table, 'r')} ELSE {like} END"
    return f"{question}{either}", {"sought": sought, "pattern": f"%{_plain(folded)}%"}


def _holds(table: str, rows: str) -> str:
    return f"instr({words_of(table, rows)}, :sought) > 0"


def _asked(question: str, **bound: str) -> TextualSelect:
    values: list[BindParameter[str]] = [bindparam(name, value, unique=True) for name, value in bound.items()]
    return text(question).bindparams(*values).columns(column("id", Key))


def _threes(folded: str, way: Way) -> str:
    """Give what is asked of the index: that all threes of letters are there, each in quotes, so that none is a word."""
    sought = folded.join(way.value)
    threes = list(dict.fromkeys(sought[at : at + LETTERS] for at in range(len(sought) - LETTERS + 1)))
    step = -(-len(threes) // _MOST_LOOKED_UP)
    return " AND ".join('"' + one.replace('"', '""') + '"' for one in threes[::step])


def _plain(folded: str) -> str:
    return folded.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _is_like(where: ColumnElement[str], folded: str, way: Way) -> ColumnElement[bool]:
    before, after = way.value
    pattern = f"{'' if before else '%'}{_plain(folded)}{'' if after else '%'}"
    return where.ilike(pattern, escape="\\")
