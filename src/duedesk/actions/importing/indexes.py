"""Tables that a long file fills from nothing: their indexes are built and their checks are proved after its rows."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

from sqlalchemy import Table

from duedesk.actions.importing.rows import FileRows, Shared
from duedesk.store.first_load import IndexesAside, checks_after
from duedesk.store.known import is_empty
from duedesk.store.tables import ledger, party

LARGE = 20_000
"""Rows from which it pays."""

_FILLED: tuple[Table, ...] = (
    party.account,
    party.contact,
    ledger.invoice,
    ledger.invoice_line,
    ledger.payment,
    ledger.credit_memo,
    ledger.application,
)


@contextmanager
def indexes_after(shared: Shared, file: FileRows) -> Iterator[IndexesAside]:
    """Build the indexes after the rows that are taken inside, where the file is long and its tables are empty.

    Only for files of invoices: their rows look for no others of tables that were empty.
    """
    tables: tuple[Table, ...] = ()
    if file.has("Invoice") and file.source.row_count >= LARGE:
        tables = tuple(table for table in _FILLED if is_empty(shared.connection, table))
    aside = IndexesAside(shared.connection, tables)
    with checks_after(shared.connection) if ledger.invoice in tables else nullcontext():
        yield aside
        shared.stage.write()
    aside.build()
