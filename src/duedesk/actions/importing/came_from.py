"""The invoices that the credit memos of a file came from, found by Id or by number; it takes no memo itself."""

from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy import Connection, Row, exists, or_, select

from duedesk.actions.importing.stage import Stage
from duedesk.actions.invoices.converting import SOURCE_ACTION
from duedesk.exchange.cells import quoted
from duedesk.exchange.reading import Record
from duedesk.store.settlement import NOTHING
from duedesk.store.tables.ledger import invoice, invoice_line

NAME = "SourceInvoiceId"


class CameFrom:
    """What the memos at hand name, and the invoices the book has of it."""

    def __init__(self, connection: Connection, stage: Stage) -> None:
        self._connection, self._stage = connection, stage
        self._found: dict[str, Row[Any]] = {}

    def look_up(self, records: Iterable[Record]) -> None:
        """Ask the book for the invoices that some memos came from."""
        names = {name for record in records if (name := record.text(NAME)) is not None}
        self._found.clear()
        if not names:
            return
        self._stage.write()
        line = invoice_line.c
        of_line = exists().where(line.invoice_id == invoice.c.id, line.converted_neg_amount != NOTHING)
        converted = or_(invoice.c.total_converted_neg_amount != NOTHING, of_line)
        columns = (invoice.c.id, invoice.c.external_id, invoice.c.document_number, converted.label("is_converted"))
        named = or_(invoice.c.external_id.in_(names), invoice.c.document_number.in_(names))
        rows = self._connection.execute(select(*columns).where(named)).all()
        self._found |= {row.document_number: row for row in rows if row.document_number is not None}
        self._found |= {row.external_id: row for row in rows if row.external_id is not None}

    def key(self, record: Record, warn: Callable[[str, str], None]) -> int | None:
        """Give the key of the invoice that a memo came from; None, and a warning, where the book cannot say it."""
        name = record.text(NAME)
        if name is None:
            return None
        row = self._found.get(name)
        if row is None:
            warn(f"there is no invoice {quoted(name)} that the credit memo came from; it is left empty.", NAME)
            return None
        if record.text("SourceAction") == SOURCE_ACTION and not row.is_converted:
            warn(f"the credit memo came out of {quoted(name)}, of which nothing is converted; it is left empty.", NAME)
            return None
        return int(row.id)
