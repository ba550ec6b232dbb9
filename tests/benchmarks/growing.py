"""A book many times as large as a sample book, for measuring alone: every account and all that is its, over and over.

Rows are copied within the file and their keys moved on; guards and indexes stand aside meanwhile. What stands in the
journal and in the history of the sample is not copied: nothing that is measured reads it.
"""

import shutil
from pathlib import Path
from typing import Any

import pysqlite3.dbapi2 as sqlite

from duedesk.store.tables import METADATA

_COPIED = (
    *("account", "contact", "invoice", "invoice_line", "payment", "credit_memo", "application", "refund"),
    *("payment_schedule", "payment_schedule_item"),
)


def multiply(sample: Path, target: Path, times: int) -> None:
    """Write a book that holds a sample book `times` over."""
    shutil.copyfile(sample, target)
    connection = sqlite.connect(str(target), isolation_level=None)
    for setting in ("journal_mode=OFF", "synchronous=OFF", "foreign_keys=OFF", "cache_size=-400000", "temp_store=FILE"):
        connection.execute(f"PRAGMA {setting}")
    aside = connection.execute(
        "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL AND type IN ('trigger', 'index') "
        f"AND tbl_name IN ({','.join('?' * len(_COPIED))}) ORDER BY type",
        _COPIED,
    ).fetchall()
    for kind, name, _ in aside:
        connection.execute(f"DROP {kind} {name}")
    spans = {name: connection.execute(f"SELECT coalesce(max(id), 0) FROM {name}").fetchone()[0] for name in _COPIED}
    connection.execute("BEGIN")
    for name in _COPIED:
        for turn in range(1, times):
            connection.execute(_copy(name, spans, turn))
    connection.execute("COMMIT")
    for _, _, text in aside:
        connection.execute(text)
    connection.execute("ANALYZE")
    connection.execute("PRAGMA journal_mode=WAL")
    connection.close()


def _copy(name: str, spans: dict[str, int], turn: int) -> str:
    table = METADATA.tables[name]
    unique = {column.name for index in table.indexes if index.unique for column in index.columns}
    names, values = [], []
    for column in table.columns:
        names.append(column.name)
        values.append(_moved(column, spans, turn, is_unique=column.name in unique))
    own = f"WHERE id <= {spans[name]} ORDER BY id"
    return f"INSERT INTO {name} ({', '.join(names)}) SELECT {', '.join(values)} FROM {name} {own}"


def _moved(column: Any, spans: dict[str, int], turn: int, *, is_unique: bool) -> str:
    """Give what stands in a column of a copy: keys moved on by whole samples, texts that must differ marked."""
    refers = next((key.column.table.name for key in column.foreign_keys), column.table.name)
    is_key = column.name == "id" or bool(column.foreign_keys)
    if is_key:
        return f"{column.name} + {spans[refers] * turn}" if refers in spans else column.name
    return f"{column.name} || '-{turn}'" if is_unique else column.name
