"""Invoices that are not posted are canceled, and reopened as drafts; what is posted is voided instead."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, update

from duedesk.actions.deed import Deed, deed
from duedesk.actions.workspace import Workspace
from duedesk.domain.changes import Changes
from duedesk.domain.errors import RequestError
from duedesk.domain.life_cycle import Status, Verb, called, counted, target
from duedesk.domain.names import tidy
from duedesk.store.settlement import chosen
from duedesk.store.tables.ledger import invoice

LONGEST_REASON = 1000


def cancel(workspace: Workspace, keys: Sequence[int], *, reason: str = "") -> Changes:
    """Cancel invoices that are not posted; the reason stands in the journal. RequestError where one is posted."""
    said = tidy(reason)
    if len(said) > LONGEST_REASON:
        raise RequestError(f"The reason is longer than {LONGEST_REASON:,} characters.")
    with deed(workspace, "cancel") as act:
        rows = act.hold("Invoice", keys)
        ends = _ends(rows, Verb.CANCEL)
        _record(act, f"{counted(rows, 'invoices')} canceled" + (f": {said}" if said else ""), rows)
        _move(act, keys, ends)
    return act.changes


def reopen(workspace: Workspace, keys: Sequence[int]) -> Changes:
    """Make drafts of what was canceled, met an error or waits; end a voiding that was begun and keep the invoice."""
    with deed(workspace, "reopen") as act:
        rows = act.hold("Invoice", keys)
        ends = _ends(rows, Verb.REOPEN)
        _record(act, f"{counted(rows, 'invoices')} reopened", rows)
        _move(act, keys, ends)
    return act.changes


def _ends(rows: Sequence[Row[Any]], verb: Verb) -> dict[int, Status]:
    return {row.id: target(verb, row.status, called(row.document_number, row.id, row.status)) for row in rows}


def _record(act: Deed, summary: str, rows: Sequence[Row[Any]]) -> None:
    before = {str(row.id): {"Status": row.status} for row in rows}
    act.record(summary, {"Invoice": [row.id for row in rows], "before": before})


def _move(act: Deed, keys: Sequence[int], ends: dict[int, Status]) -> None:
    for end in dict.fromkeys(ends.values()):
        moved = chosen(act.connection, invoice.c.id, [key for key in keys if ends[key] is end])
        values = {"status": end.value} | ({"error_reason": None} if end is Status.DRAFT else {})
        act.connection.execute(update(invoice).where(moved).values(**values))
