"""Disputes: a part of an invoice is contested from a day on and resolved on another; the ledger stays as it is."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import Connection, func, insert, select, update

from duedesk.actions.cash.standing import hold
from duedesk.actions.deed import deed
from duedesk.actions.workspace import Workspace
from duedesk.domain import disputes as rules
from duedesk.domain.changes import Changes
from duedesk.domain.money import ZERO
from duedesk.store.bulk import Keys
from duedesk.store.tables.disputes import dispute as table


@dataclass(frozen=True, slots=True)
class Disputed:
    """A dispute that was opened: its key, what it is called, and how much is contested."""

    key: int
    name: str
    amount: Decimal
    changes: Changes


def dispute(
    workspace: Workspace,
    invoice_key: int,
    *,
    reason_code: str,
    amount: Decimal | None = None,
    words: str = "",
    on: date | None = None,
) -> Disputed:
    """Say that a customer contests an open invoice from a day on, all that is open of it unless told.

    RequestError where so much is not open, or contested already.
    """
    reason = rules.check_code(reason_code, "reason", rules.REASONS)
    said = rules.check_words(words)
    with deed(workspace, "dispute") as act:
        invoice = hold(act, "Invoice", [invoice_key])[invoice_key]
        day, before = act.day(on), _unresolved(act.connection, invoice_key)
        wanted = rules.disputed_amount(invoice.side, amount, day, before=before)
        name = _next_name(act.connection, invoice_key, invoice.side.number)
        (key,) = Keys(act.connection).take(table, 1)
        entry = act.record(
            f"{invoice.side.money(wanted)} of {invoice.side.number} disputed: {reason}",
            {"Dispute": [key], "Invoice": [invoice_key]},
        )
        values = {
            "id": key,
            "name": name,
            "invoice_id": invoice_key,
            "currency_iso_code": invoice.side.currency,
            "disputed_amount": wanted,
            "reason_code": reason,
            "description": said or None,
            "received_date": day,
            "recorded_at": act.now,
            "recorded_by": workspace.world.user,
            "journal_id": entry,
        }
        act.connection.execute(insert(table).values(values))
        act.made("Dispute", key)
    return Disputed(key, name, wanted, act.changes)


def resolve(workspace: Workspace, key: int, *, resolution: str, words: str = "", on: date | None = None) -> Changes:
    """End a dispute on a day: from then on nothing of its invoice is contested by it any more."""
    how = rules.check_code(resolution, "resolution", rules.RESOLUTIONS)
    said = rules.check_words(words)
    with deed(workspace, "resolve") as act:
        (seen,) = act.see("Dispute", [key])
        hold(act, "Invoice", [seen.invoice_id])
        (row,) = act.hold("Dispute", [key])
        day = act.day(on)
        rules.check_resolving(row.name, row.received_date, row.resolved_on, day)
        act.record(f"Dispute {row.name} resolved: {how}", {"Dispute": [key], "Invoice": [row.invoice_id]})
        values = {
            "resolved_on": day,
            "resolved_at": act.now,
            "resolved_by": workspace.world.user,
            "resolution": how,
            "resolution_description": said or None,
        }
        act.connection.execute(update(table).where(table.c.id == key).values(values))
    return act.changes


def _unresolved(connection: Connection, invoice_key: int) -> Decimal:
    """Give what is contested of an invoice now."""
    standing = (table.c.invoice_id == invoice_key, table.c.resolved_on.is_(None))
    return connection.scalar(select(func.sum(table.c.disputed_amount)).where(*standing)) or ZERO


def _next_name(connection: Connection, invoice_key: int, number: str) -> str:
    """Call the first dispute of an invoice `I-7/1`."""
    before = connection.scalar(select(func.count()).where(table.c.invoice_id == invoice_key)) or 0
    return f"{number}/{before + 1}"
