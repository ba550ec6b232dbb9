"""Which files came in before: each is known by its bytes and by what was said of how to read it."""

import hashlib
from collections.abc import Sequence

from sqlalchemy import Connection, insert

from duedesk.actions.importing.report import FileReport, Tally
from duedesk.actions.importing.rows import FileRows
from duedesk.exchange.mapping import SourceOptions
from duedesk.exchange.source import Source
from duedesk.store.known import known_file
from duedesk.store.tables.desk import import_batch


class Batches:
    """The files of imports past; `mapping` is the digest of the mapping at hand."""

    def __init__(self, mapping: str | None, options: SourceOptions) -> None:
        self._said = hashlib.sha256(f"{mapping} {options}".encode()).hexdigest()[:16]

    def without_known(
        self, connection: Connection, sources: Sequence[Source], tally: Tally
    ) -> tuple[list[Source], list[FileReport]]:
        """Part files that are new from those that came in before."""
        new, reports = [], []
        for source in sources:
            there = known_file(connection, self._hash(source))
            if there is None:
                new.append(source)
                continue
            when = f"{there.recorded_at:%Y-%m-%d %H:%M} UTC by {there.actor}"
            tally.note(f"{source.name} was already imported on {when}; nothing of it was taken again.")
            reports.append(FileReport(source.name, source.row_count, is_known=True, has_api_names=source.is_api))
        return new, reports

    def record(self, connection: Connection, rows: Sequence[FileRows], journal_id: int) -> None:
        """Remember files that came in; one of which rows were left out may come again."""
        for file in rows:
            file_hash = self._hash(file.source) + (f":{journal_id}" if file.bad else "")
            connection.execute(
                insert(import_batch).values(
                    file_name=file.source.name, file_hash=file_hash, row_count=file.good, journal_id=journal_id
                )
            )

    def _hash(self, source: Source) -> str:
        return f"{source.sha256}:{self._said}"
