"""Drafts are deleted, and put back from what the journal keeps of them; a posted invoice cannot be deleted."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, delete, select

from duedesk.actions.deed import deed
from duedesk.actions.invoices.kept import keep, put_back
from duedesk.actions.invoices.lines import restore_lines
from duedesk.actions.workspace import Workspace
from duedesk.domain.changes import Changes
from duedesk.domain.errors import RequestError
from duedesk.domain.life_cycle import Verb, called, check, counted
from duedesk.store.queries.records.line_drafts import stored_lines
from duedesk.store.settlement import chosen
from duedesk.store.tables import METADATA

invoice, invoice_line = METADATA.tables["invoice"], METADATA.tables["invoice_line"]

_CLOSE_TO = {
    "InvoiceShare": (METADATA.tables["invoice_share"], "parent_id"),
    "InvoiceFeed": (METADATA.tables["invoice_feed"], "parent_id"),
    "InvoiceBatchRunItem": (METADATA.tables["invoice_batch_run_item"], "invoice_id"),
    "PaymentScheduleItem": (METADATA.tables["payment_schedule_item"], "invoice_id"),
    "PaymentSchedule": (METADATA.tables["payment_schedule"], "invoice_id"),
}
"""What goes with a draft that is deleted, beside its lines."""


def delete_drafts(workspace: Workspace, keys: Sequence[int]) -> Changes:
    """Delete drafts with all that belongs to them; the journal keeps them, so that they can be put back."""
    with deed(workspace, "delete_drafts") as act:
        rows = act.hold("Invoice", keys)
        _require_drafts(rows)
        kept = {str(row.id): _whole(act.connection, row) for row in rows}
        act.record(f"{counted(rows)} deleted", {"Invoice": list(keys), "before": kept})
        for table, column in _CLOSE_TO.values():
            act.connection.execute(delete(table).where(chosen(act.connection, table.c[column], keys)))
        for line in act.connection.execute(
            delete(invoice_line)
            .where(chosen(act.connection, invoice_line.c.invoice_id, keys))
            .returning(invoice_line.c.id, invoice_line.c.external_id)
        ).all():
            act.removed("InvoiceLine", line.id, line.external_id)
        act.connection.execute(delete(invoice).where(chosen(act.connection, invoice.c.id, keys)))
        for row in rows:
            act.removed("Invoice", row.id, row.external_id)
    return act.changes


def require_drafts(connection: Connection, keys: Sequence[int]) -> None:
    """Make sure that invoices are drafts, which can be deleted; RequestError names the first that is none."""
    found = select(invoice).where(chosen(connection, invoice.c.id, keys)).order_by(invoice.c.id)
    _require_drafts(connection.execute(found))


def _require_drafts(rows: Iterable[Row[Any]]) -> None:
    for row in rows:
        check(Verb.DELETE, row.status, called(row.document_number, row.id, row.status))


def restore_drafts(workspace: Workspace, kept: Mapping[str, Any]) -> Changes:
    """Put deleted drafts back as they were, from the `before` of `delete_drafts`.

    Whom they were shared with is put back by who may share.
    """
    with deed(workspace, "create_draft") as act:
        keys = [int(key) for key in kept]
        there = select(invoice.c.id).where(chosen(act.connection, invoice.c.id, keys)).limit(1)
        if act.connection.scalar(there) is not None:
            raise RequestError("The draft is in the book again already.", "Nothing is left to do.")
        act.record(f"{len(keys)} deleted drafts put back" if keys[1:] else "Deleted draft put back", {"Invoice": keys})
        for key, whole in kept.items():
            put_back(act.connection, invoice, [whole["Invoice"]])
            act.made("Invoice", int(key))
            restore_lines(act, whole["InvoiceLine"])
            for name, (table, _) in reversed(_CLOSE_TO.items()):
                if name != "InvoiceShare" or act.permit.standing.may("share"):
                    put_back(act.connection, table, whole[name])
    return act.changes


def _whole(connection: Connection, row: Row[Any]) -> dict[str, Any]:
    """Give a draft with all that belongs to it, as the journal keeps it."""
    whole: dict[str, Any] = {
        "Invoice": keep(row),
        "InvoiceLine": [keep(line) for line in stored_lines(connection, row.id)],
    }
    for name, (table, column) in _CLOSE_TO.items():
        found = connection.execute(select(table).where(table.c[column] == row.id).order_by(table.c.id))
        whole[name] = [keep(one) for one in found]
    return whole
