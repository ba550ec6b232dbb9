"""Prove the index of free text in a file: built anew from the records, it must name the same records by letters."""

from collections.abc import Iterator

from sqlalchemy import Connection

from duedesk.store.proof.findings import Finding
from duedesk.store.search_index import BETWEEN, COLUMNS, fill, has_words, is_in_step

_NAMED = 10
"""Threes of letters that are named of one table; more say nothing more."""

_ENDS = " || ".join([f"char({ord(BETWEEN)})"] * 3)
"""What rows without words hold; those that came in before they were left out still do, and nobody looks for it."""


def prove_words(connection: Connection) -> Iterator[Finding]:
    """Give what the index of a file says otherwise than the records do; a server keeps its own in step."""
    if not has_words(connection):
        return
    if not is_in_step(connection):
        yield Finding("The index of free text", "its state", "behind the records", "in step with them")
        return
    for name in COLUMNS:
        yield from _differing(connection, name)


def _differing(connection: Connection, name: str) -> Iterator[Finding]:
    run = connection.exec_driver_sql
    run(
        "CREATE VIRTUAL TABLE temp.proved_words USING fts5(words, content='', detail=none, "
        "tokenize='trigram case_sensitive 1')"
    )
    try:
        fill(connection, name, "temp.proved_words")
        run("CREATE VIRTUAL TABLE temp.proved_terms USING fts5vocab(temp, proved_words, instance)")
        run(f"CREATE VIRTUAL TABLE temp.stored_terms USING fts5vocab(main, search_{name}, instance)")
        sums = "SELECT term, count(*) AS records, total(doc) AS keys, max(doc) AS last FROM temp.{} GROUP BY term"
        proved, stored = sums.format("proved_terms"), sums.format("stored_terms")
        found = run(
            f"SELECT coalesce(p.term, s.term), s.records, p.records FROM ({proved}) p FULL JOIN ({stored}) s "
            f"ON s.term = p.term WHERE coalesce(p.term, s.term) <> {_ENDS} "
            "AND (s.records, s.keys, s.last) IS NOT (p.records, p.keys, p.last) "
            f"LIMIT {_NAMED}"
        )
        for term, is_, should in found:
            what = f"“{str(term).strip()}”"
            yield Finding(
                f"The index of free text of {name}", what, f"in {is_ or 0} records", f"in {should or 0} of them"
            )
    finally:
        for table in ("stored_terms", "proved_terms", "proved_words"):
            run(f"DROP TABLE IF EXISTS temp.{table}")
