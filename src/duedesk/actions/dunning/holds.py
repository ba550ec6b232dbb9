"""Holds: letters kept back of invoices or an account until a day, for a reason; and released before that."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import insert, update

from duedesk.actions.cash.standing import account_name
from duedesk.actions.deed import Deed, deed
from duedesk.actions.workspace import Workspace
from duedesk.domain import holds as rules
from duedesk.domain.changes import Changes
from duedesk.domain.days import in_words
from duedesk.domain.disputes import check_code, check_words
from duedesk.domain.errors import RequestError
from duedesk.store.bulk import Keys
from duedesk.store.tables.dunning import dunning_hold as table


@dataclass(frozen=True, slots=True)
class Held:
    """Holds that were made: their keys and names."""

    keys: tuple[int, ...]
    names: tuple[str, ...]
    changes: Changes


def hold_invoices(
    workspace: Workspace,
    invoice_keys: Sequence[int],
    *,
    reason_code: str,
    until: date,
    words: str = "",
    start: date | None = None,
) -> Held:
    """Keep letters back for invoices until a day (the last one), from today unless told; all of them or none."""
    reason, said = check_code(reason_code, "reason", rules.REASONS), check_words(words)
    with deed(workspace, "hold") as act:
        begins = _days(act, start, until)
        rows = act.hold("Invoice", invoice_keys)
        if not rows:
            raise RequestError("No invoice is named to be held.")
        named = f"Invoice {rows[0].document_number or f'#{rows[0].id}'}" if len(rows) == 1 else f"{len(rows)} invoices"
        whose = [{"invoice_id": row.id} for row in rows]
        keys, names = _write(act, whose, named, (begins, until), reason, said)
    return Held(keys, names, act.changes)


def hold_account(
    workspace: Workspace,
    account_key: int,
    *,
    reason_code: str,
    until: date,
    words: str = "",
    start: date | None = None,
) -> Held:
    """Keep letters back for all invoices of an account until a day, also for those that are yet to come."""
    reason, said = check_code(reason_code, "reason", rules.REASONS), check_words(words)
    with deed(workspace, "hold") as act:
        begins = _days(act, start, until)
        name = account_name(act, account_key)
        whose = [{"account_id": account_key}]
        keys, names = _write(act, whose, f"Account {name}", (begins, until), reason, said)
    return Held(keys, names, act.changes)


def release_holds(workspace: Workspace, keys: Sequence[int], *, reason: str = "", on: date | None = None) -> Changes:
    """End holds before their last day: from that day on they hold nothing back any more."""
    said = check_words(reason)
    with deed(workspace, "release_hold") as act:
        seen = act.see("DunningHold", keys)
        act.hold("Invoice", [row.invoice_id for row in seen if row.invoice_id is not None])
        for row in seen:
            if row.account_id is not None:
                account_name(act, row.account_id)
        rows, day = act.hold("DunningHold", keys), act.day(on)
        for row in rows:
            rules.check_releasing(row.name, row.released_on, row.end_date, day)
        named = f"Hold {rows[0].name}" if len(rows) == 1 else f"{len(rows)} holds"
        invoices = [row.invoice_id for row in rows if row.invoice_id is not None]
        act.record(f"{named} released", {"DunningHold": list(keys), "Invoice": invoices})
        values = {
            "released_on": day,
            "released_at": act.now,
            "released_by": workspace.world.user,
            "release_reason": said or None,
        }
        act.connection.execute(update(table).where(table.c.id.in_(list(keys))).values(**values))
    return act.changes


def _days(act: Deed, start: date | None, until: date) -> date:
    """Give the first day of a hold; RequestError where its days make no sense."""
    begins = start or act.today
    rules.check_hold(begins, until, act.today)
    return begins


def _write(
    act: Deed, whose: Sequence[dict[str, Any]], named: str, days: tuple[date, date], reason: str, said: str
) -> tuple[tuple[int, ...], tuple[str, ...]]:
    keys = tuple(Keys(act.connection).take(table, len(whose)))
    names = tuple(f"H-{key:05d}" for key in keys)
    start, end = days
    invoices = [one["invoice_id"] for one in whose if "invoice_id" in one]
    entry = act.record(
        f"{named} on hold until {in_words(end)}: {reason}", {"DunningHold": list(keys), "Invoice": invoices}
    )
    for key, name, one in zip(keys, names, whose, strict=True):
        values = {
            "id": key,
            "name": name,
            "reason_code": reason,
            "description": said or None,
            "start_date": start,
            "end_date": end,
            "recorded_at": act.now,
            "recorded_by": act.world.user,
            "journal_id": entry,
        }
        act.connection.execute(insert(table).values(**one, **values))
        act.made("DunningHold", key)
    return keys, names
