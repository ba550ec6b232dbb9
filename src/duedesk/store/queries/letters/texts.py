"""Texts of letters as a book keeps them: the newest of each kind and language, one version, all versions."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, RowMapping, func, select

from duedesk.store.tables.letters import letter_text

_PARTS = ("title", "subject", "salutation", "paragraphs", "closing", "signature")


@dataclass(frozen=True, slots=True)
class KeptText:
    """A version of a text: its parts as JSON, and who saved it when."""

    key: int
    kind: str
    language: str
    version: int
    parts: Mapping[str, str]
    recorded_at: datetime
    recorded_by: str


def newest_texts(connection: Connection) -> tuple[KeptText, ...]:
    """Give the newest version of each text that the book has of its own."""
    row = letter_text.c
    newest = select(row.kind, row.language_code, func.max(row.version).label("version"))
    last = newest.group_by(row.kind, row.language_code).subquery()
    same = (row.kind == last.c.kind) & (row.language_code == last.c.language_code) & (row.version == last.c.version)
    found = connection.execute(select(letter_text).join(last, same).order_by(row.language_code, row.kind))
    return tuple(map(_kept, found.mappings()))


def text_versions(connection: Connection, kind: str, language: str) -> tuple[KeptText, ...]:
    """Give all versions of a text, the newest first."""
    row = letter_text.c
    asked = select(letter_text).where(row.kind == kind, row.language_code == language)
    found = connection.execute(asked.order_by(row.version.desc()))
    return tuple(map(_kept, found.mappings()))


def _kept(row: RowMapping) -> KeptText:
    return KeptText(
        key=row["id"],
        kind=row["kind"],
        language=row["language_code"],
        version=row["version"],
        parts={part: row[part] for part in _PARTS},
        recorded_at=row["recorded_at"],
        recorded_by=row["recorded_by"],
    )
